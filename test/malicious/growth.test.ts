import { describe, expect, it } from 'vitest';
import { type EvaluationInput, evaluate, formatTrace } from '../../src/index.js';
import {
  account,
  alice,
  ask,
  document,
  documentOf,
  expectCleanPrototypes,
  expectLinear,
  identity,
  identityOf,
  object,
  request,
  statement,
  when,
} from './hostile.js';

expectCleanPrototypes();
const seconds = 20_000;
const list = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const other = (i: number) => statement({ Resource: `arn:aws:s3:::other/${i}` });
const many = 100_000;
const deny = () => statement({ Effect: 'Deny' });
const context = (value: unknown) => ({ context: { 'x:k': value } });

describe('explaining many statements', () => {
  const explain = (policies: unknown) =>
    evaluate({ request: request(), policies } as unknown as EvaluationInput).explain();
  const kinds: Record<string, (n: number) => unknown> = {
    'that do not apply': (n) => identityOf(list(n, other)),
    'that all allow': (n) => identityOf(list(n, () => statement())),
    'that all deny': (n) => identityOf(list(n, () => deny())),
  };
  for (const [name, make] of Object.entries(kinds)) {
    it(
      `1,500 ${name}`,
      () => {
        const trace = explain(make(1_500));
        expect(trace.layers.flatMap(({ levels }) => levels.flatMap((one) => one.statements)).length).toBe(
          1_500,
        );
        expect(formatTrace(trace, { verbose: true }).length).toBeGreaterThan(1_500);
      },
      seconds,
    );
    it(`time grows with their number: statements ${name}`, () => {
      expectLinear(700, (n) => {
        const policies = make(n);
        return () => formatTrace(explain(policies), { verbose: true });
      });
    }, 20_000);
  }
  it('100,000 that do not apply', () => {
    const trace = explain(identityOf(list(many, other)));
    expect(trace.decision).toBe('implicitDeny');
    expect(formatTrace(trace)).toContain('DENIED');
    expect(formatTrace(trace, { verbose: true }).length).toBeGreaterThan(many);
  }, 120_000);
});

describe('time grows with the input', () => {
  const grow: Record<string, [number, (n: number) => unknown]> = {
    statements: [5_000, (n) => ({ request: request(), policies: identityOf(list(n, other)) })],
    'malformed statements': [
      5_000,
      (n) => ({ request: request(), policies: identityOf(list(n, () => ({}))) }),
    ],
    'JSON text': [
      2_000,
      (n) => ({
        request: request(),
        policies: { identityPolicies: [JSON.stringify(documentOf(list(n, other)))] },
      }),
    ],
    'values of a condition': [
      20_000,
      (n) => ({
        request: request(context('w')),
        policies: identity(
          when(
            'StringLike',
            'x:k',
            list(n, (i) => `v${i}*`),
          ),
        ),
      }),
    ],
    'a context': [
      10_000,
      (n) => ({
        request: request({ context: Object.fromEntries(list(n, (i) => [`k${i}`, i])) }),
        policies: identity(statement()),
      }),
    ],
    'a resource of many colons': [
      100_000,
      (n) => ({
        request: object(':'.repeat(n)),
        policies: identity(statement({ Resource: `arn:aws:s3:::b/${':'.repeat(n)}` })),
      }),
    ],
    // Fewer are done before the first collection of garbage, and four times as many then look worse than they are.
    levels: [
      4_000,
      (n) => ({
        request: request(),
        policies: {
          ...identity(statement()),
          serviceControlPolicies: list(n, () => [document(statement())]),
        },
      }),
    ],
    'principals that are listed': [
      10_000,
      (n) => ({
        request: request({ principal: { arn: alice.replace(account, '444455556666') } }),
        policies: {
          resourcePolicy: document(statement({ Principal: { AWS: list(n, (i) => `${alice}${i}`) } })),
        },
      }),
    ],
  };
  it.each(Object.entries(grow))(
    '%s',
    (_, [n, make]) => {
      expectLinear(n, (size) => {
        const input = make(size);
        return () => ask(input);
      });
    },
    20_000,
  );
});
