import { describe, expect, it } from 'vitest';
import { compile, type EvaluationInput, evaluate, isIamError, parsePolicy } from '../../src/index.js';
import {
  answer,
  ask,
  askWith,
  deepFreeze,
  document,
  expectCleanPrototypes,
  identity,
  parses,
  request,
  statement,
} from './hostile.js';
import { places, replaced, whole } from './places.js';

expectCleanPrototypes();

describe('objects that lie', () => {
  /** Far more than the one entry that each list begins with. */
  const limit = 10_000;
  /** An array whose iterator never ends; it stops at the limit, by an error that must not be needed. */
  function endless(counter: { drawn: number }): unknown[] {
    return Object.defineProperty(['x'], Symbol.iterator, {
      value: function* () {
        while (counter.drawn++ < limit) yield 'x';
        throw new Error('still drawing');
      },
    });
  }
  /** An array that grows while it is read. */
  const growing = (counter: { drawn: number }): unknown[] =>
    new Proxy(['x'], {
      get: (target, key) => {
        if (key === 'length') return counter.drawn + 1;
        if (counter.drawn++ > limit) throw new Error('still drawing');
        return Reflect.get(target, key === Symbol.iterator ? key : 0);
      },
    });
  const lists = places.filter(([name]) =>
    /(?:Policies|Condition|AWS|Action|Resource|Statement|x:l)$/.test(name),
  );
  it.each(lists)('%s: an iterator without end', (_, path) => {
    const counter = { drawn: 0 };
    expect(['allowed', 'implicitDeny', 'error']).toContain(ask(replaced(path, endless(counter))));
    expect(counter.drawn).toBeLessThan(limit);
  });
  it.each(lists)('%s: a list that grows while it is read', (_, path) => {
    const counter = { drawn: 0 };
    expect(['allowed', 'implicitDeny', 'error']).toContain(ask(replaced(path, growing(counter))));
    expect(counter.drawn).toBeLessThan(limit);
  });
  it('a getter that changes its mind', () => {
    let turn = 0;
    const shifty = Object.defineProperty(statement(), 'Effect', {
      get: () => (turn++ % 2 === 0 ? 'Allow' : 'Deny'),
      enumerable: true,
    });
    expect(['allowed', 'explicitDeny', 'error']).toContain(askWith(identity(shifty)));
  });
  it('a getter that changes the policy while it is read', () => {
    const list: unknown[] = [statement()];
    const growingDocument = document();
    growingDocument.Statement = list;
    Object.defineProperty(list[0], 'Sid', {
      get: () => list.push(statement()) && 'Sid',
      enumerable: true,
    });
    expect(['allowed', 'error']).toContain(askWith({ identityPolicies: [growingDocument] }));
  });
  it('changes after compiling change nothing', () => {
    const policies = identity(statement()) as { identityPolicies: { Statement: { Effect: string }[] }[] };
    const compiled = compile(policies as unknown as EvaluationInput['policies']);
    policies.identityPolicies[0]!.Statement[0]!.Effect = 'Deny';
    const asked = request();
    const evaluation = compiled.evaluate(asked as never);
    asked.action = 's3:PutObject';
    expect(evaluation.decision).toBe('allowed');
    expect(evaluation.explain().request.action).toBe('s3:GetObject');
    expect(evaluation.explain().decision).toBe('allowed');
  });
  it('an object that claims to be an error of the library', () => {
    const forged = new Error('no');
    Object.defineProperty(forged, 'name', { value: 'InvalidPolicyError' });
    expect(isIamError(forged)).toBe(false);
    const policies = Object.defineProperty({}, 'identityPolicies', {
      get: () => {
        throw forged;
      },
      enumerable: true,
    });
    expect(askWith(policies)).toBe('error');
  });
  it('throwing nothing at all', () => {
    for (const thrown of [undefined, null, 0, Symbol('x')]) {
      const get = () => {
        throw thrown;
      };
      const member = (name: string) => Object.defineProperty({}, name, { get, enumerable: true });
      expect(ask(member('request'))).toBe('error');
      expect(ask({ request: member('action'), policies: {} })).toBe('error');
      expect(parses(member('Statement'))).toBe('error');
      expect(answer(() => parsePolicy('{}', member('kind') as never).kind)).toBe('error');
    }
  });
});

describe('frozen inputs', () => {
  it('are read, explained and left as they are', () => {
    const frozen = deepFreeze(whole());
    const before = JSON.stringify(frozen);
    const evaluation = evaluate(frozen as unknown as EvaluationInput);
    expect(evaluation.decision).toBe('allowed');
    evaluation.explain();
    expect(JSON.stringify(frozen)).toBe(before);
  });
  it('are refused with the same issues as others', () => {
    const issues = (input: unknown) => {
      try {
        return evaluate(input as EvaluationInput).decision;
      } catch (error) {
        return isIamError(error) ? error.issues : 'untyped';
      }
    };
    for (const [, path] of places) {
      expect(issues(deepFreeze(replaced(path, { no: [] })))).toEqual(issues(replaced(path, { no: [] })));
    }
  });
  it('null prototypes all the way down', () => {
    const bare = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(bare);
      if (typeof value !== 'object' || value === null) return value;
      const entries = Object.entries(value).map(([key, item]) => [key, bare(item)] as const);
      return Object.assign(Object.create(null), Object.fromEntries(entries));
    };
    expect(ask(bare(whole()))).toBe('allowed');
  });
});
