import { splitArn } from '../value/arn.js';

/** What the last part of an ARN begins with when it names the thing that holds policy, tags and owner. */
const holders: Readonly<Record<string, RegExp>> = {
  s3: /^(?:accesspoint\/[^/]+|[^/]+)/,
  's3-object-lambda': /^accesspoint\/[^/]+/,
  s3express: /^(?:bucket|accesspoint)\/[^/]+/,
  s3tables: /^bucket\/[^/]+/,
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

/** Services whose resources may carry a policy, so that an unknown one of another account may have granted. */
const services: ReadonlySet<string> = new Set(
  (
    's3 s3express s3-outposts s3-object-lambda s3tables sqs sns lambda kms secretsmanager ecr ecr-public events dynamodb kinesis es ' +
    'aoss glacier backup elasticfilesystem execute-api apigateway logs codeartifact codebuild glue acm-pca ses schemas serverlessrepo ' +
    'mediastore ssm ram cloudtrail xray signer lex network-firewall route53resolver vpc-lattice redshift redshift-serverless ' +
    'bedrock bedrock-agentcore iot rekognition refactor-spaces ssm-incidents ssm-contacts mq securityhub healthlake dataexchange sts'
  ).split(' '),
);

/**
 * Whether the thing always has a policy that says who may use it: a key has one, and a role.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
export const alwaysHasPolicy = (arn: string): boolean =>
  /^arn:[^:]*:kms:[^:]*:[^:]*:key\//.test(arn) || isKeyAlias(arn) || isRoleArn(arn);

/** What is asked of an alias is decided by the policy of its key. https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html */
export const isKeyAlias = (arn: string): boolean => /^arn:[^:]*:kms:[^:]*:[^:]*:alias\//.test(arn);

export const isRoleArn = (arn: string): boolean => /^arn:[^:]*:iam::[^:]*:role\//.test(arn);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html */
export const mayHavePolicy = (arn: string): boolean =>
  services.has(splitArn(arn)[2] ?? '') || alwaysHasPolicy(arn);
