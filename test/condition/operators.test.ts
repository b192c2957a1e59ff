import { describe, expect, it } from 'vitest';
import { acceptsValue, operatorName, operators, parseOperator } from '../../src/condition/operators.js';

type Name = keyof typeof operators;
const names = Object.keys(operators) as Name[];
const negative: Readonly<Record<string, Name>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
};

describe('operators', () => {
  it('L76–L85: are these, with what each compares', () => {
    expect(Object.fromEntries(names.map((name) => [name, operators[name].type]))).toEqual({
      StringEquals: 'text',
      StringNotEquals: 'text',
      StringEqualsIgnoreCase: 'foldedText',
      StringNotEqualsIgnoreCase: 'foldedText',
      StringLike: 'pattern',
      StringNotLike: 'pattern',
      NumericEquals: 'number',
      NumericNotEquals: 'number',
      NumericLessThan: 'number',
      NumericLessThanEquals: 'number',
      NumericGreaterThan: 'number',
      NumericGreaterThanEquals: 'number',
      DateEquals: 'date',
      DateNotEquals: 'date',
      DateLessThan: 'date',
      DateLessThanEquals: 'date',
      DateGreaterThan: 'date',
      DateGreaterThanEquals: 'date',
      Bool: 'bool',
      BinaryEquals: 'binary',
      IpAddress: 'address',
      NotIpAddress: 'address',
      ArnEquals: 'arn',
      ArnLike: 'arn',
      ArnNotEquals: 'arn',
      ArnNotLike: 'arn',
    });
  });

  it('L72: the negated ones are these', () => {
    expect(names.filter((name) => operators[name].negated)).toEqual([
      'StringNotEquals',
      'StringNotEqualsIgnoreCase',
      'StringNotLike',
      'NumericNotEquals',
      'DateNotEquals',
      'NotIpAddress',
      'ArnNotEquals',
      'ArnNotLike',
    ]);
  });

  it.each(Object.entries(negative))('L72, U5: %s is %s but for its sign', (name, twin) => {
    expect(operators[name as Name]).toEqual({ ...operators[twin], negated: true });
  });

  it('U5: the strict ones are those of numbers, dates and addresses', () => {
    for (const name of names)
      expect(operators[name].strict, name).toBe(/^(Numeric|Date|IpAddress|NotIpAddress)/.test(name));
  });

  it('L85: ArnEquals is ArnLike', () => {
    expect(operators.ArnEquals).toBe(operators.ArnLike);
    expect(operators.ArnNotEquals).toEqual(operators.ArnNotLike);
  });
});

describe('parseOperator', () => {
  it.each(names)('L69: takes %s apart, with and without its prefixes and suffix', (base) => {
    const plain = parseOperator(base)!;
    expect(plain).toMatchObject({ base, ifExists: false });
    expect(plain.quantifier).toBeUndefined();
    expect(plain.row).toBe(operators[base]);
    expect(parseOperator(`${base}IfExists`)).toMatchObject({ base, ifExists: true, row: operators[base] });
    for (const quantifier of ['ForAllValues', 'ForAnyValue'] as const) {
      const found = { base, quantifier, row: operators[base] };
      expect(parseOperator(`${quantifier}:${base}`)).toMatchObject({ ...found, ifExists: false });
      expect(parseOperator(`${quantifier}:${base}IfExists`)).toMatchObject({ ...found, ifExists: true });
    }
  });

  it('L86: Null has no row, and may have a set operator', () => {
    const plain = parseOperator('Null')!;
    expect(plain).toMatchObject({ base: 'Null', ifExists: false });
    expect([plain.row, plain.quantifier]).toEqual([undefined, undefined]);
    expect(parseOperator('ForAllValues:Null')).toMatchObject({ base: 'Null', quantifier: 'ForAllValues' });
    expect(parseOperator('ForAnyValue:Null')).toMatchObject({ base: 'Null', quantifier: 'ForAnyValue' });
  });

  it.each([
    '',
    'IfExists',
    ':',
    'ForAllValues:',
    'ForAnyValue:IfExists',
    'NullIfExists',
    'ForAllValues:NullIfExists',
    'stringEquals',
    'STRINGEQUALS',
    'bool',
    'null',
    'StringEqual',
    'StringEqualss',
    'StringMatches',
    'BoolNotEquals',
    'StringEqualsIfExistsIfExists',
    'IfExistsStringEquals',
    'StringEqualsifexists',
    'StringEquals ',
    ' StringEquals',
    'StringEquals\n',
    'xForAllValues:StringEquals',
    'forAllValues:StringEquals',
    'ForAllValue:StringEquals',
    'ForAnyValues:StringEquals',
    'ForSomeValue:StringEquals',
    'ForAllValues:ForAnyValue:StringEquals',
    'ForAllValuesStringEquals',
    'ForAllValues StringEquals',
    'StringEquals:ForAllValues',
    'Numeric3',
    'constructor',
    'toString',
    'hasOwnProperty',
    '__proto__',
  ])('L68, U3, U4: %j is no operator', (name) => {
    expect(parseOperator(name)).toBeUndefined();
  });
});

describe('acceptsValue', () => {
  it.each([
    ['NumericEquals', '10.5', true],
    ['NumericEquals', 'ten', false],
    ['NumericNotEquals', '', false],
    ['NumericLessThan', '1e3', false],
    ['ForAnyValue:NumericLessThanIfExists', 'ten', false],
    ['ForAnyValue:NumericLessThanIfExists', '-1', true],
    ['NumericGreaterThan', '${aws:EpochTime}', false],
    ['DateEquals', '2026-11', true],
    ['DateEquals', 'sdfdsf', false],
    ['DateNotEquals', '2026-13', false],
    ['DateLessThan', '9223372036854775807', true],
    ['DateLessThan', '9223372036854775808', false],
    ['IpAddress', '10.0.0.0/8', true],
    ['IpAddress', '10.0.0.0/33', false],
    ['NotIpAddress', '', false],
    ['NotIpAddress', '::/0', true],
    ['StringEquals', '', true],
    ['StringLike', '${', true],
    ['StringEqualsIgnoreCase', '*', true],
    ['ArnLike', '*', true],
    ['ArnNotEquals', 'no ARN', true],
    ['BinaryEquals', '!', true],
    ['Bool', 'maybe', true],
    ['Bool', '${x:flag}', true],
    ['Null', 'true', true],
    ['Null', 'False', true],
    ['Null', '', false],
    ['Null', 'maybe', false],
    ['Null', '${x:flag}', false],
    ['ForAllValues:Null', '1', false],
  ])('U5: %s accepts %j: %s', (operator, value, expected) => {
    expect(acceptsValue(parseOperator(operator)!, value)).toBe(expected);
  });
});

describe('operatorName', () => {
  it.each(['Null', 'ForAllValues:Null', 'ForAnyValue:Null'])('L69: writes %s as it was', (name) => {
    expect(operatorName(parseOperator(name)!)).toBe(name);
  });
  it.each(names)('L69: writes %s as it was', (base) => {
    for (const name of [base, `ForAllValues:${base}`, `ForAnyValue:${base}`]) {
      expect(operatorName(parseOperator(name)!)).toBe(name);
      expect(operatorName(parseOperator(`${name}IfExists`)!)).toBe(`${name}IfExists`);
    }
  });
});
