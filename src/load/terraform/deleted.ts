import { textKey } from '../../account/text.js';
import { drop } from './estate-draft.js';
import type { Work } from './identities.js';
import { own } from './json-value.js';
import { policyTargets } from './policy-targets.js';
import { targetArn } from './resource-policies.js';
import type { TerraformResource } from './terraform-resource.js';

/**
 * Roles and buckets also list what other blocks put on them, as the provider found it. What the plan deletes must not stay in such a
 * list. To be called when the holders are read, and before what is put on them.
 */
export function dropDeleted(work: Work, deleted: readonly TerraformResource[]): void {
  for (const one of deleted) {
    if (one.type === 'aws_iam_role_policy' || one.type === 'aws_iam_role_policy_attachment')
      dropFromRole(work, one);
    else if (Object.hasOwn(policyTargets, one.type)) dropResourcePolicy(work, one);
  }
}

function dropFromRole({ reading, draft }: Work, resource: TerraformResource): void {
  const role = String(own(resource.values, 'role'));
  const found = draft.identity('role', reading.placeOf(resource).account, role);
  if (found === undefined) return;
  if (resource.type === 'aws_iam_role_policy') {
    const name = own(resource.values, 'name');
    drop(found.policies, (use) => 'name' in use && use.name === name && !found.written.has(use));
  } else {
    const arn = own(resource.values, 'policy_arn');
    drop(found.policies, (use) => 'arn' in use && textKey(use.arn) === arn && !found.written.has(use));
  }
}

function dropResourcePolicy(work: Work, resource: TerraformResource): void {
  const holder = work.draft.resource(targetArn(work, resource, policyTargets[resource.type]!));
  if (holder !== undefined) drop(holder.policies, (use) => work.draft.computed.has(use));
}
