import type { PolicyUse } from '../../account/estate-data.js';
import { isAccountId } from '../../value/arn.js';
import type { Reading, ResourceReader } from './reading.js';
import type { Resource } from './resource.js';
import type { Stack } from './stack.js';
import {
  asPlain,
  asText,
  concat,
  type Finding,
  identityOf,
  isObject,
  type SomeText,
  toText,
  Undecided,
  type Value,
} from './symbolic.js';

const setType = 'AWS::SSO::PermissionSet';
const assignmentType = 'AWS::SSO::Assignment';

const ofType = (stack: Stack, type: string): readonly Resource[] =>
  [...stack.resources.values()].filter((one) => one.type === type && one.exists !== false);

/** The account that an assignment is for, where it is known. */
function targetOf(assignment: Resource): string | undefined {
  const account = asPlain(assignment.get('TargetId'));
  return account !== undefined && isAccountId(account) ? account : undefined;
}

/** Whether an assignment is one of this permission set: both name it by the same value. */
function assigns(stack: Stack, assignment: Resource, set: Resource): boolean {
  const wanted = assignment.get('PermissionSetArn');
  const arn = stack.attribute(set.id, 'PermissionSetArn', set.path);
  return wanted !== undefined && identityOf(wanted).key === identityOf(arn).key;
}

/**
 * A permission set becomes a role in each account that it is assigned to. Only IAM Identity Center knows the end of the role's name, the
 * region in its path, and who may assume it.
 * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/identity-center-and-iam-roles.html
 */
const readPermissionSet: ResourceReader = (reading) => {
  const { stack, resource } = reading;
  const { id, path } = resource;
  const assignments = ofType(stack, assignmentType).filter((one) => assigns(stack, one, resource));
  const targets = new Map<string, Resource[]>();
  for (const one of assignments) {
    const account = targetOf(one);
    if (account !== undefined) targets.set(account, [...(targets.get(account) ?? []), one]);
  }
  if (assignments.length === 0) {
    const message = `${id} becomes a role of the accounts that it is assigned to, and the template assigns it to none`;
    reading.report({ code: 'unsupportedType', path, message, hint: 'load a snapshot of these accounts' });
  }
  if (targets.size === 0) return;
  const message = `IAM Identity Center decides who may assume the roles of ${id}, and with which session tags`;
  const trust: Finding = { code: 'missingValue', path, message, hint: 'load a snapshot of the accounts' };
  reading.report(trust);
  for (const [account, of] of targets) readRole(reading, account, of, trust);
};

function readRole(reading: Reading, account: string, of: readonly Resource[], trust: Finding): void {
  const { stack, resource, draft } = reading;
  const { id } = resource;
  const { partition } = stack.settings;
  const hole = (what: string) => stack.hole(`${id}.${account}.${what}`);
  const setName = resource.text('Name') ?? stack.hole(`${id}.Name`);
  const name = concat(['AWSReservedSSO_', setName, '_', hole('Suffix')]);
  // Roles of an Identity Center in another region than us-east-1 have the region in their path.
  const folder = concat([
    `arn:${partition}:iam::${account}:role/aws-reserved/sso.amazonaws.com/`,
    hole('Region'),
  ]);
  draft.accounts.set(account, partition);
  const boundary = boundaryOf(reading, account);
  const doubt = resource.doubt ?? (of.every((one) => one.doubt !== undefined) ? of[0]!.doubt : undefined);
  draft.identity({
    kind: 'role',
    arn: concat([folder, name]),
    name,
    account,
    names: [...reading.names, ...of.map((one) => one.id), `${id}.${account}`],
    origin: reading.origin(),
    policies: policiesOf(reading, account),
    groups: [],
    instanceProfiles: [],
    ...(boundary === undefined ? {} : { permissionsBoundary: boundary }),
    trustPolicy: { name: 'AssumeRolePolicyDocument', unresolved: trust.message, origin: reading.origin() },
    tagsUnresolved: true,
    doubt: doubt?.message,
  });
}

function policiesOf(reading: Reading, account: string): PolicyUse[] {
  const { resource } = reading;
  const inline =
    resource.get('InlinePolicy') === undefined
      ? []
      : [reading.policy('AwsSSOInlinePolicy', 'identityPolicies', 'InlinePolicy')];
  const managed = resource
    .list('ManagedPolicies')
    .map((arn, i) => reading.link(arn, `ManagedPolicies[${i}]`));
  const named = resource
    .list('CustomerManagedPolicyReferences')
    .map((one, i) => ownPolicy(reading, account, one, `CustomerManagedPolicyReferences[${i}]`));
  return [...inline, ...managed, ...named];
}

function boundaryOf(reading: Reading, account: string): PolicyUse | undefined {
  const boundary = reading.resource.get('PermissionsBoundary');
  if (boundary === undefined) return undefined;
  if (boundary instanceof Undecided) return reading.link(boundary, 'PermissionsBoundary');
  const { ManagedPolicyArn: arn, CustomerManagedPolicyReference: own } = isObject(boundary) ? boundary : {};
  return own === undefined
    ? reading.link(arn ?? [], 'PermissionsBoundary.ManagedPolicyArn')
    : ownPolicy(reading, account, own, 'PermissionsBoundary.CustomerManagedPolicyReference');
}

/** A policy that each account has under the same name and path. */
function ownPolicy(reading: Reading, account: string, value: Value, property: string): PolicyUse {
  if (value instanceof Undecided) return reading.link(value, property);
  const { Name, Path = '/' } = isObject(value) ? value : {};
  const parts = [asText(Path), asText(Name)];
  if (parts.includes(undefined)) {
    const undecided = [Path, Name].find((one) => one instanceof Undecided);
    return reading.link(undecided ?? [], property);
  }
  const { partition } = reading.stack.settings;
  const arn = concat([`arn:${partition}:iam::${account}:policy`, ...(parts as SomeText[])]);
  return { arn: toText(arn), origin: reading.origin(property) };
}

/** Assignments are read with their permission sets: says which of them lead to no role. */
const readAssignment: ResourceReader = (reading) => {
  const { stack, resource } = reading;
  const say = (property: string, message: string, hint: string) =>
    reading.report({ code: 'missingValue', path: resource.pathOf(property), message, hint });
  if (!ofType(stack, setType).some((set) => assigns(stack, resource, set)))
    say(
      'PermissionSetArn',
      `the permission set that ${resource.id} assigns is not in the template`,
      'load a snapshot of the account',
    );
  else if (targetOf(resource) === undefined)
    say(
      'TargetId',
      `the account that ${resource.id} assigns a permission set to is not known: its role is not in the estate`,
      'pass the parameter that holds it',
    );
};

export const permissionSetTypes: Readonly<Record<string, ResourceReader>> = {
  [setType]: readPermissionSet,
  [assignmentType]: readAssignment,
};
