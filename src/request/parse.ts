import { InvalidRequestError } from '../error.js';
import { isAccountId } from '../value/arn.js';
import { parseDate } from '../value/date.js';
import { parseIp } from '../value/ip.js';
import { entriesOf } from '../value/list.js';
import { isPlainObject } from '../value/plain.js';
import type { Action } from './action.js';
import { Memory } from './memory.js';
import { namedValues, noValues } from './named-values.js';
import { readPrincipal } from './principal.js';
import { Reader, readTags } from './reader.js';
import { isAccountPrincipal, type Request, type Resource } from './request.js';
import { noResource } from './resource.js';

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
  const request = reader.object(input, 'request');
  if (request === undefined) return undefined;
  let principal: unknown;
  let action: unknown;
  let resource: unknown;
  let mfa: unknown;
  let sourceIp: unknown;
  let time: unknown;
  let context: unknown;
  for (const name of Object.keys(request)) {
    if (name === 'principal') principal = request.principal;
    else if (name === 'action') action = request.action;
    else if (name === 'resource') resource = request.resource;
    else if (name === 'context') context = request.context;
    else if (name === 'sourceIp') sourceIp = request.sourceIp;
    else if (name === 'mfa') mfa = request.mfa;
    else if (name === 'time') time = request.time;
    else
      reader.surplus(
        name,
        request[name],
        'request',
        'principal, action, resource, mfa, sourceIp, time, context',
      );
  }
  const caller = readPrincipal(reader, principal);
  const principalTags = reader.tags;
  const asked = readAction(reader, action);
  const target = readResource(reader, resource);
  const resourceTags = reader.tags;
  const { accountId } = reader;
  const mfaFound = mfa === undefined ? undefined : readMfa(reader, mfa);
  const address = sourceIp === undefined ? undefined : readSourceIp(reader, sourceIp);
  const when = time === undefined ? undefined : readTime(reader, time);
  const values = context === undefined ? noValues : readContext(reader, context);
  if (caller === undefined || asked === undefined || target === undefined) return undefined;
  const callerAccount = isAccountPrincipal(caller) ? caller.account : undefined;
  const resourceAccount = accountId ?? target.account ?? callerAccount; // E11
  return {
    principal: caller,
    action: asked.action,
    actionKey: asked.actionKey,
    service: asked.service,
    actionName: asked.actionName,
    resource: target,
    resourceAccount,
    sameAccount: callerAccount !== undefined && resourceAccount === callerAccount,
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
  const asked = typeof action === 'string' ? reader.memory.actions.of(action) : undefined;
  // A request is for one action: a wildcard here would be compared as text and mislead.
  if (asked === undefined)
    reader.fail(
      'request.action',
      'the action is not `prefix:Name`',
      'write one action, for example "s3:GetObject"',
    );
  return asked;
}

/** Leaves the tags and the account given in the reader. */
function readResource(reader: Reader, value: unknown): Resource | undefined {
  reader.tags = noValues;
  reader.accountId = undefined;
  if (value === undefined || value === '*') return noResource;
  let arn: unknown = value;
  if (typeof value !== 'string') {
    const members = reader.object(value, 'request.resource');
    if (members === undefined) return undefined;
    let accountId: unknown;
    let tags: unknown;
    arn = undefined;
    for (const name of Object.keys(members)) {
      if (name === 'arn') arn = members.arn;
      else if (name === 'accountId') accountId = members.accountId;
      else if (name === 'tags') tags = members.tags;
      else reader.surplus(name, members[name], 'request.resource', 'arn, accountId, tags');
    }
    reader.tags = readTags(reader, tags, 'request.resource.tags', reader.memory.resourceTagNames);
    if (accountId !== undefined) {
      if (typeof accountId !== 'string' || !isAccountId(accountId))
        return reader.fail(
          'request.resource.accountId',
          'this is not an account id',
          'write 12 digits as a string',
        );
      reader.accountId = accountId;
    }
  }
  const resource = typeof arn === 'string' ? reader.memory.resources.of(arn) : undefined;
  return (
    resource ??
    reader.fail(
      'request.resource.arn',
      'this is not `*` or a whole ARN',
      'write for example "arn:aws:s3:::bucket/key"',
    )
  );
}

function readMfa(reader: Reader, value: unknown): Request['mfa'] {
  const members = reader.object(value, 'request.mfa');
  if (members === undefined) return undefined;
  let present: unknown;
  let ageSeconds: unknown;
  for (const name of Object.keys(members)) {
    if (name === 'present') present = members.present;
    else if (name === 'ageSeconds') ageSeconds = members.ageSeconds;
    else reader.surplus(name, members[name], 'request.mfa', 'present, ageSeconds');
  }
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
  if (typeof value === 'string' && reader.memory.by(parseIp).of(value) !== undefined) return value;
  return reader.fail(
    'request.sourceIp',
    'this is no IPv4 or IPv6 address',
    'write for example "203.0.113.7"',
  );
}

function readTime(reader: Reader, value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text === 'string' && reader.memory.by(parseDate).of(text) !== undefined) return text;
  return reader.fail(
    'request.time',
    'this is not an ISO 8601 time or epoch seconds',
    'write for example "2026-11-23T12:00:00Z"',
  );
}

function readContext(reader: Reader, value: unknown): Request['context'] {
  if (!isPlainObject(value)) {
    reader.fail('request.context', 'context is not an object', 'write { "key": value }');
    return noValues;
  }
  const keys = Object.keys(value);
  const again = reader.memory.contextNames.again(keys);
  let names = again === undefined ? [] : (again as string[]);
  const values: (string | readonly string[])[] = [];
  let seen: Set<string> | undefined;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    const written = value[key];
    if (written === undefined) {
      if (names === again) names = names.slice(0, values.length);
      continue;
    }
    if (names !== again) {
      const folded = reader.memory.folded.of(key);
      // A hash table only where there are many: a handful is compared faster.
      if (names.length > 15) seen ??= new Set(names);
      if (seen?.has(folded) ?? names.includes(folded))
        reader.fail(
          `request.context.${key}`,
          'the key stands twice, in different letter case',
          'keep one of them',
        ); // U18
      seen?.add(folded);
      names.push(folded);
    }
    values.push(typeof written === 'string' ? written : readValues(reader, written, key));
  }
  if (values.length === keys.length && names !== again && reader.issues.length === 0)
    reader.memory.contextNames.keep(keys, names);
  return namedValues(names, values);
}

/** L19: numbers and truth values are text. */
function readValues(reader: Reader, written: unknown, key: string): readonly string[] {
  const fail = (message: string) =>
    reader.fail(`request.context.${key}`, message, 'write a value or a list of values');
  const list = Array.isArray(written) ? entriesOf(written) : [written];
  if (list === undefined) fail('the list is too long');
  const values: string[] = [];
  for (const item of list ?? []) {
    if (typeof item === 'string') values.push(item);
    else if (typeof item === 'boolean' || (typeof item === 'number' && Number.isFinite(item)))
      values.push(String(item));
    else fail('a context value is not a string, number or boolean');
  }
  return values;
}
