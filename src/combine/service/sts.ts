import { isAccountPrincipal } from '../../request/principal.js';
import type { Request } from '../../request/request.js';
import type { ServiceException } from './exception.js';

/**
 * The actions a role trust policy decides (E70, E74). Passing an identity context is one too: a trust policy has to allow
 * `sts:SetContext` beside `sts:AssumeRole`, see E74 in docs/semantics.md.
 */
const assuming = /^(?:assumerole.*|tagsession|setsourceidentity|setcontext)$/s;

const isUnsigned = ({ principal }: Request): boolean =>
  principal.kind === 'anonymous' || principal.kind === 'federated';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getsessiontoken.html */
export const sts: readonly ServiceException[] = [
  {
    // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
    service: 'sts',
    rule: 'E80',
    effect: 'allows',
    reason: 'sts:GetCallerIdentity works for every signed caller, whatever policies say',
    applies: (request) => request.action.name === 'getcalleridentity' && !isUnsigned(request),
  },
  {
    // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
    service: 'sts',
    rule: 'E73',
    effect: 'denies',
    reason: 'an unsigned caller without a token gets nothing from STS',
    applies: ({ principal }) => principal.kind === 'anonymous',
  },
  {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getsessiontoken.html
    // Undocumented: whether an explicit deny blocks it; it does here, see E81 in docs/semantics.md.
    service: 'sts',
    rule: 'E81',
    effect: 'allowsUnlessDenied',
    reason: 'users and root need no permission for sts:GetSessionToken',
    applies: ({ action, principal }) =>
      action.name === 'getsessiontoken' && (principal.kind === 'user' || principal.kind === 'root'),
  },
  {
    // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
    service: 'sts',
    rule: 'E63',
    effect: 'denies',
    reason: 'the root user cannot assume a role',
    applies: ({ action, principal }) => /^assumero(?:le|ot)$/.test(action.name) && principal.kind === 'root',
  },
  {
    // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html
    // Undocumented: the root user of the member account has no policy that could allow it; see E63 in docs/semantics.md.
    service: 'sts',
    rule: 'E63',
    effect: 'callerDecides',
    reason: 'the account of the caller decides',
    applies: ({ action }) => action.name === 'assumeroot',
  },
  {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html
    service: 'sts',
    rule: 'E70',
    effect: 'resourcePolicyRequired',
    reason: 'a role is assumed only by whom its trust policy names',
    applies: ({ action, resource }) => assuming.test(action.name) && resource.role,
  },
];

/** A role carries the path of roles that only a service may assume; SCPs and RCPs leave it alone (E42, E52). */
export const isServiceLinkedRole = ({ principal }: Request): boolean =>
  isAccountPrincipal(principal) &&
  principal.kind === 'role' &&
  principal.roleArn?.includes(':role/aws-service-role/') === true;
