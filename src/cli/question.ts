import type { PrincipalInput, RequestInput } from '../index.js';
import type { PartialRequestInput } from '../partial/index.js';
import { readCaller } from './caller.js';
import { type Case, isObject } from './case-file.js';
import { type KeyFlags, refuseClashes, withoutSaid } from './clash.js';
import type { Pair } from './flag-value.js';
import type { Origin } from './origin.js';
import { asWritten } from './refused.js';

/** The flags and arguments that make up a request. */
export interface RequestFlags extends KeyFlags {
  readonly action?: string | undefined;
  readonly resource?: string | undefined;
}

/** The request of the flags, laid over the one of a case file. Each flag becomes the origin of what it sets. */
export function readRequest(
  flags: RequestFlags,
  file: Case | undefined,
): { request: unknown; origins: Origin[] } {
  const base = file?.request ?? {};
  refuseClashes(flags);
  if (!isObject(base)) return { request: base, origins: [] };
  const origins: Origin[] = [];
  const request = withoutSaid(base, flags);
  const set = (member: keyof PartialRequestInput, value: unknown, name: string) => {
    if (value === undefined) return;
    request[member] = value;
    origins.push({ path: `request.${member}`, name });
  };
  /** Sets a member of the principal or the resource; a shape that has none stays, for the engine to refuse. */
  const extend = (member: 'principal' | 'resource', key: string, value: unknown, name: string) => {
    const owner = request[member];
    if (!isObject(owner)) return;
    request[member] = { ...owner, [key]: value };
    origins.push({ path: `request.${member}.${key}`, name });
  };

  // A caller or resource named here replaces the file's one with all that was said of it.
  set(
    'principal',
    flags.principal === undefined ? undefined : readCaller(flags.principal),
    asWritten('PRINCIPAL', flags.principal),
  );
  set('action', flags.action, asWritten('ACTION', flags.action));
  set('resource', flags.resource, asWritten('RESOURCE', flags.resource));
  if (flags.resourceAccount !== undefined || flags.resourceTag !== undefined) {
    const { resource = '*' } = request;
    if (typeof resource === 'string') request.resource = { arn: resource };
  }
  if (flags.issuer !== undefined)
    extend('principal', 'issuer', flags.issuer, asWritten('--issuer', flags.issuer));
  if (flags.principalTag !== undefined) {
    const tags = merged((request.principal as PrincipalInput | undefined)?.tags, flags.principalTag);
    extend('principal', 'tags', tags, '--principal-tag');
  }
  if (flags.resourceAccount !== undefined)
    extend(
      'resource',
      'accountId',
      flags.resourceAccount,
      asWritten('--resource-account', flags.resourceAccount),
    );
  if (flags.resourceTag !== undefined) {
    const tags = merged((request.resource as { tags?: unknown } | null)?.tags, flags.resourceTag);
    extend('resource', 'tags', tags, '--resource-tag');
  }
  set('mfa', mfaOf(flags.mfa), flags.mfa === false ? '--no-mfa' : '--mfa');
  set('sourceIp', flags.sourceIp, asWritten('--source-ip', flags.sourceIp));
  set('time', flags.time, asWritten('--time', flags.time));
  set(
    'unknown',
    flags.unknownRest === true ? 'unlisted' : flags.unknown,
    flags.unknownRest === true ? '--unknown-rest' : '--unknown',
  );
  if (flags.context !== undefined) {
    request.context = merged(request.context, flags.context);
    for (const [key] of flags.context) origins.push({ path: `request.context.${key}`, name: '--context' });
  }
  return { request, origins };
}

/** What `--mfa`, with or without an age, and `--no-mfa` say. */
export function mfaOf(flag: boolean | number | undefined): RequestInput['mfa'] {
  if (typeof flag === 'number') return { present: true, ageSeconds: flag };
  return flag === undefined ? undefined : { present: flag };
}

/** Pairs over the members of the file, by keys without regard to letter case; a key given twice becomes a list. */
export function merged(given: unknown, pairs: readonly Pair[]): unknown {
  if (given !== undefined && !isObject(given)) return given;
  const added = new Map<string, [key: string, values: string[]]>();
  for (const [key, value] of pairs) {
    const [spelling, values] = added.get(key.toLowerCase()) ?? [key, []];
    added.set(key.toLowerCase(), [spelling, [...values, value]]);
  }
  return Object.fromEntries([
    ...Object.entries(given ?? {}).filter(([key]) => !added.has(key.toLowerCase())),
    ...[...added.values()].map(([key, values]) => [key, values.length === 1 ? values[0] : values]),
  ]);
}
