import fc from 'fast-check';
import { expect, it } from 'vitest';
import { evaluate, type RequestInput } from '../../src/index.js';
import { Estate } from '../../src/query/estate.js';
import { asked, byHand, estateOf, ingredients, targets } from './random-estate.js';

const question = fc.record({
  from: ingredients,
  who: fc.constantFrom('a' as const, 'b' as const),
  action: fc.constantFrom(...asked),
  target: fc.constantFrom(...targets),
});

it('`can` equals `evaluate` on what a person would put together by hand', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(question, ({ from, who, action, target }) => {
      const estate = new Estate(estateOf(from));
      const { policies, ...rest } = byHand(from, who, target);
      const request = { ...rest, action } as RequestInput;
      const expected = evaluate({ request, policies });
      const answer = estate.can(who, action, target);
      seen.set(expected.decision, (seen.get(expected.decision) ?? 0) + 1);
      expect(answer.decision).toBe(expected.decision);
      expect(answer.decidedBy?.kind).toBe(expected.decidedBy.kind);
      expect(answer.decidedBy?.rule).toBe(expected.decidedBy.rule);
      expect(answer.missingContext).toEqual(expected.missingContext);
      expect(answer.explain().decision).toBe(expected.decision);
      // The same by name, and after reading the data back.
      const again = new Estate(JSON.parse(JSON.stringify(estate)));
      expect(again.can(who === 'a' ? 'UserA' : 'Fn', action, target).decision).toBe(expected.decision);
    }),
    { numRuns: 800 },
  );
  // The law says something only where all decisions occur.
  for (const decision of ['allowed', 'implicitDeny', 'explicitDeny'])
    expect(seen.get(decision)).toBeGreaterThan(20);
});

it('`whoCan` equals asking `can` one by one', () => {
  fc.assert(
    fc.property(question, ({ from, action, target }) => {
      const estate = new Estate(estateOf(from));
      const { allowed, depends, asked: count } = estate.whoCan(action, target);
      const one = estate.principals.map(
        ({ arn }) => [arn as string, estate.can(arn as string, action, target)] as const,
      );
      expect(count).toBe(one.length);
      expect(allowed.map(({ arn }) => arn)).toEqual(
        one.filter(([, { allowed }]) => allowed).map(([arn]) => arn),
      );
      expect(depends.map(({ arn }) => arn)).toEqual(
        one
          .filter(([, { decision, allowedIf }]) => decision === 'depends' && allowedIf.length > 0)
          .map(([arn]) => arn),
      );
    }),
    { numRuns: 300 },
  );
});
