import type { PolicySetKey, Trace } from '../index.js';
import { isObject } from './case-file.js';

/** Session policies have a note of their own, which says who has them. */
const words: Readonly<Record<Exclude<PolicySetKey, 'sessionPolicies'>, string>> = {
  serviceControlPolicies: 'service control policies were',
  resourceControlPolicies: 'resource control policies were',
  vpcEndpointPolicy: 'policy of the VPC endpoint was',
  resourcePolicy: 'policy of the resource was',
  identityPolicies: 'identity policies were',
  permissionsBoundary: 'permissions boundary was',
};

/** That policies which are given count for nothing with this caller or resource: an answer without them looks as if they let it pass. */
export function notLookedAt(given: unknown, { layers }: Trace): readonly string[] {
  const policies = isObject(given) ? given : {};
  return layers.flatMap(({ kind, verdict, reason }) => {
    const empty = Array.isArray(policies[kind]) && policies[kind].flat().length === 0;
    if (verdict !== 'notApplicable' || kind === 'sessionPolicies' || empty) return [];
    return [`the ${words[kind]} not looked at: ${reason}`];
  });
}
