import type { Facts } from '../account/facts.js';
import type { WhoCanFacts } from '../query/who-can.js';
import type { AskedHandle } from './asked-resource.js';
import type { DeniedBy } from './assertion.js';

/** What `expect(…)` has once it is extended with the matchers. */
export interface IamAssertions<R = void> {
  /**
   * The principal may do the action on the resource, whatever is not known: `expect(estate.principal('App')).toBeAllowedTo('s3:GetObject',
   * 'Bucket/reports/x.csv')`. An action on objects, asked of a bucket, is asked of all its objects.
   */
  toBeAllowedTo(action: string, resource?: string | AskedHandle, facts?: Facts): R;
  /** The principal may not, whatever is not known; with `by`, this kind of policy is one of those that deny it. */
  toBeDeniedTo(
    action: string,
    resource?: string | AskedHandle,
    facts?: Facts & { readonly by?: DeniedBy | undefined },
  ): R;
  /**
   * Exactly these may do the action on the resource: of all users and roles of the estate, callers without credentials (`anonymous`),
   * anybody of other accounts (`another account`, or an account id), and services and others whom its policy names.
   */
  toBeReachableOnlyBy(names: string | readonly string[], action: string, facts?: WhoCanFacts): R;
}

declare global {
  /** Vitest builds its assertions on those of Chai, whose type parameters are the same in all its versions: none. */
  namespace Chai {
    interface Assertion extends IamAssertions {}
  }
  /** Jest with the globals of `@types/jest`. */
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: interfaces are merged only with the same type parameters
    interface Matchers<R, T = {}> extends IamAssertions<R> {}
  }
}
