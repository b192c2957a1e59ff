import { type Decision, decide, type Voices } from '../combine/decide.js';
import { layerKinds, layerTable } from '../combine/layer.js';
import { InvalidPolicyError } from '../error.js';
import type { PolicySetKey } from '../policy/policy.js';
import type { PolicySet } from '../policy/policy-set.js';
import type { Memory } from '../request/memory.js';
import { parseRequest } from '../request/parse.js';
import { isRole, type Request } from '../request/request.js';
import type { StatementsByAction } from './by-action.js';
import type { Documents } from './documents.js';
import type { PrincipalWithPolicies, Question } from './input.js';
import { type Caller, type Peers, type Place, type Places, placesOf } from './peers.js';
import { allows, denies, mayAllow, mayDeny, Said, settled } from './said.js';

export const decisions: readonly Decision[] = ['implicitDeny', 'allowed', 'explicitDeny'];

/** What all callers have together: their documents, and how many those are. */
export interface Shared {
  readonly documents: Documents;
  readonly count: number;
  readonly byAction: StatementsByAction;
  readonly memory: Memory;
}

/** The levels that the question brings itself, by the numbers of their documents. */
interface Own {
  readonly levels: readonly (readonly number[])[];
  /** Only of the kinds that there are: the caller's stand where the question has none. */
  readonly places: Partial<Places>;
}

/** More levels than this do not fit into one exact number. */
const maximumDepth = 12;

/** One question, asked of one caller after another. */
export class Asking implements Voices {
  readonly #said: Said;
  readonly #unbounded: Own;
  readonly #bounded: Own;
  /** Filled anew for each caller: nothing of it outlives the decision. */
  readonly #request: { -readonly [K in keyof Request]: Request[K] };
  readonly #owner: string | undefined;
  /** Of the caller: where the levels of each kind stand, which they are, and what they say together. */
  #places!: Places;
  #caller!: Caller;
  #own!: Own;
  #depth = 0;
  #levels: Uint8Array = new Uint8Array(0);

  constructor({ request, policies }: Question, first: PrincipalWithPolicies, shared: Shared) {
    const { documents, count, byAction, memory } = shared;
    const set = policies === undefined ? undefined : documents.read(policies);
    const parsed = parseRequest({ ...request, principal: first.principal }, memory);
    if (set !== undefined && set.trustIssues.length > 0 && isRole(parsed.resource))
      throw new InvalidPolicyError(set.trustIssues);
    this.#request = { ...parsed };
    // E11: a resource whose owner is not known belongs to whoever asks.
    const given = typeof request.resource === 'object' ? request.resource.accountId : undefined;
    this.#owner = given ?? parsed.resource.account;
    const own =
      set === undefined ? 0 : layerKinds.reduce((sum, kind) => sum + set.levels[kind].flat().length, 0);
    const said = new Said(count + 2 * own);
    byAction.find(parsed, (statement) => said.add(statement, statement.document, parsed));
    this.#said = said;
    this.#unbounded = set === undefined ? nothing : this.#ownOf(set, shared, false, count);
    this.#bounded = set === undefined ? nothing : this.#ownOf(set, shared, true, count + own);
  }

  #ownOf(set: PolicySet, { documents }: Shared, bounded: boolean, start: number): Own {
    let number = start;
    const all = documents.levels(set, bounded);
    const levels = layerKinds.flatMap((kind) =>
      all[kind].map((level) =>
        level.map((document) => {
          const own = number++;
          document.byAction.find(this.#request, (statement) => this.#said.add(statement, own, this.#request));
          return own;
        }),
      ),
    );
    const places = Object.fromEntries(Object.entries(placesOf(all)).filter(([, { from, to }]) => from < to));
    return { levels, places: places as Partial<Places> };
  }

  /** Writes down the answer of each caller, as its place in `decisions`. */
  ask({ callers, places, depth, bounded }: Peers, answers: Uint8Array, start: number): void {
    const own = bounded ? this.#bounded : this.#unbounded;
    const { bits } = this.#said;
    const together = new Uint8Array(depth + own.levels.length);
    this.#own = own;
    this.#depth = depth;
    this.#levels = together;
    this.#places = own === nothing ? places : withOwn(places, own.places, depth);
    let open = 0;
    for (let i = 0; i < own.levels.length; i++) open |= together[depth + i] = levelOf(own.levels[i]!, bits);
    const ownOpen = open;
    // What was decided for others of whom the policies say the same for certain: the rule asks for nothing else.
    const known = new Map<number, number>();
    const owner = this.#owner;
    for (let i = 0; i < callers.length; i++) {
      const caller = callers[i]!;
      const { levels, account } = caller;
      let key = account !== undefined && (owner === undefined || owner === account) ? 1 : 0;
      open = depth > maximumDepth ? mayDeny : ownOpen;
      for (let j = 0; j < depth; j++) {
        const level = levelOf(levels[j]!, bits);
        together[j] = level;
        open |= level;
        key = key * 16 + level;
      }
      let answer = (open & (mayDeny | mayAllow)) === 0 ? known.get(key) : undefined;
      if (answer === undefined) {
        answer = decisions.indexOf(this.#decide(caller));
        if ((open & (mayDeny | mayAllow)) === 0) known.set(key, answer);
      }
      answers[start + caller.place] = answer;
    }
  }

  #decide(caller: Caller): Decision {
    const request = this.#request;
    const { account } = caller;
    request.principal = caller.principal;
    request.principalTags = caller.principalTags;
    request.resourceAccount = this.#owner ?? account;
    request.sameAccount = account !== undefined && request.resourceAccount === account;
    this.#caller = caller;
    return decide(this, request).decision;
  }

  #documents(level: number): readonly number[] {
    return level < this.#depth ? this.#caller.levels[level]! : this.#own.levels[level - this.#depth]!;
  }

  denying(except: PolicySetKey | undefined): PolicySetKey | undefined {
    const levels = this.#levels;
    for (const kind of layerKinds) {
      const { from, to } = this.#places[kind];
      for (let i = from; i < to; i++) {
        // Most levels have no Deny for an action: only then is anything else asked.
        if ((levels[i]! & (denies | mayDeny)) !== 0 && this.#counts(kind, except) && this.#denies(i))
          return kind;
      }
    }
    return undefined;
  }

  #counts(kind: PolicySetKey, except: PolicySetKey | undefined): boolean {
    return kind !== except && layerTable[kind].exempt(this.#request) === undefined;
  }

  #denies(level: number): boolean {
    if ((this.#levels[level]! & denies) !== 0) return true;
    return this.#documents(level).some((document) => this.#said.denies(document, this.#request));
  }

  applies(kind: PolicySetKey): boolean {
    const { from, to } = this.#places[kind];
    return from < to && layerTable[kind].exempt(this.#request) === undefined;
  }

  silentLevel(kind: PolicySetKey): number {
    if (!this.applies(kind)) return -1;
    const { from, to } = this.#places[kind];
    for (let i = from; i < to; i++) if (!this.#allows(i)) return i - from;
    return -1;
  }

  #allows(level: number): boolean {
    const said = this.#levels[level]!;
    if ((said & allows) !== 0) return true;
    if ((said & mayAllow) === 0) return false;
    return this.#documents(level).some((document) => this.#said.allows(document, this.#request));
  }

  strengths(): number {
    if (!this.applies('resourcePolicy')) return 0;
    const { from, to } = this.#places.resourcePolicy;
    let found = 0;
    for (let i = from; i < to; i++) {
      for (const document of this.#documents(i)) found |= this.#said.strengths(document, this.#request);
    }
    return found;
  }
}

const nothing: Own = { levels: [], places: {} };

/** What the documents of a level say together. */
function levelOf(documents: readonly number[], bits: Uint8Array): number {
  let said = 0;
  for (let i = 0; i < documents.length; i++) said |= bits[documents[i]!]!;
  return settled(said);
}

function withOwn(places: Places, own: Partial<Places>, depth: number): Places {
  const moved = Object.entries(own).map(([kind, { from, to }]): [string, Place] => [
    kind,
    { from: from + depth, to: to + depth },
  ]);
  return { ...places, ...Object.fromEntries(moved) };
}
