import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainStatement } from '../../src/plan/explain.js';
import type { RequestInput } from '../../src/request/input.js';
import { ask, planOf } from './build.js';

type Context = NonNullable<RequestInput['context']>;
type Values = string | readonly string[];

/** The trace of the line `{ operator: { 'x:k': values } }`. */
const line = (operator: string, values: Values, context: Context) =>
  explainStatement(planOf({ Condition: { [operator]: { 'x:k': values } } }), ask({ context })).conditions[0]!;
const matches = (operator: string, values: Values, context: Context) =>
  line(operator, values, context).policyValues.map(({ matched }) => matched);

describe('a condition line', () => {
  it.each<[string, Values, Context, boolean, string]>([
    ['StringEquals', 'a', { 'x:k': 'a' }, true, 'matched'],
    ['StringEquals', 'a', { 'x:k': 'b' }, false, 'noValueMatched'],
    ['StringEquals', 'a', {}, false, 'keyMissing'],
    ['StringEqualsIfExists', 'a', {}, true, 'matchedKeyMissing'],
    ['StringNotEquals', 'a', { 'x:k': 'a' }, false, 'valueMatched'],
    ['StringNotEquals', 'a', { 'x:k': 'b' }, true, 'matchedNoValue'],
    ['StringNotEquals', 'a', { 'x:k': ['a', 'b'] }, true, 'matchedSeveralValues'],
    ['StringEquals', 'a', { 'x:k': ['a', 'b'] }, false, 'severalValues'],
    ['NumericNotEquals', '1', { 'x:k': 'one' }, true, 'matchedWrongType'],
    ['StringLike', '${x:none}', { 'x:k': 'a' }, false, 'variableWithoutValue'],
    ['Null', 'true', { 'x:k': 'a' }, false, 'keyPresent'],
    ['Null', 'false', { 'x:k': 'a' }, true, 'matched'],
  ])('%s %j with %j', (operator, values, context, matched, outcome) => {
    expect(line(operator, values, context)).toMatchObject({ operator, key: 'x:k', matched, outcome });
  });

  it.each([
    [{}, null],
    [{ 'x:k': [] }, null],
    [{ 'x:k': '' }, ['']],
    [{ 'X:K': 10 }, ['10']],
    [{ 'x:k': ['b', 'a', 'b'] }, ['b', 'a', 'b']],
  ])('L95: the values of the request in %j are %j', (context, expected) => {
    expect(line('ForAnyValue:StringLike', '*', context).requestValues).toEqual(expected);
    expect(line('Null', 'true', context).requestValues).toEqual(expected);
  });

  it('L70: the key and the operator stand as they were written', () => {
    const Condition = { 'ForAllValues:ArnNotEqualsIfExists': { 'AWS:PrincipalArn': 'arn:aws:s3:::b' } };
    const [found] = explainStatement(planOf({ Condition }), ask()).conditions;
    expect(found).toMatchObject({ operator: 'ForAllValues:ArnNotEqualsIfExists', key: 'AWS:PrincipalArn' });
    expect(found!.requestValues).toEqual(['arn:aws:iam::111122223333:user/alice']);
  });
});

describe('the values of a policy', () => {
  it.each<[string, string[], Context, boolean[]]>([
    ['StringEquals', ['a', 'b', 'c'], { 'x:k': 'b' }, [false, true, false]],
    // Before negation: which value the request has.
    ['StringNotEquals', ['a', 'b', 'c'], { 'x:k': 'b' }, [false, true, false]],
    ['StringNotEquals', ['a', 'c'], { 'x:k': 'b' }, [false, false]],
    ['StringNotLike', ['a*', 'b*'], { 'x:k': 'ab' }, [true, false]],
    ['ForAnyValue:StringEquals', ['a', 'b', 'c'], { 'x:k': ['c', 'a'] }, [true, false, true]],
    ['ForAllValues:StringNotEquals', ['a', 'b', 'c'], { 'x:k': ['c', 'z'] }, [false, false, true]],
    ['NumericLessThan', ['9', '10', '11'], { 'x:k': '10' }, [false, false, true]],
    ['NumericNotEquals', ['9', '10'], { 'x:k': '10.0' }, [false, true]],
    ['NotIpAddress', ['10.0.0.0/8', '11.0.0.0/8'], { 'x:k': '11.1.1.1' }, [false, true]],
    // Without a set operator several values do not match, yet each is compared.
    ['StringEquals', ['a', 'b'], { 'x:k': ['a', 'z'] }, [true, false]],
    // No value compares equal to a missing key, or to one of the wrong type.
    ['StringEquals', ['a', ''], {}, [false, false]],
    ['StringNotEquals', ['a', ''], {}, [false, false]],
    ['StringLike', ['*'], {}, [false]],
    ['StringNotEqualsIfExists', ['a'], { 'x:k': [] }, [false]],
    ['ForAllValues:StringEquals', ['a'], {}, [false]],
    ['NumericNotEquals', ['9'], { 'x:k': 'ten' }, [false]],
    ['NumericEquals', ['9'], { 'x:k': 'ten' }, [false]],
    ['Bool', ['maybe', 'true'], { 'x:k': 'TRUE' }, [false, true]],
    ['ArnNotLike', ['*', 'arn:aws:s3:::*'], { 'x:k': 'arn:aws:s3:::b' }, [false, true]],
    ['StringEquals', [], { 'x:k': 'a' }, []],
    ['Null', ['true', 'false'], {}, [true, false]],
    ['Null', ['true', 'false'], { 'x:k': 'a' }, [false, true]],
    ['ForAllValues:Null', ['true', 'false'], { 'x:k': 'a' }, [false, true]],
  ])('%s %j with %j: %j', (operator, values, context, expected) => {
    expect(matches(operator, values, context)).toEqual(expected);
    expect(line(operator, values, context).policyValues.map(({ text }) => text)).toEqual(values);
  });

  it('L66: a negated operator is false exactly when one of its values matched', () => {
    const letter = fc.constantFrom('a', 'b', 'c');
    fc.assert(
      fc.property(fc.array(letter, { maxLength: 3 }), letter, (values, value) => {
        const positive = line('StringEquals', values, { 'x:k': value });
        const negated = line('StringNotEquals', values, { 'x:k': value });
        expect(negated.policyValues).toEqual(positive.policyValues);
        const some = values.includes(value);
        expect([positive.matched, negated.matched]).toEqual([some, !some]);
      }),
    );
  });

  it.each<[string, string, string | null | undefined, boolean]>([
    ['StringEquals', 'plain', undefined, false],
    ['StringEquals', '${*}', undefined, false],
    ['StringEquals', '${x:k}', 'a*', true],
    ['StringEquals', '<${X:K}>', '<a*>', false],
    ['StringNotEquals', '${x:k}', 'a*', true],
    ['StringEquals', '${x:none}', null, false],
    ['StringNotEquals', '${x:none}', null, false],
    ['StringEquals', "${x:none, 'a*'}", 'a*', true],
    ['StringEquals', "${x:none, ''}", '', false],
    ['StringEquals', '${x:empty}', null, false],
    ['StringEquals', '${x:list}', null, false],
    // Wildcards are shown as they were written; those of a value are not told apart.
    ['StringLike', '?${*}${x:none', undefined, false],
    ['StringLike', '${x:k}*?', 'a**?', false],
    ['StringLike', '${x:k}*', 'a**', true],
    ['StringLike', '${?}${x:k}', '?a*', false],
    ['StringEqualsIgnoreCase', '${x:upper}', 'A*', true],
    ['ArnLike', 'arn:aws:s3:::${x:k}', 'arn:aws:s3:::a*', false],
    ['ArnLike', 'arn:aws:s3:::${x:none}', null, false],
    ['ArnLike', '${x:k}', undefined, false],
    ['Bool', '${x:k}', 'a*', false],
    ['BinaryEquals', '${x:k}', undefined, false],
    ['BinaryEquals', '!', undefined, false],
  ])('L59, L61, L63: %s %j reads %j', (operator, text, substituted, matched) => {
    const context = { 'x:k': 'a*', 'x:upper': 'A*', 'x:empty': '', 'x:list': ['a', 'b'] };
    expect(line(operator, text, context).policyValues).toStrictEqual([
      substituted === undefined ? { text, matched } : { text, matched, substituted },
    ]);
  });

  it('L61: a value may have a text though the key of the line is missing', () => {
    const [value] = line('StringEquals', '${aws:username}', {}).policyValues;
    expect(value).toStrictEqual({ text: '${aws:username}', matched: false, substituted: 'alice' });
  });

  it('L86: Null has no substitution', () => {
    expect(line('Null', 'true', {}).policyValues).toStrictEqual([{ text: 'true', matched: true }]);
  });
});
