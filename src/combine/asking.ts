import { Candidates } from '../plan/candidates.js';
import { holds, strengths } from '../plan/decide.js';
import type { StatementPlan } from '../plan/plan.js';
import type { PolicySetKey } from '../policy/policy.js';
import type { Request } from '../request/request.js';
import { Outcome } from '../value/outcome.js';
import { decide, type Step, type Voices } from './decide.js';
import { type LevelPlan, layerKinds, layerTable, type PlanSet } from './layer.js';

/** How many distinct actions are remembered, and statements for them in all; more start afresh, since callers choose the text. */
const remembered = 2048;
const held = 200_000;
/** A longer action is none of AWS's, and is not remembered. */
const longest = 256;

interface LevelOfAction {
  readonly denies: Candidates;
  readonly allows: Candidates;
}

/** All levels, with the statements whose action element matches one action. */
interface PlansOfAction {
  readonly levels: Readonly<Record<PolicySetKey, readonly LevelOfAction[]>>;
  /** The kinds with a Deny for the action, in the order of E4. */
  readonly denying: readonly PolicySetKey[];
}

/** Asks the policies only what the decision rule has to know, and stops each time at the first statement that says it. */
export class Asking implements Voices {
  readonly #plans: PlanSet;
  readonly #known = new Map<string, PlansOfAction>();
  #held = 0;
  #request!: Request;
  #asked!: PlansOfAction;

  constructor(plans: PlanSet) {
    this.#plans = plans;
  }

  decide(request: Request): Step {
    this.#request = request;
    this.#asked = this.#known.get(request.actionKey) ?? this.#remember(request);
    return decide(this, request);
  }

  denying(except: PolicySetKey | undefined): PolicySetKey | undefined {
    for (const kind of this.#asked.denying) {
      if (kind === except || layerTable[kind].exempt(this.#request) !== undefined) continue;
      for (const { denies } of this.#asked.levels[kind])
        if (denies.always || (denies.size > 0 && denies.find(this.#request, anyOne))) return kind;
    }
    return undefined;
  }

  applies(kind: PolicySetKey): boolean {
    return this.#asked.levels[kind].length > 0 && layerTable[kind].exempt(this.#request) === undefined;
  }

  silentLevel(kind: PolicySetKey): number {
    if (!this.applies(kind)) return -1;
    const levels = this.#asked.levels[kind];
    for (let i = 0; i < levels.length; i++) {
      const { allows } = levels[i]!;
      if (!allows.always && (allows.size === 0 || !allows.find(this.#request, anyOne))) return i;
    }
    return -1;
  }

  strengths(): number {
    if (!this.applies('resourcePolicy')) return 0;
    let found = 0;
    for (const { allows } of this.#asked.levels.resourcePolicy) {
      // Nothing is stronger than being named oneself.
      allows.find(this.#request, (statement) => {
        found |= strengths(statement, this.#request);
        return (found & Outcome.matchedDirect) !== 0;
      });
    }
    return found;
  }

  #remember(request: Request): PlansOfAction {
    const levels = {} as Record<PolicySetKey, readonly LevelOfAction[]>;
    for (const kind of layerKinds) levels[kind] = this.#plans[kind].map((level) => ofAction(level, request));
    const denying = layerKinds.filter((kind) => levels[kind].some(({ denies }) => denies.size > 0));
    const found = { levels, denying };
    if (request.actionKey.length > longest) return found;
    for (const kind of layerKinds)
      for (const { denies, allows } of levels[kind]) this.#held += denies.size + allows.size;
    if (this.#known.size >= remembered || this.#held > held) {
      this.#known.clear();
      this.#held = 0;
    }
    this.#known.set(request.actionKey, found);
    return found;
  }
}

/** One is enough. */
const anyOne = (): boolean => true;

function ofAction(level: LevelPlan, request: Request): LevelOfAction {
  const matching = (statements: readonly StatementPlan[]) =>
    new Candidates(statements.filter(({ parts }) => holds(parts[0]!.node, request)));
  return {
    denies: matching(level.denies.candidates(request)),
    allows: matching(level.allows.candidates(request)),
  };
}
