import { compileLevel, type LevelPlan, layerKinds } from '../combine/layer.js';
import { compilePolicy, newHeads } from '../plan/compile.js';
import { leafKeys, leavesOf } from '../plan/know.js';
import type { StatementPlan } from '../plan/plan.js';
import type { PoliciesInput } from '../policy/document.js';
import type { Policy, PolicySetKey } from '../policy/policy.js';
import { type PolicySet, readPolicySet } from '../policy/policy-set.js';
import { followsFromCaller } from '../request/derive.js';

/** One document, compiled by itself: its statements do not know their place, which only explanations need. */
export interface CompiledDocument {
  readonly plan: LevelPlan;
  /** Its place among all documents of the batch. */
  readonly number: number;
}

/** Levels of documents, by kind. */
export type DocumentLevels = Readonly<Record<PolicySetKey, readonly (readonly CompiledDocument[])[]>>;

/** The documents of a batch: one object is read and compiled once, however many callers it is attached to. */
export class Documents {
  readonly #read = new Map(layerKinds.map((kind) => [kind, new Map<unknown, Policy>()]));
  readonly #compiled = [new Map<Policy, CompiledDocument>(), new Map<Policy, CompiledDocument>()] as const;
  readonly #heads = newHeads();
  #count = 0;

  /** @throws InvalidPolicyError with the issues of all documents of this set */
  read(policies: PoliciesInput): PolicySet {
    return readPolicySet(policies, this.#read);
  }

  /** @param bounded whether the caller has a permissions boundary, which matters to NotPrincipal of a resource policy (E29b) */
  levels({ levels }: PolicySet, bounded = false): DocumentLevels {
    const out = {} as Record<PolicySetKey, readonly (readonly CompiledDocument[])[]>;
    for (const kind of layerKinds) {
      out[kind] = levels[kind].map((level) => level.map((policy) => this.#compile(policy, kind, bounded)));
    }
    return out;
  }

  #compile(policy: Policy, kind: PolicySetKey, bounded: boolean): CompiledDocument {
    const known = this.#compiled[bounded && kind === 'resourcePolicy' ? 1 : 0];
    let found = known.get(policy);
    if (found === undefined) {
      const statements = compilePolicy(policy, { kind, index: 0, boundary: bounded, heads: this.#heads });
      found = { plan: compileLevel(statements), number: this.#count++ };
      known.set(policy, found);
    }
    return found;
  }
}

/** Whether two callers may get different answers from a statement. `given`: the folded keys that the question itself carries. */
export function hangsOnCaller(statement: StatementPlan, given: (key: string) => boolean): boolean {
  return leavesOf(statement).some(
    (leaf) =>
      leaf.element === 'Principal' ||
      leaf.element === 'NotPrincipal' ||
      leafKeys(leaf).some((key) => followsFromCaller(key) && !given(key)),
  );
}
