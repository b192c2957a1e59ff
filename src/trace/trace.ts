import type { StatementTrace } from '../plan/explain.js';
import type { PolicySetKey } from '../policy/policy.js';
import type { Combined } from './decision.js';

/** What one level of a kind of policy says. */
export interface LevelTrace {
  /** Level of a service or resource control policy, the root being 0. */
  readonly level: number;
  /** What its statements say together. */
  readonly verdict: 'explicitDeny' | 'allow' | 'noAllow';
  /** In the order of the documents; those that do not apply as well, unless only the deciding ones were asked for. */
  readonly statements: readonly StatementTrace[];
}

/** One kind of policy. */
export interface LayerTrace {
  /** The member of `policies`. */
  readonly kind: PolicySetKey;
  /** `noAllow`: some level has none; `notApplicable`: see `reason`; `notGiven`: the input has no policy of this kind. */
  readonly verdict: 'explicitDeny' | 'allow' | 'noAllow' | 'notApplicable' | 'notGiven';
  /** Why the kind does not apply, where it was given and does not. */
  readonly reason?: string;
  /** One, but for service and resource control policies; none where the kind does not count. */
  readonly levels: readonly LevelTrace[];
}

/** One thing that would have to differ for a statement to apply, or to stop applying. */
export interface Difference {
  /** `Action`, `Condition aws:SourceIp` … */
  readonly element: string;
  /** JSON path to the element in the input. */
  readonly path: string;
  /** What the element asks for, in words. */
  readonly needs: string;
  /** What the request has. */
  readonly has: string;
}

/** A statement that would have changed the answer. */
export interface NearMiss {
  /** The kind of its policy. */
  readonly kind: PolicySetKey;
  /** The statement as it is, with what kept it from applying. */
  readonly statement: StatementTrace;
  /** `apply`: it would have to apply, all differences together; `notApply`: it applies, and any one of them stops it. */
  readonly change: 'apply' | 'notApply';
  /** What the decision would be. */
  readonly decision: Combined['decision'];
  /** False when other statements deny too, so that this one alone changes nothing. */
  readonly alone: boolean;
  /** What would have to differ. */
  readonly differences: readonly Difference[];
}

/** A kind of policy, or a level of it, that lacks an Allow. */
export interface MissingAllow {
  /** The member of `policies`. */
  readonly kind: PolicySetKey;
  /** The level of a service control policy, the root being 0. */
  readonly level?: number;
}

/** A whole explanation, as plain JSON data. */
export interface Trace extends Combined {
  /** What was asked, as it was understood. */
  readonly request: {
    /** ARN, service principal, provider or `anonymous`. */
    readonly principal: string;
    /** `user`, `role`, `root`, `federatedUser`, `service`, `federated` or `anonymous`. */
    readonly principalKind: string;
    /** As it was written. */
    readonly action: string;
    /** Its ARN, or `*`. */
    readonly resource: string;
    /** Whether the resource belongs to the account of the caller, as the decision rule takes it (E11). */
    readonly sameAccount: boolean;
  };
  /** The rule of a service that decided, in words. */
  readonly reason?: string;
  /** What was taken for granted because the request does not say it. */
  readonly assumptions: readonly string[];
  /** Every kind of policy, in a fixed order. */
  readonly layers: readonly LayerTrace[];
  /** Only the deciding statements were asked for: the layers hold no others; near misses and what lacks an Allow were not looked for. */
  readonly deciding?: true;
  /** All that lack an Allow for an implicit deny to become allowed, the one that decided first; each needs one. None where none would help. */
  readonly missingAllows: readonly MissingAllow[];
  /** Nearest first. */
  readonly nearMisses: readonly NearMiss[];
}
