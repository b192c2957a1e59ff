import type { Facts } from '../account/facts.js';
import type { PrincipalHandle, ResourceHandle } from '../query/estate.js';
import { Estate } from '../query/estate.js';
import type { WhoCanFacts } from '../query/who-can.js';
import { askedResource } from './asked-resource.js';
import type { Assertion, DeniedBy, Verdict } from './assertion.js';
import { check } from './check.js';

/** Takes every assertion, with the estate it is asked of, before it is known how it ends. */
export type RecordAssertion = (estate: Estate, assertion: Assertion) => void;

/** What test frameworks tell a matcher of the assertion it stands in. */
interface Context {
  readonly isNot?: boolean;
  readonly currentTestName?: string | undefined;
  readonly testPath?: string | undefined;
}

/** The matchers, as `expect.extend` of Vitest and of Jest takes them: an alias, since it takes no interface. */
export type IamMatchers = {
  toBeAllowedTo(
    this: Context,
    received: unknown,
    action: string,
    resource?: string | ResourceHandle,
    facts?: Facts,
  ): Verdict;
  toBeDeniedTo(
    this: Context,
    received: unknown,
    action: string,
    resource?: string | ResourceHandle,
    facts?: Facts & { readonly by?: DeniedBy },
  ): Verdict;
  toBeReachableOnlyBy(
    this: Context,
    received: unknown,
    names: readonly string[],
    action: string,
    facts?: WhoCanFacts,
  ): Verdict;
};

/**
 * Matchers that hand every assertion to `record` as well: what policy coverage and policy mutants are worked out from. Nothing is kept
 * anywhere else.
 *
 * @example
 * ```ts
 * const asked: string[] = [];
 * const recording = matchersRecording((_, { matcher, action }) => asked.push(`${matcher} ${action}`));
 * const estate = new Estate({
 *   principals: [
 *     { kind: 'user', arn: 'arn:aws:iam::111122223333:user/ana', account: '111122223333', name: 'ana', names: [], groups: [], policies: [] },
 *   ],
 * });
 * const { pass } = recording.toBeAllowedTo.call({}, estate.principal('ana'), 's3:ListAllMyBuckets');
 * console.log(pass, asked[0]); // false toBeAllowedTo s3:ListAllMyBuckets
 * ```
 */
export function matchersRecording(record: RecordAssertion): IamMatchers {
  const judge = (estate: Estate, assertion: Assertion): Verdict => {
    record(estate, assertion);
    return check(estate, assertion);
  };
  return {
    toBeAllowedTo(received, action, resource = '*', facts = {}) {
      const { estate, caller } = principalOf(received, 'toBeAllowedTo');
      const about = { ...placeOf(this), action, resource: askedResource(estate, resource, action) };
      return judge(estate, { ...about, matcher: 'toBeAllowedTo', caller, facts });
    },
    toBeDeniedTo(received, action, resource = '*', { by, ...facts } = {}) {
      const { estate, caller } = principalOf(received, 'toBeDeniedTo');
      const about = { ...placeOf(this), action, resource: askedResource(estate, resource, action) };
      return judge(estate, {
        ...about,
        matcher: 'toBeDeniedTo',
        caller,
        facts,
        ...(by === undefined ? {} : { by }),
      });
    },
    toBeReachableOnlyBy(received, names, action, facts = {}) {
      const { estate, resource } = resourceOf(received);
      const about = { ...placeOf(this), action, resource: askedResource(estate, resource, action) };
      return judge(estate, { ...about, matcher: 'toBeReachableOnlyBy', names, facts });
    },
  };
}

/**
 * `toBeAllowedTo`, `toBeDeniedTo` and `toBeReachableOnlyBy` for `expect.extend(matchers)` of Vitest and of Jest.
 *
 * What depends on something that nobody knows is neither allowed nor denied; the message says on what, and what to state.
 * @throws UnknownNameError for a name that fits nothing or several things, with the candidates
 */
export const matchers: IamMatchers = matchersRecording(() => {});

function placeOf({ isNot, currentTestName, testPath }: Context): Pick<Assertion, 'not' | 'test' | 'file'> {
  return {
    not: isNot === true,
    ...(currentTestName === undefined ? {} : { test: currentTestName }),
    ...(testPath === undefined ? {} : { file: testPath }),
  };
}

/** Handles of another copy of this library are as good. */
const isHandle = (value: unknown, member: string): value is { readonly estate: Estate } =>
  typeof value === 'object' && value !== null && 'estate' in value && member in value;

function principalOf(received: unknown, matcher: string): PrincipalHandle {
  if (isHandle(received, 'caller')) return own(received as PrincipalHandle);
  throw new TypeError(
    `${matcher} is asked of a principal: expect(estate.principal('…')).${matcher}('s3:GetObject', '…')`,
  );
}

function resourceOf(received: unknown): { estate: Estate; resource: ResourceHandle } {
  if (isHandle(received, 'text')) {
    const resource = own(received as ResourceHandle);
    return { estate: resource.estate, resource };
  }
  throw new TypeError(
    "toBeReachableOnlyBy is asked of a resource: expect(estate.resource('…')).toBeReachableOnlyBy(['…'], 's3:GetObject')",
  );
}

const copies = new WeakMap<object, Estate>();

/** The handle with an estate of this copy of the library. */
function own<T extends { readonly estate: Estate }>(handle: T): T {
  if (handle.estate instanceof Estate) return handle;
  const known = copies.get(handle.estate) ?? new Estate((handle.estate as Estate).toJSON());
  copies.set(handle.estate, known);
  return { ...handle, estate: known };
}
