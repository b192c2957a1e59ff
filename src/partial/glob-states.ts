import { ONE, STAR } from '../value/wildcard.js';

/** One position of a pattern: a code point, a letter in either case, a wildcard, or one that stops at a colon. */
export type Token =
  | { readonly kind: 'point'; readonly point: number }
  | { readonly kind: 'folded'; readonly points: readonly number[] }
  | { readonly kind: 'one' | 'star' | 'oneInPart' | 'starInPart' };

const colon = 58;

/** The tokens of text, wildcards being STAR and ONE; `inPart` keeps them from crossing a colon (L85). */
export function tokensOf(pieces: readonly (string | typeof STAR | typeof ONE)[], inPart = false): Token[] {
  return pieces.flatMap((piece): Token[] => {
    if (piece === STAR) return [{ kind: inPart ? 'starInPart' : 'star' }];
    if (piece === ONE) return [{ kind: inPart ? 'oneInPart' : 'one' }];
    return Array.from(piece as string, (point) => ({ kind: 'point', point: point.codePointAt(0)! }));
  });
}

/** The positions after skipping stars: what a pattern may be waiting for. */
function closure(tokens: readonly Token[], positions: Iterable<number>): Set<number> {
  const out = new Set<number>();
  for (let position of positions) {
    out.add(position);
    while (tokens[position]?.kind === 'star' || tokens[position]?.kind === 'starInPart') out.add(++position);
  }
  return out;
}

function step(tokens: readonly Token[], positions: Set<number>, point: number): Set<number> {
  const next: number[] = [];
  for (const position of positions) {
    const token = tokens[position];
    if (token === undefined) continue;
    switch (token.kind) {
      case 'star':
        next.push(position);
        break;
      case 'starInPart':
        if (point !== colon) next.push(position);
        break;
      case 'one':
        next.push(position + 1);
        break;
      case 'oneInPart':
        if (point !== colon) next.push(position + 1);
        break;
      case 'point':
        if (token.point === point) next.push(position + 1);
        break;
      case 'folded':
        if (token.points.includes(point)) next.push(position + 1);
        break;
    }
  }
  return closure(tokens, next);
}

/** More joint positions than this are not visited. */
const maximumVisited = 20_000;

/**
 * For every combination of patterns that some text can match together, the shortest such text: the patterns are run side by
 * side as automata. With `before` and `after`, the patterns are matched by the text between these two. `complete` is false when
 * there were too many positions to visit.
 */
export function witnesses(
  given: readonly (readonly Token[])[],
  before = '',
  after = '',
): { texts: string[]; complete: boolean } {
  const run = (tokens: readonly Token[], from: Set<number>, text: string) =>
    Array.from(text).reduce((set, point) => step(tokens, set, point.codePointAt(0)!), from);
  const begun = given
    .map((tokens) => ({ tokens, set: run(tokens, closure(tokens, [0]), before) }))
    // What the beginning does not fit never will.
    .filter(({ set }) => set.size > 0);
  const patterns = begun.map(({ tokens }) => tokens);
  const start = begun.map(({ set }) => set);
  const alphabet = alphabetOf(patterns);
  const name = (state: readonly Set<number>[]) =>
    state.map((set) => [...set].sort((a, b) => a - b).join()).join('|');
  const accepted = (state: readonly Set<number>[]) =>
    state.map((set, i) => (run(patterns[i]!, set, after).has(patterns[i]!.length) ? '1' : '0')).join('');
  const seen = new Set([name(start)]);
  const found = new Map<string, string>([[accepted(start), '']]);
  let frontier: { state: readonly Set<number>[]; text: string }[] = [{ state: start, text: '' }];
  while (frontier.length > 0) {
    const following: typeof frontier = [];
    for (const { state, text } of frontier) {
      for (const point of alphabet) {
        const next = state.map((set, i) => step(patterns[i]!, set, point));
        const key = name(next);
        if (seen.has(key)) continue;
        if (seen.size >= maximumVisited) return { texts: [...found.values()], complete: false };
        seen.add(key);
        const longer = text + String.fromCodePoint(point);
        const vector = accepted(next);
        if (!found.has(vector)) found.set(vector, longer);
        following.push({ state: next, text: longer });
      }
    }
    frontier = following;
  }
  return { texts: [...found.values()], complete: true };
}

/** Every character that some pattern names, a colon where it matters, and one that none of them names. */
function alphabetOf(patterns: readonly (readonly Token[])[]): number[] {
  const points = new Set<number>();
  for (const token of patterns.flat()) {
    if (token.kind === 'point') points.add(token.point);
    else if (token.kind === 'folded') for (const point of token.points) points.add(point);
    else if (token.kind === 'starInPart' || token.kind === 'oneInPart') points.add(colon);
  }
  let other = 120; // x
  while (points.has(other)) other++;
  return [other, ...points];
}
