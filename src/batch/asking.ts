import { type Decision, decide, type Voices } from '../combine/decide.js';
import { layerKinds, layerTable } from '../combine/layer.js';
import { InvalidPolicyError } from '../error.js';
import { strengths } from '../plan/decide.js';
import type { PolicySetKey } from '../policy/policy.js';
import type { Memory } from '../request/memory.js';
import { parseRequest } from '../request/parse.js';
import { isRole, type Request } from '../request/request.js';
import { Outcome } from '../value/outcome.js';
import type { CompiledDocument, DocumentLevels, Documents } from './documents.js';
import type { PrincipalWithPolicies, Question } from './input.js';
import { Reduction, type Said } from './reduced.js';

/** A principal as the batch keeps it. */
export interface Caller {
  readonly principal: Request['principal'];
  readonly principalTags: Request['principalTags'];
  readonly account: string | undefined;
  readonly levels: DocumentLevels;
  readonly documents: DocumentsByKind;
  readonly bounded: boolean;
}

/** The documents of all levels together, kind by kind in the order of E4. */
type DocumentsByKind = readonly (readonly CompiledDocument[])[];

/** What the question brings itself; nothing where the policies of the caller stand. */
interface Own {
  readonly levels: DocumentLevels;
  readonly documents: readonly (readonly CompiledDocument[] | undefined)[];
}

const ownOf = (levels: DocumentLevels): Own => ({
  levels,
  documents: layerKinds.map((kind) => (levels[kind].length > 0 ? levels[kind].flat() : undefined)),
});

/** One question, asked of one caller after another. */
export class Asking implements Voices {
  readonly #reduction: Reduction;
  readonly #unbounded: Own;
  readonly #bounded: Own;
  /** Filled anew for each caller: nothing of it outlives the decision. */
  readonly #request: { -readonly [K in keyof Request]: Request[K] };
  readonly #owner: string | undefined;
  #caller!: Caller;
  #own!: Own;

  constructor(
    { request, policies = {} }: Question,
    first: PrincipalWithPolicies,
    documents: Documents,
    memory: Memory,
  ) {
    const set = documents.read(policies);
    const parsed = parseRequest({ ...request, principal: first.principal }, memory);
    if (set.trustIssues.length > 0 && isRole(parsed.resource)) throw new InvalidPolicyError(set.trustIssues);
    this.#request = { ...parsed };
    this.#reduction = new Reduction(parsed);
    this.#unbounded = ownOf(documents.levels(set));
    this.#bounded = ownOf(documents.levels(set, true));
    // E11: a resource whose owner is not known belongs to whoever asks.
    const given = typeof request.resource === 'object' ? request.resource.accountId : undefined;
    this.#owner = given ?? parsed.resource.account;
  }

  decide(caller: Caller): Decision {
    const request = this.#request;
    const { account } = caller;
    request.principal = caller.principal;
    request.principalTags = caller.principalTags;
    request.resourceAccount = this.#owner ?? account;
    request.sameAccount = account !== undefined && request.resourceAccount === account;
    this.#caller = caller;
    this.#own = caller.bounded ? this.#bounded : this.#unbounded;
    return decide(this, request).decision;
  }

  #levels(kind: PolicySetKey): readonly (readonly CompiledDocument[])[] {
    const own = this.#own.levels[kind];
    return own.length > 0 ? own : this.#caller.levels[kind];
  }

  denying(except: PolicySetKey | undefined): PolicySetKey | undefined {
    const own = this.#own.documents;
    const { documents } = this.#caller;
    for (let i = 0; i < layerKinds.length; i++) {
      const those = own[i] ?? documents[i]!;
      for (let j = 0; j < those.length; j++) {
        const { denies } = this.#reduction.of(those[j]!);
        // Most documents have no Deny for an action: only then is anything else asked.
        if (denies !== false && this.#counts(layerKinds[i]!, except) && this.#holds(denies))
          return layerKinds[i];
      }
    }
    return undefined;
  }

  #counts(kind: PolicySetKey, except: PolicySetKey | undefined): boolean {
    return kind !== except && layerTable[kind].exempt(this.#request) === undefined;
  }

  applies(kind: PolicySetKey): boolean {
    return this.#levels(kind).length > 0 && layerTable[kind].exempt(this.#request) === undefined;
  }

  silentLevel(kind: PolicySetKey): number {
    if (!this.applies(kind)) return -1;
    const levels = this.#levels(kind);
    for (let i = 0; i < levels.length; i++) if (!this.#allows(levels[i]!)) return i;
    return -1;
  }

  #allows(level: readonly CompiledDocument[]): boolean {
    for (let i = 0; i < level.length; i++) if (this.#holds(this.#reduction.of(level[i]!).allows)) return true;
    return false;
  }

  strengths(): number {
    if (!this.applies('resourcePolicy')) return 0;
    let found = 0;
    for (const level of this.#levels('resourcePolicy')) {
      for (const document of level) {
        this.#reduction.of(document).naming.find(this.#request, (statement) => {
          found |= strengths(statement, this.#request);
          return (found & Outcome.matchedDirect) !== 0;
        });
      }
    }
    return found;
  }

  #holds(said: Said): boolean {
    return typeof said === 'boolean' ? said : said.find(this.#request, anyOne);
  }
}

const anyOne = (): boolean => true;
