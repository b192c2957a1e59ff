import { layerKinds } from '../combine/layer.js';
import { type Case, isObject } from './case-file.js';

/** What a case expects. */
export interface Expectation {
  readonly decision: string;
  readonly decidedBy?: string;
  /** Of a case with unknown keys. */
  readonly dependsOn?: readonly string[];
}

const decisions: readonly string[] = ['allowed', 'explicitDeny', 'implicitDeny', 'error', 'depends'];
const members = ['decision', 'decidedBy', 'dependsOn'];
const steps: readonly string[] = [...layerKinds, 'service'];

/** A case as a test: it has a name, a question and an expected answer. */
export function readExpectation(one: Case): Expectation & { readonly name: string } {
  const { name, request, policies, expect, fault } = one;
  if (name === undefined) throw fault('', 'the case has no name; write "name": "alice reads a report"');
  const lacks = (member: string, example: string) =>
    fault('', `the case "${name}" has no ${member}; write "${member}": ${example}`);
  if (request === undefined) throw lacks('request', '{ "principal": …, "action": …, "resource": … }');
  if (policies === undefined) throw lacks('policies', '{ "identityPolicies": [ … ] }, or {} for none');
  if (expect === undefined) throw lacks('expect', '{ "decision": "allowed" }');
  if (!isObject(expect)) {
    throw fault('expect', 'expect is not an object; write for example "expect": { "decision": "allowed" }');
  }
  for (const member of Object.keys(expect)) {
    if (!members.includes(member))
      throw fault(`expect.${member}`, `\`${member}\` is nothing to expect; use ${members.join(', ')}`);
  }
  const { decision, decidedBy, dependsOn } = expect;
  if (decision === undefined)
    throw fault('expect', `expect has no decision; write one of ${decisions.join(', ')}`);
  if (typeof decision !== 'string' || !decisions.includes(decision))
    throw fault(
      'expect.decision',
      `the expected decision ${quoted(decision)} is none; write one of ${decisions.join(', ')}`,
    );
  if (dependsOn !== undefined) {
    if (Array.isArray(dependsOn) && dependsOn.every((key) => typeof key === 'string'))
      return { name, decision, dependsOn };
    throw fault('expect.dependsOn', 'dependsOn is no list of keys; write for example ["aws:SourceIp"]');
  }
  if (decidedBy === undefined) return { name, decision };
  if (typeof decidedBy !== 'string' || !steps.includes(decidedBy))
    throw fault(
      'expect.decidedBy',
      `decidedBy ${quoted(decidedBy)} is no kind of policy; write one of ${steps.join(', ')}`,
    );
  return { name, decision, decidedBy };
}

/** What was written there, as JSON; what is long is cut. */
function quoted(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
