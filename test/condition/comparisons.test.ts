import { describe, expect, it } from 'vitest';
import { one, outcome } from './build.js';

const arn = 'arn:aws:sns:us-east-1:111122223333:topic:a/b';

describe('strings', () => {
  it.each([
    ['', '', true],
    ['', 'a', false],
    ['a', '', false],
    ['abc', 'abc', true],
    ['abc', 'Abc', false],
    ['abc', 'abcd', false],
    ['*', '*', true],
    ['*', 'a', false],
    ['a?', 'a?', true],
    ['a?', 'ab', false],
    ['é', 'e\u0301', false],
    ['${*}', '*', true],
    ['${*}', '${*}', false],
    ['${aws:username}', 'alice', true],
    ['${aws:username}', 'bob', false],
    ['<${AWS:PrincipalTag/TEAM}>', '<red>', true],
    ["${x:none, 'd'}", 'd', true],
    ['${aws:username', '${aws:username', true],
  ])('L76: StringEquals %j against %j: %s', (policy, value, expected) => {
    expect(one('StringEquals', policy, value)).toBe(expected ? 'matched' : 'noValueMatched');
    expect(one('StringNotEquals', policy, value)).toBe(expected ? 'valueMatched' : 'matchedNoValue');
  });

  it.each([
    ['abc', 'ABC', true],
    ['ABC', 'abc', true],
    ['abc', 'abd', false],
    ['a*', 'abc', false],
    ['A*', 'a*', true],
    ['ÄÉ', 'äé', true],
    ['Σ', 'ς', false],
    ['ΑΣ', 'ας', false], // by code point: no final sigma
    ['ΑΣ', 'ασ', true],
    ['\u212A', 'k', true], // the Kelvin sign folds to `k`
    ['ß', 'ẞ', true],
    ['ß', 'SS', false],
    ['\u{10400}', '\u{10428}', true],
    ['I', 'ı', false],
    ['', '', true],
    ['${aws:username}', 'ALICE', true],
    ['${aws:username}', 'bob', false],
    ['X${x:given}', 'xGIVEN', true],
  ])('L77, U17: StringEqualsIgnoreCase %j against %j: %s', (policy, value, expected) => {
    const both = { 'x:k': value, 'x:given': 'Given' };
    expect(outcome('StringEqualsIgnoreCase', [policy], both)).toBe(expected ? 'matched' : 'noValueMatched');
    expect(outcome('StringNotEqualsIgnoreCase', [policy], both)).toBe(
      expected ? 'valueMatched' : 'matchedNoValue',
    );
  });

  it('U17: folding is simple: one code point stays one', () => {
    expect(one('StringEqualsIgnoreCase', 'İ', 'i')).toBe('matched');
    expect(one('StringEqualsIgnoreCase', 'İ', 'i\u0307')).toBe('noValueMatched');
  });

  it.each([
    ['*', '', true],
    ['*', 'a:/\n', true],
    ['a*', 'a', true],
    ['a*', 'A', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['a${*}', 'a*', true],
    ['a${*}', 'ab', false],
    ['${aws:username}-*', 'alice-1', true],
    ['${aws:username}-*', 'bob-1', false],
    ['${x:star}', 'anything', false],
    ['${x:star}', '*', true],
  ])('L78, L59: StringLike %j against %j: %s', (policy, value, expected) => {
    const both = { 'x:k': value, 'x:star': '*' };
    expect(outcome('StringLike', [policy], both)).toBe(expected ? 'matched' : 'noValueMatched');
    expect(outcome('StringNotLike', [policy], both)).toBe(expected ? 'valueMatched' : 'matchedNoValue');
  });
});

/** For a base such as Numeric: the six operators, and for which order of request to policy they hold. */
const six = [
  ['Equals', [false, true, false]],
  ['NotEquals', [true, false, true]],
  ['LessThan', [true, false, false]],
  ['LessThanEquals', [true, true, false]],
  ['GreaterThan', [false, false, true]],
  ['GreaterThanEquals', [false, true, true]],
] as const;

describe('numbers and dates', () => {
  it.each(six)('L79: Numeric%s compares the request with the policy', (name, expected) => {
    const holds = (policy: string, value: string) =>
      one(`Numeric${name}`, policy, value).startsWith('matched');
    expect(['9', '10', '11'].map((value) => holds('10', value))).toEqual(expected);
    expect(['-11', '-10', '-9'].map((value) => holds('-10.0', value))).toEqual(expected);
    expect(['0.09', '0.1', '0.2'].map((value) => holds('0.10', value))).toEqual(expected);
  });

  it.each(six)('L80: Date%s compares the request with the policy', (name, expected) => {
    const holds = (policy: string, value: string) => one(`Date${name}`, policy, value).startsWith('matched');
    const days = [
      '2026-11-22T23:59:59.999999999Z',
      '2026-11-23T01:00+01:00',
      '2026-11-23T00:00:00.000000001Z',
    ];
    expect(days.map((value) => holds('2026-11-23', value))).toEqual(expected);
    expect(['2025', '2026', '2027'].map((value) => holds('1970-01-01T00:33:46Z', value))).toEqual(expected);
  });

  it('L79: several values are alternatives', () => {
    expect(outcome('NumericLessThan', ['5', '100'], { 'x:k': '99' })).toBe('matched');
    expect(outcome('NumericLessThan', ['5', '100'], { 'x:k': '100' })).toBe('noValueMatched');
  });

  it('L81: the time of the epoch may be used with both', () => {
    expect(outcome('NumericGreaterThan', ['1999'], { 'x:k': 2000 })).toBe('matched');
    expect(outcome('DateGreaterThan', ['1999'], { 'x:k': 2000 })).toBe('matched');
  });

  it.each([
    ['NumericEquals', '10', 'ten'],
    ['NumericEquals', '0', ''],
    ['NumericGreaterThanEquals', '10', '1e3'],
    ['DateEquals', '2026-11-23', 'yesterday'],
    ['DateLessThan', '2026-11-23', '2025-02-30'],
  ])('L73: %s %s against %j is of the wrong type', (operator, policy, value) => {
    expect(one(operator, policy, value)).toBe('wrongType');
  });

  it('L56: variables are not for them', () => {
    expect(one('NumericEquals', '${x:k}', '5')).toBe('noValueMatched');
    expect(one('DateEquals', '${x:k}', '5')).toBe('noValueMatched');
  });
});

describe('Bool and BinaryEquals', () => {
  it.each([
    ['true', 'true', 'matched'],
    ['True', 'TRUE', 'matched'],
    ['false', 'false', 'matched'],
    ['true', 'false', 'noValueMatched'],
    ['false', 'true', 'noValueMatched'],
    ['true', '1', 'wrongType'],
    ['false', '', 'wrongType'],
    ['maybe', 'true', 'noValueMatched'],
    ['maybe', 'false', 'noValueMatched'],
    ['maybe', 'maybe', 'wrongType'],
    ['*', 'true', 'noValueMatched'],
    ['${x:k}', 'true', 'matched'],
    ['${x:k}', 'false', 'matched'],
    ["${x:none, 'true'}", 'true', 'matched'],
    ["${x:none, 'true'}", 'false', 'noValueMatched'],
    ['${x:none}', 'true', 'variableWithoutValue'],
  ])('L82, U10, U16: Bool %j against %j: %s', (policy, value, expected) => {
    expect(one('Bool', policy, value)).toBe(expected);
  });
  it('L82: several values are alternatives', () => {
    expect(outcome('Bool', ['true', 'false'], { 'x:k': false })).toBe('matched');
  });

  it.each([
    ['Zm9v', 'Zm9v', 'matched'],
    ['Zm8=', 'Zm9=', 'matched'],
    ['Zm9v', 'zm9v', 'noValueMatched'],
    ['', '', 'matched'],
    ['Zm9v', 'foo', 'wrongType'],
    ['foo', 'Zm9v', 'noValueMatched'],
    ['*', 'Zm9v', 'noValueMatched'],
    ['${x:k}', 'Zm9v', 'noValueMatched'],
  ])('L83: BinaryEquals %j against %j: %s', (policy, value, expected) => {
    expect(one('BinaryEquals', policy, value)).toBe(expected);
  });
});

describe('addresses', () => {
  it.each([
    ['10.0.0.0/8', '10.255.0.1', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['10.0.0.1', '10.0.0.1', true],
    ['10.0.0.1', '10.0.0.2', false],
    ['10.9.9.9/8', '10.0.0.1', true],
    ['2001:db8::/32', '2001:DB8::1', true],
    ['2001:db8::/32', '10.0.0.1', false],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['10.0.0.0/8', '::ffff:10.0.0.1', true],
  ])('L84, U14: IpAddress %s against %s: %s', (policy, value, expected) => {
    expect(one('IpAddress', policy, value)).toBe(expected ? 'matched' : 'noValueMatched');
    expect(one('NotIpAddress', policy, value)).toBe(expected ? 'valueMatched' : 'matchedNoValue');
  });
  it.each(['10.0.0.0/8', '10.0.0.0/32', 'localhost', ''])('L73: the value %j is no address', (value) => {
    expect(one('IpAddress', '10.0.0.0/8', value)).toBe('wrongType');
    expect(one('NotIpAddress', '10.0.0.0/8', value)).toBe('matchedWrongType');
  });
});

describe('ARNs', () => {
  it.each([
    [arn, arn, true],
    ['arn:aws:sns:us-east-1:111122223333:*', arn, true],
    ['arn:aws:sns:*:*:topic:*', arn, true],
    ['arn:*:*:*:*:*', arn, true],
    ['*:aws:sns:us-east-1:111122223333:topic:a/b', arn, true],
    ['arn:aws:sns:us-?ast-1:111122223333:topic*b', arn, true],
    ['arn:aws:sns:us-east-1:111122223333:Topic:a/b', arn, false],
    ['arn:aws:sns:us-east-1:111122223333:topic', arn, false],
    ['arn:aws:sns:us-east-1:111122223334:*', arn, false],
    ['arn:aws:sns:us-west-1:*:*', arn, false],
    ['arn:aws:sqs:*:*:*', arn, false],
    ['arn:aws-cn:*:*:*:*', arn, false],
    ['arn:aws:sns:*:topic:a/b', arn, false],
    ['arn:*:topic:a/b', arn, false],
    ['arn:aws:s3:*:*:b', 'arn:aws:s3:::b', true],
    ['arn:aws:s3:::${aws:username}/*', 'arn:aws:s3:::alice/x:y', true],
    ['arn:aws:s3:::${aws:username}/*', 'arn:aws:s3:::bob/x', false],
    // L65: any part may hold a variable; it is substituted after splitting.
    ['arn:aws:${x:service}:::b', 'arn:aws:s3:::b', true],
    ['arn:aws:${x:colon}:::b', 'arn:aws:s3:::b', false],
    ["arn:${x:none, 'aws'}:s3:::b", 'arn:aws:s3:::b', true],
    // A policy value that is no ARN of six parts matches nothing.
    ['*', arn, false],
    ['arn:aws:sns', arn, false],
    ['arn:aws:sns:us-east-1:*', arn, false],
    ['', arn, false],
  ])('L85, L65: ArnLike and ArnEquals %j against %s: %s', (policy, value, expected) => {
    const context = { 'x:k': value, 'x:service': 's3', 'x:colon': 's3:' };
    for (const name of ['Like', 'Equals']) {
      expect(outcome(`Arn${name}`, [policy], context)).toBe(expected ? 'matched' : 'noValueMatched');
      expect(outcome(`ArnNot${name}`, [policy], context)).toBe(expected ? 'valueMatched' : 'matchedNoValue');
    }
  });

  it.each([
    'arn:aws:${x:none}:::b',
    'arn:aws:s3:::${x:none}',
    '${x:none}:aws:s3:::b',
    'arn:aws:s3:::${x:k}${x:none}',
  ])('L61: %j has no value', (policy) => {
    expect(one('ArnLike', policy, 'arn:aws:s3:::b')).toBe('variableWithoutValue');
    expect(one('ArnNotLike', policy, 'arn:aws:s3:::b')).toBe('matchedVariableWithoutValue');
  });

  it.each(['', '*', 'bucket', 'arn:aws:s3', 'arn:aws:s3::b', 'x:aws:s3:::b'])(
    'L73, L85: the value %j is no ARN',
    (value) => {
      expect(one('ArnLike', 'arn:*:*:*:*:*', value)).toBe('wrongType');
      expect(one('ArnNotEquals', 'arn:*:*:*:*:*', value)).toBe('matchedWrongType');
    },
  );
});
