import { checkLinked } from '../account/link.js';
import type { Estate } from '../query/estate.js';
import type { Assertion, Verdict } from './assertion.js';
import { checkAssertion } from './check-given.js';
import { checkAllowed, checkDenied } from './decided.js';
import { checkReachable } from './reachable.js';

/**
 * Asks an estate what an assertion asks. `.not` is left to whoever asks, as test frameworks have it.
 *
 * @example
 * ```ts
 * const arn = 'arn:aws:iam::111122223333:user/ana';
 * const estate = new Estate({
 *   principals: [{ kind: 'user', arn, account: '111122223333', name: 'ana', names: [], groups: [], policies: [] }],
 * });
 * const { pass } = check(estate, {
 *   matcher: 'toBeDeniedTo', not: false, action: 's3:GetObject', resource: 'arn:aws:s3:::reports/x', facts: {},
 *   caller: { kind: 'principal', key: arn },
 * });
 * console.log(pass); // true
 * ```
 * @throws UnknownNameError when a listed name fits nothing
 * @throws InvalidRequestError when the action or a fact is malformed
 */
export function check(estate: Estate, assertion: Assertion): Verdict {
  checkLinked(Object(estate).linked, 'estate.linked');
  checkAssertion(assertion);
  switch (assertion.matcher) {
    case 'toBeAllowedTo':
      return checkAllowed(estate, assertion);
    case 'toBeDeniedTo':
      return checkDenied(estate, assertion);
    case 'toBeReachableOnlyBy':
      return checkReachable(estate, assertion);
  }
}
