import { acceptsValue, parseOperator } from '../condition/operators.js';
import { asciiLower } from '../value/ascii.js';
import type { ConditionLine } from './policy.js';
import type { Reader } from './reader.js';

/** The lines of a condition block (L66–L71). */
export function readConditions(reader: Reader, value: unknown, path: string): ConditionLine[] {
  const lines: ConditionLine[] = [];
  const block = reader.object(value, path, 'Condition');
  if (block === undefined) return lines;
  for (const operator of Object.keys(block)) {
    const where = `${path}.${operator}`;
    const keys = reader.object(block[operator], where, `the operator \`${operator}\``);
    if (keys === undefined) continue;
    const names = Object.keys(keys);
    const row = parseOperator(operator);
    if (row === undefined) {
      // L68: IAM tolerates an unknown operator without content.
      if (names.length > 0)
        reader.fail(
          where,
          'ERR_IAM_OPERATOR',
          `\`${operator}\` is no condition operator`,
          'check spelling and letter case',
        );
      continue;
    }
    const seen = new Set<string>();
    for (const key of names) {
      const at = `${where}.${key}`;
      if (seen.has(asciiLower(key)))
        reader.fail(
          at,
          'ERR_IAM_DUPLICATE_MEMBER',
          `the key \`${key}\` stands twice, in different letter case`,
          'write one list of values',
        ); // L71
      seen.add(asciiLower(key));
      const written = keys[key];
      const values: string[] = [];
      for (const item of reader.list(written, at)) {
        if (typeof item === 'string') values.push(item);
        else if (typeof item === 'boolean' || (typeof item === 'number' && Number.isFinite(item)))
          values.push(String(item)); // L19
        else
          reader.fail(
            at,
            'ERR_IAM_TYPE',
            'a condition value is not a string, number or boolean',
            'write a string or a list of strings',
          ); // L18
      }
      for (const text of values) {
        if (!acceptsValue(row, text))
          reader.fail(
            at,
            'ERR_IAM_CONDITION_VALUE',
            `\`${text.slice(0, 200)}\` cannot be read by ${operator}`,
            'write a value of the type the operator compares',
          ); // U5
      }
      lines.push({ operator, key, values: values.slice(), path: at });
    }
  }
  return lines.slice();
}
