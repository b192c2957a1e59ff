import { describe, expect, it } from 'vitest';
import { testNotPrincipal } from '../../src/match/principal.js';
import { classifyPrincipal } from '../../src/policy/principal.js';
import type { PrincipalInput } from '../../src/request/input.js';
import { parseRequest } from '../../src/request/parse.js';
import { outcomeName } from '../../src/value/outcome.js';

const iam = (rest: string) => `arn:aws:iam::111122223333:${rest}`;
const sts = (rest: string) => `arn:aws:sts::111122223333:${rest}`;
const account = '111122223333';
const oidc = iam('oidc-provider/id.example.com');

/** An entry with a dot and no ARN is a service, a provider is told by its ARN. */
const entry = (text: string) => {
  const type = text === oidc ? 'Federated' : text.endsWith('.com') ? 'Service' : 'AWS';
  return classifyPrincipal(type, text)!;
};
const outcome = (texts: readonly string[], caller: PrincipalInput, boundary = false) => {
  const { principal } = parseRequest({ principal: caller, action: 's3:GetObject' });
  return outcomeName(testNotPrincipal({ entries: texts.map(entry), boundary }, principal));
};

const user = { arn: iam('user/alice') };
const root = { arn: iam('root') };
const role = { arn: iam('role/app') };
const session = { arn: sts('assumed-role/app/s1') };
const guest = { arn: sts('federated-user/guest') };
const issued = { arn: sts('federated-user/guest'), issuer: iam('user/alice') };
const service = { service: 'sns.amazonaws.com' };
const federated = { federated: oidc };

describe('testNotPrincipal', () => {
  it.each([
    ['a user', user, [account, user.arn]],
    ['root', root, [account]],
    ['a session', session, [account, role.arn, session.arn]],
    ['a federated user', guest, [account, guest.arn]],
    ['a federated user with issuer', issued, [account, guest.arn]],
    ['a service', service, ['sns.amazonaws.com']],
    ['a provider', federated, [oidc]],
  ])('E29: spares %s when every level is listed, and only then', (_, caller, levels) => {
    expect(outcome(levels, caller)).toBe('exempted');
    expect(outcome([...levels].reverse(), caller)).toBe('exempted');
    expect(outcome([...levels, '444455556666', 'sqs.amazonaws.com'], caller)).toBe('exempted');
    for (const left of levels) {
      const others = levels.filter((level) => level !== left);
      expect(outcome(others, caller), `without ${left}`).toBe('matched');
      expect(outcome([...others, '444455556666'], caller)).toBe('matched');
    }
  });

  it('E29: a role itself stands for a session of any name, which no list has', () => {
    expect(outcome([account, role.arn, session.arn], role)).toBe('matched');
    expect(outcome(['*'], role)).toBe('exempted');
  });

  it('E29: the root ARN is an account entry', () => {
    expect(outcome([iam('root'), user.arn], user)).toBe('exempted');
    expect(outcome([iam('root')], root)).toBe('exempted');
  });

  it.each([
    ['bob', { arn: iam('user/bob') }],
    ['a role', role],
    ['another session of a listed role', { arn: sts('assumed-role/app/s2') }],
    ['a service', service],
    ['a provider', federated],
  ])('L54, E29: a listed account does not spare %s', (_, caller) => {
    expect(outcome([account, user.arn, session.arn], caller)).toBe('matched');
  });

  it('E29: nobody is spared by an empty list, or by another account', () => {
    for (const caller of [user, root, role, session, guest, service, federated]) {
      expect(outcome([], caller)).toBe('matched');
      expect(outcome(['444455556666'], caller)).toBe('matched');
    }
  });

  it('E29: `*` spares everybody but the anonymous', () => {
    for (const caller of [user, root, role, session, guest, service, federated])
      expect(outcome(['*'], caller)).toBe('exempted');
    expect(outcome(['*', account], { anonymous: true })).toBe('matched');
    expect(outcome([], { anonymous: true })).toBe('matched');
  });

  it('E13: a federated user is not spared by the user it is named for', () => {
    expect(outcome([account, iam('user/guest')], guest)).toBe('matched');
    expect(outcome([account, iam('user/alice')], issued)).toBe('matched');
  });

  it.each([
    ['a user', user, [account, user.arn], 'matched'],
    ['a role', role, [account, role.arn], 'matched'],
    ['a session', session, [account, role.arn, session.arn], 'matched'],
    ['a federated user', guest, [account, guest.arn], 'exempted'],
    ['a user, by `*`', user, ['*'], 'matched'],
    ['root', root, [account], 'exempted'],
    ['a service', service, ['sns.amazonaws.com'], 'exempted'],
    ['a provider', federated, [oidc], 'exempted'],
  ])('E29b: with a permissions boundary, %s', (_, caller, levels, expected) => {
    expect(outcome(levels, caller, true)).toBe(expected);
  });
});
