import type { IamAssertions } from '../testing/index.js';
import { matchersOfProcess } from './coverage-recording.js';
import { Fault } from './fault.js';

/** Extends `expect` of Jest: for `setupFilesAfterEnv`, where it is global. */
const { expect } = globalThis as { expect?: { extend(given: object): void } };
if (expect === undefined)
  throw new Fault(
    "there is no global expect: write setupFilesAfterEnv: ['iam-verdict/testing/jest'], which Jest loads once it has one; " +
      "with injectGlobals: false, expect.extend(matchers) of 'iam-verdict/testing'",
  );
expect.extend(matchersOfProcess());

// biome-ignore lint/suspicious/noTsIgnore: with the package there is no error to expect
/** @ts-ignore The package need not be there: types of `@types/jest` do without. */
declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends IamAssertions<R> {}
}

export type { IamAssertions };
