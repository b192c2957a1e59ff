import type { EstateData, Origin } from '../account/estate-data.js';
import type { PolicyKind } from '../policy/policy.js';
import { dataOf, type Estate } from '../query/estate.js';
import { checkArgument, isListOf } from '../value/argument.js';
import { isPlainObject } from '../value/plain.js';
import type { Assertion } from './assertion.js';
import { checkAsked, checkCoverage } from './check-given.js';
import type { Counted, Coverage, CoveredPolicy, CoveredStatement } from './covered.js';
import { Survey } from './survey.js';
import { allValues } from './values.js';

/**
 * Which statements, and which values in them, decided at least one of the assertions.
 *
 * A statement decides when it applies and the answer rests on it: a Deny, or an Allow of an answer that is allowed. A value (an action, a
 * resource, a principal, a value of a condition) decides when a request met it in a statement that decides, or when it alone kept
 * such a statement from applying, as values of `NotAction` and of `StringNotEquals` do.
 *
 * @param asked what `matchersRecording` handed over for this estate
 * @example
 * ```ts
 * const estate = new Estate({
 *   principals: [
 *     {
 *       kind: 'user', arn: 'arn:aws:iam::111122223333:user/ana', account: '111122223333', name: 'ana', names: [], groups: [],
 *       policies: [
 *         {
 *           name: 'read',
 *           document: { Statement: { Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: '*' } },
 *         },
 *       ],
 *     },
 *   ],
 * });
 * const asked: Assertion[] = [];
 * const { toBeAllowedTo } = matchersRecording((_, assertion) => asked.push(assertion));
 * toBeAllowedTo.call({}, estate.principal('ana'), 's3:GetObject', 'arn:aws:s3:::reports/x');
 * const { statements, values } = coverageOf(estate, asked);
 * console.log(statements.decided, statements.total, values.decided, values.total); // 1 1 2 3
 * ```
 * @throws InvalidInputError and InvalidRequestError for what is no estate and no list of assertions
 */
export const coverageOf = (estate: Estate, asked: Iterable<Assertion>): Coverage =>
  coverageOfData(dataOf(estate, 'estate'), asked);

/** The same for plain data; with `kinds`, of policies of these kinds only. */
export function coverageOfData(
  data: EstateData,
  asked: Iterable<Assertion>,
  kinds?: readonly PolicyKind[],
): Coverage {
  checkAsked(asked);
  const survey = new Survey(data);
  let assertions = 0;
  for (const assertion of asked) {
    survey.ask(assertion);
    assertions++;
  }
  let number = 0;
  const policies = survey.places.map(({ policy, kind, origin, statements, listed }): CoveredPolicy => {
    const covered = statements.map((statement, index): CoveredStatement => {
      const own = number++;
      const { Sid, Effect } = statement;
      return {
        ...(typeof Sid === 'string' ? { sid: Sid } : {}),
        index,
        effect: String(Effect),
        path: listed ? `Statement[${index}]` : 'Statement',
        decided: survey.decided.has(own),
        values: allValues(statement).map((value) => ({
          ...value,
          decided: survey.values.has(`${own} ${value.path}`),
        })),
      };
    });
    return { policy, kind, ...placeOf(origin), statements: covered };
  });
  const counting = policies.filter(({ kind }) => kinds?.includes(kind) ?? true);
  return counted(assertions, counting);
}

const placeOf = ({ file, path }: Origin): Pick<CoveredPolicy, 'file' | 'path'> => ({
  ...(file === undefined ? {} : { file }),
  ...(path === undefined ? {} : { path }),
});

/** Coverage with its numbers. */
function counted(assertions: number, policies: readonly CoveredPolicy[]): Coverage {
  const statements = policies.flatMap((policy) => policy.statements);
  const values = statements.flatMap((statement) => statement.values);
  return { assertions, statements: count(statements), values: count(values), policies };
}

const count = (list: readonly { readonly decided: boolean }[]): Counted => ({
  total: list.length,
  decided: list.filter(({ decided }) => decided).length,
});

/**
 * Several test files load the same policies: one and the same policy, written the same, is counted once.
 *
 * @example
 * ```ts
 * const first = coverageOf(new Estate(), []);
 * console.log(mergeCoverage([first, { ...first, assertions: 3 }]).assertions); // 3
 * ```
 * @throws InvalidRequestError for what is no list of coverages
 */
export function mergeCoverage(coverages: readonly Coverage[]): Coverage {
  checkArgument(isListOf(coverages, isPlainObject), 'coverages', 'pass a list of what coverageOf returns');
  coverages.forEach(checkCoverage);
  const merged = new Map<string, CoveredPolicy>();
  for (const policy of coverages.flatMap(({ policies }) => policies)) {
    const name = identity(policy);
    const other = merged.get(name);
    merged.set(name, other === undefined ? policy : both(other, policy));
  }
  const assertions = coverages.reduce((sum, one) => sum + one.assertions, 0);
  return counted(assertions, [...merged.values()]);
}

/** Everything but what was decided. */
const identity = (policy: CoveredPolicy): string =>
  JSON.stringify(policy, (key, value: unknown) => (key === 'decided' ? undefined : value));

const both = (a: CoveredPolicy, b: CoveredPolicy): CoveredPolicy => ({
  ...a,
  statements: a.statements.map((statement, i) => {
    const other = b.statements[i]!;
    return {
      ...statement,
      decided: statement.decided || other.decided,
      values: statement.values.map((value, k) => ({
        ...value,
        decided: value.decided || other.values[k]!.decided,
      })),
    };
  }),
});
