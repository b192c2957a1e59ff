import type { OrganizationNode, OrganizationPolicy } from '../../account/estate-data.js';
import type { Reading, ResourceReader } from './reading.js';
import { asPlain, type Finding } from './symbolic.js';

/** What AWS attaches to every node of an organization; a template does not detach it. */
const fullAccess: OrganizationPolicy = {
  names: ['FullAWSAccess'],
  id: 'p-FullAWSAccess',
  type: 'SERVICE_CONTROL_POLICY',
  name: 'FullAWSAccess',
  document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};

const typeOf = (id: string): OrganizationNode['type'] =>
  id.startsWith('r-') ? 'ROOT' : id.startsWith('ou-') ? 'OU' : 'ACCOUNT';

/** Stands for the nodes above one that the template only names: what is attached there is not known. */
const above: OrganizationNode = { id: 'r-unknown', type: 'ROOT', parent: null };

function node(reading: Reading, id: string, change: Partial<OrganizationNode>): void {
  const { draft } = reading;
  const organization = draft.organization ?? { nodes: [], policies: [fullAccess] };
  const type = typeOf(id);
  const known = organization.nodes.find((one) => one.id === id) ?? {
    id,
    type,
    parent: type === 'ROOT' ? null : above.id,
    serviceControlPolicies: [fullAccess.id],
    resourceControlPolicies: [],
  };
  const next = { ...known, ...change };
  const others = organization.nodes.filter((one) => one.id !== id && one.id !== above.id);
  const open = [...others, next].some(({ parent }) => parent === above.id);
  draft.organization = { ...organization, nodes: [...(open ? [above] : []), ...others, next] };
}

const open = (reading: Reading, property: string, message: string): Finding => ({
  code: 'missingValue',
  path: reading.resource.pathOf(property),
  message,
  hint: 'load an export of the organization beside the template',
});

/** The id of an organizational unit is that of its synthetic name. */
const readUnit: ResourceReader = (reading) => {
  const id = asPlain(reading.stack.reference(reading.resource.id, reading.resource.path));
  const parent = asPlain(reading.resource.get('ParentId'));
  const name = asPlain(reading.resource.get('Name'));
  if (id === undefined) return;
  if (parent === undefined) reading.report(open(reading, 'ParentId', 'where the unit stands is not known'));
  else node(reading, parent, {});
  node(reading, id, { type: 'OU', parent: parent ?? above.id, ...(name === undefined ? {} : { name }) });
};

const readAccount: ResourceReader = (reading) => {
  const message = 'the id of a new account is known only after deployment: it is not in the estate';
  reading.report(open(reading, 'AccountName', message));
};

const readPolicy: ResourceReader = (reading) => {
  const { resource, draft } = reading;
  const kind = asPlain(resource.get('Type'));
  if (kind !== 'SERVICE_CONTROL_POLICY' && kind !== 'RESOURCE_CONTROL_POLICY') {
    if (kind === undefined) reading.report(open(reading, 'Type', 'the type of the policy is not known'));
    return;
  }
  const control = kind === 'SERVICE_CONTROL_POLICY' ? 'serviceControlPolicies' : 'resourceControlPolicies';
  const id = `p-${resource.id}`;
  const name = asPlain(resource.get('Name')) ?? resource.id;
  const use = reading.policy(name, control, 'Content');
  const organization = draft.organization ?? { nodes: [], policies: [fullAccess] };
  const policy: OrganizationPolicy = {
    names: reading.names,
    origin: reading.origin(),
    id,
    type: kind,
    name,
    ...('document' in use ? { document: use.document } : {}),
    ...('unresolved' in use ? { unresolved: use.unresolved } : {}),
  };
  draft.organization = { ...organization, policies: [...organization.policies, policy] };
  resource.list('TargetIds').forEach((target, i) => {
    const at = asPlain(target);
    if (at === undefined) {
      reading.report(open(reading, `TargetIds[${i}]`, `what ${name} is attached to is not known`));
      return;
    }
    const declared = draft.organization?.nodes.find((one) => one.id === at);
    if (declared === undefined)
      reading.report(
        open(reading, `TargetIds[${i}]`, `what else is attached at and above ${at} is not known`),
      );
    node(reading, at, {});
    const known = draft.organization!.nodes.find((one) => one.id === at)!;
    node(reading, at, { [control]: [...(known[control] ?? []), id] });
  });
};

export const organizationTypes: Readonly<Record<string, ResourceReader>> = {
  'AWS::Organizations::OrganizationalUnit': readUnit,
  'AWS::Organizations::Account': readAccount,
  'AWS::Organizations::Policy': readPolicy,
};
