import { checkFacts } from '../account/check-facts.js';
import type { EstateRole, Text } from '../account/estate-data.js';
import type { Facts } from '../account/facts.js';
import { checkLinked, type LinkedEstate } from '../account/link.js';
import { isText, textKey, textWords } from '../account/text.js';
import { checkArgument, isListOf } from '../value/argument.js';
import { isPlainObject } from '../value/plain.js';
import type { Hop } from './who-can-assume-hops.js';
import { hopBetween } from './who-can-assume-hops.js';
import { ownAccounts, type Party, sourcesOf } from './who-can-assume-sources.js';

export type { Asked } from './who-can-assume-ask.js';
export type { Hop } from './who-can-assume-hops.js';
export type { Party } from './who-can-assume-sources.js';

/** A way from somebody to the role. */
export interface Chain {
  /** Whom it begins with. */
  readonly source: Party;
  /** From the source to the role; the last leads to it. */
  readonly hops: readonly Hop[];
  /** `depends` when some step hangs on something that nobody knows. */
  readonly verdict: 'allowed' | 'depends';
}

/** What may be said besides the facts of a request. */
export interface WhoCanAssumeFacts extends Facts {
  /** Told how much of the work is done; `of` grows with the roles that are found on the way. */
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
}

/** Everybody who can come to act with a role. */
export interface WhoCanAssume {
  /** Its ARN, holes as `{Name}`. */
  readonly role: string;
  /** One for each source, its surest and then shortest way; the sure ones first, the shortest of them first. */
  readonly chains: readonly Chain[];
  /**
   * Accounts of which the estate has users or roles, and that the trust policy of the role, or of one on the way, lets in as a whole:
   * anybody else there whose policies allow it comes to act with the role too.
   */
  readonly trustedAccounts: readonly string[];
}

/**
 * Who can come to act with a role, directly or by way of other roles: by sts:AssumeRole, by passing the role to a service that runs
 * what the caller says, or by changing what already runs with it. Services, identity providers and other accounts that trust policies
 * name, and workloads that run with a role, begin chains too. Each caller is visited once, so that cycles end.
 *
 * @param role ARN of a role of the estate
 * @returns no chain for a role that the estate does not have
 * @example
 * ```ts
 * const linked = linkEstate({
 *   ...emptyEstate,
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
 * const { chains } = whoCanAssume(linked, 'arn:aws:iam::111122223333:role/app');
 * console.log(chains.map(formatChain)[0]); // lambda.amazonaws.com → assume arn:aws:iam::111122223333:role/app
 * ```
 * @throws InvalidRequestError when a fact is malformed
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export function whoCanAssume(linked: LinkedEstate, role: Text, given: WhoCanAssumeFacts = {}): WhoCanAssume {
  checkLinked(linked);
  checkArgument(isText(role), 'role', 'write the ARN of a role');
  checkFacts(given, ['onProgress']);
  const { onProgress, ...facts } = given;
  const target = linked.principal(textKey(role))?.principal;
  const trusted = new Set<string>();
  const chains = target?.kind === 'role' ? chainsTo(linked, target, facts, trusted, onProgress) : [];
  const order = ({ verdict, hops, source }: Chain) =>
    `${verdict} ${String(hops.length).padStart(6, '0')} ${source.kind === 'workload' ? 0 : 1} ${source.name}`;
  return {
    role: textWords(role),
    chains: [...chains].sort((a, b) => (order(a) < order(b) ? -1 : 1)),
    trustedAccounts: [...trusted].sort(),
  };
}

/** A role that is reached, and the steps from it to the target. */
interface Reached {
  readonly role: EstateRole;
  readonly hops: readonly Hop[];
  readonly verdict: Chain['verdict'];
}

function chainsTo(
  linked: LinkedEstate,
  target: EstateRole,
  facts: Facts,
  trusted: Set<string>,
  onProgress: WhoCanAssumeFacts['onProgress'],
): readonly Chain[] {
  const found = new Map<string, Chain>();
  const visited = new Set([textKey(target.arn)]);
  const open = linked.data.principals.map((one) => textKey(one.arn));
  let ways = 0;
  let sure: Reached[] = [{ role: target, hops: [], verdict: 'allowed' }];
  // Steps that depend on something wait until no sure one is left, so that a sure way is found however long it is.
  const unsure: { readonly key: string; readonly chain: Chain; readonly role?: EstateRole }[] = [];

  const reach = (key: string, chain: Chain, role?: EstateRole) => {
    visited.add(key);
    found.set(key, chain);
    if (role !== undefined) sure.push({ role, hops: chain.hops, verdict: chain.verdict });
  };
  const consider = (key: string, source: Party, hop: Hop, { hops, verdict }: Reached, role?: EstateRole) => {
    const chain: Chain = {
      source,
      hops: [hop, ...hops],
      verdict: hop.verdict === 'allowed' ? verdict : 'depends',
    };
    if (hop.verdict === 'allowed') reach(key, chain, role);
    else unsure.push({ key, chain, ...(role === undefined ? {} : { role }) });
  };

  while (sure.length > 0 || unsure.length > 0) {
    const reached = sure;
    sure = [];
    for (const one of reached) {
      ways++;
      for (const account of ownAccounts(linked, one.role, facts)) trusted.add(account);
      for (const { party, hop } of sourcesOf(linked, one.role, facts)) {
        const key = `${party.kind} ${party.name}`;
        if (!visited.has(key)) consider(key, party, hop, one);
      }
      for (const [i, key] of open.entries()) {
        // How many roles will be reached nobody knows before.
        onProgress?.((ways - 1) * open.length + i + 1, (ways + sure.length) * open.length);
        if (visited.has(key)) continue;
        const { principal } = linked.principal(key)!;
        const hop = hopBetween(linked, principal, one.role, facts);
        if (hop === undefined) continue;
        const source = { kind: principal.kind, name: textWords(principal.arn), names: principal.names };
        consider(key, source, hop, one, principal.kind === 'role' ? principal : undefined);
      }
    }
    if (sure.length > 0) continue;
    const next = unsure.shift();
    if (next !== undefined && !visited.has(next.key)) reach(next.key, next.chain, next.role);
  }
  return [...found.values()];
}

/**
 * A chain in one line.
 *
 * @example
 * ```ts
 * const app = 'arn:aws:iam::111122223333:role/app';
 * const hops: Hop[] = [{ kind: 'pass', through: 'lambda', to: app, verdict: 'depends', asked: [] }];
 * const source: Party = { kind: 'user', name: 'arn:aws:iam::111122223333:user/ana', names: ['ana'] };
 * console.log(formatChain({ source, hops, verdict: 'depends' }).endsWith('→ pass lambda → arn:aws:iam::111122223333:role/app (depends)')); // true
 * ```
 * @throws InvalidRequestError for anything that is no chain
 */
export function formatChain(chain: Chain): string {
  const fits = isPlainObject(chain) && isPlainObject(chain.source) && isListOf(chain.hops, isPlainObject);
  checkArgument(fits, 'chain', 'pass one of the `chains` of whoCanAssume');
  const { source, hops, verdict } = chain;
  const steps = hops.map(
    ({ kind, through, to }) => `${kind} ${through === undefined ? '' : `${through} → `}${to}`,
  );
  return `${[source.name, ...steps].join(' → ')}${verdict === 'depends' ? ' (depends)' : ''}`;
}
