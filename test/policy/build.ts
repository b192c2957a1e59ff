import type { Issue } from '../../src/error.js';
import { readPolicy } from '../../src/policy/parse.js';
import type { Policy, PolicyKind } from '../../src/policy/policy.js';

export const kinds = [
  'identityPolicies',
  'permissionsBoundary',
  'sessionPolicies',
  'resourcePolicy',
  'trustPolicy',
  'vpcEndpointPolicy',
  'serviceControlPolicies',
  'resourceControlPolicies',
] as const satisfies readonly PolicyKind[];

/** The least statement each kind accepts. */
const deny = { Effect: 'Deny', Action: 's3:Get' };
export const least: Readonly<Record<PolicyKind, Readonly<Record<string, unknown>>>> = {
  identityPolicies: { ...deny, Resource: '*' },
  permissionsBoundary: { ...deny, Resource: '*' },
  sessionPolicies: { ...deny, Resource: '*' },
  resourcePolicy: { ...deny, Principal: '*' },
  trustPolicy: { ...deny, Principal: { AWS: '*' } },
  serviceControlPolicies: { ...deny, Resource: '*' },
  resourceControlPolicies: { ...deny, Principal: '*', Resource: '*' },
  vpcEndpointPolicy: { ...deny, Principal: '*', Resource: '*' },
};

export interface Found {
  readonly policy: Policy;
  readonly issues: readonly Issue[];
}

export function readDocument(input: unknown, kind: PolicyKind = 'identityPolicies', name?: string): Found {
  const issues: Issue[] = [];
  return { policy: readPolicy(input, kind, 'policy', issues, name), issues };
}

/** A document of one statement: the least of its kind, with changes; `undefined` takes a member away. */
export const readStatementOf = (kind: PolicyKind, changes: Readonly<Record<string, unknown>>): Found =>
  readDocument({ Version: '2012-10-17', Statement: { ...least[kind], ...changes } }, kind);

/** What is wrong with such a document: code, path below the statement, message, hint. */
export const wrong = (kind: PolicyKind, changes: Readonly<Record<string, unknown>>): readonly string[][] =>
  readStatementOf(kind, changes).issues.map(({ code, path, message, hint }) => [
    code,
    path.replace(/^policy\.Statement/, ''),
    message,
    hint,
  ]);
