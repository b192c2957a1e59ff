import type { Facts } from '../account/facts.js';
import { InvalidRequestError } from '../error.js';
import type { Estate } from '../query/estate.js';
import { unknownKeys } from '../query/key-notes.js';
import { spellsOtherwise } from '../query/mentions.js';

/**
 * Refuses a condition key that AWS does not document, that nothing in the estate names, and that is nearly one that AWS documents: it
 * changes no answer, so that an assertion which needs it as it was meant would be green or red forever, and one that does not can do
 * without it. A key that is newer than the catalog and that a policy asks for is no such key, nor one that resembles none.
 * @throws InvalidRequestError with the key that may be meant
 */
export function checkStatedKeys(estate: Estate, facts: Facts): void {
  const { context = {}, unknown = [], sessionPolicies, resourcePolicy } = facts;
  const slips = [
    ...unknownKeys(Object.keys(context)).map((one) => ({ ...one, path: `facts.context.${one.key}` })),
    ...unknownKeys(unknown === 'unlisted' ? [] : unknown).map((one) => ({ ...one, path: 'facts.unknown' })),
  ].filter(({ meant }) => meant !== undefined);
  if (slips.length === 0) return;
  const named = JSON.stringify([estate, sessionPolicies, resourcePolicy]).toLowerCase();
  if (spellsOtherwise(named)) return;
  const issues = slips
    .filter(({ key }) => !asksFor(named, key.toLowerCase()))
    .map(({ key, meant, path }) => ({
      path,
      code: 'ERR_IAM_VALUE' as const,
      message: `AWS documents no condition key \`${key}\`, and no policy of the estate asks for it`,
      hint: `write ${meant}, or leave it out: it changes no answer`,
    }));
  if (issues.length > 0) throw new InvalidRequestError(issues);
}

/** Whether a text names a key of a condition or of a variable, in JSON or in JSON text of JSON; `*` stands for all that begin so. */
function asksFor(named: string, key: string): boolean {
  const any = key.endsWith('*');
  const literal = any ? key.slice(0, -1) : key;
  for (let at = named.indexOf(literal); at !== -1; at = named.indexOf(literal, at + 1)) {
    const before = named.charAt(at - 1);
    const after = named.charAt(at + literal.length);
    if (['"', '{'].includes(before) && (any || ['"', '\\', '}', ','].includes(after))) return true;
  }
  return false;
}
