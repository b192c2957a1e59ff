export {
  type CompiledPrincipals,
  compileMany,
  type EvaluationMatrix,
  evaluateMany,
} from './evaluate-many.js';
export type { EvaluateManyInput, PrincipalWithPolicies, Question } from './input.js';
