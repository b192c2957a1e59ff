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
  | { readonly kind: 'glob'; readonly units: readonly number[] };

/** A pattern from its pieces: literal text, or STAR, or ONE. */
export function patternOf(pieces: readonly (string | typeof STAR | typeof ONE)[]): Pattern {
  // Neighbouring texts are one, and neighbouring stars too.
  const merged: (string | typeof STAR | typeof ONE)[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') merged[merged.length - 1] = last + piece;
    else if (piece !== '' && !(piece === STAR && last === STAR)) merged.push(piece);
  }
  const [first = '', second] = merged;
  if (merged.length < 2 && typeof first === 'string') return { kind: 'exact', text: first };
  if (merged.length === 1 && first === STAR) return { kind: 'any' };
  // Half a character at the open end could match half of one in a text, which the comparison of code points does not.
  if (
    merged.length === 2 &&
    typeof first === 'string' &&
    second === STAR &&
    !/[\uD800-\uDBFF]$/.test(first)
  ) {
    return { kind: 'prefix', text: first };
  }
  if (
    merged.length === 2 &&
    first === STAR &&
    typeof second === 'string' &&
    !/^[\uDC00-\uDFFF]/.test(second)
  ) {
    return { kind: 'suffix', text: second };
  }
  const units: number[] = [];
  for (const piece of merged) {
    if (typeof piece === 'string') for (const point of piece) units.push(point.codePointAt(0)!);
    else units.push(piece);
  }
  return { kind: 'glob', units };
}

/** The pattern a text stands for, `*` and `?` being wildcards. */
export function parsePattern(text: string): Pattern {
  return patternOf(wildcardPieces(text));
}

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

export function matchPattern(pattern: Pattern, text: string): boolean {
  switch (pattern.kind) {
    case 'any':
      return true;
    case 'exact':
      return pattern.text === text;
    case 'prefix':
      return text.startsWith(pattern.text);
    case 'suffix':
      return text.endsWith(pattern.text);
    case 'glob':
      return matchGlob(pattern.units, text);
  }
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
