import { type ConditionTest, compileCondition, testCondition } from '../../src/condition/condition.js';
import { parseOperator } from '../../src/condition/operators.js';
import type { ContextValue } from '../../src/request/input.js';
import { parseRequest } from '../../src/request/parse.js';
import type { Request } from '../../src/request/request.js';
import { type OutcomeName, outcomeName } from '../../src/value/outcome.js';

export type Context = Readonly<Record<string, ContextValue>>;

/** A request of alice's with these context keys. */
export const ask = (context: Context = {}): Request =>
  parseRequest({
    principal: { arn: 'arn:aws:iam::111122223333:user/alice', tags: { team: 'red' } },
    action: 's3:GetObject',
    context,
  });

/** The line `{ operator: { 'x:K': texts } }`, with policy variables. */
export const line = (operator: string, texts: readonly string[]): ConditionTest =>
  compileCondition(parseOperator(operator)!, 'x:K', texts, true);

/** What the line answers. */
export const outcome = (operator: string, texts: readonly string[], context: Context): OutcomeName =>
  outcomeName(testCondition(line(operator, texts), ask(context)));

/** The same for one value of the policy and one of the request. */
export const one = (operator: string, policy: string, value: string): OutcomeName =>
  outcome(operator, [policy], { 'x:k': value });
