import type { Action } from './action.js';
import type { Memory } from './memory.js';
import type { NamedValues } from './named-values.js';
import { isAccountPrincipal, type Principal } from './principal.js';
import type { Resource } from './resource.js';

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

/** E26: the caller is of another partition than the resource. Accounts of two partitions are two, whatever their numbers. */
export const isApart = (principal: Principal, { parts }: Resource): boolean =>
  isAccountPrincipal(principal) && parts !== undefined && parts[1] !== principal.partition;
