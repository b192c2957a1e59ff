import { checkArgument, isListOf } from '../value/argument.js';
import { isPlainObject } from '../value/plain.js';
import type { PartialEvaluation, Reachable } from './conclude.js';

/**
 * Refuses what no partial evaluation has among its `reachable`.
 * @throws InvalidRequestError
 */
export function checkWay(way: unknown): asserts way is Pick<Reachable, 'context' | 'holes'> {
  checkArgument(isWay(way), 'way', 'pass one of the `reachable` of a partial evaluation');
}

const isWay = (way: unknown): boolean =>
  isPlainObject(way) &&
  isPlainObject(way.context) &&
  Object.values(way.context).every(Array.isArray) &&
  isPlainObject(way.holes);

const isString = (value: unknown): boolean => typeof value === 'string';
const isLine = (line: unknown): boolean =>
  isPlainObject(line) && [line.operator, line.key].every(isString) && isListOf(line.values, isString);

/**
 * Refuses what `evaluatePartial` does not return.
 * @throws InvalidRequestError
 */
export function checkPartial(partial: unknown): asserts partial is PartialEvaluation {
  const fits =
    isPlainObject(partial) &&
    typeof partial.decision === 'string' &&
    isListOf(partial.dependsOn, isString) &&
    isListOf(partial.allowedIf, (clause) => isListOf(clause, isLine)) &&
    isListOf(partial.reachable, isWay);
  checkArgument(fits, 'partial', 'pass what evaluatePartial returns');
}
