import { describe, expect, it } from 'vitest';
import { compile, evaluate, isIamError, parsePolicy } from '../../src/index.js';
import { answer, ask, expectCleanPrototypes, parses, request } from './hostile.js';
import { never, odd, places, replaced, throwing, whole } from './places.js';

expectCleanPrototypes();

it('the whole input is allowed', () => expect(ask(whole())).toBe('allowed'));

describe('wrong values in every place', () => {
  it.each(places)('%s: what JSON has not is refused', (_, path) => {
    for (const [name, value] of Object.entries(never)) {
      // A level without policies, which is one without an allow.
      if (name === 'an array in an array' && /ControlPolicies$/.test(path.join())) continue;
      expect(ask(replaced(path, value)), name).toBe('error');
    }
  });
  it.each(places)('%s: anything else is answered or refused', (_, path) => {
    for (const [name, value] of Object.entries(odd)) {
      expect(['allowed', 'implicitDeny', 'explicitDeny', 'error'], name).toContain(
        ask(replaced(path, value)),
      );
    }
  });
  it.each(places)('%s: a getter that throws', (_, path) => {
    const root = replaced(path, 'x') as Record<string, unknown>;
    let at = root;
    for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
    Object.defineProperty(at, path.at(-1)!, { get: throwing, enumerable: true });
    expect(ask(root)).toBe('error');
  });
});

describe('arguments of the wrong type', () => {
  const values = Object.entries({ ...never, ...odd });
  it.each(values)('evaluate: %s', (_, value) => {
    expect(ask(value)).toBe('error');
    expect(ask({ request: value, policies: {} })).toBe('error');
    expect(ask({ request: request(), policies: value })).toMatch(/^(?:error|implicitDeny)$/);
  });
  it.each(values)('compile: %s', (_, value) => {
    expect(answer(() => typeof compile(value as never))).toMatch(/^(?:error|object)$/);
    expect(answer(() => compile({}).evaluate(value as never).decision)).toBe('error');
  });
  it.each(values)('parsePolicy: %s', (_, value) => {
    expect(parses(value)).toBe('error');
    expect(answer(() => parsePolicy('{}', value as never).kind)).toBe('error');
    expect(answer(() => parsePolicy('{}', { kind: value } as never).kind)).toBe('error');
  });
  it.each(values)('isIamError: %s', (_, value) => expect(isIamError(value)).toBe(false));
  it('no arguments at all', () => {
    expect(answer(() => (evaluate as unknown as () => { decision: string })().decision)).toBe('error');
    expect(answer(() => typeof (compile as unknown as () => unknown)())).toBe('error');
    expect(answer(() => typeof (parsePolicy as unknown as () => unknown)())).toBe('error');
    expect((isIamError as unknown as () => boolean)()).toBe(false);
  });
});
