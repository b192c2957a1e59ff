import type { Text } from '../account/estate-data.js';
import type { LinkedEstate } from '../account/link.js';
import { textWords } from '../account/text.js';
import { compileAction, testAction } from '../match/action.js';
import { isAccountId } from '../value/arn.js';
import { asciiLower } from '../value/ascii.js';
import { Outcome } from '../value/outcome.js';
import { statementsIn } from './what-can-statements.js';

/** One principal of an Allow statement of a trust policy, as it is written. */
export interface Trusted {
  readonly type: string;
  readonly name: Text;
}

type Members = Readonly<Record<string, unknown>>;
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** The principals of the Allow statements of the trust policy of a role. */
export function trustedBy(linked: LinkedEstate, role: string): readonly Trusted[] {
  const document = linked.resourcePolicy(role)?.document;
  if (document === undefined) return [];
  const { Statement } = (typeof document === 'string' ? JSON.parse(document) : document) as Members;
  return listOf(Statement).flatMap((statement) => {
    const { Effect, Principal } = statement as Members;
    if (Effect !== 'Allow' || Principal === undefined) return [];
    return Object.entries(Principal as Members).flatMap(([type, names]) =>
      listOf(names).map((name) => ({ type, name: name as Text })),
    );
  });
}

/** The account that stands for all in it, written as its id or its root; undefined for anybody else. */
export const trustedAccount = (name: Text): string | undefined => {
  const words = textWords(name);
  return isAccountId(words) ? words : /^arn:[^:]*:iam::(\d{12}):root$/.exec(words)?.[1];
};

/** Whom of users and roles a trust policy may let in: nobody, those whom their own policies allow too, or whoever it names. */
export function trustReach(trusted: readonly Trusted[]): 'nobody' | 'allowed' | 'named' {
  const named = trusted.filter(({ type }) => type === 'AWS');
  if (named.length === 0) return 'nobody';
  return named.every(({ name }) => trustedAccount(name) !== undefined) ? 'allowed' : 'named';
}

const speaking = new WeakMap<LinkedEstate, Map<string, boolean>>();

/** Whether some Allow of the caller's identity policies may speak of an action: otherwise none of them allows it (E1). */
export function maySpeakOf(linked: LinkedEstate, key: string, action: string): boolean {
  const ofEstate = speaking.get(linked) ?? new Map<string, boolean>();
  speaking.set(linked, ofEstate);
  const kept = ofEstate.get(`${action} ${key}`);
  if (kept !== undefined) return kept;
  const folded = asciiLower(action);
  const colon = folded.indexOf(':');
  const asked = { service: folded.slice(0, colon), name: folded.slice(colon + 1) };
  const matches = (one: Text) =>
    typeof one !== 'string' || testAction(compileAction(one), asked) === Outcome.matched;
  const said = statementsIn(linked.principal(key)?.identityPolicies ?? []).some(
    ({ allow, negated, actions }) => allow && (negated || actions.some(matches)),
  );
  ofEstate.set(`${action} ${key}`, said);
  return said;
}
