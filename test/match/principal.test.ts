import { describe, expect, it } from 'vitest';
import { testPrincipal } from '../../src/match/principal.js';
import type { Effect, PrincipalEntry } from '../../src/policy/policy.js';
import { classifyPrincipal } from '../../src/policy/principal.js';
import type { PrincipalInput } from '../../src/request/input.js';
import { parseRequest } from '../../src/request/parse.js';
import { outcomeName } from '../../src/value/outcome.js';

const outcome = (
  text: string,
  caller: PrincipalInput,
  effect: Effect = 'Allow',
  type: PrincipalEntry['type'] = 'AWS',
) => {
  const { principal } = parseRequest({ principal: caller, action: 's3:GetObject' });
  return outcomeName(testPrincipal(classifyPrincipal(type, text)!, effect, principal));
};
const iam = (rest: string, account = '111122223333', partition = 'aws') =>
  `arn:${partition}:iam::${account}:${rest}`;
const sts = (rest: string, account = '111122223333', partition = 'aws') =>
  `arn:${partition}:sts::${account}:${rest}`;
const oidc = iam('oidc-provider/id.example.com');

const user = { arn: iam('user/team/alice') };
const root = { arn: iam('root') };
const role = { arn: iam('role/team/app') };
const session = { arn: sts('assumed-role/app/s1') };
const issued = { arn: sts('assumed-role/app/s1'), issuer: iam('role/team/app') };
const guest = { arn: sts('federated-user/guest') };
const guestOfAlice = { arn: sts('federated-user/alice'), issuer: iam('user/team/alice') };
const service = { service: 'sns.amazonaws.com' };
const federated = { federated: oidc };
const anonymous = { anonymous: true } as const;
const everybody = {
  user,
  root,
  role,
  session,
  issued,
  guest,
  guestOfAlice,
  service,
  federated,
  anonymous,
};
const miss = 'noValueMatched';

it.each(Object.entries(everybody))('L52: callers of every provider, and %s', (name, caller) => {
  const { principal } = parseRequest({ principal: caller, action: 'sts:AssumeRoleWithWebIdentity' });
  const entry = classifyPrincipal('Federated', '*', 'vpcEndpointPolicy')!;
  const wanted = name === 'federated' ? 'matchedDirect' : miss;
  expect(outcomeName(testPrincipal(entry, 'Allow', principal))).toBe(wanted);
});

describe('everyone and nobody', () => {
  it.each(Object.entries(everybody))('L45, U13: `*` matches %s', (_, caller) => {
    expect(outcome('*', caller)).toBe('matchedEveryone');
    expect(outcome('*', caller, 'Deny')).toBe('matchedEveryone');
  });
  it.each(Object.entries(everybody))('L51, E18: a unique id does not match %s', (_, caller) => {
    expect(outcome('AIDAEXAMPLE1234567890', caller)).toBe(miss);
    expect(outcome('arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1', caller, 'Deny')).toBe(
      miss,
    );
    expect(outcome('a'.repeat(64), caller, 'Allow', 'CanonicalUser')).toBe(miss);
  });
});

describe('an account', () => {
  it.each([
    ['user', user, 'matchedAccount'],
    ['root', root, 'matchedDirect'],
    ['role', role, 'matchedAccount'],
    ['session', session, 'matchedAccount'],
    ['issued', issued, 'matchedAccount'],
    ['guest', guest, 'matchedAccount'],
    ['service', service, miss],
    ['federated', federated, miss],
    ['anonymous', anonymous, miss],
  ])('L46, E13, E17: matches %s', (_, caller, expected) => {
    for (const text of ['111122223333', iam('root')]) {
      expect(outcome(text, caller)).toBe(expected);
      expect(outcome(text, caller, 'Deny')).toBe(expected);
    }
    expect(outcome('444455556666', caller)).toBe(miss);
    expect(outcome(iam('root', '444455556666'), caller)).toBe(miss);
  });

  it('E26: partitions do not mix, but a bare id has none', () => {
    const china = { arn: iam('user/alice', '111122223333', 'aws-cn') };
    expect(outcome(iam('root'), china)).toBe(miss);
    expect(outcome(iam('root', '111122223333', 'aws-cn'), china)).toBe('matchedAccount');
    expect(outcome('111122223333', china)).toBe('matchedAccount');
  });
});

describe('a user', () => {
  it.each([
    [iam('user/team/alice'), 'matchedDirect'],
    [iam('user/alice'), miss],
    [iam('user/team/Alice'), miss],
    [iam('user/team/alice', '444455556666'), miss],
    [iam('user/team/alice', '111122223333', 'aws-cn'), miss],
  ])('L47: %s against user/team/alice: %s', (text, expected) => {
    expect(outcome(text, user)).toBe(expected);
    expect(outcome(text, user, 'Deny')).toBe(expected);
  });
  it.each(['root', 'role', 'session', 'issued', 'service', 'federated', 'anonymous'] as const)(
    'L47: is not %s',
    (name) => {
      expect(outcome(iam('user/team/alice'), everybody[name])).toBe(miss);
      expect(outcome(iam('user/team/alice'), everybody[name], 'Deny')).toBe(miss);
    },
  );

  it.each([
    // With an issuer its whole ARN counts, for either effect.
    [iam('user/team/alice'), guestOfAlice, 'matchedRole', 'matchedRole'],
    [iam('user/alice'), guestOfAlice, miss, miss],
    [iam('user/team/bob'), guestOfAlice, miss, miss],
    // Without one the name may cost access, never give it.
    [iam('user/guest'), guest, miss, 'matchedRole'],
    [iam('user/team/guest'), guest, miss, 'matchedRole'],
    [iam('user/Guest'), guest, miss, miss],
    [iam('user/guest/x'), guest, miss, miss],
    [iam('user/xguest'), guest, miss, miss],
    [iam('user/guest', '444455556666'), guest, miss, miss],
    [iam('user/guest', '111122223333', 'aws-cn'), guest, miss, miss],
  ])('E13: %s against a federated user %j: Allow %s, Deny %s', (text, caller, allow, deny) => {
    expect(outcome(text, caller, 'Allow')).toBe(allow);
    expect(outcome(text, caller, 'Deny')).toBe(deny);
  });
});

describe('a role', () => {
  it.each([
    // The role itself, or a session whose issuer is known: by the role's ARN.
    [iam('role/team/app'), role, 'matchedRole'],
    [iam('role/app'), role, miss],
    [iam('role/team/app'), issued, 'matchedRole'],
    [iam('role/app'), issued, miss],
    // Without issuer: account and name.
    [iam('role/team/app'), session, 'matchedRole'],
    [iam('role/app'), session, 'matchedRole'],
    [iam('role/App'), session, miss],
    [iam('role/app/other'), session, miss],
    [iam('role/myapp'), session, miss],
    [iam('role/app', '444455556666'), session, miss],
    [iam('role/app', '111122223333', 'aws-cn'), session, miss],
  ])('L48, E18: %s against %j: %s', (text, caller, expected) => {
    expect(outcome(text, caller)).toBe(expected);
    expect(outcome(text, caller, 'Deny')).toBe(expected);
  });
  it.each(['user', 'root', 'guest', 'service', 'federated', 'anonymous'] as const)(
    'L48: is not %s',
    (name) => {
      for (const last of ['app', 'guest', 'alice'])
        expect(outcome(iam(`role/${last}`), everybody[name], 'Deny')).toBe(miss);
    },
  );
});

describe('a session and a federated user', () => {
  it.each([
    [sts('assumed-role/app/s1'), session, 'matchedDirect'],
    [sts('assumed-role/app/s1'), issued, 'matchedDirect'],
    [sts('assumed-role/app/s2'), session, miss],
    [sts('assumed-role/app/S1'), session, miss],
    [sts('assumed-role/app/s1', '444455556666'), session, miss],
    [sts('assumed-role/app/s1'), role, miss],
    [sts('federated-user/guest'), guest, 'matchedDirect'],
    [sts('federated-user/alice'), guestOfAlice, 'matchedDirect'],
    [sts('federated-user/Guest'), guest, miss],
    [sts('federated-user/guest', '444455556666'), guest, miss],
  ])('L49: %s against %j: %s', (text, caller, expected) => {
    expect(outcome(text, caller)).toBe(expected);
  });
  it.each(Object.entries(everybody))('L49: one of another kind is not %s', (name, caller) => {
    if (name !== 'session' && name !== 'issued')
      expect(outcome(sts('assumed-role/app/s1'), caller)).toBe(miss);
    if (name !== 'guest') expect(outcome(sts('federated-user/guest'), caller)).toBe(miss);
  });
  it('L49: the form decides, not the text', () => {
    const at = { account: '111122223333', partition: 'aws' };
    const entry = (form: PrincipalEntry['form'], text: string): PrincipalEntry => ({
      type: 'AWS',
      form,
      text,
      ...at,
    });
    const against = (form: PrincipalEntry['form'], caller: { arn: string }) =>
      outcomeName(
        testPrincipal(
          entry(form, caller.arn),
          'Deny',
          parseRequest({ principal: caller, action: 's3:GetObject' }).principal,
        ),
      );
    expect(against('session', user)).toBe(miss);
    expect(against('session', session)).toBe('matchedDirect');
    expect(against('federatedUser', session)).toBe(miss);
    expect(against('federatedUser', guest)).toBe('matchedDirect');
    expect(against('user', session)).toBe(miss);
    expect(against('role', user)).toBe(miss);
    expect(against('role', role)).toBe('matchedRole');
    expect(against('nobody', user)).toBe(miss);
    expect(against('account', user)).toBe('matchedAccount');
  });
});

describe('a service and a provider', () => {
  it.each([
    ['Service', 'sns.amazonaws.com', service, 'matchedDirect'],
    ['Service', 'sqs.amazonaws.com', service, miss],
    ['Service', 'SNS.amazonaws.com', service, miss],
    ['Service', 'sns.amazonaws.com', { federated: 'sns.amazonaws.com' }, miss],
    ['Service', 'sns.amazonaws.com', anonymous, miss],
    ['Service', 'sns.amazonaws.com', user, miss],
    ['Federated', oidc, federated, 'matchedDirect'],
    ['Federated', `${oidc}/x`, federated, miss],
    ['Federated', 'accounts.google.com', { federated: 'accounts.google.com' }, 'matchedDirect'],
    ['Federated', 'accounts.google.com', { service: 'accounts.google.com' }, miss],
    ['Federated', oidc, anonymous, miss],
    ['Federated', user.arn, user, miss],
  ] as const)('L52: %s %s against %j: %s', (type, text, caller, expected) => {
    expect(outcome(text, caller, 'Allow', type)).toBe(expected);
    expect(outcome(text, caller, 'Deny', type)).toBe(expected);
  });
});
