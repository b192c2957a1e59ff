/** The kinds of policy the engine knows; the keys of `policies` with the role trust policy told apart (L22). */
export type PolicyKind =
  | 'identityPolicies'
  | 'permissionsBoundary'
  | 'sessionPolicies'
  | 'resourcePolicy'
  | 'trustPolicy'
  | 'serviceControlPolicies'
  | 'resourceControlPolicies'
  | 'vpcEndpointPolicy';

/** The keys of `policies`. */
export type PolicySetKey = Exclude<PolicyKind, 'trustPolicy'>;

export type Effect = 'Allow' | 'Deny';

/** One principal entry, classified once (E13). */
export interface PrincipalEntry {
  readonly type: 'AWS' | 'Service' | 'Federated' | 'CanonicalUser';
  readonly form: 'everyone' | 'account' | 'user' | 'role' | 'session' | 'federatedUser' | 'exact' | 'nobody';
  readonly text: string;
  /** 12-digit account of the entry, where it has one. */
  readonly account?: string;
  readonly partition?: string;
  /** For a role: the last part of its path, which is what a session ARN carries (L48). */
  readonly name?: string;
}

export interface ConditionLine {
  /** The operator as written, for explanations. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
  readonly path: string;
}

export interface Statement {
  readonly index: number;
  readonly sid?: string;
  readonly effect: Effect;
  readonly principals?: readonly PrincipalEntry[];
  readonly notPrincipal: boolean;
  readonly actions: readonly string[];
  readonly notAction: boolean;
  /** Absent where the policy hangs on its resource (L22). */
  readonly resources?: readonly string[];
  readonly notResource: boolean;
  readonly conditions: readonly ConditionLine[];
  readonly path: string;
}

/** A policy document, read and checked: lists are lists, elements that exclude each other are told apart. */
export interface Policy {
  readonly kind: PolicyKind;
  readonly name?: string;
  readonly path: string;
  /** Policy variables exist only under 2012-10-17 (L4, L56). */
  readonly variables: boolean;
  readonly statements: readonly Statement[];
}
