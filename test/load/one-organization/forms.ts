import { type Block, state } from '../terraform/plan-builder.js';
import {
  documentOf,
  fullResource,
  management,
  type Node,
  type Organization,
  organizationId,
} from './organization.js';

const types = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'] as const;

/** As the collector writes it. */
export const asCollected = ({ nodes, policies }: Organization): object => ({
  organization: { Id: organizationId, MasterAccountId: management },
  policyTypes: types,
  nodes,
  policies: Object.fromEntries(
    policies.map(({ id, type, document }) => [
      id,
      { Id: id, Name: id, Type: type, Content: JSON.stringify(document) },
    ]),
  ),
});

/** A root with what is below it. */
export function asTree(organization: Organization): object {
  const { nodes, policies } = organization;
  const words = { ROOT: 'Root', OU: 'OrganizationalUnit', ACCOUNT: 'Account' } as const;
  const whole = (node: Node): object => ({
    Id: node.id,
    Name: node.id,
    Type: words[node.type],
    Policies: [...node.scps, ...node.rcps].map((id) => ({
      Id: id,
      Name: id,
      Type: policies.find((one) => one.id === id)?.type ?? (id === fullResource ? types[1] : types[0]),
      Content: documentOf(organization, id),
    })),
    Children: nodes.filter(({ parent }) => parent === node.id).map(whole),
  });
  const [top] = nodes;
  return {
    ...whole(top!),
    Arn: `arn:aws:organizations::${management}:root/${organizationId}/${top!.id}`,
    PolicyTypes: types.map((Type) => ({ Type, Status: 'ENABLED' })),
  };
}

/** Files of a folder, by name. */
export function asFolder({ nodes, policies }: Organization): Readonly<Record<string, unknown>> {
  const of = (type: Node['type']) =>
    Object.fromEntries(
      nodes
        .filter((one) => one.type === type)
        .map(({ id, parent, scps, rcps }) => [
          id,
          { name: id, ...(parent === null ? {} : { parent }), scps, rcps },
        ]),
    );
  const texts = (type: string) =>
    Object.fromEntries(
      policies
        .filter((one) => one.type === type)
        .map(({ id, document }) => [id, { name: id, policy: document }]),
    );
  const roots = nodes.filter(({ type }) => type === 'ROOT');
  return {
    'organization.json': { Organization: { Id: organizationId, MasterAccountId: management } },
    'roots.json': {
      Roots: roots.map(({ id, scps, rcps }) => ({
        Id: id,
        PolicyTypes: types.map((Type) => ({ Type, Status: 'ENABLED' })),
        scps,
        rcps,
      })),
    },
    'ous.json': of('OU'),
    'accounts.json': JSON.stringify(of('ACCOUNT')),
    'scps.json': texts(types[0]),
    'rcps.json': texts(types[1]),
  };
}

/** A state, in which AWS's own policies are attached to everything. */
export function asState({ nodes, policies }: Organization): object {
  const [top] = nodes;
  const blocks: Block[] = [
    {
      type: 'aws_organizations_organization',
      name: 'o',
      values: {
        id: organizationId,
        master_account_id: management,
        roots: [{ id: top!.id, policy_types: types.map((type) => ({ type, status: 'ENABLED' })) }],
        enabled_policy_types: types,
      },
    },
  ];
  for (const { id, type, parent, scps, rcps } of nodes) {
    const name = id.replaceAll('-', '_');
    if (type === 'OU')
      blocks.push({
        type: 'aws_organizations_organizational_unit',
        name,
        values: { id, name: id, parent_id: parent },
      });
    if (type === 'ACCOUNT')
      blocks.push({
        type: 'aws_organizations_account',
        name: `a${name}`,
        values: { id, name: id, parent_id: parent },
      });
    for (const policy_id of [...scps, ...rcps])
      if (policies.some((one) => one.id === policy_id))
        blocks.push({
          type: 'aws_organizations_policy_attachment',
          name: `${name}_${policy_id.replaceAll('-', '_')}`,
          values: { policy_id, target_id: id },
        });
  }
  for (const { id, type, document } of policies)
    blocks.push({
      type: 'aws_organizations_policy',
      name: id.replaceAll('-', '_'),
      values: { id, name: id, type, content: JSON.stringify(document) },
    });
  return state({ blocks });
}
