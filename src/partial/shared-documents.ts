import { compileLevel, type LevelPlan, layerKinds, type PlanSet } from '../combine/layer.js';
import { compilePolicy, newHeads } from '../plan/compile.js';
import { ActionIndex } from '../plan/lookup.js';
import type { StatementPlan } from '../plan/plan.js';
import type { Policy, PolicySetKey } from '../policy/policy.js';
import { type KnownPolicies, type PolicySet, readPolicySet } from '../policy/policy-set.js';
import type { Request } from '../request/request.js';

/**
 * Documents that stand in many sets of policies: the same object is read and compiled once. What nobody else holds is let go. The
 * statements do not know their place in a set, which only explanations need.
 */
export class SharedDocuments {
  readonly #known: KnownPolicies = new Map(layerKinds.map((kind) => [kind, new HeldPolicies()]));
  readonly #heads = newHeads();
  readonly #compiled = [new WeakMap<Policy, LevelPlan>(), new WeakMap<Policy, LevelPlan>()] as const;

  /** @throws InvalidPolicyError with the issues of all documents of this set */
  read(policies: unknown): PolicySet {
    return readPolicySet(policies, this.#known);
  }

  plans({ levels }: PolicySet): PlanSet {
    const bounded = levels.permissionsBoundary.length > 0;
    const plans = {} as Record<PolicySetKey, readonly LevelPlan[]>;
    for (const kind of layerKinds)
      plans[kind] = levels[kind].map((level) =>
        joined(level.map((policy) => this.#compile(policy, kind, bounded))),
      );
    return plans;
  }

  #compile(policy: Policy, kind: PolicySetKey, bounded: boolean): LevelPlan {
    const boundary = bounded && kind === 'resourcePolicy'; // E29b is a rule of resource policies.
    const known = this.#compiled[boundary ? 1 : 0];
    const found =
      known.get(policy) ??
      compileLevel(compilePolicy(policy, { kind, index: 0, boundary, heads: this.#heads }));
    known.set(policy, found);
    return found;
  }
}

/** Lets go of documents that nobody else holds. */
class HeldPolicies extends Map<unknown, Policy> {
  readonly #held = new WeakMap<object, Policy>();

  override get(given: unknown): Policy | undefined {
    return typeof given === 'object' && given !== null ? this.#held.get(given) : undefined;
  }

  override set(given: unknown, policy: Policy): this {
    if (typeof given === 'object' && given !== null) this.#held.set(given, policy);
    return this;
  }
}

/** Several documents as one level. */
const joined = (plans: readonly LevelPlan[]): LevelPlan =>
  plans.length === 1
    ? plans[0]!
    : {
        statements: plans.flatMap(({ statements }) => statements),
        allows: new JoinedIndex(plans.map(({ allows }) => allows)),
        denies: new JoinedIndex(plans.map(({ denies }) => denies)),
      };

class JoinedIndex extends ActionIndex {
  readonly #indexes: readonly ActionIndex[];

  constructor(indexes: readonly ActionIndex[]) {
    super([]);
    this.#indexes = indexes;
  }

  override candidates(request: Request): readonly StatementPlan[] {
    return this.#indexes.flatMap((index) => index.candidates(request));
  }
}
