import type { Request } from '../request/request.js';
import { beginsWith } from '../value/wildcard.js';
import { holds } from './decide.js';
import { agrees } from './marks.js';
import type { Alternative, StatementPlan } from './plan.js';

/** Takes a statement that applies, or waits for another one. */
export type Take = (statement: StatementPlan, request: Request) => boolean;

/**
 * Alternatives to be gone through. What tells most of them apart from a resource lies beside each other in one list of numbers, so
 * that what is dropped is never visited: in large sets of policies a decision is a walk through cold memory.
 */
export interface Sieve {
  readonly alternatives: readonly Alternative[];
  readonly numbers: readonly number[];
}

/** Letters and mark of each. */
export function numbersOf(alternatives: readonly Alternative[]): readonly number[] {
  const numbers: number[] = [];
  for (const { letters, mark } of alternatives) numbers.push(letters, mark);
  // A list that was pushed keeps room for many more.
  return numbers.slice();
}

/**
 * Hands over each statement that applies, until one is taken. `begun`: the resource is known to begin as they say. The lists come by
 * themselves, since who has but one sieve holds them without an object between.
 */
export function sift(
  numbers: readonly number[],
  alternatives: readonly Alternative[],
  request: Request,
  take: Take,
  begun: boolean,
): boolean {
  const { resource } = request;
  const missing = ~resource.letters;
  for (let at = 0; at < numbers.length; at += 2) {
    if ((numbers[at]! & missing) !== 0) continue;
    const mark = numbers[at + 1]!;
    // Often nothing can be said of a resource: then its text is not touched here.
    if (mark !== 0 && !agrees(mark, resource)) continue;
    const one = alternatives[at >> 1]!;
    if (fits(one, request, begun) && take(one.statement, request)) return true;
  }
  return false;
}

function fits(one: Alternative, request: Request, begun: boolean): boolean {
  const { form, text } = one;
  if (form === 'exact') {
    if (request.resource.arn !== text) return false;
  } else if (form === 'prefix' && !begun && !beginsWith(request.resource.arn, text)) return false;
  if (one.cost < 2) return one.cost === 0 || holds(one.only!, request);
  const { nodes } = one;
  for (let i = 0; i < nodes.length; i++) if (!holds(nodes[i]!, request)) return false;
  return true;
}
