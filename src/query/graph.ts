import { checkFacts } from '../account/check-facts.js';
import type { EstateData } from '../account/estate-data.js';
import type { Facts } from '../account/facts.js';
import { checkLinked, type LinkedEstate } from '../account/link.js';
import { textKey, textWords } from '../account/text.js';
import { checkArgument, isListOf } from '../value/argument.js';
import { isPlainObject } from '../value/plain.js';
import { accessTo, type GraphAccess } from './graph-access.js';
import { type Hop, hopBetween } from './who-can-assume-hops.js';
import { type Party, sourcesOf } from './who-can-assume-sources.js';

/** A caller, something that runs, or a resource. */
export interface GraphNode {
  /** `n0`, `n1` … in the order of the list. */
  readonly id: string;
  /** What it is. */
  readonly kind: Party['kind'] | 'resource';
  /** Short name for people. */
  readonly label: string;
  /** ARN, service, provider, account id, `*`, or the type and name of a workload. */
  readonly name: string;
  /** CloudFormation type of a resource. */
  readonly type?: string;
}

/** A step to a role, or what a principal may do to a resource. */
export interface GraphEdge {
  /** Id of a node. */
  readonly from: string;
  /** Id of a node. */
  readonly to: string;
  /** As the kinds of `Hop`; `access` leads to a resource. */
  readonly kind: Hop['kind'] | 'access';
  /** `depends` when it hangs on something that nobody knows. */
  readonly verdict: 'allowed' | 'depends';
  /** The service a role is passed to, or the workload that is changed. */
  readonly through?: string;
  /** For `access`, in the order read, write, admin. */
  readonly levels?: readonly GraphAccess[];
  /** Of the levels, those that depend on something that nobody knows. */
  readonly depends?: readonly GraphAccess[];
  /** For `access`: every action. */
  readonly actions?: readonly string[];
}

/** Who can reach what. */
export interface Graph {
  /** In the order of the estate. */
  readonly nodes: readonly GraphNode[];
  /** Between nodes, by their ids. */
  readonly edges: readonly GraphEdge[];
}

/** What may be said besides the facts of a request. */
export interface GraphFacts extends Facts {
  /** Told how much of the work is done. */
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
}

/**
 * Who can reach what in an estate: users, roles and workloads, the steps by which they come to act with a role, and what each may do to
 * the resources of the estate. Plain JSON data; `mermaid` and `svg` draw it.
 *
 * @throws InvalidRequestError when a fact is malformed
 * @example
 * ```ts
 * const linked = linkEstate({
 *   ...emptyEstate,
 *   workloads: [{ type: 'AWS::Lambda::Function', names: ['App'], role: 'app', account: '111122223333' }],
 *   principals: [
 *     {
 *       kind: 'role', arn: 'arn:aws:iam::111122223333:role/app', account: '111122223333', name: 'app', names: [], policies: [],
 *       trustPolicy: {
 *         name: 'trust',
 *         document: {
 *           Version: '2012-10-17',
 *           Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
 *         },
 *       },
 *     },
 *   ],
 * });
 * console.log(graph(linked).edges.map(({ from, kind, to }) => `${from} ${kind} ${to}`).join(', ')); // n1 runs n0, n2 assume n0
 * ```
 */
export function graph(linked: LinkedEstate, given: GraphFacts = {}): Graph {
  checkLinked(linked);
  checkFacts(given, ['onProgress']);
  const { onProgress, ...facts } = given;
  const nodes = new Map<string, GraphNode>();
  const edges: GraphEdge[] = [];
  const node = (kind: GraphNode['kind'], name: string, label: string, type?: string): string => {
    const key = `${kind} ${name}`;
    const id = nodes.get(key)?.id ?? `n${nodes.size}`;
    if (!nodes.has(key)) nodes.set(key, { id, kind, label, name, ...(type === undefined ? {} : { type }) });
    return id;
  };
  const principals = linkedPrincipals(linked);
  for (const one of principals) node(one.kind, textWords(one.arn), textWords(one.name));
  let done = 0;
  // Once for the steps to it, and once for what it reaches.
  const progress = () => onProgress?.(++done, 2 * principals.length);
  for (const role of principals) {
    progress();
    if (role.kind !== 'role') continue;
    const to = node('role', textWords(role.arn), '');
    for (const { party, hop } of sourcesOf(linked, role, facts))
      edges.push(stepOf(node(party.kind, party.name, labelOf(party)), to, hop));
    for (const from of principals) {
      if (from === role) continue;
      const hop = hopBetween(linked, from, role, facts);
      if (hop !== undefined) edges.push(stepOf(node(from.kind, textWords(from.arn), ''), to, hop));
    }
  }
  for (const principal of principals) {
    const from = node(principal.kind, textWords(principal.arn), '');
    for (const { resource, levels, depends, actions } of accessTo(linked, principal, facts)) {
      const arn = textWords(resource.arn);
      const to = node(
        'resource',
        arn,
        resource.names[0] ?? arn.slice(arn.lastIndexOf(':') + 1),
        resource.type,
      );
      const verdict = depends.length < levels.length ? 'allowed' : 'depends';
      edges.push({ from, to, kind: 'access', verdict, levels, depends, actions });
    }
    progress();
  }
  return { nodes: [...nodes.values()], edges };
}

/** As they stand after attachments, in the order of their ARNs: the order of an estate means nothing. */
function linkedPrincipals(linked: LinkedEstate): readonly EstateData['principals'][number][] {
  return linked.data.principals
    .map((one) => linked.principal(textKey(one.arn))!.principal)
    .sort((a, b) => (textKey(a.arn) < textKey(b.arn) ? -1 : 1));
}

const stepOf = (from: string, to: string, { kind, verdict, through }: Hop): GraphEdge => ({
  from,
  to,
  kind,
  verdict,
  ...(through === undefined ? {} : { through }),
});

const labelOf = ({ kind, name, names }: Party): string => {
  if (kind === 'account') return `account ${name}`;
  if (kind === 'everyone') return 'everyone';
  return names[0] ?? (name.startsWith('arn:') ? name.slice(name.indexOf('/') + 1) : name);
};

/**
 * Refuses what cannot be drawn: of nodes, what is of none of the kinds.
 * @throws InvalidRequestError
 */
export function checkGraph(
  given: unknown,
  kinds: Readonly<Record<GraphNode['kind'], unknown>>,
): asserts given is Graph {
  const { nodes, edges } = isPlainObject(given) ? given : {};
  const known = (node: unknown) => Object.hasOwn(kinds, (node as GraphNode).kind);
  const fits =
    isListOf(nodes, (one) => hasTexts(one, ['id', 'kind', 'label', 'name']) && known(one)) &&
    isListOf(
      edges,
      (one) => hasTexts(one, ['from', 'to', 'kind']) && hasLists(one, ['levels', 'depends', 'actions']),
    );
  checkArgument(fits, 'graph', 'pass what graph() returns');
}

const isString = (value: unknown): boolean => typeof value === 'string';
const hasTexts = (value: unknown, names: readonly string[]): boolean =>
  isPlainObject(value) && names.every((name) => isString(value[name]));
const hasLists = (value: unknown, names: readonly string[]): boolean =>
  isPlainObject(value) && names.every((name) => value[name] === undefined || isListOf(value[name], isString));

/** What stands at an edge: the kind of step, or the levels, `?` at what depends. */
export function edgeLabel({ kind, through, levels = [], depends = [], verdict }: GraphEdge): string {
  if (kind === 'access')
    return levels.map((level) => (depends.includes(level) ? `${level}?` : level)).join(', ');
  const doubt = verdict === 'depends' ? '?' : '';
  return `${kind}${doubt}${through === undefined ? '' : `: ${through}`}`;
}
