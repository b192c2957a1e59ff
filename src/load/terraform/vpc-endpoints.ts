import { textKey } from '../../account/text.js';
import { isLost } from './attribute-text.js';
import { namesOf } from './estate-draft.js';
import { isWritten, type Work } from './identities.js';
import type { TextPolicy } from './policy-uses.js';
import { isOpen, type TerraformResource } from './terraform-resource.js';

/** VPC endpoints and their policies. Without one the default policy allows everything. */
export function readVpcEndpoints(work: Work): void {
  const { reading, policies, draft } = work;
  const written = new Map<string, Written>();
  for (const resource of reading.index.ofType('aws_vpc_endpoint')) {
    const unset = isOpen(resource, ['policy']) && !isWritten(resource, 'policy');
    const uses = unset ? [] : policies.uses({ resource, path: ['policy'], name: 'endpoint policy' });
    const id = reading.attribute(resource, 'id');
    // Of two that are one endpoint neither is certain: what both say is settled when the whole file is read.
    const key = draft.vpcEndpoints.has(textKey(id)) ? `${textKey(id)} ${resource.address}` : textKey(id);
    const vpc = reading.argument(resource, ['vpc_id'], {
      attribute: 'id',
      types: ['aws_vpc', 'aws_default_vpc'],
    });
    const service = reading.argument(resource, ['service_name'], { attribute: 'service_name' });
    const policy = one(uses, () =>
      policies.unresolved('endpoint policy', resource.address, 'a part of it is not known'),
    );
    if (resource.configuration !== undefined && isWritten(resource, 'policy') && uses.length > 0)
      written.set(key, { by: resource.address, policy });
    draft.vpcEndpoints.set(key, {
      id,
      account: reading.placeOf(resource).account,
      names: namesOf(resource.address, id),
      origin: policies.origin(resource.address),
      ...(vpc === undefined ? {} : { vpc }),
      ...(service === undefined ? {} : { service }),
      ...policy,
    });
  }
  for (const resource of reading.index.ofType('aws_vpc_endpoint_policy')) {
    const meaning = { attribute: 'id', types: ['aws_vpc_endpoint'] };
    const id = reading.required(resource, ['vpc_endpoint_id'], meaning);
    const uses = policies.required({ resource, path: ['policy'], name: 'endpoint policy' });
    const given = one(uses, () =>
      policies.unresolved('endpoint policy', resource.address, 'a part of it is not known'),
    );
    if (isLost(resource, ['vpc_endpoint_id'], id)) {
      doubtEndpoints(work, resource);
      continue;
    }
    const before = written.get(textKey(id));
    const policy = before === undefined ? given : oneOfTwo(work, resource, before, given);
    written.set(textKey(id), { by: resource.address, policy });
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

interface Written {
  readonly by: string;
  readonly policy: { readonly policy?: TextPolicy };
}

/** An endpoint has one policy: of two that are written for it the last one stays, and nobody knows which that is. */
function oneOfTwo(
  { policies }: Work,
  { address }: TerraformResource,
  before: Written,
  given: Written['policy'],
): Written['policy'] {
  if (textOf(before.policy.policy) === textOf(given.policy)) return given;
  const reason = `${before.by} writes a policy of the same endpoint, and each replaces the other`;
  return { policy: policies.unresolved('endpoint policy', address, reason) };
}

const textOf = (use: TextPolicy | undefined): string => {
  const { origin: _, name: __, ...said } = use ?? { name: '' };
  return JSON.stringify(said);
};

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
