export type { Assertion, DeniedBy, Verdict } from './assertion.js';
export { check } from './check.js';
export type { IamAssertions } from './jest-and-vitest.js';
export { type IamMatchers, matchers, matchersRecording, type RecordAssertion } from './matchers.js';
