import type { EstateData } from '../account/estate-data.js';
import { isIamError } from '../error.js';
import { Estate } from '../query/estate.js';
import type { Assertion } from './assertion.js';
import { check } from './check.js';
import { checkAsked } from './check-given.js';
import { type Mutant, mutantsOf } from './mutants.js';
import { Survey } from './survey.js';

/** A mutant, and whether some assertion ends differently with it. */
export interface Outcome {
  /** What was changed. */
  readonly mutant: Mutant;
  /** Some assertion ends differently with it. */
  readonly noticed: boolean;
  /** Some assertion asks something that the statement has a say in. */
  readonly asked: boolean;
}

/** Whether the assertion is green for this estate. */
export function holds(estate: Estate, assertion: Assertion): boolean {
  try {
    return check(estate, assertion).pass !== assertion.not;
  } catch (error) {
    // A name or a fact that the matcher refused: the test is red, or expects just that.
    if (isIamError(error)) return false;
    throw error;
  }
}

/**
 * Asks the assertions again of every mutant of the estate, until one ends differently. Assertions that are not green to begin with
 * are left out. Only those are asked again in which the statement took part, whether it applied or not.
 *
 * @example
 * ```ts
 * const estate = new Estate({
 *   principals: [
 *     {
 *       kind: 'user', arn: 'arn:aws:iam::111122223333:user/ana', account: '111122223333', name: 'ana', names: [], groups: [],
 *       policies: [
 *         {
 *           name: 'read',
 *           document: { Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::reports/*' } },
 *         },
 *       ],
 *     },
 *   ],
 * });
 * const asked: Assertion[] = [];
 * const { toBeAllowedTo } = matchersRecording((_, assertion) => asked.push(assertion));
 * toBeAllowedTo.call({}, estate.principal('ana'), 's3:GetObject', 'arn:aws:s3:::reports/x');
 * const survivors = [...replay(estate.toJSON(), asked)].filter(({ noticed }) => !noticed);
 * console.log(survivors.map(({ mutant }) => mutant.change).join('; ')); // Action becomes s3:*; Resource becomes Resource *
 * ```
 * @throws InvalidInputError and InvalidRequestError, once it is iterated, for data that is no estate's and for what is no list of assertions
 */
export function* replay(data: EstateData, asked: readonly Assertion[]): Iterable<Outcome> {
  checkAsked(asked);
  const estate = new Estate(data);
  const survey = new Survey(data);
  const green = [...asked].filter((assertion) => holds(estate, assertion));
  const concerned = new Map<number, Assertion[]>();
  for (const assertion of green) {
    for (const number of survey.ask(assertion)) {
      const list = concerned.get(number);
      if (list === undefined) concerned.set(number, [assertion]);
      else list.push(assertion);
    }
  }
  for (const mutant of mutantsOf(data)) {
    const again = mutant.number === undefined ? green : (concerned.get(mutant.number) ?? []);
    const changed = again.length === 0 ? estate : new Estate(mutant.apply());
    yield { mutant, noticed: again.some((one) => !holds(changed, one)), asked: again.length > 0 };
  }
}
