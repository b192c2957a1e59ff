import { layerKinds } from '../combine/layer.js';
import { isServiceLinkedRole } from '../combine/service/sts.js';
import type { PolicySetKey } from '../policy/policy.js';
import { isAccountPrincipal, type Request } from '../request/request.js';
import type { DocumentLevels } from './documents.js';

/** A principal as the batch keeps it. */
export interface Caller {
  readonly principal: Request['principal'];
  readonly principalTags: Request['principalTags'];
  readonly account: string | undefined;
  /** The numbers of the documents of each level, kind after kind in the order of E4. */
  readonly levels: readonly (readonly number[])[];
  /** Its place in the input. */
  readonly place: number;
}

/** Where the levels of each kind stand among all levels of a caller. */
export type Places = Readonly<Record<PolicySetKey, Place>>;

export interface Place {
  readonly from: number;
  readonly to: number;
}

/**
 * Callers whom the decision rule and the exemptions of kinds cannot tell apart, but for what their policies say and whether they
 * are of the account of the resource: the same kind of principal, service-linked or not, and the same levels of policies.
 */
export interface Peers {
  readonly callers: readonly Caller[];
  readonly places: Places;
  /** How many levels each of them has. */
  readonly depth: number;
  /** They have a permissions boundary (E29b). */
  readonly bounded: boolean;
}

/** Puts callers together as they are read. */
export class PeerGroups {
  readonly #groups = new Map<string, Peers & { readonly callers: Caller[] }>();
  #count = 0;

  add(request: Request, documents: DocumentLevels): void {
    const { principal, principalTags } = request;
    const account = isAccountPrincipal(principal) ? principal.account : undefined;
    const levels = layerKinds.flatMap((kind) =>
      documents[kind].map((level) => level.map(({ number }) => number)),
    );
    const standing = standingOf(request);
    const name = [standing, ...layerKinds.map((kind) => documents[kind].length)].join(' ');
    let group = this.#groups.get(name);
    if (group === undefined) {
      const bounded = documents.permissionsBoundary.length > 0;
      group = { callers: [], places: placesOf(documents), depth: levels.length, bounded };
      this.#groups.set(name, group);
    }
    group.callers.push({ principal, principalTags, account, levels, place: this.#count++ });
  }

  get all(): readonly Peers[] {
    return [...this.#groups.values()];
  }
}

/** All that the decision rule and the exemptions ask of a caller itself (E10, E13, E31, E32, E42, E52, E60–E81). */
export const standingOf = (request: Request): string =>
  isServiceLinkedRole(request) ? 'service-linked' : request.principal.kind;

/** @param start where the first level stands */
export function placesOf(documents: DocumentLevels, start = 0): Places {
  const places = {} as Record<PolicySetKey, Place>;
  let from = start;
  for (const kind of layerKinds) {
    const to = from + documents[kind].length;
    places[kind] = { from, to };
    from = to;
  }
  return places;
}
