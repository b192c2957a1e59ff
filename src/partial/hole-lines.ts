import type { ClauseLine } from './clause.js';
import { exactly } from './collected.js';
import { run, type Token, type Watch } from './glob-states.js';
import type { HoleStates } from './hole-states.js';

/** Operators by which a hole is spoken of, each with its opposite. */
const opposites = {
  StringEquals: 'StringNotEquals',
  StringEqualsIgnoreCase: 'StringNotEqualsIgnoreCase',
  StringLike: 'StringNotLike',
} as const;
type Operator = keyof typeof opposites;

/** Some values of an operator, and the states of the hole in which it holds. */
interface Saying {
  readonly operator: Operator;
  readonly values: readonly string[];
  readonly holds: ReadonlySet<number>;
}

/**
 * Lines that hold for exactly these texts of a hole and all texts they stand for; undefined where the policy language has none.
 *
 * @param chosen the texts
 * @param others the texts for which they must not hold
 */
export function linesOf(
  key: string,
  states: HoleStates,
  chosen: ReadonlySet<string>,
  others: ReadonlySet<string>,
): readonly ClauseLine[] | undefined {
  const sayings = sayingsOf(states);
  const indexes = (texts: ReadonlySet<string>) =>
    new Set(states.texts.flatMap((text, i) => (texts.has(text) ? [i] : [])));
  const [wanted, unwanted] = [indexes(chosen), indexes(others)];
  for (const operator of Object.keys(opposites) as Operator[]) {
    const said = sayings.filter((one) => operator === one.operator);
    const line = (name: string, some: readonly Saying[]): ClauseLine => ({
      operator: name,
      key,
      values: [...new Set(some.flatMap(({ values }) => values))].sort(),
    });
    const against = covering(said, unwanted, wanted);
    if (against.rest.size === 0) {
      const without = covering(said, wanted, unwanted);
      // What is said by what it is reads better, unless it is all but a few.
      if (without.rest.size === 0) return [line(operator, without.chosen)];
      return [line(opposites[operator], against.chosen)];
    }
    const within = covering(said, wanted, against.rest);
    if (within.rest.size > 0) continue;
    const positive = line(operator, within.chosen);
    const needed = [...unwanted].some((state) => within.chosen.some(({ holds }) => holds.has(state)));
    return needed ? [positive, line(opposites[operator], against.chosen)] : [positive];
  }
  return undefined;
}

/** The fewest sayings, taken one after the other, that hold in these states and in none of the others; and the states left over. */
function covering(
  sayings: readonly Saying[],
  states: ReadonlySet<number>,
  others: ReadonlySet<number>,
): { readonly chosen: readonly Saying[]; readonly rest: ReadonlySet<number> } {
  const fitting = sayings.filter(({ holds }) => ![...holds].some((state) => others.has(state)));
  const rest = new Set(states);
  const chosen: Saying[] = [];
  const gain = ({ holds }: Saying) => [...holds].filter((state) => rest.has(state)).length;
  for (;;) {
    const best = fitting.reduce<Saying | undefined>(
      (most, one) => (gain(one) > (most === undefined ? 0 : gain(most)) ? one : most),
      undefined,
    );
    if (best === undefined) return { chosen, rest };
    chosen.push(best);
    for (const state of best.holds) rest.delete(state);
  }
}

/** Everything that the patterns allow to say of a hole. */
function sayingsOf({ texts, vectors, watches }: HoleStates): Saying[] {
  const found = new Map<string, Saying>();
  let at = 0;
  for (const watch of watches) {
    for (const end of watch.ends) {
      const digit = at++;
      const holds = new Set(texts.flatMap((_, i) => (vectors[i]![digit] === '1' ? [i] : [])));
      if (holds.size === 0) continue;
      for (const { operator, values } of valuesOf(watch, end))
        found.set(`${operator} ${values.join('\n')}`, { operator, values, holds });
    }
  }
  return [...found.values()];
}

/** What a hole must be so that a pattern is at a position behind it and what follows. */
function valuesOf(watch: Watch, end: number): readonly Omit<Saying, 'holds'>[] {
  const parts = partsOf(watch, end);
  const out: Omit<Saying, 'holds'>[] = [];
  if (parts.every((part) => part.every(({ kind }) => kind === 'point')))
    out.push({ operator: 'StringEquals', values: parts.map((part) => part.map(plain).join('')) });
  if (parts.every((part) => part.every(isOneLetter)))
    out.push({ operator: 'StringEqualsIgnoreCase', values: parts.map((part) => part.map(plain).join('')) });
  if (parts.every((part) => part.every(({ kind }) => kind === 'point' || kind === 'one' || kind === 'star')))
    out.push({ operator: 'StringLike', values: parts.map(patternText) });
  return out;
}

/** The parts of a pattern between where it is read from and every position from which what follows leads to the end. */
function partsOf({ tokens, from, after }: Watch, end: number): readonly (readonly Token[])[] {
  const isStar = (position: number) => /^star/.test(tokens[position]?.kind ?? '');
  // Behind a star the pattern is too where it could still be in it.
  const starts = [...from].filter((start) => !(from.has(start - 1) && isStar(start - 1)));
  const parts = starts.flatMap((start) => {
    const out: (readonly Token[])[] = [];
    for (let to = start; to <= tokens.length; to++) {
      if (isStar(to - 1) && to > start) continue;
      if (run(tokens, after, new Set([to])).has(end)) out.push(tokens.slice(start, isStar(to) ? to + 1 : to));
    }
    return out;
  });
  return [...new Map(parts.map((part) => [JSON.stringify(part), part])).values()];
}

const plain = (token: Token): string =>
  token.kind === 'point'
    ? String.fromCodePoint(token.point)
    : token.kind === 'folded' && token.points.length > 0
      ? String.fromCodePoint(token.points[0]!)
      : '';

/** A letter in either case, or what has none. */
const isOneLetter = (token: Token): boolean =>
  token.kind === 'folded' ? token.points.length > 0 : token.kind === 'point' && isCaseless(token.point);

function isCaseless(point: number): boolean {
  const text = String.fromCodePoint(point);
  return text.toLowerCase() === text && text.toUpperCase() === text;
}

/** As `StringLike` has it: what is no wildcard is written so that it is none. */
function patternText(tokens: readonly Token[]): string {
  const pieces = tokens.map((token) =>
    token.kind === 'star' ? '*' : token.kind === 'one' ? '?' : escaped(plain(token)),
  );
  return pieces.join('');
}

const escaped = (text: string): string => (/^[*?$]$/.test(text) ? `\${${text}}` : text);

/** Whether a state stands for its text alone. */
export function isSingle({ texts, vectors, watches }: HoleStates, text: string): boolean {
  const vector = vectors[texts.indexOf(text)]!;
  let at = 0;
  for (const watch of watches) {
    for (const end of watch.ends) {
      if (vector[at++] !== '1') continue;
      const parts = partsOf(watch, end);
      if (parts.length === 1 && JSON.stringify(parts[0]) === JSON.stringify(exactly(text))) return true;
    }
  }
  return false;
}
