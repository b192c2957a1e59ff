import type { WithHoles } from '../partial/evaluate-partial.js';
import type { Hole, TextWithHoles } from '../partial/holes.js';
import type { PolicyDocument } from '../policy/document.js';

/** Text that may hold values which exist only after deployment. */
export type Text = string | Hole | TextWithHoles;

/** Where something was written, for people to find it. */
export interface Origin {
  readonly file?: string;
  /** JSON path, construct path or Terraform address within the file. */
  readonly path?: string;
}

/** A policy document; text with holes may stand wherever it has a string. */
export type EstateDocument = WithHoles<PolicyDocument> | string;

/** A policy that is written out here. */
export interface InlinePolicy {
  readonly name: string;
  readonly document: EstateDocument;
  readonly origin?: Origin;
}

/** A managed policy by its ARN, looked up among the estate's own managed policies and then among AWS's. */
export interface PolicyLink {
  readonly arn: Text;
  readonly origin?: Origin;
}

/** A policy that exists but whose text is not known: answers that hang on it depend on it. */
export interface UnresolvedPolicy {
  readonly name: string;
  /** Why it is not known, for people. */
  readonly unresolved: string;
  readonly origin?: Origin;
}

export type PolicyUse = InlinePolicy | PolicyLink | UnresolvedPolicy;

interface Named {
  /** All names it may be called by besides its ARN: plain name, logical id, construct path, Terraform address. */
  readonly names: readonly string[];
  readonly origin?: Origin;
}

/** Tags; a value may hold holes. A key that is not listed is absent, unless `tagsUnresolved` says so. */
export type EstateTags = Readonly<Record<string, Text>>;

interface Identity extends Named {
  readonly arn: Text;
  /** The owner's 12 digits. */
  readonly account: string;
  /** The plain name, last part of the ARN. */
  readonly name: Text;
  /** Inline and attached policies. */
  readonly policies: readonly PolicyUse[];
}

export interface EstateGroup extends Identity {
  readonly kind: 'group';
}

export interface EstateUser extends Identity {
  readonly kind: 'user';
  /** Names or ARNs of groups of the same account. */
  readonly groups: readonly Text[];
  readonly permissionsBoundary?: PolicyUse;
  readonly tags?: EstateTags;
  /** Tags are not known (the format does not carry them): the tag keys are unknown, not absent. */
  readonly tagsUnresolved?: boolean;
}

export interface EstateRole extends Identity {
  readonly kind: 'role';
  /** Absent only for a role that is known by reference alone; then nobody knows who may assume it. */
  readonly trustPolicy?: PolicyUse;
  readonly permissionsBoundary?: PolicyUse;
  readonly tags?: EstateTags;
  readonly tagsUnresolved?: boolean;
  /** ARNs of instance profiles that hold the role. */
  readonly instanceProfiles?: readonly string[];
}

export type EstatePrincipal = EstateUser | EstateRole;

export interface ManagedPolicy extends Named {
  readonly arn: Text;
  readonly account: string;
  readonly document?: EstateDocument;
  /** Why there is no document. */
  readonly unresolved?: string;
}

/**
 * A policy attached to, or a change of, a principal or group that the file itself does not declare: applied when estates are
 * merged and linked. `target` is an ARN or a plain name of the account.
 */
export interface Attachment {
  readonly kind: 'user' | 'role' | 'group';
  readonly account: string;
  readonly target: Text;
  readonly policy?: PolicyUse;
  /** For users: one more group. */
  readonly group?: Text;
  readonly origin?: Origin;
}

export interface EstateResource extends Named {
  readonly arn: Text;
  /** The owner's 12 digits; absent when not known. */
  readonly account?: string;
  /** CloudFormation type (`AWS::S3::Bucket`), whatever the source. */
  readonly type: string;
  /** Parts of the one resource policy, by name (`policy` for the main one); none means that there is no policy. */
  readonly policies: readonly PolicyUse[];
  readonly tags?: EstateTags;
  readonly tagsUnresolved?: boolean;
  /** The file does not carry resource policies of this resource: its policy is unknown, not absent. */
  readonly policyUnresolved?: boolean;
}

/** Something that runs with a role: a function, task, instance, state machine … */
export interface Workload extends Named {
  readonly type: string;
  /** ARN (or plain name of the account) of the role it runs with; an instance profile is resolved through `instanceProfiles`. */
  readonly role: Text;
  readonly account: string;
}

export interface VpcEndpoint extends Named {
  readonly id: Text;
  readonly account: string;
  readonly vpc?: Text;
  /** For example `com.amazonaws.eu-west-1.s3`. */
  readonly service?: Text;
  /** Absent: the default policy, which allows everything. */
  readonly policy?: PolicyUse;
}

export interface EstateAccount {
  readonly id: string;
  readonly name?: string;
  /** `aws` when absent. */
  readonly partition?: string;
}

export interface OrganizationNode {
  /** `r-…`, `ou-…`, or the 12 digits of an account. */
  readonly id: string;
  readonly type: 'ROOT' | 'OU' | 'ACCOUNT';
  readonly name?: string;
  readonly parent: string | null;
  /** Ids of policies attached here. Absent: not known (then every policy of that kind at this node is unresolved). */
  readonly serviceControlPolicies?: readonly string[];
  readonly resourceControlPolicies?: readonly string[];
}

export interface OrganizationPolicy extends Named {
  readonly id: string;
  readonly type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';
  readonly name: string;
  readonly document?: EstateDocument;
  readonly unresolved?: string;
}

export interface Organization {
  readonly id?: string;
  /** 12 digits. SCPs and RCPs do not limit it. */
  readonly managementAccount?: string;
  readonly nodes: readonly OrganizationNode[];
  readonly policies: readonly OrganizationPolicy[];
}

/** Accounts, principals, resources and the organization above them, as plain JSON data. Order never matters. */
export interface EstateData {
  readonly accounts: readonly EstateAccount[];
  readonly principals: readonly EstatePrincipal[];
  readonly groups: readonly EstateGroup[];
  readonly managedPolicies: readonly ManagedPolicy[];
  readonly attachments: readonly Attachment[];
  readonly resources: readonly EstateResource[];
  readonly workloads: readonly Workload[];
  readonly vpcEndpoints: readonly VpcEndpoint[];
  readonly organization?: Organization;
}

export const emptyEstate: EstateData = {
  accounts: [],
  principals: [],
  groups: [],
  managedPolicies: [],
  attachments: [],
  resources: [],
  workloads: [],
  vpcEndpoints: [],
};
