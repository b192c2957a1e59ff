import type { PartialRequestInput } from '../partial/evaluate-partial.js';
import { checkArgument } from '../value/argument.js';
import { parseArn } from '../value/arn.js';
import { asciiLower } from '../value/ascii.js';
import { isPlainObject } from '../value/plain.js';
import type { EstatePrincipal, EstateTags } from './estate-data.js';
import type { Caller, Facts } from './facts.js';
import type { LinkedEstate, LinkedPrincipal } from './link.js';
import type { ResolvedPolicy } from './resolved-policy.js';
import { hasHole, isText, keyText, textKey, textWords } from './text.js';

/** The caller as the engine takes it, and the policies that hang on it. */
export interface From {
  /** Tells callers apart whose policies differ. */
  readonly key: string;
  readonly input: PartialRequestInput['principal'];
  /** Absent for a caller that no account vouches for. */
  readonly account?: string;
  readonly identityPolicies: readonly ResolvedPolicy[];
  readonly permissionsBoundary?: ResolvedPolicy;
  readonly unknown: readonly string[];
  readonly assumptions: readonly string[];
  /** The ARN or a tag holds a hole. */
  readonly open: boolean;
}

const nothing = { identityPolicies: [], unknown: [], assumptions: [] };

/** Principals that ask as themselves, with nothing told of them. */
const plain = new WeakMap<LinkedPrincipal, From>();

/** The member that names each kind of caller. */
const names: Readonly<Record<Caller['kind'], string | undefined>> = {
  principal: 'key',
  outside: 'arn',
  service: 'service',
  federated: 'provider',
  anonymous: undefined,
};

/**
 * Refuses what is no caller.
 * @throws InvalidRequestError
 */
export function checkCaller(caller: unknown): asserts caller is Caller {
  const { kind, session } = isPlainObject(caller) ? caller : {};
  const known = typeof kind === 'string' && Object.hasOwn(names, kind);
  const name = known ? names[kind as Caller['kind']] : undefined;
  const named = name === undefined || isName((caller as Record<string, unknown>)[name], kind);
  const fits = known && named && (session === undefined || typeof session === 'string');
  checkArgument(fits, 'caller', "pass the caller of estate.principal('App')");
}

/** Only the provider of a template may have holes; keys have theirs written out. */
const isName = (value: unknown, kind: unknown): boolean =>
  kind === 'federated' ? isText(value) : typeof value === 'string';

/** Looks a caller up. */
export function callerOf(linked: LinkedEstate, caller: Caller, facts: Facts): From {
  if (caller.kind !== 'principal') return withOpen(stranger(linked, caller, facts));
  const found = linked.principal(caller.key);
  if (found === undefined) return withOpen(outside(linked, textWords(keyText(caller.key)), facts));
  const session = caller.session ?? facts.session;
  if (session !== undefined || facts.principalTags !== undefined)
    return withOpen(principalFrom(found, session, facts));
  const known = plain.get(found) ?? withOpen(principalFrom(found, undefined, {}));
  plain.set(found, known);
  return known;
}

const withOpen = (from: Omit<From, 'open'>): From => ({ ...from, open: hasHole(from.input) });

function principalFrom(
  found: LinkedPrincipal,
  session: string | undefined,
  facts: Facts,
): Omit<From, 'open'> {
  const { key, principal, identityPolicies, permissionsBoundary } = found;
  // Tags that may be other than they are listed are not given at all.
  const unknownTags = principal.tagsUnresolved === true && facts.principalTags === undefined;
  return {
    key,
    input: withTags(arnOf(principal, session), facts, unknownTags ? undefined : principal.tags),
    account: principal.account,
    identityPolicies,
    ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
    unknown: unknownTags ? ['aws:PrincipalTag/*'] : [],
    assumptions: [],
  };
}

function stranger(
  linked: LinkedEstate,
  caller: Exclude<Caller, { kind: 'principal' }>,
  facts: Facts,
): Omit<From, 'open'> {
  switch (caller.kind) {
    case 'service': {
      const key = `service ${caller.service}`;
      return { ...nothing, key, input: withTags({ service: caller.service }, facts) };
    }
    case 'federated': {
      const key = `federated ${textKey(caller.provider)}`;
      return { ...nothing, key, input: withTags({ federated: caller.provider }, facts) };
    }
    case 'anonymous':
      return { ...nothing, key: 'anonymous', input: withTags({ anonymous: true }, facts) };
    case 'outside':
      return outside(linked, caller.arn, facts);
  }
}

/** A role asks as itself, or as a session of it. */
function arnOf({ kind, arn, account, name }: EstatePrincipal, session: string | undefined): object {
  if (kind === 'user' || session === undefined) return { arn };
  const partition = textKey(arn).split(':')[1];
  const by = keyText(`arn:${partition}:sts::${account}:assumed-role/${textKey(name)}/${textKey(session)}`);
  return { arn: by, issuer: arn };
}

function withTags(
  input: object,
  { principalTags }: Facts,
  own?: EstateTags,
): PartialRequestInput['principal'] {
  const given = Object.entries(principalTags ?? {}).filter(([, value]) => value !== undefined);
  // The engine folds the letter case of tag keys; of two spellings that of the session counts.
  const taken = new Set(given.map(([key]) => asciiLower(key)));
  const kept = Object.entries(own ?? {}).filter(([key]) => !taken.has(asciiLower(key)));
  const tags = Object.fromEntries([...kept, ...given]);
  return {
    ...input,
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
  } as PartialRequestInput['principal'];
}

/** Of a caller that is not in the estate only the ARN is known, and what the estate attaches to it. A root user has no policies. */
function outside(linked: LinkedEstate, arn: string, facts: Facts): Omit<From, 'open'> {
  const parts = parseArn(arn);
  const account = parts === undefined ? {} : { account: parts[4] };
  const base = { key: `outside ${arn}`, input: withTags({ arn }, facts), ...account, assumptions: [] };
  if (parts?.[5] === 'root') return { ...base, identityPolicies: [], unknown: [] };
  const kind = parts?.[5].startsWith('user/') === true ? 'user' : 'role';
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const attached = linked.attachments.addedTo(kind, parts?.[4] ?? '', arn, name).policies;
  const resolved = attached.map((use) =>
    linked.resolve(use, 'identityPolicies', `${kind} ${name} › ${'name' in use ? use.name : ''}`),
  );
  const unknown = linked.unresolved(`policies of ${arn}`, 'not in the files', 'identityPolicies');
  return {
    ...base,
    identityPolicies: [...resolved, unknown],
    unknown: facts.principalTags === undefined ? ['aws:PrincipalTag/*'] : [],
  };
}
