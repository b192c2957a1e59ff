import { textKey } from '../../account/text.js';
import { drop } from './estate-draft.js';
import type { Work } from './identities.js';
import { listOf, own } from './json-value.js';
import { policyTargets } from './policy-targets.js';
import { defaultKeyPolicy, targetArn } from './resource-policies.js';
import type { TerraformResource } from './terraform-resource.js';

/**
 * Roles and buckets also list what other blocks put on them, as the provider found it before the plan. What the plan deletes, replaces or
 * changes must not stay in such a list. To be called when the holders are read, and before anything is put on them.
 */
export function dropFormer(work: Work, former: readonly TerraformResource[]): void {
  for (const one of former) {
    const role = own(one.values, 'role');
    const arn = own(one.values, 'policy_arn');
    if (one.type === 'aws_iam_role_policy') dropInline(work, one, role, own(one.values, 'name'));
    else if (one.type === 'aws_iam_role_policy_attachment') dropLink(work, one, role, arn);
    else if (one.type === 'aws_iam_policy_attachment')
      for (const each of listOf(own(one.values, 'roles'))) dropLink(work, one, each, arn);
    else if (one.type === 'aws_iam_role_policy_attachments_exclusive')
      for (const each of noLonger(work, one, 'policy_arns'))
        dropLink(work, one, own(one.values, 'role_name'), each);
    else if (one.type === 'aws_iam_role_policies_exclusive')
      for (const each of noLonger(work, one, 'policy_names'))
        dropInline(work, one, own(one.values, 'role_name'), each);
    else if (Object.hasOwn(policyTargets, one.type)) dropResourcePolicy(work, one);
  }
}

/** What an exclusive list held and holds no more; with a list that is deleted, nothing is taken away. */
function noLonger({ reading }: Work, resource: TerraformResource, argument: string): readonly unknown[] {
  const after = reading.index.ofType(resource.type).find(({ address }) => address === resource.address);
  const now = own(after?.values, argument);
  // An item that is known only after apply may be any of those that were there.
  if (!Array.isArray(now) || now.includes(null)) return [];
  return listOf(own(resource.values, argument)).filter((one) => !now.includes(one));
}

const roleOf = ({ reading, draft }: Work, resource: TerraformResource, role: unknown) =>
  draft.identity('role', reading.placeOf(resource).account, String(role));

function dropInline(work: Work, resource: TerraformResource, role: unknown, name: unknown): void {
  const found = roleOf(work, resource, role);
  if (found === undefined) return;
  drop(found.policies, (use) => 'name' in use && use.name === name && !found.written.has(use));
}

function dropLink(work: Work, resource: TerraformResource, role: unknown, arn: unknown): void {
  const found = roleOf(work, resource, role);
  if (found === undefined) return;
  drop(found.policies, (use) => 'arn' in use && textKey(use.arn) === arn && !found.written.has(use));
}

function dropResourcePolicy(work: Work, resource: TerraformResource): void {
  const { reading, draft } = work;
  const holder = draft.resource(targetArn(work, resource, policyTargets[resource.type]!));
  if (holder === undefined) return;
  drop(holder.policies, (use) => draft.computed.has(use));
  // A key is never without a policy: the provider puts the default one back.
  if (resource.type !== 'aws_kms_key_policy' || holder.policies.length > 0) return;
  const use = defaultKeyPolicy(reading.placeOf(resource));
  draft.computed.add(use);
  holder.policies.push(use);
}
