import { member, textMember } from '../json-input.js';

/** The ARN in what the AWS CLI prints, or in an entry of a list. */
export function arnIn(value: unknown): string | undefined {
  const attributes = member(value, 'Attributes');
  return (
    textMember(value, 'Resource') ??
    textMember(value, 'ResourceArn') ??
    textMember(value, 'ARN') ??
    textMember(value, 'Arn') ??
    textMember(value, 'resourceArn') ??
    textMember(attributes, 'QueueArn') ??
    textMember(attributes, 'TopicArn')
  );
}

/** Where commands print the policy: `Policy` of S3, KMS, Lambda …, the rest by service. */
const members = [
  'Policy',
  'policy',
  'ResourcePolicy',
  'resourcePolicy',
  'policyText',
  'policyDocument',
  'PolicyInJson',
  'registryPolicy',
  'PolicyDocument',
];

/** The policy in what the AWS CLI prints; undefined when it is not there, null when it says that there is none. */
export function policyIn(value: unknown): { readonly policy: unknown; readonly path: string } | undefined {
  if (value === null) return { policy: null, path: '' };
  // A policy itself.
  if (member(value, 'Statement') !== undefined) return { policy: value, path: '' };
  if (typeof value === 'string') return { policy: value === '' ? null : value, path: '' };
  const attributes = member(value, 'Attributes');
  if (typeof attributes === 'object' && attributes !== null) {
    // A queue or topic without policy has no such attribute.
    const policy = member(attributes, 'Policy');
    return { policy: policy === undefined || policy === '' ? null : policy, path: '.Attributes.Policy' };
  }
  for (const name of members) {
    const policy = member(value, name);
    if (policy !== undefined) return { policy: policy === '' ? null : policy, path: `.${name}` };
  }
  // `get-resource-policy` of a secret prints only the secret when there is none.
  if (textMember(value, 'ARN') !== undefined && textMember(value, 'Name') !== undefined)
    return { policy: null, path: '' };
  return undefined;
}
