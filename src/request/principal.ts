import { isAccountId, parseArn, partitions } from '../value/arn.js';
import { own, type Reader, readTags } from './reader.js';
import type { Principal } from './request.js';

/** The caller and its tags; no caller when something is wrong. */
export function readPrincipal(
  reader: Reader,
  value: unknown,
  assumptions: string[],
): { principal?: Principal; tags: Map<string, string> } {
  const path = 'request.principal';
  const members = reader.members(value, path, ['arn', 'issuer', 'service', 'federated', 'anonymous', 'tags']);
  if (members === undefined) return { tags: new Map() };
  const tags = readTags(reader, own(members, 'tags'), `${path}.tags`);
  const kinds = ['arn', 'service', 'federated', 'anonymous'].filter(
    (name) => own(members, name) !== undefined,
  );
  if (kinds.length !== 1) {
    reader.fail(path, 'a principal is exactly one of arn, service, federated, anonymous', 'keep one of them');
    return { tags };
  }
  const issuer = own(members, 'issuer');
  if (issuer !== undefined && (typeof issuer !== 'string' || kinds[0] !== 'arn')) {
    reader.fail(
      `${path}.issuer`,
      'the issuer is an ARN that stands beside `arn`',
      'write the ARN of the role or user',
    );
    return { tags };
  }
  const kind = kinds[0] as string;
  const given = own(members, kind);
  if (kind === 'anonymous') {
    if (given !== true) reader.fail(`${path}.anonymous`, 'this is not true', 'write true');
    return { principal: { kind: 'anonymous' }, tags };
  }
  if (typeof given !== 'string' || given === '' || /[*?\s]/.test(kind === 'arn' ? '' : given)) {
    reader.fail(`${path}.${kind}`, 'this is not a name', 'write it as AWS does, without wildcards');
    return { tags };
  }
  if (kind === 'service') return { principal: { kind: 'service', service: given }, tags };
  if (kind === 'federated') return { principal: { kind: 'federated', provider: given }, tags };
  const principal = accountPrincipal(given, issuer as string | undefined, assumptions);
  if (principal === undefined) {
    reader.fail(
      `${path}.arn`,
      'this is not the ARN of a user, role, session or root user, or the issuer does not fit',
      'write for example "arn:aws:iam::111122223333:user/alice"',
    );
    return { tags };
  }
  return { principal, tags };
}

/** E13, E18: a session's role is its issuer, or account and role name. */
function accountPrincipal(
  arn: string,
  issuer: string | undefined,
  assumptions: string[],
): Principal | undefined {
  const parts = parseArn(arn);
  if (parts === undefined || /[*?]/.test(arn)) return undefined;
  const [, partition, service, region, account, rest] = parts;
  if (!partitions.has(partition) || region !== '' || !isAccountId(account)) return undefined;
  const base = { arn, account, partition };
  const last = (text: string) => text.slice(text.lastIndexOf('/') + 1);
  if (service === 'iam') {
    if (issuer !== undefined) return undefined;
    if (rest === 'root') return { ...base, kind: 'root' };
    if (last(rest) === '') return undefined;
    if (rest.startsWith('user/')) return { ...base, kind: 'user' };
    return rest.startsWith('role/')
      ? { ...base, kind: 'role', roleName: last(rest), roleArn: arn }
      : undefined;
  }
  if (service !== 'sts') return undefined;
  const found = /^(assumed-role|federated-user)\/([^/]+)(?:\/([^/]+))?$/.exec(rest);
  if (found === null) return undefined;
  const [, form, name, session] = found as unknown as [string, string, string, string | undefined];
  const by = issuer === undefined ? undefined : parseArn(issuer);
  if (
    issuer !== undefined &&
    (by === undefined ||
      by[1] !== partition ||
      by[2] !== 'iam' ||
      by[3] !== '' ||
      by[4] !== account ||
      /[*?]/.test(issuer))
  )
    return undefined;
  if (form === 'federated-user') {
    if (session !== undefined || (by !== undefined && !by[5].startsWith('user/'))) return undefined;
    return { ...base, kind: 'federatedUser', name, ...(issuer === undefined ? {} : { issuer }) };
  }
  if (session === undefined) return undefined;
  if (by !== undefined && !(by[5].startsWith('role/') && last(by[5]) === name)) return undefined;
  if (issuer === undefined)
    assumptions.push(
      `the role of the session is taken to have no path: arn:${partition}:iam::${account}:role/${name}`,
    );
  return {
    ...base,
    kind: 'role',
    roleName: name,
    session,
    ...(issuer === undefined ? {} : { roleArn: issuer }),
  };
}
