import type { Organization, OrganizationNode, OrganizationPolicy } from './estate-data.js';
import { knownPolicy, type ResolvedPolicy, unresolvedPolicy } from './resolved-policy.js';

/** The policies that AWS itself attaches. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html */
const builtIn = new Map<string, unknown>([
  [
    'p-FullAWSAccess',
    { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  ],
  [
    'p-RCPFullAWSAccess',
    { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] },
  ],
]);

/** Levels of policies from the root of the organization to the account. */
export type Levels = readonly (readonly ResolvedPolicy[])[];

/** Where an account stands. */
export interface Place {
  /** From the root to the account itself. */
  readonly path: readonly OrganizationNode[];
  readonly management: boolean;
  /** `o-…/r-…/ou-…/`, as `aws:PrincipalOrgPaths` has it; absent while the id of the organization is not known. */
  readonly orgPath?: string;
}

/** The tree, indexed. */
export class LinkedOrganization {
  readonly #nodes: ReadonlyMap<string, OrganizationNode>;
  readonly #policies: ReadonlyMap<string, OrganizationPolicy>;
  readonly #resolved = new Map<string, ResolvedPolicy>();
  readonly #levels = new Map<string, Levels>();
  readonly #count: () => number;

  readonly data: Organization;

  constructor(data: Organization, count: () => number) {
    this.data = data;
    this.#nodes = new Map(data.nodes.map((node) => [node.id, node]));
    this.#policies = new Map(data.policies.map((policy) => [policy.id, policy]));
    this.#count = count;
  }

  /** Undefined for an account that is not in the tree, or whose parents do not lead to a root. */
  placeOf(account: string): Place | undefined {
    const path: OrganizationNode[] = [];
    const seen = new Set<string>();
    for (let id: string | null = account; id !== null; ) {
      const node = this.#nodes.get(id);
      if (node === undefined || seen.has(id)) return undefined;
      seen.add(id);
      path.unshift(node);
      id = node.parent;
    }
    if (path[0]!.type !== 'ROOT') return undefined;
    const { id, managementAccount } = this.data;
    const above = path.slice(0, -1).map((node) => `${node.id}/`);
    return {
      path,
      management: managementAccount === account,
      ...(id === undefined ? {} : { orgPath: `${id}/${above.join('')}` }),
    };
  }

  /** Policies of a kind on the way from the root to the account; none when nothing of that kind limits it. */
  levels(account: string, kind: 'serviceControlPolicies' | 'resourceControlPolicies'): Levels {
    const name = `${kind} ${account}`;
    const known = this.#levels.get(name);
    if (known !== undefined) return known;
    const place = this.placeOf(account);
    const levels =
      place === undefined
        ? [
            [
              this.#unknown(
                `${kindWords[kind]} of account ${account}`,
                'the account is not in the organization given',
                kind,
              ),
            ],
          ]
        : place.management // E42: what limits members does not limit the management account.
          ? []
          : place.path.map((node) => this.#level(node, kind));
    this.#levels.set(name, levels);
    return levels;
  }

  #level(
    node: OrganizationNode,
    kind: 'serviceControlPolicies' | 'resourceControlPolicies',
  ): readonly ResolvedPolicy[] {
    const ids = node[kind];
    if (ids === undefined)
      return [this.#unknown(`${kindWords[kind]} of ${node.name ?? node.id}`, 'not in the files', kind)];
    return [...new Set(ids)].map((id) => this.#policy(id, kind));
  }

  #policy(id: string, kind: 'serviceControlPolicies' | 'resourceControlPolicies'): ResolvedPolicy {
    const known = this.#resolved.get(`${kind} ${id}`);
    if (known !== undefined) return known;
    const policy = this.#policies.get(id);
    const document = policy?.document ?? (builtIn.get(id) as OrganizationPolicy['document']);
    const name = policy?.name ?? id;
    const resolved =
      document === undefined
        ? this.#unknown(`${name} (${id})`, policy?.unresolved ?? 'not in the files', kind)
        : knownPolicy(name, document, kind, this.#count);
    this.#resolved.set(`${kind} ${id}`, resolved);
    return resolved;
  }

  #unknown(
    name: string,
    reason: string,
    kind: 'serviceControlPolicies' | 'resourceControlPolicies',
  ): ResolvedPolicy {
    return unresolvedPolicy(name, reason, kind, this.#count());
  }
}

const kindWords = {
  serviceControlPolicies: 'service control policies',
  resourceControlPolicies: 'resource control policies',
} as const;
