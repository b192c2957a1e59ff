import type { Dice } from './dice.js';
import { conditionKeys, type Family, families, type Key, operators, wanted, wrong } from './vocabulary.js';

type Scalar = string | number | boolean;
type Condition = Record<string, Record<string, Scalar | Scalar[]>>;

function value(dice: Dice, key: Key, family: Family, variables: boolean): Scalar {
  // U10: variables are read under Bool; without them the text would be no boolean.
  if (family === 'bool' && variables && dice.chance(10)) return '${aws:SecureTransport}';
  const fitting = ['string', 'arn'].includes(family) || family === key.family ? (key.fitting ?? []) : [];
  return fitting.length > 0 && dice.chance(65) ? dice.pick(fitting) : dice.pick(wanted[family]);
}

const keysOf = Object.fromEntries(
  families.map((family) => [family, conditionKeys.filter((key) => key.family === family)]),
) as Record<Family, Key[]>;
/** Of how many hundredths of the conditions each kind of key is. */
const shares: readonly [number, Family][] = [
  [40, 'string'],
  [14, 'numeric'],
  [14, 'date'],
  [9, 'bool'],
  [3, 'binary'],
  [10, 'ip'],
  [10, 'arn'],
];

/** Operators of every kind on few keys; `variables` is whether the document has any (L4). */
export function condition(dice: Dice, variables: boolean): Condition {
  const built: Condition = {};
  for (let left = dice.index(4, 60, 26, 10); left > 0; left--) {
    const key = dice.pick(keysOf[dice.weighted(shares)]);
    const family = dice.chance(80) ? key.family : dice.pick(families);
    const isNull = dice.chance(10);
    const base = isNull ? 'Null' : dice.pick(operators[family]);
    const set = dice.weighted([
      [72, ''],
      [14, 'ForAllValues:'],
      [14, 'ForAnyValue:'],
    ]);
    const suffix = !isNull && dice.chance(20) ? 'IfExists' : '';
    // With no values and a set operator or IfExists, L74 differs from U21 (negated operators) and L86 (Null).
    const mayBeEmpty = (!base.includes('Not') && !isNull) || (set === '' && suffix === '');
    const count = mayBeEmpty && dice.chance(2) ? 0 : 1 + dice.index(60, 30, 10);
    const values = dice.listed(count, () =>
      isNull ? dice.pick<Scalar>([true, false, 'true', 'false']) : value(dice, key, family, variables),
    );
    // One spelling for each key of an operator: two of them are refused (L71).
    const keys = built[set + base + suffix] ?? {};
    built[set + base + suffix] = keys;
    const present = Object.keys(keys).some((one) => one.toLowerCase() === key.name.toLowerCase());
    if (!present) keys[dice.recased(key.name)] = values;
  }
  // L21: an operator without keys is no condition.
  if (dice.chance(2)) built.StringEquals ??= {};
  return built;
}

/** Keys missing, with one value, lists, empty lists and values of the wrong type (L60, L73, L95). */
export function requestContext(dice: Dice): Record<string, Scalar | Scalar[]> {
  const built: Record<string, Scalar | Scalar[]> = {};
  for (const key of conditionKeys) {
    // Derived keys are stated too at times: what is stated wins.
    if (!dice.chance(key.held.length > 0 ? 40 : 2)) continue;
    const held = (): Scalar => dice.pick(dice.chance(8) || key.held.length === 0 ? wrong : key.held);
    const count = dice.weighted([
      [70, 0],
      [8, 1],
      [16, 2],
      [3, 3],
      [3, -1],
    ]);
    built[dice.recased(key.name)] = count === 0 ? held() : Array.from({ length: Math.max(count, 0) }, held);
  }
  return built;
}
