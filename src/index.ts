export type { ExplainOptions } from './combine/explain.js';
export { type CompiledPolicies, compile, type Evaluation } from './compile.js';
export {
  IamError,
  type IamErrorCode,
  InvalidPolicyError,
  InvalidRequestError,
  type Issue,
  isIamError,
} from './error.js';
export { type EvaluationInput, evaluate } from './evaluate.js';
export { type ParsePolicyOptions, parsePolicy } from './parse-policy.js';
export { type ParsedRequest, parseRequest } from './parse-request.js';
export type {
  ConditionTrace,
  ElementTrace,
  EntryTrace,
  PolicyValueTrace,
  StatementTrace,
} from './plan/explain.js';
export type { StatementReference } from './plan/plan.js';
export type {
  ConditionBlock,
  PoliciesInput,
  PolicyDocument,
  PolicyInput,
  PrincipalElement,
  StatementDocument,
} from './policy/document.js';
export type {
  ConditionLine,
  Effect,
  Policy,
  PolicyKind,
  PolicySetKey,
  PrincipalEntry,
  Statement,
} from './policy/policy.js';
export type { ContextValue, PrincipalInput, RequestInput, ResourceInput } from './request/input.js';
export type { Combined, DecidingStep, Decision } from './trace/decision.js';
export { type FormatOptions, formatTrace } from './trace/render.js';
export type { Difference, LayerTrace, LevelTrace, NearMiss, Trace } from './trace/trace.js';
export type { OutcomeName } from './value/outcome.js';
