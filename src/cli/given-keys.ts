import { parseDate } from '../value/date.js';
import { parseIp } from '../value/ip.js';
import { parseDecimal } from '../value/number.js';

/** The condition keys that a request gives, or says to be unknown. */
export function givenKeys(context: unknown, unknown: unknown): readonly string[] {
  const given = typeof context === 'object' && context !== null ? Object.keys(context) : [];
  return [...given, ...(Array.isArray(unknown) ? unknown.filter((key) => typeof key === 'string') : [])];
}

/** The notes on them; the catalog comes into memory only here. */
export async function notesOnKeys(keys: readonly string[]): Promise<readonly string[]> {
  if (keys.length === 0) return [];
  const { keyNotes } = await import('../query/key-notes.js');
  return keyNotes(keys);
}

/** A condition key with one of its values. */
export type GivenValue = readonly [key: string, value: string];

/** The values that a request gives, each with its key. */
export function givenValues(context: unknown): readonly GivenValue[] {
  const given = typeof context === 'object' && context !== null ? Object.entries(context) : [];
  return given.flatMap(([key, values]) =>
    (Array.isArray(values) ? values : [values]).map((value): GivenValue => [key, String(value)]),
  );
}

/** What AWS documents keys to hold, how to tell it, and an example. */
const types: Readonly<Record<string, readonly [(value: string) => boolean, string]>> = {
  IPAddress: [(value) => parseIp(value) !== undefined, 'an address, such as 203.0.113.7'],
  Bool: [(value) => /^(?:true|false)$/i.test(value), 'true or false'],
  Numeric: [(value) => parseDecimal(value) !== undefined, 'a number, such as 300'],
  Date: [(value) => parseDate(value) !== undefined, 'a time, such as 2026-11-23T12:00:00Z'],
};

/** Notes on values that are none of what AWS has in their key: no condition on the key is met by them, or every negated one. */
export async function notesOnValues(values: readonly GivenValue[]): Promise<readonly string[]> {
  if (values.length === 0) return [];
  const { conditionKey } = await import('../catalog/index.js');
  return values.flatMap(([key, value]) => {
    const [fits, example] = types[conditionKey(key)?.type ?? ''] ?? [() => true, ''];
    return fits(value) ? [] : [`${key} holds ${example}, and "${value}" is none`];
  });
}
