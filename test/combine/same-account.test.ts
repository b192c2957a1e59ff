import { describe, expect, it } from 'vitest';
import type { PoliciesInput } from '../../src/policy/document.js';
import type { Combined } from '../../src/trace/decision.js';
import {
  allow,
  allowedBy,
  at,
  type Caller,
  callers,
  decide,
  denied,
  deny,
  full,
  fullFor,
  iam,
  noAllow,
  own,
  policy,
  request,
  silent,
  sts,
} from './build.js';

const grant = (Principal: string | Record<string, string>) => policy(allow({ Principal }));
const account = grant({ AWS: own });
/** Everything that could limit is there and allows. */
const open = {
  identityPolicies: [full],
  permissionsBoundary: full,
  serviceControlPolicies: [[full], [full]],
  resourceControlPolicies: [[policy(allow({ Principal: '*' }))]],
  vpcEndpointPolicy: fullFor,
};
const openSession = { ...open, sessionPolicies: [full] };

type Row = readonly [
  caller: Caller,
  resourcePolicy: NonNullable<PoliciesInput['resourcePolicy']>,
  identity: Combined,
  boundary: Combined,
  session: Combined | undefined,
];
const byResource = (rule: string) => allowedBy('resourcePolicy', rule);
const noIdentity = noAllow('identityPolicies', 'E8');
const noBoundary = noAllow('permissionsBoundary', 'E31');
const noSession = noAllow('sessionPolicies', 'E32');

const matrix: readonly Row[] = [
  ['user', grant({ AWS: iam('user/alice') }), byResource('E13'), byResource('E13'), undefined],
  ['user', grant('*'), byResource('E14'), byResource('E14'), undefined],
  ['user', grant({ AWS: '*' }), byResource('E14'), byResource('E14'), undefined],
  ['user', account, noIdentity, noBoundary, undefined],
  ['session', grant({ AWS: iam('role/team/app') }), byResource('E13'), noBoundary, noSession],
  [
    'session',
    grant({ AWS: sts('assumed-role/app/s1') }),
    byResource('E13'),
    byResource('E13'),
    byResource('E13'),
  ],
  ['session', grant('*'), byResource('E14'), byResource('E14'), byResource('E14')],
  [
    'session',
    policy(
      allow({
        Principal: '*',
        Condition: { ArnEquals: { 'aws:PrincipalArn': iam('role/team/app') } },
      }),
    ),
    byResource('E14'),
    byResource('E14'),
    byResource('E14'),
  ],
  ['session', account, noIdentity, noBoundary, noSession],
  ['role', grant({ AWS: iam('role/team/app') }), byResource('E13'), noBoundary, noSession],
  ['role', grant('*'), byResource('E14'), byResource('E14'), byResource('E14')],
  ['role', account, noIdentity, noBoundary, noSession],
  [
    'federatedUser',
    grant({ AWS: sts('federated-user/guest') }),
    byResource('E13'),
    byResource('E13'),
    byResource('E13'),
  ],
  ['federatedUser', grant({ AWS: iam('user/alice') }), byResource('E13'), noBoundary, noSession],
  ['federatedUser', grant('*'), byResource('E14'), byResource('E14'), byResource('E14')],
  ['federatedUser', account, noIdentity, noBoundary, noSession],
];

describe('E13, E14, E19: section 4.1, same account, one kind silent', () => {
  it.each(matrix)('%s, resource policy %j', (caller, resourcePolicy, identity, boundary, session) => {
    const asked = request(callers[caller]);
    const all = { ...(session === undefined ? open : openSession), resourcePolicy };
    expect(decide(asked, { ...all, identityPolicies: [silent] })).toEqual(identity);
    expect(decide(asked, { ...all, identityPolicies: [] })).toEqual(identity);
    expect(decide(asked, { ...all, permissionsBoundary: silent })).toEqual(boundary);
    if (session !== undefined) expect(decide(asked, { ...all, sessionPolicies: [silent] })).toEqual(session);
  });

  it.each(matrix)('%s, resource policy %j: an explicit deny anywhere', (caller, resourcePolicy, ...cells) => {
    const asked = request(callers[caller]);
    const all = { ...(cells[2] === undefined ? open : openSession), resourcePolicy };
    const no = policy(deny());
    const noFor = policy(deny({ Principal: '*' }));
    expect(decide(asked, { ...all, identityPolicies: [no] })).toEqual(denied(at('identityPolicies')));
    expect(decide(asked, { ...all, permissionsBoundary: no })).toEqual(denied(at('permissionsBoundary')));
    if (cells[2] !== undefined)
      expect(decide(asked, { ...all, sessionPolicies: [no] })).toEqual(denied(at('sessionPolicies')));
    expect(decide(asked, { ...all, resourcePolicy: noFor })).toEqual(denied(at('resourcePolicy')));
    expect(decide(asked, { ...all, vpcEndpointPolicy: noFor })).toEqual(denied(at('vpcEndpointPolicy')));
    expect(decide(asked, { ...all, serviceControlPolicies: [[full], [no]] })).toEqual(
      denied(at('serviceControlPolicies', 0, { level: 1 })),
    );
    expect(decide(asked, { ...all, resourceControlPolicies: [[noFor]] })).toEqual(
      denied(at('resourceControlPolicies', 0, { level: 0 })),
    );
  });

  it.each<Caller>(['root', 'service', 'federated', 'anonymous'])(
    'E10: identity, boundary and session policies never apply to %s',
    (caller) => {
      const no = policy(deny());
      const asked = request(callers[caller]);
      const answer = decide(asked, {
        identityPolicies: [no],
        permissionsBoundary: no,
        sessionPolicies: [no],
        resourcePolicy: fullFor,
      });
      expect(answer.decision).toBe('allowed');
    },
  );
});

describe('same account, without a resource policy', () => {
  it.each<Caller>(['user', 'role', 'session'])('E8: identity policies alone allow %s', (caller) => {
    const { vpcEndpointPolicy: _, ...rest } = open;
    const policies = { ...rest, identityPolicies: [silent, full] };
    expect(decide(request(callers[caller]), policies)).toEqual(
      allowedBy('identityPolicies', 'E8', [
        { kind: 'identityPolicies', policy: 1, index: 0, path: 'policies.identityPolicies[1].Statement[0]' },
      ]),
    );
  });

  it.each<Caller>(['user', 'role', 'session', 'federatedUser'])('E8: silence denies %s', (caller) => {
    expect(decide(request(callers[caller]), {})).toEqual(noIdentity);
    expect(decide(request(callers[caller]), { ...openSession, identityPolicies: [silent] })).toEqual(
      noIdentity,
    );
  });

  it.each<Caller>(['user', 'role', 'session'])('E31: a silent boundary denies %s', (caller) => {
    const asked = request(callers[caller]);
    expect(decide(asked, { ...open, permissionsBoundary: silent })).toEqual(noBoundary);
  });

  it('E31: the boundary comes before the session policy', () => {
    const policies = { ...openSession, permissionsBoundary: silent, sessionPolicies: [silent] };
    expect(decide(request(callers.session), policies)).toEqual(noBoundary);
  });

  it.each<Caller>(['session', 'role', 'federatedUser'])(
    'E32: a silent session policy denies %s',
    (caller) => {
      const asked = request(callers[caller]);
      expect(decide(asked, { ...openSession, sessionPolicies: [silent] })).toEqual(noSession);
      expect(decide(asked, { ...openSession, sessionPolicies: [silent, full] })).toEqual(
        allowedBy('identityPolicies', 'E8'),
      );
    },
  );

  it('E33: session policies are not for a user', () => {
    const policies = { ...open, sessionPolicies: [policy(deny())] };
    expect(decide(request(callers.user), policies)).toEqual(allowedBy('identityPolicies', 'E8'));
  });

  it('E15: a grant to the account adds nothing to what identity policies give', () => {
    const policies = { ...open, resourcePolicy: account };
    expect(decide(request(callers.user), policies)).toEqual(allowedBy('identityPolicies', 'E8'));
  });
});

describe('E32: a federated user without session policy', () => {
  const asked = request(callers.federatedUser);
  it.each<[string, PoliciesInput, Combined]>([
    ['identity policies alone', { identityPolicies: [full] }, noSession],
    ['an empty list of session policies', { identityPolicies: [full], sessionPolicies: [] }, noSession],
    ['an allowing boundary', { identityPolicies: [full], permissionsBoundary: full }, noSession],
    [
      'a silent boundary is the earlier gate',
      { identityPolicies: [full], permissionsBoundary: silent },
      noBoundary,
    ],
    ['the user named', { resourcePolicy: grant({ AWS: iam('user/alice') }) }, noSession],
    ['itself named', { resourcePolicy: grant({ AWS: sts('federated-user/guest') }) }, byResource('E13')],
    ['everyone named', { resourcePolicy: grant('*') }, byResource('E14')],
  ])('%s', (_, policies, answer) => {
    expect(decide(asked, policies)).toEqual(answer);
  });

  it('E13: by name alone, without issuer, a user entry grants nothing', () => {
    const nameless = request({ arn: sts('federated-user/alice') });
    const policies = { resourcePolicy: grant({ AWS: iam('user/alice') }), sessionPolicies: [full] };
    expect(decide(nameless, policies)).toEqual(noIdentity);
  });
});

describe('which statements a resource policy is said to allow by', () => {
  it('E13: direct wins over everyone; all grants are named', () => {
    const resourcePolicy = policy(
      allow({ Sid: 'the account', Principal: { AWS: own } }),
      allow({ Action: 'sqs:Other', Principal: '*' }),
      allow({ Principal: { AWS: iam('user/alice') } }),
      allow({ Principal: '*' }),
    );
    expect(decide(request(callers.user), { resourcePolicy })).toEqual(
      allowedBy('resourcePolicy', 'E13', [
        at('resourcePolicy', 0, { sid: 'the account' }),
        at('resourcePolicy', 2),
        at('resourcePolicy', 3),
      ]),
    );
  });

  it('E13: an entry list may grant by several strengths at once', () => {
    const resourcePolicy = policy(allow({ Principal: { AWS: ['*', iam('user/alice')] } }));
    expect(decide(request(callers.user), { resourcePolicy })).toEqual(byResource('E13'));
  });

  it('E8: all identity policies that allow are named', () => {
    const identityPolicies = [policy(allow(), allow({ Action: 's3:*' }), allow({ Sid: 'b' })), full];
    expect(decide(request(callers.user), { identityPolicies })).toEqual(
      allowedBy('identityPolicies', 'E8', [
        at('identityPolicies'),
        at('identityPolicies', 2, { sid: 'b' }),
        at('identityPolicies', 0, { policy: 1 }),
      ]),
    );
  });

  it('a name stands in for the index of the policy', () => {
    const answer = decide(request(callers.user), { identityPolicies: [{ name: 'admin', document: full }] });
    expect(answer).toEqual(
      allowedBy('identityPolicies', 'E8', [
        {
          kind: 'identityPolicies',
          policy: 'admin',
          index: 0,
          path: 'policies.identityPolicies[0].document.Statement[0]',
        },
      ]),
    );
  });
});
