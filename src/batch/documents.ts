import { layerKinds } from '../combine/layer.js';
import { ByAction } from '../plan/by-action.js';
import { compilePolicy, newHeads } from '../plan/compile.js';
import type { StatementPlan } from '../plan/plan.js';
import type { PoliciesInput } from '../policy/document.js';
import type { Policy, PolicySetKey } from '../policy/policy.js';
import { type PolicySet, readPolicySet } from '../policy/policy-set.js';
import { BatchStatement } from './statement.js';

/** One document, compiled by itself: its statements do not know their place, which only explanations need. */
export class CompiledDocument {
  /** Its place among all documents of the batch. */
  readonly number: number;
  readonly statements: readonly BatchStatement[];
  #byAction: ByAction<BatchStatement> | undefined;

  constructor(number: number, statements: readonly BatchStatement[]) {
    this.number = number;
    this.statements = statements;
  }

  get byAction(): ByAction<BatchStatement> {
    this.#byAction ??= new ByAction(this.statements, planOf);
    return this.#byAction;
  }
}

const planOf = ({ plan }: BatchStatement): StatementPlan => plan;

/** The documents of a batch: one object is read and compiled once, however many callers it is attached to. */
export class Documents {
  readonly #read = new Map(layerKinds.map((kind) => [kind, new Map<unknown, Policy>()]));
  readonly #compiled = [new Map<Policy, CompiledDocument>(), new Map<Policy, CompiledDocument>()] as const;
  readonly #heads = newHeads();
  #count = 0;

  /** How many were compiled so far. */
  get count(): number {
    return this.#count;
  }

  /** @throws InvalidPolicyError with the issues of all documents of this set */
  read(policies: PoliciesInput): PolicySet {
    return readPolicySet(policies, this.#read);
  }

  /** The statements of all documents compiled so far, together. */
  byAction(): ByAction<BatchStatement> {
    const all = this.#compiled.flatMap((known) => [...known.values()]);
    return new ByAction(
      all.flatMap(({ statements }) => statements),
      planOf,
    );
  }

  /** @param bounded whether the caller has a permissions boundary, which matters to NotPrincipal of a resource policy (E29b) */
  compiled(policy: Policy, kind: PolicySetKey, bounded: boolean): CompiledDocument {
    const known = this.#compiled[bounded && kind === 'resourcePolicy' ? 1 : 0];
    const found = known.get(policy);
    if (found !== undefined) return found;
    const made = this.#compile(policy, kind, bounded);
    known.set(policy, made);
    return made;
  }

  #compile(policy: Policy, kind: PolicySetKey, bounded: boolean): CompiledDocument {
    const number = this.#count++;
    const plans = compilePolicy(policy, { kind, index: 0, boundary: bounded, heads: this.#heads });
    const naming = kind === 'resourcePolicy';
    return new CompiledDocument(
      number,
      plans.map((plan) => new BatchStatement(plan, number, naming)),
    );
  }
}
