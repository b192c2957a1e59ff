import type { Trace } from '../index.js';
import { isObject } from './case-file.js';
import { notLookedAt } from './policies-not-looked-at.js';
import { callerName, callerSessionNotes } from './session-policies.js';

/** What is odd about the policies of a question to loose policies: some of them count for nothing with this caller or resource. */
export function policyNotes(request: unknown, policies: unknown, told: Trace): readonly string[] {
  const { principal } = isObject(request) ? request : {};
  const { sessionPolicies } = isObject(policies) ? policies : {};
  const given = Array.isArray(sessionPolicies) ? sessionPolicies : [];
  return [...callerSessionNotes(given, callerName(principal)), ...notLookedAt(policies, told)];
}
