import type { Effect, PrincipalEntry } from '../policy/policy.js';
import { isAccountPrincipal, type Principal } from '../request/principal.js';
import type { Request } from '../request/request.js';
import { STAR } from '../value/wildcard.js';
import { type Meeting, meet, together } from './meeting.js';
import { type FreshTexts, holesIn, type Place } from './places.js';

/** An entry against the caller; undefined where neither holds a hole. */
export function meetPrincipal(
  entry: PrincipalEntry,
  effect: Effect,
  { principal }: Request,
  fresh: FreshTexts,
): Meeting | undefined {
  const text = fresh.places(entry.text);
  const names = namesOf(principal, effect, fresh);
  if (entry.text === '*' || (!holesIn(text) && !names.some(holesIn))) return undefined;
  const met = names.map((name) => meet(name, text, { fresh }));
  return { ...together(met), possible: met.some(({ possible }) => possible) };
}

/** Every text by which an entry can name a caller, in the forms of L46–L52, E13 and E18. */
function namesOf(principal: Principal, effect: Effect, fresh: FreshTexts): readonly Place[][] {
  if (principal.kind === 'service') return [fresh.places(principal.service)];
  if (principal.kind === 'federated') return [fresh.places(principal.provider)];
  if (!isAccountPrincipal(principal)) return [];
  const { arn, account, partition } = principal;
  const own = [account, `arn:${partition}:iam::${account}:root`, arn];
  const byName = (kind: string, name: string) => {
    const start = `arn:${partition}:iam::${account}:${kind}/`;
    // With a path or without (E18).
    return [fresh.places(start + name), fresh.pattern([start, STAR, `/${name}`])];
  };
  const named: Place[][] = own.map((text) => fresh.places(text));
  if (principal.kind === 'role') {
    const { roleArn, roleName } = principal;
    named.push(...(roleArn === undefined ? byName('role', roleName) : [fresh.places(roleArn)]));
  }
  if (principal.kind === 'federatedUser') {
    if (principal.issuer !== undefined) named.push(fresh.places(principal.issuer));
    else if (effect === 'Deny') named.push(...byName('user', principal.name));
  }
  return named;
}
