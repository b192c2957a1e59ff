import type { PolicyUse } from '../../account/estate-data.js';
import { ownPolicy, separatePolicies } from './policy-tables.js';
import { pointRestrictions, reportAccessControl, restrictions } from './public-access.js';
import type { Reading, ResourceReader } from './reading.js';
import { busArn, keyArn, type Target } from './resource-targets.js';
import { asPlain, asText, isList, type SomeText, Undecided, type Value } from './symbolic.js';

/** The resource itself, with its tags. */
export function declare(reading: Reading): void {
  const { resource } = reading;
  reading.draft.resource({
    arn: reading.arn,
    account: reading.account,
    type: resource.type,
    names: reading.names,
    origin: reading.origin(),
    ...reading.tags(tagProperty[resource.type] ?? 'Tags'),
    target: aliasTarget(reading),
    doubt: resource.doubt?.message,
  });
  if (resource.type === 'AWS::S3::Bucket') reportAccessControl(reading);
  const stream = 'StreamSpecification.ResourcePolicy';
  if (resource.type === 'AWS::DynamoDB::Table' && resource.get(stream) !== undefined)
    reportStreamPolicy(reading, stream);
}

/** The key of an alias, by its id or ARN. */
function aliasTarget({ stack, resource }: Reading): SomeText | undefined {
  const key = resource.type === 'AWS::KMS::Alias' ? asText(resource.get('TargetKeyId')) : undefined;
  return key === undefined ? undefined : keyArn(stack, key, resource);
}

/** A stream is no resource of the estate: it has no name before it is made. */
export function reportStreamPolicy(reading: Reading, property: string): void {
  reading.report({
    code: 'unsupportedType',
    path: reading.resource.pathOf(property),
    message: 'the policy of the stream of a table is not read',
    hint: 'check by hand what it allows',
  });
}

const tagProperty: Readonly<Record<string, string>> = {
  'AWS::EFS::FileSystem': 'FileSystemTags',
  'AWS::Backup::BackupVault': 'BackupVaultTags',
  'AWS::Cognito::UserPool': 'UserPoolTags',
};

const readOwnPolicy: ResourceReader = (reading) => {
  const { resource } = reading;
  declare(reading);
  for (const property of ownPolicy[resource.type] ?? []) {
    const value = resource.get(property);
    if (value === undefined) continue;
    const use = reading.policy('policy', 'resourcePolicy', property, value);
    const more = resource.type === 'AWS::S3::AccessPoint' ? pointRestrictions(reading, use) : [];
    for (const part of [use, ...more]) add(reading, reading.arn, resource.type, part);
  }
};

/** Without a KeyPolicy a key has the default one. See kms/latest/developerguide/key-policy-default.html */
const readKey: ResourceReader = (reading) => {
  readOwnPolicy(reading);
  if (reading.resource.get('KeyPolicy') !== undefined) return;
  const { partition } = reading.stack.settings;
  const statement = {
    Sid: 'Enable IAM User Permissions',
    Effect: 'Allow',
    Principal: { AWS: `arn:${partition}:iam::${reading.account}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
  const document = { Version: '2012-10-17', Statement: [statement] };
  add(
    reading,
    reading.arn,
    reading.resource.type,
    reading.policy('policy', 'resourcePolicy', 'KeyPolicy', document),
  );
};

const readSeparate: ResourceReader = (reading) => {
  const { resource } = reading;
  const row = separatePolicies[resource.type];
  if (row === undefined) return;
  const [document, properties, type, target] = row;
  const use = reading.policy(resource.id, 'resourcePolicy', document);
  const given = [properties].flat();
  const property = given.find((one) => resource.list(one).length > 0);
  if (property === undefined) {
    const message = `${resource.id} does not say what its policy belongs to`;
    const hint = `write ${given.join(' or ')}`;
    reading.report({ code: 'malformed', path: resource.path, message, hint });
    return;
  }
  resource.list(property).forEach((value, i) => {
    const name = asText(value);
    const bucket = resource.type === 'AWS::S3::BucketPolicy' && name !== undefined;
    const parts = bucket ? [use, ...restrictions(reading, name, use)] : [use];
    for (const part of parts) addTo(reading, value, `${property}[${i}]`, type, target, part);
  });
};

/** Adds a part to the policy of whatever a value names; to all that it may name when that is not known. */
export function addTo(
  reading: Reading,
  value: Value,
  property: string,
  type: string,
  target: Target,
  use: PolicyUse,
): void {
  const text = asText(value);
  if (text !== undefined) {
    add(reading, target(reading.stack, text, reading.resource), type, use);
    return;
  }
  const path = reading.resource.pathOf(property);
  const message = `what the policy ${reading.resource.id} belongs to is not known`;
  const finding = value instanceof Undecided ? value.finding : undefined;
  reading.report(finding ?? { code: 'malformed', path, message, hint: 'write a name or an ARN' });
  if (!(value instanceof Undecided)) return;
  const open: PolicyUse = {
    name: reading.resource.id,
    unresolved: message,
    origin: reading.origin(property),
  };
  for (const one of value.alternatives.flatMap((each): readonly Value[] => (isList(each) ? each : [each])))
    if (asText(one) !== undefined || one instanceof Undecided)
      addTo(reading, one, property, type, target, open);
}

export function add(reading: Reading, arn: SomeText, type: string, use: PolicyUse): void {
  const { account, resource } = reading;
  const whole = resource.type === 'AWS::Lambda::ResourcePolicy';
  reading.draft.resourcePolicy({ arn, type, account, name: resource.id, use, from: resource.path, whole });
}

/** An event bus takes a whole statement, or the parts of one. */
const readBusPolicy: ResourceReader = (reading) => {
  const { resource, stack } = reading;
  const bus = resource.text('EventBusName') ?? 'default';
  const arn = busArn(stack, bus, resource);
  const whole = resource.get('Statement');
  const principal = resource.get('Principal');
  const condition = resource.get('Condition.Key');
  const type = resource.get('Condition.Type') ?? 'StringEquals';
  const [key, operator] = [asPlain(condition), asPlain(type)];
  if (
    whole === undefined &&
    (principal === undefined || (condition !== undefined && (key === undefined || operator === undefined)))
  ) {
    const lost = principal === undefined ? 'Principal' : 'Condition';
    const message = `the ${lost} of the permission is not known`;
    const path = resource.pathOf(lost);
    const hint = 'write it, or give the values it is made of';
    const use = reading.unresolved(resource.id, { code: 'missingValue', path, message, hint });
    add(reading, arn, 'AWS::Events::EventBus', use);
    return;
  }
  const statement: Value =
    whole ??
    ({
      Effect: 'Allow',
      Principal: principal === '*' ? '*' : { AWS: principal },
      Action: resource.get('Action') ?? 'events:PutEvents',
      Resource: arn,
      ...(key === undefined || operator === undefined
        ? {}
        : { Condition: { [operator]: { [key]: resource.get('Condition.Value') ?? '' } } }),
    } as Value);
  const document: Value = { Version: '2012-10-17', Statement: isList(statement) ? statement : [statement] };
  add(
    reading,
    arn,
    'AWS::Events::EventBus',
    reading.policy(resource.id, 'resourcePolicy', 'Statement', document),
  );
};

/** Policies of a whole account or registry, not of one resource. */
const readAccountWide: ResourceReader = (reading) => {
  const { type, path } = reading.resource;
  const message = `${type} is a policy of the whole account, which is not read`;
  const hint = 'add its statements to the resources that you ask about';
  reading.report({ code: 'ignored', path, message, hint });
};

/** A policy of the logs of an account speaks of groups by their ARNs, of the files and others. */
const readLogPolicy: ResourceReader = (reading) => {
  const { resource, account } = reading;
  const use = reading.policy(resource.id, 'resourcePolicy', 'PolicyDocument');
  reading.draft.policyOfAll('AWS::Logs::LogGroup', account, use);
  const message = 'this policy is put onto the log groups of these files only';
  const hint = 'for other log groups of the account, give the policy with them';
  reading.report({ code: 'ignored', path: resource.path, message, hint });
};

export const resourcePolicyTypes: Readonly<Record<string, ResourceReader>> = {
  ...Object.fromEntries(Object.keys(ownPolicy).map((type) => [type, readOwnPolicy])),
  ...Object.fromEntries(Object.keys(separatePolicies).map((type) => [type, readSeparate])),
  'AWS::KMS::Key': readKey,
  'AWS::KMS::ReplicaKey': readKey,
  'AWS::Events::EventBusPolicy': readBusPolicy,
  'AWS::Logs::ResourcePolicy': readLogPolicy,
  'AWS::ECR::RegistryPolicy': readAccountWide,
  'AWS::XRay::ResourcePolicy': readAccountWide,
};
