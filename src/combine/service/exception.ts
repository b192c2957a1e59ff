import type { Request } from '../../request/request.js';

/**
 * What a service does differently from the general rule:
 * - `allows`: no policy is asked, explicit denies included; `allowsUnlessDenied`: no allow is needed;
 * - `denies`: no policy can allow it;
 * - `resourcePolicyRequired`: the resource policy must take part in the own account too (strict);
 * - `ignoresResourcePolicyDenies`: denies of the resource policy do not count;
 * - `callerDecides`: the account of the resource has no say, as in the own account.
 */
export type ExceptionEffect =
  | 'allows'
  | 'allowsUnlessDenied'
  | 'denies'
  | 'resourcePolicyRequired'
  | 'ignoresResourcePolicyDenies'
  | 'callerDecides';

/** One row of the list; the AWS page stands above it. */
export interface ServiceException {
  readonly service: string;
  readonly rule: string;
  readonly effect: ExceptionEffect;
  /** One sentence for explanations. */
  readonly reason: string;
  readonly applies: (request: Request) => boolean;
}
