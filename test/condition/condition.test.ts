import { describe, expect, it } from 'vitest';
import { compileCondition, policyValue, testCondition, testValue } from '../../src/condition/condition.js';
import { operators, parseOperator } from '../../src/condition/operators.js';
import { outcomeName } from '../../src/value/outcome.js';
import { ask, line, outcome } from './build.js';

describe('compileCondition', () => {
  it('L70: folds the key, and keeps its spelling', () => {
    const operator = parseOperator('StringEquals')!;
    const test = compileCondition(operator, 'aws:ResourceTag/Team\u212A', ['a'], true);
    expect(test.operator).toBe(operator);
    expect(test.key).toBe('aws:resourcetag/team\u212A');
    expect(test.spelling).toBe('aws:ResourceTag/Team\u212A');
    expect(test.values.map(({ text }) => text)).toEqual(['a']);
  });

  it.each([
    ['StringEquals', 'a*', 'a*'],
    ['StringEqualsIgnoreCase', 'AbC', 'abc'],
    ['StringLike', 'a*', { kind: 'prefix', text: 'a' }],
    ['NumericEquals', '10.50', { negative: false, integer: '10', fraction: '5' }],
    ['DateEquals', '2', 2_000_000_000n],
    ['Bool', 'True', true],
    ['Bool', 'maybe', undefined],
    ['BinaryEquals', 'Zm9v', 'foo'],
    ['IpAddress', '10.0.0.0/8', { bytes: [10, 0, 0, 0], bits: 8 }],
    ['ArnLike', 'a:b:c:d:e:', ['a', 'b', 'c', 'd', 'e', ''].map((text) => ({ kind: 'exact', text }))],
  ])('%s %j is read once, since it hangs on no request', (operator, text, value) => {
    const read = line(operator, [text]).values[0]!;
    expect(read).toMatchObject({ text, keys: [], fixed: { value } });
    expect(read.parsed).toBeDefined();
  });

  it.each([
    ['NumericEquals', 'ten'],
    ['DateEquals', 'ten'],
    ['IpAddress', 'ten'],
    ['BinaryEquals', 'ten'],
    ['ArnLike', 'ten'],
  ])('U5: %s cannot read %j', (operator, text) => {
    expect(line(operator, [text]).values).toEqual([{ text, parsed: undefined, keys: [] }]);
  });

  it.each([
    ['StringEquals', '${A}', ['a']],
    ['StringEquals', '${A}${b}${a}', ['a', 'b']],
    ['StringEqualsIgnoreCase', "${a, 'd'}", ['a']],
    ['StringLike', '*${a}${*}', ['a']],
    ['Bool', '${a}', ['a']],
    ['ArnLike', 'arn:${p}:s3:::${b}', ['p', 'b']],
  ])('L56, L61: %s %j asks for its keys', (operator, text, keys) => {
    const read = line(operator, [text]).values[0]!;
    expect(read).toMatchObject({ text, keys });
    expect(read.parsed).toBeDefined();
    expect('fixed' in read).toBe(false);
  });

  it.each([
    ['StringEquals', ['a', 'B', 'a'], ['a', 'B', 'a']],
    ['StringNotEquals', ['a'], ['a']],
    ['StringEqualsIgnoreCase', ['A', 'b'], ['a', 'b']],
    ['ForAnyValue:StringNotEqualsIgnoreCaseIfExists', ['A'], ['a']],
    ['StringEquals', [], []],
    ['StringEquals', ['${*}'], ['*']],
    ['StringEquals', ['a', '${x:b}'], undefined],
    ['StringEqualsIgnoreCase', ['${x:b}', 'a'], undefined],
    ['StringLike', ['a'], undefined],
    ['NumericEquals', ['1'], undefined],
    ['Bool', ['true'], [true]],
    ['Bool', ['TRUE', 'no'], [true, undefined]],
    ['Bool', ['${aws:x}'], undefined],
    ['BinaryEquals', ['AA=='], undefined],
    ['ArnLike', ['arn:aws:s3:::b'], undefined],
    ['Null', ['true'], undefined],
  ])('L76, L77: %s %j is compared with %j', (operator, texts, expected) => {
    const test = line(operator, texts);
    expect(test.values.map(({ text }) => text)).toEqual(texts);
    expect(test.texts).toEqual(expected);
    expect(test.textSet).toBeUndefined();
  });

  it('L76, L77: more than four texts are looked up, with the same answers', () => {
    const texts = ['a', 'b', 'c', 'd', 'e'];
    const [many, few] = [line('StringEquals', texts), line('StringEquals', texts.slice(0, 4))];
    expect([many.textSet, few.textSet]).toEqual([new Set(texts), undefined]);
    for (const value of ['a', 'd', 'e', 'f', '']) {
      const outcomes = [many, few].map((one) => testCondition(one, ask({ [one.key]: value })) > 0);
      expect(outcomes).toEqual([texts.includes(value), texts.slice(0, 4).includes(value)]);
    }
  });

  it('L4: without variables there are none', () => {
    const plain = compileCondition(parseOperator('StringEquals')!, 'k', ['${a}'], false);
    expect(plain.values[0]).toMatchObject({ keys: [], fixed: { value: '${a}' } });
    expect(outcomeName(testCondition(plain, ask({ k: '${a}', a: 'x' })))).toBe('matched');
    expect(outcomeName(testCondition(plain, ask({ k: 'x', a: 'x' })))).toBe('noValueMatched');
  });

  it.each([
    ['true', true],
    ['FALSE', false],
    ['maybe', undefined],
  ])('L86: Null reads %j', (text, parsed) => {
    expect(line('Null', [text]).values).toEqual([{ text, parsed, keys: [], fixed: { value: parsed } }]);
  });
});

describe('policyValue', () => {
  const row = operators.StringEquals;
  const value = (text: string, context = {}) =>
    policyValue(line('StringEquals', [text]).values[0]!, row, ask(context));
  it('L60, L61: is the text with its variables replaced', () => {
    expect(value('a')).toBe('a');
    expect(value('<${x:v}>', { 'x:V': 'y' })).toBe('<y>');
    expect(value('<${x:v}>', { 'x:v': ['y'] })).toBe('<y>');
    expect(value('<${x:v}>', { 'x:v': ['y', 'z'] })).toBeUndefined();
    expect(value("<${x:v, 'd'}>", { 'x:v': ['y', 'z'] })).toBe('<d>');
    expect(value('<${x:v}>', { 'x:v': [] })).toBeUndefined();
    expect(value('<${x:v}>', { 'x:v': '' })).toBeUndefined();
    expect(value('<${x:v}>')).toBeUndefined();
  });
  it('U5: is undefined where the operator cannot read the text', () => {
    const unread = line('NumericEquals', ['ten']).values[0]!;
    expect(policyValue(unread, operators.NumericEquals, ask())).toBeUndefined();
  });
});

describe('testValue', () => {
  it('L66: asks one value of the request, whatever the request holds', () => {
    const test = line('StringEquals', ['a', 'b']);
    const answer = (value: string) => outcomeName(testValue(test, operators.StringEquals, value, ask()));
    expect(answer('a')).toBe('matched');
    expect(answer('b')).toBe('matched');
    expect(answer('c')).toBe('noValueMatched');
  });
});

describe('testCondition without a set operator', () => {
  it.each([
    ['StringEquals', {}, 'keyMissing'],
    ['StringEquals', { 'x:k': [] }, 'keyMissing'],
    ['StringEquals', { 'x:k': '' }, 'noValueMatched'],
    ['StringEqualsIfExists', {}, 'matchedKeyMissing'],
    ['StringEqualsIfExists', { 'x:k': [] }, 'matchedKeyMissing'],
    ['StringEqualsIfExists', { 'x:k': 'z' }, 'noValueMatched'],
    ['StringEqualsIfExists', { 'x:k': 'a' }, 'matched'],
    ['StringNotEquals', {}, 'matchedKeyMissing'],
    ['StringNotEqualsIfExists', {}, 'matchedKeyMissing'],
    ['StringNotEqualsIfExists', { 'x:k': 'a' }, 'valueMatched'],
    ['StringNotEqualsIfExists', { 'x:k': 'z' }, 'matchedNoValue'],
    ['NumericLessThan', {}, 'keyMissing'],
  ])('L72, L87, L95: %s with %j: %s', (operator, context, expected) => {
    expect(outcome(operator, ['a', 'b'], context)).toBe(expected);
  });

  it.each([
    [{ 'x:k': 'a' }, 'matched', 'valueMatched'],
    [{ 'X:K': 'b' }, 'matched', 'valueMatched'],
    [{ 'x:k': ['b'] }, 'matched', 'valueMatched'],
    [{ 'x:k': 'c' }, 'noValueMatched', 'matchedNoValue'],
    [{ 'x:k': ['a', 'b'] }, 'severalValues', 'matchedSeveralValues'],
    [{ 'x:k': ['a', 'a'] }, 'severalValues', 'matchedSeveralValues'],
  ])('L66, L75, U6: %j against two values', (context, positive, negative) => {
    expect(outcome('StringEquals', ['a', 'b'], context)).toBe(positive);
    expect(outcome('StringEqualsIfExists', ['a', 'b'], context)).toBe(positive);
    expect(outcome('StringNotEquals', ['a', 'b'], context)).toBe(negative);
  });

  it.each([
    ['StringEquals', 'noValueMatched'],
    ['StringNotEquals', 'matchedNoValue'],
    ['StringEqualsIfExists', 'noValueMatched'],
  ])('L74, U21: %s with an empty list of values: %s', (operator, expected) => {
    expect(outcome(operator, [], { 'x:k': 'a' })).toBe(expected);
  });
  it('L74: IfExists with an empty list holds when the key is missing', () => {
    expect(outcome('StringEqualsIfExists', [], {})).toBe('matchedKeyMissing');
    expect(outcome('StringEquals', [], {})).toBe('keyMissing');
  });

  it.each([
    [['${x:none}'], 'a', 'variableWithoutValue', 'matchedVariableWithoutValue'],
    [['${x:none}'], '', 'variableWithoutValue', 'matchedVariableWithoutValue'],
    [['${x:none}'], '${x:none}', 'variableWithoutValue', 'matchedVariableWithoutValue'],
    [['${x:none}', 'a'], 'a', 'matched', 'valueMatched'],
    [['a', '${x:none}'], 'a', 'matched', 'valueMatched'],
    [['${x:none}', 'b'], 'a', 'variableWithoutValue', 'matchedVariableWithoutValue'],
    [['b', '${x:none}'], 'a', 'variableWithoutValue', 'matchedVariableWithoutValue'],
    [['${x:k}', '${x:none}'], 'a', 'matched', 'valueMatched'],
  ])('L61, L62: a variable without value in %j, against %j', (texts, value, positive, negative) => {
    expect(outcome('StringEquals', texts, { 'x:k': value })).toBe(positive);
    expect(outcome('StringNotEquals', texts, { 'x:k': value })).toBe(negative);
  });

  it('U5: a policy value that cannot be read matches nothing, and the others count', () => {
    expect(outcome('BinaryEquals', ['!', 'Zm9v'], { 'x:k': 'Zm9v' })).toBe('matched');
    expect(outcome('ArnLike', ['*', 'arn:aws:s3:::${x:none}'], { 'x:k': 'arn:aws:s3:::b' })).toBe(
      'variableWithoutValue',
    );
    expect(outcome('ArnLike', ['*'], { 'x:k': 'arn:aws:s3:::b' })).toBe('noValueMatched');
    expect(outcome('ArnNotLike', ['*'], { 'x:k': 'arn:aws:s3:::b' })).toBe('matchedNoValue');
  });

  it('L73: the type is wrong even when there is nothing to compare with', () => {
    expect(outcome('NumericEquals', [], { 'x:k': 'ten' })).toBe('wrongType');
    expect(outcome('NumericNotEquals', [], { 'x:k': 'ten' })).toBe('matchedWrongType');
  });

  it('L19: numbers and booleans of the request are their text', () => {
    expect(outcome('StringEquals', ['10'], { 'x:k': 10 })).toBe('matched');
    expect(outcome('StringEquals', ['true'], { 'x:k': true })).toBe('matched');
  });
});

describe('Null', () => {
  const present = { 'x:k': '' };
  it.each([
    [['true'], {}, 'matchedKeyMissing'],
    [['true'], { 'x:k': [] }, 'matchedKeyMissing'],
    [['true'], present, 'keyPresent'],
    [['false'], {}, 'keyMissing'],
    [['false'], present, 'matched'],
    [['False'], { 'x:k': false }, 'matched'],
    [['false'], { 'x:k': 0 }, 'matched'],
    [['false'], { 'x:k': ['a', 'b'] }, 'matched'],
    [['true', 'false'], {}, 'matchedKeyMissing'],
    [['true', 'false'], present, 'matched'],
    [[], {}, 'keyMissing'],
    [[], present, 'keyPresent'],
    [['maybe'], {}, 'keyMissing'],
    [['maybe'], present, 'keyPresent'],
  ])('L86, L95, U12: Null %j with %j: %s', (texts, context, expected) => {
    expect(outcome('Null', texts, context)).toBe(expected);
  });

  it.each([
    ['ForAllValues', ['true'], {}, 'matched'],
    ['ForAllValues', ['false'], {}, 'matched'],
    ['ForAllValues', ['true'], present, 'matched'],
    ['ForAllValues', ['false'], present, 'matched'],
    ['ForAnyValue', ['true'], {}, 'keyMissing'],
    ['ForAnyValue', ['false'], {}, 'keyMissing'],
    ['ForAnyValue', ['true'], present, 'keyPresent'],
    ['ForAnyValue', ['false'], present, 'keyPresent'],
  ])('L86: %s:Null %j with %j: %s', (quantifier, texts, context, expected) => {
    expect(outcome(`${quantifier}:Null`, texts, context)).toBe(expected);
  });
});
