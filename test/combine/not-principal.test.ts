import { describe, expect, it } from 'vitest';
import {
  allow,
  allowedBy,
  at,
  type Caller,
  callers,
  decide,
  denied,
  foreign,
  full,
  iam,
  own,
  policy,
  request,
  sts,
} from './build.js';

/** Everyone is allowed, and denied unless spared by this list. */
const sparing = (NotPrincipal: Record<string, string | string[]>) =>
  policy(allow({ Principal: '*' }), { Effect: 'Deny', NotPrincipal, Action: '*' });
const hit = denied(at('resourcePolicy', 1));
const user = iam('user/alice');
const role = iam('role/team/app');
const session = sts('assumed-role/app/s1');
const guest = sts('federated-user/guest');

describe('E28, E29: a Deny with NotPrincipal spares whose every level is listed', () => {
  it.each<[Caller, Record<string, string | string[]>, boolean]>([
    ['user', { AWS: [own, user] }, true],
    ['user', { AWS: [iam('root'), user] }, true],
    ['user', { AWS: user }, false],
    ['user', { AWS: own }, false],
    ['user', { AWS: [foreign, user] }, false],
    ['user', { AWS: [own, iam('user/bob')] }, false],
    ['user', {}, false],
    ['session', { AWS: [own, role, session] }, true],
    ['session', { AWS: [role, session] }, false],
    ['session', { AWS: [own, session] }, false],
    ['session', { AWS: [own, role] }, false],
    ['session', { AWS: [own, role, sts('assumed-role/app/other')] }, false],
    ['role', { AWS: [own, role] }, false],
    ['role', { AWS: '*' }, true],
    ['role', { AWS: role }, false],
    ['role', { AWS: own }, false],
    ['federatedUser', { AWS: [own, guest] }, true],
    ['federatedUser', { AWS: guest }, false],
    ['federatedUser', { AWS: [own, user] }, false],
    ['root', { AWS: own }, true],
    ['root', { AWS: iam('root') }, true],
    ['root', { AWS: foreign }, false],
    ['root', { AWS: user }, false],
    ['service', { Service: 'sns.amazonaws.com' }, true],
    ['service', { Service: ['s3.amazonaws.com'] }, false],
    ['service', { AWS: own }, false],
    ['federated', { Federated: 'accounts.google.com' }, true],
    ['federated', { Federated: 'www.amazon.com' }, false],
    ['anonymous', { AWS: [own, user] }, false],
    ['anonymous', { AWS: '*' }, false],
    ['user', { AWS: '*' }, true],
  ])('%s, NotPrincipal %j: spared %s', (caller, list, spared) => {
    const asked = request(callers[caller]);
    const answer = decide(asked, { resourcePolicy: sparing(list) });
    if (!spared) expect(answer).toEqual(hit);
    else expect([answer.decision, answer.denies]).toEqual(['allowed', []]);
  });

  it('E30: sparing grants nothing', () => {
    const resourcePolicy = policy({ Effect: 'Deny', NotPrincipal: { AWS: [own, user] }, Action: '*' });
    expect(decide(request(callers.user), { resourcePolicy }).decision).toBe('implicitDeny');
  });
});

describe('E29b: a permissions boundary', () => {
  it.each<[Caller, Record<string, string | string[]>, boolean]>([
    ['user', { AWS: [own, user] }, false],
    ['user', { AWS: '*' }, false],
    ['session', { AWS: [own, role, session] }, false],
    ['role', { AWS: [own, role] }, false],
    ['federatedUser', { AWS: [own, guest] }, true],
    ['root', { AWS: own }, true],
    ['service', { Service: 'sns.amazonaws.com' }, true],
  ])('%s, NotPrincipal %j: spared %s', (caller, list, spared) => {
    const policies = { permissionsBoundary: full, resourcePolicy: sparing(list) };
    const answer = decide(request(callers[caller]), policies);
    if (!spared) expect(answer).toEqual(hit);
    else expect([answer.decision, answer.denies]).toEqual(['allowed', []]);
  });

  it('is a rule of resource policies: the policy of an endpoint spares as listed', () => {
    const policies = {
      identityPolicies: [full],
      permissionsBoundary: full,
      vpcEndpointPolicy: policy(allow({ Principal: '*' }), {
        Effect: 'Deny',
        NotPrincipal: { AWS: [own, user] },
        Action: '*',
        Resource: '*',
      }),
    };
    expect(decide(request(callers.user), policies)).toEqual(allowedBy('identityPolicies', 'E8'));
    expect(decide(request({ arn: iam('user/bob') }), policies)).toEqual(denied(at('vpcEndpointPolicy', 1)));
  });
});
