import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CompiledPolicies, compile, type EvaluationInput, evaluate } from '../../src/index.js';
import { type ClauseLine, evaluatePartial } from '../../src/partial/index.js';
import { completion, partialCase, unknownKeys, valuesByKey } from './generate.js';

const numRuns = Number(process.env.PARTIAL_RUNS ?? 2000);
const compiled = new WeakMap<object, CompiledPolicies>();
function ask({ request, policies }: EvaluationInput, context: Record<string, readonly string[]>) {
  const known = compiled.get(policies) ?? compile(policies);
  compiled.set(policies, known);
  return known.evaluate({ ...request, context });
}

/** Whether a line holds, asked of the engine itself: a policy that allows everything under this one condition. */
function holds(
  input: EvaluationInput,
  { operator, key, values }: ClauseLine,
  context: Record<string, readonly string[]>,
): boolean {
  if (operator.startsWith('not '))
    return !holds(input, { operator: operator.slice(4), key, values }, context);
  if (operator === 'absent' || operator === 'present') {
    return holds(input, { operator: 'Null', key, values: [String(operator === 'absent')] }, context);
  }
  const whole = key === 'resource';
  if (whole && operator === 'ArnNotLike') return !holds(input, { operator: 'ArnLike', key, values }, context);
  const statement = whole
    ? { Effect: 'Allow', Action: '*', Resource: values }
    : { Effect: 'Allow', Action: '*', Resource: '*', Condition: { [operator]: { [key]: values } } };
  return ask(
    { ...input, policies: { identityPolicies: [{ Version: '2012-10-17', Statement: statement }] } },
    context,
  ).allowed;
}

const scenario = fc
  .tuple(partialCase, fc.uniqueArray(fc.constantFrom(...unknownKeys), { minLength: 1, maxLength: 4 }))
  .chain(([input, keys]) =>
    fc.record({
      input: fc.constant(input),
      keys: fc.constant(keys),
      completions: fc.array(completion(keys), { minLength: 6, maxLength: 6 }),
    }),
  );

it('with nothing unknown it equals evaluate', () => {
  fc.assert(
    fc.property(partialCase, completion(unknownKeys), (input, context) => {
      const request = { ...input.request, context };
      const partial = evaluatePartial({ request, policies: input.policies });
      expect(partial.decision).toBe(evaluate({ request, policies: input.policies }).decision);
      expect(partial.dependsOn).toEqual([]);
    }),
    { numRuns },
  );
});

it('what it says holds for every completion, and what depends can go each way', () => {
  let depends = 0;
  fc.assert(
    fc.property(scenario, ({ input, keys, completions }) => {
      const partial = evaluatePartial({
        request: { ...input.request, unknown: keys },
        policies: input.policies,
      });
      expect(partial.exact).toBe(true);
      for (const context of completions) {
        const { decision, allowed } = ask(input, context);
        if (partial.decision !== 'depends') expect(decision).toBe(partial.decision);
        expect(partial.reachable.map((one) => one.decision)).toContain(decision);
        const said = partial.allowedIf.some((clause) => clause.every((one) => holds(input, one, context)));
        expect(said, JSON.stringify(partial.allowedIf)).toBe(allowed);
      }
      for (const { decision, context } of partial.reachable)
        expect(ask(input, context).decision).toBe(decision);
      if (partial.decision === 'depends') {
        depends++;
        expect(partial.reachable.length).toBeGreaterThan(1);
        expect(partial.dependsOn.length).toBeGreaterThan(0);
      }
    }),
    { numRuns },
  );
  expect(depends).toBeGreaterThan(numRuns / 10);
});

/** Every reading of the keys with values of the shared list. */
function* readings(keys: readonly string[]): Generator<Record<string, readonly string[]>> {
  const [key, ...rest] = keys;
  if (key === undefined) yield {};
  else {
    const values = valuesByKey[key]!;
    const lists: string[][] = [[], ...values.map((one) => [one])];
    if (key === 'aws:TagKeys') {
      lists.push(...values.flatMap((one, i) => values.slice(i + 1).map((other) => [one, other])));
      lists.push(...values.map((_, i) => values.filter((__, j) => j !== i)));
    }
    for (const others of readings(rest)) for (const list of lists) yield { ...others, [key]: list };
  }
}

it('a key is among those it depends on exactly if it can change the answer', () => {
  fc.assert(
    fc.property(scenario, ({ input, keys: chosen }) => {
      const keys = chosen.slice(0, 3);
      const { dependsOn } = evaluatePartial({
        request: { ...input.request, unknown: keys },
        policies: input.policies,
      });
      const changing = keys.filter((key) => {
        const groups = new Map<string, string>();
        for (const reading of readings(keys)) {
          const { decision } = ask(input, reading);
          const others = JSON.stringify({ ...reading, [key]: [] });
          if ((groups.get(others) ?? decision) !== decision) return true;
          groups.set(others, decision);
        }
        return false;
      });
      expect([...dependsOn].sort()).toEqual(changing.sort());
    }),
    { numRuns: numRuns / 4 },
  );
});
