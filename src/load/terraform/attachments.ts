import type { PolicyLink, Text } from '../../account/estate-data.js';
import { textKey } from '../../account/text.js';
import { isLost } from './attribute-text.js';
import { textList, type Work } from './identities.js';
import { filledText, listOf, own } from './json-value.js';
import { attributePath, type TerraformResource } from './terraform-resource.js';

export type Kind = 'role' | 'user' | 'group';
export const kinds: readonly Kind[] = ['role', 'user', 'group'];
export const meaningOf = (kind: Kind) => ({ attribute: 'name', types: [`aws_iam_${kind}`] });

/** Inline policies, attachments, memberships and instance profiles, of whatever declares them. */
export function readAttachments(work: Work): void {
  const { index } = work.reading;
  for (const kind of kinds) {
    for (const one of index.ofType(`aws_iam_${kind}_policy`)) readInline(work, one, kind);
    for (const one of index.ofType(`aws_iam_${kind}_policy_attachment`)) readAttachment(work, one, kind);
  }
  for (const one of index.ofType('aws_iam_policy_attachment')) readPolicyAttachment(work, one);
  for (const one of index.ofType('aws_iam_user_group_membership')) readUserGroups(work, one);
  for (const one of index.ofType('aws_iam_group_membership')) readGroupUsers(work, one);
  for (const one of index.ofType('aws_iam_instance_profile')) readInstanceProfile(work, one);
}

function readInline(work: Work, resource: TerraformResource, kind: Kind): void {
  const { reading, policies, draft } = work;
  const target = reading.required(resource, [kind], meaningOf(kind));
  const name = filledText(own(resource.values, 'name')) ?? resource.address;
  const { account } = reading.placeOf(resource);
  for (const use of policies.required({ resource, path: ['policy'], name })) {
    draft.attach(kind, account, target, use);
  }
  doubtTarget(work, resource, kind, kind, target);
}

/** A target that nobody can follow may be anything that the plan makes. */
export function doubtTarget(
  work: Work,
  resource: TerraformResource,
  kind: Kind,
  argument: string,
  target: Text,
): void {
  if (!isLost(resource, [argument], target)) return;
  const among = work.reading.candidates(resource, [argument]);
  doubt(work, kind, attributePath(resource, [argument]), among);
}

function doubt(
  { policies, draft }: Work,
  kind: Kind,
  where: string,
  among?: readonly TerraformResource[],
): void {
  const policy = { name: where, unresolved: 'it may concern this one', origin: policies.origin(where) };
  draft.doubt(kind, policy, among);
}

export function linkTo(work: Work, resource: TerraformResource): PolicyLink {
  const meaning = { attribute: 'arn', types: ['aws_iam_policy'] };
  const arn = work.reading.required(resource, ['policy_arn'], meaning);
  return { arn, origin: work.policies.origin(resource.address) };
}

function readAttachment(work: Work, resource: TerraformResource, kind: Kind): void {
  const { reading, draft } = work;
  const target = reading.required(resource, [kind], meaningOf(kind));
  draft.attach(kind, reading.placeOf(resource).account, target, linkTo(work, resource));
  doubtTarget(work, resource, kind, kind, target);
}

function readPolicyAttachment(work: Work, resource: TerraformResource): void {
  const { reading, draft } = work;
  const link = linkTo(work, resource);
  const { account } = reading.placeOf(resource);
  for (const kind of kinds) {
    const argument = `${kind}s`;
    if (unknownList(work, resource, argument)) {
      doubt(work, kind, attributePath(resource, [argument]));
      continue;
    }
    for (const target of textList(reading, resource, argument, 'name', [`aws_iam_${kind}`])) {
      draft.attach(kind, account, target, link);
      doubtTarget(work, resource, kind, argument, target);
    }
  }
}

/** Reports a list of which not even the length is known: then nobody knows whom this concerns. */
export function unknownList(work: Work, resource: TerraformResource, argument: string): boolean {
  if (Array.isArray(own(resource.values, argument))) return false;
  if (own(resource.unknown, argument) !== true) return false;
  work.reading.report({
    code: 'unresolvedReference',
    path: attributePath(resource, [argument]),
    message: 'the list is known only after apply: whom or what this concerns is not known',
    hint: 'load the state after apply, or name them one by one',
  });
  return true;
}

function readUserGroups(work: Work, resource: TerraformResource): void {
  const { reading, policies, draft } = work;
  const user = reading.required(resource, ['user'], meaningOf('user'));
  doubtTarget(work, resource, 'user', 'user', user);
  const { account } = reading.placeOf(resource);
  const origin = policies.origin(resource.address);
  if (unknownList(work, resource, 'groups')) {
    const name = attributePath(resource, ['groups']);
    draft.attach('user', account, user, { name, unresolved: 'groups that are not known yet', origin });
  }
  for (const group of textList(reading, resource, 'groups', 'name', ['aws_iam_group'])) {
    draft.join(account, user, group, origin);
  }
}

function readGroupUsers(work: Work, resource: TerraformResource): void {
  const { reading, policies, draft } = work;
  const group = reading.required(resource, ['group'], meaningOf('group'));
  const { account } = reading.placeOf(resource);
  if (unknownList(work, resource, 'users')) {
    doubt(work, 'user', attributePath(resource, ['users']));
    return;
  }
  for (const user of textList(reading, resource, 'users', 'name', ['aws_iam_user'])) {
    draft.join(account, user, group, policies.origin(resource.address));
    doubtTarget(work, resource, 'user', 'users', user);
  }
}

function readInstanceProfile({ reading, draft }: Work, resource: TerraformResource): void {
  const role =
    reading.argument(resource, ['role'], meaningOf('role')) ??
    filledText(listOf(own(resource.values, 'roles'))[0]);
  const arn = reading.attribute(resource, 'arn');
  if (role === undefined) return;
  draft.profiles.set(textKey(arn), role).set(textKey(reading.attribute(resource, 'name')), role);
  const held = draft.identity('role', reading.placeOf(resource).account, role);
  if (held === undefined) return;
  if (typeof arn === 'string') held.profiles.push(arn);
  held.names = [...held.names, resource.address];
}
