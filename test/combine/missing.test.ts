import { describe, expect, it } from 'vitest';
import { keysAsked, missingContext } from '../../src/combine/missing.js';
import type { ConditionBlock, PoliciesInput } from '../../src/policy/document.js';
import type { RequestInput } from '../../src/request/input.js';
import { allow, callers, deny, full, iam, own, plansOf, policy, request, silent, sts } from './build.js';

const user = (more: Partial<RequestInput> = {}) => request(callers.user, more);
const when = (key: string, value = 'v'): { Condition: ConditionBlock } => ({
  Condition: { StringEquals: { [key]: value } },
});
const missing = (policies: PoliciesInput, asked = user()) => missingContext(plansOf(policies), asked);

describe('keys that are asked for', () => {
  const asked = (policies: PoliciesInput, by = user()) => [...keysAsked(plansOf(policies), by)];

  it('are those of conditions and variables, as they are spelt first', () => {
    const one = policy(
      allow({
        Resource: ['arn:aws:sqs:*:*:${aws:PrincipalTag/Team}-${AWS:UserName}', "arn:aws:sqs:*:*:${x:A, 'd'}"],
        Condition: {
          StringEquals: { 'X:K': ['${x:B}', '${aws:username}'], 'x:C': '${X:K}' },
          Null: { 'aws:CalledViaFirst': true },
        },
      }),
      { Effect: 'Allow', Action: '*', NotResource: 'arn:aws:sqs:*:*:${X:z}', ...when('x:k') },
    );
    expect(asked({ identityPolicies: [one] })).toEqual([
      ['aws:principaltag/team', 'aws:PrincipalTag/Team'],
      ['aws:username', 'AWS:UserName'],
      ['x:a', 'x:A'],
      ['x:k', 'X:K'],
      ['x:b', 'x:B'],
      ['x:c', 'x:C'],
      ['aws:calledviafirst', 'aws:CalledViaFirst'],
      ['x:z', 'X:z'],
    ]);
  });

  it('are not those of statements for other actions', () => {
    const one = policy(allow({ Action: 's3:*', ...when('x:A') }), deny({ Action: 'sqs:*', ...when('x:B') }));
    expect(
      asked({ identityPolicies: [one], serviceControlPolicies: [[], [policy(deny(when('x:C')))]] }),
    ).toEqual([
      ['x:c', 'x:C'],
      ['x:b', 'x:B'],
    ]);
  });

  it('come from denies before allows', () => {
    expect(asked({ identityPolicies: [policy(allow(when('x:A')), deny(when('X:a')))] })).toEqual([
      ['x:a', 'X:a'],
    ]);
  });

  it('are none where there are no conditions', () => {
    const resourcePolicy = policy(allow({ Principal: { AWS: own }, Resource: 'arn:aws:sqs:*:*:q' }), {
      Effect: 'Deny',
      NotPrincipal: { AWS: own },
      NotAction: 'sqs:*',
      NotResource: '*',
    });
    expect(asked({ resourcePolicy })).toEqual([]);
  });
});

describe('missing keys that could have changed the decision', () => {
  it.each<[string, PoliciesInput, string[]]>([
    ['an allow', { identityPolicies: [policy(allow(when('x:A')))] }, ['x:A']],
    [
      'two ways, sorted',
      { identityPolicies: [policy(allow(when('x:B')), allow(when('x:A')))] },
      ['x:A', 'x:B'],
    ],
    ['an allow beside a sure one', { identityPolicies: [policy(allow(when('x:A')), allow())] }, []],
    ['a deny beside an allow', { identityPolicies: [policy(deny(when('x:A')), allow())] }, ['x:A']],
    ['a deny alone', { identityPolicies: [policy(deny(when('x:A')))] }, ['x:A']],
    ['a deny beside a sure deny', { identityPolicies: [policy(deny(when('x:A')), deny())] }, []],
    ['a key that is there', { identityPolicies: [policy(allow(when('aws:username')))] }, []],
    [
      'another resource',
      {
        identityPolicies: [policy(allow({ ...when('x:A'), Resource: 'arn:aws:sqs:*:*:other' }))],
      },
      [],
    ],
    [
      'a gate behind another that is shut',
      {
        identityPolicies: [silent],
        serviceControlPolicies: [[policy(allow(when('x:A')))]],
      },
      [],
    ],
    [
      'a gate before one that hangs on a key too',
      {
        identityPolicies: [policy(allow(when('x:A')))],
        serviceControlPolicies: [[policy(allow(when('x:B')))]],
      },
      ['x:A', 'x:B'],
    ],
    [
      'three gates that all hang on a key',
      {
        identityPolicies: [policy(allow(when('x:A')))],
        serviceControlPolicies: [[policy(allow(when('x:B')))]],
        permissionsBoundary: policy(allow(when('x:C'))),
      },
      ['x:A', 'x:B', 'x:C'],
    ],
    [
      'two levels that both hang on a key',
      {
        identityPolicies: [full],
        serviceControlPolicies: [[policy(allow(when('x:A')))], [policy(allow(when('x:B')))]],
      },
      ['x:A', 'x:B'],
    ],
    [
      'two levels, one of them shut',
      {
        identityPolicies: [full],
        serviceControlPolicies: [[policy(allow(when('x:A')))], [silent]],
      },
      [],
    ],
    [
      'a variable of a resource',
      {
        identityPolicies: [policy(allow({ Resource: 'arn:aws:sqs:*:*:${x:Name}' }))],
      },
      ['x:Name'],
    ],
    [
      'a variable of a condition',
      {
        identityPolicies: [policy(allow({ Condition: { StringEquals: { 'aws:username': '${x:Name}' } } }))],
      },
      ['x:Name'],
    ],
    [
      'a kind that does not apply',
      {
        identityPolicies: [full],
        sessionPolicies: [policy(deny(when('x:A')))],
      },
      [],
    ],
    [
      'an open deny among open allows of its kind',
      {
        identityPolicies: [policy(allow(when('x:A')), deny(when('x:B')))],
      },
      ['x:A', 'x:B'],
    ],
    [
      'an allow that counts only beside a boundary, and not beside a direct grant',
      {
        resourcePolicy: policy(allow({ Principal: { AWS: iam('user/alice') }, ...when('x:B') })),
        identityPolicies: [policy(allow(when('x:A')))],
        permissionsBoundary: policy(allow(when('x:C'))),
      },
      ['x:A', 'x:B', 'x:C'],
    ],
    [
      'a gate of which a deny hangs on a key too',
      {
        identityPolicies: [policy(allow(when('x:A')))],
        serviceControlPolicies: [[policy(deny(when('x:D')), allow(when('x:B')))]],
      },
      ['x:A', 'x:B', 'x:D'],
    ],
    [
      'a level beside one with an open deny',
      {
        identityPolicies: [full],
        serviceControlPolicies: [[policy(allow(when('x:A')))], [policy(allow(), deny(when('x:D')))]],
      },
      ['x:A', 'x:D'],
    ],
    [
      'a variable, as it is spelt in one value',
      {
        identityPolicies: [
          policy(allow({ Condition: { StringEquals: { 'aws:username': ['${', 'x:b}', '${x:B}'] } } })),
        ],
      },
      ['x:B'],
    ],
    [
      'both keys of one statement',
      {
        identityPolicies: [
          policy(
            allow({
              Condition: { StringEquals: { 'x:A': 'v', 'aws:username': 'alice' }, Null: { 'x:B': true } },
            }),
          ),
        ],
      },
      ['x:A', 'x:B'],
    ],
  ])('%s', (_, policies, keys) => {
    expect(missing(policies)).toEqual(keys);
  });

  it('L95: an empty list is missing, a value is not', () => {
    const policies = { identityPolicies: [policy(allow(when('x:A')))] };
    expect(missing(policies, user({ context: { 'x:a': [] } }))).toEqual(['x:A']);
    expect(missing(policies, user({ context: { 'x:a': 'other' } }))).toEqual([]);
  });

  it('E85: the ends of a chain of calls hang on the chain', () => {
    const policies = { identityPolicies: [policy(allow(when('aws:CalledViaFirst')))] };
    expect(missing(policies)).toEqual(['aws:CalledViaFirst']);
    expect(missing(policies, user({ context: { 'aws:CalledVia': ['x'] } }))).toEqual([]);
  });

  it('E60: root is asked for what may deny it', () => {
    const root = request(callers.root);
    const policies = {
      identityPolicies: [policy(allow(when('x:A')))],
      resourcePolicy: policy(
        allow({ Principal: '*', ...when('x:B') }),
        deny({ Principal: '*', ...when('x:C') }),
      ),
    };
    expect(missing(policies, root)).toEqual(['x:C']);
  });

  it('E13: a resource policy may stand in for identity policies', () => {
    const policies = {
      identityPolicies: [policy(allow(when('x:A')))],
      resourcePolicy: policy(allow({ Principal: { AWS: iam('user/alice') }, ...when('x:B') })),
    };
    expect(missing(policies)).toEqual(['x:A', 'x:B']);
  });

  it('E13: a weaker grant of the same policy counts where a stronger one would need no boundary', () => {
    const named = (AWS: string, key: string) => allow({ Principal: { AWS }, ...when(key) });
    const policies = {
      resourcePolicy: policy(named(iam('role/team/app'), 'x:A'), named(sts('assumed-role/app/s1'), 'x:B')),
      permissionsBoundary: policy(allow(when('x:C'))),
    };
    expect(missing(policies, request(callers.session))).toEqual(['x:A', 'x:B', 'x:C']);
  });

  it('E85: an end of a chain that is given is not missing', () => {
    const policies = {
      identityPolicies: [policy(allow(when('aws:CalledViaFirst', 'athena.amazonaws.com')))],
    };
    const context = { 'aws:CalledViaFirst': 'athena.amazonaws.com' };
    expect(missing(policies, user({ context }))).toEqual([]);
  });

  it('statements that say the same are asked once, however many there are', () => {
    const many = (Principal?: '*') =>
      policy(
        ...Array.from({ length: 2_000 }, (_, i) =>
          allow({ ...(Principal && { Principal }), ...when(`x:K${i % 50}`, `v${i}`) }),
        ),
      );
    const found = missing({ identityPolicies: [many()], resourcePolicy: many('*') });
    expect(found).toHaveLength(50);
  });

  it('E13: a resource policy that names the caller in every way it can asks for few choices', () => {
    const ways = ['*', iam('role/team/app'), sts('assumed-role/app/s1'), own];
    const some = Array.from({ length: 16 }, (_, set) => ways.filter((_, i) => ((set >> i) & 1) === 1));
    const open = (AWS: string[], i: number) => allow({ Principal: { AWS }, ...when(`x:R${i}`) });
    const of = (key: string) => policy(allow(when(key)));
    const policies = {
      resourcePolicy: policy(...some.slice(1).map(open)),
      identityPolicies: [of('x:I')],
      permissionsBoundary: of('x:B'),
      sessionPolicies: [of('x:S')],
      serviceControlPolicies: [[of('x:C')], [of('x:D')]],
      vpcEndpointPolicy: policy(allow({ Principal: '*', ...when('x:V') })),
    };
    // E15: the account alone gives nothing that the identity policy does not.
    const counting = some.slice(1).flatMap((way, i) => (way.join() === own ? [] : [`x:R${i}`]));
    expect(missing(policies, request(callers.session))).toEqual(
      ['x:B', 'x:C', 'x:D', 'x:I', 'x:S', 'x:V', ...counting].sort(),
    );
  });
});
