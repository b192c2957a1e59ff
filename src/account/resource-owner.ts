import { isKeyAlias } from '../request/key-alias.js';
import { splitArn } from '../value/arn.js';

/** What the last part of an ARN begins with when it names the thing that holds policy, tags and owner. */
const holders: Readonly<Record<string, RegExp>> = {
  s3: /^(?:accesspoint\/[^/]+|[^/]+)/,
  's3-object-lambda': /^accesspoint\/[^/]+/,
  s3express: /^(?:bucket|accesspoint)\/[^/]+/,
  s3tables: /^bucket\/[^/]+/,
  s3vectors: /^bucket\/[^/]+/,
  // A stream of a table has a policy of its own; an index has that of its table.
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/access-control-resource-based.html
  dynamodb: /^table\/[^/]+(?:\/stream\/[^/]+)?/,
  lambda: /^(?:function|layer):[^:]+/,
  logs: /^log-group:[^:]+/,
  sns: /^[^:]+/,
  sqs: /^[^/]+/,
  es: /^domain\/[^/]+/,
  glue: /^catalog$/,
};

/**
 * The ARNs (as keys) whose policies count for a request on this one: itself, and the bucket of an object, the table of an index, the
 * function of a version or alias, the group of a log stream, the API of a method.
 */
export function holdersOf(arn: string): readonly string[] {
  const parts = splitArn(arn);
  const [, partition, service, region, account, rest] = parts;
  if (rest === undefined) return [arn];
  if (service === 'execute-api') {
    const api = rest.split('/', 1)[0];
    return [
      arn,
      `arn:${partition}:execute-api:${region}:${account}:${api}`,
      `arn:${partition}:execute-api:${region}:${account}:${api}/*`,
      `arn:${partition}:apigateway:${region}::/restapis/${api}`,
      `arn:${partition}:apigateway:${region}:${account}:/restapis/${api}`,
    ];
  }
  if (service === 'glue') return [arn, `arn:${partition}:glue:${region}:${account}:catalog`];
  const head =
    service === undefined || !Object.hasOwn(holders, service) ? null : holders[service]!.exec(rest);
  if (head === null) return [arn];
  const owner = [...parts.slice(0, 5), head[0]].join(':');
  const out = owner === arn ? [arn] : [arn, owner];
  // The ARN of a log group is written with and without `:*`.
  return service === 'logs' ? [...new Set([...out, `${owner}:*`])] : out;
}

/** Services, as ARNs call them, whose resources may carry a policy, so that an unknown one of another account may have granted. */
const services: ReadonlySet<string> = new Set(
  (
    'acm-pca agent-registry aiops aoss apigateway appmesh appmesh-preview appsync aps arc-region-switch aws-marketplace ' +
    'backup bcm-dashboards bedrock bedrock-agentcore billing cleanrooms-ml cloud9 cloudhsm cloudtrail codeartifact ' +
    'codebuild codeguru-profiler comprehend dataexchange datazone dsql dynamodb ecr ecr-public elasticfilesystem ' +
    'elemental-inference entityresolution es events execute-api fsx glacier glue healthlake imagebuilder iot kafka kinesis ' +
    'kms lambda lex logs lookoutequipment mediapackagev2 mediastore mediatailor mpa mq network-firewall networkmanager oam ' +
    'odb omics organizations osis payment-cryptography qbusiness ram redshift redshift-serverless refactor-spaces ' +
    'rekognition resource-explorer-2 resource-groups route53-recovery-control route53profiles route53resolver rum s3 ' +
    's3-object-lambda s3-outposts s3express s3files s3tables s3vectors sagemaker schemas secretsmanager securityhub ' +
    'serverlessrepo servicecatalog servicediscovery ses signer signin sms-voice sns sqs ssm ssm-contacts ssm-incidents ' +
    'ssm-sap sts vpc-lattice waf waf-regional wafv2 xray'
  ).split(' '),
);

/** Services of which only some resources may, those that AWS RAM shares, with what the last part of their ARNs begins with. */
const shared: Readonly<Record<string, RegExp>> = {
  cloudfront: /^vpcorigin\//,
  ec2: /^(?:ipam-pool|placement-group|verified-access-group)\//,
  elasticloadbalancing: /^truststore\//,
};

/**
 * Whether the thing always has a policy that says who may use it: a key has one, and a role.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
export const alwaysHasPolicy = (arn: string): boolean =>
  /^arn:[^:]*:kms:[^:]*:[^:]*:key\//.test(arn) || isKeyAlias(arn) || isRoleArn(arn);

export const isRoleArn = (arn: string): boolean => /^arn:[^:]*:iam::[^:]*:role\//.test(arn);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html */
export function mayHavePolicy(arn: string): boolean {
  const [, , service = '', , , rest = ''] = splitArn(arn);
  if (services.has(service) || alwaysHasPolicy(arn)) return true;
  return Object.hasOwn(shared, service) && shared[service]!.test(rest);
}
