import { Candidates } from '../plan/candidates.js';
import type { StatementPlan } from '../plan/plan.js';
import type { PolicySetKey } from '../policy/policy.js';
import type { Action } from '../request/action.js';
import type { Request } from '../request/request.js';
import { decide, type Step } from './decide.js';
import { layerKinds, layerTable, type PlanSet, type Verdicts } from './layer.js';
import { type KindOfAction, PlansOfAction } from './plans-of-action.js';

/** How many distinct actions are remembered, and statements for them in all; more start afresh, since callers choose the text. */
const remembered = 2048;
const held = 200_000;
/** A longer action is none of AWS's, and is not remembered. */
const longest = 256;

/** The statements whose action element matches, by level. */
type Matching = readonly {
  readonly denies: readonly StatementPlan[];
  readonly allows: readonly StatementPlan[];
}[];

/** So few statements of a kind are mostly the same for many actions. */
const few = 8;

/** Asks policies. What they say of an action is worked out when it is first asked about. */
export class Asking {
  readonly plans: PlanSet;
  /** What was found for actions, and where by their keys. Starting afresh is a new generation. */
  #found: PlansOfAction[] = [];
  readonly #places = new Map<string, number>();
  #generation = 0;
  /** Kinds that say little of an action, by what they say: to most actions the same, which then lies in memory once. */
  readonly #alike = new Map<string, KindOfAction>();
  /** Numbers of statements, to name what is said. */
  readonly #numbers = new Map<StatementPlan, number>();
  #held = 0;

  constructor(plans: PlanSet) {
    this.plans = plans;
  }

  /** The decision, for which each kind of policy is asked only what has to be known. */
  decide(request: Request): Step {
    return decide(this.of(request), request);
  }

  /** What every kind says (E3). */
  verdicts(request: Request): Verdicts {
    return this.of(request).verdicts(request);
  }

  /** What the policies say of the action of a request. */
  of(request: Request): PlansOfAction {
    const { owner, generation, place } = request.action;
    return owner === this && generation === this.#generation
      ? this.#found[place]!
      : this.#lookUp(request.action, request);
  }

  #lookUp(action: Action, request: Request): PlansOfAction {
    const { key } = action;
    let place = this.#places.get(key);
    if (place === undefined) {
      const found = this.#gather(request);
      if (key.length > longest) return found;
      place = this.#remember(key, found);
    }
    action.owner = this;
    action.generation = this.#generation;
    action.place = place;
    return this.#found[place]!;
  }

  #remember(key: string, found: PlansOfAction): number {
    this.#held += found.size;
    if (this.#found.length >= remembered || this.#held > held) {
      this.#found = [];
      this.#places.clear();
      this.#alike.clear();
      this.#numbers.clear();
      this.#generation++;
      this.#held = found.size;
    }
    const place = this.#found.push(found) - 1;
    this.#places.set(key, place);
    return place;
  }

  #gather(request: Request): PlansOfAction {
    const kinds = {} as Record<PolicySetKey, KindOfAction | undefined>;
    const denying: KindOfAction[] = [];
    let size = 0;
    for (const kind of layerKinds) {
      const levels = this.plans[kind];
      // Kinds that were not given stand here too: nothing is read from the prototype.
      kinds[kind] = undefined;
      if (levels.length === 0) continue;
      const matching = levels.map((level) => ({
        denies: level.denies.candidates(request),
        allows: level.allows.candidates(request),
      }));
      let count = 0;
      for (const { denies, allows } of matching) count += denies.length + allows.length;
      const found = count > few ? kindOf(kind, matching) : this.#shared(kind, matching);
      kinds[kind] = found;
      if (found.denies.size > 0) denying.push(found);
      size += count;
    }
    return new PlansOfAction(kinds, denying, size);
  }

  #shared(kind: PolicySetKey, matching: Matching): KindOfAction {
    const number = (statement: StatementPlan): number => {
      const known = this.#numbers.get(statement) ?? this.#numbers.size;
      this.#numbers.set(statement, known);
      return known;
    };
    const levels = matching.map(({ denies, allows }) => `${denies.map(number)};${allows.map(number)}`);
    const name = `${kind} ${levels.join(' ')}`;
    const known = this.#alike.get(name) ?? kindOf(kind, matching);
    this.#alike.set(name, known);
    return known;
  }
}

function kindOf(kind: PolicySetKey, matching: Matching): KindOfAction {
  const denies = new Candidates(matching.flatMap((level) => level.denies));
  const [allows, ...further] = matching.map((level) => new Candidates(level.allows));
  const open = allows!.always && further.every(({ always }) => always);
  return { kind, exempt: layerTable[kind].exempt, denies, allows: allows!, further, open };
}
