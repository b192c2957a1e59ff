import { parseArn, splitArn } from '../value/arn.js';
import { parseBase64 } from '../value/binary.js';
import { parseBool } from '../value/bool.js';
import { parseDate } from '../value/date.js';
import { type IpRange, ipInRange, parseIp, parseIpRange } from '../value/ip.js';
import { compareDecimal, type Decimal, parseDecimal } from '../value/number.js';
import {
  parseTemplate,
  resolveTemplate,
  resolveText,
  type Template,
  type VariableLookup,
} from '../value/variable.js';
import { matchPattern, type Pattern } from '../value/wildcard.js';

/**
 * One base operator (section 7 of the language rules). `parse` runs when a policy is compiled, `resolve` once a request
 * (policy variables), `read` on the request's value, `test` compares. Undefined from `parse` is a value the operator
 * cannot read; from `resolve` a variable without value (L61); from `read` a value of the wrong type (L73).
 */
export interface OperatorRow {
  /** What is compared; readers that must find values of their own ask by it. */
  readonly type:
    | 'text'
    | 'foldedText'
    | 'pattern'
    | 'arn'
    | 'number'
    | 'date'
    | 'bool'
    | 'binary'
    | 'address';
  readonly parse: (text: string, variables: boolean) => unknown;
  readonly resolve: (parsed: never, lookup: VariableLookup) => unknown;
  readonly read: (text: string) => unknown;
  readonly test: (policy: never, value: never) => boolean;
  readonly negated: boolean;
  /** `read` leaves the text as it is. */
  readonly plain: boolean;
  /** `read` is quicker than looking up what was read before. */
  readonly quick: boolean;
  /** A policy value that does not parse makes the document malformed (U5); elsewhere it matches nothing. */
  readonly strict: boolean;
}

interface Typed<P, R, V> {
  type: OperatorRow['type'];
  parse: (text: string, variables: boolean) => P | undefined;
  resolve: (parsed: P, lookup: VariableLookup) => R | undefined;
  read: (text: string) => V | undefined;
  test: (policy: R, value: V) => boolean;
  strict?: boolean;
}

const same = <P>(parsed: P): P => parsed;
const text = (value: string): string => value;

/** All rows have one shape, so that what reads them needs no look-up. */
const row = <P, R, V>({ type, parse, resolve, read, test, strict = false }: Typed<P, R, V>): OperatorRow =>
  ({
    type,
    parse,
    resolve,
    read,
    test,
    negated: false,
    plain: read === (text as unknown),
    quick: read === (parseBool as unknown),
    strict,
  }) as unknown as OperatorRow;

/** The exact negation of a row, missing keys and unreadable values included (L72, U5). */
const negate = ({ type, parse, resolve, read, test, plain, quick, strict }: OperatorRow): OperatorRow => ({
  type,
  parse,
  resolve,
  read,
  test,
  negated: true,
  plain,
  quick,
  strict,
});

const equality = (type: OperatorRow['type'], fold: (value: string) => string): OperatorRow =>
  row<Template, string, string>({
    type,
    parse: (source, variables) => parseTemplate(source, { variables, wildcards: false }),
    resolve: (template, lookup) => {
      const found = resolveText(template, lookup);
      return found === undefined ? undefined : fold(found);
    },
    read: fold,
    test: (policy, value) => policy === value,
  });

/** U17: simple lower-casing without locale: one code point stays one, also where the full mapping has two (İ). */
const lower = (value: string): string => {
  let out = '';
  for (const point of value) out += String.fromCodePoint(point.toLowerCase().codePointAt(0)!);
  return out;
};

const like = row<Template, Pattern, string>({
  type: 'pattern',
  parse: (source, variables) => parseTemplate(source, { variables, wildcards: true }),
  resolve: resolveTemplate,
  read: text,
  test: matchPattern,
});

const numeric = (holds: (order: number) => boolean): OperatorRow =>
  row<Decimal, Decimal, Decimal>({
    type: 'number',
    parse: parseDecimal,
    resolve: same,
    read: parseDecimal,
    test: (policy, value) => holds(compareDecimal(value, policy)),
    strict: true,
  });

const date = (holds: (order: number) => boolean): OperatorRow =>
  row<bigint, bigint, bigint>({
    type: 'date',
    parse: parseDate,
    resolve: same,
    read: parseDate,
    test: (policy, value) => holds(value < policy ? -1 : value > policy ? 1 : 0),
    strict: true,
  });

/** L85: six parts one by one; a policy value that is no ARN matches nothing. */
const arn = row<readonly Template[], readonly Pattern[], readonly string[]>({
  type: 'arn',
  parse: (source, variables) => {
    const parts = splitArn(source, variables);
    return parts.length === 6
      ? parts.map((part) => parseTemplate(part, { variables, wildcards: true }))
      : undefined;
  },
  resolve: (templates, lookup) => {
    const patterns: Pattern[] = [];
    for (const template of templates) {
      const pattern = resolveTemplate(template, lookup);
      if (pattern === undefined) return undefined;
      patterns.push(pattern);
    }
    return patterns;
  },
  read: parseArn,
  test: (patterns, parts) => patterns.every((pattern, i) => matchPattern(pattern, parts[i]!)),
});

const stringEquals = equality('text', text);
const stringEqualsIgnoreCase = equality('foldedText', lower);
const numericEquals = numeric((order) => order === 0);
const dateEquals = date((order) => order === 0);
const ipAddress = row<IpRange, IpRange, IpRange>({
  type: 'address',
  parse: parseIpRange,
  resolve: same,
  read: parseIp,
  test: ipInRange,
  strict: true,
});

/** All base operators but `Null`, which asks for presence and not for a value. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export const operators = {
  StringEquals: stringEquals,
  StringNotEquals: negate(stringEquals),
  StringEqualsIgnoreCase: stringEqualsIgnoreCase,
  StringNotEqualsIgnoreCase: negate(stringEqualsIgnoreCase),
  StringLike: like,
  StringNotLike: negate(like),
  NumericEquals: numericEquals,
  NumericNotEquals: negate(numericEquals),
  NumericLessThan: numeric((order) => order < 0),
  NumericLessThanEquals: numeric((order) => order <= 0),
  NumericGreaterThan: numeric((order) => order > 0),
  NumericGreaterThanEquals: numeric((order) => order >= 0),
  DateEquals: dateEquals,
  DateNotEquals: negate(dateEquals),
  DateLessThan: date((order) => order < 0),
  DateLessThanEquals: date((order) => order <= 0),
  DateGreaterThan: date((order) => order > 0),
  DateGreaterThanEquals: date((order) => order >= 0),
  // U10: variables are substituted in Bool.
  Bool: row<Template, boolean, boolean>({
    type: 'bool',
    parse: (source, variables) => parseTemplate(source, { variables, wildcards: false }),
    resolve: (template, lookup) => {
      const found = resolveText(template, lookup);
      return found === undefined ? undefined : parseBool(found);
    },
    read: parseBool,
    test: (policy, value) => policy === value,
  }),
  BinaryEquals: row<string, string, string>({
    type: 'binary',
    parse: parseBase64,
    resolve: same,
    read: parseBase64,
    test: (policy, value) => policy === value,
  }),
  IpAddress: ipAddress,
  NotIpAddress: negate(ipAddress),
  ArnEquals: arn,
  ArnLike: arn,
  ArnNotEquals: negate(arn),
  ArnNotLike: negate(arn),
} satisfies Record<string, OperatorRow>;

export type ConditionOperator = keyof typeof operators | 'Null';
export type Quantifier = 'ForAllValues' | 'ForAnyValue';

/** An operator name taken apart (L69). */
export interface ParsedOperator {
  readonly base: ConditionOperator;
  readonly quantifier: Quantifier | undefined;
  readonly ifExists: boolean;
  /** Undefined for `Null`. */
  readonly row: OperatorRow | undefined;
}

const suffix = 'IfExists';

/** Takes an operator name apart; undefined when there is no such operator (letter case counts, U3). */
export function parseOperator(name: string): ParsedOperator | undefined {
  const colon = name.indexOf(':');
  const quantifier = colon < 0 ? undefined : name.slice(0, colon);
  if (quantifier !== undefined && quantifier !== 'ForAllValues' && quantifier !== 'ForAnyValue')
    return undefined;
  const ifExists = name.endsWith(suffix);
  const base = name.slice(colon + 1, ifExists ? -suffix.length : undefined);
  // L69, U4: Null takes no IfExists.
  if (base === 'Null') return ifExists ? undefined : { base, quantifier, ifExists, row: undefined };
  if (!Object.hasOwn(operators, base)) return undefined;
  const row: OperatorRow = operators[base as keyof typeof operators];
  return { base: base as ConditionOperator, quantifier, ifExists, row };
}

/** Whether a policy value of the operator can be read at all (U5). */
export function acceptsValue({ row }: ParsedOperator, value: string): boolean {
  if (row === undefined) return parseBool(value) !== undefined;
  return !row.strict || row.parse(value, false) !== undefined;
}

/** The name an operator was written with. */
export const operatorName = ({ base, quantifier, ifExists }: ParsedOperator): string =>
  `${quantifier === undefined ? '' : `${quantifier}:`}${base}${ifExists ? suffix : ''}`;
