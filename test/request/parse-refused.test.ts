import { describe, expect, it } from 'vitest';
import { InvalidRequestError, type Issue } from '../../src/error.js';
import { Memory } from '../../src/request/memory.js';
import { parseRequest } from '../../src/request/parse.js';

const good = { principal: { arn: 'arn:aws:iam::111122223333:user/alice' }, action: 's3:GetObject' };

/** What a request is refused for. */
function refused(input: unknown): readonly Issue[] {
  try {
    parseRequest(input);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidRequestError);
    return (error as InvalidRequestError).issues;
  }
  throw new Error('the request was accepted');
}
const one = (path: string, message: string, hint: string) => [{ path, code: 'ERR_IAM_VALUE', message, hint }];
const fields = 'principal, action, resource, mfa, sourceIp, time, context';

describe('the request itself', () => {
  it.each([undefined, null, 'text', 7, [good]])('refuses %j', (input) => {
    expect(refused(input)).toEqual(one('request', 'this is not an object', 'write a JSON object'));
  });

  it('refuses an unknown field', () => {
    expect(refused({ ...good, Resource: '*' })).toEqual(
      one('request.Resource', '`Resource` is no field of the request', `use ${fields}`),
    );
  });

  it('refuses an object that throws, with one issue', () => {
    const input = {
      ...good,
      get sourceIp() {
        throw new Error('mine');
      },
    };
    expect(refused(input)).toEqual(
      one('request', 'the object throws when it is read', 'pass plain JSON data'),
    );
  });

  it('keeps the issues found before a part of the object throws', () => {
    const context = Object.defineProperty({}, 'x:k', {
      enumerable: true,
      get() {
        throw new Error('mine');
      },
    });
    const input = { ...good, action: 7, context };
    expect(refused(input).map(({ path }) => path)).toEqual(['request.action', 'request']);
  });

  it('refuses an object that cannot be asked for its members', () => {
    const input = new Proxy(good, {
      ownKeys() {
        throw new Error('mine');
      },
    });
    expect(refused(input).map(({ path }) => path)).toEqual(['request']);
  });

  it('names all that is wrong at once, in the order of the fields', () => {
    const found = refused({
      context: 1,
      time: 'x',
      sourceIp: 'x',
      mfa: 1,
      resource: 1,
      action: 1,
      principal: 1,
      extra: 1,
    });
    expect(found.map(({ path }) => path)).toEqual([
      'request.extra',
      'request.principal',
      'request.action',
      'request.resource',
      'request.mfa',
      'request.sourceIp',
      'request.time',
      'request.context',
    ]);
  });
});

describe('L23: action', () => {
  it.each([
    undefined,
    null,
    7,
    ['s3:GetObject'],
    '',
    '*',
    's3',
    's3:',
    ':GetObject',
    's3:Get:Object',
    's3:*',
    's3:Get?bject',
    's3*:Get',
    's_3:Get',
    ' s3:Get',
  ])('refuses %j', (action) => {
    expect(refused({ ...good, action })).toEqual(
      one(
        'request.action',
        'the action is not `prefix:Name`',
        'write one action, for example "s3:GetObject"',
      ),
    );
  });
});

describe('resource', () => {
  const noArn = ['this is not `*` or a whole ARN', 'write for example "arn:aws:s3:::bucket/key"'] as const;
  it.each([
    '',
    'bucket',
    'arn:aws:s3',
    'arn:aws:s3:::',
    'arn:aws::::x',
    'arn:mars:s3:::b',
    'arn:*:s3:::b',
    'ARN:aws:s3:::b',
    '**',
  ])('refuses the text %j', (resource) => {
    expect(refused({ ...good, resource })).toEqual(one('request.resource.arn', ...noArn));
    expect(refused({ ...good, resource: { arn: resource } })).toEqual(one('request.resource.arn', ...noArn));
  });

  it.each([{}, { arn: 7 }, { arn: null }, { arn: ['*'] }])('refuses %j', (resource) => {
    expect(refused({ ...good, resource })).toEqual(one('request.resource.arn', ...noArn));
  });

  it.each([null, 7, ['*'], true])('refuses %j as no object', (resource) => {
    expect(refused({ ...good, resource })).toEqual(
      one('request.resource', 'this is not an object', 'write a JSON object'),
    );
  });

  it.each([111122223333, '', '11112222333', '1111222233334', '11112222333x', null])(
    'refuses the accountId %j',
    (accountId) => {
      const path = 'request.resource.accountId';
      const what = ['this is not an account id', 'write 12 digits as a string'] as const;
      expect(refused({ ...good, resource: { arn: 'arn:aws:s3:::b', accountId } })).toEqual(
        one(path, ...what),
      );
      expect(refused({ ...good, resource: { arn: '*', accountId } })).toEqual(one(path, ...what));
    },
  );

  it('refuses an unknown member, and tags that are none', () => {
    expect(refused({ ...good, resource: { arn: '*', account: 'x', tags: 'x' } })).toEqual([
      ...one('request.resource.account', '`account` is no field of the request', 'use arn, accountId, tags'),
      ...one('request.resource.tags', 'tags are not an object', 'write { "key": "value" }'),
    ]);
  });
});

describe('mfa', () => {
  const age = ['this is not a number of seconds', 'write a whole number'] as const;
  it.each([
    [true, 'request.mfa', 'this is not an object', 'write a JSON object'],
    [{}, 'request.mfa.present', 'this is not true or false', 'write true or false'],
    [{ present: 'true' }, 'request.mfa.present', 'this is not true or false', 'write true or false'],
    [
      { present: 'x', ageSeconds: 'x' },
      'request.mfa.present',
      'this is not true or false',
      'write true or false',
    ],
    [{ present: true, ageSeconds: '1' }, 'request.mfa.ageSeconds', ...age],
    [{ present: true, ageSeconds: -1 }, 'request.mfa.ageSeconds', ...age],
    [{ present: true, ageSeconds: 1.5 }, 'request.mfa.ageSeconds', ...age],
    [{ present: true, ageSeconds: 2 ** 53 }, 'request.mfa.ageSeconds', ...age],
    [{ present: true, ageSeconds: Number.NaN }, 'request.mfa.ageSeconds', ...age],
    [{ present: true, ageSeconds: null }, 'request.mfa.ageSeconds', ...age],
    [
      { present: false, ageSeconds: 1 },
      'request.mfa.ageSeconds',
      'there is an age without MFA',
      'leave it out, or set present to true',
    ],
    [
      { present: true, age: 1 },
      'request.mfa.age',
      '`age` is no field of the request',
      'use present, ageSeconds',
    ],
  ])('refuses %j', (mfa, path, message, hint) => {
    expect(refused({ ...good, mfa })).toEqual(one(path, message, hint));
  });
});

describe('sourceIp and time', () => {
  it.each([null, 7, '', '203.0.113', '203.0.113.010', '203.0.113.0/24', '::g', ['203.0.113.7']])(
    'refuses the address %j',
    (sourceIp) => {
      expect(refused({ ...good, sourceIp })).toEqual(
        one('request.sourceIp', 'this is no IPv4 or IPv6 address', 'write for example "203.0.113.7"'),
      );
    },
  );

  it.each([
    null,
    '',
    'now',
    '2026-13-01',
    '2026-02-30',
    -1,
    1.5,
    Number.NaN,
    1e21,
    true,
    ['2026-01-01'],
    {},
    1_764_000_000_000,
    '1764000000000',
    253_402_300_800,
  ])('L80: refuses the time %j', (time) => {
    expect(refused({ ...good, time })).toEqual(
      one(
        'request.time',
        'this is not an ISO 8601 time or epoch seconds; milliseconds are too large',
        'write for example "2026-11-23T12:00:00Z"',
      ),
    );
  });
});

describe('context', () => {
  it.each([null, 7, 'text', [['a', 'b']]])('refuses %j', (context) => {
    expect(refused({ ...good, context })).toEqual(
      one('request.context', 'context is not an object', 'write { "key": value }'),
    );
  });

  it.each([null, {}, Number.NaN, Number.POSITIVE_INFINITY, ['a', null], [['a']], [{}], [undefined]])(
    'refuses the value %j',
    (value) => {
      expect(refused({ ...good, context: { 'aws:TagKeys': value } })).toEqual(
        one(
          'request.context.aws:TagKeys',
          'a context value is not a string, number or boolean',
          'write a value or a list of values',
        ),
      );
    },
  );

  it('names each wrong value of a list', () => {
    expect(refused({ ...good, context: { 'x:k': [null, 'a', {}] } })).toHaveLength(2);
  });

  it('U18: refuses one key in two letter cases', () => {
    expect(refused({ ...good, context: { 'x:Key': 'a', 'X:kEY': 'a' } })).toEqual(
      one('request.context.X:kEY', 'the key stands twice, in different letter case', 'keep one of them'),
    );
  });

  it('U18: refuses it wherever it stands, also among many', () => {
    for (const count of [2, 15, 16, 17, 18, 40]) {
      const context: Record<string, string> = {};
      for (let i = 0; i < count - 1; i++) context[`x:Key${i}`] = 'a';
      for (const twin of ['X:KEY0', `X:KEY${count - 2}`]) {
        expect(refused({ ...good, context: { ...context, [twin]: 'a' } })).toEqual(
          one(
            `request.context.${twin}`,
            'the key stands twice, in different letter case',
            'keep one of them',
          ),
        );
      }
      expect(parseRequest({ ...good, context }).context.size).toBe(count - 1);
    }
  });

  it('U18: refuses it each time, also with a memory', () => {
    const memory = new Memory();
    const twice = { ...good, context: { 'x:Key': 'a', 'X:kEY': 'a' } };
    for (let i = 0; i < 3; i++) expect(() => parseRequest(twice, memory)).toThrow(InvalidRequestError);
  });

  it('refuses a list of more than a million values', () => {
    expect(refused({ ...good, context: { 'x:k': new Array<string>(1_000_001) } })).toEqual(
      one('request.context.x:k', 'the list is too long', 'write a value or a list of values'),
    );
  });
});
