import type { RequestInput } from '../request/input.js';
import type { EstateDocument, Text } from './estate-data.js';

/** What is known of a request besides who, what and on what. */
export interface Facts {
  /** Absent for long-term credentials. */
  readonly mfa?: RequestInput['mfa'] | undefined;
  /** An IPv4 or IPv6 address, without a prefix length. */
  readonly sourceIp?: string | undefined;
  /** ISO 8601, or whole seconds since 1970. Absent: the time keys are missing. */
  readonly time?: string | number | undefined;
  /** Any condition key; wins over what the estate says. */
  readonly context?: RequestInput['context'] | undefined;
  /** Tags of the session, over those of the role or user. */
  readonly principalTags?: Readonly<Record<string, string | undefined>> | undefined;
  /** All tags of the resource, in place of those in the estate. */
  readonly resourceTags?: Readonly<Record<string, string | undefined>> | undefined;
  /** The owner's 12 digits, where neither the ARN nor the estate says. */
  readonly resourceAccount?: string | undefined;
  /** The policy of a resource that is not in the estate; `unknown` when there may be one. */
  readonly resourcePolicy?: EstateDocument | 'unknown' | undefined;
  /** Name of the role session; without it the role itself asks. */
  readonly session?: string | undefined;
  /** Policies passed with AssumeRole. */
  readonly sessionPolicies?: readonly EstateDocument[] | undefined;
  /** The VPC endpoint the request comes through: its id or a name. */
  readonly vpcEndpoint?: string | undefined;
  /** Condition keys that may have any value; `unlisted` for all that are not given. */
  readonly unknown?: readonly string[] | 'unlisted' | undefined;
}

/** Who asks. */
export type Caller =
  /** A user or role of the estate: `key` is its ARN, with holes as the estate writes them; `session` the name of a role session. */
  | { readonly kind: 'principal'; readonly key: string; readonly session?: string | undefined }
  /** An ARN that the estate knows nothing of: a user, role or session, or the root user of an account. */
  | { readonly kind: 'outside'; readonly arn: string }
  /** A service principal such as `lambda.amazonaws.com`. */
  | { readonly kind: 'service'; readonly service: string }
  /** Whoever has a token of an OIDC or SAML provider, by its ARN or the name of a built-in one. */
  | { readonly kind: 'federated'; readonly provider: Text }
  /** Without credentials. */
  | { readonly kind: 'anonymous' };
