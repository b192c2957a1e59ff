import type { Leaf } from '../plan/plan.js';
import type { Request } from '../request/request.js';
import { matchPattern, type ONE, type Pattern, patternOf, type STAR } from '../value/wildcard.js';

/** The middle parts of a text whose beginning and end match. */
export function fits(before: Pattern, after: Pattern, text: string): string[] {
  const starts: number[] = [];
  const ends: number[] = [];
  for (let i = 0; i <= text.length; i++) {
    if (matchPattern(before, text.slice(0, i))) starts.push(i);
    if (matchPattern(after, text.slice(i))) ends.push(i);
  }
  const found = starts.flatMap((start) =>
    ends.filter((end) => end >= start).map((end) => text.slice(start, end)),
  );
  return [...new Set(found)].slice(0, 64);
}

/** A leaf that may read a condition key. */
export type KeyedLeaf = Extract<Leaf, { element: 'Condition' | 'Resource' | 'NotResource' }>;

export type ResourceLeaf = Extract<Leaf, { element: 'Resource' | 'NotResource' }>;

/** All texts of the one variable of a resource with which it fits the request; undefined when there are several variables. */
export function fittingValues(
  leaf: ResourceLeaf,
  request: Request,
): { key: string; values: string[] } | undefined {
  const pieces = leaf.test.rest?.pieces ?? [];
  const at = pieces.findIndex((piece) => typeof piece === 'object');
  const variable = pieces[at];
  const rest = request.resource.parts?.[5];
  if (typeof variable !== 'object' || rest === undefined) return undefined;
  const before = pieces.slice(0, at) as (string | typeof STAR | typeof ONE)[];
  const after = pieces.slice(at + 1);
  if (after.some((piece) => typeof piece === 'object')) return undefined;
  const found = fits(patternOf(before), patternOf(after as typeof before), rest);
  const values = found.filter((text) => text !== '');
  // U11: an empty value counts as none, so that the default stands.
  if (variable.defaultValue !== undefined && found.includes(variable.defaultValue)) values.push('');
  return values.length === 0 ? undefined : { key: variable.key, values: values.sort() };
}
