import { acceptsValue, operators, type ParsedOperator, parseOperator } from '../condition/operators.js';
import { asciiLower } from '../value/ascii.js';
import { isPlainObject } from '../value/plain.js';
import type { ConditionLine } from './policy.js';
import type { Reader } from './reader.js';

/** An operator, and how the paths of its lines go on behind that of the block. */
interface KnownOperator {
  readonly parsed: ParsedOperator;
  readonly member: string;
}

/** All there are, by name. */
const known: ReadonlyMap<string, KnownOperator> = new Map(
  ['Null', ...Object.keys(operators)]
    .flatMap((base) => [base, `ForAllValues:${base}`, `ForAnyValue:${base}`])
    .flatMap((name) => [name, `${name}IfExists`])
    .flatMap((name) => {
      const parsed = parseOperator(name);
      return parsed === undefined ? [] : [[name, { parsed, member: `.Condition.${name}.` }] as const];
    }),
);

/** The lines of a condition block (L66–L71); `path` is that of the statement. */
export function readConditions(reader: Reader, block: unknown, path: string): ConditionLine[] {
  const lines: ConditionLine[] = [];
  if (!isPlainObject(block)) {
    reader.object(block, `${path}.Condition`, 'Condition');
    return lines;
  }
  const names = Object.keys(block);
  for (let i = 0; i < names.length; i++) {
    const name = names[i]!;
    const keys = block[name];
    if (isPlainObject(keys)) readOperator(reader, name, keys, path, lines);
    else reader.object(keys, `${path}.Condition.${name}`, `the operator \`${name}\``);
  }
  // A list that grew keeps room for more; policies are kept for long.
  return lines.slice();
}

function readOperator(
  reader: Reader,
  operator: string,
  keys: Readonly<Record<string, unknown>>,
  path: string,
  lines: ConditionLine[],
): void {
  const names = Object.keys(keys);
  const found = known.get(operator);
  if (found === undefined) {
    // L68: IAM tolerates an unknown operator without content.
    if (names.length > 0)
      reader.fail(
        `${path}.Condition.${operator}`,
        'ERR_IAM_OPERATOR',
        `\`${operator}\` is no condition operator`,
        'check spelling and letter case',
      );
    return;
  }
  const start = path + found.member;
  const seen = names.length > 1 ? new Set<string>() : undefined;
  for (let i = 0; i < names.length; i++) {
    const key = names[i]!;
    const at = start + key;
    if (seen !== undefined) {
      const folded = asciiLower(key);
      if (seen.has(folded))
        reader.fail(
          at,
          'ERR_IAM_DUPLICATE_MEMBER',
          `the key \`${key}\` stands twice, in different letter case`,
          'write one list of values',
        ); // L71
      seen.add(folded);
    }
    const values = readValues(reader, keys[key], at);
    for (let j = 0; j < values.length; j++) {
      const text = values[j]!;
      if (!acceptsValue(found.parsed, text))
        reader.fail(
          at,
          'ERR_IAM_CONDITION_VALUE',
          `\`${text.slice(0, 200)}\` cannot be read by ${operator}`,
          'write a value of the type the operator compares',
        ); // U5
    }
    lines.push({ operator, key, values, path: at });
  }
}

/** The values of a line, as text. */
function readValues(reader: Reader, written: unknown, at: string): string[] {
  if (typeof written === 'string') return [written];
  const values = reader.list(written, at);
  let missing = false;
  for (let i = 0; i < values.length; i++) {
    const item = values[i];
    if (typeof item === 'string') continue;
    // U20: a larger number has been rounded already, if not by whoever parsed the text then by JavaScript.
    if (typeof item === 'boolean' || (typeof item === 'number' && Math.abs(item) <= Number.MAX_SAFE_INTEGER))
      values[i] = String(item); // L19
    else {
      missing = true;
      reader.fail(
        at,
        'ERR_IAM_TYPE',
        'a condition value is not a string, boolean or exact number',
        'write a string or a list of strings',
      ); // L18
    }
  }
  return (missing ? values.filter((item) => typeof item === 'string') : values) as string[];
}
