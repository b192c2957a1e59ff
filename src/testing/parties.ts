import type { Text } from '../account/estate-data.js';
import type { Caller, Facts } from '../account/facts.js';
import type { LinkedEstate } from '../account/link.js';
import { textKey, textWords } from '../account/text.js';
import { callerNamed } from '../query/caller-named.js';
import { isAccountId } from '../value/arn.js';
import { isPlainObject } from '../value/plain.js';

/** Somebody who is no user or role of the estate and may still reach a resource. */
export interface Party {
  /** Tells parties apart; the same for a name that is listed and one that a policy holds. */
  readonly key: string;
  readonly label: string;
  readonly caller: Caller;
  /** Keys that such a caller brings along, whose values nobody states. */
  readonly brings: readonly string[];
}

/** What to list when anybody of any account may reach a resource. */
export const anotherAccount = 'another account';
const anonymous = 'anonymous';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceorgid */
const serviceKeys = ['aws:SourceArn', 'aws:SourceAccount', 'aws:SourceOrgID', 'aws:SourceOrgPaths'];
const organizationKeys = ['aws:PrincipalOrgID', 'aws:PrincipalOrgPaths'];

/** The party that a listed name stands for; `principal …` for users and roles of the estate. */
export function partyNamed(linked: LinkedEstate, name: string): Party {
  if (name === anotherAccount) return stranger(linked);
  if (isAccountId(name)) return anybodyOf(linked, name);
  return partyOf(linked, callerNamed(linked, name), name);
}

function partyOf(linked: LinkedEstate, caller: Caller, label: string): Party {
  const party = (key: string, brings: readonly string[] = []) => ({ key, label, caller, brings });
  switch (caller.kind) {
    // A session is its role.
    case 'principal':
      return party(`principal ${caller.key}`);
    case 'service':
      return party(`service ${caller.service}`, serviceKeys);
    case 'federated':
      return party(`federated ${textKey(caller.provider)}`);
    case 'anonymous':
      return party(anonymous);
    case 'outside': {
      const account = /^arn:[^:]*:iam::(\d{12}):root$/.exec(caller.arn)?.[1];
      return account === undefined
        ? party(`outside ${caller.arn}`, organizationKeys)
        : anybodyOf(linked, account);
    }
  }
}

/** Of a foreign account anybody may be let in by its administrators: a role of which nothing is known stands for all. */
function anybodyOf({ data }: LinkedEstate, account: string): Party {
  const partition =
    data.accounts.find(({ id }) => id === account)?.partition ?? data.accounts[0]?.partition ?? 'aws';
  const arn = `arn:${partition}:iam::${account}:role/anybody`;
  return {
    key: `account ${account}`,
    label: account,
    caller: { kind: 'outside', arn },
    brings: organizationKeys,
  };
}

/** Anybody of an account that nothing is known of. */
function stranger(linked: LinkedEstate): Party {
  const taken = new Set([...linked.accounts, ...(linked.organization?.data.nodes ?? []).map(({ id }) => id)]);
  let digits = 0;
  while (taken.has(String(digits).padStart(12, '0'))) digits++;
  return {
    ...anybodyOf(linked, String(digits).padStart(12, '0')),
    key: anotherAccount,
    label: anotherAccount,
  };
}

/** Nobody in particular, anybody of another account, and whom the policy of the resource names. */
export function outsiders(linked: LinkedEstate, resource: Text, { resourcePolicy }: Facts): readonly Party[] {
  const given = resourcePolicy === 'unknown' ? undefined : resourcePolicy;
  const document = given ?? linked.resourcePolicy(textKey(resource))?.document;
  const named = principalsIn(document).flatMap((name): readonly Party[] => {
    const words = textWords(name);
    if (words === '*') return [];
    try {
      return [partyNamed(linked, words)];
    } catch {
      // No caller of AWS is called so, for instance the id of a principal that is gone: nobody asks under this name.
      return [];
    }
  });
  const all = [partyOf(linked, { kind: 'anonymous' }, anonymous), stranger(linked), ...named];
  const foreign = all.filter(({ key, label }) => !key.startsWith('principal ') && !ownAccount(linked, label));
  return [...new Map(foreign.map((party) => [party.key, party])).values()];
}

/** Users and roles of such an account are asked one by one. */
const ownAccount = ({ data }: LinkedEstate, account: string): boolean =>
  data.principals.some((one) => one.account === account);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** Everybody an Allow statement names. */
function principalsIn(document: unknown): readonly Text[] {
  const opened = typeof document === 'string' ? parsed(document) : document;
  if (!isPlainObject(opened)) return [];
  return listOf(opened.Statement).flatMap((statement) => {
    if (!isPlainObject(statement) || statement.Effect !== 'Allow' || !isPlainObject(statement.Principal))
      return [];
    return Object.values(statement.Principal).flatMap((names) => listOf(names) as readonly Text[]);
  });
}

/** Text that is no JSON names nobody; the engine then takes the policy for one that may say anything. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
