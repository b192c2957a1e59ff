import { expect } from 'vitest';
import { matchersOfProcess } from './coverage-recording.js';

/** Extends `expect` of Vitest: for `setupFiles`, or to import in a test. */
expect.extend(matchersOfProcess());

export type { IamAssertions } from '../testing/index.js';
