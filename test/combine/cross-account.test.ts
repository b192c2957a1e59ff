import { describe, expect, it } from 'vitest';
import {
  allow,
  allowedBy,
  at,
  byService,
  type Caller,
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
  sts,
} from './build.js';

const grant = (Principal: string | Record<string, string>) => policy(allow({ Principal }));
const theirs = { resource: queue(foreign) };
/** Every way the owner can name a caller; all strengths count alike (E22). */
const named: readonly (readonly [Caller, ReturnType<typeof grant>])[] = [
  ['user', grant({ AWS: iam('user/alice') })],
  ['user', grant({ AWS: own })],
  ['user', grant({ AWS: iam('root') })],
  ['user', grant('*')],
  ['role', grant({ AWS: iam('role/team/app') })],
  ['session', grant({ AWS: iam('role/team/app') })],
  ['session', grant({ AWS: sts('assumed-role/app/s1') })],
  ['session', grant({ AWS: own })],
  ['session', grant('*')],
  ['federatedUser', grant({ AWS: sts('federated-user/guest') })],
  ['federatedUser', grant({ AWS: iam('user/alice') })],
  ['federatedUser', grant({ AWS: own })],
  ['federatedUser', grant('*')],
];

describe('E21-E23: across accounts both sides must allow', () => {
  it.each(named)('%s, resource policy %j', (caller, resourcePolicy) => {
    const asked = request(callers[caller], theirs);
    const session = caller === 'user' ? {} : { sessionPolicies: [full] };
    const all = { identityPolicies: [full], permissionsBoundary: full, resourcePolicy, ...session };
    expect(decide(asked, all)).toEqual(allowedBy('identityPolicies', 'E21'));
    expect(decide(asked, { ...all, identityPolicies: [silent] })).toEqual(noAllow('identityPolicies', 'E23'));
    expect(decide(asked, { ...all, identityPolicies: [] })).toEqual(noAllow('identityPolicies', 'E23'));
    expect(decide(asked, { ...all, resourcePolicy: silentFor })).toEqual(noAllow('resourcePolicy', 'E21'));
    expect(decide(asked, { ...all, permissionsBoundary: silent })).toEqual(
      noAllow('permissionsBoundary', 'E31'),
    );
    if (caller !== 'user')
      expect(decide(asked, { ...all, sessionPolicies: [silent] })).toEqual(noAllow('sessionPolicies', 'E32'));
  });

  it.each<Caller>(['user', 'role', 'session', 'federatedUser'])(
    'E25: without a resource policy %s gets nothing',
    (caller) => {
      const policies = { identityPolicies: [full], sessionPolicies: [full] };
      expect(decide(request(callers[caller], theirs), policies)).toEqual(noAllow('resourcePolicy', 'E21'));
    },
  );

  it('the owner comes before the identity policies', () => {
    expect(decide(request(callers.user, theirs), {})).toEqual(noAllow('resourcePolicy', 'E21'));
  });

  it('E32: a federated user needs a session policy, whoever is named', () => {
    const policies = {
      identityPolicies: [full],
      resourcePolicy: grant({ AWS: sts('federated-user/guest') }),
    };
    const asked = request(callers.federatedUser, theirs);
    expect(decide(asked, policies)).toEqual(noAllow('sessionPolicies', 'E32'));
    expect(decide(asked, { ...policies, permissionsBoundary: silent })).toEqual(
      noAllow('permissionsBoundary', 'E31'),
    );
  });

  it('E15: a grant to another account is none', () => {
    const policies = { identityPolicies: [full], resourcePolicy: grant({ AWS: foreign }) };
    expect(decide(request(callers.user, theirs), policies)).toEqual(noAllow('resourcePolicy', 'E21'));
  });

  it.each<[string, string | Record<string, string>]>([
    ['the root user of the account elsewhere', { AWS: iam('root') }],
    ['the bare number of the account', { AWS: own }],
    ['everyone', '*'],
  ])('E26: partitions do not mix, whoever is named: %s', (_, principal) => {
    const policies = { identityPolicies: [full], resourcePolicy: grant(principal) };
    for (const name of ['user/alice', 'root']) {
      const asked = request({ arn: `arn:aws-cn:iam::${own}:${name}` }, theirs);
      expect(decide(asked, policies)).toEqual(byService('implicitDeny', 'E26'));
    }
  });

  it('E26: an account of another partition is another one, whatever its number', () => {
    const chinese = { arn: `arn:aws-cn:iam::${own}:user/alice` };
    const policies = { identityPolicies: [full] };
    expect(decide(request(callers.user), policies).decision).toBe('allowed');
    for (const caller of [chinese, { arn: `arn:aws-cn:iam::${own}:root` }])
      expect(decide(request(caller), policies)).toEqual(byService('implicitDeny', 'E26'));
    // An action without a resource is of the partition of whoever asks.
    expect(decide(request(chinese, { resource: '*' }), policies).decision).toBe('allowed');
  });

  it('E2: the deny of either side ends it', () => {
    const asked = request(callers.user, theirs);
    const policies = { identityPolicies: [full], resourcePolicy: fullFor };
    expect(decide(asked, { ...policies, resourcePolicy: policy(deny({ Principal: { AWS: own } })) })).toEqual(
      denied(at('resourcePolicy')),
    );
    expect(decide(asked, { ...policies, identityPolicies: [policy(allow(), deny())] })).toEqual(
      denied(at('identityPolicies', 1)),
    );
  });
});

describe('callers without an account', () => {
  it.each<[Caller, string | Record<string, string>]>([
    ['service', { Service: 'sns.amazonaws.com' }],
    ['service', '*'],
    ['service', { AWS: '*' }],
    ['federated', { Federated: 'accounts.google.com' }],
    ['federated', '*'],
    ['anonymous', '*'],
    ['anonymous', { AWS: '*' }],
  ])('E13: %s is allowed by %j alone', (caller, Principal) => {
    const policies = { resourcePolicy: grant(Principal) };
    expect(decide(request(callers[caller]), policies)).toEqual(allowedBy('resourcePolicy', 'E13'));
    expect(decide(request(callers[caller], theirs), policies)).toEqual(allowedBy('resourcePolicy', 'E13'));
  });

  it.each<[Caller, string | Record<string, string> | undefined]>([
    ['service', undefined],
    ['service', { Service: 's3.amazonaws.com' }],
    ['service', { AWS: own }],
    ['federated', undefined],
    ['federated', { Federated: 'www.amazon.com' }],
    ['federated', { Service: 'accounts.google.com' }],
    ['anonymous', undefined],
    ['anonymous', { AWS: own }],
    ['anonymous', { Service: 'sns.amazonaws.com' }],
  ])('E13, E17: %s is not allowed by %j', (caller, Principal) => {
    const policies = {
      identityPolicies: [full],
      ...(Principal === undefined ? {} : { resourcePolicy: grant(Principal) }),
    };
    expect(decide(request(callers[caller]), policies)).toEqual(noAllow('resourcePolicy', 'E13'));
  });
});
