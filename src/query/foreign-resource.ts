import { isRoleArn, mayHavePolicy } from '../account/resource-owner.js';
import type { Trace } from '../trace/trace.js';
import { splitArn } from '../value/arn.js';

/**
 * Services of which no resource has a policy that says who may use it. Not all there are: of a service that is missing here nothing is said.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
 */
const withoutPolicies: ReadonlySet<string> = new Set(
  (
    'application-autoscaling athena autoscaling batch cloudformation cloudfront dax ec2 ecs eks elasticache elasticbeanstalk ' +
    'elasticloadbalancing elasticmapreduce iam rds route53 states'
  ).split(' '),
);

/**
 * An explanation that does not ask for a policy that nobody can write: across accounts nothing but a role of the other account helps
 * where a resource has no policy of its own (E94).
 */
export function withRoleAdvice(trace: Trace): Trace {
  const { decision, decidedBy, request } = trace;
  if (decision !== 'implicitDeny' || decidedBy.kind !== 'resourcePolicy' || request.sameAccount) return trace;
  const [, , service = '', , account = ''] = splitArn(request.resource);
  // A role has its trust policy, which is for STS alone.
  if (!withoutPolicies.has(service) || /^sts:/i.test(request.action)) return trace;
  // Roles always have one; what AWS RAM shares may have one although its service has none else.
  if (!isRoleArn(request.resource) && mayHavePolicy(request.resource)) return trace;
  const where = account === '' ? 'the account of the resource' : `account ${account}`;
  const none = `${service} has no resource policies for it (E94)`;
  return {
    ...trace,
    missingAllows: [],
    layers: trace.layers.map((layer) =>
      layer.kind === 'resourcePolicy'
        ? { ...layer, reason: `${layer.reason ?? none}; the caller has to assume a role in ${where}` }
        : layer,
    ),
  };
}
