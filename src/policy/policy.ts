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

/** What a statement does when it applies. */
export type Effect = 'Allow' | 'Deny';

/** One principal entry, classified once (E13). */
export interface PrincipalEntry {
  /** The member of the element that it stands in; `*` alone stands for `AWS`. */
  readonly type: 'AWS' | 'Service' | 'Federated' | 'CanonicalUser';
  /** Whom it names. */
  readonly form: 'everyone' | 'account' | 'user' | 'role' | 'session' | 'federatedUser' | 'exact' | 'nobody';
  /** As written. */
  readonly text: string;
  /** 12-digit account of the entry, where it has one. */
  readonly account?: string;
  /** Partition of its ARN, where it has one. */
  readonly partition?: string;
  /** For a role: the last part of its path, which is what a session ARN carries (L48). */
  readonly name?: string;
}

/** One operator, one key, and its values. */
export interface ConditionLine {
  /** The operator as written, for explanations. */
  readonly operator: string;
  /** As written. */
  readonly key: string;
  /** As text: numbers and booleans as JSON writes them. */
  readonly values: readonly string[];
  /** JSON path to the values. */
  readonly path: string;
}

/** One statement, read and checked. */
export interface Statement {
  /** Its place in the document. */
  readonly index: number;
  /** The Sid, where it has one. */
  readonly sid?: string;
  /** What it does when it applies. */
  readonly effect: Effect;
  /** The entries of Principal or NotPrincipal, where it has one of them. */
  readonly principals?: readonly PrincipalEntry[];
  /** The entries are those of NotPrincipal. */
  readonly notPrincipal: boolean;
  /** The entries of Action or NotAction. */
  readonly actions: readonly string[];
  /** The entries are those of NotAction. */
  readonly notAction: boolean;
  /** Absent where the policy hangs on its resource (L22). */
  readonly resources?: readonly string[];
  /** The entries are those of NotResource. */
  readonly notResource: boolean;
  /** All lines must hold (L65). */
  readonly conditions: readonly ConditionLine[];
  /** JSON path to the statement in the input. */
  readonly path: string;
}

/** A policy document, read and checked: lists are lists, elements that exclude each other are told apart. */
export interface Policy {
  /** What it was read as. */
  readonly kind: PolicyKind;
  /** As the input names it. */
  readonly name?: string;
  /** JSON path to the document in the input. */
  readonly path: string;
  /** Policy variables exist only under 2012-10-17 (L4, L56). */
  readonly variables: boolean;
  /** In the order of the document. */
  readonly statements: readonly Statement[];
}
