import * as callers from './caller.js';
import { listed, type Policies, type Policy, type Request, type Statement } from './documents.js';
import { applies } from './statement.js';
import { arnParts, fold } from './values.js';

export type Decision = 'allowed' | 'explicitDeny' | 'implicitDeny';

/** E53: the services whose resources RCPs govern. */
const rcpServices = new Set(
  `appstream dsql clouddirectory cloudfront cloudsearch logs networkmonitor cognito-identity cognito-idp
  comprehend comprehendmedical firehose dynamodb dax autoscaling ecr ecr-public gamelift inspector-scan kendra
  kinesisvideo memorydb aoss personalize polly s3 swf sqs textract timestream-influxdb transcribe translate
  workspaces appconfig autoscaling-plans budgets
  servicediscovery cloudtrail-data codeartifact codebuild codecommit codepipeline
  compute-optimizer cost-optimization-hub events fms fis health rolesanywhere kms opensearch pricing
  pca-connector-ad resource-groups secretsmanager sts signin support transfer notifications wafv2 xray`.split(
    /\s+/,
  ),
);

const bucketPolicyActions = ['s3:getbucketpolicy', 's3:putbucketpolicy', 's3:deletebucketpolicy'];

/**
 * The decision as the procedure of the evaluation rules (section 3) gives it, step by step. Documents and
 * request are taken to be well-formed: a malformed one gets some answer, never an error.
 */
export function referenceDecision(input: { request: unknown; policies: unknown }): Decision {
  const request = input.request as Request;
  const policies = input.policies as Policies;
  const { principal } = request;
  const kind = callers.kindOf(principal);
  const action = fold(request.action);
  const [service = '', actionName = ''] = action.split(':');
  const resource = request.resource === '*' ? '*' : request.resource.arn;
  const [, partition, resourceService, , , resourceName = ''] = arnParts(resource);

  const isRole = resourceService === 'iam' && resourceName.startsWith('role/');
  const isTrust = isRole && /^sts:(assumerole.*|tagsession|setsourceidentity|setcontext)$/.test(action);
  const isKey = resourceService === 'kms' && resourceName.startsWith('key/');
  const strict = isTrust || isKey;
  const account = callers.accountOf(principal);
  // E63: AssumeRoot is for the account of the caller to allow.
  const isRootTask = action === 'sts:assumeroot';
  // E26: an account of another partition is another one.
  const apart = resource !== '*' && principal.arn !== undefined && arnParts(principal.arn)[1] !== partition;
  const own = !apart && account === callers.ownerOf(request);
  const sameAccount = account !== undefined && (isRootTask || own);
  const serviceLinked = callers.isServiceLinked(principal);
  const context = callers.contextOf(request);

  const applicable = (policy: Policy): Statement[] => {
    const variables = policy.Version === '2012-10-17';
    const asked = { action: request.action, resource, context, variables };
    return listed(policy.Statement).filter((statement) => applies(statement, asked));
  };
  const allowsIn = (found: readonly Statement[]): boolean => found.some(({ Effect }) => Effect === 'Allow');
  const deniesIn = (found: readonly Statement[]): boolean => found.some(({ Effect }) => Effect === 'Deny');

  // E10, section 2: identity policies and boundaries are of users, roles and federated users (as their user),
  // session policies of role sessions and federated users.
  // A service-linked role has its own policies alone.
  const hasIdentity = ['user', 'role', 'session', 'federatedUser'].includes(kind);
  const hasBoundary = hasIdentity && !serviceLinked;
  const hasSession = ['role', 'session', 'federatedUser'].includes(kind) && !serviceLinked;
  const identity = hasIdentity ? (policies.identityPolicies ?? []).flatMap(applicable) : [];
  const boundaryPolicy = hasBoundary ? policies.permissionsBoundary : undefined;
  const boundary = boundaryPolicy && applicable(boundaryPolicy);
  const sessionPolicies = hasSession ? policies.sessionPolicies : undefined;
  const session = sessionPolicies?.flatMap(applicable);

  const bounded = policies.permissionsBoundary !== undefined && ['user', 'role', 'session'].includes(kind);
  const namesCaller = ({ Effect, Principal, NotPrincipal }: Statement): boolean => {
    if (Principal !== undefined) return callers.strengths(Principal, principal, Effect).length > 0;
    return NotPrincipal === undefined || !callers.isSpared(NotPrincipal, principal);
  };
  // E78, E94: the trust policy decides who assumes the role, and has no say in actions of IAM on it.
  const resourcePolicy = isRole && service !== 'sts' ? undefined : policies.resourcePolicy;
  // E29b: a NotPrincipal spares nobody who has a boundary.
  const onResource = (resourcePolicy ? applicable(resourcePolicy) : []).filter(
    (statement) => (statement.NotPrincipal !== undefined && bounded) || namesCaller(statement),
  );
  const endpoint = policies.vpcEndpointPolicy && applicable(policies.vpcEndpointPolicy).filter(namesCaller);

  // E40–E42: not for service principals, anonymous and federated calls, nor for service-linked roles.
  const scpLevels = account === undefined || serviceLinked ? [] : (policies.serviceControlPolicies ?? []);
  const scps = scpLevels.map((level) => level.flatMap(applicable));
  // E50–E53: an Allow in an RCP can only be RCPFullAWSAccess, which says nothing.
  const linkedTrust = isTrust && resourceName.startsWith('role/aws-service-role/');
  const underRcps =
    rcpServices.has(service) && action !== 'kms:retiregrant' && !serviceLinked && !linkedTrust;
  const rcps = (underRcps ? (policies.resourceControlPolicies ?? []) : []).flat().flatMap(applicable);

  // Step 1, E80: a signed caller may always ask who it is.
  const signed = kind !== 'anonymous' && kind !== 'federated';
  if (signed && action === 'sts:getcalleridentity') return 'allowed';

  // Step 2, E2. E64: the bucket policy cannot lock out the root user of the bucket's owner.
  const rootOfBucket = kind === 'root' && sameAccount && bucketPolicyActions.includes(action);
  const denying = [identity, boundary ?? [], session ?? [], endpoint ?? [], rcps, ...scps];
  if (!rootOfBucket) denying.push(onResource);
  if (denying.some(deniesIn)) return 'explicitDeny';

  // Steps 3 and 4, E40, E55.
  if (!scps.every(allowsIn)) return 'implicitDeny';
  if (endpoint !== undefined && !allowsIn(endpoint)) return 'implicitDeny';

  // Step 5, E13.
  const granted = onResource
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Principal }) => callers.strengths(Principal ?? {}, principal, 'Allow'));
  const byResource: Decision = granted.length > 0 ? 'allowed' : 'implicitDeny';

  // Step 6: no role without a token; E72, E73.
  if (kind === 'anonymous' && service === 'sts') return 'implicitDeny';
  if (account === undefined) return byResource;

  // Step 7, E81.
  if ((kind === 'user' || kind === 'root') && action === 'sts:getsessiontoken') return 'allowed';

  // E26: whoever is named, also everyone.
  if (apart) return 'implicitDeny';

  // Step 8, E60, E61, E63.
  if (kind === 'root') {
    if (service === 'sts' && ['assumerole', 'assumeroot'].includes(actionName)) return 'implicitDeny';
    return sameAccount && !strict ? 'allowed' : byResource;
  }

  // Step 9.
  if (sameAccount) {
    if (granted.includes('direct') || granted.includes('any')) return 'allowed';
    const byIdentity = allowsIn(identity) && (!strict || granted.includes('account'));
    if (!granted.includes('role') && !byIdentity) return 'implicitDeny';
  } else if (granted.length === 0 || !allowsIn(identity)) {
    return 'implicitDeny';
  }

  // Steps 10 to 12, E31, E32.
  if (boundary !== undefined && !allowsIn(boundary)) return 'implicitDeny';
  if (session !== undefined && !allowsIn(session)) return 'implicitDeny';
  return kind === 'federatedUser' && session === undefined ? 'implicitDeny' : 'allowed';
}
