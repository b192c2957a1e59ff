import type { Request } from '../request/request.js';
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
  if (text === '*' || text === '*:*') return { text };
  const folded = asciiLower(text);
  const colon = folded.indexOf(':');
  return { text, service: folded.slice(0, colon), name: parsePattern(folded.slice(colon + 1)) };
}

export function testAction(action: ActionTest, request: Request): Outcome {
  if (action.name === undefined) return Outcome.matched;
  return action.service === request.service && matchPattern(action.name, request.actionName)
    ? Outcome.matched
    : Outcome.noValueMatched;
}
