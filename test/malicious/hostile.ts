import { afterAll, expect } from 'vitest';
import { type EvaluationInput, evaluate, isIamError, parsePolicy } from '../../src/index.js';

export const account = '111122223333';
export const alice = `arn:aws:iam::${account}:user/alice`;

/** A request that `allowAll` allows; `over` replaces members. */
export const request = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  principal: { arn: alice },
  action: 's3:GetObject',
  resource: { arn: 'arn:aws:s3:::reports/2026.csv', accountId: account },
  ...over,
});

/** A request for one object of the bucket `b`. */
export const object = (key: string, over: Record<string, unknown> = {}): Record<string, unknown> =>
  request({ resource: { arn: `arn:aws:s3:::b/${key}`, accountId: account }, ...over });

export const statement = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: '*',
  ...over,
});
export const document = (...statements: unknown[]): Record<string, unknown> => ({
  Version: '2012-10-17',
  Statement: statements,
});
/** The same for lists too long to be arguments. */
export const documentOf = (statements: readonly unknown[]): Record<string, unknown> => ({
  Version: '2012-10-17',
  Statement: statements,
});
export const identityOf = (statements: readonly unknown[]): Record<string, unknown> => ({
  identityPolicies: [documentOf(statements)],
});
export const identity = (...statements: unknown[]): Record<string, unknown> => ({
  identityPolicies: [document(...statements)],
});
export const when = (operator: string, key: string, value: unknown): Record<string, unknown> =>
  statement({ Condition: { [operator]: { [key]: value } } });

/** The answer, `error` for a typed error; anything else that is thrown fails the test. */
export function ask(input: unknown): string {
  return answer(() => evaluate(input as EvaluationInput).decision);
}
export const askWith = (policies: unknown, over: Record<string, unknown> = {}): string =>
  ask({ request: request(over), policies });

export function answer(question: () => string): string {
  try {
    return question();
  } catch (error) {
    if (!isIamError(error)) throw error;
    expect(error.issues.length).toBeGreaterThan(0);
    return 'error';
  }
}

/** Whether a text or object is taken as an identity policy. */
export const parses = (input: unknown, kind = 'identityPolicies'): string =>
  answer(() => {
    parsePolicy(input as string, { kind } as { kind: 'identityPolicies' });
    return 'parsed';
  });

/** An object from JSON text, so that `__proto__` is an ordinary member. */
export const fromJson = (text: string): Record<string, unknown> => JSON.parse(text);

export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const key of Reflect.ownKeys(value)) deepFreeze((value as Record<PropertyKey, unknown>)[key]);
  }
  return value;
}

/** Best of some runs, in milliseconds of this process's own time; slow work is run once. */
function best(work: () => unknown, runs = 3): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < runs; i++) {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    least = Math.min(least, (user + system) / 1000);
    if (least > 1_500) break;
  }
  return least;
}

/**
 * Four times the input takes at most twelve times the time. Measured side by side in one run, and in processor time, so
 * that neither a slow machine nor a busy one matters.
 */
export function expectLinear(n: number, prepare: (size: number) => () => unknown): void {
  const small = prepare(n);
  const large = prepare(4 * n);
  small();
  large();
  const one = Math.max(best(small), 2);
  const ratio = best(large) / one;
  expect(ratio, `time for 4n over time for n (${one.toFixed(1)} ms)`).toBeLessThanOrEqual(12);
}

const watched = [Object, Array, String, Map, Set, Number, Boolean, Function, RegExp, Error, Promise];
const members = (): string[] =>
  watched.flatMap(({ name, prototype }) =>
    Reflect.ownKeys(prototype).map((key) => `${name}.prototype.${String(key)}`),
  );
const before = members();

/** Registers the check that nothing in this file left a trace on the language's own prototypes. */
export function expectCleanPrototypes(): void {
  afterAll(() => {
    expect(members()).toEqual(before);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
}
