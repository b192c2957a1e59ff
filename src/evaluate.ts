import { compile, type Evaluation } from './compile.js';
import { InvalidRequestError } from './error.js';
import type { PoliciesInput } from './policy/document.js';
import type { RequestInput } from './request/input.js';

/** One question: who asks for what, under which policies. The format of the conformance cases. */
export interface EvaluationInput {
  /** Who asks for what, and the circumstances. */
  readonly request: RequestInput;
  /** The policies that AWS would consider; an absent kind means that there is none. */
  readonly policies: PoliciesInput;
}

/**
 * What AWS would answer to a request under the given policies. Synchronous and pure: same input, same answer.
 *
 * @example
 * ```ts
 * const { decision } = evaluate({
 *   request: {
 *     principal: { arn: 'arn:aws:iam::111122223333:user/alice' },
 *     action: 's3:GetObject',
 *     resource: { arn: 'arn:aws:s3:::reports/2026.csv', accountId: '111122223333' },
 *   },
 *   policies: {
 *     identityPolicies: [
 *       { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::logs/*' } },
 *     ],
 *   },
 * });
 * console.log(decision); // implicitDeny
 * ```
 * @throws InvalidPolicyError with every issue of every document
 * @throws InvalidRequestError when the request's own fields do not parse
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(input: EvaluationInput): Evaluation {
  let request: RequestInput;
  let policies: PoliciesInput;
  try {
    ({ request, policies } = input);
  } catch {
    const hint = 'pass { request, policies }';
    throw new InvalidRequestError([
      { path: 'input', code: 'ERR_IAM_TYPE', message: 'the input cannot be read', hint },
    ]);
  }
  return compile(policies).evaluate(request);
}
