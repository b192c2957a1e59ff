import type { PolicyKind } from './policy.js';

/** Which elements a kind of policy has (L22 and its table, E96). */
export interface Grammar {
  readonly principal: 'forbidden' | 'required';
  readonly notPrincipal: boolean;
  readonly resource: 'required' | 'optional' | 'forbidden';
  /** Only A–Z a–z 0–9, and no two alike (L16). */
  readonly strictSid: boolean;
  /** What is done with an ARN of fewer than six parts (L37). */
  readonly shortArn: 'padded' | 'ifStar' | 'ifTrailingStar' | 'refused';
  /** A wildcard in the service part, a region or an early wildcard in an IAM ARN (L38, L39). */
  readonly strictArn: boolean;
  readonly version2012: boolean;
}

const identity: Grammar = {
  principal: 'forbidden',
  notPrincipal: false,
  resource: 'required',
  strictSid: true,
  shortArn: 'padded',
  strictArn: true,
  version2012: false,
};
const resourceBased: Grammar = {
  principal: 'required',
  notPrincipal: true,
  resource: 'optional',
  strictSid: false,
  shortArn: 'ifStar',
  strictArn: false,
  version2012: false,
};

export const grammars: Readonly<Record<PolicyKind, Grammar>> = {
  identityPolicies: identity,
  permissionsBoundary: identity,
  sessionPolicies: identity,
  resourcePolicy: resourceBased,
  trustPolicy: { ...resourceBased, notPrincipal: false, resource: 'forbidden' },
  vpcEndpointPolicy: { ...resourceBased, resource: 'required' },
  serviceControlPolicies: {
    ...identity,
    strictSid: false,
    shortArn: 'ifTrailingStar',
    strictArn: false,
    version2012: true,
  },
  resourceControlPolicies: {
    ...resourceBased,
    notPrincipal: false,
    resource: 'required',
    shortArn: 'refused',
    version2012: true,
  },
};
