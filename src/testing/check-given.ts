import { checkCaller } from '../account/caller.js';
import { checkFacts } from '../account/check-facts.js';
import { isText } from '../account/text.js';
import { checkArgument, isListOf } from '../value/argument.js';
import { isPlainObject } from '../value/plain.js';
import type { Assertion } from './assertion.js';
import type { Coverage } from './covered.js';

const isString = (value: unknown): boolean => typeof value === 'string';
const matchers: readonly unknown[] = ['toBeAllowedTo', 'toBeDeniedTo', 'toBeReachableOnlyBy'];

/**
 * Refuses what no matcher records.
 * @throws InvalidRequestError
 */
export function checkAssertion(assertion: unknown): asserts assertion is Assertion {
  const fits = isPlainObject(assertion) && matchers.includes(assertion.matcher);
  checkArgument(fits, 'assertion', 'pass what matchersRecording hands over');
  if (assertion.matcher === 'toBeReachableOnlyBy')
    checkArgument(
      isListOf(assertion.names, isString),
      'assertion.names',
      "write for example ['App'], or [] for nobody",
    );
  else checkCaller(assertion.caller);
  checkArgument(isText(assertion.resource), 'assertion.resource', "write an ARN, or '*'");
  checkFacts(assertion.facts, ['roots', 'onProgress']);
}

/**
 * Refuses what is no list of assertions.
 * @throws InvalidRequestError
 */
export function checkAsked(asked: unknown): asserts asked is Iterable<Assertion> {
  const { [Symbol.iterator]: iterator } = Object(asked) as Partial<Iterable<unknown>>;
  checkArgument(typeof iterator === 'function', 'asked', 'pass a list of what matchersRecording hands over');
}

const hasTexts = (value: unknown, ...names: readonly string[]): value is Record<string, unknown> =>
  isPlainObject(value) && names.every((name) => isString(value[name]));

const isCovered = (value: unknown): boolean =>
  hasTexts(value, 'policy', 'kind') &&
  isListOf(
    value.statements,
    (one) =>
      hasTexts(one, 'effect', 'path') && isListOf(one.values, (each) => hasTexts(each, 'element', 'text')),
  );

const isCounted = (value: unknown): boolean =>
  isPlainObject(value) && [value.total, value.decided].every((one) => typeof one === 'number');

/**
 * Refuses what is no coverage.
 * @throws InvalidRequestError
 */
export function checkCoverage(coverage: unknown): asserts coverage is Coverage {
  const fits =
    isPlainObject(coverage) &&
    [coverage.statements, coverage.values].every(isCounted) &&
    isListOf(coverage.policies, isCovered);
  checkArgument(fits, 'coverage', 'pass what coverageOf returns');
}
