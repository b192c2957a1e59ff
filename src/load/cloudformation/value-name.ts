import { isList, isObject, noValue, Symbolic, Undecided, type Value } from './symbolic.js';

/**
 * A value as the name of a hole has it, for people. Equal exactly for equal values: a hole within a text stands in angle brackets, and
 * those of the text have a backslash.
 */
export function nameOf(value: Value): string {
  if (value instanceof Undecided) return value.name;
  if (value instanceof Symbolic) {
    const [only] = value.pieces;
    if (value.pieces.length === 1 && typeof only === 'object') return only.hole;
    const pieces = value.pieces.map((piece) =>
      typeof piece === 'string' ? escaped(piece) : `<${escaped(piece.hole)}>`,
    );
    return JSON.stringify(pieces.join(''));
  }
  if (value === noValue) return 'AWS::NoValue';
  if (isList(value)) return `[${value.map(nameOf).join(', ')}]`;
  if (isObject(value))
    return `{${Object.keys(value).map((name) => `${JSON.stringify(name)}: ${nameOf(value[name]!)}`)}}`;
  return JSON.stringify(escaped(String(value)));
}

const escaped = (text: string): string => text.replace(/[\\<>]/g, '\\$&');
