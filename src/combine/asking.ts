import { Candidates } from '../plan/candidates.js';
import { actionMatches, strengths } from '../plan/decide.js';
import type { ActionIndex } from '../plan/lookup.js';
import type { StatementPlan } from '../plan/plan.js';
import type { PolicySetKey } from '../policy/policy.js';
import type { Request } from '../request/request.js';
import { Outcome } from '../value/outcome.js';
import { decide, type Step, type Voices } from './decide.js';
import {
  type Grant,
  grantOf,
  type LayerRow,
  type LevelVerdict,
  layerKinds,
  layerTable,
  ofKind,
  type PlanSet,
  type Verdicts,
} from './layer.js';

/** How many distinct actions are remembered, and statements for them in all; more start afresh, since callers choose the text. */
const remembered = 2048;
const held = 200_000;
/** A longer action is none of AWS's, and is not remembered. */
const longest = 256;

/** What the policies of one kind say of one action. */
interface KindOfAction {
  readonly kind: PolicySetKey;
  readonly exempt: LayerRow['exempt'];
  /** The Denies of all levels together. */
  readonly denies: Candidates;
  /** The Allows, level by level. */
  readonly allows: readonly Candidates[];
  /** Each level has an Allow that applies whatever the request is. */
  readonly open: boolean;
}

/** The kinds that were given, with the statements whose action element matches one action. */
interface PlansOfAction {
  readonly kinds: Readonly<Record<PolicySetKey, KindOfAction | undefined>>;
  /** Those that have a Deny, in the order of E4. */
  readonly denying: readonly KindOfAction[];
}

/** Asks the policies only what the decision rule has to know, and stops each time at the first statement that says it. */
export class Asking implements Voices {
  readonly plans: PlanSet;
  readonly #known = new Map<string, PlansOfAction>();
  #held = 0;
  #request!: Request;
  #asked!: PlansOfAction;

  constructor(plans: PlanSet) {
    this.plans = plans;
  }

  decide(request: Request): Step {
    this.#ask(request);
    return decide(this, request);
  }

  /** What every kind says (E3): all the statements that apply, in the order of the documents, where deciding stops at the first. */
  verdicts(request: Request): Verdicts {
    this.#ask(request);
    const { kinds } = this.#asked;
    return {
      serviceControlPolicies: levelsOf(kinds.serviceControlPolicies, request),
      resourceControlPolicies: levelsOf(kinds.resourceControlPolicies, request),
      vpcEndpointPolicy: levelsOf(kinds.vpcEndpointPolicy, request),
      resourcePolicy: levelsOf(kinds.resourcePolicy, request),
      identityPolicies: levelsOf(kinds.identityPolicies, request),
      permissionsBoundary: levelsOf(kinds.permissionsBoundary, request),
      sessionPolicies: levelsOf(kinds.sessionPolicies, request),
    };
  }

  #ask(request: Request): void {
    // What was decided last is mostly what is explained.
    if (request === this.#request) return;
    this.#request = request;
    const { memo } = request.action;
    if (memo.owner !== this) {
      memo.found = this.#known.get(request.action.key) ?? this.#remember(request);
      memo.owner = this;
    }
    this.#asked = memo.found as PlansOfAction;
  }

  denying(except: PolicySetKey | undefined): PolicySetKey | undefined {
    const { denying } = this.#asked;
    const request = this.#request;
    for (let i = 0; i < denying.length; i++) {
      const { kind, denies, exempt } = denying[i]!;
      if (kind !== except && denies.find(request, anyOne) && exempt(request) === undefined) return kind;
    }
    return undefined;
  }

  applies(kind: PolicySetKey): boolean {
    const found = ofKind(this.#asked.kinds, kind);
    return found !== undefined && found.exempt(this.#request) === undefined;
  }

  silentLevel(kind: PolicySetKey): number {
    const found = ofKind(this.#asked.kinds, kind);
    const request = this.#request;
    if (found === undefined || found.open || found.exempt(request) !== undefined) return -1;
    const { allows } = found;
    for (let i = 0; i < allows.length; i++) if (!allows[i]!.find(request, anyOne)) return i;
    return -1;
  }

  strengths(): number {
    if (!this.applies('resourcePolicy')) return 0;
    let found = 0;
    for (const allows of this.#asked.kinds.resourcePolicy!.allows) {
      // Nothing is stronger than being named oneself.
      allows.find(this.#request, (statement) => {
        found |= strengths(statement, this.#request);
        return (found & Outcome.matchedDirect) !== 0;
      });
    }
    return found;
  }

  #remember(request: Request): PlansOfAction {
    const kinds = {} as Record<PolicySetKey, KindOfAction | undefined>;
    const denying: KindOfAction[] = [];
    let size = 0;
    for (const kind of layerKinds) {
      const levels = this.plans[kind];
      // Kinds that were not given stand here too: nothing is read from the prototype.
      kinds[kind] = undefined;
      if (levels.length === 0) continue;
      const matching = (index: ActionIndex) =>
        index.candidates(request).filter((statement) => actionMatches(statement, request));
      const denies = new Candidates(levels.flatMap(({ denies }) => matching(denies)));
      const allows = levels.map(({ allows }) => new Candidates(matching(allows)));
      const open = allows.every(({ always }) => always);
      const found = { kind, exempt: layerTable[kind].exempt, denies, allows, open };
      kinds[kind] = found;
      if (denies.size > 0) denying.push(found);
      for (const { size: more } of [denies, ...allows]) size += more;
    }
    const found = { kinds, denying };
    if (request.action.key.length > longest) return found;
    this.#held += size;
    if (this.#known.size >= remembered || this.#held > held) {
      this.#known.clear();
      this.#held = size;
    }
    this.#known.set(request.action.key, found);
    return found;
  }
}

/** No levels where the kind was not given or does not apply. */
function levelsOf(found: KindOfAction | undefined, request: Request): readonly LevelVerdict[] {
  if (found === undefined || found.exempt(request) !== undefined) return [];
  const levels = found.allows.map(
    (allows): { readonly denies: StatementPlan[]; readonly allows: readonly Grant[] } => {
      const grants = allows.all(request).map((statement) => grantOf(statement, request));
      return { denies: [], allows: grants };
    },
  );
  for (const statement of found.denies.all(request))
    levels[levels.length === 1 ? 0 : statement.source.level!]!.denies.push(statement);
  return levels;
}

/** One is enough. */
const anyOne = (): boolean => true;
