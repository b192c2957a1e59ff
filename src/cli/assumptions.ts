import { assemble } from '../account/assemble.js';
import type { Caller } from '../account/facts.js';
import { textKey } from '../account/text.js';
import type { EstateQuestion } from './estate-question.js';
import { targetOf } from './statement-origin.js';

/**
 * What a question to all users and roles takes for granted. Answers of those who are denied are never worked out, and what is taken
 * for granted hangs on no more of the caller than its account: one of each account is looked at.
 */
export function assumptionsOf(
  { estate, facts }: EstateQuestion,
  action: string,
  resource: string,
): readonly string[] {
  const target = targetOf(estate, action, resource);
  const byAccount = new Map(
    [...estate.principals]
      .reverse()
      .map(({ account, arn }): [string, Caller] => [account, { kind: 'principal', key: textKey(arn) }]),
  );
  // Where nobody is asked: what it would be for somebody.
  const anybody: Caller = { kind: 'outside', arn: 'arn:aws:iam::000000000000:root' };
  const callers = byAccount.size === 0 ? [anybody] : [...byAccount.values()];
  return [
    ...new Set(
      callers.flatMap((caller) => assemble(estate.linked, caller, action, target, facts).assumptions),
    ),
  ].sort();
}
