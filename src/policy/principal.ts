import { accountOf, parseArn, partitions } from '../value/arn.js';
import { foldedName } from '../value/ascii.js';
import { hasWildcard } from '../value/wildcard.js';
import type { PolicyKind, PrincipalEntry } from './policy.js';

const uniqueId = /^A[A-Z]{2}[A-Z0-9]{4,}(?::.+)?$/;

/** Classifies one entry of `AWS`; undefined when IAM refuses the form (L45–L51). */
export function classifyAwsPrincipal(text: string): PrincipalEntry | undefined {
  const type = 'AWS';
  if (text === '*') return { type, text, form: 'everyone' };
  const own = accountOf(text);
  if (own !== undefined) return { type, text, form: 'account', account: own };
  if (hasWildcard(text)) return undefined; // L50
  // L51: AWS stores unique ids in place of deleted principals; they match nobody modelled here.
  if (uniqueId.test(text)) return { type, text, form: 'nobody' };
  const arn = parseArn(text);
  if (arn === undefined) return undefined;
  const [, written, service, region, owner, rest] = arn;
  if (!partitions.has(written) || region !== '') return undefined;
  // E18: the CloudFront origin access identity is valid and matches no caller modelled here.
  if (service === 'iam' && owner === 'cloudfront') return { type, text, form: 'nobody' };
  const account = accountOf(owner);
  if (account === undefined) return undefined;
  const partition = foldedName(written);
  const name = rest.slice(rest.lastIndexOf('/') + 1);
  const form = formOf(service, rest);
  if (form === undefined || name === '') return undefined;
  return form === 'role'
    ? { type, text, account, partition, form, name }
    : { type, text, account, partition, form };
}

function formOf(service: string, rest: string): PrincipalEntry['form'] | undefined {
  if (service === 'iam') {
    if (rest === 'root') return 'account';
    return rest.startsWith('user/') ? 'user' : rest.startsWith('role/') ? 'role' : undefined;
  }
  if (service !== 'sts') return undefined;
  if (/^assumed-role\/[^/]+\/[^/]+$/.test(rest)) return 'session';
  return /^federated-user\/[^/]+$/.test(rest) ? 'federatedUser' : undefined;
}

/** Classifies an entry of any principal type (L43, L52). */
export function classifyPrincipal(
  type: PrincipalEntry['type'],
  text: string,
  kind?: PolicyKind,
): PrincipalEntry | undefined {
  if (type === 'AWS') return classifyAwsPrincipal(text);
  // L50; but endpoint policies of STS let callers of every provider pass, see L52 in docs/semantics.md.
  const every = text === '*' && type === 'Federated' && kind === 'vpcEndpointPolicy';
  if (text === '' || (hasWildcard(text) && !every)) return undefined;
  if (type === 'CanonicalUser') {
    return /^[0-9a-fA-F]{64}$/.test(text) ? { type, text, form: 'nobody' } : undefined;
  }
  return { type, text, form: 'exact' };
}
