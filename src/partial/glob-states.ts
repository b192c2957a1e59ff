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

function step(tokens: readonly Token[], positions: ReadonlySet<number>, point: number): ReadonlySet<number> {
  if (positions.size === 0) return positions;
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

/** A pattern that is read from some of its positions on, then a text, and the positions that are asked for behind it. */
export interface Watch {
  readonly tokens: readonly Token[];
  readonly from: ReadonlySet<number>;
  readonly after: string;
  readonly ends: readonly number[];
}

const start: ReadonlySet<number> = new Set([0]);

/** The positions a pattern can be in behind a text. */
export const run = (
  tokens: readonly Token[],
  text: string,
  from: ReadonlySet<number> = start,
): ReadonlySet<number> =>
  Array.from(text).reduce(
    (set, point) => step(tokens, set, point.codePointAt(0)!),
    closure(tokens, from) as ReadonlySet<number>,
  );

/** All sets of positions a pattern can be in behind any text; undefined when they are too many. */
export function reachable(
  tokens: readonly Token[],
  from: ReadonlySet<number>,
): readonly ReadonlySet<number>[] | undefined {
  const found = new Map([[nameOf(from), from]]);
  for (const set of found.values()) {
    for (const point of alphabetOf([tokens])) {
      const next = step(tokens, set, point);
      found.set(nameOf(next), found.get(nameOf(next)) ?? next);
    }
    if (found.size > maximumSets) return undefined;
  }
  return [...found.values()];
}

/** More sets of positions of one pattern than this are not told apart. */
const maximumSets = 256;

const nameOf = (set: ReadonlySet<number>): string => [...set].sort((a, b) => a - b).join();

/** What the patterns say of a text: one digit for each end of each of them. */
export const vectorOf = (watches: readonly Watch[], text: string): string =>
  watches.map(({ tokens, from, after, ends }) => digits(run(tokens, text + after, from), ends)).join('');

const digits = (set: ReadonlySet<number>, ends: readonly number[]): string =>
  ends.map((end) => (set.has(end) ? '1' : '0')).join('');

/** More joint positions than this are not visited. */
const maximumVisited = 20_000;

/** The shortest text for each vector, and whether all vectors were found. */
export interface Explored {
  readonly texts: ReadonlyMap<string, string>;
  readonly complete: boolean;
}

/**
 * For every vector that some text has, the shortest such text: the patterns are run side by side as automata.
 *
 * @param holds whether texts may hold a character
 * @param longest texts that are longer are not looked for
 */
export function explore(
  watches: readonly Watch[],
  holds: (point: number) => boolean = () => true,
  longest = Number.POSITIVE_INFINITY,
): Explored {
  // Patterns that differ in what follows alone are run once.
  const automata = new Map<string, { tokens: readonly Token[]; from: ReadonlySet<number> }>();
  const places = watches.map(({ tokens, from }) => {
    const name = `${nameOf(from)} ${JSON.stringify(tokens)}`;
    automata.set(name, automata.get(name) ?? { tokens, from });
    return [...automata.keys()].indexOf(name);
  });
  const runs = [...automata.values()];
  const patterns = runs.map(({ tokens }) => tokens);
  const other = otherThan(patterns, holds);
  const always = other.length > 0 ? other : alphabetOf(patterns);
  const known = watches.map(() => new Map<string, string>());
  const said = (state: readonly ReadonlySet<number>[], names: readonly string[]) =>
    watches
      .map(({ tokens, after, ends }, i) => {
        const at = places[i]!;
        const name = names[at]!;
        const digit = known[i]!.get(name) ?? digits(run(tokens, after, state[at]!), ends);
        known[i]!.set(name, digit);
        return digit;
      })
      .join('');
  const begin = runs.map(({ tokens, from }) => closure(tokens, from) as ReadonlySet<number>);
  const name = (names: readonly string[], length: number) =>
    longest === Number.POSITIVE_INFINITY ? names.join('|') : `${length}:${names.join('|')}`;
  const names = begin.map(nameOf);
  const seen = new Set([name(names, 0)]);
  const texts = new Map<string, string>([[said(begin, names), '']]);
  let frontier: { state: readonly ReadonlySet<number>[]; text: string }[] = [{ state: begin, text: '' }];
  for (let length = 1; frontier.length > 0 && length <= longest; length++) {
    const following: typeof frontier = [];
    for (const { state, text } of frontier) {
      for (const point of [...always, ...awaited(runs, state)]) {
        if (!holds(point)) continue;
        const next = state.map((set, i) => step(runs[i]!.tokens, set, point));
        const nextNames = next.map(nameOf);
        const key = name(nextNames, length);
        if (seen.has(key)) continue;
        if (seen.size >= maximumVisited) return { texts, complete: false };
        seen.add(key);
        const longer = text + String.fromCodePoint(point);
        const vector = said(next, nextNames);
        if (!texts.has(vector)) texts.set(vector, longer);
        following.push({ state: next, text: longer });
      }
    }
    frontier = following;
  }
  return { texts, complete: true };
}

/**
 * For every combination of patterns that some text can match together, the shortest such text. With `before` and `after`, the
 * patterns are matched by the text between these two. `complete` is false when there were too many positions to visit.
 */
export function witnesses(
  given: readonly (readonly Token[])[],
  before = '',
  after = '',
): { texts: string[]; complete: boolean } {
  const watches = given
    .map((tokens): Watch => ({ tokens, from: run(tokens, before), after, ends: [tokens.length] }))
    // What the beginning does not fit never will.
    .filter(({ from }) => from.size > 0);
  const { texts, complete } = explore(watches);
  return { texts: [...texts.values()], complete };
}

/** The characters that patterns wait for in their positions: all others are one to them. */
function awaited(
  runs: readonly { readonly tokens: readonly Token[] }[],
  state: readonly ReadonlySet<number>[],
): ReadonlySet<number> {
  const points = new Set<number>();
  runs.forEach(({ tokens }, i) => {
    for (const position of state[i]!) if (tokens[position] !== undefined) addPoints(tokens[position], points);
  });
  return points;
}

function addPoints(token: Token, points: Set<number>): void {
  if (token.kind === 'point') points.add(token.point);
  else if (token.kind === 'folded') for (const point of token.points) points.add(point);
  else if (token.kind === 'starInPart' || token.kind === 'oneInPart') points.add(colon);
}

/** A character that no pattern names; none where texts may hold no such character. */
function otherThan(
  patterns: readonly (readonly Token[])[],
  holds: (point: number) => boolean,
): readonly number[] {
  const points = new Set<number>([colon]);
  for (const token of patterns.flat()) addPoints(token, points);
  // From `x` on, and where these may not be, from the digits on.
  for (const from of [120, 48]) {
    for (let other = from; other < from + points.size + 10; other++) {
      if (!points.has(other) && holds(other)) return [other];
    }
  }
  return [];
}

/** Every character that some pattern names, a colon where it matters, and one that none of them names. */
function alphabetOf(patterns: readonly (readonly Token[])[]): number[] {
  const points = new Set<number>();
  for (const token of patterns.flat()) addPoints(token, points);
  return [...otherThan(patterns, () => true), ...points];
}
