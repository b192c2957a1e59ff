import { decide, type Voices } from '../combine/decide.js';
import { layerKinds, layerTable, ofKind } from '../combine/layer.js';
import { InvalidPolicyError } from '../error.js';
import type { ByAction } from '../plan/by-action.js';
import type { PolicySetKey } from '../policy/policy.js';
import type { Memory } from '../request/memory.js';
import { parseRequest } from '../request/parse.js';
import { isApart, type Request } from '../request/request.js';
import type { Decision } from '../trace/decision.js';
import type { Documents } from './documents.js';
import type { PrincipalWithPolicies, Question } from './input.js';
import type { Levels } from './levels.js';
import { likeMinded } from './like-minded.js';
import { askOwn, nothing, type Own, ownCount, withOwn } from './own.js';
import type { PeerGroups, Peers, Places } from './peers.js';
import { allows, denies, mayAllow, mayDeny, open, Said } from './said.js';
import type { BatchStatement } from './statement.js';

export const decisions: readonly Decision[] = ['implicitDeny', 'allowed', 'explicitDeny'];

/** What all questions are asked of. */
export interface Crowd {
  readonly documents: Documents;
  /** How many documents the callers have. */
  readonly count: number;
  /** The statements of these. */
  readonly byAction: ByAction<BatchStatement>;
  readonly levels: Levels;
  readonly groups: PeerGroups;
  readonly memory: Memory;
}

/** In place of the number of the owner's account where no caller is of it, or each caller owns the resource itself. */
const noneOfThem = -1;

/** One question, asked of one caller after another. */
export class Asking implements Voices {
  readonly #said: Said;
  /** What each level says that callers have. */
  readonly #says: Uint8Array;
  readonly #levels: Levels;
  readonly #unbounded: Own = nothing;
  readonly #bounded: Own = nothing;
  /** Filled anew for each caller: nothing of it outlives the decision. */
  readonly #request: { -readonly [K in keyof Request]: Request[K] };
  readonly #owner: string | undefined;
  readonly #ownerNumber: number;
  /** The caller, as one of its peers, and what the question brings for it. */
  #peers!: Peers;
  #place = 0;
  #own!: Own;
  #places!: Places;

  constructor({ request, policies }: Question, first: PrincipalWithPolicies, crowd: Crowd) {
    const { documents, count, levels, groups } = crowd;
    const set = policies === undefined ? undefined : documents.read(policies);
    const parsed = parseRequest({ ...request, principal: first.principal }, crowd.memory);
    if (set !== undefined && set.trustIssues.length > 0 && parsed.resource.role)
      throw new InvalidPolicyError(set.trustIssues);
    this.#request = { ...parsed };
    // E11: a resource whose owner is not known belongs to whoever asks.
    const { resource } = request;
    const given =
      typeof resource === 'object' && Object.hasOwn(resource, 'accountId') ? resource.accountId : undefined;
    this.#owner = given ?? parsed.resource.account;
    this.#ownerNumber = groups.account(this.#owner) ?? noneOfThem;
    const own = set === undefined ? 0 : ownCount(set);
    const said = new Said(count + 2 * own);
    crowd.byAction.find(parsed, (statement) => said.add(statement, statement.document, parsed));
    this.#said = said;
    this.#levels = levels;
    this.#says = levels.saying(said);
    if (set === undefined) return;
    this.#unbounded = askOwn(set, { documents, bounded: false, start: count }, said, parsed);
    this.#bounded = askOwn(set, { documents, bounded: true, start: count + own }, said, parsed);
  }

  /** Writes down the answer of each caller, as its place in `decisions`. */
  ask(peers: Peers, answers: Uint8Array, start: number): void {
    const own = peers.bounded ? this.#bounded : this.#unbounded;
    this.#peers = peers;
    this.#own = own;
    this.#places = withOwn(peers.places, own, peers.depth);
    const ownOpen = own.says.some((said) => (said & open) !== 0);
    const apart = isApart(peers.callers[0]!.principal, this.#request.resource);
    const { first, alike } = likeMinded(peers, this.#says, apart ? noneOfThem : this.#ownerNumber, ownOpen);
    const found = new Uint8Array(first.length);
    for (let i = 0; i < first.length; i++) found[i] = this.#decide(first[i]!);
    spread(found, alike, peers.inputs, answers, start);
  }

  #decide(place: number): number {
    const request = this.#request;
    const { principal, principalTags, account } = this.#peers.callers[place]!;
    request.principal = principal;
    request.principalTags = principalTags;
    request.resourceAccount = this.#owner ?? account;
    request.sameAccount =
      account !== undefined && request.resourceAccount === account && !isApart(principal, request.resource);
    this.#place = place;
    return decisions.indexOf(decide(this, request).decision);
  }

  denying(request: Request, except: PolicySetKey | undefined): PolicySetKey | undefined {
    for (const kind of layerKinds) {
      const { from, to } = ofKind(this.#places, kind);
      for (let i = from; i < to; i++) {
        // Most levels have no Deny for an action: only then is anything else asked.
        if (
          (this.#saysAt(i) & (denies | mayDeny)) !== 0 &&
          this.#counts(request, kind, except) &&
          this.#denies(request, i)
        )
          return kind;
      }
    }
    return undefined;
  }

  applies(request: Request, kind: PolicySetKey): boolean {
    const { from, to } = ofKind(this.#places, kind);
    return from < to && ofKind(layerTable, kind).exempt(request) === undefined;
  }

  silentLevel(request: Request, kind: PolicySetKey): number {
    if (!this.applies(request, kind)) return -1;
    const { from, to } = ofKind(this.#places, kind);
    for (let i = from; i < to; i++) if (!this.#allows(request, i)) return i - from;
    return -1;
  }

  strengths(request: Request): number {
    if (!this.applies(request, 'resourcePolicy')) return 0;
    const { from, to } = this.#places.resourcePolicy;
    let found = 0;
    for (let i = from; i < to; i++) {
      for (const document of this.#documentsAt(i)) found |= this.#said.strengths(document, request);
    }
    return found;
  }

  #counts(request: Request, kind: PolicySetKey, except: PolicySetKey | undefined): boolean {
    return kind !== except && ofKind(layerTable, kind).exempt(request) === undefined;
  }

  #denies(request: Request, level: number): boolean {
    if ((this.#saysAt(level) & denies) !== 0) return true;
    for (const document of this.#documentsAt(level)) if (this.#said.denies(document, request)) return true;
    return false;
  }

  #allows(request: Request, level: number): boolean {
    const said = this.#saysAt(level);
    if ((said & allows) !== 0) return true;
    if ((said & mayAllow) === 0) return false;
    for (const document of this.#documentsAt(level)) if (this.#said.allows(document, request)) return true;
    return false;
  }

  /** The caller's own levels come first, then those of the question. */
  #saysAt(level: number): number {
    const { depth } = this.#peers;
    return level < depth ? this.#says[this.#numberAt(level)]! : this.#own.says[level - depth]!;
  }

  #documentsAt(level: number): readonly number[] {
    const { depth } = this.#peers;
    return level < depth
      ? this.#levels.documents[this.#numberAt(level)]!
      : this.#own.documents[level - depth]!;
  }

  #numberAt(level: number): number {
    const { levels, depth } = this.#peers;
    return levels[this.#place * depth + level]!;
  }
}

/** By itself, as the runtime compiles a short loop much sooner than one among other work. */
function spread(
  found: Uint8Array,
  alike: Int32Array,
  inputs: readonly number[],
  answers: Uint8Array,
  start: number,
): void {
  for (let i = 0; i < alike.length; i++) answers[start + inputs[i]!] = found[alike[i]!]!;
}
