import type { PolicyUse } from '../../account/estate-data.js';
import { joinTexts, textWords } from '../../account/text.js';
import { isAccountId, splitArn } from '../../value/arn.js';
import { matchingBlock } from './document-elements.js';
import { type EstateDraft, isPlain, namesOf } from './estate-draft.js';
import { filledText, listOf, own, textOf } from './json-value.js';
import { type PolicyReader, type TextPolicy, wholePolicy } from './policy-uses.js';
import type { Reading } from './reading.js';
import { tagsOf } from './tags.js';
import { attributePath, expressionsOf, isOpen, type TerraformResource } from './terraform-resource.js';

/** What the readers of types share. */
export interface Work {
  readonly reading: Reading;
  readonly policies: PolicyReader;
  readonly draft: EstateDraft;
}

/** Roles, users, groups and managed policies that the file declares; what hangs on them comes later. */
export function readIdentities(work: Work): void {
  const { index } = work.reading;
  for (const resource of index.ofType('aws_iam_role')) readRole(work, resource);
  for (const resource of index.ofType('aws_iam_service_linked_role')) readServiceLinkedRole(work, resource);
  for (const resource of index.ofType('aws_iam_user')) readUser(work, resource);
  for (const resource of index.ofType('aws_iam_group')) readGroup(work, resource);
  for (const resource of index.ofType('aws_iam_policy')) readManagedPolicy(work, resource);
  for (const resource of index.ofType('data.aws_iam_policy')) readManagedPolicy(work, resource);
  for (const kind of ['role', 'user'] as const)
    for (const resource of index.ofType(`data.aws_iam_${kind}`)) readLookup(work, kind, resource);
}

/** What the file only looks up has a name there. Nothing is attached to it, and what it may do stays unknown. */
function readLookup(
  { reading, policies, draft }: Work,
  kind: 'role' | 'user',
  resource: TerraformResource,
): void {
  const target = reading.attribute(resource, 'arn');
  if (!isPlain(target) || draft.identity(kind, '', target) !== undefined) return;
  const account = splitArn(target)[4] ?? '';
  if (!isAccountId(account)) return;
  draft.attachments.push({ kind, account, target, origin: policies.origin(resource.address) });
}

/** Whether something about it is known only after apply, so that a value which is not known may come from it. */
export const isFresh = (resource: TerraformResource): boolean =>
  resource.planned && ['id', 'arn', 'name'].some((name) => isOpen(resource, [name]));

function base({ reading, policies }: Work, resource: TerraformResource) {
  const name = reading.attribute(resource, 'name');
  if (!isPlain(name)) {
    reading.report({
      code: 'missingValue',
      path: attributePath(resource, ['name']),
      message: 'the name is known only after apply',
      hint: 'call it by its address',
    });
  }
  return {
    arn: reading.attribute(resource, 'arn'),
    account: reading.placeOf(resource).account,
    name,
    names: namesOf(resource.address, name),
    origin: policies.origin(resource.address),
  };
}

function boundaryOf({ reading, policies }: Work, resource: TerraformResource) {
  const meaning = { attribute: 'arn', types: ['aws_iam_policy'] };
  const arn = reading.argument(resource, ['permissions_boundary'], meaning);
  if (arn === undefined) return {};
  const origin = policies.origin(attributePath(resource, ['permissions_boundary']));
  return { permissionsBoundary: { arn, origin } };
}

function readRole(work: Work, resource: TerraformResource): void {
  const { policies, draft } = work;
  const trust = policies.required({ resource, path: ['assume_role_policy'], name: 'trust policy' });
  const trustPolicy =
    trust.length === 1
      ? trust[0]!
      : policies.unresolved(
          'trust policy',
          attributePath(resource, ['assume_role_policy']),
          trust.length === 0 ? 'its text is empty' : 'a part of it is known only after apply',
        );
  const inline = inlinePolicies(work, resource);
  const managed = managedPolicyArns(work, resource);
  const declared = resource.configuration !== undefined;
  const written = [
    ...(declared && isWritten(resource, 'inline_policy') ? inline : []),
    ...(declared && isWritten(resource, 'managed_policy_arns') ? managed : []),
  ];
  draft.addIdentity(
    {
      kind: 'role',
      ...base(work, resource),
      policies: [...inline, ...managed],
      written: new Set(written),
      listed: new Set(inline.map((use) => use.name)),
      trustPolicy,
      ...boundaryOf(work, resource),
      ...tagsOf(work.reading, resource),
      profiles: [],
    },
    isFresh(resource),
  );
}

/** Provider attributes that are computed when nothing is written are open for every new role, and mean nothing then. */
export function isWritten(resource: TerraformResource, argument: string): boolean {
  return resource.configuration === undefined || own(expressionsOf(resource), argument) !== undefined;
}

function inlinePolicies({ reading, policies }: Work, resource: TerraformResource): readonly TextPolicy[] {
  const blocks = own(resource.values, 'inline_policy');
  if (!Array.isArray(blocks)) {
    if (!isOpen(resource, ['inline_policy']) || !isWritten(resource, 'inline_policy')) return [];
    const where = attributePath(resource, ['inline_policy']);
    return [policies.unresolved('inline_policy', where, 'its blocks are known only after apply')];
  }
  const written = listOf(own(expressionsOf(resource), 'inline_policy'));
  return blocks.flatMap((block, i): readonly TextPolicy[] => {
    const path = ['inline_policy', i, 'policy'];
    const name = filledText(own(block, 'name'));
    const text = own(block, 'policy');
    const empty = text === undefined || text === null || textOf(text)?.trim() === '';
    // The provider takes one empty block as: this role has no inline policies.
    if (empty && !isOpen(resource, path)) {
      reading.report({
        code: 'ignored',
        path: attributePath(resource, ['inline_policy', i]),
        message: 'this inline policy is a placeholder without text',
        hint: 'leave it out when the role has other policies',
      });
      return [];
    }
    // Blocks form a set: the one in the configuration is told by its name.
    const expression = own(matchingBlock(written, blocks, i, ['name']), 'policy') ?? {};
    return policies.uses({
      resource,
      path,
      name: name ?? attributePath(resource, ['inline_policy', i]),
      expression,
    });
  });
}

function managedPolicyArns({ reading, policies }: Work, resource: TerraformResource): readonly PolicyUse[] {
  const list = own(resource.values, 'managed_policy_arns');
  const path = ['managed_policy_arns'];
  const where = attributePath(resource, path);
  if (!Array.isArray(list)) {
    if (!isOpen(resource, path) || !isWritten(resource, 'managed_policy_arns')) return [];
    return [policies.unresolved('managed_policy_arns', where, 'the list is known only after apply')];
  }
  return textList(reading, resource, 'managed_policy_arns', 'arn', ['aws_iam_policy']).map((arn) => ({
    arn,
    origin: policies.origin(where),
  }));
}

/** A list of names or ARNs, some known only after apply; empty items are left out. */
export function textList(
  reading: Reading,
  resource: TerraformResource,
  argument: string,
  attribute: string,
  types: readonly string[],
) {
  const list = listOf(own(resource.values, argument));
  const unknown = list.map((item, i) => item === null || isOpen(resource, [argument, i]));
  const wanted = unknown.filter(Boolean).length;
  const targets = wanted === 0 ? [] : reading.resolver.targetsAt(resource, [argument]);
  const objects = targets
    .filter((one) => one.kind === 'object')
    .filter((one) => types.includes(one.instances[0]!.type));
  // Sets have no order: which of the unknown items is which does not matter.
  const matched = objects.length === wanted ? [...objects] : [];
  return list.flatMap((item, i) => {
    const path = [argument, i];
    if (!unknown[i]) {
      const text = textOf(item);
      if (text !== undefined && text !== '') return [text];
      reading.report({
        code: 'ignored',
        path: attributePath(resource, path),
        message: 'this item of the list is empty',
        hint: 'leave it out',
      });
      return [];
    }
    const target = matched.shift();
    const found = target === undefined ? undefined : reading.targetText(target, { attribute });
    return [found ?? reading.required(resource, path, { attribute })];
  });
}

function readServiceLinkedRole(work: Work, resource: TerraformResource): void {
  const { reading, policies, draft } = work;
  const service = reading.required(resource, ['aws_service_name'], { attribute: 'id' });
  const { account, partition } = reading.placeOf(resource);
  const name = reading.attribute(resource, 'name');
  const origin = policies.origin(resource.address);
  const known = filledText(own(resource.values, 'arn'));
  const folder = `arn:${partition}:iam::${account}:role/aws-service-role/`;
  draft.addIdentity(
    {
      kind: 'role',
      arn: known ?? joinTexts(folder, service, '/', name),
      account,
      name,
      names: namesOf(resource.address, name),
      origin,
      policies: [{ name: `policy of ${textWords(service)}`, unresolved: 'the service defines it', origin }],
      trustPolicy: {
        name: 'trust policy',
        document: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
        },
        origin,
      },
      written: new Set(),
      listed: new Set(),
      profiles: [],
    },
    isFresh(resource),
  );
}

function readUser(work: Work, resource: TerraformResource): void {
  work.draft.addIdentity(
    {
      kind: 'user',
      ...base(work, resource),
      policies: [],
      groups: [],
      ...boundaryOf(work, resource),
      ...tagsOf(work.reading, resource),
    },
    isFresh(resource),
  );
}

function readGroup(work: Work, resource: TerraformResource): void {
  work.draft.addIdentity({ kind: 'group', ...base(work, resource), policies: [] }, isFresh(resource));
}

function readManagedPolicy(work: Work, resource: TerraformResource): void {
  const { policies, draft } = work;
  const known = filledText(own(resource.values, 'arn'));
  // AWS's own policies come from AWS's table; a data source that was not read says nothing.
  if (resource.mode === 'data' && (known === undefined || /^arn:[^:]*:iam::aws:/.test(known))) return;
  const uses = policies.required({ resource, path: ['policy'], name: 'policy' });
  draft.managedPolicies.push({ ...base(work, resource), ...wholePolicy(uses) });
}
