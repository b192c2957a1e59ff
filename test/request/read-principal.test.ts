import { describe, expect, it } from 'vitest';
import { assumptionsOf } from '../../src/request/assumptions.js';
import { Memory } from '../../src/request/memory.js';
import { namedValues } from '../../src/request/named-values.js';
import { parseRequest } from '../../src/request/parse.js';
import { principalOf } from '../../src/request/principal.js';
import { readPrincipal } from '../../src/request/read-principal.js';
import { Reader } from '../../src/request/reader.js';

const account = '111122223333';
const iam = (rest: string, partition = 'aws') => `arn:${partition}:iam::${account}:${rest}`;
const sts = (rest: string, partition = 'aws') => `arn:${partition}:sts::${account}:${rest}`;

function read(value: unknown, memory = new Memory()) {
  const reader = new Reader(memory);
  // What an earlier part left behind is none of the caller's.
  reader.tags = namedValues(['left'], ['behind']);
  const principal = readPrincipal(reader, value);
  return { principal, tags: new Map(reader.tags), issues: reader.issues };
}
/** What is taken for granted about a caller. */
const assumed = (principal: { readonly arn: string; readonly issuer?: string }) =>
  assumptionsOf(parseRequest({ principal, action: 'a:B' }));
const issue = (path: string, message: string, hint: string) => ({
  path: `request.principal${path}`,
  code: 'ERR_IAM_VALUE',
  message,
  hint,
});
const base = { account, partition: 'aws' };

describe('callers that are read', () => {
  it.each([
    ['a user', { arn: iam('user/alice') }, { kind: 'user', arn: iam('user/alice'), ...base }],
    [
      'a user with a path',
      { arn: iam('user/a/b/alice') },
      { kind: 'user', arn: iam('user/a/b/alice'), ...base },
    ],
    ['the root user', { arn: iam('root') }, { kind: 'root', arn: iam('root'), ...base }],
    [
      'the root user of another partition',
      { arn: iam('root', 'aws-us-gov') },
      { kind: 'root', arn: iam('root', 'aws-us-gov'), account, partition: 'aws-us-gov' },
    ],
    [
      'a role with a path',
      { arn: iam('role/team/app') },
      { kind: 'role', arn: iam('role/team/app'), ...base, roleName: 'app', roleArn: iam('role/team/app') },
    ],
    [
      'E18: a session with its role',
      { arn: sts('assumed-role/app/s1'), issuer: iam('role/team/app') },
      {
        kind: 'role',
        arn: sts('assumed-role/app/s1'),
        ...base,
        roleName: 'app',
        session: 's1',
        roleArn: iam('role/team/app'),
      },
    ],
    [
      'a federated user',
      { arn: sts('federated-user/guest') },
      { kind: 'federatedUser', arn: sts('federated-user/guest'), ...base, name: 'guest' },
    ],
    [
      'a federated user with its user',
      { arn: sts('federated-user/guest'), issuer: iam('user/team/alice') },
      {
        kind: 'federatedUser',
        arn: sts('federated-user/guest'),
        ...base,
        name: 'guest',
        issuer: iam('user/team/alice'),
      },
    ],
    ['a service', { service: 'sns.amazonaws.com' }, { kind: 'service', service: 'sns.amazonaws.com' }],
    [
      'a provider by ARN',
      { federated: iam('saml-provider/idp') },
      { kind: 'federated', provider: iam('saml-provider/idp') },
    ],
    [
      'a built-in provider',
      { federated: 'www.amazon.com' },
      { kind: 'federated', provider: 'www.amazon.com' },
    ],
    ['an anonymous caller', { anonymous: true }, { kind: 'anonymous' }],
  ])('%s', (_, value, principal) => {
    expect(read(value)).toEqual({ principal, tags: new Map(), issues: [] });
    const request = parseRequest({ principal: value as { anonymous: true }, action: 'a:B' });
    expect(assumptionsOf(request)).toEqual([]);
  });

  it('E18: a session without its role is one of a role without path, and that is an assumption', () => {
    const session = { arn: sts('assumed-role/app/s1', 'aws-cn') };
    expect(read(session)).toEqual({
      principal: {
        kind: 'role',
        arn: sts('assumed-role/app/s1', 'aws-cn'),
        account,
        partition: 'aws-cn',
        roleName: 'app',
        session: 's1',
      },
      tags: new Map(),
      issues: [],
    });
    expect(assumed(session)).toEqual([
      'the role of the session is taken to have no path: arn:aws-cn:iam::111122223333:role/app',
    ]);
  });

  it.each([
    { arn: iam('user/alice') },
    { service: 'sns.amazonaws.com' },
    { federated: 'www.amazon.com' },
    { anonymous: true },
  ])('keeps the tags of %j, folded', (principal) => {
    expect(read({ ...principal, tags: { Team: 'Red' } }).tags).toEqual(new Map([['team', 'Red']]));
  });
});

describe('callers that are refused', () => {
  const exactlyOne = issue(
    '',
    'a principal is exactly one of arn, service, federated, anonymous',
    'keep one of them',
  );

  it('a request that has none, or whose class has it', () => {
    const hint = 'write for example { "arn": … }; what comes from a class does not count';
    expect(read(undefined).issues).toEqual([issue('', 'there is no principal', hint)]);
  });

  it.each([null, 'arn', 7, []])('%j is no object', (value) => {
    expect(read(value)).toStrictEqual({
      principal: undefined,
      tags: new Map(),
      issues: [issue('', 'this is not an object', 'write a JSON object')],
    });
  });

  it.each([
    {},
    { tags: {} },
    { issuer: iam('role/app') },
    { arn: iam('root'), service: 'a' },
    { service: 'a', federated: 'b' },
    { federated: 'b', anonymous: true },
    { arn: undefined },
  ])('%j is not exactly one', (value) => {
    const { principal, issues } = read(value);
    expect([principal, issues]).toEqual([undefined, [exactlyOne]]);
  });

  it('names tags that are none, and keeps those that are where the caller is refused', () => {
    expect(read({ anonymous: true, tags: 7 }).issues).toEqual([
      issue('.tags', 'tags are not an object', 'write { "key": "value" }'),
    ]);
    for (const value of [{}, { service: 'a', issuer: 'b' }, { service: '' }, { arn: 'x' }]) {
      expect(read({ ...value, tags: { Team: 'Red' } }).tags).toEqual(new Map([['team', 'Red']]));
    }
  });

  it('names an unknown member', () => {
    const hint = 'use arn, issuer, service, federated, anonymous, tags';
    expect(read({ anonymous: true, AWS: 'x' }).issues).toEqual([
      issue('.AWS', '`AWS` is no field of the request', hint),
    ]);
  });

  it.each([
    { arn: sts('assumed-role/app/s1'), issuer: 7 },
    { arn: sts('assumed-role/app/s1'), issuer: null },
    { service: 'sns.amazonaws.com', issuer: iam('role/app') },
    { federated: 'www.amazon.com', issuer: iam('role/app') },
    { anonymous: true, issuer: iam('role/app') },
  ])('%j has an issuer that has no place', (value) => {
    const { principal, issues } = read(value);
    expect(principal).toBeUndefined();
    expect(issues).toEqual([
      issue('.issuer', 'the issuer is an ARN that stands beside `arn`', 'write the ARN of the role or user'),
    ]);
  });

  it.each([false, 'true', 1, null])('anonymous: %j', (anonymous) => {
    expect(read({ anonymous }).issues).toEqual([issue('.anonymous', 'this is not true', 'write true')]);
  });

  it.each([
    ['arn', 7],
    ['arn', ''],
    ['arn', null],
    ['service', 7],
    ['service', ''],
    ['service', '*'],
    ['service', 'sn?.amazonaws.com'],
    ['service', 'sns amazonaws.com'],
    ['federated', ['x']],
    ['federated', ''],
    ['federated', 'arn:aws:iam::111122223333:saml-provider/*'],
    ['federated', 'a\nb'],
  ])('%s: %j is no name', (kind, text) => {
    const { principal, issues } = read({ [kind]: text });
    expect(principal).toBeUndefined();
    expect(issues).toEqual([
      issue(`.${kind}`, 'this is not a name', 'write it as AWS does, without wildcards'),
    ]);
  });

  it.each([
    [{ arn: '*' }],
    [{ arn: 'alice' }],
    [{ arn: iam('user/*') }],
    [{ arn: iam('user/al?ce') }],
    [{ arn: iam('user/alice', 'mars') }],
    [{ arn: `arn:aws:iam:us-east-1:${account}:user/alice` }],
    [{ arn: `arn:aws:sts:us-east-1:${account}:assumed-role/app/s1` }],
    [{ arn: 'arn:aws:iam::11112222333:user/alice' }],
    [{ arn: 'arn:aws:iam::aws:role/app' }],
    [{ arn: iam('group/admins') }],
    [{ arn: iam('user/') }],
    [{ arn: iam('user/team/') }],
    [{ arn: iam('role/') }],
    [{ arn: iam('user') }],
    [{ arn: iam('roots') }],
    [{ arn: iam('my/user/alice') }],
    [{ arn: iam('my/role/app') }],
    [{ arn: `arn:aws:s3::${account}:user/alice` }],
    [{ arn: `arn:aws:s3::${account}:assumed-role/app/s1` }],
    [{ arn: sts('user/alice') }],
    [{ arn: sts('root') }],
    [{ arn: sts('assumed-role/app') }],
    [{ arn: sts('assumed-role/app/') }],
    [{ arn: sts('assumed-role//s1') }],
    [{ arn: sts('assumed-role/app/s1/x') }],
    [{ arn: sts('my-assumed-role/app/s1') }],
    [{ arn: sts('federated-user/') }],
    [{ arn: sts('federated-user/guest/x') }],
    [{ arn: sts('federated-user/guest/x'), issuer: iam('user/alice') }],
    // An issuer that does not fit.
    [{ arn: iam('user/alice'), issuer: iam('role/app') }],
    [{ arn: iam('role/app'), issuer: iam('role/app') }],
    [{ arn: iam('root'), issuer: iam('user/alice') }],
    [{ arn: sts('assumed-role/app/s1'), issuer: 'app' }],
    [{ arn: sts('assumed-role/app/s1'), issuer: '' }],
    [{ arn: sts('assumed-role/app/s1'), issuer: iam('role/other') }],
    [{ arn: sts('assumed-role/app/s1'), issuer: iam('role/xapp') }],
    [{ arn: sts('assumed-role/app/s1'), issuer: iam('user/app') }],
    [{ arn: sts('assumed-role/app/s1'), issuer: iam('my/role/app') }],
    [{ arn: sts('assumed-role/app/s1'), issuer: iam('role/*/app') }],
    [{ arn: sts('assumed-role/app/s1'), issuer: iam('role/?/app') }],
    [{ arn: sts('assumed-role/app/s1'), issuer: iam('role/app', 'aws-cn') }],
    [{ arn: sts('assumed-role/app/s1'), issuer: `arn:aws:sts::${account}:role/app` }],
    [{ arn: sts('assumed-role/app/s1'), issuer: 'arn:aws:iam::444455556666:role/app' }],
    [{ arn: sts('federated-user/guest'), issuer: iam('role/app') }],
    [{ arn: sts('federated-user/guest'), issuer: iam('my/user/alice') }],
    [{ arn: sts('federated-user/guest'), issuer: 'arn:aws:iam::444455556666:user/alice' }],
  ])('E18: %j is no caller', (value) => {
    expect(read(value)).toStrictEqual({
      principal: undefined,
      tags: new Map(),
      issues: [
        issue(
          '.arn',
          'this is no ARN of a user, role, session or root user, or the issuer does not fit',
          'write for example "arn:aws:iam::111122223333:user/alice"',
        ),
      ],
    });
  });
});

it('E18: an issuer with a region is refused, as it would match no entry of a Deny', () => {
  const principal = {
    arn: 'arn:aws:sts::111122223333:assumed-role/app/s',
    issuer: 'arn:aws:iam:us-east-1:111122223333:role/app',
  };
  expect(() => parseRequest({ principal, action: 's3:GetObject' })).toThrow(/issuer does not fit/);
});

describe('what is remembered of callers', () => {
  const session = (name: string, role = 'app') => ({
    arn: sts(`assumed-role/${role}/${name}`),
    issuer: iam(`role/team/${role}`),
  });

  it('is the caller of an ARN alone, read once', () => {
    const memory = new Memory();
    const first = read({ arn: iam('user/alice') }, memory).principal;
    expect(first).toStrictEqual(principalOf(iam('user/alice')));
    expect(read({ arn: iam('user/alice') }, memory).principal).toBe(first);
    expect(read({ arn: iam('user/alice') }).principal).not.toBe(first);
  });

  it('is the last caller of each issuer', () => {
    const memory = new Memory();
    const one = read(session('s1'), memory).principal;
    const other = read(session('s1', 'ci'), memory).principal;
    expect(read(session('s1'), memory).principal).toBe(one);
    expect(read(session('s1', 'ci'), memory).principal).toBe(other);
    const next = read(session('s2'), memory).principal;
    expect(next).toMatchObject({ session: 's2', roleArn: iam('role/team/app') });
    expect(read(session('s2'), memory).principal).toBe(next);
    const again = read(session('s1'), memory).principal;
    expect(again).not.toBe(one);
    expect(again).toStrictEqual(one);
  });

  it('E18: never makes one caller of an ARN with an issuer and the ARN alone', () => {
    const memory = new Memory();
    const { arn, issuer } = session('s1');
    const roles = [{ arn, issuer }, { arn }, { arn, issuer: iam('role/app') }, { arn }, { arn, issuer }].map(
      (value) => (read(value, memory).principal as { roleArn?: string }).roleArn,
    );
    expect(roles).toEqual([issuer, undefined, iam('role/app'), undefined, issuer]);
  });

  it('E18: an issuer that does not fit is refused each time, and another caller of it is not', () => {
    const memory = new Memory();
    const wrong = { arn: sts('assumed-role/other/s1'), issuer: iam('role/team/app') };
    for (const value of [wrong, wrong, session('s1'), wrong]) {
      const { principal, issues } = read(value, memory);
      expect([principal !== undefined, issues.length]).toEqual(value === wrong ? [false, 1] : [true, 0]);
    }
  });
});
