import { InvalidRequestError } from '../error.js';
import { parseDate } from '../value/date.js';
import { ipv4Bits, parseIp } from '../value/ip.js';
import { entriesOf } from '../value/list.js';
import { isPlainObject } from '../value/plain.js';
import type { Action } from './action.js';
import { Memory } from './memory.js';
import { noValues } from './named-values.js';
import { isAccountPrincipal } from './principal.js';
import { readPrincipal } from './read-principal.js';
import { isObject, type OtherValue, Reader, readNamed, readTags } from './reader.js';
import { isApart, type Request } from './request.js';
import { noResource, type Resource } from './resource.js';

/**
 * Reads a request and keeps a private copy. Each member is read once; `memory` keeps what texts were read as.
 * @throws InvalidRequestError when a field of its own does not parse; values in `context` never are refused (U5)
 */
export function parseRequest(input: unknown, memory: Memory = new Memory()): Request {
  const reader = new Reader(memory);
  let request: Request | undefined;
  try {
    request = readRequest(reader, input);
  } catch {
    // A getter or proxy of the caller's threw: nothing more can be said about the object.
    reader.fail('request', 'the object throws when it is read', 'pass plain JSON data');
  }
  if (request === undefined || reader.issues.length > 0) throw new InvalidRequestError(reader.issues);
  return request;
}

/** Undefined only after a failure. */
function readRequest(reader: Reader, input: unknown): Request | undefined {
  if (!isObject(input)) return reader.notAnObject('request');
  const { principal, action, resource, mfa, sourceIp, time, context } = input;
  const own = reader.own(input, reader.memory.request, 'request');
  if (own === undefined) return undefined;
  const caller = readPrincipal(reader, own & 1 ? principal : undefined);
  const principalTags = reader.tags;
  const asked = readAction(reader, own & 2 ? action : undefined);
  const target = readResource(reader, own & 4 ? resource : undefined);
  const resourceTags = reader.tags;
  const { accountId } = reader;
  const mfaFound = own & 8 && mfa !== undefined ? readMfa(reader, mfa) : undefined;
  const address = own & 16 && sourceIp !== undefined ? readSourceIp(reader, sourceIp) : undefined;
  const when = own & 32 && time !== undefined ? readTime(reader, time) : undefined;
  const values = own & 64 && context !== undefined ? readContext(reader, context) : noValues;
  if (caller === undefined || asked === undefined || target === undefined) return undefined;
  const callerAccount = isAccountPrincipal(caller) ? caller.account : undefined;
  const resourceAccount = accountId ?? target.account ?? callerAccount; // E11
  return {
    principal: caller,
    action: asked,
    resource: target,
    resourceAccount,
    sameAccount: callerAccount !== undefined && resourceAccount === callerAccount && !isApart(caller, target),
    context: values,
    principalTags,
    resourceTags,
    mfa: mfaFound,
    sourceIp: address,
    time: when,
    memory: reader.memory,
  };
}

function readAction(reader: Reader, action: unknown): Action | undefined {
  return (typeof action === 'string' ? reader.memory.actions.of(action) : undefined) ?? notAnAction(reader);
}

/** A request is for one action: a wildcard here would be compared as text and mislead. */
const notAnAction = (reader: Reader): undefined =>
  reader.fail(
    'request.action',
    'the action is not `prefix:Name`',
    'write one action, for example "s3:GetObject"',
  );

/** Leaves the tags and the account given in the reader. */
function readResource(reader: Reader, value: unknown): Resource | undefined {
  reader.tags = noValues;
  reader.accountId = undefined;
  if (value === undefined || value === '*') return noResource;
  if (typeof value === 'string') return reader.memory.resources.of(value) ?? notAnArn(reader);
  if (!isObject(value)) return reader.notAnObject('request.resource');
  const { arn, accountId, tags } = value;
  const own = reader.own(value, reader.memory.resource, 'request.resource');
  if (own === undefined) return undefined;
  reader.tags = readTags(reader, own & 4 ? tags : undefined, reader.memory.resourceTagNames);
  if (own & 2 && accountId !== undefined) {
    reader.accountId = typeof accountId === 'string' ? reader.memory.accounts.of(accountId) : undefined;
    if (reader.accountId === undefined) return notAnAccount(reader);
  }
  return (
    (own & 1 && typeof arn === 'string' ? reader.memory.resources.of(arn) : undefined) ?? notAnArn(reader)
  );
}

const notAnAccount = (reader: Reader): undefined =>
  reader.fail('request.resource.accountId', 'this is not an account id', 'write 12 digits as a string');

const notAnArn = (reader: Reader): undefined =>
  reader.fail(
    'request.resource.arn',
    'this is not `*` or a whole ARN',
    'write for example "arn:aws:s3:::bucket/key"',
  );

function readMfa(reader: Reader, value: unknown): Request['mfa'] {
  if (!isObject(value)) return reader.notAnObject('request.mfa');
  const { present: wanted, ageSeconds: age } = value;
  const own = reader.own(value, reader.memory.mfa, 'request.mfa');
  if (own === undefined) return undefined;
  const present = own & 1 ? wanted : undefined;
  const ageSeconds = own & 2 ? age : undefined;
  if (typeof present !== 'boolean')
    return reader.fail('request.mfa.present', 'this is not true or false', 'write true or false');
  if (ageSeconds === undefined) return { present, ageSeconds };
  if (typeof ageSeconds !== 'number' || !Number.isSafeInteger(ageSeconds) || ageSeconds < 0)
    return reader.fail('request.mfa.ageSeconds', 'this is not a number of seconds', 'write a whole number');
  if (!present)
    return reader.fail(
      'request.mfa.ageSeconds',
      'there is an age without MFA',
      'leave it out, or set present to true',
    );
  return { present, ageSeconds };
}

function readSourceIp(reader: Reader, value: unknown): string | undefined {
  if (typeof value === 'string' && (ipv4Bits(value) ?? reader.memory.by(parseIp).of(value)) !== undefined)
    return value;
  return reader.fail(
    'request.sourceIp',
    'this is no IPv4 or IPv6 address',
    'write for example "203.0.113.7"',
  );
}

function readTime(reader: Reader, value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text === 'string') {
    const read = reader.memory.by(parseDate).of(text);
    if (read !== undefined && read < endOfTime) return text;
  }
  return reader.fail(
    'request.time',
    'this is not an ISO 8601 time or epoch seconds; milliseconds are too large',
    'write for example "2026-11-23T12:00:00Z"',
  );
}

/** The year 10000: what lies behind it are milliseconds, as JavaScript counts. */
const endOfTime = 253_402_300_800_000_000_000n;

function readContext(reader: Reader, value: unknown): Request['context'] {
  if (!isPlainObject(value)) {
    reader.fail('request.context', 'context is not an object', 'write { "key": value }');
    return noValues;
  }
  return readNamed(reader, value, reader.memory.contextNames, readValues);
}

/** L19: numbers and truth values are text. */
const readValues: OtherValue<readonly string[]> = (reader, written, { path }, key) => {
  const fail = (message: string) =>
    reader.fail(`${path}.${key}`, message, 'write a value or a list of values');
  if (!Array.isArray(written)) return textsOf([written], fail);
  const list = entriesOf(written);
  if (list !== undefined) return textsOf(list, fail);
  fail('the list is too long');
  return [];
};

function textsOf(values: unknown[], fail: (message: string) => void): readonly string[] {
  let texts = true;
  for (let i = 0; i < values.length; i++) {
    const item = values[i];
    if (typeof item === 'string') continue;
    if (typeof item === 'boolean' || (typeof item === 'number' && Number.isFinite(item)))
      values[i] = String(item);
    else {
      fail('a context value is not a string, number or boolean');
      texts = false;
    }
  }
  return texts ? (values as string[]) : values.filter((item) => typeof item === 'string');
}
