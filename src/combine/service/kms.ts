import type { ServiceException } from './exception.js';

/**
 * No allow in the key policy, directly or by delegation to the account, means no access (E90). Aliases, kms:ListKeys and
 * kms:CreateKey have no key policy.
 */
export const kms: readonly ServiceException[] = [
  {
    // https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
    service: 'kms',
    rule: 'E90',
    effect: 'resourcePolicyRequired',
    reason: 'the key policy must allow, directly or by delegating to the account',
    applies: ({ resource }) => resource.parts?.[2] === 'kms' && resource.parts[5]!.startsWith('key/'),
  },
];
