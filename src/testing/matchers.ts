import { checkFacts } from '../account/check-facts.js';
import type { Facts } from '../account/facts.js';
import type { Estate } from '../query/estate.js';
import type { WhoCanFacts } from '../query/who-can.js';
import { checkArgument } from '../value/argument.js';
import { checkAction } from './asked-action.js';
import { askedNames } from './asked-names.js';
import { type AskedHandle, askedResource } from './asked-resource.js';
import type { Assertion, DeniedBy, Verdict } from './assertion.js';
import { check } from './check.js';
import { checkBy } from './denied-by.js';
import { principalOf, resourceOf } from './received.js';
import { checkStatedKeys } from './stated-keys.js';

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
  /** The principal may do the action, whatever is not known. */
  toBeAllowedTo(
    this: Context,
    received: unknown,
    action: string,
    resource?: string | AskedHandle,
    facts?: Facts,
  ): Verdict;
  /** The principal may not; with `by`, for that reason. */
  toBeDeniedTo(
    this: Context,
    received: unknown,
    action: string,
    resource?: string | AskedHandle,
    facts?: Facts & { readonly by?: DeniedBy | undefined },
  ): Verdict;
  /** Those named may do the action on the resource, and no other user or role of the estate may. */
  toBeReachableOnlyBy(
    this: Context,
    received: unknown,
    names: string | readonly string[],
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
 * @throws InvalidRequestError for what is no function; the matchers themselves as `Estate.can` does
 */
export function matchersRecording(record: RecordAssertion): IamMatchers {
  checkArgument(typeof record === 'function', 'record', 'pass a function (estate, assertion) => …');
  const judge = (estate: Estate, assertion: Assertion): Verdict => {
    record(estate, assertion);
    return check(estate, assertion);
  };
  return {
    toBeAllowedTo(received, action, resource, facts = {}) {
      const { estate, caller } = principalOf(received, 'toBeAllowedTo');
      const about = aboutOf(this, estate, action, resource);
      checkFacts(facts);
      checkStatedKeys(estate, facts);
      return judge(estate, { ...about, matcher: 'toBeAllowedTo', caller, facts });
    },
    toBeDeniedTo(received, action, resource, options = {}) {
      const { estate, caller } = principalOf(received, 'toBeDeniedTo');
      const about = aboutOf(this, estate, action, resource);
      checkFacts(options, ['by']);
      const { by, ...facts } = options;
      checkBy(by);
      checkStatedKeys(estate, facts);
      return judge(estate, {
        ...about,
        matcher: 'toBeDeniedTo',
        caller,
        facts,
        ...(by === undefined ? {} : { by }),
      });
    },
    toBeReachableOnlyBy(received, given, action, facts = {}) {
      const { estate, resource } = resourceOf(received);
      const names = askedNames(given);
      const about = aboutOf(this, estate, action, resource);
      checkFacts(facts, ['roots', 'onProgress']);
      checkStatedKeys(estate, facts);
      return judge(estate, { ...about, matcher: 'toBeReachableOnlyBy', names, facts });
    },
  };
}

/**
 * `toBeAllowedTo`, `toBeDeniedTo` and `toBeReachableOnlyBy` for `expect.extend(matchers)` of Vitest and of Jest.
 *
 * What depends on something that nobody knows is neither allowed nor denied; the message says on what, and what to state.
 * @throws UnknownNameError for a name that fits nothing or several things, and for an action that does not exist, with the candidates
 * @throws InvalidRequestError for a fact or an option that does not exist, for a resource that is left out where the action has one, and
 * for a condition key that is nearly one of AWS's and that no policy asks for
 */
export const matchers: IamMatchers = matchersRecording(() => {});

/** Where the assertion stands, and what it is about. */
const aboutOf = (context: Context | undefined, estate: Estate, action: unknown, resource: unknown) => {
  checkAction(action);
  return { ...placeOf(context), action, resource: askedResource(estate, resource, action) };
};

function placeOf(context: Context | undefined): Pick<Assertion, 'not' | 'test' | 'file'> {
  // Called by hand, a matcher may stand in no test.
  const { isNot, currentTestName, testPath } = context ?? {};
  return {
    not: isNot === true,
    ...(currentTestName === undefined ? {} : { test: currentTestName }),
    ...(testPath === undefined ? {} : { file: testPath }),
  };
}
