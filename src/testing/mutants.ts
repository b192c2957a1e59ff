import { checkData } from '../account/check-data.js';
import type { EstateData, Origin } from '../account/estate-data.js';
import { textWords } from '../account/text.js';
import type { PolicyKind } from '../policy/policy.js';
import { type Place, placesOf, replaced, withStatements } from './places.js';
import { inert, weakenings } from './weaken.js';

/** The estate with one thing of one policy weakened or dropped. */
export interface Mutant {
  /** Owner and name of the policy. */
  readonly policy: string;
  /** What the policy was read as. */
  readonly kind: PolicyKind;
  /** Where the policy was written. */
  readonly file?: string;
  /** Path within the file. */
  readonly path?: string;
  /** `statement 2 "Read"`; absent where the whole policy is gone. */
  readonly statement?: string;
  /** What was done. */
  readonly change: string;
  /** Number of the statement among all of the estate; absent where the whole policy is gone. */
  readonly number?: number;
  /** The data of the estate with the change. */
  apply(): EstateData;
}

/**
 * Every statement and every condition line of the estate's policies, dropped or weakened one at a time, and every permissions
 * boundary, taken away.
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
 * console.log(mutantsOf(estate.toJSON()).map(({ change }) => change).join('; ')); // the Allow is gone; Action becomes s3:*; Resource becomes Resource *
 * ```
 * @throws InvalidInputError for data that is no estate's
 */
export function mutantsOf(data: EstateData): readonly Mutant[] {
  checkData(data);
  let number = 0;
  const statements = placesOf(data).flatMap((place) =>
    place.statements.flatMap((_, index) => ofStatement(data, place, index, number++)),
  );
  return [...statements, ...withoutBoundary(data)];
}

function ofStatement(data: EstateData, place: Place, index: number, number: number): readonly Mutant[] {
  const { policy, kind, statements, listed } = place;
  const original = statements[index]!;
  const { Sid } = original;
  const named = typeof Sid === 'string' ? ` "${Sid}"` : '';
  return weakenings(original, kind).map(({ change, statement }) => ({
    policy,
    kind,
    ...where(place.origin, listed ? `Statement[${index}]` : 'Statement'),
    statement: `statement ${index + 1}${named}`,
    change,
    number,
    apply: () => {
      const left = statement ?? (statements.length === 1 ? inert(original) : undefined);
      const changed = statements.flatMap((one, i) =>
        i !== index ? [one] : left === undefined ? [] : [left],
      );
      return withStatements(data, place, changed);
    },
  }));
}

function where({ file, path }: Origin, within?: string): Pick<Mutant, 'file' | 'path'> {
  const whole = [path, within].filter((part) => part !== undefined).join('.');
  return { ...(file === undefined ? {} : { file }), ...(whole === '' ? {} : { path: whole }) };
}

function withoutBoundary(data: EstateData): readonly Mutant[] {
  return data.principals.flatMap((one, i): readonly Mutant[] => {
    const { permissionsBoundary, kind, name, names, origin = {} } = one;
    if (permissionsBoundary === undefined) return [];
    return [
      {
        policy: `${kind} ${names[0] ?? textWords(name)} › boundary`,
        kind: 'permissionsBoundary',
        ...where(permissionsBoundary.origin ?? origin),
        change: 'the permissions boundary is gone',
        apply: () => replaced(data, ['principals', i, 'permissionsBoundary'], undefined) as EstateData,
      },
    ];
  });
}
