import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, evaluate, formatTrace, parseRequest } from '../../src/index.js';
import { asInput, type Case, callers, caseArbitrary, type Document, type Policies } from './generate.js';

const runs = { numRuns: 400 };
const decide = (one: Case): string => evaluate(asInput(one)).decision;

/** Lists in another order, by a seed; levels of an organization keep theirs when asked to. */
function shuffled<T>(list: readonly T[], next: () => number): T[] {
  return list
    .map((item) => [next(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}
function scrambled(value: unknown, next: () => number): unknown {
  if (Array.isArray(value)) return shuffled(value, next).map((item) => scrambled(item, next));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, scrambled(item, next)] as const);
  return Object.fromEntries(shuffled(entries, next));
}
/** Small and repeatable. */
const generator = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed;
};

/** Every document of a case, changed. */
function eachDocument(policies: Policies, change: (document: Document) => unknown): Policies {
  const walk = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(walk) : change(value as Document);
  return Object.fromEntries(Object.entries(policies).map(([kind, value]) => [kind, walk(value)])) as Policies;
}
/** Every list of policies and statements twice. */
function doubled({ request, policies }: Case, statements: boolean, lists: boolean): Case {
  const twice = eachDocument(policies, ({ Version, Statement }) => ({
    Version,
    Statement: statements ? [...Statement, ...Statement] : Statement,
  }));
  if (!lists) return { request, policies: twice };
  const entries = Object.entries(twice).map(([kind, value]) => {
    const levels = kind.endsWith('ControlPolicies');
    const more = (list: readonly unknown[]) => [...list, ...list];
    if (!Array.isArray(value)) return [kind, value];
    return [kind, levels ? more(value.map(more)) : more(value)];
  });
  return { request, policies: Object.fromEntries(entries) as Policies };
}
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    for (const item of Object.values(value)) deepFreeze(item);
  }
  return value;
}

describe('what never matters', () => {
  it('the order of statements, policies, levels, values and keys', () => {
    const property = (one: Case, seed: number) => {
      // Context lists stay: aws:CalledVia has an order (E85).
      const policies = scrambled(one.policies, generator(seed)) as Policies;
      const request = Object.fromEntries(Object.entries(one.request).reverse());
      expect(decide({ request, policies })).toBe(decide(one));
    };
    fc.assert(fc.property(caseArbitrary(), fc.nat(), property), runs);
  });
  it('the order changes no attribution', () => {
    const property = (one: Case, seed: number) => {
      const policies = scrambled(one.policies, generator(seed)) as Policies;
      const after = evaluate(asInput({ ...one, policies }));
      const before = evaluate(asInput(one));
      expect([after.decidedBy.kind, after.decidedBy.rule]).toEqual([
        before.decidedBy.kind,
        before.decidedBy.rule,
      ]);
      expect(after.denies.map(({ kind }) => kind)).toEqual(before.denies.map(({ kind }) => kind));
    };
    fc.assert(fc.property(caseArbitrary(), fc.nat(), property), runs);
  });
  it('the order of two grants of different strength', () => {
    const everyone = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
    const alone = { ...everyone, Principal: { AWS: 'arn:aws:iam::111122223333:user/alice' } };
    const rules = [
      [everyone, alone],
      [alone, everyone],
    ].flatMap((Statement) => {
      const request = { principal: callers.user!, action: 'ec2:RunInstances', resource: '*' };
      const evaluation = evaluate(
        asInput({ request, policies: { resourcePolicy: { Version: '2012-10-17', Statement } } }),
      );
      return [evaluation.decidedBy.rule, evaluation.explain().decidedBy.rule];
    });
    expect(new Set(rules).size, rules.join()).toBe(1);
  });
  it('saying things twice', () => {
    const property = (one: Case) => {
      expect(decide(doubled(one, true, false)), 'statements').toBe(decide(one));
      expect(decide(doubled(one, false, true)), 'policies and levels').toBe(decide(one));
      expect(decide(doubled(one, true, true)), 'both').toBe(decide(one));
    };
    fc.assert(fc.property(caseArbitrary(), property), runs);
  });
  it('whether a document is an object, its JSON text, or either with a name', () => {
    const forms: ((document: Document) => unknown)[] = [
      (document) => JSON.stringify(document),
      (document) => JSON.stringify(document, null, 2),
      (document) => JSON.parse(JSON.stringify(document)),
      (document) => ({ name: 'a name', document }),
      (document) => ({ document: JSON.stringify(document) }),
    ];
    const property = (one: Case) => {
      for (const form of forms) {
        expect(decide({ ...one, policies: eachDocument(one.policies, form) })).toBe(decide(one));
      }
    };
    fc.assert(fc.property(caseArbitrary(), property), { numRuns: 200 });
  });
  it('a JSON round trip of the whole input', () => {
    const property = (one: Case) => {
      const trip = JSON.parse(JSON.stringify(one)) as Case;
      const plain = (input: Case) => JSON.stringify(evaluate(asInput(input)).explain());
      expect(plain(trip) === plain(one)).toBe(true);
    };
    fc.assert(fc.property(caseArbitrary(), property), runs);
  });
  it('one value or a list of one', () => {
    const listed = (value: unknown): unknown => (Array.isArray(value) ? value : [value]);
    const property = (one: Case) => {
      const policies = eachDocument(one.policies, ({ Version, Statement }) => ({
        Version,
        Statement: Statement.map((statement) =>
          Object.fromEntries(
            Object.entries(statement).map(([name, value]) => [
              name,
              /Action|Resource/.test(name) ? listed(value) : value,
            ]),
          ),
        ),
      }));
      expect(decide({ ...one, policies })).toBe(decide(one));
    };
    fc.assert(fc.property(caseArbitrary(), property), runs);
  });
  it('the letter case of actions and of key names', () => {
    const property = (one: Case) => {
      const upper = eachDocument(one.policies, ({ Version, Statement }) => ({
        Version,
        Statement: Statement.map((statement) => {
          const { Action, NotAction, Condition = {} } = statement as Record<string, unknown>;
          const loud = (value: unknown): unknown =>
            typeof value === 'string'
              ? value.toUpperCase()
              : (value as string[]).map((item) => item.toUpperCase());
          const block = Object.entries(Condition as Record<string, Record<string, unknown>>).map(
            ([operator, keys]) => [
              operator,
              Object.fromEntries(Object.entries(keys).map(([key, values]) => [key.toUpperCase(), values])),
            ],
          );
          return {
            ...statement,
            ...(Action === undefined ? {} : { Action: loud(Action) }),
            ...(NotAction === undefined ? {} : { NotAction: loud(NotAction) }),
            Condition: Object.fromEntries(block),
          };
        }),
      }));
      const action = String(one.request.action).toLowerCase();
      expect(decide({ request: { ...one.request, action }, policies: upper })).toBe(decide(one));
    };
    fc.assert(fc.property(caseArbitrary(), property), runs);
  });
});

describe('explanations', () => {
  it('agree with the decision', () => {
    const property = (one: Case) => {
      const { decision, decidedBy, denies, allowed, explain } = evaluate(asInput(one));
      const trace = explain();
      expect(allowed).toBe(decision === 'allowed');
      expect(trace.decision).toBe(decision);
      expect(trace.decidedBy.kind).toBe(decidedBy.kind);
      expect(trace.decidedBy.rule).toBe(decidedBy.rule);
      expect(trace.denies.map(({ kind }) => kind)).toEqual(denies.map(({ kind }) => kind));
    };
    fc.assert(fc.property(caseArbitrary(), property), runs);
  });
  it('of the deciding statements are the whole one without the others', () => {
    const property = (one: Case) => {
      const { explain } = evaluate(asInput(one));
      const whole = explain();
      const deciding = new Set(
        [whole.decidedBy, ...whole.denies].flatMap(({ kind, statements }) =>
          statements.map(({ path }) => `${kind} ${path}`),
        ),
      );
      const layers = whole.layers.map((layer) => ({
        ...layer,
        levels: layer.levels.map((level) => ({
          ...level,
          statements: level.statements.filter(({ path }) => deciding.has(`${layer.kind} ${path}`)),
        })),
      }));
      const left = { deciding: true, layers, missingAllows: [], nearMisses: [] };
      expect(explain({ deciding: true })).toEqual({ ...whole, ...left });
    };
    fc.assert(fc.property(caseArbitrary(), property), runs);
  });
  it('are plain JSON data and can be printed', () => {
    const property = (one: Case) => {
      const trace = evaluate(asInput(one)).explain();
      expect(JSON.parse(JSON.stringify(trace))).toEqual(trace);
      expect(structuredClone(trace)).toEqual(trace);
      for (const verbose of [true, false]) {
        const text = formatTrace(trace, { verbose });
        expect(text).toMatch(trace.decision === 'allowed' ? /^ALLOWED/ : /^DENIED/);
        expect(text).not.toMatch(/undefined|\[object|NaN/);
        expect(formatTrace(JSON.parse(JSON.stringify(trace)), { verbose })).toBe(text);
      }
    };
    fc.assert(fc.property(caseArbitrary(), property), runs);
  });
  it('deny with statements that deny, and allow with statements that allow', () => {
    const property = (one: Case) => {
      const trace = evaluate(asInput(one)).explain();
      const statements = trace.layers.flatMap(({ levels }) => levels.flatMap((level) => level.statements));
      const effect = trace.decision === 'explicitDeny' ? 'Deny' : 'Allow';
      for (const { path } of trace.decidedBy.statements) {
        const found = statements.find((statement) => statement.path === path);
        expect(found?.effect).toBe(effect);
        expect(found?.matched).toBe(true);
      }
      expect(trace.decidedBy.statements.length > 0).toBe(
        trace.decision !== 'implicitDeny' && trace.decidedBy.kind !== 'service',
      );
    };
    fc.assert(fc.property(caseArbitrary(), property), runs);
  });
});

it('inputs are never changed, frozen or not', () => {
  const property = (one: Case) => {
    const before = JSON.stringify(one);
    const loose = evaluate(asInput(one));
    formatTrace(loose.explain(), { verbose: true });
    expect(JSON.stringify(one)).toBe(before);
    const frozen = evaluate(asInput(deepFreeze(one)));
    frozen.explain();
    expect(frozen.decision).toBe(loose.decision);
    expect(JSON.stringify(one)).toBe(before);
  };
  fc.assert(fc.property(caseArbitrary(), property), runs);
});

it('a request that was read before is answered like the request itself, whatever it was asked before', () => {
  const property = (one: Case, other: Case) => {
    const { request, policies } = asInput(one);
    const parsed = parseRequest(request);
    // What is remembered with the request for one set of policies must not show in another.
    for (const set of [asInput(other).policies, policies, policies]) {
      const plain = () => evaluate({ request, policies: set });
      let compiled: ReturnType<typeof compile>;
      try {
        plain();
        compiled = compile(set);
      } catch {
        continue; // L22: the resource policy of the other one may be no trust policy.
      }
      const { decision, missingContext, explain } = compiled.evaluate(parsed);
      expect({ decision, missingContext }).toEqual({
        decision: plain().decision,
        missingContext: plain().missingContext,
      });
      expect(JSON.stringify(explain())).toBe(JSON.stringify(plain().explain()));
    }
  };
  fc.assert(fc.property(caseArbitrary(), caseArbitrary(), property), runs);
});
