import type { Estate } from '../../src/query/index.js';
import { type Assertion, type IamMatchers, matchersRecording } from '../../src/testing/index.js';

/** What is asserted by calling the matchers, as data. */
export function asserted(assertions: (matchers: IamMatchers) => void): Assertion[] {
  const asked: Assertion[] = [];
  assertions(matchersRecording((_, assertion) => asked.push(assertion)));
  return asked;
}

/** Shorthand for the data of one assertion. */
export const allowed = (
  estate: Estate,
  name: string,
  action: string,
  resource = '*',
  facts = {},
): Assertion =>
  asserted((one) => one.toBeAllowedTo.call({}, estate.principal(name), action, resource, facts))[0]!;
export const denied = (estate: Estate, name: string, action: string, resource = '*', facts = {}): Assertion =>
  asserted((one) => one.toBeDeniedTo.call({}, estate.principal(name), action, resource, facts))[0]!;
export const onlyBy = (
  estate: Estate,
  resource: string,
  names: string[],
  action: string,
  facts = {},
): Assertion =>
  asserted((one) => one.toBeReachableOnlyBy.call({}, estate.resource(resource), names, action, facts))[0]!;
