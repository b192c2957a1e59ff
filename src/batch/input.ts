import type { PoliciesInput } from '../policy/document.js';
import type { PrincipalInput, RequestInput } from '../request/input.js';

/** A caller, and the policies that hang on it. */
export interface PrincipalWithPolicies {
  /** As in the request of `evaluate`. */
  readonly principal: PrincipalInput;
  /** Documents that are the same object for several callers are read once. */
  readonly policies?: Pick<
    PoliciesInput,
    'identityPolicies' | 'permissionsBoundary' | 'sessionPolicies' | 'serviceControlPolicies'
  >;
}

/** What is asked of every caller, and the policies that hang on the resource and on the way to it. */
export interface Question {
  /** The request without its principal. */
  readonly request: Omit<RequestInput, 'principal'>;
  /** Absent: no such policy. */
  readonly policies?:
    | Pick<PoliciesInput, 'resourcePolicy' | 'resourceControlPolicies' | 'vpcEndpointPolicy'>
    | undefined;
}

/** Callers, and what is asked of each. */
export interface EvaluateManyInput {
  /** The rows of the matrix. */
  readonly principals: readonly PrincipalWithPolicies[];
  /** The columns of the matrix. */
  readonly questions: readonly Question[];
}
