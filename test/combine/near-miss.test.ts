import { describe, expect, it } from 'vitest';
import { Asking } from '../../src/combine/asking.js';
import { explain } from '../../src/combine/explain.js';
import type { PoliciesInput } from '../../src/policy/document.js';
import {
  allow,
  brief as briefOf,
  type Caller,
  callers,
  deny,
  foreign,
  full,
  iam,
  misses as missesOf,
  own,
  plansOf,
  policy,
  queue,
  request,
  silent,
} from './build.js';

const user = request(callers.user);
const misses = (policies: PoliciesInput, asked = user) => missesOf(policies, asked);
const brief = (policies: PoliciesInput, asked = user) => briefOf(policies, asked);
const where = (kind: string, rest: string) => `policies.${kind}.Statement[0].${rest}`;

describe('an implicit deny', () => {
  it.each<[string, PoliciesInput, string[]]>([
    ['E8: identity', { identityPolicies: [silent] }, ['identityPolicies 0.0.0 apply allowed']],
    [
      'E40: SCP',
      { identityPolicies: [full], serviceControlPolicies: [[full], [silent]] },
      ['serviceControlPolicies 1.0.0 apply allowed'],
    ],
    [
      'E55: endpoint',
      { identityPolicies: [full], vpcEndpointPolicy: policy(allow({ Action: 's3:*', Principal: '*' })) },
      ['vpcEndpointPolicy 0.0.0 apply allowed'],
    ],
    [
      'E31: boundary',
      { identityPolicies: [full], permissionsBoundary: silent },
      ['permissionsBoundary 0.0.0 apply allowed'],
    ],
    [
      'two gates shut: no statement is enough',
      { identityPolicies: [silent], permissionsBoundary: silent },
      [],
    ],
    [
      'a deny that would turn it',
      {
        identityPolicies: [policy(deny({ Action: 's3:*' }))],
      },
      ['identityPolicies 0.0.0 apply explicitDeny'],
    ],
    [
      'a resource policy that would allow',
      {
        identityPolicies: [silent],
        resourcePolicy: policy(allow({ Action: 's3:*', Principal: '*' })),
      },
      ['resourcePolicy 0.0.0 apply allowed', 'identityPolicies 0.0.0 apply allowed'],
    ],
    [
      'E15: one that would only delegate',
      {
        resourcePolicy: policy(allow({ Action: 's3:*', Principal: { AWS: own } })),
      },
      [],
    ],
    ['no policies', {}, []],
  ])('%s', (_, policies, expected) => {
    expect(brief(policies)).toEqual(expected);
  });

  it('E32: session policies', () => {
    const policies = { identityPolicies: [full], sessionPolicies: [silent] };
    expect(brief(policies, request(callers.session))).toEqual(['sessionPolicies 0.0.0 apply allowed']);
  });

  it('E21: the owner across accounts', () => {
    const theirs = request(callers.user, { resource: queue(foreign) });
    const policies = {
      identityPolicies: [full],
      resourcePolicy: policy(allow({ Principal: { AWS: own }, Action: 's3:*' })),
    };
    expect(brief(policies, theirs)).toEqual(['resourcePolicy 0.0.0 apply allowed']);
  });

  it('a caller who became one of the entries would be named directly', () => {
    const policies = {
      permissionsBoundary: silent,
      resourcePolicy: policy(allow({ Principal: { AWS: [iam('user/bob'), iam('role/r')] } })),
    };
    expect(misses(policies)).toEqual([
      {
        at: 'resourcePolicy 0.0.0',
        change: 'apply',
        decision: 'allowed',
        alone: true,
        differences: [
          {
            element: 'Principal',
            path: where('resourcePolicy', 'Principal'),
            needs: `one of ${iam('user/bob')}, ${iam('role/r')}`,
            has: iam('user/alice'),
          },
        ],
      },
    ]);
  });

  it('E13: one of a role or of another account would still leave the boundary silent', () => {
    const grant = (...AWS: string[]) => ({
      permissionsBoundary: silent,
      resourcePolicy: policy(allow({ Principal: { AWS } })),
    });
    for (const AWS of [[iam('role/r')], [foreign], [foreign, iam('role/r')]]) {
      expect(brief(grant(...AWS), request(callers.session))).toEqual([]);
      expect(brief(grant(...AWS))).toEqual([]);
    }
    // Without a boundary a role would be enough, an account is none without an identity policy (E15).
    const without = (AWS: string) => brief({ resourcePolicy: grant(AWS).resourcePolicy });
    expect(without(iam('role/r'))).toEqual(['resourcePolicy 0.0.0 apply allowed']);
    expect(without(foreign)).toEqual([]);
  });

  it('E13: entries that name the caller already keep their strengths, all of them', () => {
    const grant = (...AWS: string[]) => ({
      permissionsBoundary: silent,
      identityPolicies: [full],
      resourcePolicy: policy(allow({ Action: 's3:*', Principal: { AWS } })),
    });
    const boundary = 'permissionsBoundary 0.0.0 apply allowed';
    const direct = 'resourcePolicy 0.0.0 apply allowed';
    expect(brief(grant(own))).toEqual([boundary]);
    expect(brief(grant(own, iam('user/bob')))).toEqual([boundary]);
    expect(brief(grant(own, iam('user/alice')))).toEqual([direct, boundary]);
    expect(brief(grant(iam('user/alice'), own))).toEqual([direct, boundary]);
  });

  it('E13: statements that would name the caller more or less strongly are told apart', () => {
    const account = allow({ Action: 's3:*', Principal: { AWS: own } });
    const direct = allow({ Action: 's3:*', Principal: { AWS: iam('user/alice') } });
    expect(brief({ resourcePolicy: policy(account, direct, account, direct) })).toEqual([
      'resourcePolicy 0.0.1 apply allowed',
      'resourcePolicy 0.0.3 apply allowed',
    ]);
  });
});

describe('an explicit deny', () => {
  const denying = deny({ Sid: 'no', Action: 'sqs:*' });
  it('one deny: it alone would change the answer', () => {
    expect(brief({ identityPolicies: [policy(allow(), denying)] })).toEqual([
      'identityPolicies 0.0.1 notApply allowed',
    ]);
  });

  it('one deny, and no allow: the answer would be an implicit deny', () => {
    expect(brief({ identityPolicies: [policy(denying)] })).toEqual([
      'identityPolicies 0.0.0 notApply implicitDeny',
    ]);
  });

  it('two denies, of one kind or of two: none is enough, all are named', () => {
    expect(brief({ identityPolicies: [policy(denying, allow()), policy(deny())] })).toEqual([
      'identityPolicies 0.0.0 notApply allowed together',
      'identityPolicies 0.1.0 notApply allowed together',
    ]);
    expect(
      brief({
        serviceControlPolicies: [[policy(allow(), deny(), deny({ Action: 's3:*' }))]],
        identityPolicies: [policy(deny({ Action: 's3:*' }))],
        permissionsBoundary: policy(denying),
      }),
    ).toEqual([
      'serviceControlPolicies 0.0.1 notApply implicitDeny together',
      'permissionsBoundary 0.0.0 notApply implicitDeny together',
    ]);
  });

  it('a deny of two levels', () => {
    const serviceControlPolicies = [[policy(allow(), deny())], [policy(allow(), deny())]];
    expect(brief({ identityPolicies: [full], serviceControlPolicies })).toEqual([
      'serviceControlPolicies 0.0.1 notApply allowed together',
      'serviceControlPolicies 1.0.1 notApply allowed together',
    ]);
  });
});

describe('an allow', () => {
  it('the one that allows, and the deny that would not', () => {
    const policies = {
      identityPolicies: [policy(allow(), deny({ Action: 's3:*' }), allow({ Action: 's3:*' }))],
    };
    expect(brief(policies)).toEqual([
      'identityPolicies 0.0.0 notApply implicitDeny',
      'identityPolicies 0.0.1 apply explicitDeny',
    ]);
  });

  it('two allows: none is needed', () => {
    expect(brief({ identityPolicies: [full, full] })).toEqual([]);
  });

  it('E13: a grant is needed when no other names the caller as strongly', () => {
    const account = allow({ Principal: { AWS: own } });
    const direct = allow({ Principal: { AWS: iam('user/alice') } });
    expect(brief({ resourcePolicy: policy(account, direct) })).toEqual([
      'resourcePolicy 0.0.1 notApply implicitDeny',
    ]);
    expect(brief({ resourcePolicy: policy(direct, account, direct) })).toEqual([]);
  });

  it('E90: without a direct grant, delegation and an identity policy still allow', () => {
    const asked = request(callers.user, {
      action: 'kms:Decrypt',
      resource: `arn:aws:kms:us-east-1:${own}:key/1`,
    });
    const account = allow({ Principal: { AWS: own } });
    const direct = allow({ Principal: { AWS: iam('user/alice') } });
    const resourcePolicy = policy(account, direct);
    expect(brief({ resourcePolicy, identityPolicies: [full] }, asked)).toEqual([]);
    expect(brief({ resourcePolicy: policy(account), identityPolicies: [full] }, asked)).toEqual([
      'resourcePolicy 0.0.0 notApply implicitDeny',
      'identityPolicies 0.0.0 notApply implicitDeny',
    ]);
  });

  it('every gate is needed', () => {
    const policies = {
      serviceControlPolicies: [[full], [full, full]],
      identityPolicies: [full],
      permissionsBoundary: full,
    };
    expect(brief(policies)).toEqual([
      'serviceControlPolicies 0.0.0 notApply implicitDeny',
      'identityPolicies 0.0.0 notApply implicitDeny',
      'permissionsBoundary 0.0.0 notApply implicitDeny',
    ]);
  });

  it('E80: no statement changes what no policy decides', () => {
    const asked = request(callers.user, { action: 'sts:GetCallerIdentity', resource: '*' });
    expect(
      brief({ identityPolicies: [full, policy(deny()), policy(deny({ Action: 's3:*' }))] }, asked),
    ).toEqual([]);
  });

  it('E60: root, and a deny that does not apply', () => {
    const policies = { resourcePolicy: policy(deny({ Action: 's3:*', Principal: '*' })) };
    expect(brief(policies, request(callers.root))).toEqual(['resourcePolicy 0.0.0 apply explicitDeny']);
  });

  it.each<Caller>(['anonymous', 'service'])('%s: kinds that do not apply are left out', (caller) => {
    const policies = {
      identityPolicies: [silent],
      serviceControlPolicies: [[silent]],
      resourcePolicy: policy(allow({ Principal: '*' })),
    };
    expect(brief(policies, request(callers[caller]))).toEqual(['resourcePolicy 0.0.0 notApply implicitDeny']);
  });
});

describe('what lacks an Allow', () => {
  const lacking = (policies: PoliciesInput, asked = user) =>
    explain(new Asking(plansOf(policies)), asked).missingAllows;
  const theirs = request(callers.session, { resource: queue(foreign) });
  it.each<[string, PoliciesInput, typeof user, unknown]>([
    ['E8', {}, user, [{ kind: 'identityPolicies' }]],
    [
      'every gate, in the order in which they are asked',
      {
        serviceControlPolicies: [[full], [silent], []],
        vpcEndpointPolicy: policy(allow({ Principal: '*', Action: 's3:*' })),
        identityPolicies: [silent],
        permissionsBoundary: silent,
        sessionPolicies: [silent],
      },
      request(callers.session),
      [
        { kind: 'serviceControlPolicies', level: 1 },
        { kind: 'serviceControlPolicies', level: 2 },
        { kind: 'vpcEndpointPolicy' },
        { kind: 'identityPolicies' },
        { kind: 'permissionsBoundary' },
        { kind: 'sessionPolicies' },
      ],
    ],
    [
      'E21: both sides across accounts',
      {},
      theirs,
      [{ kind: 'resourcePolicy' }, { kind: 'identityPolicies' }],
    ],
    [
      'E32: a federated user without a session policy',
      { identityPolicies: [full] },
      request(callers.federatedUser),
      [{ kind: 'sessionPolicies' }],
    ],
    [
      'E13: a role as the caller, which nothing names but as a role, needs the boundary too',
      { permissionsBoundary: silent, identityPolicies: [full] },
      request(
        { arn: 'arn:aws:iam::111122223333:role/app' },
        { action: 'kms:Decrypt', resource: 'arn:aws:kms:us-east-1:111122223333:key/1' },
      ),
      [{ kind: 'resourcePolicy' }, { kind: 'permissionsBoundary' }],
    ],
    ['nothing where it is allowed', { identityPolicies: [full] }, user, []],
    ['nothing where it is denied', { identityPolicies: [policy(deny())] }, user, []],
    [
      'nothing where the service decides',
      {},
      request(callers.anonymous, { action: 'sts:AssumeRole', resource: '*' }),
      [],
    ],
    [
      'nothing where the service refuses behind a gate that lacks one (E63)',
      { serviceControlPolicies: [[]], resourcePolicy: policy(allow({ Principal: '*' })) },
      request(callers.root, { action: 'sts:AssumeRole', resource: 'arn:aws:iam::111122223333:role/app' }),
      [],
    ],
    [
      'nothing where the kind has no say (E78)',
      { identityPolicies: [full] },
      request(callers.session, { action: 'iam:GetRole', resource: `arn:aws:iam::${foreign}:role/app` }),
      [],
    ],
  ])('%s', (_, policies, asked, kinds) => {
    expect(lacking(policies, asked)).toEqual(kinds);
  });
});
