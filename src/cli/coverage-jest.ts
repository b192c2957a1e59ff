import type { Matchers as ExpectMatchers } from 'expect';
import type { IamAssertions } from '../testing/index.js';
import { matchersOfProcess } from './coverage-recording.js';
import { Fault } from './fault.js';

/** Extends `expect` of Jest: for `setupFilesAfterEnv`, where it is global. */
const { expect } = globalThis as { expect?: { extend(given: object): void } };
if (expect === undefined)
  throw new Fault("there is no expect yet: write setupFilesAfterEnv: ['iam-verdict/testing/jest']");
expect.extend(matchersOfProcess());

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends IamAssertions<R> {}
}

export type { IamAssertions };

/** What `expect(…)` of Jest has, with the matchers. */
export type JestAssertions<R extends void | Promise<void> = void> = ExpectMatchers<R> & IamAssertions<R>;
