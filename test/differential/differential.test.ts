import fc from 'fast-check';
import { expect, it } from 'vitest';
import { evaluate } from '../../src/index.js';
import { referenceDecision } from '../reference/interpreter.js';
import { caseArbitrary } from './generate.js';

const numRuns = 5000;

it('engine and reference interpreter agree (npm run fuzz asks many more)', () => {
  const counts = { allowed: 0, explicitDeny: 0, implicitDeny: 0 };
  fc.assert(
    fc.property(caseArbitrary, (input) => {
      const wanted = referenceDecision(input);
      counts[wanted]++;
      expect(evaluate(input).decision).toBe(wanted);
    }),
    { numRuns },
  );
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(numRuns / 5);
});
