import type { Issue } from '../index.js';
import { jsonSlip } from './json-slip.js';

/** Where commands of the AWS CLI put the policy in what they print. */
const envelopes: readonly (readonly string[])[] = [
  ['PolicyVersion', 'Document'],
  ['PolicyDocument'],
  ['Role', 'AssumeRolePolicyDocument'],
  ['AssumeRolePolicyDocument'],
  ['Policy', 'Content'],
  ['Policy'],
  ['Attributes', 'Policy'],
  ['ResourcePolicy'],
  ['policyText'],
  ['Document'],
];

/** An issue of a policy file, with a better hint where a usual slip is to blame. */
export function withSlip(issue: Issue, text: string): Issue {
  if (issue.code === 'ERR_IAM_JSON') return notJson(issue, text);
  if (issue.code === 'ERR_IAM_TYPE' && typeof parsed(text) === 'string')
    return { ...issue, hint: 'it is JSON text in JSON text: add --output text to the aws command' };
  if (issue.code !== 'ERR_IAM_UNKNOWN_MEMBER') return issue;
  const hint = envelopeHint(parsed(text), issue.path);
  return hint === undefined ? issue : { ...issue, hint };
}

function notJson(issue: Issue, text: string): Issue {
  if (!issue.message.includes('not JSON')) return issue; // Nested too deeply to be read.
  const slip = jsonSlip(text);
  if (slip === undefined || issue.line === undefined) return issue;
  return { ...issue, message: `not JSON: line ${issue.line} column ${issue.column}: ${slip}` };
}

/** How to take the policy out of what stands around it; undefined for any other member. */
function envelopeHint(value: unknown, path: string): string | undefined {
  for (const members of envelopes) {
    if (!path.endsWith(`.${members[0]}`)) continue;
    const inside = members.reduce<unknown>((outer, member) => ownMember(outer, member), value);
    const asText = typeof inside === 'string';
    if (!asText && ownMember(inside, 'Statement') === undefined) continue;
    const query = `--query ${members.join('.')}${asText ? ' --output text' : ''}`;
    return `the policy stands inside it: add ${query} to the aws command`;
  }
  return ownMember(ownMember(value, 'Policy'), 'DefaultVersionId') !== undefined && path.endsWith('.Policy')
    ? 'get-policy prints no document: use aws iam get-policy-version with --query PolicyVersion.Document'
    : undefined;
}

const ownMember = (value: unknown, member: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, member)
    ? (value as Record<string, unknown>)[member]
    : undefined;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
