import type { StatementReference } from '../plan/plan.js';
import type { PolicySetKey } from '../policy/policy.js';

/** The words of EvalDecision in AWS's own simulator. */
export type Decision = 'allowed' | 'explicitDeny' | 'implicitDeny';

/** What decided: a kind of policy, or a rule of the service that no policy holds. */
export interface DecidingStep {
  /** `service`: a rule of the service, such as the root user's rights or STS calls that need no permission. */
  readonly kind: PolicySetKey | 'service';
  /** The id of the rule in docs/semantics.md. */
  readonly rule: string;
  /** The statements that allow or deny; none for an implicit deny. */
  readonly statements: readonly StatementReference[];
  /** The first level of a service control policy without an allow, the root being 0. */
  readonly level?: number;
}

/** A decision, and what made it. */
export interface Combined {
  /** What AWS would answer, and for a denial of which sort. */
  readonly decision: Decision;
  /** The step that made the decision; of several that deny, the first. */
  readonly decidedBy: DecidingStep;
  /** Every kind that denies explicitly, in a fixed order (E4). */
  readonly denies: readonly DecidingStep[];
}
