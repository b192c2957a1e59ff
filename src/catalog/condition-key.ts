import { checkText } from '../value/argument.js';
import { asciiLower } from '../value/ascii.js';
import { matchPattern, ONE, type Pattern, patternOf, STAR } from '../value/wildcard.js';
import type { CatalogConditionKey } from './service.js';
import { catalogIndex, storedService } from './stored.js';

/** Placeholders stand for at least one character. */
function patternOfKey(key: string): Pattern {
  const pieces = asciiLower(key)
    .split(/\$\{[^}]*\}|<[^>]*>/)
    .flatMap((text, at): (string | typeof ONE | typeof STAR)[] => (at === 0 ? [text] : [ONE, STAR, text]));
  return patternOf(pieces);
}

const fits = (written: string, name: string): boolean =>
  asciiLower(written) === name || matchPattern(patternOfKey(written), name);

/**
 * A condition key of any service, or of all (`aws:…`), by its name in any letter case: `aws:RequestTag/team` finds
 * `aws:RequestTag/${TagKey}`.
 *
 * @returns nothing for a key that AWS does not document
 * @example
 * ```ts
 * console.log(conditionKey('s3:prefix')); // { key: 's3:prefix', type: 'String' }
 * console.log(conditionKey('aws:principaltag/team')?.type); // String
 * ```
 * @throws InvalidRequestError for a name that is no text
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function conditionKey(name: string): CatalogConditionKey | undefined {
  checkText(name, 'name', 'aws:SourceIp');
  const folded = asciiLower(name);
  const { globalKeys, foreign } = catalogIndex();
  const prefix = folded.slice(0, Math.max(0, folded.indexOf(':')));
  const among = (keys: readonly CatalogConditionKey[]) =>
    keys.find(({ key }) => asciiLower(key) === folded) ?? keys.find(({ key }) => fits(key, folded));
  const global = prefix === 'aws' ? among(globalKeys) : undefined;
  if (global !== undefined) return global;
  const services = foreign.filter(([start]) => fits(start, prefix)).flatMap(([, names]) => names);
  for (const service of [prefix, ...services]) {
    const found = among(storedService(service)?.conditionKeys ?? []);
    if (found !== undefined) return found;
  }
  return undefined;
}
