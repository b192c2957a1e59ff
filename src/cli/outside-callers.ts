import { textKey } from '../account/text.js';
import { askCaller } from '../query/can.js';
import type { Answer } from '../query/index.js';
import { anotherAccount, outsiders } from '../testing/parties.js';
import type { EstateQuestion } from './estate-question.js';
import { targetOf } from './statement-origin.js';
import { withUnknown } from './unknown-facts.js';

/** Somebody who is no user or role of the estate and whom the policy of a resource lets in, or may let in. */
export interface OutsideCaller {
  readonly name: string;
  readonly decision: Answer['decision'];
  readonly dependsOn: readonly string[];
}

/** Whom a question to all users and roles leaves out although the policy of the resource does not. */
export function outsideCallers(
  { estate: { linked }, estate, facts }: EstateQuestion,
  action: string,
  resource: string,
): readonly OutsideCaller[] {
  const target = targetOf(estate, action, resource);
  // Where the estate has no policy, it says of nobody outside that they are let in.
  const given = facts.resourcePolicy ?? linked.resourcePolicy(textKey(target))?.document;
  if (given === undefined || given === 'unknown') return [];
  return outsiders(linked, target, facts).flatMap(({ label, caller, brings }) => {
    const ask = (keys: readonly string[]) =>
      askCaller(linked, caller, action, target, withUnknown(facts, keys));
    let found = ask(brings);
    // Nobody says what their requests carry, an external id for instance; who they are hangs on no more than is told of them.
    const missing = found.missingContext.filter((key) => !/^aws:principal/i.test(key));
    if (!found.allowed && missing.length > 0) found = ask([...brings, ...missing]);
    const { decision, allowed, dependsOn, allowedIf, exact } = found;
    const open = decision === 'depends' && (allowedIf.length > 0 || !exact);
    return allowed || open ? [{ name: label, decision, dependsOn }] : [];
  });
}

/** More names than these nobody reads in one line; JSON has them all. */
const shown = 5;

/** That they were not asked, and how to ask. */
export function outsideNote(
  callers: readonly OutsideCaller[],
  action: string,
  resource: string,
): readonly string[] {
  if (callers.length === 0) return [];
  const names = callers.map(({ name }) => name);
  const listed = names.slice(0, shown).join(', ');
  const more = names.length > shown ? ` and ${names.length - shown} more` : '';
  const lets = callers.every(({ decision }) => decision === 'allowed') ? 'also lets in' : 'may also let in';
  const were =
    names.length === 1 ? 'who is outside of the estate and was' : 'who are outside of the estate and were';
  const one = names.find((name) => name !== anotherAccount);
  const ask = one === undefined ? '' : `; ask: iam-verdict can ${one} ${action} ${resource} …`;
  return [`the policy of ${resource} ${lets} ${listed}${more}, ${were} not asked${ask}`];
}
