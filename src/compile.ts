import { Asking } from './combine/asking.js';
import { combine } from './combine/combine.js';
import type { Step } from './combine/decide.js';
import { type ExplainOptions, explain } from './combine/explain.js';
import { compileLevel, type LevelPlan, layerKinds, type PlanSet } from './combine/layer.js';
import { missingContext } from './combine/missing.js';
import { InvalidPolicyError } from './error.js';
import { ParsedRequest } from './parse-request.js';
import { compilePolicy, newHeads } from './plan/compile.js';
import type { StatementPlan } from './plan/plan.js';
import type { PoliciesInput } from './policy/document.js';
import type { PolicySetKey } from './policy/policy.js';
import { type PolicySet, readPolicySet } from './policy/policy-set.js';
import type { RequestInput } from './request/input.js';
import { Memory } from './request/memory.js';
import { parseRequest } from './request/parse.js';
import type { Request } from './request/request.js';
import type { Combined, Decision } from './trace/decision.js';
import type { Trace } from './trace/trace.js';

/** The answer to one request. */
export interface Evaluation extends Combined {
  /** `decision === 'allowed'`. */
  readonly allowed: boolean;
  /**
   * Why, as plain JSON data; worked out when asked. With `deciding` only the statements that decided are explained, without near
   * misses, which is much quicker where there are many.
   */
  explain(options?: ExplainOptions): Trace;
  /**
   * Condition keys that the request does not carry and that could have changed the decision, as the policies spell them; worked
   * out when read.
   */
  readonly missingContext: readonly string[];
}

/** Policies read and compiled once, for any number of requests. */
export interface CompiledPolicies {
  /**
   * Decides one request, as it is written or as `parseRequest` read it.
   * @throws InvalidRequestError when the request is malformed
   * @throws InvalidPolicyError when the resource is a role and the resource policy is no role trust policy
   */
  evaluate(request: RequestInput | ParsedRequest): Evaluation;
}

/**
 * Reads policies once, to decide any number of requests.
 *
 * @example
 * ```ts
 * const policies = compile({
 *   identityPolicies: [
 *     { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:Get*', Resource: '*' } },
 *   ],
 * });
 * const { allowed } = policies.evaluate({
 *   principal: { arn: 'arn:aws:iam::111122223333:user/alice' },
 *   action: 's3:GetObject',
 *   resource: { arn: 'arn:aws:s3:::reports/2026.csv', accountId: '111122223333' },
 * });
 * console.log(allowed); // true
 * ```
 * @throws InvalidPolicyError with every issue of every document
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function compile(policies: PoliciesInput): CompiledPolicies {
  const set = readPolicySet(policies);
  return compiled(compilePlans(set), set);
}

/** Policies → plans, level by level. */
export function compilePlans({ levels }: PolicySet): PlanSet {
  const plans = {} as Record<PolicySetKey, PlanSet[PolicySetKey]>;
  const heads = newHeads();
  const bounded = levels.permissionsBoundary.length > 0;
  for (const kind of layerKinds) {
    // E29b is a rule of resource policies.
    const boundary = bounded && kind === 'resourcePolicy';
    const leveled = kind === 'serviceControlPolicies' || kind === 'resourceControlPolicies';
    const given = levels[kind];
    const found: LevelPlan[] = [];
    for (let level = 0; level < given.length; level++) {
      const statements: StatementPlan[] = [];
      const policies = given[level]!;
      for (let index = 0; index < policies.length; index++) {
        const before = statements.length;
        const around = { kind, index, before, boundary, heads, level: leveled ? level : undefined };
        for (const statement of compilePolicy(policies[index]!, around)) statements.push(statement);
      }
      found.push(compileLevel(statements));
    }
    plans[kind] = found;
  }
  return plans;
}

function compiled(plans: PlanSet, { trustIssues }: PolicySet): CompiledPolicies {
  const memory = new Memory();
  const asking = new Asking(plans);
  return {
    evaluate: (input) => {
      const request = ParsedRequest.reading(input) ?? parseRequest(input, memory);
      // L22: only now is it known that the resource policy is a role trust policy.
      if (trustIssues.length > 0 && request.resource.role) throw new InvalidPolicyError(trustIssues);
      return new Answer(asking, request, asking.decide(request));
    },
  };
}

/** One shape for all answers; what is not asked for is not worked out. */
class Answer implements Evaluation {
  readonly decision: Decision;
  readonly allowed: boolean;
  readonly #asking: Asking;
  readonly #request: Request;
  readonly #step: Step;
  #combined: Combined | undefined;

  constructor(asking: Asking, request: Request, step: Step) {
    this.decision = step.decision;
    this.allowed = step.decision === 'allowed';
    this.#asking = asking;
    this.#request = request;
    this.#step = step;
  }

  get decidedBy(): Combined['decidedBy'] {
    return this.#whole().decidedBy;
  }

  get denies(): Combined['denies'] {
    return this.#whole().denies;
  }

  get missingContext(): readonly string[] {
    return missingContext(this.#asking.plans, this.#request);
  }

  /** Read as a property, so that it can be taken apart from the answer. */
  get explain(): (options?: ExplainOptions) => Trace {
    return (options) => explain(this.#asking, this.#request, options, this.#step);
  }

  toJSON(): Combined & { readonly allowed: boolean } {
    const { decision, allowed, decidedBy, denies } = this;
    return { decision, allowed, decidedBy, denies };
  }

  #whole(): Combined {
    this.#combined ??= combine(this.#asking.verdicts(this.#request), this.#request, this.#step);
    return this.#combined;
  }
}
