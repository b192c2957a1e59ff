export type { ClauseLine } from './clause.js';
export {
  evaluatePartial,
  type PartialEvaluation,
  type PartialEvaluationInput,
  type PartialRequestInput,
  type Reachable,
} from './evaluate-partial.js';
export type { Clause } from './minimize.js';
