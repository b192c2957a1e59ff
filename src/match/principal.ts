import type { Effect, PrincipalEntry } from '../policy/policy.js';
import { isAccountPrincipal, type Principal } from '../request/principal.js';
import { Outcome } from '../value/outcome.js';

/** How strongly a resource policy names the caller (E13); also the outcome of the leaf. */
export type Strength =
  | typeof Outcome.matchedEveryone
  | typeof Outcome.matchedDirect
  | typeof Outcome.matchedRole
  | typeof Outcome.matchedAccount;

/** How an entry names those whom it is for, but for the root user of an account and federated users (E13). */
export function strengthOf({ form }: Pick<PrincipalEntry, 'form'>): Strength {
  switch (form) {
    case 'everyone':
      return Outcome.matchedEveryone; // L45, U13
    case 'account':
      return Outcome.matchedAccount; // L46
    case 'role':
      return Outcome.matchedRole; // L48
    default:
      return Outcome.matchedDirect;
  }
}

/** The last part of a path. */
const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** One entry of Principal against the caller (L43–L52, E13, E17, E18). */
export function testPrincipal(entry: PrincipalEntry, effect: Effect, principal: Principal): Outcome {
  const miss = Outcome.noValueMatched;
  switch (entry.form) {
    case 'everyone':
      return strengthOf(entry);
    case 'nobody':
      return miss; // L51, E18
    case 'account':
      if (!isAccountPrincipal(principal) || !inAccount(entry, principal)) return miss;
      return principal.kind === 'root' ? Outcome.matchedDirect : strengthOf(entry);
    case 'user':
      if (principal.kind === 'user') return principal.arn === entry.text ? Outcome.matchedDirect : miss; // L47
      return principal.kind === 'federatedUser' && isIssuer(entry, effect, principal)
        ? Outcome.matchedRole
        : miss;
    case 'role':
      return principal.kind === 'role' && isRole(entry, principal) ? strengthOf(entry) : miss;
    case 'session':
      return principal.kind === 'role' && principal.arn === entry.text ? Outcome.matchedDirect : miss; // L49
    case 'federatedUser':
      return principal.kind === 'federatedUser' && principal.arn === entry.text
        ? Outcome.matchedDirect
        : miss;
    case 'exact': {
      const name = callerName(entry.type, principal);
      return name === entry.text || (name !== undefined && entry.text === '*') ? Outcome.matchedDirect : miss; // L52
    }
  }
}

type InAccount = { readonly account: string; readonly partition: string };

/** Partitions do not mix (E26); a bare account id has none. */
const inAccount = (entry: PrincipalEntry, principal: InAccount): boolean =>
  entry.account === principal.account &&
  (entry.partition === undefined || entry.partition === principal.partition);

/** E18: by the role's own ARN when known, else by account and name, which no two roles share. */
function isRole(entry: PrincipalEntry, principal: Extract<Principal, { kind: 'role' }>): boolean {
  if (principal.roleArn !== undefined) return principal.roleArn === entry.text;
  return inAccount(entry, principal) && entry.name === principal.roleName;
}

/**
 * A session of GetFederationToken and the user who asked for it. Without `issuer` the name in the session's ARN is one the
 * caller chose: it may cost access, never give it. Undocumented: see E13 in docs/semantics.md.
 */
function isIssuer(
  entry: PrincipalEntry,
  effect: Effect,
  principal: Extract<Principal, { kind: 'federatedUser' }>,
): boolean {
  if (principal.issuer !== undefined) return principal.issuer === entry.text;
  return effect === 'Deny' && inAccount(entry, principal) && nameOf(entry.text) === principal.name;
}

function callerName(type: PrincipalEntry['type'], principal: Principal): string | undefined {
  if (type === 'Service') return principal.kind === 'service' ? principal.service : undefined;
  return principal.kind === 'federated' ? principal.provider : undefined;
}

/** All entries of one NotPrincipal element; `boundary` where those under a permissions boundary are never spared (E29b). */
export interface NotPrincipalTest {
  readonly entries: readonly PrincipalEntry[];
  readonly boundary: boolean;
}

/**
 * NotPrincipal spares a caller whose every level is listed: the account, the role of a session, the caller itself (E29). A role given
 * as the caller stands for a session of any name, and no list names those: AWS sees no other caller of a role.
 * A user or role with a permissions boundary is never spared (E29b), and an unsigned caller neither.
 */
export function testNotPrincipal({ entries, boundary }: NotPrincipalTest, principal: Principal): Outcome {
  if (principal.kind === 'anonymous') return Outcome.matched;
  if (boundary && (principal.kind === 'user' || principal.kind === 'role')) return Outcome.matched;
  // The levels that are listed. A Deny's reading of the entries would let a federated user pass by name alone.
  let listed = 0;
  for (const entry of entries) {
    const outcome = testPrincipal(entry, 'Allow', principal);
    if (outcome > 0) listed |= outcome;
  }
  if ((listed & Outcome.matchedEveryone) !== 0) return Outcome.exempted;
  const needed = levels(principal);
  return (listed & needed) === needed ? Outcome.exempted : Outcome.matched;
}

function levels(principal: Principal): number {
  switch (principal.kind) {
    case 'user':
    case 'federatedUser':
      return Outcome.matchedDirect | Outcome.matchedAccount;
    case 'role':
      return Outcome.matchedDirect | Outcome.matchedAccount | Outcome.matchedRole;
    default:
      return Outcome.matchedDirect; // root by its account, a service or provider by its own entry
  }
}
