import type { Facts } from './facts.js';

/** Condition keys that the facts give, folded; a value that is undefined is none. */
export const givenKeys = (context: Facts['context'] = {}): ReadonlySet<string> =>
  new Set(
    Object.entries(context).flatMap(([key, value]) => (value === undefined ? [] : [key.toLowerCase()])),
  );

/** Those of the keys that the facts do not give, in whatever letter case. */
export function notGiven(keys: readonly string[], context: Facts['context']): readonly string[] {
  if (context === undefined || keys.length === 0) return keys;
  const given = givenKeys(context);
  return keys.filter((key) => !given.has(key.toLowerCase()));
}
