export { type Assembled, assemble } from './assemble.js';
export { InvalidInputError, UnknownNameError } from './error.js';
export {
  type Attachment,
  type EstateAccount,
  type EstateData,
  type EstateDocument,
  type EstateGroup,
  type EstatePrincipal,
  type EstateResource,
  type EstateRole,
  type EstateTags,
  type EstateUser,
  emptyEstate,
  type InlinePolicy,
  type ManagedPolicy,
  type Organization,
  type OrganizationNode,
  type OrganizationPolicy,
  type Origin,
  type PolicyLink,
  type PolicyUse,
  type Text,
  type UnresolvedPolicy,
  type VpcEndpoint,
  type Workload,
} from './estate-data.js';
export type { Caller, Facts } from './facts.js';
export { type AwsManagedPolicies, type LinkedEstate, type LinkedPrincipal, linkEstate } from './link.js';
export { mergeEstates } from './merge.js';
export type { NamedThing } from './name-index.js';
export type { ResolvedPolicy, Unresolved } from './resolved-policy.js';
