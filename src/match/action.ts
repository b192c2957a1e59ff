import type { ActionName } from '../request/action.js';
import { asciiLower } from '../value/ascii.js';
import { Outcome } from '../value/outcome.js';
import { matchPattern, type Pattern, parsePattern } from '../value/wildcard.js';

/** One entry of Action or NotAction; without pattern it is every action. */
export interface ActionTest {
  readonly text: string;
  /** The service prefix, folded; absent for `*`. */
  readonly service?: string;
  readonly name?: Pattern;
}

/** L23–L29: prefix and name fold; `*:*` is read as `*` (U2); variables are plain text. */
export function compileAction(text: string): ActionTest {
  const service = serviceOf(text);
  if (service === undefined) return { text };
  return { text, service, name: parsePattern(asciiLower(text.slice(service.length + 1))) };
}

/** The service prefix of an action, folded; undefined for every service. */
const serviceOf = (text: string): string | undefined =>
  text === '*' || text === '*:*' ? undefined : asciiLower(text.slice(0, text.indexOf(':')));

/** Whether an action may be one of a service, from its text: where the colon stands tells most of them apart. */
export const mayBeOf = (text: string, service: string): boolean =>
  text.charCodeAt(0) === 42 || (text.charCodeAt(service.length) === 58 && serviceOf(text) === service);

export function testAction(test: ActionTest, action: ActionName): Outcome {
  if (test.name === undefined) return Outcome.matched;
  return test.service === action.service && matchPattern(test.name, action.name)
    ? Outcome.matched
    : Outcome.noValueMatched;
}
