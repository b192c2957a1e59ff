import type { PoliciesInput } from '../policy/document.js';
import type { PrincipalInput, RequestInput } from '../request/input.js';

/** A caller, and the policies that hang on it. */
export interface PrincipalWithPolicies {
  readonly principal: PrincipalInput;
  readonly policies?: Pick<
    PoliciesInput,
    'identityPolicies' | 'permissionsBoundary' | 'sessionPolicies' | 'serviceControlPolicies'
  >;
}

/** What is asked of every caller, and the policies that hang on the resource and on the way to it. */
export interface Question {
  readonly request: Omit<RequestInput, 'principal'>;
  readonly policies?: Pick<PoliciesInput, 'resourcePolicy' | 'resourceControlPolicies' | 'vpcEndpointPolicy'>;
}

export interface EvaluateManyInput {
  readonly principals: readonly PrincipalWithPolicies[];
  readonly questions: readonly Question[];
}
