import { describe, expect, it } from 'vitest';
import type { PoliciesInput } from '../../src/policy/document.js';
import {
  allow,
  allowedBy,
  at,
  byService,
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
  queue,
  request,
  silent,
  silentFor,
} from './build.js';

const mine = request(callers.root);
const theirs = request(callers.root, { resource: queue(foreign) });
const no = policy(deny());
const noFor = policy(deny({ Principal: '*' }));

describe('E60: root in its own account', () => {
  it.each<[string, PoliciesInput]>([
    ['nothing', {}],
    ['a silent resource policy', { resourcePolicy: silentFor }],
    [
      'identity, boundary and session policies',
      {
        identityPolicies: [no],
        permissionsBoundary: no,
        sessionPolicies: [no],
      },
    ],
    [
      'allowing SCPs, RCPs and endpoint',
      {
        serviceControlPolicies: [[full]],
        resourceControlPolicies: [[]],
        vpcEndpointPolicy: fullFor,
      },
    ],
  ])('is allowed with %s', (_, policies) => {
    expect(decide(mine, policies)).toEqual(byService('allowed', 'E60'));
  });

  it.each<[string, PoliciesInput, ReturnType<typeof noAllow>]>([
    [
      'a silent SCP',
      { serviceControlPolicies: [[full], [silent]] },
      noAllow('serviceControlPolicies', 'E40', 1),
    ],
    ['a silent endpoint', { vpcEndpointPolicy: silentFor }, noAllow('vpcEndpointPolicy', 'E55')],
    [
      'an SCP that denies',
      { serviceControlPolicies: [[full, no]] },
      denied(at('serviceControlPolicies', 0, { level: 0, policy: 1 })),
    ],
    [
      'an RCP',
      { resourceControlPolicies: [[noFor]] },
      denied(at('resourceControlPolicies', 0, { level: 0 })),
    ],
    ['the endpoint', { vpcEndpointPolicy: noFor }, denied(at('vpcEndpointPolicy'))],
    ['the resource policy', { resourcePolicy: noFor }, denied(at('resourcePolicy'))],
    [
      'its account being denied',
      { resourcePolicy: policy(deny({ Principal: { AWS: own } })) },
      denied(at('resourcePolicy')),
    ],
  ])('is stopped by %s', (_, policies, answer) => {
    expect(decide(mine, policies)).toEqual(answer);
  });
});

describe('E61: root across accounts', () => {
  it.each<[string | Record<string, string>]>([['*'], [{ AWS: own }], [{ AWS: iam('root') }]])(
    'is allowed by %j, without identity policies',
    (Principal) => {
      expect(decide(theirs, { resourcePolicy: policy(allow({ Principal })) })).toEqual(
        allowedBy('resourcePolicy', 'E61'),
      );
    },
  );

  it.each<[string, PoliciesInput]>([
    ['nothing', { identityPolicies: [full] }],
    ['E24: a grant to a user', { resourcePolicy: policy(allow({ Principal: { AWS: iam('user/alice') } })) }],
    ['the owner', { resourcePolicy: policy(allow({ Principal: { AWS: foreign } })) }],
  ])('is not allowed by %s', (_, policies) => {
    expect(decide(theirs, policies)).toEqual(noAllow('resourcePolicy', 'E61'));
  });
});

describe('strict resources and root', () => {
  const key = `arn:aws:kms:us-east-1:${own}:key/1`;
  const asked = request(callers.root, { action: 'kms:Decrypt', resource: key });
  it('E60, E90: needs the key policy of its own key', () => {
    expect(decide(asked, {})).toEqual(noAllow('resourcePolicy', 'E90'));
    expect(decide(asked, { resourcePolicy: silentFor })).toEqual(noAllow('resourcePolicy', 'E90'));
    expect(decide(asked, { resourcePolicy: policy(allow({ Principal: { AWS: own } })) })).toEqual(
      allowedBy('resourcePolicy', 'E90'),
    );
  });

  it('E61: and of the key of another', () => {
    const other = request(callers.root, { action: 'kms:Decrypt', resource: key.replace(own, foreign) });
    expect(decide(other, {})).toEqual(noAllow('resourcePolicy', 'E61'));
    expect(decide(other, { resourcePolicy: fullFor })).toEqual(allowedBy('resourcePolicy', 'E61'));
  });
});

describe('E63: root and sts:AssumeRole', () => {
  it.each([own, foreign])('is refused for a role of %s', (account) => {
    const asked = request(callers.root, { action: 'sts:AssumeRole', resource: iam('role/app', account) });
    const trust = policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: own } });
    expect(decide(asked, { resourcePolicy: trust })).toEqual(byService('implicitDeny', 'E63'));
    const never = policy({ Effect: 'Deny', Action: 'sts:AssumeRole', Principal: { AWS: own } });
    expect(decide(asked, { resourcePolicy: never })).toEqual(denied(at('resourcePolicy')));
  });

  it('leaves other actions on the trust policy to it', () => {
    const asked = request(callers.root, { action: 'sts:TagSession', resource: iam('role/app') });
    expect(decide(asked, {})).toEqual(noAllow('resourcePolicy', 'E70'));
    const trust = policy({ Effect: 'Allow', Action: 'sts:TagSession', Principal: { AWS: own } });
    expect(decide(asked, { resourcePolicy: trust })).toEqual(allowedBy('resourcePolicy', 'E70'));
  });

  it('leaves other actions of sts to the general rule', () => {
    const asked = request(callers.root, { action: 'sts:DecodeAuthorizationMessage', resource: '*' });
    expect(decide(asked, {})).toEqual(byService('allowed', 'E60'));
  });
});

describe('E64: root and the bucket policy', () => {
  const bucket = (accountId: string) => ({ arn: 'arn:aws:s3:::b', accountId });
  const ask = (action: string, accountId = own) =>
    request(callers.root, { action, resource: bucket(accountId) });
  const actions = ['s3:GetBucketPolicy', 's3:PutBucketPolicy', 'S3:deletebucketpolicy'];

  it.each(actions)('%s of the own bucket, whatever the bucket policy denies', (action) => {
    expect(decide(ask(action), { resourcePolicy: noFor })).toEqual(byService('allowed', 'E60'));
    expect(decide(ask(action), { resourcePolicy: policy(deny({ Principal: { AWS: own } })) })).toEqual(
      byService('allowed', 'E60'),
    );
  });

  it.each(actions)('%s of a foreign bucket: the deny counts', (action) => {
    expect(decide(ask(action, foreign), { resourcePolicy: noFor })).toEqual(denied(at('resourcePolicy')));
  });

  it.each(['s3:GetBucketPolicyStatus', 's3:PutBucketAcl', 's3:GetObject', 's3:DeleteBucket'])(
    '%s of the own bucket: the deny counts',
    (action) => {
      expect(decide(ask(action), { resourcePolicy: noFor })).toEqual(denied(at('resourcePolicy')));
    },
  );

  it.each(['sqs:GetBucketPolicy', 'kms:PutBucketPolicy', 'sts:DeleteBucketPolicy'])(
    '%s is of another service',
    (action) => {
      expect(decide(ask(action), { resourcePolicy: noFor })).toEqual(denied(at('resourcePolicy')));
    },
  );

  it.each(['user', 'role', 'session', 'federatedUser'] as const)('%s: the deny counts', (caller) => {
    const asked = request(callers[caller], { action: actions[0]!, resource: bucket(own) });
    expect(decide(asked, { identityPolicies: [full], resourcePolicy: noFor })).toEqual(
      denied(at('resourcePolicy')),
    );
  });

  it.each(actions)('%s: SCP, RCP and endpoint still deny', (action) => {
    const resourcePolicy = noFor;
    expect(decide(ask(action), { resourcePolicy, serviceControlPolicies: [[no]] })).toEqual(
      denied(at('serviceControlPolicies', 0, { level: 0 })),
    );
    expect(decide(ask(action), { resourcePolicy, resourceControlPolicies: [[noFor]] })).toEqual(
      denied(at('resourceControlPolicies', 0, { level: 0 })),
    );
    expect(decide(ask(action), { resourcePolicy, vpcEndpointPolicy: noFor })).toEqual(
      denied(at('vpcEndpointPolicy')),
    );
    expect(decide(ask(action), { resourcePolicy, serviceControlPolicies: [[silent]] })).toEqual(
      noAllow('serviceControlPolicies', 'E40', 0),
    );
  });
});
