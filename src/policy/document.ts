/** A policy document as AWS writes it, loosely typed: what is malformed is found when it is read. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: StatementDocument | readonly StatementDocument[];
}

export type PrincipalElement =
  | string
  | { readonly [type in 'AWS' | 'Service' | 'Federated' | 'CanonicalUser']?: string | readonly string[] };

export type ConditionScalar = string | number | boolean;

/** Operator → key → values. */
export interface ConditionBlock {
  readonly [operator: string]: { readonly [key: string]: ConditionScalar | readonly ConditionScalar[] };
}

export interface StatementDocument {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: PrincipalElement;
  readonly NotPrincipal?: PrincipalElement;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: ConditionBlock;
}

/** A document, its JSON text, or either with the name it shall have in explanations. */
export type PolicyInput =
  | PolicyDocument
  | string
  | { readonly name?: string; readonly document: PolicyDocument | string };

/** The policies of an evaluation. An absent key means that no policy of that kind applies. */
export interface PoliciesInput {
  /** Policies of the caller and its groups. */
  readonly identityPolicies?: readonly PolicyInput[];
  readonly permissionsBoundary?: PolicyInput;
  /** Policies passed with AssumeRole or GetFederationToken. */
  readonly sessionPolicies?: readonly PolicyInput[];
  /** The bucket, queue, key … policy; the trust policy where the resource is a role. */
  readonly resourcePolicy?: PolicyInput;
  /** Of the caller's account: one list a level, from the root of the organization to the account. */
  readonly serviceControlPolicies?: readonly (readonly PolicyInput[])[];
  /** Of the resource's account: one list a level. `RCPFullAWSAccess` need not be given. */
  readonly resourceControlPolicies?: readonly (readonly PolicyInput[])[];
  readonly vpcEndpointPolicy?: PolicyInput;
}
