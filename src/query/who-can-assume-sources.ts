import type { EstateRole, Text } from '../account/estate-data.js';
import type { Caller, Facts } from '../account/facts.js';
import type { LinkedEstate } from '../account/link.js';
import { hasHole, textKey, textWords } from '../account/text.js';
import { ask } from './who-can-assume-ask.js';
import { type Hop, hopOf, workloadsOf } from './who-can-assume-hops.js';
import { trustedAccount, trustedBy } from './who-can-assume-trust.js';

/** Who a chain begins with. */
export interface Party {
  /** `account`: anybody there whom its administrators allow; `everyone`: any account. */
  readonly kind: 'user' | 'role' | 'workload' | 'service' | 'federated' | 'account' | 'outside' | 'everyone';
  /** ARN, service or provider, account id, `*`, or the type and name of a workload. */
  readonly name: string;
  /** All names it may be called by. */
  readonly names: readonly string[];
}

/** A caller that is no user or role of the estate, with its step to a role. */
export interface Source {
  readonly party: Party;
  readonly hop: Hop;
}

/** What runs with a role, and whom its trust policy names besides users and roles of the estate. */
export function sourcesOf(linked: LinkedEstate, role: EstateRole, facts: Facts): readonly Source[] {
  const running = workloadsOf(linked, role).map(({ type, name, names }): Source => {
    const party = { kind: 'workload', name: `${type} ${name}`, names } as const;
    return { party, hop: { kind: 'runs', to: textWords(role.arn), verdict: 'allowed', asked: [] } };
  });
  return [
    ...running,
    ...trustedBy(linked, textKey(role.arn)).flatMap(({ type, name }): readonly Source[] => {
      const found = outsider(linked, role, type, name);
      if (found === undefined) return [];
      const { party, caller, action } = found;
      // A name with holes is nobody yet whom one could ask for.
      if (caller === undefined)
        return [{ party, hop: { kind: 'assume', to: textWords(role.arn), verdict: 'depends', asked: [] } }];
      const hop = hopOf('assume', role, [ask(linked, caller, action, role.arn, facts)]);
      return hop === undefined ? [] : [{ party, hop }];
    }),
  ];
}

/**
 * Accounts that the trust policy of a role lets in as a whole, and of which the estate has users or roles: these are asked one by one, and
 * others may be there whom the estate does not have.
 */
export function ownAccounts(linked: LinkedEstate, role: EstateRole, facts: Facts): readonly string[] {
  const named = trustedBy(linked, textKey(role.arn)).flatMap(({ type, name }) =>
    type === 'AWS' ? (trustedAccount(name) ?? []) : [],
  );
  return [...new Set(named)].filter((account) => {
    if (!hasCallersOf(linked, account)) return false;
    return ask(linked, anybodyOf(account, role), 'sts:AssumeRole', role.arn, facts).verdict !== 'denied';
  });
}

const hasCallersOf = (linked: LinkedEstate, account: string): boolean =>
  linked.data.principals.some((one) => one.account === account);

interface Outsider {
  readonly party: Party;
  readonly caller?: Caller;
  readonly action: string;
}

function outsider(linked: LinkedEstate, role: EstateRole, type: string, name: Text): Outsider | undefined {
  const words = textWords(name);
  const action = 'sts:AssumeRole';
  const party = (kind: Party['kind'], named = words): Party => ({ kind, name: named, names: [] });
  if (type === 'Service') {
    return hasHole(name)
      ? { party: party('service'), action }
      : { party: party('service'), caller: { kind: 'service', service: words }, action };
  }
  if (type === 'Federated') {
    const by = words.includes(':saml-provider/') ? 'sts:AssumeRoleWithSAML' : 'sts:AssumeRoleWithWebIdentity';
    return { party: party('federated'), caller: { kind: 'federated', provider: name }, action: by };
  }
  if (type !== 'AWS') return undefined;
  if (words === '*') return { party: party('everyone'), caller: anybodyOf('000000000000', role), action };
  const account = trustedAccount(name);
  if (account !== undefined) {
    // Users and roles of the estate are asked one by one.
    return hasCallersOf(linked, account)
      ? undefined
      : { party: party('account', account), caller: anybodyOf(account, role), action };
  }
  if (linked.principal(textKey(name)) !== undefined) return undefined;
  return hasHole(name)
    ? { party: party('outside'), action }
    : { party: party('outside'), caller: { kind: 'outside', arn: words }, action };
}

/** A role of which nothing is known stands for whoever there is in the partition of another one: no account is of two. */
const anybodyOf = (account: string, { arn }: EstateRole): Caller => ({
  kind: 'outside',
  arn: `arn:${textKey(arn).split(':')[1]}:iam::${account}:role/anybody`,
});
