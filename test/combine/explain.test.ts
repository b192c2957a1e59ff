import { describe, expect, it } from 'vitest';
import { combine } from '../../src/combine/combine.js';
import { explain } from '../../src/combine/explain.js';
import type { PoliciesInput } from '../../src/policy/document.js';
import type { RequestInput } from '../../src/request/input.js';
import { formatTrace } from '../../src/trace/render.js';
import type { Trace } from '../../src/trace/trace.js';
import {
  allow,
  askingOf,
  at,
  type Caller,
  callerNames,
  callers,
  decideLayers,
  denied,
  deny,
  full,
  fullFor,
  iam,
  noAllow,
  own,
  plansOf,
  policy,
  queue,
  request,
  silent,
  silentFor,
  sts,
} from './build.js';

const trace = (policies: PoliciesInput, caller: Caller = 'user', more: Partial<RequestInput> = {}) =>
  explain(askingOf(policies), request(callers[caller], more));

describe('the request, as the trace shows it', () => {
  it.each<[Caller, string, string, boolean]>([
    ['user', iam('user/alice'), 'user', true],
    ['role', iam('role/team/app'), 'role', true],
    ['session', sts('assumed-role/app/s1'), 'role', true],
    ['federatedUser', sts('federated-user/guest'), 'federatedUser', true],
    ['root', iam('root'), 'root', true],
    ['service', 'sns.amazonaws.com', 'service', false],
    ['federated', 'accounts.google.com', 'federated', false],
    ['anonymous', 'anonymous', 'anonymous', false],
  ])('%s', (caller, principal, principalKind, sameAccount) => {
    expect(trace({}, caller).request).toEqual({
      principal,
      principalKind,
      action: 'sqs:SendMessage',
      resource: queue(),
      sameAccount,
    });
  });

  it('E18: what was assumed', () => {
    const asked = request({ arn: sts('assumed-role/app/s1') });
    expect(explain(askingOf({}), asked).assumptions).toEqual([
      `the role of the session is taken to have no path: ${iam('role/app')}`,
    ]);
    expect(trace({}, 'session').assumptions).toEqual([]);
  });
});

describe('the layers', () => {
  const layersOf = (policies: PoliciesInput, caller: Caller = 'user', more: Partial<RequestInput> = {}) =>
    trace(policies, caller, more).layers.map(({ kind, verdict, levels, reason }) => [
      kind,
      verdict,
      levels.map(({ level, verdict: word, statements }) => [level, word, statements.length]),
      ...(reason === undefined ? [] : [reason]),
    ]);

  it('are all kinds in their order, also those that were not given', () => {
    expect(layersOf({})).toEqual([
      ['serviceControlPolicies', 'notGiven', []],
      ['resourceControlPolicies', 'notGiven', []],
      ['vpcEndpointPolicy', 'notGiven', []],
      ['resourcePolicy', 'notGiven', []],
      ['identityPolicies', 'notGiven', []],
      ['permissionsBoundary', 'notGiven', []],
      ['sessionPolicies', 'notGiven', []],
    ]);
  });

  it('have a verdict for each level and for all of them', () => {
    const no = policy(deny(), allow());
    expect(
      layersOf({
        serviceControlPolicies: [[full], [silent, full], [silent]],
        resourceControlPolicies: [[policy(allow({ Principal: '*' }), deny({ Principal: '*' }))], []],
        vpcEndpointPolicy: fullFor,
        resourcePolicy: silentFor,
        identityPolicies: [full, no],
        permissionsBoundary: policy(allow(), allow()),
        sessionPolicies: [full],
      }),
    ).toEqual([
      [
        'serviceControlPolicies',
        'noAllow',
        [
          [0, 'allow', 1],
          [1, 'allow', 2],
          [2, 'noAllow', 1],
        ],
      ],
      [
        'resourceControlPolicies',
        'explicitDeny',
        [
          [0, 'explicitDeny', 2],
          [1, 'noAllow', 0],
        ],
      ],
      ['vpcEndpointPolicy', 'allow', [[0, 'allow', 1]]],
      ['resourcePolicy', 'noAllow', [[0, 'noAllow', 1]]],
      ['identityPolicies', 'explicitDeny', [[0, 'explicitDeny', 3]]],
      ['permissionsBoundary', 'allow', [[0, 'allow', 2]]],
      ['sessionPolicies', 'notApplicable', [], 'a user has no session policies (E32)'],
    ]);
  });

  it('an empty list of a kind was not given, and has no reason', () => {
    expect(layersOf({ sessionPolicies: [] })[6]).toEqual(['sessionPolicies', 'notGiven', []]);
    expect(trace({ sessionPolicies: [] }).layers[6]).not.toHaveProperty('reason');
  });

  it('say why a kind does not apply', () => {
    const policies = {
      serviceControlPolicies: [[full]],
      resourceControlPolicies: [[fullFor]],
      identityPolicies: [full],
    };
    const layers = layersOf(policies, 'anonymous', { action: 'sns:Publish' });
    expect([layers[0], layers[1], layers[4]]).toEqual([
      [
        'serviceControlPolicies',
        'notApplicable',
        [],
        'service control policies do not limit a caller without credentials (E42)',
      ],
      ['resourceControlPolicies', 'notApplicable', [], 'resource control policies do not cover sns (E53)'],
      [
        'identityPolicies',
        'notApplicable',
        [],
        'a caller without credentials has no identity policies (E10)',
      ],
    ]);
  });

  it('hold every statement, those for other actions too, and where it stands', () => {
    const { layers } = trace({
      serviceControlPolicies: [
        [full],
        [{ name: 'guard', document: policy(allow({ Sid: 'a' }), deny({ Action: 's3:*' })) }],
      ],
    });
    expect(layers[0]!.levels[1]!.statements).toMatchObject([
      { policy: 'guard', level: 1, sid: 'a', index: 0, effect: 'Allow', matched: true },
      { policy: 'guard', level: 1, index: 1, effect: 'Deny', matched: false },
    ]);
    expect(layers[0]!.levels[0]!.statements).toEqual([
      {
        policy: 0,
        level: 0,
        index: 0,
        path: 'policies.serviceControlPolicies[0][0].Statement[0]',
        effect: 'Allow',
        matched: true,
        elements: [
          {
            element: 'Action',
            path: 'policies.serviceControlPolicies[0][0].Statement[0].Action',
            matched: true,
            request: 'sqs:SendMessage',
            entries: [{ text: '*', outcome: 'matched' }],
          },
          {
            element: 'Resource',
            path: 'policies.serviceControlPolicies[0][0].Statement[0].Resource',
            matched: true,
            request: queue(),
            entries: [{ text: '*', outcome: 'matched' }],
          },
        ],
        conditions: [],
      },
    ]);
  });
});

describe('the decision', () => {
  const everything: PoliciesInput = {
    serviceControlPolicies: [[full], [policy(allow(), deny({ Action: 's3:*' }))]],
    resourceControlPolicies: [[]],
    vpcEndpointPolicy: fullFor,
    resourcePolicy: policy(allow({ Principal: { AWS: own } })),
    identityPolicies: [silent, full],
    permissionsBoundary: full,
    sessionPolicies: [full],
  };
  it.each(callerNames)('is the one of evaluate, for %s', (caller) => {
    const asked = request(callers[caller]);
    const plans = plansOf(everything);
    const { decision, decidedBy, denies } = explain(askingOf(everything), asked);
    expect({ decision, decidedBy, denies }).toEqual(combine(decideLayers(plans, asked), asked));
  });

  it('E13: an explanation names every statement that allows', () => {
    const identityPolicies = [policy(allow({ Sid: 'a' }), allow({ Sid: 'b' }))];
    expect(trace({ identityPolicies }).decidedBy.statements.map(({ sid }) => sid)).toEqual(['a', 'b']);
    const resourcePolicy = policy(
      allow({ Principal: '*' }),
      allow({ Principal: { AWS: iam('user/alice') } }),
    );
    expect(trace({ resourcePolicy }).decidedBy).toEqual({
      kind: 'resourcePolicy',
      rule: 'E13',
      statements: [at('resourcePolicy'), at('resourcePolicy', 1)],
    });
  });

  it('E2: denies', () => {
    expect(trace({ identityPolicies: [policy(deny())] })).toMatchObject(denied(at('identityPolicies')));
  });

  it('has no reason when a policy decides', () => {
    expect(trace({})).toMatchObject(noAllow('identityPolicies', 'E8'));
    expect(trace({})).not.toHaveProperty('reason');
    expect(trace({ identityPolicies: [full] })).not.toHaveProperty('reason');
  });

  it.each<[string, string, Caller, string, string]>([
    [
      'E80',
      'sts:GetCallerIdentity',
      'user',
      '*',
      'sts:GetCallerIdentity works for every signed caller, whatever policies say',
    ],
    [
      'E73',
      'sts:AssumeRole',
      'anonymous',
      iam('role/app'),
      'an unsigned caller without a token gets nothing from STS',
    ],
    ['E81', 'sts:GetSessionToken', 'user', '*', 'users and root need no permission for sts:GetSessionToken'],
    ['E63', 'sts:AssumeRole', 'root', iam('role/app'), 'the root user cannot assume a role'],
    [
      'E70',
      'sts:AssumeRole',
      'user',
      iam('role/app'),
      'a role is assumed only by whom its trust policy names',
    ],
    [
      'E90',
      'kms:Decrypt',
      'user',
      `arn:aws:kms:us-east-1:${own}:key/1`,
      'the key policy must allow, directly or by delegating to the account',
    ],
    ['E60', 'sqs:SendMessage', 'root', queue(), 'the root user may do everything in its own account'],
  ])('%s: gives the reason of the service', (rule, action, caller, resource, reason) => {
    const found = trace({}, caller, { action, resource });
    expect([found.decidedBy.rule, found.reason]).toEqual([rule, reason]);
  });
});

describe('the deciding statements alone', () => {
  const brief = (policies: PoliciesInput, caller: Caller = 'user') =>
    explain(askingOf(policies), request(callers[caller]), { deciding: true });
  const indexes = (one: Trace) =>
    one.layers.flatMap(({ kind, levels }) =>
      levels.flatMap(({ level, statements }) => statements.map(({ index }) => `${kind} ${level} ${index}`)),
    );

  it('are the allows of the kind that granted', () => {
    const found = brief({
      identityPolicies: [policy(allow({ Action: 'none:Nothing' }), allow(), allow())],
      serviceControlPolicies: [[full]],
    });
    expect(found.decision).toBe('allowed');
    expect(indexes(found)).toEqual(['identityPolicies 0 1', 'identityPolicies 0 2']);
  });

  it('E4: are all denies, of every kind and level', () => {
    const found = brief({
      identityPolicies: [policy(allow(), deny())],
      serviceControlPolicies: [[full], [policy(deny({ Action: 'none:Nothing' }), deny(), allow())]],
    });
    expect(found.decision).toBe('explicitDeny');
    expect(indexes(found)).toEqual(['serviceControlPolicies 1 1', 'identityPolicies 0 1']);
  });

  it('are none where a statement is missing, or the service decides', () => {
    expect(indexes(brief({ identityPolicies: [silent], serviceControlPolicies: [[full]] }))).toEqual([]);
    expect(brief({}, 'root').reason).toBe('the root user may do everything in its own account');
    expect(indexes(brief({ resourcePolicy: silentFor }, 'root'))).toEqual([]);
  });

  it('stand in the trace as in the whole one, which says that they are alone', () => {
    const policies = {
      identityPolicies: [policy(allow({ Action: 'none:Nothing' }), allow())],
      permissionsBoundary: silent,
    };
    const [short, whole] = [brief(policies), trace(policies)];
    expect(short.deciding).toBe(true);
    expect(whole).not.toHaveProperty('deciding');
    expect(short.nearMisses).toEqual([]);
    expect(whole.nearMisses.length).toBeGreaterThan(0);
    expect(formatTrace(short)).not.toContain('What would change');
    const off = explain(askingOf(policies), request(callers.user), { deciding: false });
    expect(off).toEqual(whole);
  });

  it('options that are null are none', () => {
    const policies = { identityPolicies: [policy(allow())] };
    const whole = explain(askingOf(policies), request(callers.user), null as never);
    expect(whole).toEqual(trace(policies));
    expect(formatTrace(whole, null as never)).toBe(formatTrace(whole));
  });
});
