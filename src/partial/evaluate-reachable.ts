import { compile, type Evaluation } from '../compile.js';
import type { PoliciesInput } from '../policy/document.js';
import type { RequestInput } from '../request/input.js';
import { asciiLower } from '../value/ascii.js';
import { checkWay } from './check-given.js';
import type { Reachable } from './conclude.js';
import { type PartialEvaluationInput, readInput } from './evaluate-partial.js';
import { fillHoles } from './holes.js';

/**
 * The plain evaluation at one choice of what is unknown: why it is allowed or denied this way. Keys that are not chosen are absent.
 *
 * @param way one of the `reachable` of the partial evaluation
 * @example
 * ```ts
 * const input = {
 *   request: {
 *     principal: { arn: 'arn:aws:iam::111122223333:user/alice' },
 *     action: 'ec2:StopInstances',
 *     unknown: ['aws:MultiFactorAuthPresent'],
 *   },
 *   policies: {
 *     identityPolicies: [
 *       {
 *         Statement: {
 *           Effect: 'Allow', Action: 'ec2:*', Resource: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
 *         },
 *       },
 *     ],
 *   },
 * };
 * const ways = evaluatePartial(input).reachable.map((way) => evaluateReachable(input, way));
 * console.log(ways.map(({ decision }) => decision).join()); // allowed,implicitDeny
 * console.log(ways[1]?.explain().nearMisses[0]?.differences[0]?.element); // Condition aws:MultiFactorAuthPresent
 * ```
 * @throws InvalidPolicyError for policies that `evaluatePartial` refuses
 * @throws InvalidRequestError for a request that it refuses
 */
export function evaluateReachable(
  input: PartialEvaluationInput,
  way: Pick<Reachable, 'context' | 'holes'>,
): Evaluation {
  const { request, policies } = readInput(input);
  checkWay(way);
  const texts = new Map(Object.entries(way.holes));
  const { unknown: _, ...asked } = request;
  const filled = fillHoles(asked, texts) as RequestInput;
  const taken = new Set(Object.keys(way.context).map(asciiLower));
  const given = Object.entries(filled.context ?? {}).filter(([key]) => !taken.has(asciiLower(key)));
  const context = { ...Object.fromEntries(given), ...way.context };
  const set = fillHoles(policies, texts) as PoliciesInput;
  return compile(set).evaluate({ ...filled, context });
}
