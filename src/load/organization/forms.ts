import { member, refuseForm, textMember } from '../json-input.js';
import {
  enabledTypes,
  fromArn,
  idOf,
  nodeType,
  type RawNode,
  type RawOrganization,
  type RawPolicy,
  readPolicy,
} from './raw-organization.js';

/** Deeper trees than AWS allows (five levels of units), with some room. */
const maximumDepth = 20;

/** `{ organization, nodes, policies }`, as the collector of docs/estates.md writes it. */
export function readCollected(value: unknown): RawOrganization {
  const organization = member(value, 'organization') ?? member(value, 'Organization');
  const nodes = member(value, 'nodes');
  if (!Array.isArray(nodes))
    return refuseForm('input.nodes', 'this is no list', 'write the nodes of the tree as a list');
  const policies = member(value, 'policies') ?? {};
  const entries: [string | undefined, unknown, string][] = Array.isArray(policies)
    ? policies.map((one: unknown, i) => [undefined, one, `input.policies[${i}]`])
    : Object.entries(policies as object).map(([id, one]) => [id, one, `input.policies.${id}`]);
  const management =
    textMember(organization, 'ManagementAccountId') ??
    textMember(organization, 'MasterAccountId') ??
    textMember(organization, 'managementAccount');
  const id = textMember(organization, 'Id') ?? textMember(organization, 'id');
  return {
    ...fromArn(textMember(organization, 'Arn') ?? textMember(organization, 'MasterAccountArn')),
    ...(id === undefined ? {} : { id }),
    ...(management === undefined ? {} : { managementAccount: management }),
    ...enabledTypes(member(value, 'policyTypes')),
    nodes: nodes.map((one: unknown, i) => readNode(one, `input.nodes[${i}]`)),
    policies: entries.map(
      ([key, one, path]) =>
        readPolicy(one, key, path) ?? refuseForm(path, 'the policy has no Id', 'write the id of the policy'),
    ),
  };
}

function readNode(value: unknown, path: string): RawNode {
  const id = textMember(value, 'id') ?? textMember(value, 'Id');
  const type = nodeType(textMember(value, 'type') ?? textMember(value, 'Type'), id ?? '');
  if (id === undefined || type === undefined)
    return refuseForm(
      path,
      'this is no node of an organization',
      'write id, type (ROOT, OU or ACCOUNT) and parent',
    );
  const name = textMember(value, 'name') ?? textMember(value, 'Name');
  const parent = textMember(value, 'parent') ?? textMember(value, 'Parent') ?? null;
  return { id, type, ...(name === undefined ? {} : { name }), parent, ...attachedLists(value, path), path };
}

/** Ids of the policies of a node, under any of their names. */
export function attachedLists(value: unknown, path: string): Pick<RawNode, 'scps' | 'rcps'> {
  const read = (...names: string[]): readonly string[] | undefined => {
    const name = names.find((one) => member(value, one) !== undefined);
    const list = name === undefined ? undefined : member(value, name);
    if (list === undefined || list === null) return undefined;
    if (Array.isArray(list) && list.every((one) => typeof one === 'string')) return list.map(idOf);
    return refuseForm(
      `${path}.${name}`,
      'this is no list of policy ids',
      'write for example ["p-FullAWSAccess"]',
    );
  };
  const scps = read('scps', 'serviceControlPolicies');
  const rcps = read('rcps', 'resourceControlPolicies');
  return { ...(scps === undefined ? {} : { scps }), ...(rcps === undefined ? {} : { rcps }) };
}

/** A root with `Children` and whole `Policies` in each node. */
export function readTree(root: unknown): RawOrganization {
  const nodes: RawNode[] = [];
  const policies = new Map<string, RawPolicy>();
  const visit = (value: unknown, parent: string | null, path: string, depth: number): void => {
    const id = textMember(value, 'Id') ?? idOf(textMember(value, 'Arn') ?? '');
    const type = nodeType(textMember(value, 'Type'), id);
    if (type === undefined || depth > maximumDepth)
      refuseForm(path, 'this is no node of an organization', 'write Id, Policies and Children');
    const attached = member(value, 'Policies');
    const read = (Array.isArray(attached) ? attached : []).flatMap(
      (one: unknown, i) => readPolicy(one, undefined, `${path}.Policies[${i}]`) ?? [],
    );
    for (const policy of read) if (!policies.has(policy.id)) policies.set(policy.id, policy);
    const ids = (rcp: boolean) =>
      read.filter((one) => (one.type === 'RESOURCE_CONTROL_POLICY') === rcp).map((one) => one.id);
    const name = textMember(value, 'Name');
    nodes.push({
      id,
      type,
      ...(name === undefined ? {} : { name }),
      parent,
      ...(Array.isArray(attached) ? { scps: ids(false), rcps: ids(true) } : {}),
      path,
    });
    const children = member(value, 'Children');
    (Array.isArray(children) ? children : []).forEach((child: unknown, i) => {
      visit(child, id, `${path}.Children[${i}]`, depth + 1);
    });
  };
  visit(root, null, 'input', 0);
  const enabled = enabledTypes(member(root, 'PolicyTypes'));
  // Where they are in use, AWS's own is attached everywhere: a file without any was made without asking for them.
  const asked = enabled.policyTypes !== undefined || nodes.some(({ rcps }) => (rcps ?? []).length > 0);
  return {
    ...fromArn(textMember(root, 'Arn')),
    ...enabled,
    nodes: asked ? nodes : nodes.map(({ rcps: _, ...node }) => node),
    policies: [...policies.values()],
  };
}

/** Items of AWS Config form: accounts with the nodes above them, and policies of both kinds. */
export function readItems(items: readonly unknown[]): RawOrganization {
  const nodes = new Map<string, RawNode>();
  const policies: RawPolicy[] = [];
  let head: ReturnType<typeof fromArn> = {};
  items.forEach((item, i) => {
    const path = `input[${i}]`;
    const configuration = member(item, 'configuration');
    const kind = textMember(item, 'resourceType') ?? '';
    const arn = textMember(item, 'arn');
    if (/ControlPolicy$/.test(kind) && arn !== undefined) {
      const name = textMember(item, 'resourceName');
      const type = kind.includes('Resource') ? 'RESOURCE_CONTROL_POLICY' : 'SERVICE_CONTROL_POLICY';
      const content = member(configuration, 'document');
      policies.push({ id: idOf(arn), ...(name === undefined ? {} : { name }), type, content, path });
    }
    const above = member(configuration, 'orgNodes');
    if (!Array.isArray(above)) return;
    head = { ...head, ...fromArn(arn) };
    let parent: string | null = null;
    above.forEach((one: unknown, at) => {
      const node: RawNode = { ...readNode(one, `${path}.configuration.orgNodes[${at}]`), parent };
      if (!nodes.has(node.id)) nodes.set(node.id, node);
      parent = node.id;
    });
  });
  if (nodes.size === 0)
    return refuseForm('input', 'there is no account with its nodes', 'pass the output of the collector');
  return { ...head, nodes: [...nodes.values()], policies };
}
