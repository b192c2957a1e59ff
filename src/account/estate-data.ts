import type { WithHoles } from '../partial/evaluate-partial.js';
import type { Hole, TextWithHoles } from '../partial/holes.js';
import type { PolicyDocument } from '../policy/document.js';

/** Text that may hold values which exist only after deployment. */
export type Text = string | Hole | TextWithHoles;

/** Where something was written, for people to find it. */
export interface Origin {
  /** As the loader was told. */
  readonly file?: string | undefined;
  /** JSON path, construct path or Terraform address within the file. */
  readonly path?: string | undefined;
}

/** A policy document; text with holes may stand wherever it has a string. */
export type EstateDocument = WithHoles<PolicyDocument> | string;

/** A policy that is written out here. */
export interface InlinePolicy {
  /** As explanations call it. */
  readonly name: string;
  /** Its text. */
  readonly document: EstateDocument;
  /** Where it was written. */
  readonly origin?: Origin | undefined;
}

/** A managed policy by its ARN, looked up among the estate's own managed policies and then among AWS's. */
export interface PolicyLink {
  /** ARN of the managed policy. */
  readonly arn: Text;
  /** Where it was linked. */
  readonly origin?: Origin | undefined;
}

/** A policy that exists but whose text is not known: answers that hang on it depend on it. */
export interface UnresolvedPolicy {
  /** As explanations call it. */
  readonly name: string;
  /** Why it is not known, for people. */
  readonly unresolved: string;
  /** The text it has if it is in force, where only that is open. Absent: it may allow or deny anything. */
  readonly possible?: WithHoles<PolicyDocument> | undefined;
  /** Where it was written. */
  readonly origin?: Origin | undefined;
}

/** A policy that hangs on something: written out, linked, or not known. */
export type PolicyUse = InlinePolicy | PolicyLink | UnresolvedPolicy;

interface Named {
  /** All names it may be called by besides its ARN: plain name, logical id, construct path, Terraform address. */
  readonly names: readonly string[];
  readonly origin?: Origin | undefined;
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

/** A group of users, with its policies. */
export interface EstateGroup extends Identity {
  /** Told apart by it. */
  readonly kind: 'group';
}

/** An IAM user. */
export interface EstateUser extends Identity {
  /** Told apart by it. */
  readonly kind: 'user';
  /** Names or ARNs of groups of the same account. */
  readonly groups: readonly Text[];
  /** The most that its policies can give. */
  readonly permissionsBoundary?: PolicyUse | undefined;
  /** Absent: none. */
  readonly tags?: EstateTags | undefined;
  /** Tags are not known (the format does not carry them): the tag keys are unknown, not absent. */
  readonly tagsUnresolved?: boolean | undefined;
}

/** A role, with who may assume it. */
export interface EstateRole extends Identity {
  /** Told apart by it. */
  readonly kind: 'role';
  /** Absent only for a role that is known by reference alone; then nobody knows who may assume it. */
  readonly trustPolicy?: PolicyUse | undefined;
  /** The most that its policies can give. */
  readonly permissionsBoundary?: PolicyUse | undefined;
  /** Absent: none. */
  readonly tags?: EstateTags | undefined;
  /** As for users. */
  readonly tagsUnresolved?: boolean | undefined;
  /** ARNs of instance profiles that hold the role. */
  readonly instanceProfiles?: readonly string[] | undefined;
}

/** Whoever can ask and hold policies. */
export type EstatePrincipal = EstateUser | EstateRole;

/** A customer's managed policy. */
export interface ManagedPolicy extends Named {
  /** What links name it by. */
  readonly arn: Text;
  /** 12 digits. */
  readonly account: string;
  /** Its default version. */
  readonly document?: EstateDocument | undefined;
  /** Why there is no document. */
  readonly unresolved?: string | undefined;
}

/**
 * A policy attached to, or a change of, a principal or group that the file itself does not declare: applied when estates are
 * merged and linked. `target` is an ARN or a plain name of the account.
 */
export interface Attachment {
  /** What kind of principal it changes. */
  readonly kind: 'user' | 'role' | 'group';
  /** 12 digits of the account that the target is in. */
  readonly account: string;
  /** ARN or plain name of the principal. */
  readonly target: Text;
  /** A policy more. */
  readonly policy?: PolicyUse | undefined;
  /** For users: one more group. */
  readonly group?: Text | undefined;
  /** Where it was written. */
  readonly origin?: Origin | undefined;
}

/** A resource, with its policy. */
export interface EstateResource extends Named {
  /** The whole ARN. */
  readonly arn: Text;
  /** The owner's 12 digits; absent when not known. */
  readonly account?: string | undefined;
  /** CloudFormation type (`AWS::S3::Bucket`), whatever the source. */
  readonly type: string;
  /** Parts of the one resource policy, by name (`policy` for the main one); none means that there is no policy. */
  readonly policies: readonly PolicyUse[];
  /** Absent: none. */
  readonly tags?: EstateTags | undefined;
  /** Tags are not known: the tag keys are unknown, not absent. */
  readonly tagsUnresolved?: boolean | undefined;
  /** Of an alias of a KMS key: the ARN of the key. Absent: not known. */
  readonly target?: Text | undefined;
  /** The file does not carry resource policies of this resource: its policy is unknown, not absent. */
  readonly policyUnresolved?: boolean | undefined;
}

/** Something that runs with a role: a function, task, instance, state machine … */
export interface Workload extends Named {
  /** CloudFormation type, whatever the source. */
  readonly type: string;
  /** ARN (or plain name of the account) of the role it runs with; an instance profile is resolved through `instanceProfiles`. */
  readonly role: Text;
  /** 12 digits. */
  readonly account: string;
}

/** A VPC endpoint, with its policy. */
export interface VpcEndpoint extends Named {
  /** `vpce-…` */
  readonly id: Text;
  /** 12 digits. */
  readonly account: string;
  /** `vpc-…`; aws:SourceVpc of what passes it. */
  readonly vpc?: Text | undefined;
  /** For example `com.amazonaws.eu-west-1.s3`. */
  readonly service?: Text | undefined;
  /** Absent: the default policy, which allows everything. */
  readonly policy?: PolicyUse | undefined;
}

/** An account of which the estate knows something. */
export interface EstateAccount {
  /** 12 digits. */
  readonly id: string;
  /** For people. */
  readonly name?: string | undefined;
  /** `aws` when absent. */
  readonly partition?: string | undefined;
}

/** Root, organizational unit or account, with the policies attached to it. */
export interface OrganizationNode {
  /** `r-…`, `ou-…`, or the 12 digits of an account. */
  readonly id: string;
  /** As AWS Organizations names it. */
  readonly type: 'ROOT' | 'OU' | 'ACCOUNT';
  /** For people. */
  readonly name?: string | undefined;
  /** Id of the node above; null for the root. */
  readonly parent: string | null;
  /** Ids of policies attached here. Absent: not known (then every policy of that kind at this node is unresolved). */
  readonly serviceControlPolicies?: readonly string[] | undefined;
  /** Likewise. */
  readonly resourceControlPolicies?: readonly string[] | undefined;
}

/** A service or resource control policy. */
export interface OrganizationPolicy extends Named {
  /** `p-…`, what nodes name it by. */
  readonly id: string;
  /** As AWS Organizations names it. */
  readonly type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';
  /** For people. */
  readonly name: string;
  /** Its text. */
  readonly document?: EstateDocument | undefined;
  /** Why there is no document. */
  readonly unresolved?: string | undefined;
}

/** The organization above the accounts. */
export interface Organization {
  /** `o-…` */
  readonly id?: string | undefined;
  /** 12 digits. SCPs and RCPs do not limit it. */
  readonly managementAccount?: string | undefined;
  /** Root, organizational units and accounts. */
  readonly nodes: readonly OrganizationNode[];
  /** Those that nodes name. */
  readonly policies: readonly OrganizationPolicy[];
}

/** Accounts, principals, resources and the organization above them, as plain JSON data. Order never matters. */
export interface EstateData {
  /** Accounts, where more is known of them than their id. */
  readonly accounts: readonly EstateAccount[];
  /** Users and roles. */
  readonly principals: readonly EstatePrincipal[];
  /** Groups of users. */
  readonly groups: readonly EstateGroup[];
  /** The customers' own; those of AWS are known without. */
  readonly managedPolicies: readonly ManagedPolicy[];
  /** Changes of principals that other files declare. */
  readonly attachments: readonly Attachment[];
  /** What resource policies hang on. */
  readonly resources: readonly EstateResource[];
  /** What runs with a role. */
  readonly workloads: readonly Workload[];
  /** What requests may pass. */
  readonly vpcEndpoints: readonly VpcEndpoint[];
  /** Absent: no service or resource control policies. */
  readonly organization?: Organization | undefined;
}

/** An estate that holds nothing, to spread others over. */
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
