import { InvalidInputError } from '../../account/error.js';
import type { Text } from '../../account/estate-data.js';
import type { Hole } from '../../partial/holes.js';
import type { Diagnostic } from '../diagnostic.js';

/** What a template has to say about a value that it does not know. */
export type Finding = Omit<Diagnostic, 'file'>;

/** Text with parts that are not known. A class, so that no object of a template can be taken for one. */
export class Symbolic {
  readonly pieces: readonly (string | Hole)[];

  constructor(pieces: readonly (string | Hole)[]) {
    this.pieces = pieces;
  }
}

/** A value of which not even the shape is known: a list, an object, or text that may hold wildcards. */
export class Undecided {
  readonly finding: Finding;
  /** Everything it can be, where that is known. */
  readonly alternatives: readonly Value[];
  /** For lists: the items it begins with. */
  readonly known: readonly Value[];
  /** Names the value, so that equal expressions become equal holes. */
  readonly name: string;

  constructor(
    name: string,
    finding: Finding,
    alternatives: readonly Value[] = [],
    known: readonly Value[] = [],
  ) {
    this.name = name;
    this.finding = finding;
    this.alternatives = alternatives;
    this.known = known;
  }
}

/** A list of texts without wildcards, of which only the first ones may be known. It holds one text at least. */
export class UnknownTexts extends Undecided {
  constructor(name: string, finding: Finding, known: readonly Value[] = []) {
    super(name, finding, [], known);
  }
}

class Nothing {
  readonly nothing = true;
}

/** The value of `AWS::NoValue`: the property or list item is not there. */
export const noValue = new Nothing();

export type SomeText = string | Symbolic;
export interface ValueObject {
  readonly [name: string]: Value;
}
export type Value = SomeText | number | boolean | Undecided | Nothing | readonly Value[] | ValueObject;

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

export const isObject = (value: Value | undefined): value is ValueObject =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Symbolic) &&
  !(value instanceof Undecided) &&
  !(value instanceof Nothing);

/** CloudFormation turns numbers and booleans into text wherever text is wanted. */
export function asText(value: Value | undefined): SomeText | undefined {
  if (typeof value === 'string' || value instanceof Symbolic) return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return undefined;
}

/** The text, if all of it is known. */
export function asPlain(value: Value | undefined): string | undefined {
  const text = asText(value);
  return typeof text === 'string' ? text : undefined;
}

/** Longer than any template may be; a text that grows by repeated references stops here. */
const maximumText = 2_000_000;

/** Joins texts; neighbouring known parts become one. */
export function concat(texts: readonly SomeText[]): SomeText {
  const pieces: (string | Hole)[] = [];
  let length = 0;
  for (const text of texts) {
    for (const piece of typeof text === 'string' ? [text] : text.pieces) {
      const last = pieces.at(-1);
      length += typeof piece === 'string' ? piece.length : 1;
      if (piece === '') continue;
      if (typeof piece === 'string' && typeof last === 'string') pieces[pieces.length - 1] = last + piece;
      else pieces.push(piece);
    }
  }
  if (length > maximumText) {
    const message = 'a text of the template grows without end';
    const hint = `texts of more than ${maximumText} characters are not read`;
    throw new InvalidInputError([{ path: 'Resources', code: 'ERR_IAM_INVALID_INPUT', message, hint }]);
  }
  if (pieces.length === 0) return '';
  const [only] = pieces;
  return pieces.length === 1 && typeof only === 'string' ? only : new Symbolic(pieces);
}

/** The text in the shape of an estate. */
export function toText(text: SomeText): Text {
  if (typeof text === 'string') return text;
  const [only] = text.pieces;
  return text.pieces.length === 1 && typeof only === 'object' ? only : { text: text.pieces };
}

/** The text for people: holes in angle brackets. */
export const render = (text: SomeText): string =>
  typeof text === 'string'
    ? text
    : text.pieces.map((piece) => (typeof piece === 'string' ? piece : `<${piece.hole}>`)).join('');

/** The beginning of a text that is known. */
export const knownStart = (text: SomeText): string => {
  const first = typeof text === 'string' ? text : text.pieces[0];
  return typeof first === 'string' ? first : '';
};

/** The end of a text that is known. */
export const knownEnd = (text: SomeText): string => {
  const last = typeof text === 'string' ? text : text.pieces.at(-1);
  return typeof last === 'string' ? last : '';
};

/** Equal exactly for equal values; `open` where something in it is not known. */
export function identityOf(value: Value): { readonly key: string; readonly open: boolean } {
  let open = false;
  const shown = (one: Value): unknown => {
    if (one instanceof Symbolic) {
      open = true;
      return { pieces: one.pieces };
    }
    if (one instanceof Undecided) {
      open = true;
      return { undecided: one.name };
    }
    if (one === noValue) return { noValue: true };
    if (isList(one)) return { list: one.map(shown) };
    if (isObject(one)) return { members: Object.keys(one).map((name) => [name, shown(one[name]!)]) };
    return String(one);
  };
  const key = JSON.stringify(shown(value));
  return { key, open };
}

/** The first thing in a value that is not decided. */
export function undecidedIn(value: Value | undefined): Undecided | undefined {
  if (value instanceof Undecided) return value;
  const members =
    value === undefined ? [] : isList(value) ? value : isObject(value) ? Object.values(value) : [];
  for (const member of members) {
    const found = undecidedIn(member);
    if (found !== undefined) return found;
  }
  return undefined;
}
