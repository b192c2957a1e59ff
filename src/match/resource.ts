import { singleValue } from '../request/derive.js';
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
  readonly whole?: Extract<Pattern, { kind: 'exact' | 'prefix' }>;
  /** The sixth part, the only one with variables (L56, U9); absent when the author wrote fewer parts. */
  readonly rest?: Template;
}

/**
 * L33–L37. Parts are compared one by one, so a star in the middle never crosses a colon (U1); a star that ends a short
 * ARN runs on because the parts after it are padded.
 */
export function compileResource(text: string, variables: boolean): ResourceTest {
  if (text === '*') return { text };
  const parts = splitArn(text, variables);
  const head = parts.slice(0, 5).map(parsePattern);
  if (parts.length < 6) return { text, head };
  const rest = parseTemplate(parts[5]!, { variables, wildcards: true });
  const whole = wholeOf(head, rest);
  return whole === undefined ? { text, head, rest } : { text, head, rest, whole };
}

/** Five exact parts hold five colons, so a text that begins with them has them in the same places. */
function wholeOf(head: readonly Pattern[], { fixed }: Template): ResourceTest['whole'] {
  if (fixed === undefined || (fixed.kind !== 'exact' && fixed.kind !== 'prefix' && fixed.kind !== 'any'))
    return undefined;
  let start = '';
  for (const part of head) {
    // U9: a `${…}` before the fifth colon may hold one more, which no part of a request does.
    if (part.kind !== 'exact' || part.text.includes(':')) return undefined;
    start += `${part.text}:`;
  }
  return fixed.kind === 'any'
    ? { kind: 'prefix', text: start }
    : { kind: fixed.kind, text: start + fixed.text };
}

export function testResource(resource: ResourceTest, request: Request): Outcome {
  if (resource.head === undefined) return Outcome.matched;
  const { parts } = request.resource;
  if (parts === undefined) return Outcome.noValueMatched; // L40: a request for `*` is matched by `*` alone
  if (resource.whole !== undefined)
    return matchPattern(resource.whole, request.resource.arn) ? Outcome.matched : Outcome.noValueMatched;
  for (let i = resource.head.length - 1; i >= 0; i--) {
    if (!matchPattern(resource.head[i]!, parts[i]!)) return Outcome.noValueMatched;
  }
  if (resource.rest === undefined) return Outcome.matched;
  const pattern = resolveTemplate(resource.rest, (key) => singleValue(request, key));
  if (pattern === undefined) return Outcome.variableWithoutValue; // L61, U8
  return matchPattern(pattern, parts[5]!) ? Outcome.matched : Outcome.noValueMatched;
}
