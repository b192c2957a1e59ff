import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lawsOfHoles, seen } from './laws.js';

/** A clean-clone run asks for 20,000; see also `npm run fuzz -- --partial`. */
const numRuns = Number(process.env.PARTIAL_RUNS ?? 1000);

for (const { name, property } of lawsOfHoles) {
  it(name, () => {
    fc.assert(property, { numRuns });
  }, 1_800_000);
}

it('most of the answers are exact', () => {
  expect(seen.inexactHoles).toBeLessThan(seen.holes / 2);
});
