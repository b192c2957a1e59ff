/**
 * Patterns with `*` (any run, also none) and `?` (exactly one character), L26, L35, L78.
 * Characters are code points. Matching never backtracks further than the last star: pattern × text at worst.
 */
export const STAR = -1;
export const ONE = -2;

export type Pattern =
  | { readonly kind: 'any' }
  | { readonly kind: 'exact'; readonly text: string }
  | { readonly kind: 'prefix'; readonly text: string }
  | { readonly kind: 'suffix'; readonly text: string }
  | {
      readonly kind: 'glob';
      /** The texts between the stars, also before the first and behind the last, where there are only stars. */
      readonly texts: readonly Sought[] | undefined;
      /** Code points, STAR and ONE, where there is more than that. */
      readonly units: readonly number[] | undefined;
      /** What `lettersOf` says of its texts together. */
      readonly letters: number;
    };

/** A text to be found in another one, by the unit of it that is rarest in it. */
interface Sought {
  readonly text: string;
  readonly unit: string;
  readonly offset: number;
}

/** Which characters occur, roughly: a bit for each, shared by those that are 32 apart. */
export function lettersOf(text: string): number {
  let bits = 0;
  for (let i = 0; i < text.length; i++) bits |= 1 << text.charCodeAt(i);
  return bits;
}

/** The letters of every text that the pattern matches. */
export function lettersIn(pattern: Pattern): number {
  if (pattern.kind === 'any') return 0;
  return pattern.kind === 'glob' ? pattern.letters : lettersOf(pattern.text);
}

/** A pattern from its pieces: literal text, or STAR, or ONE. */
export function patternOf(pieces: readonly (string | typeof STAR | typeof ONE)[]): Pattern {
  // Mostly texts, or texts and a star behind them: told without a list, as with variables it happens at each request.
  let text = '';
  let count = 0;
  while (typeof pieces[count] === 'string') text += pieces[count++] as string;
  if (count === pieces.length) return { kind: 'exact', text };
  if (count === pieces.length - 1 && pieces[count] === STAR && text !== '' && !hasHalfAtEnd(text))
    return { kind: 'prefix', text };
  // Neighbouring texts are one, and neighbouring stars too.
  const merged: (string | typeof STAR | typeof ONE)[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') merged[merged.length - 1] = last + piece;
    else if (piece !== '' && !(piece === STAR && last === STAR)) merged.push(piece);
  }
  const [first, second] = merged;
  if (merged.length === 1 && first === STAR) return { kind: 'any' };
  // Half a character at the open end could match half of one in a text, which the comparison of code points does not.
  if (merged.length === 2 && typeof first === 'string' && second === STAR && !hasHalfAtEnd(first)) {
    return { kind: 'prefix', text: first };
  }
  if (merged.length === 2 && first === STAR && typeof second === 'string' && !hasHalfAtEnd(second)) {
    return { kind: 'suffix', text: second };
  }
  let letters = 0;
  for (const piece of merged) if (typeof piece === 'string') letters |= lettersOf(piece);
  const texts = textsBetween(merged);
  return { kind: 'glob', texts, units: texts === undefined ? unitsOf(merged) : undefined, letters };
}

function unitsOf(pieces: readonly (string | typeof STAR | typeof ONE)[]): readonly number[] {
  const units: number[] = [];
  for (const piece of pieces) {
    if (typeof piece === 'string') for (const point of piece) units.push(point.codePointAt(0)!);
    else units.push(piece);
  }
  return units;
}

/** Undefined where `?` stands, or where a text begins or ends with half a character, which code units would tell wrongly. */
function textsBetween(pieces: readonly (string | typeof STAR | typeof ONE)[]): readonly Sought[] | undefined {
  if (pieces.some((piece) => piece === ONE || (typeof piece === 'string' && hasHalfAtEnd(piece))))
    return undefined;
  const texts: string[] = pieces[0] === STAR ? [''] : [];
  for (const piece of pieces) if (typeof piece === 'string') texts.push(piece);
  if (pieces.at(-1) === STAR) texts.push('');
  return texts.map(soughtOf);
}

function soughtOf(text: string): Sought {
  const counts = new Map<string, number>();
  for (let i = 0; i < text.length; i++) counts.set(text[i]!, (counts.get(text[i]!) ?? 0) + 1);
  let offset = text.length - 1;
  for (let i = offset; i >= 0; i--) if (counts.get(text[i]!)! < counts.get(text[offset]!)!) offset = i;
  return { text, unit: text.charAt(offset), offset };
}

/** Whether a text begins or ends with half a character. */
const hasHalfAtEnd = (text: string): boolean =>
  (text.charCodeAt(0) & 0xfc00) === 0xdc00 || (text.charCodeAt(text.length - 1) & 0xfc00) === 0xd800;

/** The pattern a text stands for, `*` and `?` being wildcards. */
export function parsePattern(text: string): Pattern {
  return patternOf(wildcardPieces(text));
}

export const hasWildcard = (text: string): boolean => text.includes('*') || text.includes('?');

/** Splits text at its wildcards. */
export function wildcardPieces(text: string): (string | typeof STAR | typeof ONE)[] {
  const pieces: (string | typeof STAR | typeof ONE)[] = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit !== 42 && unit !== 63) continue;
    if (i > start) pieces.push(text.slice(start, i));
    pieces.push(unit === 42 ? STAR : ONE);
    start = i + 1;
  }
  if (start < text.length) pieces.push(text.slice(start));
  return pieces;
}

/** As `startsWith`, which costs three times as much on texts that were parsed; the last unit tells most of them apart. */
export function beginsWith(text: string, beginning: string): boolean {
  const { length } = beginning;
  return (
    length === 0 ||
    (text.length >= length &&
      text.charCodeAt(length - 1) === beginning.charCodeAt(length - 1) &&
      text.slice(0, length) === beginning)
  );
}

/** `letters` are those of the text, where they are known: a text without a letter of the pattern is not gone through. */
export function matchPattern(pattern: Pattern, text: string, letters = -1): boolean {
  switch (pattern.kind) {
    case 'any':
      return true;
    case 'exact':
      return pattern.text === text;
    case 'prefix':
      return beginsWith(text, pattern.text);
    case 'suffix':
      return text.endsWith(pattern.text);
    case 'glob':
      if ((pattern.letters & ~letters) !== 0) return false;
      return pattern.texts === undefined ? matchGlob(pattern.units!, text) : matchTexts(pattern.texts, text);
  }
}

/** The first and the last text where they must be, those between as early as they come. */
function matchTexts(texts: readonly Sought[], text: string): boolean {
  const first = texts[0]!.text;
  const last = texts[texts.length - 1]!.text;
  const end = text.length - last.length;
  let at = first.length;
  if (end < at || !beginsWith(text, first) || !text.endsWith(last)) return false;
  for (let i = 1; i < texts.length - 1; i++) {
    at = find(texts[i]!, text, at);
    if (at < 0 || at > end) return false;
  }
  return true;
}

/** Where the first occurrence ends, or -1. A single unit is found much faster than a text, and a rare one seldom in vain. */
function find({ text: sought, unit, offset }: Sought, text: string, from: number): number {
  for (let at = text.indexOf(unit, from + offset); at >= 0; at = text.indexOf(unit, at + 1)) {
    const start = at - offset;
    let i = sought.length - 1;
    while (i >= 0 && sought.charCodeAt(i) === text.charCodeAt(start + i)) i--;
    if (i < 0) return start + sought.length;
  }
  return -1;
}

function matchGlob(units: readonly number[], text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    const point = text.codePointAt(t)!;
    const unit = units[p];
    if (unit === STAR) {
      star = p++;
      resume = t;
    } else if (unit === ONE || unit === point) {
      p++;
      t += point > 0xffff ? 2 : 1;
    } else if (star >= 0) {
      resume += text.codePointAt(resume)! > 0xffff ? 2 : 1;
      t = resume;
      p = star + 1;
    } else return false;
  }
  while (units[p] === STAR) p++;
  return p === units.length;
}
