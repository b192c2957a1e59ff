export type { ClauseLine } from './clause.js';
export type { PartialEvaluation, Reachable } from './conclude.js';
export {
  evaluatePartial,
  type PartialEvaluationInput,
  type PartialPoliciesInput,
  type PartialRequestInput,
} from './evaluate-partial.js';
export { evaluateReachable } from './evaluate-reachable.js';
export type { Hole, TextWithHoles } from './holes.js';
export type { Clause } from './minimize.js';
export { formatPartial, formatReachable, formatTrace } from './render.js';
