import { describe, expect, it } from 'vitest';
import { evaluate, formatTrace as formatExplanation } from '../../src/index.js';
import {
  type Clause,
  evaluatePartial,
  formatPartial,
  formatReachable,
  formatTrace,
  type PartialEvaluation,
} from '../../src/partial/index.js';

const depends = (allowedIf: readonly Clause[], more: Partial<PartialEvaluation> = {}): PartialEvaluation => ({
  decision: 'depends',
  dependsOn: ['k'],
  allowedIf,
  reachable: [],
  exact: true,
  ...more,
});

const says = (operator: string, ...values: string[]): string =>
  formatPartial(depends([[{ operator, key: 'k', values }]]))
    .split('\n')[1]!
    .replace('allowed if ', '');

describe('lines', () => {
  it.each([
    ['StringEquals', ['red'], 'k equals red'],
    ['StringEquals', ['red', 'blue', ''], "k equals red, blue or ''"],
    ['StringNotEquals', ['red', 'blue'], 'k does not equal red or blue'],
    ['StringEqualsIfExists', ['red'], 'k equals red or is absent'],
    ['StringLike', ['r*'], 'k is like r*'],
    ['NumericLessThan', ['60'], 'k is less than 60'],
    ['NumericGreaterThanEqualsIfExists', ['60'], 'k is at least 60 or is absent'],
    ['DateLessThan', ['2026-01-01'], 'k is before 2026-01-01'],
    ['Bool', ['true'], 'k is true'],
    ['NotIpAddress', ['10.0.0.0/8'], 'k is not in 10.0.0.0/8'],
    ['ForAllValues:StringEquals', ['a', 'b'], 'every value of k equals a or b'],
    ['ForAnyValue:StringNotLike', ['a*'], 'some value of k is not like a*'],
    ['absent', [], 'k is absent'],
    ['present', [], 'k is present'],
    ['not BinaryEquals', ['AA=='], 'not (k equals AA==)'],
  ])('%s %j: %s', (operator, values, text) => expect(says(operator, ...values)).toBe(text));
  it('prints an operator that nothing here writes', () => {
    expect(says('Is\nNot', 'a')).toContain('k Is');
  });
});

describe('answers', () => {
  it('several clauses, examples, and what was not tried', () => {
    const line = (value: string) => [{ operator: 'StringEquals', key: 'k', values: [value] }];
    const text = formatPartial(
      depends([line('a'), [...line('b'), { operator: 'present', key: 'j', values: [] }]], {
        exact: false,
        reachable: [
          { decision: 'allowed', context: { k: ['a', 'b'], j: [] }, holes: { Bucket: 'x' } },
          { decision: 'implicitDeny', context: {}, holes: {} },
        ],
      }),
    );
    expect(text).toBe(
      [
        'DEPENDS on k',
        'allowed if',
        '     k equals a',
        '  or k equals b and j is present',
        '  for example allowed with k a, b; j absent; {Bucket} x',
        '  for example implicitDeny with anything',
        'not everything that is unknown could be tried: other values may give other answers',
      ].join('\n'),
    );
  });

  it('never allowed', () => {
    const reachable = [
      { decision: 'explicitDeny' as const, context: { k: ['a'] }, holes: {} },
      { decision: 'implicitDeny' as const, context: { k: [] }, holes: {} },
    ];
    expect(formatPartial(depends([], { reachable })).split('\n')[1]).toBe(
      'never allowed: explicitDeny or implicitDeny',
    );
  });

  it('what is certain', () => {
    expect(formatPartial(depends([[]], { decision: 'allowed' }))).toBe(
      'ALLOWED (allowed), whatever the unknown parts are',
    );
    expect(formatPartial(depends([], { decision: 'explicitDeny' }))).toBe(
      'DENIED (explicitDeny), whatever the unknown parts are',
    );
  });
});

it('formatTrace prints both kinds of answer', () => {
  const certain = depends([[]], { decision: 'allowed' });
  expect(formatTrace(certain)).toBe(formatPartial(certain));
  const trace = evaluate({
    request: { principal: { anonymous: true }, action: 's3:GetObject' },
    policies: {},
  }).explain();
  expect(formatTrace(trace, { verbose: true })).toBe(formatExplanation(trace, { verbose: true }));
});

it('text that would break a line or steer a terminal is shown as its code', () => {
  const partial = evaluatePartial({
    request: {
      principal: { arn: 'arn:aws:iam::111122223333:user/alice' },
      action: 's3:ListAllMyBuckets',
      unknown: 'unlisted',
    },
    policies: {
      identityPolicies: [
        {
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Action: '*',
            Resource: '*',
            Condition: { StringEquals: { 'aws:PrincipalTag/a': 'x\nallowed\u001b[31m' } },
          },
        },
      ],
    },
  });
  expect(formatPartial(partial).split('\n')).toHaveLength(4);
  expect(formatPartial(partial)).toContain('aws:PrincipalTag/a equals x\\u000aallowed\\u001b[31m');
  expect(formatReachable(partial.reachable[0]!)).toBe('aws:PrincipalTag/a x\\u000aallowed\\u001b[31m');
});
