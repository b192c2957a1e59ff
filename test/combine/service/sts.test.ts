import { describe, expect, it } from 'vitest';
import { sts as exceptions, isServiceLinkedRole } from '../../../src/combine/service/sts.js';
import type { PoliciesInput } from '../../../src/policy/document.js';
import type { Combined } from '../../../src/trace/decision.js';
import {
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
  own,
  policy,
  request,
  silent,
  silentFor,
  sts,
} from '../build.js';

const role = iam('role/team/app2');
const trust = (Principal: Record<string, string>, Effect = 'Allow') =>
  policy({ Effect, Principal, Action: 'sts:*' });
const everythingDenies: PoliciesInput = {
  serviceControlPolicies: [[policy(deny())], []],
  resourceControlPolicies: [[policy(deny({ Principal: '*' }))]],
  vpcEndpointPolicy: policy(deny({ Principal: '*' })),
  resourcePolicy: policy(deny({ Principal: '*' })),
  identityPolicies: [policy(deny())],
  permissionsBoundary: policy(deny()),
  sessionPolicies: [policy(deny())],
};

describe('E80: sts:GetCallerIdentity', () => {
  it.each(callerNames)('%s, under denies of every kind', (caller) => {
    const asked = request(callers[caller], { action: 'STS:GetCallerIdentity', resource: '*' });
    const signed = caller !== 'anonymous' && caller !== 'federated';
    const answer = decide(asked, everythingDenies);
    if (signed) expect(answer).toEqual(byService('allowed', 'E80'));
    else expect(answer.decision).toBe('explicitDeny');
  });

  it('is no rule for an unsigned caller', () => {
    const anonymous = request(callers.anonymous, { action: 'sts:GetCallerIdentity', resource: '*' });
    expect(decide(anonymous, {})).toEqual(byService('implicitDeny', 'E73'));
    const federated = request(callers.federated, { action: 'sts:GetCallerIdentity', resource: '*' });
    expect(decide(federated, {})).toEqual(noAllow('resourcePolicy', 'E13'));
  });

  it.each(['sts:GetCallerIdentity2', 'sts:XGetCallerIdentity', 'sqs:GetCallerIdentity'])(
    'is no rule for %s',
    (action) => {
      expect(decide(request(callers.user, { action, resource: '*' }), {})).toEqual(
        noAllow('identityPolicies', 'E8'),
      );
    },
  );
});

describe('E81: sts:GetSessionToken', () => {
  it.each<[Caller, Combined]>([
    ['user', byService('allowed', 'E81')],
    ['root', byService('allowed', 'E81')],
    ['role', noAllow('identityPolicies', 'E8')],
    ['session', noAllow('identityPolicies', 'E8')],
    ['federatedUser', noAllow('identityPolicies', 'E8')],
    ['service', noAllow('resourcePolicy', 'E13')],
    ['federated', noAllow('resourcePolicy', 'E13')],
    ['anonymous', byService('implicitDeny', 'E73')],
  ])('%s, without any policy', (caller, answer) => {
    expect(decide(request(callers[caller], { action: 'sts:GetSessionToken', resource: '*' }), {})).toEqual(
      answer,
    );
  });

  it.each<[string, PoliciesInput, Combined]>([
    ['a silent boundary', { permissionsBoundary: silent }, byService('allowed', 'E81')],
    ['a deny', { identityPolicies: [policy(deny())] }, denied(at('identityPolicies'))],
    ['a silent SCP', { serviceControlPolicies: [[silent]] }, noAllow('serviceControlPolicies', 'E40', 0)],
    ['a silent endpoint', { vpcEndpointPolicy: silentFor }, noAllow('vpcEndpointPolicy', 'E55')],
  ])('a user under %s', (_, policies, answer) => {
    const asked = request(callers.user, { action: 'sts:GetSessionToken', resource: '*' });
    expect(decide(asked, policies)).toEqual(answer);
  });
});

describe('E73: unsigned callers', () => {
  it.each(['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity', 'sts:GetFederationToken'])(
    'anonymous and %s: nothing, whatever the trust policy says',
    (action) => {
      const asked = request(callers.anonymous, { action, resource: role });
      expect(decide(asked, {})).toEqual(byService('implicitDeny', 'E73'));
      expect(decide(asked, { resourcePolicy: trust({ AWS: '*' }) })).toEqual(
        byService('implicitDeny', 'E73'),
      );
      expect(decide(asked, { resourcePolicy: trust({ AWS: '*' }, 'Deny') })).toEqual(
        denied(at('resourcePolicy')),
      );
      expect(decide(asked, { vpcEndpointPolicy: silentFor })).toEqual(noAllow('vpcEndpointPolicy', 'E55'));
    },
  );

  it.each(['sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML'])(
    'a provider and %s: the trust policy decides alone',
    (action) => {
      const asked = request(callers.federated, { action, resource: role });
      expect(decide(asked, { resourcePolicy: trust({ Federated: 'accounts.google.com' }) })).toEqual(
        allowedBy('resourcePolicy', 'E13'),
      );
      expect(decide(asked, { resourcePolicy: trust({ Federated: 'www.amazon.com' }) })).toEqual(
        noAllow('resourcePolicy', 'E70'),
      );
      expect(decide(asked, { identityPolicies: [full] })).toEqual(noAllow('resourcePolicy', 'E70'));
    },
  );
});

const assuming = [
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
  'STS:TAGSESSION',
  'sts:SetSourceIdentity',
  'sts:SetContext',
];
describe.each(assuming)('E70, E74: %s needs the trust policy', (action) => {
  const asked = request(callers.user, { action, resource: role });
  it.each<[string, PoliciesInput, Combined]>([
    ['an identity policy alone', { identityPolicies: [full] }, noAllow('resourcePolicy', 'E70')],
    ['nothing', {}, noAllow('resourcePolicy', 'E70')],
    [
      'a trust policy for another',
      {
        identityPolicies: [full],
        resourcePolicy: trust({ AWS: iam('user/bob') }),
      },
      noAllow('resourcePolicy', 'E70'),
    ],
    [
      'the user named',
      { resourcePolicy: trust({ AWS: iam('user/alice') }) },
      allowedBy('resourcePolicy', 'E13'),
    ],
    ['everyone named', { resourcePolicy: trust({ AWS: '*' }) }, allowedBy('resourcePolicy', 'E14')],
    ['the account named alone', { resourcePolicy: trust({ AWS: own }) }, noAllow('identityPolicies', 'E15')],
    [
      'the account named, and a silent identity policy',
      {
        identityPolicies: [silent],
        resourcePolicy: trust({ AWS: own }),
      },
      noAllow('identityPolicies', 'E15'),
    ],
    [
      'the account named, and an identity policy',
      {
        identityPolicies: [full],
        resourcePolicy: trust({ AWS: own }),
      },
      allowedBy('identityPolicies', 'E70'),
    ],
    [
      'the same under a silent boundary',
      {
        identityPolicies: [full],
        permissionsBoundary: silent,
        resourcePolicy: trust({ AWS: own }),
      },
      noAllow('permissionsBoundary', 'E31'),
    ],
    [
      'a deny',
      { identityPolicies: [full], resourcePolicy: trust({ AWS: own }, 'Deny') },
      denied(at('resourcePolicy')),
    ],
  ])('%s', (_, policies, answer) => {
    expect(decide(asked, policies)).toEqual(answer);
  });

  it('a service needs to be named', () => {
    const service = request(callers.service, { action, resource: role });
    expect(decide(service, {})).toEqual(noAllow('resourcePolicy', 'E70'));
    expect(decide(service, { resourcePolicy: trust({ Service: 'sns.amazonaws.com' }) })).toEqual(
      allowedBy('resourcePolicy', 'E13'),
    );
  });

  it('E71: a role does not trust itself; its session is allowed by the role entry', () => {
    const self = request(callers.session, { action, resource: iam('role/team/app') });
    expect(decide(self, { identityPolicies: [full] })).toEqual(noAllow('resourcePolicy', 'E70'));
    expect(decide(self, { resourcePolicy: trust({ AWS: iam('role/team/app') }) })).toEqual(
      allowedBy('resourcePolicy', 'E13'),
    );
  });

  it('across accounts both sides must allow', () => {
    const theirs = request(callers.user, { action, resource: iam('role/app', foreign) });
    expect(decide(theirs, { identityPolicies: [full] })).toEqual(noAllow('resourcePolicy', 'E21'));
    const resourcePolicy = trust({ AWS: own });
    expect(decide(theirs, { resourcePolicy })).toEqual(noAllow('identityPolicies', 'E23'));
    expect(decide(theirs, { identityPolicies: [full], resourcePolicy })).toEqual(
      allowedBy('identityPolicies', 'E21'),
    );
  });
});

describe('E63: sts:AssumeRoot is for the account of the caller', () => {
  const resource = iam('root', foreign);
  const action = 'sts:AssumeRoot';
  it.each<[string, Parameters<typeof request>[0], PoliciesInput, Combined]>([
    ['an identity policy', callers.user, { identityPolicies: [full] }, allowedBy('identityPolicies', 'E8')],
    ['nothing', callers.user, {}, noAllow('identityPolicies', 'E8')],
    [
      'a silent boundary',
      callers.session,
      { identityPolicies: [full], permissionsBoundary: silent },
      noAllow('permissionsBoundary', 'E31'),
    ],
    ['the root user', callers.root, { identityPolicies: [full] }, byService('implicitDeny', 'E63')],
    ['a service', callers.service, {}, noAllow('resourcePolicy', 'E13')],
  ])('%s', (_, caller, policies, answer) => {
    expect(decide(request(caller, { action, resource }), policies)).toEqual(answer);
  });
  it('no other action of another account is', () => {
    const asked = request(callers.user, { action: 'sts:AssumeRootX', resource });
    expect(decide(asked, { identityPolicies: [full] })).toEqual(noAllow('resourcePolicy', 'E21'));
  });
});

describe('what is no assuming of a role', () => {
  it.each([
    ['sts:TagSession', '*'],
    ['sts:TagSessionX', role],
    ['sts:XTagSession', role],
    ['sts:SetSourceIdentity', iam('user/x')],
    ['sts:XSetSourceIdentity', role],
    ['sts:SetSourceIdentity2', role],
    ['sts:XAssumeRole', role],
    ['sts:AssumeRoot', role],
    ['sts:GetFederationToken', role],
    ['iam:AssumeRole', role],
  ])('%s on %s follows the general rule', (action, resource) => {
    expect(decide(request(callers.user, { action, resource }), { identityPolicies: [full] })).toEqual(
      allowedBy('identityPolicies', 'E8'),
    );
  });

  it.each(['iam:PassRole', 'iam:GetRole'])('E78: the trust policy is not consulted for %s', (action) => {
    const asked = request(callers.user, { action, resource: role });
    const resourcePolicy = policy({ Effect: 'Deny', Principal: { AWS: '*' }, Action: '*' });
    expect(decide(asked, { identityPolicies: [full], resourcePolicy })).toEqual(
      allowedBy('identityPolicies', 'E8'),
    );
    const granting = policy({ Effect: 'Allow', Principal: { AWS: '*' }, Action: '*' });
    expect(decide(asked, { resourcePolicy: granting })).toEqual(noAllow('identityPolicies', 'E8'));
  });

  it('E78: a resource policy of something else is', () => {
    const asked = request(callers.user, { action: 'iam:Any', resource: iam('mfa/x') });
    expect(decide(asked, { resourcePolicy: fullFor })).toEqual(allowedBy('resourcePolicy', 'E14'));
  });
});

describe('the list of exceptions', () => {
  it('says why', () => {
    expect(exceptions.map(({ service, rule, effect, reason }) => [service, rule, effect, reason])).toEqual([
      ['sts', 'E80', 'allows', 'sts:GetCallerIdentity works for every signed caller, whatever policies say'],
      ['sts', 'E73', 'denies', 'an unsigned caller without a token gets nothing from STS'],
      ['sts', 'E81', 'allowsUnlessDenied', 'users and root need no permission for sts:GetSessionToken'],
      ['sts', 'E63', 'denies', 'the root user cannot assume a role'],
      ['sts', 'E63', 'callerDecides', 'the account of the caller decides'],
      ['sts', 'E70', 'resourcePolicyRequired', 'a role is assumed only by whom its trust policy names'],
    ]);
  });

  it.each([
    [{ arn: iam('role/aws-service-role/x.amazonaws.com/R') }, true],
    [{ arn: sts('assumed-role/R/s'), issuer: iam('role/aws-service-role/x.amazonaws.com/R') }, true],
    [{ arn: sts('assumed-role/R/s') }, false],
    [{ arn: iam('role/service-role/R') }, false],
    [{ arn: iam('user/role/aws-service-role/R') }, false],
    [{ service: 'x.amazonaws.com' }, false],
  ])('%j is a service-linked role: %s', (caller, answer) => {
    expect(isServiceLinkedRole(request(caller))).toBe(answer);
  });
});
