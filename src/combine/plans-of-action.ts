import { Candidates } from '../plan/candidates.js';
import type { StatementPlan } from '../plan/plan.js';
import type { PolicySetKey } from '../policy/policy.js';
import type { Request } from '../request/request.js';
import { type LayerRow, layerKinds, layerTable, type PlanSet } from './layer.js';

/** How many distinct actions are remembered, and statements for them in all; more start afresh, since callers choose the text. */
const remembered = 2048;
const held = 200_000;
/** A longer action is none of AWS's, and is not remembered. */
const longest = 256;

/** What the policies of one kind say of one action. */
export interface KindOfAction {
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
export interface PlansOfAction {
  readonly kinds: Readonly<Record<PolicySetKey, KindOfAction | undefined>>;
  /** Those that have a Deny, in the order of E4. */
  readonly denying: readonly KindOfAction[];
}

/** The statements whose action element matches, by level. */
type Matching = readonly {
  readonly denies: readonly StatementPlan[];
  readonly allows: readonly StatementPlan[];
}[];

/** So few statements of a kind are mostly the same for many actions. */
const few = 8;

/** What the policies say of each action, worked out when it is first asked for. */
export class PlansByAction {
  readonly #plans: PlanSet;
  readonly #known = new Map<string, PlansOfAction>();
  /** Kinds that say little of an action, by what they say: to most actions the same, which then lies in memory once. */
  readonly #alike = new Map<string, KindOfAction>();
  /** Numbers of statements, to name what is said. */
  readonly #numbers = new Map<StatementPlan, number>();
  #held = 0;

  constructor(plans: PlanSet) {
    this.#plans = plans;
  }

  of(request: Request): PlansOfAction {
    const { key, memo } = request.action;
    if (memo.owner !== this) {
      memo.found = this.#known.get(key) ?? this.#remember(request);
      memo.owner = this;
    }
    return memo.found as PlansOfAction;
  }

  #remember(request: Request): PlansOfAction {
    const kinds = {} as Record<PolicySetKey, KindOfAction | undefined>;
    const denying: KindOfAction[] = [];
    let size = 0;
    for (const kind of layerKinds) {
      const levels = this.#plans[kind];
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
    const found = { kinds, denying };
    const { key } = request.action;
    if (key.length > longest) return found;
    this.#held += size;
    if (this.#known.size >= remembered || this.#held > held) {
      this.#known.clear();
      this.#alike.clear();
      this.#numbers.clear();
      this.#held = size;
    }
    this.#known.set(key, found);
    return found;
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
  const allows = matching.map((level) => new Candidates(level.allows));
  const open = allows.every(({ always }) => always);
  return { kind, exempt: layerTable[kind].exempt, denies, allows, open };
}
