import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lawsOfKeys, seen } from './laws.js';

/** A clean-clone run asks for 20,000; see also `npm run fuzz -- --partial`. */
const numRuns = Number(process.env.PARTIAL_RUNS ?? 1000);

for (const { name, property } of lawsOfKeys) {
  it(name, () => {
    fc.assert(property, { numRuns });
  }, 1_800_000);
}

it('many of the answers depend, and nearly all are exact', () => {
  expect(seen.depends).toBeGreaterThan(numRuns / 10);
  expect(seen.inexact).toBeLessThan(5 + numRuns / 500);
  expect(seen.unproved).toBeLessThan(3 + seen.keys / 100);
});
