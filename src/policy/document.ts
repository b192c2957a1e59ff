/** A policy document as AWS writes it, loosely typed: what is malformed is found when it is read. */
export interface PolicyDocument {
  /** `2012-10-17`, or `2008-10-17` (also when absent), which has no policy variables (L4). */
  readonly Version?: string | undefined;
  /** A name that decides nothing. */
  readonly Id?: string | undefined;
  /** One statement, or a list. */
  readonly Statement: StatementDocument | readonly StatementDocument[];
}

/** Principal or NotPrincipal as AWS writes it: `*`, or lists by type. */
export type PrincipalElement =
  | string
  | { readonly [type in 'AWS' | 'Service' | 'Federated' | 'CanonicalUser']?: string | readonly string[] };

export type ConditionScalar = string | number | boolean;

/** Operator → key → values. What TypeScript infers of a list of statements gives each the others' operators and keys, as `undefined`. */
export interface ConditionBlock {
  readonly [operator: string]:
    | { readonly [key: string]: ConditionScalar | readonly ConditionScalar[] | undefined }
    | undefined;
}

/** One statement as AWS writes it. */
export interface StatementDocument {
  /** Its name within the document. */
  readonly Sid?: string | undefined;
  /** `Allow` or `Deny`. */
  readonly Effect: string;
  /** Only in policies that hang on a resource. */
  readonly Principal?: PrincipalElement | undefined;
  /** Instead of Principal. */
  readonly NotPrincipal?: PrincipalElement | undefined;
  /** Such as `s3:GetObject`, `s3:Get*` or `*`. */
  readonly Action?: string | readonly string[] | undefined;
  /** Instead of Action. */
  readonly NotAction?: string | readonly string[] | undefined;
  /** ARNs, with `*`, `?` and policy variables. */
  readonly Resource?: string | readonly string[] | undefined;
  /** Instead of Resource. */
  readonly NotResource?: string | readonly string[] | undefined;
  /** All lines must hold; within a line one of the values (L65). */
  readonly Condition?: ConditionBlock | undefined;
}

/** A document, its JSON text, or either with the name it shall have in explanations. */
export type PolicyInput =
  | PolicyDocument
  | string
  | {
      /** As explanations call it; its place in the list without one. */
      readonly name?: string | undefined;
      /** The document, or its JSON text. */
      readonly document: PolicyDocument | string;
    };

/** The policies of an evaluation. An absent key means that no policy of that kind applies. */
export interface PoliciesInput {
  /** Policies of the caller and its groups. */
  readonly identityPolicies?: readonly PolicyInput[] | undefined;
  /** The most that identity policies of the caller can give. */
  readonly permissionsBoundary?: PolicyInput | undefined;
  /** Policies passed with AssumeRole or GetFederationToken. */
  readonly sessionPolicies?: readonly PolicyInput[] | undefined;
  /** The bucket, queue, key … policy; the trust policy where the resource is a role. */
  readonly resourcePolicy?: PolicyInput | undefined;
  /** Of the caller's account: one list a level, from the root of the organization to the account. */
  readonly serviceControlPolicies?: readonly (readonly PolicyInput[])[] | undefined;
  /** Of the resource's account: one list a level. `RCPFullAWSAccess` need not be given. */
  readonly resourceControlPolicies?: readonly (readonly PolicyInput[])[] | undefined;
  /** Of the VPC endpoint that the request passes; absent: none, or the default one. */
  readonly vpcEndpointPolicy?: PolicyInput | undefined;
}
