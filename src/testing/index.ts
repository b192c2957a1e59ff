export type { Assertion, DeniedBy, Verdict } from './assertion.js';
export { check } from './check.js';
export {
  type Counted,
  type Coverage,
  type CoveredPolicy,
  type CoveredStatement,
  type CoveredValue,
  coverageOf,
  mergeCoverage,
} from './coverage.js';
export { coverageHtml } from './coverage-html.js';
export { formatCoverage } from './coverage-text.js';
export type { IamAssertions } from './jest-and-vitest.js';
export { type IamMatchers, matchers, matchersRecording, type RecordAssertion } from './matchers.js';
export { type Mutant, mutantsOf } from './mutants.js';
export { type Outcome, replay } from './replay.js';
