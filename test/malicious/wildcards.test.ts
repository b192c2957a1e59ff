import { describe, expect, it } from 'vitest';
import {
  ask,
  document,
  expectCleanPrototypes,
  expectLinear,
  identity,
  object,
  request,
  statement,
  when,
} from './hostile.js';

expectCleanPrototypes();
const seconds = 5_000;
const MB = 1_000_000;
const bomb = (stars: number) => `${'*a'.repeat(stars)}*b`;
const as = (n: number) => 'a'.repeat(n);

interface Bomb {
  readonly name: string;
  readonly input: (stars: number, length: number) => unknown;
}
const arn = (key: string) => `arn:aws:s3:::b/${key}`;
const value = (n: number) => request({ context: { 'x:k': as(n) } });
const bombs: readonly Bomb[] = [
  {
    name: 'Action',
    input: (stars, n) => ({
      request: request({ action: `s3:${as(n)}` }),
      policies: identity(statement({ Action: `s3:${bomb(stars)}` })),
    }),
  },
  {
    name: 'Resource',
    input: (stars, n) => ({
      request: object(as(n)),
      policies: identity(statement({ Resource: arn(bomb(stars)) })),
    }),
  },
  {
    name: 'StringLike',
    input: (stars, n) => ({
      request: value(n),
      policies: identity(when('StringLike', 'x:k', bomb(stars))),
    }),
  },
  {
    name: 'ForAnyValue:StringLike',
    input: (stars, n) => ({
      request: request({ context: { 'x:k': [as(n), as(n)] } }),
      policies: identity(when('ForAnyValue:StringLike', 'x:k', bomb(stars))),
    }),
  },
  {
    name: 'ArnLike, the last part',
    input: (stars, n) => ({
      request: request({ context: { 'x:k': arn(as(n)) } }),
      policies: identity(when('ArnLike', 'x:k', arn(bomb(stars)))),
    }),
  },
  {
    name: 'ArnEquals, every part',
    input: (stars, n) => ({
      request: request({ context: { 'x:k': `arn:aws:${[1, 2, 3, 4].map(() => as(n)).join(':')}` } }),
      policies: identity(
        when('ArnEquals', 'x:k', `arn:aws:${[1, 2, 3, 4].map(() => bomb(stars)).join(':')}`),
      ),
    }),
  },
  {
    name: 'the endpoint policy’s Resource',
    input: (stars, n) => ({
      request: object(as(n)),
      policies: {
        ...identity(statement()),
        vpcEndpointPolicy: document(statement({ Principal: '*', Resource: arn(bomb(stars)) })),
      },
    }),
  },
  {
    name: 'a pattern put together from variables',
    input: (stars, n) => ({
      request: object(as(n), { context: { 'x:a': 'a' } }),
      policies: identity(statement({ Resource: arn(`${'*${x:a}'.repeat(stars)}*b`) })),
    }),
  },
];

describe('star bombs', () => {
  it.each(bombs)(
    '$name: 200 stars on 100,000 characters',
    ({ input }) => {
      expect(ask(input(200, 100_000))).toBe('implicitDeny');
    },
    seconds,
  );
  it.each(bombs)(
    '$name: 5,000 stars on 5,000 characters',
    ({ input }) => {
      expect(ask(input(5_000, 5_000))).toBe('implicitDeny');
    },
    seconds,
  );
  it.each(bombs)(
    '$name: time grows with the text',
    ({ input }) => {
      expectLinear(100_000, (n) => {
        const question = input(20, n);
        return () => ask(question);
      });
    },
    seconds,
  );
  it.each(bombs)(
    '$name: the same bomb that matches',
    ({ input }) => {
      const text = JSON.stringify(input(50, 1_000)).replaceAll('*b"', '*"').replaceAll('*b:', '*:');
      expect(ask(JSON.parse(text))).toBe('allowed');
    },
    seconds,
  );
  it(
    'denies with NotAction, NotResource and the negated operators, exactly where the positive ones fail',
    () => {
      const deny = { Effect: 'Deny', Action: '*' };
      const all = statement({ Action: '*' });
      const context = { 'x:k': as(50_000) };
      for (const trap of [
        statement({ ...deny, Action: undefined, NotAction: `s3:${bomb(100)}` }),
        statement({ ...deny, Resource: undefined, NotResource: arn(bomb(100)) }),
        { ...when('StringNotLike', 'x:k', bomb(100)), ...deny },
        { ...when('ArnNotLike', 'x:k', arn(bomb(100))), ...deny },
      ]) {
        const input = {
          request: object(as(50_000), { action: `s3:${as(50_000)}`, context }),
          policies: identity(all, trap),
        };
        expect(ask(input)).toBe('explicitDeny');
      }
    },
    seconds,
  );
  it(
    'a million stars in a row are one star',
    () => {
      expect(
        ask({ request: object('x'), policies: identity(statement({ Resource: arn('*'.repeat(MB)) })) }),
      ).toBe('allowed');
    },
    seconds,
  );
  it(
    'a million question marks are a million characters',
    () => {
      const policies = identity(statement({ Resource: arn('?'.repeat(MB)) }));
      expect(ask({ request: object(as(MB)), policies })).toBe('allowed');
      expect(ask({ request: object(as(MB - 1)), policies })).toBe('implicitDeny');
    },
    seconds,
  );
  it(
    '`?*` in turns on a long text',
    () => {
      const policies = identity(when('StringLike', 'x:k', `${'?*'.repeat(2_000)}b`));
      expect(ask({ request: value(100_000), policies })).toBe('implicitDeny');
    },
    seconds,
  );
});

describe('strings of a megabyte', () => {
  const long = as(MB);
  const cases: Record<string, [string, unknown]> = {
    'an action of the request': [
      'allowed',
      { request: request({ action: `s3:${long}` }), policies: identity(statement({ Action: `s3:${long}` })) },
    ],
    'an action of the policy': [
      'implicitDeny',
      { request: request(), policies: identity(statement({ Action: `s3:${long}` })) },
    ],
    'a service prefix': [
      'implicitDeny',
      { request: request(), policies: identity(statement({ Action: `${long}:x` })) },
    ],
    'an action without colon': [
      'error',
      { request: request(), policies: identity(statement({ Action: long })) },
    ],
    'a resource': [
      'allowed',
      { request: object(long), policies: identity(statement({ Resource: arn(long) })) },
    ],
    'a resource that is no ARN': [
      'error',
      { request: request(), policies: identity(statement({ Resource: long })) },
    ],
    'a resource of colons': [
      'implicitDeny',
      { request: request(), policies: identity(statement({ Resource: `arn:aws:${':'.repeat(MB)}` })) },
    ],
    'an equal value': [
      'allowed',
      { request: value(MB), policies: identity(when('StringEquals', 'x:k', long)) },
    ],
    'an equal value, ignoring case': [
      'allowed',
      { request: value(MB), policies: identity(when('StringEqualsIgnoreCase', 'x:k', long.toUpperCase())) },
    ],
    'a value between stars': [
      'allowed',
      { request: value(MB), policies: identity(when('StringLike', 'x:k', '*aa*')) },
    ],
    'a condition key': [
      'allowed',
      { request: request({ context: { [long]: 'v' } }), policies: identity(when('StringEquals', long, 'v')) },
    ],
    'an operator': ['error', { request: request(), policies: identity(when(long, 'x:k', 'v')) }],
    'an operator that nearly ends': [
      'error',
      { request: request(), policies: identity(when('IfExists'.repeat(MB / 8), 'x:k', 'v')) },
    ],
    'a Sid': ['allowed', { request: request(), policies: identity(statement({ Sid: long })) }],
    'a Sid with a space at its end': [
      'error',
      { request: request(), policies: identity(statement({ Sid: `${long} ` })) },
    ],
    'an Effect': ['error', { request: request(), policies: identity(statement({ Effect: long })) }],
    'an element': ['error', { request: request(), policies: identity(statement({ [long]: 'v' })) }],
    'a kind of policy': ['error', { request: request(), policies: { [long]: [] } }],
    'a principal ARN': [
      'allowed',
      {
        request: request({ principal: { arn: `arn:aws:iam::111122223333:user/${long}` } }),
        policies: identity(statement()),
      },
    ],
    'a path of slashes in a principal': [
      'error',
      {
        request: request({ principal: { arn: `arn:aws:iam::111122223333:user/${'/'.repeat(MB)}` } }),
        policies: identity(statement()),
      },
    ],
    'a principal of capitals in a policy': [
      'error',
      {
        request: request(),
        policies: {
          ...identity(statement()),
          resourcePolicy: document(statement({ Principal: { AWS: `AAA${'A'.repeat(MB)}!` } })),
        },
      },
    ],
    'a canonical user': [
      'error',
      {
        request: request(),
        policies: { resourcePolicy: document(statement({ Principal: { CanonicalUser: '0'.repeat(MB) } })) },
      },
    ],
    'a tag': [
      'allowed',
      {
        request: request({
          principal: { arn: 'arn:aws:iam::111122223333:user/alice', tags: { [long]: long } },
        }),
        policies: identity(when('StringEquals', `aws:PrincipalTag/${long}`, long)),
      },
    ],
  };
  it.each(Object.entries(cases))(
    '%s',
    (_, [expected, input]) => {
      expect(ask(input)).toBe(expected);
    },
    seconds,
  );
});
