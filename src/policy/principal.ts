import { isAccountId, parseArn, partitions } from '../value/arn.js';
import type { PrincipalEntry } from './policy.js';

const uniqueId = /^A[A-Z]{2}[A-Z0-9]{4,}(?::.+)?$/;

/** Classifies one entry of `AWS`; undefined when IAM refuses the form (L45–L51). */
export function classifyAwsPrincipal(text: string): PrincipalEntry | undefined {
  const base = { type: 'AWS', text } as const;
  if (text === '*') return { ...base, form: 'everyone' };
  if (isAccountId(text)) return { ...base, form: 'account', account: text };
  if (/[*?]/.test(text)) return undefined; // L50
  // L51: AWS stores unique ids in place of deleted principals; they match nobody modelled here.
  if (uniqueId.test(text)) return { ...base, form: 'nobody' };
  const arn = parseArn(text);
  if (arn === undefined) return undefined;
  const [, partition, service, region, account, rest] = arn;
  if (!partitions.has(partition) || region !== '') return undefined;
  // E18: the CloudFront origin access identity is valid and matches no caller modelled here.
  if (service === 'iam' && account === 'cloudfront') return { ...base, form: 'nobody' };
  if (!isAccountId(account)) return undefined;
  const at = { account, partition };
  if (service === 'iam' && rest === 'root') return { ...base, ...at, form: 'account' };
  const name = rest.slice(rest.lastIndexOf('/') + 1);
  if (name === '') return undefined;
  if (service === 'iam' && rest.startsWith('user/')) return { ...base, ...at, form: 'user' };
  if (service === 'iam' && rest.startsWith('role/')) return { ...base, ...at, form: 'role', name };
  if (service === 'sts' && /^assumed-role\/[^/]+\/[^/]+$/.test(rest))
    return { ...base, ...at, form: 'session' };
  if (service === 'sts' && /^federated-user\/[^/]+$/.test(rest))
    return { ...base, ...at, form: 'federatedUser' };
  return undefined;
}

/** Classifies an entry of any principal type (L43, L52). */
export function classifyPrincipal(type: PrincipalEntry['type'], text: string): PrincipalEntry | undefined {
  if (type === 'AWS') return classifyAwsPrincipal(text);
  if (text === '' || (/[*?]/.test(text) && !(text === '*' && type !== 'CanonicalUser'))) return undefined;
  if (type === 'CanonicalUser') {
    return /^[0-9a-fA-F]{64}$/.test(text) ? { type, text, form: 'nobody' } : undefined;
  }
  if (text === '*') return undefined;
  return { type, text, form: 'exact' };
}
