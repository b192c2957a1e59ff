import { isListOf } from '../value/argument.js';
import { isPlainObject } from '../value/plain.js';

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
  const fine = isListOf(text, (piece) => typeof piece === 'string' || isHole(piece));
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
}

/** Deeper input than this is no policy; the readers refuse it. */
const maximumDepth = 64;

/** Finds all texts of a value. */
export function textsOf(value: unknown): Texts {
  const withHoles: HoleText[] = [];
  const plain = new Set<string>();
  // Below `Condition` stands the operator, and below that the key.
  const visit = (one: unknown, depth: number, above: readonly string[]): void => {
    const [start, operator, key] = above;
    const placed = start === 'Condition' && operator !== undefined && key !== undefined;
    if (typeof one === 'string') plain.add(one);
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
  return { withHoles, plain: [...plain] };
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
  if (Array.isArray(value) && depth <= maximumDepth) return value.map((item) => openTexts(item, depth + 1));
  // A Map and the like have no members: copied, it would be an empty object, and a condition one that always holds.
  if (!isPlainObject(value) || depth > maximumDepth || piecesOf(value) !== undefined) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, openTexts(item, depth + 1)]));
}
