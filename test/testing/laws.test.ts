import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Estate } from '../../src/query/index.js';
import { type Assertion, check, coverageOf, replay } from '../../src/testing/index.js';
import { holds } from '../../src/testing/replay.js';
import { asked as actions, estateOf, ingredients, targets } from '../query/random-estate.js';
import { allowed, denied, onlyBy } from './asking.js';

const everything = (estate: Estate): readonly { who: string; action: string; target: string }[] =>
  estate.principals.flatMap(({ arn }) =>
    actions.flatMap((action) => targets.map((target) => ({ who: arn as string, action, target }))),
  );

it('law: the matchers say what `can` says', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(ingredients, (from) => {
      const estate = new Estate(estateOf(from));
      for (const { who, action, target } of everything(estate)) {
        const answer = estate.can(who, action, target);
        seen.set(answer.decision, (seen.get(answer.decision) ?? 0) + 1);
        expect(check(estate, allowed(estate, who, action, target)).pass).toBe(answer.allowed);
        expect(check(estate, denied(estate, who, action, target)).pass).toBe(!answer.allowed);
        const by = answer.allowed ? 'identityPolicies' : answer.decidedBy!.kind;
        expect(check(estate, denied(estate, who, action, target, { by })).pass).toBe(!answer.allowed);
      }
    }),
    { numRuns: 60 },
  );
  for (const decision of ['allowed', 'implicitDeny', 'explicitDeny'])
    expect(seen.get(decision)).toBeGreaterThan(20);
});

it('law: of the estate’s own, exactly those whom `can` allows reach a resource', () => {
  fc.assert(
    fc.property(
      ingredients,
      fc.constantFrom(...actions),
      fc.constantFrom(...targets),
      (from, action, target) => {
        const estate = new Estate(estateOf(from));
        const { pass, message } = check(estate, onlyBy(estate, target, ['a', 'b'], action));
        const both = ['a', 'b'].every((who) => estate.can(who, action, target).allowed);
        if (pass) expect(both).toBe(true);
        for (const { arn } of estate.principals) {
          const alone = check(estate, onlyBy(estate, target, [], action)).message();
          expect(alone.includes(`(${arn as string})`)).toBe(
            estate.can(arn as string, action, target).allowed,
          );
        }
        if (!both) expect(message()).toContain('Not reachable by');
      },
    ),
    { numRuns: 60 },
  );
});

/** Assertions that are green: the answers of the estate itself. */
const green = (estate: Estate): readonly Assertion[] =>
  everything(estate).map(({ who, action, target }) =>
    estate.can(who, action, target).allowed
      ? allowed(estate, who, action, target)
      : denied(estate, who, action, target),
  );

it('law: a mutant that is noticed changes an answer, and one that survives changes none', () => {
  const seen = { noticed: 0, survived: 0 };
  fc.assert(
    fc.property(ingredients, (from) => {
      const estate = new Estate(estateOf(from));
      const assertions = green(estate);
      for (const { mutant, noticed } of replay(estate.toJSON(), assertions)) {
        const changed = new Estate(mutant.apply());
        const differs = assertions.some((one) => !holds(changed, one));
        expect(noticed, `${mutant.policy} ${mutant.statement ?? ''}: ${mutant.change}`).toBe(differs);
        seen[noticed ? 'noticed' : 'survived']++;
      }
    }),
    { numRuns: 25 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(20);
});

it('law: of what is allowed, no more losses are noticed than statements decided', () => {
  fc.assert(
    fc.property(ingredients, (from) => {
      const estate = new Estate(estateOf(from));
      for (const assertion of green(estate)) {
        const decided = coverageOf(estate, [assertion]).statements.decided;
        const losses = [...replay(estate.toJSON(), [assertion])].filter(
          ({ mutant, noticed }) => noticed && / is gone$/.test(mutant.change) && mutant.number !== undefined,
        );
        // What did not decide cannot be missed.
        if (assertion.matcher === 'toBeAllowedTo') expect(losses.length).toBeLessThanOrEqual(decided);
      }
    }),
    { numRuns: 6 },
  );
});
