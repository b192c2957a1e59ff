import { InvalidRequestError, type Issue } from '../error.js';
import { isAccountId, parseArn, partitions } from '../value/arn.js';
import { asciiLower } from '../value/ascii.js';
import { parseDate } from '../value/date.js';
import { parseIp } from '../value/ip.js';
import type { Principal, Request, Resource } from './request.js';

type Members = Record<string, unknown>;

const own = (members: Members, name: string): unknown => (Object.hasOwn(members, name) ? members[name] : undefined);
const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);

class Reader {
  readonly issues: Issue[] = [];
  fail(path: string, message: string, hint: string): undefined {
    this.issues.push({ path, code: 'ERR_IAM_VALUE', message, hint });
    return undefined;
  }
  members(value: unknown, path: string, allowed: readonly string[]): Members | undefined {
    if (!isObject(value)) return this.fail(path, 'this is not an object', 'write a JSON object');
    for (const name of Object.keys(value)) {
      if (!allowed.includes(name)) this.fail(`${path}.${name}`, `\`${name}\` is no field of the request`, `use ${allowed.join(', ')}`);
    }
    return value;
  }
}

const requestMembers = ['principal', 'action', 'resource', 'mfa', 'sourceIp', 'time', 'context'];

/**
 * Reads a request and keeps a private copy.
 * @throws InvalidRequestError when a field of its own does not parse; values in `context` never are refused (U5)
 */
export function parseRequest(input: unknown): Request {
  const reader = new Reader();
  try {
    return readRequest(reader, input);
  } catch (error) {
    if (error instanceof InvalidRequestError) throw error;
    // A getter or proxy of the caller's threw: nothing more can be said about the object.
    reader.fail('request', 'the object throws when it is read', 'pass plain JSON data');
    throw new InvalidRequestError(reader.issues);
  }
}

function readRequest(reader: Reader, input: unknown): Request {
  const request = reader.members(input, 'request', requestMembers);
  if (request === undefined) throw new InvalidRequestError(reader.issues);
  const assumptions: string[] = [];
  const { principal, tags: principalTags } = readPrincipal(reader, own(request, 'principal'), assumptions);
  const action = own(request, 'action');
  if (typeof action !== 'string' || !/^[A-Za-z0-9.-]+:[^:]+$/s.test(action)) {
    reader.fail('request.action', 'the action is not `prefix:Name`', 'write for example "s3:GetObject"');
  }
  const { resource, tags: resourceTags } = readResource(reader, own(request, 'resource'));
  const mfa = readMfa(reader, own(request, 'mfa'));
  const sourceIp = own(request, 'sourceIp');
  if (sourceIp !== undefined && (typeof sourceIp !== 'string' || parseIp(sourceIp) === undefined)) {
    reader.fail('request.sourceIp', 'this is no IPv4 or IPv6 address', 'write for example "203.0.113.7"');
  }
  const time = readTime(reader, own(request, 'time'));
  const context = readContext(reader, own(request, 'context'));
  if (reader.issues.length > 0) throw new InvalidRequestError(reader.issues);

  const caller = principal as Principal;
  const name = action as string;
  const target = resource as Resource;
  const actionKey = asciiLower(name);
  const colon = actionKey.indexOf(':');
  const callerAccount = 'account' in caller ? caller.account : undefined;
  const resourceAccount = target.account ?? callerAccount; // E11
  return Object.freeze({
    principal: caller,
    action: name,
    actionKey,
    service: actionKey.slice(0, colon),
    actionName: actionKey.slice(colon + 1),
    resource: target,
    sameAccount: callerAccount !== undefined && resourceAccount === callerAccount,
    context,
    principalTags,
    resourceTags,
    assumptions,
    readings: new Map(),
    ...(resourceAccount === undefined ? {} : { resourceAccount }),
    ...(mfa === undefined ? {} : { mfa }),
    ...(sourceIp === undefined ? {} : { sourceIp: sourceIp as string }),
    ...(time === undefined ? {} : { time }),
  });
}

function readPrincipal(reader: Reader, value: unknown, assumptions: string[]): { principal?: Principal; tags: Map<string, string> } {
  const path = 'request.principal';
  const members = reader.members(value, path, ['arn', 'issuer', 'service', 'federated', 'anonymous', 'tags']);
  if (members === undefined) return { tags: new Map() };
  const tags = readTags(reader, own(members, 'tags'), `${path}.tags`);
  const kinds = ['arn', 'service', 'federated', 'anonymous'].filter((name) => own(members, name) !== undefined);
  if (kinds.length !== 1) {
    reader.fail(path, 'a principal is exactly one of arn, service, federated, anonymous', 'keep one of them');
    return { tags };
  }
  const issuer = own(members, 'issuer');
  if (issuer !== undefined && (typeof issuer !== 'string' || kinds[0] !== 'arn')) {
    reader.fail(`${path}.issuer`, 'the issuer is an ARN that stands beside `arn`', 'write the ARN of the role or user');
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
    reader.fail(`${path}.arn`, 'this is not the ARN of a user, role, session or root user, or the issuer does not fit', 'write for example "arn:aws:iam::111122223333:user/alice"');
    return { tags };
  }
  return { principal, tags };
}

/** E13, E18: a session's role is its issuer, or account and role name. */
function accountPrincipal(arn: string, issuer: string | undefined, assumptions: string[]): Principal | undefined {
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
    return rest.startsWith('role/') ? { ...base, kind: 'role', roleName: last(rest), roleArn: arn } : undefined;
  }
  if (service !== 'sts') return undefined;
  const found = /^(assumed-role|federated-user)\/([^/]+)(?:\/([^/]+))?$/.exec(rest);
  if (found === null) return undefined;
  const [, form, name, session] = found as unknown as [string, string, string, string | undefined];
  const by = issuer === undefined ? undefined : parseArn(issuer);
  if (issuer !== undefined && (by === undefined || by[1] !== partition || by[2] !== 'iam' || by[4] !== account || /[*?]/.test(issuer))) return undefined;
  if (form === 'federated-user') {
    if (session !== undefined || (by !== undefined && !by[5].startsWith('user/'))) return undefined;
    return { ...base, kind: 'federatedUser', name, ...(issuer === undefined ? {} : { issuer }) };
  }
  if (session === undefined) return undefined;
  if (by !== undefined && !(by[5].startsWith('role/') && last(by[5]) === name)) return undefined;
  if (issuer === undefined) assumptions.push(`the role of the session is taken to have no path: arn:${partition}:iam::${account}:role/${name}`);
  return { ...base, kind: 'role', roleName: name, session, ...(issuer === undefined ? {} : { roleArn: issuer }) };
}

function readResource(reader: Reader, value: unknown): { resource?: Resource; tags: Map<string, string> } {
  const path = 'request.resource';
  const none = { tags: new Map<string, string>() };
  const members: Members | undefined =
    value === undefined || value === '*' ? { arn: '*' } : typeof value === 'string' ? { arn: value } : reader.members(value, path, ['arn', 'accountId', 'tags']);
  if (members === undefined) return none;
  const tags = readTags(reader, own(members, 'tags'), `${path}.tags`);
  const arn = own(members, 'arn');
  const accountId = own(members, 'accountId');
  if (accountId !== undefined && (typeof accountId !== 'string' || !isAccountId(accountId))) {
    reader.fail(`${path}.accountId`, 'this is not an account id', 'write 12 digits as a string');
    return none;
  }
  const given = accountId === undefined ? {} : { account: accountId as string };
  if (arn === '*') return { resource: { arn, ...given }, tags };
  const parts = typeof arn === 'string' ? parseArn(arn) : undefined;
  if (typeof arn !== 'string' || parts === undefined || !partitions.has(parts[1]) || parts[2] === '' || parts[5] === '') {
    reader.fail(`${path}.arn`, 'this is not `*` or a whole ARN', 'write for example "arn:aws:s3:::bucket/key"');
    return none;
  }
  const owner = isAccountId(parts[4]) ? { account: parts[4] } : {};
  return { resource: { arn, parts, ...owner, ...given }, tags };
}

function readTags(reader: Reader, value: unknown, path: string): Map<string, string> {
  const tags = new Map<string, string>();
  if (value === undefined) return tags;
  if (!isObject(value)) {
    reader.fail(path, 'tags are not an object', 'write { "key": "value" }');
    return tags;
  }
  for (const key of Object.keys(value)) {
    const text = value[key];
    if (typeof text !== 'string') reader.fail(`${path}.${key}`, 'a tag value is not a string', 'write a string');
    // U18: of two tags that differ only by case, the first counts.
    else if (!tags.has(asciiLower(key))) tags.set(asciiLower(key), text);
  }
  return tags;
}

function readMfa(reader: Reader, value: unknown): Request['mfa'] {
  if (value === undefined) return undefined;
  const members = reader.members(value, 'request.mfa', ['present', 'ageSeconds']);
  if (members === undefined) return undefined;
  const present = own(members, 'present');
  const age = own(members, 'ageSeconds');
  if (typeof present !== 'boolean') return reader.fail('request.mfa.present', 'this is not true or false', 'write true or false');
  if (age === undefined) return { present };
  if (typeof age !== 'number' || !Number.isSafeInteger(age) || age < 0) return reader.fail('request.mfa.ageSeconds', 'this is not a number of seconds', 'write a whole number');
  if (!present) return reader.fail('request.mfa.ageSeconds', 'there is an age without MFA', 'leave it out, or set present to true');
  return { present, ageSeconds: age };
}

function readTime(reader: Reader, value: unknown): Request['time'] {
  if (value === undefined) return undefined;
  const nanoseconds = typeof value === 'string' ? parseDate(value) : undefined;
  if (nanoseconds === undefined) return reader.fail('request.time', 'this is not an ISO 8601 time or epoch seconds', 'write for example "2026-11-23T12:00:00Z"');
  return { iso: value as string, epochSeconds: String(nanoseconds / 1_000_000_000n) };
}

function readContext(reader: Reader, value: unknown): Map<string, readonly string[]> {
  const context = new Map<string, readonly string[]>();
  if (value === undefined) return context;
  if (!isObject(value)) {
    reader.fail('request.context', 'context is not an object', 'write { "key": value }');
    return context;
  }
  for (const key of Object.keys(value)) {
    const written = value[key];
    const values: string[] = [];
    for (const item of Array.isArray(written) ? (written as unknown[]) : [written]) {
      if (typeof item === 'string') values.push(item);
      else if (typeof item === 'boolean' || (typeof item === 'number' && Number.isFinite(item))) values.push(String(item)); // L19
      else reader.fail(`request.context.${key}`, 'a context value is not a string, number or boolean', 'write a value or a list of values');
    }
    const folded = asciiLower(key);
    if (context.has(folded)) reader.fail(`request.context.${key}`, 'the key stands twice, in different letter case', 'keep one of them'); // U18
    context.set(folded, values);
  }
  return context;
}
