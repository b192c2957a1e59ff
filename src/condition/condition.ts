import { type Derivation, derivationOf, readKey, singleValue } from '../request/derive.js';
import type { Request } from '../request/request.js';
import { foldedName } from '../value/ascii.js';
import { parseBool } from '../value/bool.js';
import { negateOutcome, Outcome } from '../value/outcome.js';
import type { OperatorRow, ParsedOperator, Quantifier } from './operators.js';

/** One value of a condition line, read as far as the request allows. */
export interface ConditionValue {
  readonly text: string;
  /** Undefined when the operator cannot read the text: it then matches nothing. */
  readonly parsed: unknown;
  /** The keys of its policy variables, folded. */
  readonly keys: readonly string[];
  /** Present when no policy variable is involved. */
  readonly fixed?: { readonly value: unknown };
}

/** One line of a condition block: operator, key, values (L66). Inert: `testCondition` gives it meaning. */
export interface ConditionTest {
  /** The key with A–Z folded (L70). */
  readonly key: string;
  /** How the key follows from a request that does not carry it. */
  readonly derivation: Derivation;
  /** What is asked of the operator each time: to find it there would be one object more to visit. */
  readonly row: OperatorRow | undefined;
  readonly quantifier: Quantifier | undefined;
  /** All values, where the operator asks whether two are the same and all of them are fixed: the one there is, or several. */
  readonly text: unknown;
  readonly texts: readonly unknown[] | undefined;
  /** The same, where they are many: a list of any length is then one look-up. */
  readonly textSet: ReadonlySet<unknown> | undefined;
  readonly operator: ParsedOperator;
  readonly spelling: string;
  readonly values: readonly ConditionValue[];
}

/** Reads the values of a line once, for any number of requests. */
export function compileCondition(
  operator: ParsedOperator,
  key: string,
  texts: readonly string[],
  variables: boolean,
): ConditionTest {
  const { row } = operator;
  const values = texts.map((text): ConditionValue => {
    if (row === undefined)
      return { text, parsed: parseBool(text), keys: [], fixed: { value: parseBool(text) } };
    const parsed = row.parse(text, variables);
    if (parsed === undefined) return { text, parsed, keys: [] };
    const keys = new Set<string>();
    // Any text will do as an answer: what is wanted is which keys are asked for.
    const value = row.resolve(parsed as never, (asked) => {
      keys.add(asked);
      return 'x';
    });
    return keys.size > 0 ? { text, parsed, keys: [...keys] } : { text, parsed, keys: [], fixed: { value } };
  });
  const folded = foldedName(key);
  const fixed =
    (row?.type === 'text' || row?.type === 'foldedText' || row?.type === 'bool') &&
    values.every((value) => value.fixed !== undefined);
  const all = fixed ? values.map((value) => value.fixed!.value) : undefined;
  return {
    key: folded,
    derivation: derivationOf(folded),
    row,
    quantifier: operator.quantifier,
    text: all?.length === 1 ? all[0] : undefined,
    texts: all,
    textSet: all !== undefined && all.length > few ? new Set(all) : undefined,
    operator,
    spelling: key,
    values,
  };
}

/** So many texts are compared sooner than a new one is hashed. */
const few = 4;

/** Answers one line for one request (L66–L95). */
export function testCondition(condition: ConditionTest, request: Request): Outcome {
  const { key, derivation, row, quantifier } = condition;
  const values = readKey(request, key, derivation);
  if (row === undefined) return testNull(condition, values !== undefined);
  if (values === undefined) {
    // L89, L90: set operators; L88: IfExists adds nothing to them.
    if (quantifier === 'ForAllValues') return Outcome.matchedKeyMissing;
    if (quantifier === 'ForAnyValue') return Outcome.keyMissing;
    // L72, L87
    return condition.operator.ifExists || row.negated ? Outcome.matchedKeyMissing : Outcome.keyMissing;
  }
  if (quantifier === undefined) {
    if (typeof values === 'string') return testValue(condition, row, values, request);
    // L75, U6: several values need a set operator; the negated twin is the exact negation.
    if (values.length > 1) return signed(row, Outcome.severalValues);
    return testValue(condition, row, values[0]!, request);
  }
  if (typeof values === 'string') return testValue(condition, row, values, request);
  const all = quantifier === 'ForAllValues';
  let last: Outcome = Outcome.noValueMatched;
  for (const value of values) {
    last = testValue(condition, row, value, request);
    if (last > 0 !== all) return last;
  }
  return last;
}

/** One request value against the list of the policy: OR, or NOR for a negated operator (L66). */
export function testValue(
  condition: ConditionTest,
  row: OperatorRow,
  value: string,
  request: Request,
): Outcome {
  const read = readAs(row, value, request);
  if (read === undefined) return signed(row, Outcome.wrongType); // L73, U5
  const { text, texts } = condition;
  if (text !== undefined) return signed(row, text === read ? Outcome.matched : Outcome.noValueMatched);
  if (texts !== undefined) {
    const { textSet } = condition;
    const found = textSet === undefined ? among(texts, read) : textSet.has(read);
    return signed(row, found ? Outcome.matched : Outcome.noValueMatched);
  }
  let miss: Outcome = Outcome.noValueMatched;
  for (const candidate of condition.values) {
    const outcome = compared(candidate, row, read, request);
    if (outcome > 0) return signed(row, outcome);
    if (outcome === Outcome.variableWithoutValue) miss = outcome;
  }
  return signed(row, miss);
}

/** One value of the policy and one of the request, before any negation. */
function compared(candidate: ConditionValue, row: OperatorRow, read: unknown, request: Request): Outcome {
  const policy = policyValue(candidate, row, request);
  if (policy !== undefined)
    return row.test(policy as never, read as never) ? Outcome.matched : Outcome.noValueMatched;
  // L61
  return candidate.parsed !== undefined && candidate.fixed === undefined
    ? Outcome.variableWithoutValue
    : Outcome.noValueMatched;
}

function among(texts: readonly unknown[], text: unknown): boolean {
  for (let i = 0; i < texts.length; i++) if (texts[i] === text) return true;
  return false;
}

/** Whether one value of the request compares equal (less, …) to one of the policy, before any negation. */
export function comparesTo(
  candidate: ConditionValue,
  row: OperatorRow,
  value: string,
  request: Request,
): boolean {
  const read = readAs(row, value, request);
  return read !== undefined && compared(candidate, row, read, request) > 0;
}

/** Text is compared as it is; what has to be read is read once for all statements. */
const readAs = (row: OperatorRow, value: string, request: Request): unknown =>
  row.plain ? value : row.quick ? row.read(value) : request.memory.by(row.read).of(value);

/** The value an operator compares with, after substitution; undefined matches nothing (L61). */
export function policyValue(candidate: ConditionValue, row: OperatorRow, request: Request): unknown {
  if (candidate.fixed !== undefined) return candidate.fixed.value;
  if (candidate.parsed === undefined) return undefined;
  return row.resolve(candidate.parsed as never, (key) => singleValue(request, key));
}

/** L86: presence is compared, never truthiness; values are alternatives. */
function testNull(condition: ConditionTest, present: boolean): Outcome {
  const { quantifier } = condition.operator;
  const miss = present ? Outcome.keyPresent : Outcome.keyMissing;
  if (quantifier === 'ForAllValues') return Outcome.matched;
  if (quantifier === 'ForAnyValue') return miss;
  const wanted = condition.values.some((value) => value.parsed === !present);
  return wanted ? (present ? Outcome.matched : Outcome.matchedKeyMissing) : miss;
}

const signed = (row: OperatorRow, outcome: Outcome): Outcome =>
  row.negated ? negateOutcome(outcome) : outcome;
