import { describe, expect, it } from 'vitest';
import { kms } from '../../../src/combine/service/kms.js';
import type { PoliciesInput } from '../../../src/policy/document.js';
import type { Combined } from '../../../src/trace/decision.js';
import {
  allow,
  allowedBy,
  type Caller,
  callers,
  decide,
  foreign,
  full,
  fullFor,
  iam,
  noAllow,
  own,
  policy,
  request,
  silent,
} from '../build.js';

const key = `arn:aws:kms:us-east-1:${own}:key/1`;
const ask = (caller: Caller, resource: string, action = 'kms:Decrypt') =>
  request(callers[caller], { action, resource });
const grant = (Principal: Record<string, string>) => policy(allow({ Principal }));

describe('E90: the key policy must take part', () => {
  it.each<[string, Caller, PoliciesInput, Combined]>([
    ['an identity policy alone', 'user', { identityPolicies: [full] }, noAllow('resourcePolicy', 'E90')],
    [
      'the account in the key policy alone',
      'user',
      { resourcePolicy: grant({ AWS: own }) },
      noAllow('identityPolicies', 'E15'),
    ],
    [
      'delegation and an identity policy',
      'user',
      {
        identityPolicies: [full],
        resourcePolicy: grant({ AWS: own }),
      },
      allowedBy('identityPolicies', 'E90'),
    ],
    [
      'delegation, and a silent boundary',
      'user',
      {
        identityPolicies: [full],
        resourcePolicy: grant({ AWS: own }),
        permissionsBoundary: silent,
      },
      noAllow('permissionsBoundary', 'E31'),
    ],
    [
      'a direct entry',
      'user',
      { resourcePolicy: grant({ AWS: iam('user/alice') }) },
      allowedBy('resourcePolicy', 'E13'),
    ],
    [
      'a role entry',
      'session',
      { resourcePolicy: grant({ AWS: iam('role/team/app') }) },
      allowedBy('resourcePolicy', 'E13'),
    ],
    ['everyone', 'session', { resourcePolicy: fullFor }, allowedBy('resourcePolicy', 'E14')],
    ['a service without entry', 'service', {}, noAllow('resourcePolicy', 'E90')],
    [
      'a service with an entry',
      'service',
      { resourcePolicy: grant({ Service: 'sns.amazonaws.com' }) },
      allowedBy('resourcePolicy', 'E13'),
    ],
    ['an anonymous caller', 'anonymous', {}, noAllow('resourcePolicy', 'E90')],
  ])('%s', (_, caller, policies, answer) => {
    expect(decide(ask(caller, key), policies)).toEqual(answer);
  });

  it('E21: across accounts the general rule asks for it already', () => {
    const theirs = ask('user', key.replace(own, foreign));
    expect(decide(theirs, { identityPolicies: [full] })).toEqual(noAllow('resourcePolicy', 'E21'));
    expect(decide(theirs, { identityPolicies: [full], resourcePolicy: grant({ AWS: own }) })).toEqual(
      allowedBy('identityPolicies', 'E21'),
    );
  });

  it.each([
    ['kms:ListKeys', '*'],
    ['kms:CreateKey', '*'],
    ['kms:CreateAlias', `arn:aws:kms:us-east-1:${own}:alias/x`],
    ['kms:CreateAlias', `arn:aws:kms:us-east-1:${own}:alias/key/x`],
    ['kms:Decrypt', `arn:aws:s3:us-east-1:${own}:key/1`],
    ['s3:GetObject', key],
  ])('%s on %s has no key policy', (action, resource) => {
    expect(decide(ask('user', resource, action), { identityPolicies: [full] })).toEqual(
      allowedBy('identityPolicies', 'E8'),
    );
  });

  it('says why', () => {
    expect(kms.map(({ service, rule, effect, reason }) => [service, rule, effect, reason])).toEqual([
      [
        'kms',
        'E90',
        'resourcePolicyRequired',
        'the key policy must allow, directly or by delegating to the account',
      ],
    ]);
  });
});
