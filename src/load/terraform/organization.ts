import type { Organization, OrganizationNode, OrganizationPolicy, Text } from '../../account/estate-data.js';
import { textKey, textWords } from '../../account/text.js';
import { isLost } from './attribute-text.js';
import { namesOf } from './estate-draft.js';
import type { Work } from './identities.js';
import { at, filledText, own } from './json-value.js';
import { wholePolicy } from './policy-uses.js';
import { attributePath, type TerraformResource } from './terraform-resource.js';

interface NodeDraft {
  readonly id: string;
  readonly type: OrganizationNode['type'];
  readonly name?: string;
  readonly parent: string | null;
  /** Absent where the file does not declare the node, so that nobody knows what else is attached. */
  readonly attached?: { readonly service: string[]; readonly resource: string[] };
}

/** What AWS itself attaches to every new node. */
const full = { service: 'p-FullAWSAccess', resource: 'p-RCPFullAWSAccess' };
const isControl = (type: string): type is OrganizationPolicy['type'] =>
  type === 'SERVICE_CONTROL_POLICY' || type === 'RESOURCE_CONTROL_POLICY';

/** The tree of an organization, as far as the file declares it. Ids that only AWS knows yet are the addresses. */
export function readOrganization(work: Work): Organization | undefined {
  const { index } = work.reading;
  const types = ['', '_policy', '_policy_attachment', '_organizational_unit', '_account'];
  const name = (rest: string) =>
    rest === '' ? 'aws_organizations_organization' : `aws_organizations${rest}`;
  if (types.every((rest) => index.ofType(name(rest)).length === 0)) return undefined;
  return new OrganizationReader(work).read();
}

class OrganizationReader {
  readonly #work: Work;
  readonly #nodes = new Map<string, NodeDraft>();
  readonly #policies = new Map<string, OrganizationPolicy>();
  /** Ids by the key of the text that refers to them. */
  readonly #ids = new Map<string, string>();
  /** Ids of the units and accounts that the file declares. */
  readonly #declared = new Set<string>();
  #root: string | undefined;

  constructor(work: Work) {
    this.#work = work;
  }

  read(): Organization {
    const { reading } = this.#work;
    const { index } = reading;
    const [declared] = index.ofType('aws_organizations_organization');
    const known = declared ?? index.ofType('data.aws_organizations_organization')[0];
    if (known !== undefined) this.#readRoot(known, declared !== undefined);
    const units = index.ofType('aws_organizations_organizational_unit');
    const accounts = index.ofType('aws_organizations_account');
    const ids = new Map(units.map((one) => [one, idOf(one)]));
    accounts.forEach((one, i) => {
      ids.set(one, this.#accountId(one, i));
    });
    for (const [one, id] of ids) {
      this.#ids.set(textKey(reading.attribute(one, 'id')), id);
      this.#declared.add(id);
    }
    for (const one of units) this.#readNode(one, 'OU', ids.get(one)!);
    for (const one of accounts) this.#readNode(one, 'ACCOUNT', ids.get(one)!);
    for (const one of index.ofType('aws_organizations_policy')) this.#readPolicy(one);
    for (const one of index.ofType('aws_organizations_policy_attachment')) this.#attach(one);
    const id = known === undefined ? undefined : filledText(own(known.values, 'id'));
    const management = known === undefined ? undefined : this.#management(known);
    return {
      ...(id === undefined ? {} : { id }),
      ...(management === undefined ? {} : { managementAccount: management }),
      nodes: [...this.#nodes.values()].map(finishNode),
      policies: [...this.#policies.values()],
    };
  }

  #management(organization: TerraformResource): string | undefined {
    const known = filledText(own(organization.values, 'master_account_id'));
    if (known !== undefined) return known;
    // Whoever creates an organization manages it.
    return organization.mode === 'managed' ? this.#work.reading.placeOf(organization).account : undefined;
  }

  #readRoot(organization: TerraformResource, declared: boolean): void {
    const written = at(organization.values, ['roots', 0, 'id']);
    const id = filledText(written) ?? `r-${organization.address}`;
    this.#root = id;
    this.#ids.set(textKey({ hole: attributePath(organization, ['roots', 0, 'id']) }), id);
    this.#add({ id, type: 'ROOT', parent: null, ...(declared ? { attached: attachedByAws() } : {}) });
    const management = this.#management(organization);
    if (management !== undefined) this.#add({ id: management, type: 'ACCOUNT', parent: id });
  }

  #accountId(resource: TerraformResource, i: number): string {
    const known = filledText(own(resource.values, 'id'));
    if (known !== undefined) return known;
    const made = String(i + 1).padStart(12, '0');
    this.#work.reading.report({
      code: 'missingValue',
      path: attributePath(resource, ['id']),
      message: `the account does not exist yet; it is called ${made}`,
      hint: 'load the state after apply to have its id',
    });
    return made;
  }

  #add(node: NodeDraft): void {
    this.#nodes.set(node.id, node);
  }

  #readNode(resource: TerraformResource, type: 'OU' | 'ACCOUNT', id: string): void {
    const name = filledText(own(resource.values, 'name'));
    const parent = this.#parent(resource);
    this.#add({
      id,
      type,
      parent,
      ...(name === undefined ? {} : { name }),
      attached: attachedByAws(),
    });
  }

  /** A new account without a parent starts below the root. */
  #parent(resource: TerraformResource): string | null {
    const { reading } = this.#work;
    const types = ['aws_organizations_organizational_unit', 'aws_organizations_organization'];
    const parent = reading.argument(resource, ['parent_id'], { attribute: 'id', types });
    return parent === undefined ? (this.#root ?? null) : this.#node(parent);
  }

  /** The id of a node that something refers to; one that the file does not declare is added, with policies that nobody knows. */
  #node(target: Text): string {
    const id = this.#ids.get(textKey(target)) ?? this.#rootOf(target) ?? textWords(target);
    if (this.#nodes.has(id) || this.#declared.has(id)) return id;
    const type = /^\d{12}$/.test(id) ? 'ACCOUNT' : id.startsWith('r-') ? 'ROOT' : 'OU';
    this.#add({ id, type, parent: type === 'ROOT' ? null : (this.#root ?? null) });
    this.#work.reading.report({
      code: 'missingValue',
      path: id,
      message: `${id} is not declared in this file: what else is attached to it, and above it, is not known`,
      hint: 'load an export of the organization with it',
    });
    return id;
  }

  /** `roots[0].id` of a new organization, whatever the form of the reference. */
  #rootOf(target: Text): string | undefined {
    const words = textWords(target);
    return /^\{(?:.*\.)?aws_organizations_organization\.[^.]+\.roots/.test(words) ? this.#root : undefined;
  }

  #readPolicy(resource: TerraformResource): void {
    const { reading, policies } = this.#work;
    const type = filledText(own(resource.values, 'type')) ?? 'SERVICE_CONTROL_POLICY';
    const id = idOf(resource);
    this.#ids.set(textKey(reading.attribute(resource, 'id')), id);
    if (!isControl(type)) {
      reading.report({
        code: 'ignored',
        path: resource.address,
        message: `a ${type} says nothing about access`,
        hint: 'nothing to do',
      });
      return;
    }
    const name = filledText(own(resource.values, 'name')) ?? resource.address;
    this.#policies.set(id, {
      id,
      type,
      name,
      names: namesOf(resource.address, name),
      origin: policies.origin(resource.address),
      ...wholePolicy(policies.required({ resource, path: ['content'], name })),
    });
  }

  #attach(resource: TerraformResource): void {
    const { reading } = this.#work;
    const meaning = { attribute: 'id', types: ['aws_organizations_policy'] };
    const policyText = reading.required(resource, ['policy_id'], meaning);
    const policy = this.#ids.get(textKey(policyText)) ?? textWords(policyText);
    const types = [
      'aws_organizations_organizational_unit',
      'aws_organizations_account',
      'aws_organizations_organization',
    ];
    const target = reading.required(resource, ['target_id'], { attribute: 'id', types });
    const kind = this.#policies.get(policy)?.type;
    const declared = reading.index.ofType('aws_organizations_policy').some((one) => idOf(one) === policy);
    // It says nothing about access.
    if (kind === undefined && declared) return;
    // What nobody can follow may be attached to any node: as a policy that is not known.
    const lost = isLost(resource, ['target_id'], target);
    const nodes = lost ? [...this.#nodes.values()] : [this.#nodes.get(this.#node(target))];
    const id = lost ? attributePath(resource, ['target_id']) : policy;
    for (const node of nodes) {
      if (node?.attached === undefined) continue;
      // Of a policy that is not in the file nobody knows the kind: it may limit in both ways.
      if (kind !== 'RESOURCE_CONTROL_POLICY') pushOnce(node.attached.service, id);
      if (kind !== 'SERVICE_CONTROL_POLICY' && policy !== full.service) pushOnce(node.attached.resource, id);
    }
  }
}

const idOf = (resource: TerraformResource): string =>
  filledText(own(resource.values, 'id')) ?? resource.address;

const attachedByAws = () => ({ service: [full.service], resource: [full.resource] });

function pushOnce(list: string[], id: string): void {
  if (!list.includes(id)) list.push(id);
}

function finishNode({ attached, ...node }: NodeDraft): OrganizationNode {
  if (attached === undefined) return node;
  return { ...node, serviceControlPolicies: attached.service, resourceControlPolicies: attached.resource };
}
