import type { Text } from '../../account/estate-data.js';
import { textKey } from '../../account/text.js';
import { isLost } from './attribute-text.js';
import { namesOf } from './estate-draft.js';
import type { Work } from './identities.js';
import { filledText, type JsonPath, own } from './json-value.js';
import type { TerraformResource } from './terraform-resource.js';
import { workloadTypes } from './workload-types.js';

/** What runs with which role. */
export function readWorkloads(work: Work): void {
  for (const [type, { cloudFormation, role, profile }] of Object.entries(workloadTypes)) {
    for (const resource of work.reading.index.ofType(type)) {
      role.forEach((path, i) => {
        addWorkload(work, resource, cloudFormation, path, i > 0);
      });
      for (const path of profile ?? []) addByProfile(work, resource, cloudFormation, path);
    }
  }
}

const roleMeaning = { attribute: 'arn', types: ['aws_iam_role', 'aws_iam_service_linked_role'] };

function addWorkload(
  { reading, policies, draft }: Work,
  resource: TerraformResource,
  type: string,
  path: JsonPath,
  second: boolean,
): void {
  const role = reading.argument(resource, path, roleMeaning);
  if (role === undefined) return;
  const name = reading.attribute(resource, workloadTypes[resource.type]?.name ?? 'name');
  const among = isLost(resource, path, role) ? reading.candidates(resource, path) : undefined;
  // Where one of several is meant, whoever asks for it is told between which to choose.
  for (const one of among?.slice(0, mostRoles).map((held) => reading.attribute(held, 'arn')) ?? [role]) {
    draft.workloads.push({
      type,
      role: one,
      account: reading.placeOf(resource).account,
      // The role that starts it is not the one that it runs with.
      names: second ? [`${resource.address}.${path.join('.')}`] : namesOf(resource.address, name),
      origin: policies.origin(resource.address),
    });
  }
}

/** More roles to choose between help nobody. */
const mostRoles = 8;

function addByProfile(
  { reading, policies, draft }: Work,
  resource: TerraformResource,
  type: string,
  path: JsonPath,
): void {
  const meaning = { attribute: 'name', types: ['aws_iam_instance_profile'] };
  const profile = reading.argument(resource, path, meaning);
  if (profile === undefined) return;
  const { account, partition } = reading.placeOf(resource);
  const role = draft.profiles.get(textKey(profile));
  const byArn = typeof profile === 'string' && profile.startsWith('arn:');
  const arn: Text =
    typeof profile !== 'string' || byArn
      ? profile
      : `arn:${partition}:iam::${account}:instance-profile/${profile}`;
  const name = filledText(own(resource.values, 'name')) ?? resource.address;
  draft.workloads.push({
    type,
    role: role ?? arn,
    account,
    names: namesOf(resource.address, name),
    origin: policies.origin(resource.address),
  });
}
