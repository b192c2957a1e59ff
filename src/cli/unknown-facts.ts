import type { Facts } from '../account/facts.js';

/** The facts, with more keys of which nobody says what they are; a key that is given stays given. */
export function withUnknown(facts: Facts, more: readonly string[]): Facts {
  const { unknown = [], context = {} } = facts;
  if (unknown === 'unlisted') return facts;
  const given = new Set(Object.keys(context).map((key) => key.toLowerCase()));
  const keys = [...unknown, ...more.filter((key) => !given.has(key.toLowerCase()))];
  return keys.length === 0 ? facts : { ...facts, unknown: keys };
}
