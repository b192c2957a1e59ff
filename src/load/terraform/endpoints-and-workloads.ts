import type { Text } from '../../account/estate-data.js';
import { textKey } from '../../account/text.js';
import { isLost } from './attribute-text.js';
import { namesOf } from './estate-draft.js';
import { isWritten, type Work } from './identities.js';
import { filledText, type JsonPath, own } from './json-value.js';
import { isOpen, type TerraformResource } from './terraform-resource.js';
import { workloadTypes } from './workload-types.js';

/** VPC endpoints and their policies. Without one the default policy allows everything. */
export function readVpcEndpoints(work: Work): void {
  const { reading, policies, draft } = work;
  for (const resource of reading.index.ofType('aws_vpc_endpoint')) {
    const unset = isOpen(resource, ['policy']) && !isWritten(resource, 'policy');
    const uses = unset ? [] : policies.uses({ resource, path: ['policy'], name: 'endpoint policy' });
    const id = reading.attribute(resource, 'id');
    const vpc = reading.argument(resource, ['vpc_id'], {
      attribute: 'id',
      types: ['aws_vpc', 'aws_default_vpc'],
    });
    const service = reading.argument(resource, ['service_name'], { attribute: 'service_name' });
    draft.vpcEndpoints.set(textKey(id), {
      id,
      account: reading.placeOf(resource).account,
      names: namesOf(resource.address, id),
      origin: policies.origin(resource.address),
      ...(vpc === undefined ? {} : { vpc }),
      ...(service === undefined ? {} : { service }),
      ...one(uses, () =>
        policies.unresolved('endpoint policy', resource.address, 'a part of it is not known'),
      ),
    });
  }
  for (const resource of reading.index.ofType('aws_vpc_endpoint_policy')) {
    const meaning = { attribute: 'id', types: ['aws_vpc_endpoint'] };
    const id = reading.required(resource, ['vpc_endpoint_id'], meaning);
    const uses = policies.required({ resource, path: ['policy'], name: 'endpoint policy' });
    const policy = one(uses, () =>
      policies.unresolved('endpoint policy', resource.address, 'a part of it is not known'),
    );
    if (isLost(resource, ['vpc_endpoint_id'], id)) {
      doubtEndpoints(work, resource);
      continue;
    }
    const known = draft.vpcEndpoints.get(textKey(id));
    if (known !== undefined) {
      Object.assign(known, policy);
      continue;
    }
    draft.vpcEndpoints.set(textKey(id), {
      id,
      account: reading.placeOf(resource).account,
      names: namesOf(resource.address, id),
      origin: policies.origin(resource.address),
      ...policy,
    });
  }
}

/** A policy of an endpoint that nobody can follow may take the place of the policy of any. */
function doubtEndpoints({ policies, draft }: Work, { address }: TerraformResource): void {
  const unresolved = 'it may be about this one';
  const policy = { name: 'endpoint policy', unresolved, origin: policies.origin(address) };
  for (const endpoint of draft.vpcEndpoints.values()) endpoint.policy = policy;
}

function one<T>(uses: readonly T[], several: () => T): { policy?: T } {
  const [policy, ...others] = uses;
  if (policy === undefined) return {};
  return { policy: others.length === 0 ? policy : several() };
}

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
