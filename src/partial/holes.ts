import { splitArn } from '../value/arn.js';
import { asciiLower } from '../value/ascii.js';
import { parsePattern, wildcardPieces } from '../value/wildcard.js';
import { fits } from './fitting.js';
import { type Token, tokensOf, witnesses } from './glob-states.js';

/** A value that is not known yet. The same name is the same value everywhere; it holds no wildcard and no variable. */
export interface Hole {
  /** Its name. */
  readonly hole: string;
}

/** Text with holes, for instance `{ text: ['arn:aws:s3:::', { hole: 'Bucket' }, '/*'] }`. */
export interface TextWithHoles {
  /** Pieces in order. */
  readonly text: readonly (string | Hole)[];
}

type Pieces = readonly (string | Hole)[];

const isHole = (value: unknown): value is Hole =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Hole).hole === 'string' &&
  Object.keys(value).length === 1;

/** The pieces of a hole or of text with holes; undefined for anything else. */
export function piecesOf(value: unknown): Pieces | undefined {
  if (isHole(value)) return [value];
  if (typeof value !== 'object' || value === null || Object.keys(value).join() !== 'text') return undefined;
  const { text } = value as { text: unknown };
  const fine = Array.isArray(text) && text.every((piece) => typeof piece === 'string' || isHole(piece));
  return fine ? (text as Pieces) : undefined;
}

/** Where a condition stands: its operator and its key, as they are written. */
interface Place {
  readonly operator: string;
  readonly key: string;
}

/** Text with holes, with its place where it is a value of a condition. */
export interface HoleText extends Partial<Place> {
  readonly pieces: Pieces;
}

/** Every text of the input: those with holes, and the plain ones. */
export interface Texts {
  readonly withHoles: readonly HoleText[];
  readonly plain: readonly string[];
  /** The plain ones that are values of a condition, by its folded key. */
  readonly compared: ReadonlyMap<string, readonly string[]>;
}

/** Deeper input than this is no policy; the readers refuse it. */
const maximumDepth = 64;

/** Finds all texts of a value. */
export function textsOf(value: unknown): Texts {
  const withHoles: HoleText[] = [];
  const plain = new Set<string>();
  const compared = new Map<string, string[]>();
  // Below `Condition` stands the operator, and below that the key.
  const visit = (one: unknown, depth: number, above: readonly string[]): void => {
    const [start, operator, key] = above;
    const placed = start === 'Condition' && operator !== undefined && key !== undefined;
    if (typeof one === 'string') {
      plain.add(one);
      if (placed) compared.set(asciiLower(key), [...(compared.get(asciiLower(key)) ?? []), one]);
    }
    if (typeof one !== 'object' || one === null || depth > maximumDepth) return;
    const pieces = piecesOf(one);
    if (pieces !== undefined) withHoles.push(placed ? { pieces, operator, key } : { pieces });
    else if (Array.isArray(one)) for (const member of one) visit(member, depth + 1, above);
    else {
      for (const [name, member] of Object.entries(one)) {
        visit(member, depth + 1, start === 'Condition' || name === 'Condition' ? [...above, name] : []);
      }
    }
  };
  visit(value, 0, []);
  return { withHoles, plain: [...plain], compared };
}

/** The value with its holes filled in; what holds none stays the same object. */
export function fillHoles(value: unknown, holes: ReadonlyMap<string, string>, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || depth > maximumDepth) return value;
  const pieces = piecesOf(value);
  if (pieces !== undefined) return fillText(pieces, holes);
  if (Array.isArray(value)) {
    const items = value.map((item) => fillHoles(item, holes, depth + 1));
    return items.every((item, i) => item === value[i]) ? value : items;
  }
  const out: Record<string, unknown> = Object.create(null);
  let changed = false;
  for (const key of Object.keys(value)) {
    const member = (value as Record<string, unknown>)[key];
    out[key] = fillHoles(member, holes, depth + 1);
    changed ||= out[key] !== member;
  }
  return changed ? out : value;
}

export const fillText = (pieces: Pieces, holes: ReadonlyMap<string, string>): string =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : (holes.get(piece.hole) ?? piece.hole))).join('');

export const holeNames = ({ withHoles }: Texts): string[] => [
  ...new Set(
    withHoles.flatMap(({ pieces }) => pieces.flatMap((piece) => (isHole(piece) ? [piece.hole] : []))),
  ),
];

/**
 * What a hole is tried with, beside a text that nothing else holds: whatever makes a text of the policies fit a text of the
 * request, or the other way round. `exact` is false where a hole occurs more than once in one text.
 */
export function holeCandidates(
  name: string,
  fresh: ReadonlyMap<string, string>,
  policies: Texts,
  request: Texts,
  valuesOf: (key: string) => readonly string[],
): { texts: string[]; exact: boolean } {
  const found = new Set<string>();
  let exact = true;
  const around = (pieces: Pieces): [string, string] | undefined => {
    const at = pieces.findIndex((piece) => isHole(piece) && piece.hole === name);
    if (at < 0) return undefined;
    const after = pieces.slice(at + 1);
    if (after.some((piece) => isHole(piece) && piece.hole === name)) exact = false;
    return [fillText(pieces.slice(0, at), fresh), fillText(after, fresh)];
  };
  const filled = ({ withHoles, plain }: Texts): string[] => [
    ...plain,
    ...withHoles.map(({ pieces }) => fillText(pieces, fresh)),
  ];
  for (const { pieces, key } of policies.withHoles) {
    const sides = around(pieces);
    if (sides === undefined) continue;
    const [before, after] = sides.map(parsePattern) as [
      ReturnType<typeof parsePattern>,
      ReturnType<typeof parsePattern>,
    ];
    // A condition compares with the values of its key, everything else with texts of the request.
    for (const text of key === undefined ? filled(request) : valuesOf(key))
      for (const fit of fits(before, after, text)) found.add(fit);
  }
  const patterns = filled(policies).filter((text) => text.length <= 2048);
  for (const { pieces } of request.withHoles) {
    const sides = around(pieces);
    if (sides === undefined) continue;
    const near = patterns.filter((pattern) => mayBegin(pattern, sides[0]));
    const reached = witnesses(near.map(tokens), ...sides);
    exact &&= reached.complete;
    for (const text of reached.texts) found.add(text);
  }
  for (const text of found) if (/[*?${}]/.test(text)) found.delete(text);
  return { texts: [...found], exact };
}

/** Whether texts with this beginning may fit a pattern: up to its first wildcard the two are the same. */
function mayBegin(pattern: string, before: string): boolean {
  for (let i = 0; i < pattern.length && i < before.length; i++) {
    const unit = pattern[i]!;
    if (unit === '*' || unit === '?') return true;
    if (unit !== before[i]) return false;
  }
  // What ends before the text does fits no more of it.
  return pattern.length >= before.length;
}

/**
 * Whether some text of the policies and some text of the request hold different holes and may meet: which pairs of texts fit
 * then has no end, and not all are tried.
 */
export function holesMeet(policies: Texts, request: Texts): boolean {
  const names = (pieces: Pieces) => pieces.flatMap((piece) => (isHole(piece) ? [piece.hole] : []));
  const start = (pieces: Pieces) => {
    const [first] = pieces;
    return typeof first === 'string' ? first.split(/[*?$]/, 1)[0]! : '';
  };
  return policies.withHoles.some(({ pieces, key }) => {
    // A condition meets the texts of a request only through the keys that follow from it.
    if (key !== undefined && !/^aws:(?:principal|resource)/i.test(key)) return false;
    return request.withHoles.some((other) => {
      const [a, b] = [start(pieces), start(other.pieces)];
      return (
        new Set([...names(pieces), ...names(other.pieces)]).size > 1 && (a.startsWith(b) || b.startsWith(a))
      );
    });
  });
}

/** A policy text as a pattern: stars of an ARN stay within their part, but for the last part (L34, L85). */
function tokens(text: string): Token[] {
  const parts = splitArn(text);
  if (parts.length < 6) return tokensOf(wildcardPieces(text));
  return parts.flatMap((part, i) => [
    ...(i === 0 ? [] : tokensOf([':'])),
    ...tokensOf(wildcardPieces(part), i < 5),
  ]);
}

/** JSON text with holes, read; other text stays as it is. */
export function openTexts(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') {
    if (!/^\s*\{/.test(value) || !value.includes('"hole"')) return value;
    try {
      return JSON.parse(value);
    } catch {
      return value; // Refused, with its place, when it is read as a policy.
    }
  }
  if (typeof value !== 'object' || value === null || depth > maximumDepth || piecesOf(value) !== undefined)
    return value;
  if (Array.isArray(value)) return value.map((item) => openTexts(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, openTexts(item, depth + 1)]));
}
