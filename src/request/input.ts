/** A condition value: a string, number or boolean, or a list of these. */
export type ContextValue = string | number | boolean | readonly (string | number | boolean)[];

/** By key, in the spelling of AWS; a value that is undefined is absent. */
type Tags = Readonly<Record<string, string | undefined>>;

/** The caller. */
export type PrincipalInput =
  | {
      /** ARN of a user, role, role session, federated user or root user. */
      readonly arn: string;
      /** The role's own ARN behind a session, or the user behind a federated user. */
      readonly issuer?: string | undefined;
      /** Tags of the caller; for a session, session tags over role tags. */
      readonly tags?: Tags | undefined;
    }
  | {
      /** A service principal such as `lambda.amazonaws.com`. */
      readonly service: string;
      /** What `aws:PrincipalTag/…` holds. */
      readonly tags?: Tags | undefined;
    }
  | {
      /** The ARN of an OIDC or SAML provider, or the name of a built-in one such as `accounts.google.com`. */
      readonly federated: string;
      /** What `aws:PrincipalTag/…` holds. */
      readonly tags?: Tags | undefined;
    }
  | {
      /** A request without credentials. */
      readonly anonymous: true;
      /** What `aws:PrincipalTag/…` holds. */
      readonly tags?: Tags | undefined;
    };

/** What is asked for: an ARN, or one with its owner and tags. */
export type ResourceInput =
  | string
  | {
      /** An ARN, or `*` for an action that takes no resource. */
      readonly arn: string;
      /** The owner's 12 digits, where the ARN does not say (S3). */
      readonly accountId?: string | undefined;
      /** Its tags, as `aws:ResourceTag/…` and the keys of services have them. */
      readonly tags?: Tags | undefined;
    };

/** What AWS would be asked. Keys that follow from the rest (aws:PrincipalArn, aws:SourceIp …) are derived. */
export interface RequestInput {
  /** Who asks. */
  readonly principal: PrincipalInput;
  /** `prefix:Name`; letter case does not matter. */
  readonly action: string;
  /** Absent or `*` for an action that takes no resource. */
  readonly resource?: ResourceInput | undefined;
  /** `aws:MultiFactorAuthPresent` and `aws:MultiFactorAuthAge`; absent for long-term credentials, which carry neither. */
  readonly mfa?:
    | {
        /** Whether there was an MFA. */
        readonly present: boolean;
        /** Whole seconds since then; only where it is present. */
        readonly ageSeconds?: number | undefined;
      }
    | undefined;
  /** An IPv4 or IPv6 address, without a prefix length. */
  readonly sourceIp?: string | undefined;
  /** ISO 8601, or whole seconds since 1970 (not the milliseconds of JavaScript). Absent: the engine has no clock, and the time keys are missing. */
  readonly time?: string | number | undefined;
  /** Any other condition key; wins over a derived one. Undefined values are absent. */
  readonly context?: Readonly<Record<string, ContextValue | undefined>> | undefined;
}
