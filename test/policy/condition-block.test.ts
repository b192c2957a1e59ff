import { describe, expect, it } from 'vitest';
import { readStatementOf, wrong } from './build.js';

const linesOf = (Condition: unknown) =>
  readStatementOf('identityPolicies', { Condition }).policy.statements[0]!.conditions.map(
    ({ operator, key, values, path }) => [
      operator,
      key,
      values,
      path.replace('policy.Statement.Condition', ''),
    ],
  );
const problems = (Condition: unknown) =>
  wrong('identityPolicies', { Condition }).map(([code, path, ...rest]) => [
    code,
    path!.replace('.Condition', ''),
    ...rest,
  ]);

describe('L66, L67: lines', () => {
  it('one for each operator and key, in the order of the document', () => {
    const block = {
      StringEquals: { 'x:A': ['v', 'w'], 'x:B': 'u' },
      'ForAllValues:StringLikeIfExists': { 'x:A': '' },
      Null: { 'x:A': true },
    };
    expect(linesOf(block)).toEqual([
      ['StringEquals', 'x:A', ['v', 'w'], '.StringEquals.x:A'],
      ['StringEquals', 'x:B', ['u'], '.StringEquals.x:B'],
      ['ForAllValues:StringLikeIfExists', 'x:A', [''], '.ForAllValues:StringLikeIfExists.x:A'],
      ['Null', 'x:A', ['true'], '.Null.x:A'],
    ]);
    expect(problems(block)).toEqual([]);
  });

  it('L21: an empty block and an empty operator are no lines', () => {
    for (const block of [{}, { StringEquals: {} }, { Nonsense: {} }]) {
      expect([linesOf(block), problems(block)]).toEqual([[], []]);
    }
  });

  it('L74: an empty list of values is a line', () => {
    expect([linesOf({ StringEquals: { k: [] } }), problems({ StringEquals: { k: [] } })]).toEqual([
      [['StringEquals', 'k', [], '.StringEquals.k']],
      [],
    ]);
  });

  it('L19: numbers and booleans stand for their text', () => {
    const block = { StringEquals: { k: [true, false, 10, 1.5, -0] } };
    expect(linesOf(block)[0]![2]).toEqual(['true', 'false', '10', '1.5', '0']);
  });
});

describe('what is malformed', () => {
  it.each([null, 'text', 7, [], true])('L66: the block %j', (block) => {
    expect(problems(block)).toEqual([
      ['ERR_IAM_TYPE', '', 'Condition is not an object', 'write a JSON object'],
    ]);
  });

  it.each([null, 'text', 7, [], undefined])('L66: what stands under an operator: %j', (keys) => {
    expect(problems({ StringEquals: keys, Bool: { k: true } })).toEqual([
      [
        'ERR_IAM_TYPE',
        '.StringEquals',
        'the operator `StringEquals` is not an object',
        'write a JSON object',
      ],
    ]);
    expect(linesOf({ StringEquals: keys, Bool: { k: true } })).toHaveLength(1);
  });

  it.each([
    'stringEquals',
    'StringEqual',
    'Equals',
    '',
    'NullIfExists',
    'ForAllValues:',
    'ForSomeValues:StringEquals',
    'forAllValues:StringEquals',
    'StringEqualsIfExistsIfExists',
    'toString',
  ])('L68, L69: %j is no operator', (operator) => {
    expect(problems({ [operator]: { k: 'v' }, Bool: { k: true } })).toEqual([
      [
        'ERR_IAM_OPERATOR',
        `.${operator}`,
        `\`${operator}\` is no condition operator`,
        'check spelling and letter case',
      ],
    ]);
    expect(linesOf({ [operator]: { k: 'v' }, Bool: { k: true } })).toHaveLength(1);
  });

  it('L71: one key in two letter cases; under two operators it may stand twice', () => {
    expect(problems({ StringEquals: { 'x:Key': 'a', 'X:key': 'b', 'x:KEY': 'c' } })).toEqual(
      ['X:key', 'x:KEY'].map((key) => [
        'ERR_IAM_DUPLICATE_MEMBER',
        `.StringEquals.${key}`,
        `the key \`${key}\` stands twice, in different letter case`,
        'write one list of values',
      ]),
    );
    expect(problems({ StringEquals: { 'x:Key': 'a' }, StringLike: { 'X:key': 'b' } })).toEqual([]);
  });

  it.each([null, {}, Number.NaN, Number.NEGATIVE_INFINITY, undefined, [['v']], [null], [{}], 2 ** 53, -1e21])(
    'L18, U20: the value %j',
    (value) => {
      expect(problems({ StringEquals: { k: value } })).toEqual([
        [
          'ERR_IAM_TYPE',
          '.StringEquals.k',
          'a condition value is not a string, boolean or exact number',
          'write a string or a list of strings',
        ],
      ]);
    },
  );

  it('the other values of a list are kept', () => {
    expect(linesOf({ StringEquals: { k: ['a', null, 'b'] } })[0]![2]).toEqual(['a', 'b']);
  });

  it.each([
    ['NumericEquals', 'ten'],
    ['NumericLessThanIfExists', ''],
    ['ForAnyValue:NumericGreaterThan', '1e3'],
    ['NumericNotEquals', '${x:n}'],
    ['DateGreaterThan', 'sdfdsf'],
    ['DateNotEquals', '2026-13-01'],
    ['DateEquals', '9223372036854775808'],
    ['IpAddress', '203.0.113.0/33'],
    ['NotIpAddress', '203.0.113.010'],
    ['IpAddress', '*'],
    ['Null', 'maybe'],
    ['ForAllValues:Null', ''],
  ])('U5: %s cannot read %j', (operator, text) => {
    expect(problems({ [operator]: { k: text } })).toEqual([
      [
        'ERR_IAM_CONDITION_VALUE',
        `.${operator}.k`,
        `\`${text}\` cannot be read by ${operator}`,
        'write a value of the type the operator compares',
      ],
    ]);
  });

  it('U5: each wrong value is named, cut to 200 characters', () => {
    const long = 'x'.repeat(300);
    expect(problems({ NumericEquals: { k: ['1', long, true] } }).map(([, , message]) => message)).toEqual([
      `\`${long.slice(0, 200)}\` cannot be read by NumericEquals`,
      '`true` cannot be read by NumericEquals',
    ]);
  });

  it.each([
    ['NumericEquals', 10],
    ['NumericEquals', '-1.50'],
    ['DateLessThan', '2026-01-01T00:00:00Z'],
    ['DateLessThan', 1767225600],
    ['IpAddress', '203.0.113.0/24'],
    ['NotIpAddress', '2001:db8::/32'],
    ['Null', false],
    ['Null', 'TRUE'],
    ['Bool', 'maybe'],
    ['BinaryEquals', '%%%'],
    ['ArnLike', '*'],
    ['StringLike', '${unclosed'],
  ])('U5, L82-L85: %s accepts %j', (operator, value) => {
    expect(problems({ [operator]: { k: value } })).toEqual([]);
  });

  it('a list of more than a million values', () => {
    expect(problems({ StringEquals: { k: new Array<string>(1_000_001) } })).toEqual([
      ['ERR_IAM_VALUE', '.StringEquals.k', 'the list is too long', 'at most a million entries are read'],
    ]);
  });
});
