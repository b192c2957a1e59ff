import { InvalidRequestError } from '../error.js';
import { isAccountId, parseArn, partitions } from '../value/arn.js';
import { asciiLower } from '../value/ascii.js';
import { parseDate } from '../value/date.js';
import { parseIp } from '../value/ip.js';
import { entriesOf } from '../value/list.js';
import { isPlainObject } from '../value/plain.js';
import { readPrincipal } from './principal.js';
import { type Members, own, Reader, readTags } from './reader.js';
import type { Principal, Request, Resource } from './request.js';

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
  if (typeof action !== 'string' || !/^[A-Za-z0-9.-]+:[^:*?]+$/s.test(action)) {
    // A request is for one action: a wildcard here would be compared as text and mislead.
    reader.fail(
      'request.action',
      'the action is not `prefix:Name`',
      'write one action, for example "s3:GetObject"',
    );
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

function readResource(reader: Reader, value: unknown): { resource?: Resource; tags: Map<string, string> } {
  const path = 'request.resource';
  const none = { tags: new Map<string, string>() };
  const members: Members | undefined =
    value === undefined || value === '*'
      ? { arn: '*' }
      : typeof value === 'string'
        ? { arn: value }
        : reader.members(value, path, ['arn', 'accountId', 'tags']);
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
  if (
    typeof arn !== 'string' ||
    parts === undefined ||
    !partitions.has(parts[1]) ||
    parts[2] === '' ||
    parts[5] === ''
  ) {
    reader.fail(
      `${path}.arn`,
      'this is not `*` or a whole ARN',
      'write for example "arn:aws:s3:::bucket/key"',
    );
    return none;
  }
  const owner = isAccountId(parts[4]) ? { account: parts[4] } : {};
  return { resource: { arn, parts, ...owner, ...given }, tags };
}

function readMfa(reader: Reader, value: unknown): Request['mfa'] {
  if (value === undefined) return undefined;
  const members = reader.members(value, 'request.mfa', ['present', 'ageSeconds']);
  if (members === undefined) return undefined;
  const present = own(members, 'present');
  const age = own(members, 'ageSeconds');
  if (typeof present !== 'boolean')
    return reader.fail('request.mfa.present', 'this is not true or false', 'write true or false');
  if (age === undefined) return { present };
  if (typeof age !== 'number' || !Number.isSafeInteger(age) || age < 0)
    return reader.fail('request.mfa.ageSeconds', 'this is not a number of seconds', 'write a whole number');
  if (!present)
    return reader.fail(
      'request.mfa.ageSeconds',
      'there is an age without MFA',
      'leave it out, or set present to true',
    );
  return { present, ageSeconds: age };
}

function readTime(reader: Reader, value: unknown): Request['time'] {
  if (value === undefined) return undefined;
  const text = typeof value === 'number' ? String(value) : value;
  const nanoseconds = typeof text === 'string' ? parseDate(text) : undefined;
  if (nanoseconds === undefined)
    return reader.fail(
      'request.time',
      'this is not an ISO 8601 time or epoch seconds',
      'write for example "2026-11-23T12:00:00Z"',
    );
  return { iso: text as string, epochSeconds: String(nanoseconds / 1_000_000_000n) };
}

function readContext(reader: Reader, value: unknown): Map<string, readonly string[]> {
  const context = new Map<string, readonly string[]>();
  if (value === undefined) return context;
  if (!isPlainObject(value)) {
    reader.fail('request.context', 'context is not an object', 'write { "key": value }');
    return context;
  }
  for (const key of Object.keys(value)) {
    const path = `request.context.${key}`;
    const written = value[key];
    if (written === undefined) continue;
    const list = Array.isArray(written) ? entriesOf(written) : [written];
    const values: string[] = [];
    if (list === undefined) reader.fail(path, 'the list is too long', 'write a value or a list of values');
    else {
      for (const item of list) {
        if (typeof item === 'string') values.push(item);
        else if (typeof item === 'boolean' || (typeof item === 'number' && Number.isFinite(item))) {
          values.push(String(item)); // L19
        } else {
          const message = 'a context value is not a string, number or boolean';
          reader.fail(path, message, 'write a value or a list of values');
        }
      }
    }
    const folded = asciiLower(key);
    if (context.has(folded)) {
      reader.fail(path, 'the key stands twice, in different letter case', 'keep one of them'); // U18
    }
    context.set(folded, values);
  }
  return context;
}
