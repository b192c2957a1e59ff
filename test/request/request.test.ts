import { describe, expect, it } from 'vitest';
import { parseRequest } from '../../src/request/parse.js';
import { isAccountPrincipal } from '../../src/request/principal.js';

const resource = (arn: string) =>
  parseRequest({ principal: { anonymous: true }, action: 'a:B', resource: arn }).resource;

describe('what kind of thing it is', () => {
  it.each([
    ['arn:aws:iam::111122223333:role/app', true],
    ['arn:aws:iam::111122223333:role/path/app', true],
    ['arn:aws:iam::111122223333:user/role/app', false],
    ['arn:aws:iam::111122223333:roles', false],
    ['arn:aws:s3:::role/app', false],
    ['*', false],
  ])('L22: %s is a role: %s', (arn, answer) => {
    expect(resource(arn).role).toBe(answer);
  });

  it.each([
    [{ arn: 'arn:aws:iam::111122223333:user/alice' }, true],
    [{ arn: 'arn:aws:iam::111122223333:root' }, true],
    [{ arn: 'arn:aws:sts::111122223333:assumed-role/app/s' }, true],
    [{ arn: 'arn:aws:sts::111122223333:federated-user/guest' }, true],
    [{ service: 'sns.amazonaws.com' }, false],
    [{ federated: 'accounts.google.com' }, false],
    [{ anonymous: true } as const, false],
  ])('%j signs with credentials of an account: %s', (principal, answer) => {
    expect(isAccountPrincipal(parseRequest({ principal, action: 'a:B' }).principal)).toBe(answer);
  });
});
