/** The shapes of well-formed input; nothing here is checked. */

export type Scalar = string | number | boolean;
export type Listed<T> = T | readonly T[];

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: Principals;
  readonly NotPrincipal?: Principals;
  readonly Action?: Listed<string>;
  readonly NotAction?: Listed<string>;
  readonly Resource?: Listed<string>;
  readonly NotResource?: Listed<string>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Listed<Scalar>>>>>;
}
export type Principals = '*' | Readonly<Record<string, Listed<string>>>;

export interface Policy {
  readonly Version?: string;
  readonly Statement: Listed<Statement>;
}

export interface Caller {
  readonly arn?: string;
  readonly issuer?: string;
  readonly service?: string;
  readonly federated?: string;
  readonly anonymous?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface Request {
  readonly principal: Caller;
  readonly action: string;
  readonly resource: '*' | { arn: string; accountId?: string; tags?: Record<string, string> };
  readonly mfa?: { present: boolean; ageSeconds?: number };
  readonly sourceIp?: string;
  readonly time?: string;
  readonly context?: Readonly<Record<string, Listed<Scalar>>>;
}

export interface Policies {
  readonly identityPolicies?: readonly Policy[];
  readonly permissionsBoundary?: Policy;
  readonly sessionPolicies?: readonly Policy[];
  readonly resourcePolicy?: Policy;
  readonly serviceControlPolicies?: readonly (readonly Policy[])[];
  readonly resourceControlPolicies?: readonly (readonly Policy[])[];
  readonly vpcEndpointPolicy?: Policy;
}

/** L17: one bare value is a list of one. */
export function listed<T>(value: Listed<T> | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
}
