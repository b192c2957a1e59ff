import { allow } from './expansion.js';
import { isRaw, managedPolicy, type Raw, type RolePolicies } from './policies.js';

/** Event sources whose role gets a managed policy. */
const managed: Readonly<Record<string, string>> = {
  SQS: 'AWSLambdaSQSQueueExecutionRole',
  Kinesis: 'AWSLambdaKinesisExecutionRole',
  DynamoDB: 'AWSLambdaDynamoDBExecutionRole',
  MSK: 'AWSLambdaMSKExecutionRole',
};

/** Event sources whose role gets a policy made of the settings; undefined where the transform would refuse them. */
const made: Readonly<Record<string, (settings: Raw, id: string) => Raw | undefined>> = {
  MSK: certificate,
  MQ: broker,
  SelfManagedKafka: kafka,
  DocumentDB: cluster,
};

export const isPolled = (type: string): boolean => Object.hasOwn(managed, type) || Object.hasOwn(made, type);

/** What the role of a function needs to be called from a queue. */
export const queuePolicies = (): readonly unknown[] => [managedPolicy(managed.SQS!)];

/**
 * What the transform adds to the role of a function for an event source that Lambda polls; undefined where the settings do not say.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventsource.html
 */
export function polledPolicies(type: string, id: string, settings: Raw): RolePolicies | undefined {
  const needed: RolePolicies = { managed: [], inline: [] };
  if (Object.hasOwn(managed, type)) needed.managed.push(managedPolicy(managed[type]!));
  if (Object.hasOwn(made, type)) {
    const policy = made[type]!(settings, id);
    if (policy === undefined) return undefined;
    if (policy !== nothing) needed.inline.push(policy);
  }
  return failures(id, settings, needed) ? needed : undefined;
}

/** The role needs no policy of its own. */
const nothing: Raw = {};

/** Failed batches go to a queue or a topic: the role gets the permission only where the settings say which of them. */
function failures(id: string, settings: Raw, needed: RolePolicies): boolean {
  const config = settings.DestinationConfig;
  if (config === undefined) return true;
  const target = isRaw(config) && isRaw(config.OnFailure) ? config.OnFailure : undefined;
  if (target === undefined) return false;
  if (target.Type === undefined) return true;
  const action =
    target.Type === 'SNS' ? 'sns:Publish' : target.Type === 'SQS' ? 'sqs:SendMessage' : undefined;
  if (action === undefined || target.Destination === undefined) return false;
  needed.inline.push({ PolicyName: `${id}FailurePolicy`, PolicyDocument: allow(action, target.Destination) });
  return true;
}

interface Access {
  readonly type: string;
  readonly uri: unknown;
}

/** The ways in that the settings name; undefined where they are not written out. */
function accesses({ SourceAccessConfigurations: list }: Raw): readonly Access[] | undefined {
  if (!Array.isArray(list)) return undefined;
  const read = list.flatMap((one: unknown): Access[] =>
    isRaw(one) && typeof one.Type === 'string' && isUri(one.URI) ? [{ type: one.Type, uri: one.URI }] : [],
  );
  return read.length === list.length ? read : undefined;
}

const isUri = (value: unknown): boolean => (typeof value === 'string' && value !== '') || isRaw(value);

/** The one secret of a kind, where no kinds but those given stand beside it. */
function secretOf(settings: Raw, kind: string, ...others: readonly string[]): unknown {
  const all = accesses(settings);
  if (all === undefined || all.some(({ type }) => type !== kind && !others.includes(type))) return undefined;
  const found = all.filter(({ type }) => type === kind);
  return found.length === 1 ? found[0]!.uri : undefined;
}

const statement = (action: string | readonly string[], resource: unknown): Raw => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
});

/** A policy as the transform writes it; without a version only where it leaves that out. */
const policy = (name: string, statements: readonly Raw[], version: Raw = {}): Raw => ({
  PolicyName: name,
  PolicyDocument: { ...version, Statement: statements },
});

const secret = (uri: unknown): Raw => statement('secretsmanager:GetSecretValue', uri);

/** The network of a function through which it reaches what stands in a VPC. */
const network = statement(
  [
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeVpcs',
    'ec2:DescribeSubnets',
    'ec2:DescribeSecurityGroups',
  ],
  '*',
);

const here = (service: string, rest: string): Raw => ({
  'Fn::Sub': `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${rest}`,
});

/** The key with which the secret is encrypted; undefined where its id is not written out. */
function decrypt({ SecretsManagerKmsKeyId: id }: Raw): readonly Raw[] | undefined {
  if (id === undefined || id === '') return [];
  return typeof id === 'string' ? [statement('kms:Decrypt', here('kms', `key/${id}`))] : undefined;
}

/** Of all ways into a managed cluster, only a client certificate needs a secret. */
function certificate(settings: Raw): Raw | undefined {
  if (settings.SourceAccessConfigurations === undefined) return nothing;
  const all = accesses(settings);
  if (all === undefined) return undefined;
  const found = all.find(({ type }) => type === 'CLIENT_CERTIFICATE_TLS_AUTH');
  return found === undefined ? nothing : policy('MSKExecutionRolePolicy', [secret(found.uri)]);
}

function broker(settings: Raw, id: string): Raw | undefined {
  const uri = secretOf(settings, 'BASIC_AUTH', 'VIRTUAL_HOST');
  const key = decrypt(settings);
  if (uri === undefined || settings.Broker === undefined || key === undefined) return undefined;
  const name = settings.DynamicPolicyName === true ? `${id}AMQPolicy` : 'SamAutoGeneratedAMQPolicy';
  return policy(name, [secret(uri), statement('mq:DescribeBroker', settings.Broker), ...key]);
}

const networkKinds = ['VPC_SUBNET', 'VPC_SECURITY_GROUP'];
const secretKinds = [
  'SASL_SCRAM_256_AUTH',
  'SASL_SCRAM_512_AUTH',
  'BASIC_AUTH',
  'CLIENT_CERTIFICATE_TLS_AUTH',
  'SERVER_ROOT_CA_CERTIFICATE',
];

function kafka(settings: Raw): Raw | undefined {
  const all = accesses(settings);
  const key = decrypt(settings);
  if (all === undefined || all.length === 0 || key === undefined) return undefined;
  const secrets = all.filter(({ type }) => secretKinds.includes(type));
  const networks = networkKinds.filter((kind) => all.some(({ type }) => type === kind));
  const known = all.every(({ type }) => secretKinds.includes(type) || networkKinds.includes(type));
  if (!known || secrets.length > 1 || networks.length === 1) return undefined;
  const statements = [
    ...secrets.map(({ uri }) => secret(uri)),
    ...(networks.length === 0 ? [] : [network]),
    ...key,
  ];
  return policy('SelfManagedKafkaExecutionRolePolicy', statements, { Version: '2012-10-17' });
}

function cluster(settings: Raw): Raw | undefined {
  const uri = secretOf(settings, 'BASIC_AUTH');
  const key = decrypt(settings);
  if (uri === undefined || settings.Cluster === undefined || key === undefined) return undefined;
  return policy('SamAutoGeneratedDocumentDBPolicy', [
    secret(uri),
    statement('rds:DescribeDBClusterParameters', here('rds', 'cluster-pg:*')),
    statement('rds:DescribeDBSubnetGroups', here('rds', 'subgrp:*')),
    statement('rds:DescribeDBClusters', settings.Cluster),
    network,
    ...key,
  ]);
}
