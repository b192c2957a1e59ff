import { alice, document, request, statement } from './hostile.js';

/** An input with something at every place. */
export const whole = (): Record<string, unknown> => {
  const everyone = { Principal: { AWS: ['*'], Service: 'sns.amazonaws.com' }, Sid: 'One' };
  const conditions = { StringEquals: { 'aws:PrincipalTag/team': ['red', 'blue'] }, Bool: { 'x:b': true } };
  return {
    request: request({
      principal: { arn: alice, tags: { team: 'red' } },
      resource: { arn: 'arn:aws:s3:::b/k', accountId: '111122223333', tags: { team: 'red' } },
      mfa: { present: true, ageSeconds: 5 },
      sourceIp: '203.0.113.7',
      time: '2026-11-23T12:00:00Z',
      context: { 'x:b': true, 'x:n': 5, 'x:l': ['a', 'b'] },
    }),
    policies: {
      identityPolicies: [
        { name: 'named', document: { Id: 'id', ...document(statement({ Condition: conditions })) } },
      ],
      permissionsBoundary: document(statement({ Action: undefined, NotAction: ['ec2:*'] })),
      sessionPolicies: [document(statement())],
      resourcePolicy: document(statement(everyone)),
      serviceControlPolicies: [[document(statement())]],
      resourceControlPolicies: [[document(statement({ Principal: '*', Action: '*' }))]],
      vpcEndpointPolicy: document(statement(everyone)),
    },
  };
};
export type Path = readonly (string | number)[];
function paths(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Object.entries(value).flatMap(([key, item]) => paths(item, [...path, key]));
  return path.length === 0 ? below : [path, ...below];
}
export function replaced(path: Path, value: unknown): unknown {
  const root = whole();
  let at: Record<string, unknown> = root;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
  at[path.at(-1)!] = value;
  return root;
}
export const places = paths(whole()).map((path): [string, Path] => [path.join(' › '), path]);

export const throwing = (): never => {
  throw new TypeError('not for you');
};
const trap: ProxyHandler<object> = Object.fromEntries(
  Object.getOwnPropertyNames(Reflect).map((name) => [name, throwing]),
);
export const revoked = (target: object): unknown => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};
const cyclic: Record<string, unknown> = { Statement: [] };
cyclic.self = cyclic;
(cyclic.Statement as unknown[]).push(cyclic);
const deep = (n: number): unknown => {
  let value: unknown = 'x';
  for (let i = 0; i < n; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
};
class Custom {
  Effect = 'Allow';
  get Action(): string {
    return '*';
  }
}
/** Values that JSON has not: refused wherever a scalar or an object may stand. */
export const never: Record<string, unknown> = {
  Symbol: Symbol('x'),
  BigInt: 10n,
  function: () => 'x',
  class: Custom,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  'an array in an array': [[]],
  'an array of null': [null],
  'an array of undefined': [undefined],
  'an array of symbols': [Symbol('x')],
  'a throwing proxy': new Proxy({}, trap),
  'a throwing proxy of an array': new Proxy([], trap),
  'a revoked proxy': revoked({}),
  'a revoked proxy of an array': revoked([]),
  'a getter that throws': Object.defineProperty({}, 'arn', { get: throwing, enumerable: true }),
  'an array with a getter that throws': Object.defineProperty(['x'], 0, { get: throwing }),
};
/** Values that some places may take for an empty object, a text or nothing at all. */
export const odd: Record<string, unknown> = {
  null: null,
  undefined,
  zero: 0,
  'minus zero': -0,
  'a negative number': -1,
  'a huge number': 1e308,
  true: true,
  'the empty string': '',
  'a string': 'x',
  'an empty array': [],
  'an array': ['x'],
  'an empty object': {},
  'an object': { x: 'y' },
  Date: new Date(0),
  'an invalid Date': new Date(Number.NaN),
  Map: new Map([['x', 'y']]),
  Set: new Set(['x']),
  WeakMap: new WeakMap(),
  RegExp: /x/g,
  Error: new Error('x'),
  Promise: Promise.resolve(1),
  'boxed string': Object('x'),
  'boxed number': Object(1),
  'boxed symbol': Object(Symbol('x')),
  'typed array': new Uint8Array(4),
  'a class instance': new Custom(),
  'a null prototype': Object.create(null),
  'inherited members': Object.create(document(statement())),
  'a cyclic object': cyclic,
  'an object 100,000 levels deep': deep(100_000),
  'an array with a hole': new Array(1),
  'a sparse array': Object.assign([], { length: 2 ** 32 - 1 }),
  'a proxy': new Proxy({}, {}),
  'a proxy of an array': new Proxy(['x'], {}),
  'something to call when converted': {
    toString: throwing,
    valueOf: throwing,
    [Symbol.toPrimitive]: throwing,
  },
  'something to call as JSON': { toJSON: throwing },
  'something thenable': { then: throwing },
};
