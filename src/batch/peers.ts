import { layerKinds } from '../combine/layer.js';
import { isServiceLinkedRole } from '../combine/service/sts.js';
import type { PolicySetKey } from '../policy/policy.js';
import { isAccountPrincipal } from '../request/principal.js';
import type { Request } from '../request/request.js';

/** A principal as the batch keeps it. */
export interface Caller {
  readonly principal: Request['principal'];
  readonly principalTags: Request['principalTags'];
  readonly account: string | undefined;
}

/** Where the levels of each kind stand among all levels of a caller. */
export type Places = Readonly<Record<PolicySetKey, Place>>;

export interface Place {
  readonly from: number;
  readonly to: number;
}

/** The levels of one caller by kind, by their numbers. */
export type LevelNumbers = Readonly<Record<PolicySetKey, readonly number[]>>;

/**
 * Callers whom the decision rule and the exemptions of kinds cannot tell apart, but for what their policies say and whether they
 * are of the account of the resource: the same kind of principal of one partition, service-linked or not, and as many levels of each kind.
 */
export interface Peers {
  readonly callers: readonly Caller[];
  /** Of each caller the place in the input. */
  readonly inputs: readonly number[];
  /** Of each caller the number of its account; 0 where it has none. */
  readonly accounts: readonly number[];
  /** Of one caller after another the numbers of its levels, `depth` of them, kind after kind in the order of E4. */
  readonly levels: readonly number[];
  readonly depth: number;
  readonly places: Places;
  /** They have a permissions boundary (E29b). */
  readonly bounded: boolean;
}

type Growing = Peers & Record<'inputs' | 'accounts' | 'levels', number[]> & { readonly callers: Caller[] };

/** Puts callers together as they are read. */
export class PeerGroups {
  readonly #groups = new Map<string, Growing>();
  readonly #accounts = new Map<string, number>();
  #count = 0;

  add(request: Request, levels: LevelNumbers): void {
    const { principal, principalTags } = request;
    const account = isAccountPrincipal(principal) ? principal.account : undefined;
    let name = standingOf(request);
    for (const kind of layerKinds) name += ` ${levels[kind].length}`;
    let group = this.#groups.get(name);
    if (group === undefined) {
      group = newGroup(levels);
      this.#groups.set(name, group);
    }
    group.callers.push({ principal, principalTags, account });
    group.inputs.push(this.#count++);
    group.accounts.push(account === undefined ? 0 : this.#numberOf(account));
    for (const kind of layerKinds) for (const level of levels[kind]) group.levels.push(level);
  }

  get all(): readonly Peers[] {
    return [...this.#groups.values()];
  }

  /** The number of an account; undefined where no caller is of it. */
  account(account: string | undefined): number | undefined {
    return account === undefined ? undefined : this.#accounts.get(account);
  }

  #numberOf(account: string): number {
    const known = this.#accounts.get(account);
    if (known !== undefined) return known;
    const number = this.#accounts.size + 1;
    this.#accounts.set(account, number);
    return number;
  }
}

/** All that the decision rule and the exemptions ask of a caller itself (E10, E13, E26, E31, E32, E42, E52, E60–E81). */
export function standingOf(request: Request): string {
  const { principal } = request;
  const kind = isServiceLinkedRole(request) ? 'service-linked' : principal.kind;
  return isAccountPrincipal(principal) ? `${kind} ${principal.partition}` : kind;
}

function newGroup(levels: LevelNumbers): Growing {
  const places = placesOf((kind) => levels[kind].length);
  return {
    callers: [],
    inputs: [],
    accounts: [],
    levels: [],
    // The last kind ends where all of them do.
    depth: Math.max(...layerKinds.map((kind) => places[kind].to)),
    places,
    bounded: levels.permissionsBoundary.length > 0,
  };
}

/** @param count how many levels there are of a kind */
export function placesOf(count: (kind: PolicySetKey) => number): Places {
  const places = {} as Record<PolicySetKey, Place>;
  let from = 0;
  for (const kind of layerKinds) {
    const to = from + count(kind);
    places[kind] = { from, to };
    from = to;
  }
  return places;
}
