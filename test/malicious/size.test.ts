import { describe, expect, it } from 'vitest';
import { compile, type EvaluationInput, type RequestInput } from '../../src/index.js';
import {
  alice,
  ask,
  askWith,
  document,
  documentOf,
  expectCleanPrototypes,
  identity,
  identityOf,
  parses,
  request,
  statement,
  when,
} from './hostile.js';

expectCleanPrototypes();
const seconds = 20_000;
const many = 100_000;
const list = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const other = (i: number) => statement({ Resource: `arn:aws:s3:::other/${i}` });
const deny = (over: Record<string, unknown> = {}) => statement({ Effect: 'Deny', ...over });
const context = (value: unknown) => ({ context: { 'x:k': value } });

describe('documents of 100,000 statements', () => {
  it(
    'that do not apply',
    () => {
      expect(askWith(identityOf(list(many, other)))).toBe('implicitDeny');
    },
    seconds,
  );
  it(
    'with a deny as the last',
    () => {
      expect(askWith(identityOf([statement(), ...list(many, other), deny()]))).toBe('explicitDeny');
    },
    seconds,
  );
  it(
    'that all deny',
    () => {
      expect(askWith(identityOf(list(many, () => deny())))).toBe('explicitDeny');
    },
    seconds,
  );
  it(
    'that all are malformed',
    () => {
      expect(askWith(identityOf(list(many, () => ({}))))).toBe('error');
    },
    seconds,
  );
  it(
    'that all have the same Sid',
    () => {
      expect(askWith(identityOf(list(many, () => statement({ Sid: 'Same' }))))).toBe('error');
    },
    seconds,
  );
  it(
    'as JSON text',
    () => {
      const text = JSON.stringify(documentOf([...list(many, other), statement()]));
      expect(askWith({ identityPolicies: [text] })).toBe('allowed');
    },
    seconds,
  );
  it(
    'as malformed JSON text, each issue with its line',
    () => {
      const text = JSON.stringify(documentOf(list(20_000, () => ({}))), null, 1);
      expect(parses(text)).toBe('error');
    },
    seconds,
  );
  it(
    'in a compiled form that is asked 2,000 different actions',
    () => {
      const actions = list(20_000, (i) => statement({ Action: `svc${i % 500}:Do${i}` }));
      const policies = compile(identityOf(actions) as EvaluationInput['policies']);
      for (let i = 0; i < 2_000; i++) {
        const asked = request({ action: `svc${i % 500}:Do${i}` }) as unknown as RequestInput;
        expect(policies.evaluate(asked).allowed).toBe(true);
      }
    },
    seconds,
  );
});

describe('long lists', () => {
  const values = list(many, (i) => `v${i}`);
  const cases: Record<string, [string, () => unknown]> = {
    '100,000 actions, the last one matches': [
      'allowed',
      () => identity(statement({ Action: [...list(many, (i) => `s3:Do${i}`), 's3:GetObject'] })),
    ],
    '100,000 actions of NotAction': [
      'allowed',
      () => identity({ ...statement(), Action: undefined, NotAction: list(many, (i) => `s3:Do${i}`) }),
    ],
    '100,000 resources': [
      'implicitDeny',
      () => identity(statement({ Resource: list(many, (i) => `arn:aws:s3:::b/${i}`) })),
    ],
    '100,000 resources of a wrong form': [
      'error',
      () => identity(statement({ Resource: list(many, (i) => `b/${i}`) })),
    ],
    '100,000 principals': [
      'allowed',
      () => ({
        resourcePolicy: document(
          statement({ Principal: { AWS: [...list(many, (i) => `${alice}${i}`), alice] } }),
        ),
      }),
    ],
    '100,000 principals of a wrong form': [
      'error',
      () => ({ resourcePolicy: document(statement({ Principal: { AWS: list(many, String) } })) }),
    ],
    '100,000 entries of NotPrincipal': [
      'explicitDeny',
      () => ({
        ...identity(statement()),
        resourcePolicy: document(
          deny({ NotPrincipal: { AWS: list(many, (i) => `${alice}${i}`) }, Resource: undefined }),
        ),
      }),
    ],
    '50,000 policies': ['allowed', () => ({ identityPolicies: list(50_000, () => document(statement())) })],
    '20,000 levels of an organization': [
      'allowed',
      () => ({
        ...identity(statement()),
        serviceControlPolicies: list(20_000, () => [document(statement())]),
      }),
    ],
    '20,000 levels, the last without policies': [
      'implicitDeny',
      () => ({
        ...identity(statement()),
        serviceControlPolicies: [...list(20_000, () => [document(statement())]), []],
      }),
    ],
    '100,000 condition keys': [
      'implicitDeny',
      () =>
        identity(
          statement({ Condition: { StringEquals: Object.fromEntries(values.map((v) => [`x:${v}`, v])) } }),
        ),
    ],
    '100,000 unknown operators': [
      'error',
      () => identity(statement({ Condition: Object.fromEntries(values.map((v) => [v, { a: 'b' }])) })),
    ],
    '100,000 unknown elements': [
      'error',
      () => identity(statement(Object.fromEntries(values.map((v) => [v, 1])))),
    ],
    '100,000 unknown kinds': ['error', () => Object.fromEntries(values.map((v) => [v, []]))],
    '1,000,001 actions': ['error', () => identity(statement({ Action: Array(1_000_001).fill('s3:*') }))],
  };
  it.each(Object.entries(cases))(
    '%s',
    (_, [expected, policies]) => {
      expect(askWith(policies())).toBe(expected);
    },
    seconds,
  );

  const equals = (operator: string, value: unknown, has: unknown) =>
    ask({ request: request(context(has)), policies: identity(when(operator, 'x:k', value)) });
  it(
    '100,000 values of a policy',
    () => {
      expect(equals('StringEquals', values, 'v99999')).toBe('allowed');
      expect(equals('StringLike', values, 'w')).toBe('implicitDeny');
      expect(equals('StringNotEquals', values, 'w')).toBe('allowed');
    },
    seconds,
  );
  it(
    '100,000 values of the request',
    () => {
      expect(equals('ForAllValues:StringLike', 'v*', values)).toBe('allowed');
      expect(equals('ForAnyValue:StringEquals', 'w', values)).toBe('implicitDeny');
      expect(equals('StringEquals', 'v1', values)).toBe('implicitDeny');
      expect(equals('StringNotEquals', 'v1', values)).toBe('allowed');
    },
    seconds,
  );
  it(
    '10,000 values on each side',
    () => {
      expect(equals('ForAllValues:StringEquals', values.slice(0, 10_000), values.slice(0, 10_000))).toBe(
        'allowed',
      );
      expect(equals('ForAnyValue:StringEquals', values.slice(0, 10_000), values.slice(20_000, 30_000))).toBe(
        'implicitDeny',
      );
    },
    seconds,
  );
  it(
    '100,000 numbers, dates and addresses',
    () => {
      const numbers = list(many, (i) => i);
      expect(equals('NumericEquals', numbers, 99_999)).toBe('allowed');
      expect(equals('DateEquals', numbers, '1970-01-02T03:46:39Z')).toBe('allowed');
      const ips = list(many, (i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`);
      expect(equals('IpAddress', ips, '10.1.134.159')).toBe('allowed');
    },
    seconds,
  );
  it(
    '100,000 context keys and tags',
    () => {
      const tags = Object.fromEntries(values.map((v) => [v, v]));
      const over = { principal: { arn: alice, tags }, context: tags };
      const policy = identity(when('StringEquals', 'aws:PrincipalTag/v99999', '${v99999}'));
      expect(askWith(policy, over)).toBe('allowed');
    },
    seconds,
  );
  it(
    '100,000 keys that differ only in letter case from another',
    () => {
      const bits = (i: number) => [...Array(17).keys()].map((bit) => ((i >> bit) & 1 ? 'A' : 'a')).join('');
      const keys = Object.fromEntries(list(many, (i) => [bits(i), 'v']));
      expect(askWith(identity(statement()), { context: keys })).toBe('error');
      expect(askWith(identity(statement()), { principal: { arn: alice, tags: keys } })).toBe('allowed');
    },
    seconds,
  );
});
