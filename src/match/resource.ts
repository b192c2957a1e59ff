import { singleValue } from '../request/derive.js';
import { Remembered } from '../request/memory.js';
import type { Request } from '../request/request.js';
import { splitArn } from '../value/arn.js';
import { Outcome } from '../value/outcome.js';
import { parseTemplate, resolveTemplate, type Template } from '../value/variable.js';
import { matchPattern, type Pattern, parsePattern } from '../value/wildcard.js';

/** One entry of Resource or NotResource; without parts it is `*`. */
export interface ResourceTest {
  readonly text: string;
  /** The first five parts; fewer when the author wrote fewer (L37: what is missing is `*`). */
  readonly head?: readonly Pattern[];
  /** The whole ARN as one text or one beginning, where that says the same as its parts. */
  readonly whole?: WholePattern;
  /** The sixth part, the only one with variables (L56, U9); absent when the author wrote fewer parts. */
  readonly rest?: Template;
}

export type WholePattern = Extract<Pattern, { kind: 'exact' | 'prefix' }>;

/** The first five parts of an ARN with their colons, read once for all the resources that begin alike. */
export type Heads = Remembered<Head>;

interface Head {
  readonly head: readonly Pattern[];
  /** All five are plain texts. */
  readonly exact: boolean;
}

export const newHeads = (): Heads => new Remembered((start) => headOf(splitArn(start).slice(0, 5)));

// U9: a `${…}` before the fifth colon may hold one more, which no part of a request does.
const headOf = (parts: readonly string[]): Head => {
  const head = parts.map(parsePattern);
  return { head, exact: head.every((part) => part.kind === 'exact' && !part.text.includes(':')) };
};

/**
 * L33–L37. Parts are compared one by one, so a star in the middle never crosses a colon (U1); a star that ends a short
 * ARN runs on because the parts after it are padded.
 */
export function compileResource(text: string, variables: boolean, heads: Heads = newHeads()): ResourceTest {
  if (text === '*') return { text };
  const parts = splitArn(text, variables);
  const last = parts[5];
  if (last === undefined) return { text, head: parts.map(parsePattern) };
  const start = text.slice(0, text.length - last.length);
  // With a variable in it, how it splits hangs on the version of the policy.
  const { head, exact } = start.includes('$') ? headOf(parts.slice(0, 5)) : heads.of(start);
  const rest = parseTemplate(last, { variables, wildcards: true });
  const whole = exact ? wholeOf(start, rest) : undefined;
  return whole === undefined ? { text, head, rest } : { text, head, rest, whole };
}

/** Five exact parts hold five colons, so a text that begins with them has them in the same places. */
function wholeOf(start: string, { fixed }: Template): WholePattern | undefined {
  if (fixed?.kind === 'any') return { kind: 'prefix', text: start };
  // Joined, a text lies in one piece; added, it would be two.
  return fixed?.kind === 'exact' || fixed?.kind === 'prefix'
    ? { kind: fixed.kind, text: [start, fixed.text].join('') }
    : undefined;
}

export function testResource({ head, whole, rest }: ResourceTest, request: Request): Outcome {
  if (head === undefined) return Outcome.matched;
  const { arn, parts, letters } = request.resource;
  if (whole !== undefined) return matched(whole, arn);
  if (parts === undefined) return Outcome.noValueMatched; // L40: a request for `*` is matched by `*` alone
  // What differs most is compared first.
  if (rest?.fixed !== undefined && !matchPattern(rest.fixed, parts[5], letters))
    return Outcome.noValueMatched;
  for (let i = head.length - 1; i >= 0; i--) {
    if (!matchPattern(head[i]!, parts[i]!)) return Outcome.noValueMatched;
  }
  if (rest === undefined || rest.fixed !== undefined) return Outcome.matched;
  const pattern = resolveTemplate(rest, (key) => singleValue(request, key));
  // L61, U8
  return pattern === undefined ? Outcome.variableWithoutValue : matched(pattern, parts[5]);
}

const matched = (pattern: Pattern, text: string): Outcome =>
  matchPattern(pattern, text) ? Outcome.matched : Outcome.noValueMatched;
