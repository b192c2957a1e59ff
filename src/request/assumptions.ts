import { isAskedOfKey } from './key-alias.js';
import type { Request } from './request.js';

/** What was taken for granted because the request does not say it, to be shown in explanations. */
export function assumptionsOf({ principal, action, resource }: Request): readonly string[] {
  const found: string[] = [];
  if (principal.kind === 'role' && principal.roleArn === undefined)
    found.push(
      `the role of the session is taken to have no path: arn:${principal.partition}:iam::${principal.account}:role/${principal.roleName}`,
    );
  // Without its key nobody knows the policy that decides (E90).
  if (isAskedOfKey(action.key, resource.arn))
    found.push(
      'the key behind the alias is taken to let the caller in; ask for the ARN of the key to have its policy asked',
    );
  return found;
}
