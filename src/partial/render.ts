import { type FormatOptions, formatTrace as formatExplanation } from '../trace/render.js';
import type { Trace } from '../trace/trace.js';
import { isPlainObject } from '../value/plain.js';
import { visibleText } from '../value/visible-text.js';
import { checkPartial, checkWay } from './check-given.js';
import type { ClauseLine } from './clause.js';
import type { PartialEvaluation, Reachable } from './conclude.js';
import type { Clause } from './minimize.js';

/** What a base operator says of a value. */
const phrases: Readonly<Record<string, string>> = {
  StringEquals: 'equals',
  StringNotEquals: 'does not equal',
  StringEqualsIgnoreCase: 'equals, in any letter case,',
  StringNotEqualsIgnoreCase: 'does not equal, in any letter case,',
  StringLike: 'is like',
  StringNotLike: 'is not like',
  NumericEquals: 'equals',
  NumericNotEquals: 'does not equal',
  NumericLessThan: 'is less than',
  NumericLessThanEquals: 'is at most',
  NumericGreaterThan: 'is more than',
  NumericGreaterThanEquals: 'is at least',
  DateEquals: 'is',
  DateNotEquals: 'is not',
  DateLessThan: 'is before',
  DateLessThanEquals: 'is not after',
  DateGreaterThan: 'is after',
  DateGreaterThanEquals: 'is not before',
  Bool: 'is',
  BinaryEquals: 'equals',
  IpAddress: 'is in',
  NotIpAddress: 'is not in',
  ArnEquals: 'is like',
  ArnLike: 'is like',
  ArnNotEquals: 'is not like',
  ArnNotLike: 'is not like',
};

/** `aws:MultiFactorAuthPresent is true`. */
function lineText({ operator, key, values }: ClauseLine): string {
  if (operator === 'absent' || operator === 'present') return `${key} is ${operator}`;
  if (operator.startsWith('not ')) return `not (${lineText({ operator: operator.slice(4), key, values })})`;
  const [, set, base, ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/s.exec(operator)!;
  const quoted = values.map((value) => (value === '' ? "''" : value));
  const list = quoted.length < 2 ? quoted.join() : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
  const says = `${phrases[base!] ?? base} ${list}`;
  const whole =
    set === undefined
      ? `${key} ${says}`
      : `${set === 'ForAllValues' ? 'every' : 'some'} value of ${key} ${says}`;
  return ifExists === undefined ? whole : `${whole} or is absent`;
}

/**
 * One choice of what is unknown, for people.
 *
 * @example
 * ```ts
 * const context = { 'aws:SourceIp': ['198.51.100.7'], 'aws:PrincipalTag/team': [] };
 * console.log(formatReachable({ context, holes: {} })); // aws:SourceIp 198.51.100.7; aws:PrincipalTag/team absent
 * ```
 * @throws InvalidRequestError for anything that is no way to a decision
 */
export function formatReachable(way: Pick<Reachable, 'context' | 'holes'>): string {
  checkWay(way);
  const { context, holes } = way;
  const values = Object.entries(context).map(
    ([key, list]) => `${key} ${list.length === 0 ? 'absent' : list.join(', ')}`,
  );
  const texts = Object.entries(holes).map(([name, text]) => `{${name}} ${text}`);
  return visibleText([...values, ...texts].join('; ')) || 'anything';
}

const clauseText = (clause: Clause): string => clause.map(lineText).join(' and ');

/**
 * A partial evaluation for a person: the decision, what it depends on, and when it is "allowed".
 *
 * @example
 * ```ts
 * const partial = evaluatePartial({
 *   request: {
 *     principal: { arn: 'arn:aws:iam::111122223333:user/alice' },
 *     action: 'ec2:StopInstances',
 *     unknown: 'unlisted',
 *   },
 *   policies: {
 *     identityPolicies: [
 *       {
 *         Version: '2012-10-17',
 *         Statement: {
 *           Effect: 'Allow', Action: 'ec2:*', Resource: '*',
 *           Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
 *         },
 *       },
 *     ],
 *   },
 * });
 * console.log(formatPartial(partial).split('\n')[1]); // allowed if aws:MultiFactorAuthPresent is true
 * ```
 * @throws InvalidRequestError for anything that is no partial evaluation
 */
export function formatPartial(partial: PartialEvaluation): string {
  checkPartial(partial);
  const { decision, dependsOn, allowedIf, reachable, exact } = partial;
  if (decision !== 'depends') {
    const word = decision === 'allowed' ? 'ALLOWED' : 'DENIED';
    return `${word} (${decision}), whatever the unknown parts are`;
  }
  const lines = [`DEPENDS on ${dependsOn.join(', ')}`];
  if (allowedIf.length === 0) {
    lines.push(`never allowed: ${reachable.map((one) => one.decision).join(' or ')}`);
  } else if (allowedIf.length === 1) lines.push(`allowed if ${clauseText(allowedIf[0]!)}`);
  else
    lines.push(
      'allowed if',
      ...allowedIf.map((clause, i) => `  ${i === 0 ? '  ' : 'or'} ${clauseText(clause)}`),
    );
  for (const way of reachable) lines.push(`  for example ${way.decision} with ${formatReachable(way)}`);
  if (!exact)
    lines.push('not everything that is unknown could be tried: other values may give other answers');
  return lines.map(visibleText).join('\n');
}

/**
 * Prints an explanation as the main entry does, and a partial evaluation too.
 *
 * @example
 * ```ts
 * const request = {
 *   principal: { arn: 'arn:aws:iam::111122223333:user/alice' }, action: 'sqs:SendMessage', unknown: ['aws:SourceIp'],
 * };
 * const partial = evaluatePartial({ request, policies: { identityPolicies: [] } });
 * console.log(formatPartial(partial)); // DENIED (implicitDeny), whatever the unknown parts are
 * ```
 * @throws InvalidRequestError for anything that is neither
 */
export function formatTrace(answer: Trace | PartialEvaluation, options?: FormatOptions): string {
  if (!isPlainObject(answer) || !('layers' in answer)) return formatPartial(answer as PartialEvaluation);
  return formatExplanation(answer as Trace, options);
}
