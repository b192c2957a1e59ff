import { describe, expect, it } from 'vitest';
import type { PoliciesInput } from '../../src/policy/document.js';
import {
  allow,
  brief as briefOf,
  callers,
  deny,
  iam,
  misses as missesOf,
  own,
  policy,
  queue,
  request,
} from './build.js';

const user = request(callers.user);
const misses = (policies: PoliciesInput, asked = user) => missesOf(policies, asked);
const brief = (policies: PoliciesInput, asked = user) => briefOf(policies, asked);
const where = (kind: string, rest: string) => `policies.${kind}.Statement[0].${rest}`;

describe('what would stop a statement that applies', () => {
  it('each difference stops it', () => {
    const one = deny({
      Action: ['sqs:SendMessage', 'sqs:*'],
      Resource: queue(),
      Condition: {
        StringLike: { 'aws:username': ['a*', '${aws:PrincipalTag/team}'] },
        Null: { 'x:A': true },
      },
    });
    expect(misses({ identityPolicies: [policy(one)] })).toEqual([
      {
        at: 'identityPolicies 0.0.0',
        change: 'notApply',
        decision: 'implicitDeny',
        alone: true,
        differences: [
          {
            element: 'Condition aws:username',
            path: where('identityPolicies[0]', 'Condition.StringLike.aws:username'),
            needs:
              'a value for which StringLike [a*, ${aws:PrincipalTag/team} = (no value)] ' + 'does not hold',
            has: 'alice',
          },
          {
            element: 'Condition x:A',
            path: where('identityPolicies[0]', 'Condition.Null.x:A'),
            needs: 'a value for which Null [true] does not hold',
            has: 'no such key',
          },
          {
            element: 'Action',
            path: where('identityPolicies[0]', 'Action'),
            needs: 'none of sqs:SendMessage, sqs:*',
            has: 'sqs:SendMessage',
          },
          {
            element: 'Resource',
            path: where('identityPolicies[0]', 'Resource'),
            needs: `none of ${queue()}`,
            has: queue(),
          },
        ],
      },
    ]);
  });

  it('says what the variables of a resource stand for, or that they stand for nothing', () => {
    const written = ['arn:aws:sqs:*:*:${aws:username}', 'arn:aws:sqs:*:*:${aws:PrincipalTag/team}'];
    const [miss] = misses({ identityPolicies: [policy(allow({ Resource: written }))] });
    expect(miss?.differences).toEqual([
      {
        element: 'Resource',
        path: where('identityPolicies[0]', 'Resource'),
        needs: `one of ${written[0]} = arn:aws:sqs:*:*:alice, ${written[1]} = (no value)`,
        has: queue(),
      },
    ]);
  });

  it('nothing is outside a star, so such an element is not named', () => {
    const [miss] = misses({ identityPolicies: [policy(allow(), deny({ Resource: [queue(), '*'] }))] });
    expect(miss).toMatchObject({ change: 'notApply', differences: [] });
  });

  it('negated elements need one of their list', () => {
    const resourcePolicy = policy({
      Effect: 'Deny',
      NotPrincipal: { AWS: [own, iam('user/bob')] },
      NotAction: ['s3:*', 'sns:*'],
      NotResource: 'arn:aws:sqs:*:*:other',
    });
    expect(misses({ resourcePolicy })[0]!.differences).toEqual([
      {
        element: 'NotAction',
        path: where('resourcePolicy', 'NotAction'),
        needs: 'one of s3:*, sns:*',
        has: 'sqs:SendMessage',
      },
      {
        element: 'NotPrincipal',
        path: where('resourcePolicy', 'NotPrincipal'),
        needs: 'account, caller and any role in the list, and no boundary',
        has: iam('user/alice'),
      },
      {
        element: 'NotResource',
        path: where('resourcePolicy', 'NotResource'),
        needs: 'arn:aws:sqs:*:*:other',
        has: queue(),
      },
    ]);
  });
});

describe('what would have to differ', () => {
  it('all of it, conditions first, each with what it needs and what there is', () => {
    const one = allow({
      Action: 's3:GetObject',
      Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::b'],
      Condition: {
        StringEquals: { 'x:A': ['v', '${aws:username}'], 'aws:username': 'alice' },
        NumericLessThan: { 'x:n': 5 },
        'ForAnyValue:StringLikeIfExists': { 'x:list': ['p*', 'q*'] },
      },
    });
    const asked = request(callers.user, { context: { 'x:n': 7, 'x:list': ['r', 's'] } });
    expect(misses({ identityPolicies: [policy(one)] }, asked)).toEqual([
      {
        at: 'identityPolicies 0.0.0',
        change: 'apply',
        decision: 'allowed',
        alone: true,
        differences: [
          {
            element: 'Condition x:A',
            path: where('identityPolicies[0]', 'Condition.StringEquals.x:A'),
            needs: 'a value for which StringEquals [v, ${aws:username} = alice] holds',
            has: 'no such key',
          },
          {
            element: 'Condition x:n',
            path: where('identityPolicies[0]', 'Condition.NumericLessThan.x:n'),
            needs: 'a value for which NumericLessThan [5] holds',
            has: '7',
          },
          {
            element: 'Condition x:list',
            path: where('identityPolicies[0]', 'Condition.ForAnyValue:StringLikeIfExists.x:list'),
            needs: 'a value for which ForAnyValue:StringLikeIfExists [p*, q*] holds',
            has: 'r, s',
          },
          {
            element: 'Action',
            path: where('identityPolicies[0]', 'Action'),
            needs: 's3:GetObject',
            has: 'sqs:SendMessage',
          },
          {
            element: 'Resource',
            path: where('identityPolicies[0]', 'Resource'),
            needs: 'one of arn:aws:s3:::a, arn:aws:s3:::b',
            has: queue(),
          },
        ],
      },
    ]);
  });

  it('only what differs', () => {
    const one = allow({ Action: 's3:Get', Resource: queue(), Condition: { Null: { 'x:A': true } } });
    const differences = misses({ identityPolicies: [policy(one)] })[0]!.differences;
    expect(differences.map(({ element }) => element)).toEqual(['Action']);
  });

  it('negated elements need none of their list', () => {
    const one = { Effect: 'Allow', NotAction: ['sqs:*', 's3:*'], NotResource: queue() };
    expect(misses({ identityPolicies: [policy(one)] })[0]!.differences).toEqual([
      {
        element: 'NotAction',
        path: where('identityPolicies[0]', 'NotAction'),
        needs: 'none of sqs:*, s3:*',
        has: 'sqs:SendMessage',
      },
      {
        element: 'NotResource',
        path: where('identityPolicies[0]', 'NotResource'),
        needs: `none of ${queue()}`,
        has: queue(),
      },
    ]);
  });
});

describe('a statement that no request makes apply', () => {
  it.each([
    ['NotAction', { Effect: 'Allow', NotAction: '*', Resource: '*' }],
    ['NotAction among others', { Effect: 'Allow', NotAction: ['s3:*', '*'], Resource: queue() }],
    ['NotResource', { Effect: 'Allow', Action: 's3:*', NotResource: '*' }],
    ['NotResource among others', { Effect: 'Deny', Action: 's3:*', NotResource: [queue(), '*'] }],
  ] as const)('%s of everything is no near miss', (_, one) => {
    expect(brief({ identityPolicies: [policy(one as Parameters<typeof policy>[0])] })).toEqual([]);
  });

  it('but one that excludes only much, or applies, is', () => {
    const much = { Effect: 'Allow', NotAction: ['s3:*', 'sqs:*'], NotResource: [queue()] } as const;
    expect(brief({ identityPolicies: [policy(much)] })).toEqual(['identityPolicies 0.0.0 apply allowed']);
    const all = { Effect: 'Allow', Action: '*', Resource: '*' } as const;
    expect(brief({ identityPolicies: [policy(all)] })).toEqual([
      'identityPolicies 0.0.0 notApply implicitDeny',
    ]);
  });
});

describe('order and number', () => {
  const far = allow({ Action: 's3:*', Resource: 'arn:aws:s3:::b', Condition: { Bool: { 'x:B': true } } });
  const near = allow({ Action: 's3:*' });
  const middle = allow({ Action: 's3:*', Resource: 'arn:aws:s3:::b' });

  it('nearest first, equals in the order of the documents', () => {
    expect(brief({ identityPolicies: [policy(far, near, middle, near, deny({ Action: 's3:*' }))] })).toEqual([
      'identityPolicies 0.0.1 apply allowed',
      'identityPolicies 0.0.3 apply allowed',
      'identityPolicies 0.0.4 apply explicitDeny',
      'identityPolicies 0.0.2 apply allowed',
      'identityPolicies 0.0.0 apply allowed',
    ]);
  });

  it('a statement that applies is one step away, however many ways there are to stop it', () => {
    const one = allow({ Action: 'sqs:*', Resource: queue(), Condition: { Null: { 'x:A': true } } });
    const policies = {
      identityPolicies: [policy(deny({ Action: 's3:*', Resource: 'arn:aws:s3:::b' }), one)],
      permissionsBoundary: policy(deny({ Action: 's3:*' }), allow()),
    };
    expect(brief(policies)).toEqual([
      'identityPolicies 0.0.1 notApply implicitDeny',
      'permissionsBoundary 0.0.0 apply explicitDeny',
      'permissionsBoundary 0.0.1 notApply implicitDeny',
      'identityPolicies 0.0.0 apply explicitDeny',
    ]);
  });

  it.each([
    [20, 20],
    [21, 20],
    [50, 20],
  ])('of %i, %i are kept', (count, kept) => {
    const many = Array.from({ length: count - 1 }, () => middle);
    const found = brief({ identityPolicies: [policy(...many, near)] });
    expect(found).toHaveLength(kept);
    expect(found[0]).toBe(`identityPolicies 0.0.${count - 1} apply allowed`);
  });
});

describe('a comparison that fails although it seems to hold', () => {
  it.each<[string, string, string | string[], string]>([
    ['StringEquals', 'a', ['a', 'b'], 'a, b (several values need a set operator)'],
    ['NumericLessThan', '5', 'four', 'four (not comparable)'],
  ])('%s %s, the request has %j', (operator, wanted, given, has) => {
    const one = allow({ Condition: { [operator]: { 'x:A': wanted } } });
    const asked = request(callers.user, { context: { 'x:A': given } });
    expect(misses({ identityPolicies: [policy(one)] }, asked)[0]!.differences[0]!.has).toBe(has);
  });
});
