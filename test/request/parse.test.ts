import { describe, expect, it, vi } from 'vitest';
import { splitAction } from '../../src/request/action.js';
import { assumptionsOf } from '../../src/request/assumptions.js';
import { singleValue } from '../../src/request/derive.js';
import type { RequestInput } from '../../src/request/input.js';
import { Memory } from '../../src/request/memory.js';
import type { NamedValues } from '../../src/request/named-values.js';
import { parseRequest } from '../../src/request/parse.js';
import { lettersOf } from '../../src/value/wildcard.js';

const own = '111122223333';
const other = '444455556666';
const alice = `arn:aws:iam::${own}:user/team/alice`;
const read = (input: Partial<RequestInput>) =>
  parseRequest({ principal: { arn: alice }, action: 's3:GetObject', ...input });
/** Names and values as a `Map`, which can be compared. */
const mapOf = <V>(values: NamedValues<V>) => new Map(values);
/** A request with its named values as such maps. */
const plain = ({ context, principalTags, resourceTags, ...rest }: ReturnType<typeof parseRequest>) => ({
  ...rest,
  context: mapOf(context),
  principalTags: mapOf(principalTags),
  resourceTags: mapOf(resourceTags),
});
/** The members every request has, also where nothing was given. */
const members = [
  ...['principal', 'action', 'resource', 'resourceAccount'],
  ...['sameAccount', 'context', 'principalTags', 'resourceTags', 'mfa', 'sourceIp', 'time', 'memory'],
];

describe('a whole request', () => {
  it('holds a private copy of each field', () => {
    const memory = new Memory();
    const input: RequestInput = {
      principal: { arn: alice, tags: { Team: 'Red' } },
      action: 'S3:GetObject',
      resource: { arn: 'arn:aws:s3:::bucket/a:b/c', accountId: other, tags: { Env: 'Prod' } },
      mfa: { present: true, ageSeconds: 0 },
      sourceIp: '203.0.113.7',
      time: '2026-11-23T12:00:00Z',
      context: { 'aws:SecureTransport': true, 'S3:max-keys': [10, '20'], 'x:Empty': [], 'x:one': 'text' },
    };
    const request = parseRequest(input, memory);
    expect(Object.keys(request)).toEqual(members);
    expect(request.memory).toBe(memory);
    expect(assumptionsOf(request)).toEqual([]);
    expect(plain(request)).toEqual({
      principal: { kind: 'user', arn: alice, account: own, partition: 'aws' },
      action: splitAction('S3:GetObject'),
      resource: {
        arn: 'arn:aws:s3:::bucket/a:b/c',
        parts: ['arn', 'aws', 's3', '', '', 'bucket/a:b/c'],
        account: undefined,
        letters: lettersOf('bucket/a:b/c'),
        role: false,
      },
      resourceAccount: other,
      sameAccount: false,
      context: new Map<string, string | readonly string[]>([
        ['aws:securetransport', ['true']],
        ['s3:max-keys', ['10', '20']],
        ['x:empty', []],
        ['x:one', 'text'],
      ]),
      principalTags: new Map([['team', 'Red']]),
      resourceTags: new Map([['env', 'Prod']]),
      mfa: { present: true, ageSeconds: 0 },
      sourceIp: '203.0.113.7',
      time: '2026-11-23T12:00:00Z',
      memory,
    });
  });

  it('needs no more than a principal and an action', () => {
    const memory = new Memory();
    const request = parseRequest({ principal: { anonymous: true }, action: 'sns:Publish' }, memory);
    // What is absent is undefined, so that all requests have one shape.
    expect(Object.keys(request)).toEqual(members);
    expect(plain(request)).toEqual({
      principal: { kind: 'anonymous' },
      action: splitAction('sns:Publish'),
      resource: { arn: '*', parts: undefined, account: undefined, letters: 0, role: false },
      resourceAccount: undefined,
      sameAccount: false,
      context: new Map(),
      principalTags: new Map(),
      resourceTags: new Map(),
      mfa: undefined,
      sourceIp: undefined,
      time: undefined,
      memory,
    });
  });

  it('takes members that are undefined as absent, own or unknown', () => {
    const input = {
      principal: { arn: alice, issuer: undefined, tags: undefined, extra: undefined },
      action: 's3:GetObject',
      resource: { arn: 'arn:aws:s3:::bucket', accountId: undefined, tags: { a: undefined }, x: undefined },
      mfa: { present: false, ageSeconds: undefined },
      sourceIp: undefined,
      time: undefined,
      context: { 'aws:SourceVpc': undefined },
      surplus: undefined,
    };
    const request = parseRequest(input);
    expect(request.resource).toStrictEqual({
      arn: 'arn:aws:s3:::bucket',
      parts: ['arn', 'aws', 's3', '', '', 'bucket'],
      account: undefined,
      letters: lettersOf('bucket'),
      role: false,
    });
    expect(request.mfa).toStrictEqual({ present: false, ageSeconds: undefined });
    expect(request.context.size).toBe(0);
    expect(request.resourceTags.size).toBe(0);
    expect(request.sourceIp).toBeUndefined();
    expect(request.time).toBeUndefined();
  });

  it('does not read inherited members in the place of those of the request before', () => {
    const memory = new Memory();
    const inherit = <T extends object>(object: T, from: object): T =>
      Object.setPrototypeOf(object, from) as T;
    const asked = {
      principal: { arn: alice, tags: { team: 'red' } },
      action: 's3:Get',
      context: { 'x:a': '1' },
    };
    const mfa = { present: true };
    const read = (input: unknown) => plain(parseRequest(input, memory));
    expect(read({ ...asked, mfa })).toMatchObject({ mfa, principalTags: new Map([['team', 'red']]) });
    const { mfa: found } = read(inherit({ ...asked }, { mfa }));
    expect(found).toBeUndefined();
    const bare = { ...asked, principal: { arn: alice, tags: inherit({}, { team: 'red' }) } };
    expect(read(bare).principalTags).toEqual(new Map());
    expect(read({ ...asked, context: inherit({}, { 'x:a': '1' }) }).context).toEqual(new Map());
    expect(
      read({ ...asked, resource: inherit({ arn: 'arn:aws:s3:::b' }, { accountId: other }) }),
    ).toMatchObject({
      resourceAccount: own,
    });
    const polluted = Object.prototype as { mfa?: unknown };
    polluted.mfa = mfa;
    try {
      expect(read({ ...asked }).mfa).toBeUndefined();
      expect(read({ ...asked, mfa: { present: false } }).mfa).toEqual({
        present: false,
        ageSeconds: undefined,
      });
    } finally {
      delete polluted.mfa;
    }
  });

  it('does not read inherited members', () => {
    const input = Object.assign(Object.create({ sourceIp: 'no address', time: 'no time' }), {
      principal: { arn: alice },
      action: 's3:GetObject',
    });
    const request = parseRequest(input);
    expect(Object.keys(request)).toEqual(members);
    expect([request.sourceIp, request.time]).toEqual([undefined, undefined]);
  });

  it('is not changed by what the caller does to the input later', () => {
    const list = ['a'];
    const tags: Record<string, string> = { team: 'red' };
    const request = parseRequest({
      principal: { arn: alice, tags },
      action: 'a:B',
      context: { 'x:k': list },
    });
    list.push('b');
    tags.team = 'blue';
    expect(request.context.get('x:k')).toEqual(['a']);
    expect(request.principalTags.get('team')).toBe('red');
  });
});

describe('action', () => {
  it.each([
    ['s3:GetObject', 's3', 'getobject'],
    ['SSO.Portal-2:Get Object', 'sso.portal-2', 'get object'],
    ['execute-api:Invoke\nX', 'execute-api', 'invoke\nx'],
    ['a:\u212A', 'a', '\u212A'],
  ])('L23, L25: %j is split and A-Z folded', (text, service, name) => {
    expect(read({ action: text }).action).toMatchObject({ text, service, name, key: `${service}:${name}` });
  });
});

describe('resource', () => {
  it.each([
    ['absent', undefined],
    ['a star', '*'],
    ['an object with a star', { arn: '*' }],
  ])('%s is `*`, without parts', (_, resource) => {
    expect(read(resource === undefined ? {} : { resource }).resource).toStrictEqual({
      arn: '*',
      parts: undefined,
      account: undefined,
      letters: 0,
      role: false,
    });
  });

  it('keeps accountId and tags beside a star', () => {
    const request = read({ resource: { arn: '*', accountId: other, tags: { A: 'b' } } });
    expect(request.resource).toStrictEqual({
      arn: '*',
      parts: undefined,
      account: undefined,
      letters: 0,
      role: false,
    });
    expect(request).toMatchObject({ resourceAccount: other, sameAccount: false });
    expect(mapOf(request.resourceTags)).toEqual(new Map([['a', 'b']]));
  });

  it('takes the account from the ARN, and an empty region and account as they are', () => {
    expect(read({ resource: `arn:aws-cn:sqs:cn-north-1:${other}:q` }).resource).toStrictEqual({
      arn: `arn:aws-cn:sqs:cn-north-1:${other}:q`,
      parts: ['arn', 'aws-cn', 'sqs', 'cn-north-1', other, 'q'],
      account: other,
      letters: lettersOf('q'),
      role: false,
    });
  });

  it('lets accountId win over the account of the ARN', () => {
    const resource = { arn: `arn:aws:sqs:us-east-1:${own}:q`, accountId: other };
    expect(read({ resource })).toMatchObject({ resourceAccount: other, sameAccount: false });
  });
});

describe('E11: whose account the resource is in', () => {
  const user = { arn: alice };
  it.each<[string, RequestInput['principal'], RequestInput['resource'], string | undefined, boolean]>([
    ['own account in the ARN', user, `arn:aws:sqs:us-east-1:${own}:q`, own, true],
    ['other account in the ARN', user, `arn:aws:sqs:us-east-1:${other}:q`, other, false],
    ['no account in the ARN', user, 'arn:aws:s3:::b', own, true],
    ['accountId of another', user, { arn: 'arn:aws:s3:::b', accountId: other }, other, false],
    ['accountId of the own', user, { arn: 'arn:aws:s3:::b', accountId: own }, own, true],
    ['an account that is no 12 digits', user, 'arn:aws:iam::aws:policy/AdministratorAccess', own, true],
    ['a star', user, '*', own, true],
    ['no resource', user, undefined, own, true],
    ['a service principal and a star', { service: 'sns.amazonaws.com' }, '*', undefined, false],
    [
      'a service principal and an ARN',
      { service: 'sns.amazonaws.com' },
      `arn:aws:sqs:us-east-1:${own}:q`,
      own,
      false,
    ],
    ['an anonymous caller and a bucket', { anonymous: true }, 'arn:aws:s3:::b', undefined, false],
    [
      'a federated call and a role',
      { federated: 'accounts.google.com' },
      `arn:aws:iam::${own}:role/r`,
      own,
      false,
    ],
  ])('%s', (_, principal, resource, account, same) => {
    const request = read({ principal, ...(resource === undefined ? {} : { resource }) });
    expect([request.resourceAccount, request.sameAccount]).toEqual([account, same]);
    expect('resourceAccount' in request).toBe(true);
  });
});

describe('mfa, sourceIp and time', () => {
  it.each([
    [{ present: true }],
    [{ present: false }],
    [{ present: true, ageSeconds: 0 }],
    [{ present: true, ageSeconds: 3600 }],
    [{ present: true, ageSeconds: Number.MAX_SAFE_INTEGER }],
  ])('accepts mfa %j', (mfa) => {
    expect(read({ mfa }).mfa).toStrictEqual({ ageSeconds: undefined, ...mfa });
  });

  it.each(['203.0.113.7', '2001:db8::1', '::ffff:203.0.113.7'])(
    'keeps the address %s as written',
    (sourceIp) => {
      expect(read({ sourceIp }).sourceIp).toBe(sourceIp);
    },
  );

  it.each([
    ['2026-11-23T12:00:00Z', '2026-11-23T12:00:00Z', '1795435200'],
    ['2026-11-23T12:00:00.999999999+01:00', '2026-11-23T12:00:00.999999999+01:00', '1795431600'],
    ['2026-11-23', '2026-11-23', '1795392000'],
    [1795435200, '1795435200', '1795435200'],
    ['2026', '2026', '2026'],
    [0, '0', '0'],
  ])('L80: time %j is kept as text, and its seconds are derived', (time, text, epochSeconds) => {
    const request = read({ time });
    expect(request.time).toBe(text);
    expect(singleValue(request, 'aws:currenttime')).toBe(text);
    expect(singleValue(request, 'aws:epochtime')).toBe(epochSeconds);
  });
});

describe('context', () => {
  it('L19, L70: folds key names and turns numbers and booleans to text', () => {
    const context = {
      'AWS:RequestTag/Cost Center': 'A',
      'x:n': 1.5,
      'x:negative': -0,
      'x:b': [false, 'x', 7],
      '': 'nameless',
    };
    expect(mapOf(read({ context }).context)).toEqual(
      new Map<string, string | readonly string[]>([
        ['aws:requesttag/cost center', 'A'],
        ['x:n', ['1.5']],
        ['x:negative', ['0']],
        ['x:b', ['false', 'x', '7']],
        ['', 'nameless'],
      ]),
    );
  });

  it('folds A-Z only', () => {
    expect(read({ context: { 'x:\u212A': 'kelvin', 'x:k': 'k' } }).context.size).toBe(2);
  });

  it('keeps names of the prototype apart', () => {
    const context = JSON.parse('{ "__proto__": "a", "constructor": "b" }') as Record<string, string>;
    expect(mapOf(read({ context }).context)).toEqual(
      new Map([
        ['__proto__', 'a'],
        ['constructor', 'b'],
      ]),
    );
  });

  it('is read the same whatever was read before', () => {
    const full = { 'x:A': '1', 'x:B': [2, true], 'x:C': '3' };
    const shapes: Record<string, unknown>[] = [
      full,
      { ...full, 'x:A': undefined },
      { ...full, 'x:B': undefined },
      { ...full, 'x:C': undefined },
      { ...full, 'x:B': undefined, 'x:C': undefined },
      { 'x:C': '3', 'x:B': '2', 'x:A': '1' },
      { 'x:A': '1', 'x:B': '2' },
      { 'x:A': '1', 'x:B': '2', 'x:D': '3' },
      {},
    ];
    const contextOf = (context: unknown, memory?: Memory) =>
      mapOf(parseRequest({ principal: { arn: alice }, action: 's3:GetObject', context }, memory).context);
    for (const before of shapes)
      for (const context of shapes) {
        const memory = new Memory();
        contextOf(before, memory);
        expect(contextOf(context, memory)).toEqual(contextOf(context));
        // Nor does it change what is read afterwards.
        expect(contextOf(full, memory)).toEqual(contextOf(full));
      }
  });

  it('folds names once while requests have the same ones', () => {
    const memory = new Memory();
    const folded = vi.spyOn(memory.folded, 'of');
    for (let i = 0; i < 5; i++) {
      const context = { 'x:A': `${i}`, 'x:B': ['x'] };
      const request = parseRequest({ principal: { arn: alice }, action: 's3:GetObject', context }, memory);
      expect([request.context.get('x:a'), request.context.get('x:b')]).toEqual([`${i}`, ['x']]);
    }
    expect(folded.mock.calls).toEqual([['x:A'], ['x:B']]);
  });

  it('reads a list of a million values', () => {
    const list = new Array<string>(1_000_000).fill('v');
    expect(read({ context: { 'x:k': list } }).context.get('x:k')).toHaveLength(1_000_000);
  });
});
