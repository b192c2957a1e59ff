import type { Request } from './request.js';

/** What was taken for granted because the request does not say it, to be shown in explanations. */
export function assumptionsOf({ principal, action, resource }: Request): readonly string[] {
  const found: string[] = [];
  if (principal.kind === 'role' && principal.roleArn === undefined)
    found.push(
      `the role of the session is taken to have no path: arn:${principal.partition}:iam::${principal.account}:role/${principal.roleName}`,
    );
  // E90; but what is done to an alias itself is asked of the alias.
  // https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
  if (/^arn:[^:]*:kms:[^:]*:[^:]*:alias\//.test(resource.arn) && !action.name.endsWith('alias'))
    found.push(
      'the key behind the alias is taken to let the caller in; ask for the ARN of the key to have its policy asked',
    );
  return found;
}
