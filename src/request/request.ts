import type { ArnParts } from '../value/arn.js';
import type { Action } from './action.js';
import type { Memory } from './memory.js';
import type { NamedValues } from './named-values.js';

/**
 * Who calls, told apart once (E, section 2). All kinds have one shape (`nobody`), what a kind has not being undefined: to an
 * engine, callers of several shapes are several cases wherever one is asked.
 */
export type Principal =
  | {
      readonly kind: 'user' | 'root';
      readonly arn: string;
      readonly account: string;
      readonly partition: string;
    }
  | {
      readonly kind: 'role';
      readonly arn: string;
      readonly account: string;
      readonly partition: string;
      /** Last part of the role's path: all that a session ARN carries (E18). */
      readonly roleName: string;
      /** The role's own ARN, when known: given as `issuer`, or the caller itself. */
      readonly roleArn: string | undefined;
      /** Absent for the role itself as caller. */
      readonly session: string | undefined;
    }
  | {
      readonly kind: 'federatedUser';
      readonly arn: string;
      readonly account: string;
      readonly partition: string;
      readonly name: string;
      readonly issuer: string | undefined;
    }
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'federated'; readonly provider: string }
  | { readonly kind: 'anonymous' };

/** The kinds that sign with credentials of an account. */
export type AccountPrincipal = Extract<Principal, { account: string }>;

export const isAccountPrincipal = (principal: Principal): principal is AccountPrincipal =>
  (principal as { readonly account?: string }).account !== undefined;

/** E26: the caller is of another partition than the resource. Accounts of two partitions are two, whatever their numbers. */
export const isApart = (principal: Principal, { parts }: Resource): boolean =>
  isAccountPrincipal(principal) && parts !== undefined && parts[1] !== principal.partition;

/** A caller without credentials, and the shape of all others. */
export const nobody = {
  kind: 'anonymous',
  arn: undefined,
  account: undefined,
  partition: undefined,
  roleName: undefined,
  roleArn: undefined,
  session: undefined,
  name: undefined,
  issuer: undefined,
  service: undefined,
  provider: undefined,
} as const;

export interface Resource {
  /** The ARN, or `*` for an action that takes no resource. */
  readonly arn: string;
  /** The six parts; absent for `*`. */
  readonly parts: ArnParts | undefined;
  /** The owner's account as the ARN says; absent when it does not. */
  readonly account: string | undefined;
  /** The letters of the sixth part, as `lettersOf` tells them. */
  readonly letters: number;
  /** It is an IAM role: its resource policy is then a role trust policy (L22). */
  readonly role: boolean;
}

/** A private reading of the caller's input. All have one shape: what is absent is undefined. */
export interface Request {
  readonly principal: Principal;
  readonly action: Action;
  readonly resource: Resource;
  /** The account whose policies decide (E11); undefined when nobody's. */
  readonly resourceAccount: string | undefined;
  readonly sameAccount: boolean;
  /** Keys of `context`, folded (L70); an empty list hides a derived value. */
  readonly context: NamedValues<string | readonly string[]>;
  readonly principalTags: NamedValues<string>;
  readonly resourceTags: NamedValues<string>;
  readonly mfa: { readonly present: boolean; readonly ageSeconds: number | undefined } | undefined;
  readonly sourceIp: string | undefined;
  /** As it was written, digits for epoch seconds. */
  readonly time: string | undefined;
  readonly memory: Memory;
}
