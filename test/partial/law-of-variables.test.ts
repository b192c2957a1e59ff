import fc from 'fast-check';
import { it } from 'vitest';
import { lawOfVariables } from './law-of-variables.js';

it(lawOfVariables.name, () => {
  fc.assert(lawOfVariables.property, { numRuns: Number(process.env.PARTIAL_RUNS ?? 1000) });
}, 1_800_000);
