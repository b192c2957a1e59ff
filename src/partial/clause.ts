import { type ConditionValue, compileCondition, testCondition } from '../condition/condition.js';
import { operatorName, type ParsedOperator, parseOperator } from '../condition/operators.js';
import { testLeaf } from '../plan/leaf.js';
import type { Request } from '../request/request.js';
import { compareDecimal, type Decimal } from '../value/number.js';
import type { Template } from '../value/variable.js';
import { ONE, STAR } from '../value/wildcard.js';
import { type Dimension, filled } from './dimension.js';
import { fittingValues, type KeyedLeaf, type ResourceLeaf } from './fitting.js';

/** One line of a clause: an operator of the policy language, or plain presence. */
export interface ClauseLine {
  /**
   * As IAM writes it; `absent` and `present` ask for the key alone. `not` and a space before it say that it does not hold, where
   * IAM has no operator that says the opposite.
   */
  readonly operator: string;
  /** As the policy spells it; `{Name}` for the text of a hole, `resource` for the ARN of the resource. */
  readonly key: string;
  /** One of them has to compare; none for `absent` and `present`. Variables and escapes count, as in a policy of 2012-10-17. */
  readonly values: readonly string[];
}

/** A line, and the states of a dimension in which it holds. */
export interface Literal {
  readonly line: ClauseLine;
  readonly holds: readonly boolean[];
  /** What a reader pays for it; less is simpler. */
  readonly cost: number;
}

/** Operators of one family, each with the one that says the opposite of a present value. */
const opposites: Readonly<Record<string, string>> = {
  StringEquals: 'StringNotEquals',
  StringEqualsIgnoreCase: 'StringNotEqualsIgnoreCase',
  StringLike: 'StringNotLike',
  NumericEquals: 'NumericNotEquals',
  NumericLessThan: 'NumericGreaterThanEquals',
  NumericLessThanEquals: 'NumericGreaterThan',
  DateEquals: 'DateNotEquals',
  DateLessThan: 'DateGreaterThanEquals',
  DateLessThanEquals: 'DateGreaterThan',
  ArnEquals: 'ArnNotEquals',
  ArnLike: 'ArnNotLike',
  IpAddress: 'NotIpAddress',
};
const opposite = new Map(
  Object.entries(opposites).flatMap(
    ([a, b]) =>
      [
        [a, b],
        [b, a],
      ] as const,
  ),
);

/** Everything one might say about a dimension in the policy language, simplest first. */
export function literalsOf(
  dimension: Dimension,
  spelling: (key: string) => string,
  request: Request,
): Literal[] {
  const found = new Map<string, Literal>();
  const add = (line: ClauseLine, cost: number, test: (asked: Request) => boolean) => {
    const name = JSON.stringify(line);
    if (found.has(name)) return;
    const holds = dimension.states.map((state) => test(filled(request, state)));
    found.set(name, { line, holds, cost });
  };
  for (const key of dimension.keys) {
    for (const [operator, wanted] of [
      ['absent', false],
      ['present', true],
    ] as const) {
      const line = { operator, key: spelling(key), values: [] };
      add(line, 3, (asked) => asked.context.get(key)!.length > 0 === wanted);
    }
  }
  const several = dimension.states.some((state) => [...state.values()].some((list) => list.length > 1));
  for (const leaf of dimension.leaves) addLeaf(leaf, spelling, request, add, several);
  return [...found.values()].sort((a, b) => a.cost - b.cost);
}

type Add = (line: ClauseLine, cost: number, test: (asked: Request) => boolean) => void;

function addLeaf(
  leaf: KeyedLeaf,
  spelling: (key: string) => string,
  request: Request,
  add: Add,
  several: boolean,
): void {
  if (leaf.element !== 'Condition') {
    addResource(leaf, spelling, request, add);
    return;
  }
  const { operator, values } = leaf.test;
  const texts = outermost(
    operator,
    values.map((value) => (readsVariables(value) ? value.text : escaped(value.text))),
  );
  for (const [name, lists, cost] of variants(operator, texts, several)) {
    const test = compileCondition(parseOperator(name)!, leaf.test.spelling, lists, true);
    const line = { operator: name, key: leaf.test.spelling, values: lists };
    add(line, cost + lists.length, (asked) => testCondition(test, asked) > 0);
  }
  // Some operators have no opposite in the policy language.
  const not = { operator: `not ${operatorName(operator)}`, key: leaf.test.spelling, values: texts };
  add(not, 20, (asked) => testLeaf(leaf, asked) <= 0);
}

/** Text without variables, said where texts may have some. */
const escaped = (text: string): string => text.replaceAll('${', '${$}{');

/** Whether a value was read as a text with variables or escapes (L4, L64): something of it is then no longer as it was written. */
function readsVariables({ text, parsed }: ConditionValue): boolean {
  const templates = (Array.isArray(parsed) ? parsed : [parsed]) as readonly (Template | undefined)[];
  const read = templates.map((template) =>
    template?.pieces?.map((piece) => (piece === STAR ? '*' : piece === ONE ? '?' : piece)).join(''),
  );
  return text.includes('${') && read.join(':') !== text;
}

/** Of several bounds only the widest counts, and only of one can the opposite be said. */
function outermost({ base, row }: ParsedOperator, texts: readonly string[]): readonly string[] {
  const most = base.includes('LessThan') ? 1 : base.includes('GreaterThan') ? -1 : 0;
  if (most === 0 || row === undefined) return texts;
  const order = (a: string, b: string): number => {
    const [left, right] = [row.read(a), row.read(b)];
    if (typeof left !== 'bigint') return compareDecimal(left as Decimal, right as Decimal);
    return left < (right as bigint) ? -1 : left > (right as bigint) ? 1 : 0;
  };
  return [...texts].sort((a, b) => -most * order(a, b)).slice(0, 1);
}

/**
 * The operator itself and the one that says the opposite. Both tell apart no more than the operator does, so what holds for one
 * reading of a dimension holds for all readings that amount to it.
 */
function variants(
  { base, quantifier, ifExists }: ParsedOperator,
  texts: readonly string[],
  several: boolean,
): Variant[] {
  if (base === 'Null') return [];
  const bool = texts.map((text) => (/^true$/i.test(text) ? 'false' : 'true'));
  // With several values a plain operator and its opposite may both fail, unless one is the negation of the other.
  const loose = !/Equals|Like|IpAddress/.test(base) || /Than/.test(base);
  const other: [string, readonly string[]] | undefined =
    base === 'Bool' ? [base, bool] : [opposite.get(base) ?? '', texts];
  const pairs: [string, readonly string[]][] =
    other[0] === '' || (several && loose) ? [[base, texts]] : [[base, texts], other];
  return pairs.flatMap(([name, list], i): Variant[] => {
    const negated = /Not/.test(name) ? 2 : 0;
    if (quantifier !== undefined) {
      const set = (quantifier === 'ForAllValues') === (i === 0) ? 'ForAllValues' : 'ForAnyValue';
      return [[`${set}:${name}`, list, 6 + negated]];
    }
    return [
      [name, list, negated],
      [`${name}IfExists`, list, negated + (ifExists ? 4 : 5)],
    ];
  });
}

/** Name, values, cost. */
type Variant = [string, readonly string[], number];

/** A resource with an unknown variable: the texts that make it fit, as a line on that variable's key. */
function addResource(
  leaf: ResourceLeaf,
  spelling: (key: string) => string,
  request: Request,
  add: Add,
): void {
  // With several variables, or none that is alone, the pattern itself is the line.
  for (const [operator, wanted] of [
    ['ArnLike', true],
    ['ArnNotLike', false],
  ] as const) {
    const line = { operator, key: 'resource', values: [leaf.test.text] };
    add(line, 15, (asked) => testLeaf(leaf, asked) > 0 === wanted);
  }
  const fitting = fittingValues(leaf, request);
  if (fitting === undefined) return;
  for (const name of ['StringEquals', 'StringNotEquals', 'StringEqualsIfExists', 'StringNotEqualsIfExists']) {
    const values = fitting.values.map(escaped);
    const test = compileCondition(parseOperator(name)!, fitting.key, values, true);
    const line = { operator: name, key: spelling(fitting.key), values };
    add(line, 1 + values.length, (asked) => testCondition(test, asked) > 0);
  }
}
