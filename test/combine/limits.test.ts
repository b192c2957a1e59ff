import { describe, expect, it } from 'vitest';
import type { PoliciesInput } from '../../src/policy/document.js';
import type { Combined } from '../../src/trace/decision.js';
import {
  allow,
  allowedBy,
  at,
  byService,
  type Caller,
  callerNames,
  callers,
  decide,
  denied,
  deny,
  foreign,
  full,
  fullFor,
  iam,
  noAllow,
  policy,
  queue,
  request,
  silent,
  silentFor,
  sts,
} from './build.js';

const no = policy(deny());
const noFor = policy(deny({ Principal: '*' }));
/** What allows each caller, so that only the limit under test decides. */
const granting = { identityPolicies: [full], sessionPolicies: [full], resourcePolicy: fullFor };
/** The caller has an account, so that SCPs limit it. */
const limited = (caller: Caller) => !['service', 'federated', 'anonymous'].includes(caller);
const allowed = (caller: Caller): Combined => {
  if (caller === 'root') return byService('allowed', 'E60');
  return allowedBy('resourcePolicy', limited(caller) ? 'E14' : 'E13');
};

describe('service control policies', () => {
  it.each(callerNames)('E41, E42: limit %s or not', (caller) => {
    const asked = request(callers[caller]);
    const silence = decide(asked, { ...granting, serviceControlPolicies: [[full], [silent]] });
    const refusal = decide(asked, { ...granting, serviceControlPolicies: [[full], [full, no]] });
    if (!limited(caller)) expect([silence, refusal]).toEqual([allowed(caller), allowed(caller)]);
    else {
      expect(silence).toEqual(noAllow('serviceControlPolicies', 'E40', 1));
      expect(refusal).toEqual(denied(at('serviceControlPolicies', 0, { level: 1, policy: 1 })));
    }
  });

  it.each<[string, NonNullable<PoliciesInput['serviceControlPolicies']>, number | undefined]>([
    ['no levels', [], undefined],
    ['each level allows', [[full], [full], [full]], undefined],
    [
      'one policy of a level allows',
      [
        [silent, full],
        [full, silent],
      ],
      undefined,
    ],
    ['an empty root level', [[], [full], [full]], 0],
    ['an empty level in the middle', [[full], [], [full]], 1],
    ['an empty level at the account', [[full], [full], []], 2],
    ['a silent level', [[full], [silent], [full]], 1],
    ['the first of two', [[full], [silent], []], 1],
    ['every level', [[silent], [silent]], 0],
  ])('E40: %s', (_, serviceControlPolicies, level) => {
    const answer = decide(request(callers.user), { identityPolicies: [full], serviceControlPolicies });
    expect(answer).toEqual(
      level === undefined
        ? allowedBy('identityPolicies', 'E8')
        : noAllow('serviceControlPolicies', 'E40', level),
    );
  });

  it('E41: never grant', () => {
    expect(decide(request(callers.user), { serviceControlPolicies: [[full]] })).toEqual(
      noAllow('identityPolicies', 'E8'),
    );
  });

  it('E12: limit what a resource policy grants directly, and calls across accounts', () => {
    const serviceControlPolicies = [[silent]];
    const answer = noAllow('serviceControlPolicies', 'E40', 0);
    expect(decide(request(callers.user), { ...granting, serviceControlPolicies })).toEqual(answer);
    const theirs = request(callers.user, { resource: queue(foreign) });
    expect(decide(theirs, { ...granting, serviceControlPolicies })).toEqual(answer);
  });

  it('E44: an allow may have conditions and resources', () => {
    const scp = policy(allow({ Resource: queue(), Condition: { Bool: { 'aws:SecureTransport': true } } }));
    const policies = { identityPolicies: [full], serviceControlPolicies: [[scp]] };
    const secure = request(callers.user, { context: { 'aws:SecureTransport': true } });
    expect(decide(secure, policies)).toEqual(allowedBy('identityPolicies', 'E8'));
    expect(decide(request(callers.user), policies)).toEqual(noAllow('serviceControlPolicies', 'E40', 0));
  });

  it('denies of several levels are named together, in their order', () => {
    const policies = { ...granting, serviceControlPolicies: [[no], [full], [full, no]] };
    expect(decide(request(callers.user), policies)).toEqual(
      denied(
        at('serviceControlPolicies', 0, { level: 0 }),
        at('serviceControlPolicies', 0, { level: 2, policy: 1 }),
      ),
    );
  });
});

describe('resource control policies', () => {
  it.each(callerNames)('E51: limit %s', (caller) => {
    const asked = request(callers[caller]);
    const policies = { ...granting, resourceControlPolicies: [[], [noFor]] };
    expect(decide(asked, policies)).toEqual(denied(at('resourceControlPolicies', 0, { level: 1 })));
  });

  it.each(callerNames)('E50: never deny %s by silence', (caller) => {
    const asked = request(callers[caller]);
    const other = policy(deny({ Action: 's3:*', Principal: '*' }));
    for (const resourceControlPolicies of [[], [[]], [[other]], [[fullFor]], [[], [other, fullFor]]]) {
      expect(decide(asked, { ...granting, resourceControlPolicies })).toEqual(allowed(caller));
    }
  });

  it('E50: RCPFullAWSAccess grants nothing', () => {
    expect(decide(request(callers.service), { resourceControlPolicies: [[fullFor]] })).toEqual(
      noAllow('resourcePolicy', 'E13'),
    );
  });

  it('E9: apply to requests without a resource too', () => {
    const asked = request(callers.user, { action: 's3:ListAllMyBuckets', resource: '*' });
    expect(decide(asked, { ...granting, resourceControlPolicies: [[noFor]] })).toEqual(
      denied(at('resourceControlPolicies', 0, { level: 0 })),
    );
  });
});

describe('E55: the policy of a VPC endpoint', () => {
  it.each(callerNames)('limits %s', (caller) => {
    const asked = request(callers[caller]);
    expect(decide(asked, { ...granting, vpcEndpointPolicy: silentFor })).toEqual(
      noAllow('vpcEndpointPolicy', 'E55'),
    );
    expect(decide(asked, { ...granting, vpcEndpointPolicy: noFor })).toEqual(denied(at('vpcEndpointPolicy')));
    expect(decide(asked, { ...granting, vpcEndpointPolicy: fullFor })).toEqual(allowed(caller));
  });

  it('grants nothing', () => {
    expect(decide(request(callers.user), { vpcEndpointPolicy: fullFor })).toEqual(
      noAllow('identityPolicies', 'E8'),
    );
  });
});

describe('service-linked roles', () => {
  const issuer = iam('role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS');
  const linked = { arn: sts('assumed-role/AWSServiceRoleForECS/s'), issuer };
  const policies = { identityPolicies: [full] };
  const everything = {
    ...policies,
    serviceControlPolicies: [[no], []],
    resourceControlPolicies: [[noFor]],
    permissionsBoundary: no,
    sessionPolicies: [no],
  };

  it.each([
    ['a session', linked],
    ['the role itself', { arn: issuer }],
  ])('E42, E52, E31, E32: SCP, RCP, boundary and session policies leave %s alone', (_, caller) => {
    expect(decide(request(caller), everything)).toEqual(allowedBy('identityPolicies', 'E8'));
    expect(decide(request(caller), { ...everything, sessionPolicies: [silent] })).toEqual(
      allowedBy('identityPolicies', 'E8'),
    );
  });

  it('identity, resource and endpoint policies do not', () => {
    expect(decide(request(linked), {})).toEqual(noAllow('identityPolicies', 'E8'));
    expect(decide(request(linked), { identityPolicies: [no] })).toEqual(denied(at('identityPolicies')));
    expect(decide(request(linked), { ...policies, resourcePolicy: noFor })).toEqual(
      denied(at('resourcePolicy')),
    );
    expect(decide(request(linked), { ...policies, vpcEndpointPolicy: silentFor })).toEqual(
      noAllow('vpcEndpointPolicy', 'E55'),
    );
  });

  it.each([
    ['without its issuer', { arn: linked.arn }],
    ['a role of another path', { arn: linked.arn, issuer: iam('role/service-role/AWSServiceRoleForECS') }],
    ['a path that only holds the word', { arn: iam('role/x/aws-service-role/AWSServiceRoleForECS') }],
    ['a user of that name', { arn: iam('user/role/aws-service-role/x') }],
  ])('E42: %s is limited', (_, caller) => {
    expect(decide(request(caller), { ...policies, serviceControlPolicies: [[silent]] })).toEqual(
      noAllow('serviceControlPolicies', 'E40', 0),
    );
    expect(decide(request(caller), { ...policies, permissionsBoundary: silent })).toEqual(
      noAllow('permissionsBoundary', 'E31'),
    );
  });
});

describe('the order of the gates', () => {
  const asked = request(callers.session);
  const gates: PoliciesInput = {
    serviceControlPolicies: [[silent]],
    vpcEndpointPolicy: silentFor,
    identityPolicies: [silent],
    permissionsBoundary: silent,
    sessionPolicies: [silent],
  };
  it('E4: names the first gate that is missing', () => {
    const opened: PoliciesInput = {
      serviceControlPolicies: [[full]],
      vpcEndpointPolicy: fullFor,
      identityPolicies: [full],
      permissionsBoundary: full,
      sessionPolicies: [full],
    };
    const order = Object.keys(gates) as (keyof PoliciesInput)[];
    let policies = gates;
    const found = order.map((kind) => {
      const { decidedBy } = decide(asked, policies);
      policies = { ...policies, [kind]: opened[kind] };
      return decidedBy;
    });
    expect(found).toEqual([
      { kind: 'serviceControlPolicies', rule: 'E40', statements: [], level: 0 },
      { kind: 'vpcEndpointPolicy', rule: 'E55', statements: [] },
      { kind: 'identityPolicies', rule: 'E8', statements: [] },
      { kind: 'permissionsBoundary', rule: 'E31', statements: [] },
      { kind: 'sessionPolicies', rule: 'E32', statements: [] },
    ]);
    expect(decide(asked, policies)).toEqual(allowedBy('identityPolicies', 'E8'));
  });

  it('E2, E4: a deny anywhere comes before each of them, and all denies are named in a fixed order', () => {
    const policies: PoliciesInput = {
      sessionPolicies: [no],
      permissionsBoundary: no,
      identityPolicies: [silent, no, policy(allow(), deny({ Sid: 'second' }))],
      resourcePolicy: policy(deny({ Principal: { AWS: iam('role/team/app') } })),
      vpcEndpointPolicy: noFor,
      resourceControlPolicies: [[fullFor], [noFor]],
      serviceControlPolicies: [[silent], [no]],
    };
    expect(decide(asked, policies)).toEqual(
      denied(
        at('serviceControlPolicies', 0, { level: 1 }),
        at('resourceControlPolicies', 0, { level: 1 }),
        at('vpcEndpointPolicy'),
        at('resourcePolicy'),
        at('identityPolicies', 0, { policy: 1 }),
        at('identityPolicies', 1, { policy: 2, sid: 'second' }),
        at('permissionsBoundary'),
        at('sessionPolicies'),
      ),
    );
  });
});
