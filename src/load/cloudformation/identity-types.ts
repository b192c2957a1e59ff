import type { PolicyUse } from '../../account/estate-data.js';
import type { Identity } from './estate-draft.js';
import type { Reading, ResourceReader } from './reading.js';
import {
  asPlain,
  asText,
  concat,
  type Finding,
  isObject,
  type SomeText,
  toText,
  Undecided,
  type Value,
} from './symbolic.js';

/** The inline and attached policies of a role, user or group. */
function ownPolicies(reading: Reading): PolicyUse[] {
  const { resource } = reading;
  const inline = resource.list('Policies').map((entry, i): PolicyUse => {
    const property = `Policies[${i}]`;
    if (entry instanceof Undecided) return reading.unresolved(property, entry.finding);
    const members = isObject(entry) ? entry : {};
    const name = asPlain(members.PolicyName) ?? property;
    return reading.policy(name, 'identityPolicies', `${property}.PolicyDocument`, members.PolicyDocument);
  });
  const managed = resource
    .list('ManagedPolicyArns')
    .map((arn, i) => reading.link(arn, `ManagedPolicyArns[${i}]`));
  return [...inline, ...managed];
}

function identity(reading: Reading, kind: Identity['kind'], more: Partial<Identity> = {}): void {
  const { resource } = reading;
  const boundary = resource.get('PermissionsBoundary');
  reading.draft.identity({
    kind,
    arn: reading.arn,
    name: reading.name,
    account: reading.account,
    names: reading.names,
    origin: reading.origin(),
    policies: ownPolicies(reading),
    groups: [],
    instanceProfiles: [],
    permissionsBoundary: boundary === undefined ? undefined : reading.link(boundary, 'PermissionsBoundary'),
    ...reading.tags(),
    doubt: resource.doubt?.message,
    ...more,
  });
}

const readRole: ResourceReader = (reading) =>
  identity(reading, 'role', {
    trustPolicy: reading.policy('AssumeRolePolicyDocument', 'trustPolicy', 'AssumeRolePolicyDocument'),
  });

const readUser: ResourceReader = (reading) => {
  const groups = reading.resource.list('Groups').flatMap((group, i) => {
    const text = asText(group);
    if (text !== undefined) return [toText(text)];
    openGroup(reading, group, `Groups[${i}]`, [reading.name]);
    return [];
  });
  identity(reading, 'user', { groups });
};

const readGroup: ResourceReader = (reading) => identity(reading, 'group');

/** A membership that is not known: whatever the groups allow, the user has an unknown policy. */
function openGroup(reading: Reading, value: Value, property: string, users: readonly SomeText[]): void {
  const path = reading.resource.pathOf(property);
  const finding: Finding =
    value instanceof Undecided
      ? value.finding
      : { code: 'malformed', path, message: `${property} is no name of a group`, hint: 'write a name' };
  for (const target of users) add(reading, 'user', target, reading.unresolved(property, finding), property);
}

function add(
  reading: Reading,
  kind: Identity['kind'],
  target: SomeText,
  policy: PolicyUse,
  property: string,
): void {
  reading.draft.attach({ kind, account: reading.account, target, policy, origin: reading.origin(property) });
}

const targets = [
  ['role', 'Roles'],
  ['user', 'Users'],
  ['group', 'Groups'],
  ['role', 'RoleName'],
  ['user', 'UserName'],
  ['group', 'GroupName'],
] as const;

/** Attaches a policy to everything that the resource names. */
function attachTo(reading: Reading, policy: PolicyUse): void {
  for (const [kind, property] of targets) {
    reading.resource.list(property).forEach((value, i) => {
      attachOne(reading, kind, value, `${property}[${i}]`, policy);
    });
  }
}

function attachOne(
  reading: Reading,
  kind: Identity['kind'],
  value: Value,
  property: string,
  policy: PolicyUse,
): void {
  const target = asText(value);
  if (target !== undefined) {
    add(reading, kind, target, policy, property);
    return;
  }
  const path = reading.resource.pathOf(property);
  const finding: Finding =
    value instanceof Undecided
      ? value.finding
      : { code: 'malformed', path, message: `${property} names no ${kind}`, hint: 'write a name' };
  reading.report(finding);
  // Whoever it may be attached to does not know either.
  const name = 'name' in policy ? policy.name : 'managed policy';
  const open: PolicyUse = { name, unresolved: finding.message, origin: reading.origin(property) };
  for (const one of value instanceof Undecided ? value.alternatives.flat() : [])
    if (asText(one as Value) !== undefined || one instanceof Undecided)
      attachOne(reading, kind, one as Value, property, open);
}

/** AWS::IAM::Policy, RolePolicy, UserPolicy and GroupPolicy. */
const readInlinePolicy: ResourceReader = (reading) => {
  const name = asPlain(reading.resource.get('PolicyName')) ?? reading.resource.id;
  attachTo(reading, reading.policy(name, 'identityPolicies', 'PolicyDocument'));
};

const readManagedPolicy: ResourceReader = (reading) => {
  const use = reading.policy(reading.resource.id, 'identityPolicies', 'PolicyDocument');
  reading.draft.managedPolicies.push({
    names: reading.names,
    origin: reading.origin(),
    arn: toText(reading.arn),
    account: reading.account,
    ...('document' in use ? { document: use.document } : {}),
    ...('unresolved' in use ? { unresolved: use.unresolved } : {}),
  });
  attachTo(reading, reading.link(reading.arn, 'PolicyDocument'));
};

const readMembership: ResourceReader = (reading) => {
  const { resource } = reading;
  const value = resource.doubt === undefined ? resource.get('GroupName') : undefined;
  const group = asText(value);
  resource.list('Users').forEach((user, i) => {
    const target = asText(user);
    const property = `Users[${i}]`;
    if (target === undefined) {
      const path = resource.pathOf(property);
      const message = 'who becomes a member of the group is not known';
      const hint = 'write the names of users';
      const finding: Finding =
        user instanceof Undecided ? user.finding : { code: 'malformed', path, message, hint };
      reading.report(finding);
      const open: PolicyUse = { name: 'group', unresolved: message, origin: reading.origin(property) };
      for (const one of user instanceof Undecided ? user.alternatives.flat() : [])
        attachOne(reading, 'user', one as Value, property, open);
      return;
    }
    if (group === undefined) {
      const doubt = resource.doubt;
      const open = doubt === undefined ? value : new Undecided('GroupName', doubt);
      openGroup(reading, open ?? [], 'GroupName', [target]);
      return;
    }
    reading.draft.attach({
      kind: 'user',
      account: reading.account,
      target,
      group: toText(group),
      origin: reading.origin(property),
    });
  });
};

const readInstanceProfile: ResourceReader = (reading) => {
  const { arn, names: profileNames } = reading;
  if (typeof arn !== 'string') return;
  reading.resource.list('Roles').forEach((role, i) => {
    const target = asText(role);
    const origin = reading.origin(`Roles[${i}]`);
    if (target !== undefined)
      reading.draft.attach({
        kind: 'role',
        account: reading.account,
        target,
        profile: arn,
        profileNames,
        origin,
      });
  });
};

/** The service decides what a service-linked role may do: its policy is one of AWS, not named in the template. */
const readServiceLinkedRole: ResourceReader = (reading) => {
  const { resource, stack } = reading;
  const service = resource.text('AWSServiceName') ?? stack.hole(`${resource.id}.AWSServiceName`);
  const { partition } = stack.settings;
  const name = `AWSServiceRoleFor${resource.id}`;
  const path = resource.path;
  const message = `what the service-linked role ${resource.id} may do is not in the template`;
  reading.draft.identity({
    kind: 'role',
    arn: concat([`arn:${partition}:iam::${reading.account}:role/aws-service-role/`, service, `/${name}`]),
    name,
    account: reading.account,
    names: [resource.id, name],
    origin: reading.origin(),
    policies: [
      reading.unresolved(name, {
        code: 'missingValue',
        path,
        message,
        hint: 'load a snapshot of the account',
      }),
    ],
    groups: [],
    instanceProfiles: [],
    trustPolicy: {
      name: 'AssumeRolePolicyDocument',
      document: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: toText(service) }, Action: 'sts:AssumeRole' }],
      },
    },
    doubt: resource.doubt?.message,
  });
};

export const identityTypes: Readonly<Record<string, ResourceReader>> = {
  'AWS::IAM::Role': readRole,
  'AWS::IAM::User': readUser,
  'AWS::IAM::Group': readGroup,
  'AWS::IAM::Policy': readInlinePolicy,
  'AWS::IAM::RolePolicy': readInlinePolicy,
  'AWS::IAM::UserPolicy': readInlinePolicy,
  'AWS::IAM::GroupPolicy': readInlinePolicy,
  'AWS::IAM::ManagedPolicy': readManagedPolicy,
  'AWS::IAM::UserToGroupAddition': readMembership,
  'AWS::IAM::InstanceProfile': readInstanceProfile,
  'AWS::IAM::ServiceLinkedRole': readServiceLinkedRole,
};
