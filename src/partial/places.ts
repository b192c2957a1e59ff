import type { ONE, STAR } from '../value/wildcard.js';
import { foldedTokens } from './collected.js';
import { reachable, run, type Token, tokensOf } from './glob-states.js';

/** One position of a text or pattern with holes: a token, a hole, or a policy variable whose value is not known. */
export type Place = Token | { readonly kind: 'hole'; readonly hole: string } | { readonly kind: 'open' };

type Piece = string | typeof STAR | typeof ONE;

/**
 * Texts in which each hole was filled with a text that nothing else holds, read back: where that text stands, the hole stood. So
 * it is the engine itself that says which key follows from which part of a request, and what a policy text is made of.
 */
export class FreshTexts {
  /** Longer ones first: one may stand in another. */
  readonly #fresh: readonly (readonly [string, string])[];

  constructor(fresh: ReadonlyMap<string, string>) {
    this.#fresh = [...fresh].sort(([, a], [, b]) => b.length - a.length);
  }

  isIn(text: string): boolean {
    return this.#fresh.some(([, own]) => text.includes(own));
  }

  /** Whether a hole stands in a text that holds several parts of an ARN. */
  spans(text: string): boolean {
    return this.#fresh.some(([, own]) => own.includes(':') && text.includes(own));
  }

  /** A text without wildcards. */
  places(text: string, read: (text: string) => readonly Token[] = (one) => tokensOf([one])): Place[] {
    for (const [hole, own] of this.#fresh) {
      const at = text.indexOf(own);
      if (at < 0) continue;
      return [
        ...this.places(text.slice(0, at), read),
        { kind: 'hole', hole },
        ...this.places(text.slice(at + own.length), read),
      ];
    }
    return [...read(text)];
  }

  /** The pieces of a pattern; `inPart` keeps its wildcards from crossing a colon. */
  pattern(pieces: readonly Piece[], inPart = false): Place[] {
    return pieces.flatMap((piece) =>
      typeof piece === 'string' ? this.places(piece) : tokensOf([piece], inPart),
    );
  }

  folded(text: string): Place[] {
    return this.places(text, foldedTokens);
  }

  /** With the text that nothing else holds in the place of each hole. */
  filled(places: readonly Place[]): Place[] {
    const own = new Map(this.#fresh);
    return places.flatMap((place) => (isHole(place) ? tokensOf([own.get(place.hole)!]) : [place]));
  }
}

export const isHole = (place: Place): place is Extract<Place, { kind: 'hole' }> => place.kind === 'hole';

export const holesIn = (places: readonly Place[]): boolean => places.some(isHole);

const anything: Token = { kind: 'star' };

/** The pattern of all that places may stand for. */
export const widest = (places: readonly Place[]): Token[] =>
  places.map((place) => (place.kind === 'hole' || place.kind === 'open' ? anything : place));

/** With wildcards that do not cross a colon. */
export const inPart = (place: Place): Place =>
  place.kind === 'star' ? { kind: 'starInPart' } : place.kind === 'one' ? { kind: 'oneInPart' } : place;

/** The text of places without holes and wildcards. */
export const textOf = (places: readonly Place[]): string =>
  places.map((place) => (place.kind === 'point' ? String.fromCodePoint(place.point) : '')).join('');

/** The parts of an ARN by the colons outside its holes; undefined where a hole may hold some of them. */
export function arnParts(places: readonly Place[]): readonly (readonly Place[])[] | undefined {
  const parts: Place[][] = [[]];
  for (const place of places) {
    if (place.kind === 'point' && place.point === 58 && parts.length < 6) parts.push([]);
    else parts.at(-1)!.push(place);
  }
  return parts.length === 6 ? parts : undefined;
}

/**
 * Every set of positions a pattern can be in behind a text with holes, whatever these hold; undefined when they are too many.
 */
export function behind(
  tokens: readonly Token[],
  text: readonly Place[],
): readonly ReadonlySet<number>[] | undefined {
  let sets: readonly ReadonlySet<number>[] = [run(tokens, '')];
  for (const place of text) {
    if (!isHole(place)) {
      sets = distinct(sets.map((set) => run(tokens, textOf([place]), set)));
      continue;
    }
    const further = sets.map((set) => reachable(tokens, set));
    if (further.some((one) => one === undefined)) return undefined;
    sets = distinct(further.flatMap((one) => one!));
    if (sets.length > maximumSets) return undefined;
  }
  return sets;
}

const maximumSets = 256;

const distinct = (sets: readonly ReadonlySet<number>[]): ReadonlySet<number>[] => [
  ...new Map(sets.map((set) => [[...set].sort((a, b) => a - b).join(), set])).values(),
];
