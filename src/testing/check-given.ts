import { checkCaller } from '../account/caller.js';
import { checkFacts } from '../account/check-facts.js';
import { isText } from '../account/text.js';
import { checkArgument, isListOf } from '../value/argument.js';
import { isPlainObject } from '../value/plain.js';
import { askedNames } from './asked-names.js';
import type { Assertion } from './assertion.js';
import type { Coverage } from './coverage.js';

const matchers: readonly unknown[] = ['toBeAllowedTo', 'toBeDeniedTo', 'toBeReachableOnlyBy'];

/**
 * Refuses what no matcher records.
 * @throws InvalidRequestError
 */
export function checkAssertion(assertion: unknown): asserts assertion is Assertion {
  const fits = isPlainObject(assertion) && matchers.includes(assertion.matcher);
  checkArgument(fits, 'assertion', 'pass what matchersRecording hands over');
  if (assertion.matcher === 'toBeReachableOnlyBy') askedNames(assertion.names);
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

const hasLists = (name: string) => (value: unknown) =>
  isPlainObject(value) && isListOf(value[name], isPlainObject);

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
    isListOf(
      coverage.policies,
      (policy) => isPlainObject(policy) && isListOf(policy.statements, hasLists('values')),
    );
  checkArgument(fits, 'coverage', 'pass what coverageOf returns');
}
