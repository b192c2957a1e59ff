import { nameMeant } from '../account/closest.js';
import { operators, parseOperator } from '../condition/operators.js';
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
  const hint = hintFor(issue, text);
  return hint === undefined ? issue : { ...issue, hint };
}

function hintFor({ code, path, message }: Issue, text: string): string | undefined {
  if (code === 'ERR_IAM_UNKNOWN_MEMBER') return envelopeHint(parsed(text), path);
  if (code === 'ERR_IAM_OPERATOR') return operatorHint(message);
  return code === 'ERR_IAM_CONDITION_VALUE' ? valueHint(message) : undefined;
}

const bases = [...Object.keys(operators), 'Null'];
const operatorNames = ['', 'ForAnyValue:', 'ForAllValues:'].flatMap((set) =>
  ['', 'IfExists'].flatMap((end) =>
    bases.map((base) => `${set}${base}${end}`).filter((name) => parseOperator(name) !== undefined),
  ),
);
/** So many letters may differ for an operator to be taken for a slip. */
const slip = 2;

function operatorHint(message: string): string | undefined {
  const [, written = ''] = /^`(.*)`/.exec(message) ?? [];
  const meant = nameMeant(written, operatorNames, slip);
  return meant === undefined ? undefined : `write ${meant}`;
}

/** What the operators of a kind compare, by how their names begin. */
const values: readonly (readonly [operator: RegExp, hint: string])[] = [
  [/^Numeric/, 'write a number, such as 3600'],
  [/^Date/, 'write a time such as 2026-11-23T12:00:00Z, or epoch seconds'],
  [/^(?:Not)?Ip/, 'write an address or a range of them, such as 203.0.113.0/24'],
  [/^(?:Bool|Null)/, 'write true or false'],
];

function valueHint(message: string): string | undefined {
  const [, operator = ''] = / by (?:\w+:)?(\w+)$/.exec(message) ?? [];
  return values.find(([kind]) => kind.test(operator))?.[1];
}

function notJson(issue: Issue, text: string): Issue {
  if (!issue.message.includes('not JSON')) return issue; // Nested too deeply to be read.
  const slip = jsonSlip(text);
  if (slip === undefined || issue.line === undefined) return issue;
  return { ...issue, message: `not JSON: line ${issue.line} column ${issue.column}: ${slip}` };
}

const wholeAccount = /\.(?:User|Group|Role)DetailList$/;

/** How to take the policy out of what stands around it; undefined for any other member. */
function envelopeHint(value: unknown, path: string): string | undefined {
  if (wholeAccount.test(path))
    return 'it is a whole account, with its policies: write --account FILE instead';
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
