import type { Dice } from '../../differential/dice.js';
import type { Block } from '../terraform/plan-builder.js';
import {
  type Account,
  id,
  managedArn,
  type Resource,
  resourceArn,
  roleArn,
  type Tags,
  userArn,
} from './account.js';

const tagged = (tags: Tags) => ({ tags: Object.keys(tags).length === 0 ? null : tags, tags_all: tags });
const text = (document: object | undefined) =>
  document === undefined ? undefined : JSON.stringify(document);

/** What Terraform knows once it has made the account. */
export function asBlocks(
  { users, groups, roles, managed, resources }: Account,
  dice: Dice,
): readonly Block[] {
  const blocks: Block[] = [];
  const add = (type: string, name: string, values: Readonly<Record<string, unknown>>) => {
    blocks.push({ type, name, values: { id: name, ...values } });
  };
  for (const [i, one] of managed.entries())
    add('aws_iam_policy', `m${i}`, {
      name: one.name,
      path: one.path,
      arn: managedArn(one),
      policy: text(one.document),
    });
  // An `aws_iam_policy_attachment` is all that its policy is attached to.
  const together = new Map<number, Record<'users' | 'groups' | 'roles', string[]>>();
  for (const place of managed.keys())
    if (!roles.some(({ attached }) => attached.includes(place)) && dice.chance(50))
      together.set(place, { users: [], groups: [], roles: [] });
  const grant = (
    kind: 'user' | 'group' | 'role',
    block: string,
    { name, inline, attached }: { name: string; inline: readonly object[]; attached: readonly number[] },
  ): object => {
    // The lists of a role are all that it has.
    const listed = kind === 'role' && dice.chance(40);
    if (listed)
      return {
        inline_policy: inline.map((document, i) => ({ name: `inline-${i}`, policy: text(document) })),
        managed_policy_arns: attached.map((place) => managedArn(managed[place]!)),
      };
    for (const [i, document] of inline.entries())
      add(`aws_iam_${kind}_policy`, `${block}_${i}`, {
        name: `inline-${i}`,
        [kind]: name,
        policy: text(document),
      });
    for (const place of attached) {
      const everywhere = together.get(place);
      if (everywhere === undefined)
        add(`aws_iam_${kind}_policy_attachment`, `${block}_a${place}`, {
          [kind]: name,
          policy_arn: managedArn(managed[place]!),
        });
      else everywhere[`${kind}s`].push(name);
    }
    return {};
  };
  for (const [i, one] of groups.entries()) {
    add('aws_iam_group', `g${i}`, { name: one.name, path: '/', arn: `arn:aws:iam::${id}:group/${one.name}` });
    grant('group', `g${i}`, one);
  }
  const bounded = (place: number | undefined) => ({
    permissions_boundary: place === undefined ? null : managedArn(managed[place]!),
  });
  for (const [i, one] of users.entries()) {
    add('aws_iam_user', `u${i}`, {
      name: one.name,
      path: one.path,
      arn: userArn(one),
      ...tagged(one.tags),
      ...bounded(one.boundary),
      ...grant('user', `u${i}`, one),
    });
    for (const place of one.groups) {
      const group = groups[place]!.name;
      if (dice.chance(50))
        add('aws_iam_user_group_membership', `u${i}g${place}`, { user: one.name, groups: [group] });
      else add('aws_iam_group_membership', `u${i}g${place}`, { name: 'x', group, users: [one.name] });
    }
  }
  for (const [i, one] of roles.entries())
    add('aws_iam_role', `r${i}`, {
      name: one.name,
      path: one.path,
      arn: roleArn(one),
      assume_role_policy: text(one.trust),
      ...tagged(one.tags),
      ...bounded(one.boundary),
      ...grant('role', `r${i}`, one),
    });
  for (const [place, names] of together)
    if (Object.values(names).some((some) => some.length > 0))
      add('aws_iam_policy_attachment', `x${place}`, {
        name: 'x',
        policy_arn: managedArn(managed[place]!),
        ...names,
      });
  for (const [i, one] of resources.entries()) for (const block of resource(one, `d${i}`)) blocks.push(block);
  return dice.chance(50) ? blocks : blocks.reverse();
}

function resource(one: Resource, block: string): readonly Block[] {
  const { kind, name, tags, policy } = one;
  const arn = resourceArn(one);
  const of = (type: string, values: object): Block => ({
    type,
    name: block,
    values: { arn, ...tagged(tags), ...values },
  });
  const beside = (type: string, values: object): Block[] =>
    policy === undefined ? [] : [{ type, name: block, values: { ...values, policy: text(policy) } }];
  switch (kind) {
    case 'bucket':
      return [
        of('aws_s3_bucket', { bucket: name, id: name }),
        ...beside('aws_s3_bucket_policy', { bucket: name }),
        {
          type: 'aws_s3_bucket_public_access_block',
          name: block,
          values: { bucket: name, restrict_public_buckets: false },
        },
      ];
    case 'queue': {
      const url = `https://sqs.eu-west-1.amazonaws.com/${id}/${name}`;
      return [
        of('aws_sqs_queue', { name, id: url, url }),
        ...beside('aws_sqs_queue_policy', { queue_url: url }),
      ];
    }
    case 'topic':
      return [of('aws_sns_topic', { name, id: arn }), ...beside('aws_sns_topic_policy', { arn })];
    case 'table':
      return [
        of('aws_dynamodb_table', { name, id: name }),
        ...beside('aws_dynamodb_resource_policy', { resource_arn: arn }),
      ];
    case 'repository':
      return [
        of('aws_ecr_repository', { name, id: name }),
        ...beside('aws_ecr_repository_policy', { repository: name }),
      ];
    case 'key':
      return [of('aws_kms_key', { key_id: name, id: name, policy: text(policy) })];
  }
}
