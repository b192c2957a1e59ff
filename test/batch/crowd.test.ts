import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileMany, type PrincipalWithPolicies, type Question } from '../../src/batch/index.js';
import { evaluate, isIamError } from '../../src/index.js';
import { caseArbitrary, type GeneratedCase } from '../differential/generate.js';

/** What single evaluation says; undefined where the question is malformed for the caller. */
function single(caller: PrincipalWithPolicies, question: Question): string | undefined {
  const { principal, policies } = caller;
  try {
    return evaluate({
      request: { ...question.request, principal },
      policies: { ...policies, ...question.policies },
    }).decision;
  } catch (error) {
    if (!isIamError(error)) throw error;
    return undefined;
  }
}

/** Everything of one kind of policy that the cases have. */
const pool = (cases: readonly GeneratedCase[], kind: string): readonly object[] =>
  cases.flatMap(({ policies }) => (policies[kind] ?? []) as object).flat(2);

/** Callers who have documents of all the cases, some of them the same as others have. */
const crowdArbitrary = fc
  .array(caseArbitrary, { minLength: 4, maxLength: 7 })
  .chain((cases) => {
    const some = (kind: string, maxLength: number): fc.Arbitrary<object[]> => {
      const all = pool(cases, kind);
      return all.length === 0
        ? fc.constant([])
        : fc.array(fc.constantFrom(...all), { minLength: 0, maxLength });
    };
    const callers = cases.flatMap(({ request: { principal } }) => [
      principal,
      // Another caller of the same kind, and the same one under other tags.
      ...(principal.arn === undefined ? [] : [{ ...principal, tags: { team: 'blue' } }]),
    ]);
    const caller = fc.record({
      principal: fc.constantFrom(...callers),
      identityPolicies: some('identityPolicies', 4),
      boundary: some('permissionsBoundary', 1),
      sessionPolicies: some('sessionPolicies', 2),
      // Now and then deeper than what is said at all levels fits into a number.
      control: fc.oneof(
        { weight: 6, arbitrary: fc.array(some('serviceControlPolicies', 2), { maxLength: 3 }) },
        {
          weight: 1,
          arbitrary: fc.array(some('serviceControlPolicies', 2), { minLength: 11, maxLength: 14 }),
        },
      ),
    });
    return fc.record({
      cases: fc.constant(cases),
      callers: fc.array(caller, { minLength: 6, maxLength: 14 }),
    });
  })
  .map(({ cases, callers }) => ({
    principals: callers.map(
      ({ principal, identityPolicies, boundary, sessionPolicies, control }) =>
        ({
          principal,
          policies: {
            ...(identityPolicies.length === 0 ? {} : { identityPolicies }),
            ...(boundary.length === 0 ? {} : { permissionsBoundary: boundary[0] }),
            ...(sessionPolicies.length === 0 ? {} : { sessionPolicies }),
            ...(control.length === 0 ? {} : { serviceControlPolicies: control }),
          },
        }) as unknown as PrincipalWithPolicies,
    ),
    questions: cases.flatMap(({ request: { principal: _, ...request }, policies }) => {
      const { resourcePolicy, resourceControlPolicies, vpcEndpointPolicy } = policies;
      const own = { resourcePolicy, resourceControlPolicies, vpcEndpointPolicy };
      return [{ request, policies: own }, { request }] as unknown as Question[];
    }),
  }));

describe('a crowd that shares documents', () => {
  it('is decided as each of its callers by itself', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(crowdArbitrary, ({ principals, questions }) => {
        const all = questions.map((question) => ({
          question,
          expected: principals.map((caller) => single(caller, question)),
        }));
        const readable = all.filter(({ expected }) => !expected.includes(undefined));
        const compiled = compileMany(principals);
        const matrix = compiled.evaluate(readable.map(({ question }) => question));
        for (const [j, { question, expected }] of readable.entries()) {
          const found = principals.map((_, i) => matrix.decision(i, j));
          expect(found).toEqual(expected);
          for (const decision of found) seen.add(decision);
          // Asked by itself, after others: nothing of one question is left over for another.
          const again = compiled.evaluate([question]);
          expect(principals.map((_, i) => again.decision(i, 0))).toEqual(expected);
        }
      }),
      { numRuns: 150 },
    );
    expect(seen.size).toBe(3);
  });
});
