import { type Hole, piecesOf } from '../partial/holes.js';
import type { Text } from './estate-data.js';

/** Private-use characters that set holes apart in a key. */
const [open, close, escaping] = ['\uE000', '\uE001', '\uE002'];

/**
 * Text as one string, for comparing and for looking things up: equal texts have equal keys. Holes stand between private characters,
 * and colons and slashes of their names are escaped, so that a key can be taken apart as an ARN.
 */
export function textKey(text: Text): string {
  if (typeof text === 'string') return plainKey(text);
  const pieces = 'hole' in text ? [text] : text.text;
  return pieces.map((piece) => (typeof piece === 'string' ? plainKey(piece) : holeKey(piece))).join('');
}

const plainKey = (text: string): string =>
  text.replace(/[\uE000-\uE002]/g, (one) => escaping + String(one.charCodeAt(0) - 0xe000));

const holeKey = ({ hole }: Hole): string =>
  open +
  plainKey(hole).replace(/[%:/]/g, (one) => `%${one.charCodeAt(0).toString(16).padStart(2, '0')}`) +
  close;

const plainOf = (key: string): string =>
  key.replace(/\uE002([012])/g, (_, digit: string) => String.fromCharCode(0xe000 + Number(digit)));

/** The text of a key, or of a part of one that cuts no hole. */
export function keyText(key: string): Text {
  const pieces = key.split(/(\uE000[^\uE001]*\uE001)/).filter((piece) => piece !== '');
  const read = pieces.map((piece): string | Hole =>
    piece.startsWith(open)
      ? {
          hole: plainOf(
            piece
              .slice(1, -1)
              .replace(/%([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
          ),
        }
      : plainOf(piece),
  );
  const [first] = read;
  if (first === undefined) return '';
  return read.length === 1 ? first : { text: read };
}

/** Whether a value is text, with holes or without. */
export const isText = (value: unknown): value is Text =>
  typeof value === 'string' || piecesOf(value) !== undefined;

/** Text for people: holes stand as `{Name}`. */
export function textWords(text: Text): string {
  if (typeof text === 'string') return text;
  const pieces = 'hole' in text ? [text] : text.text;
  return pieces.map((piece) => (typeof piece === 'string' ? piece : `{${piece.hole}}`)).join('');
}

/** Whether a value holds a hole anywhere. */
export function hasHole(value: unknown, depth = 0): boolean {
  // JSON text is opened where policies are read, so its holes count.
  if (typeof value === 'string') return /^\s*\{/.test(value) && value.includes('"hole"');
  if (typeof value !== 'object' || value === null || depth > 64) return false;
  if (typeof (value as Hole).hole === 'string') return true;
  return Object.values(value).some((member) => hasHole(member, depth + 1));
}

/** The texts one after the other, as one. */
export const joinTexts = (...texts: readonly Text[]): Text => keyText(texts.map(textKey).join(''));
