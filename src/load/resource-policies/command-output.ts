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
    textMember(attributes, 'TopicArn') ??
    textMember(value, 'BackupVaultArn') ??
    textMember(member(value, 'policy'), 'resourceArn') ??
    textMember(member(value, 'DomainStatus'), 'ARN')
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
    if (policy !== undefined) return within(policy, `.${name}`);
  }
  // A search domain without policy has an empty one.
  const domain = member(value, 'DomainStatus') ?? value;
  const access = member(domain, 'AccessPolicies');
  if (access !== undefined)
    return within(access, `${domain === value ? '' : '.DomainStatus'}.AccessPolicies`);
  // `get-resource-policy` of a secret prints only the secret when there is none.
  if (textMember(value, 'ARN') !== undefined && textMember(value, 'Name') !== undefined)
    return { policy: null, path: '' };
  return undefined;
}

/** Glacier and CodeArtifact print one object more around the text; API Gateway writes it as it would stand within other JSON. */
function within(value: unknown, path: string): { readonly policy: unknown; readonly path: string } {
  for (const name of ['Policy', 'document'])
    if (member(value, name) !== undefined) return { policy: member(value, name), path: `${path}.${name}` };
  if (value === '') return { policy: null, path };
  return { policy: typeof value === 'string' ? withoutEscapes(value) : value, path };
}

function withoutEscapes(text: string): string {
  if (!/^\s*\{\s*\\"/.test(text)) return text;
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text;
  }
}
