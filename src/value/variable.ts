import { InvalidRequestError } from '../error.js';
import { foldedName } from './ascii.js';
import { ONE, type Pattern, patternOf, STAR, wildcardPieces } from './wildcard.js';

/** `${key}` or `${key, 'default'}` in a policy (L57). `key` is folded; `spelling` is as written. */
export interface Variable {
  readonly key: string;
  readonly spelling: string;
  readonly defaultValue?: string;
}

export type Piece = string | typeof STAR | typeof ONE | Variable;

/** Text that may hold variables and wildcards. `fixed` is there when nothing depends on the request. */
export interface Template {
  readonly source: string;
  readonly pieces: readonly Piece[];
  readonly fixed?: Pattern;
}

/** Looks up the one value of a key; undefined when it has none, or several (L60). */
export type VariableLookup = (key: string) => string | undefined;

/** Splits a policy text. Wildcards are found before any substitution, so that values stay literal (L59, L64). */
export function parseTemplate(source: string, options: { variables: boolean; wildcards: boolean }): Template {
  const pieces: Piece[] = [];
  const plain = (text: string) => {
    if (text === '') return;
    if (options.wildcards) for (const piece of wildcardPieces(text)) pieces.push(piece);
    else pieces.push(text);
  };
  const lastQuote = options.variables ? source.lastIndexOf("'}") : -1;
  let start = 0;
  while (options.variables) {
    const open = source.indexOf('${', start);
    if (open < 0) break;
    const close = variableEnd(source, open, lastQuote);
    if (close < 0) break; // Undocumented: an unclosed `${` stays literal (L57).
    plain(source.slice(start, open));
    const inner = source.slice(open + 2, close);
    if (inner === '*' || inner === '?' || inner === '$') pieces.push(inner);
    else pieces.push(parseVariable(inner));
    start = close + 1;
  }
  plain(source.slice(start));
  const fixed = pieces.every((piece) => typeof piece !== 'object')
    ? patternOf(pieces as string[])
    : undefined;
  // A list that was pushed to keeps room for many more.
  const exactly = pieces.slice();
  return fixed === undefined ? { source, pieces: exactly } : { source, pieces: exactly, fixed };
}

/**
 * Index of the brace that closes the variable opened at `open`; a brace inside a default does not close it. `lastQuote` is where
 * the last default of the text ends: behind it none has to be looked for, however many are left open.
 */
export function variableEnd(source: string, open: number, lastQuote = source.lastIndexOf("'}")): number {
  const brace = source.indexOf('}', open);
  if (brace < 0) return -1;
  const head = source.slice(open + 2, brace);
  const comma = head.indexOf(',');
  if (comma < 0 || head[comma + 1] !== ' ' || head[comma + 2] !== "'") return brace;
  const from = open + 2 + comma + 3;
  return from > lastQuote ? brace : source.indexOf("'}", from) + 1;
}

function parseVariable(inner: string): Variable {
  const comma = inner.indexOf(',');
  if (comma < 0) return { key: foldedName(inner), spelling: inner };
  const spelling = inner.slice(0, comma);
  const rest = inner.slice(comma + 1).trim();
  const quoted = rest.length >= 2 && rest.startsWith("'") && rest.endsWith("'");
  return quoted
    ? { key: foldedName(spelling), spelling, defaultValue: rest.slice(1, -1) }
    : { key: foldedName(spelling), spelling };
}

/** The pattern a template stands for in one request; undefined when a variable has no value (L61). */
export function resolveTemplate(template: Template, lookup: VariableLookup): Pattern | undefined {
  if (template.fixed !== undefined) return template.fixed;
  const pieces = resolvePieces(template, lookup);
  return pieces === undefined ? undefined : patternOf(pieces);
}

/** Longer texts are refused: a few variables could otherwise fill the memory. */
const maximumLength = 10_000_000;

type PlainPiece = string | typeof STAR | typeof ONE;

function resolvePieces(template: Template, lookup: VariableLookup): PlainPiece[] | undefined {
  const pieces: PlainPiece[] = [];
  let length = 0;
  for (const piece of template.pieces) {
    if (typeof piece !== 'object') {
      pieces.push(piece);
      continue;
    }
    const found = lookup(piece.key);
    // U11: an empty value is no value; L63: the default counts only then; an explicit empty default is substituted.
    const value = found === undefined || found === '' ? piece.defaultValue : found;
    if (value === undefined) return undefined;
    length += value.length;
    if (length > maximumLength) {
      const message = `the variables of a policy text stand for more than ${maximumLength} characters`;
      const issue = {
        path: 'request.context',
        code: 'ERR_IAM_VALUE',
        message,
        hint: 'pass shorter values',
      } as const;
      throw new InvalidRequestError([issue]);
    }
    pieces.push(value);
  }
  return pieces;
}

/** A text with its variables replaced, for people to read; undefined when one has no value. */
export function substitute(source: string, lookup: VariableLookup): string | undefined {
  return textOf(parseTemplate(source, { variables: true, wildcards: true }), lookup);
}

/** The same of a template that was read already. */
export function textOf(template: Template, lookup: VariableLookup): string | undefined {
  return resolvePieces(template, lookup)
    ?.map((piece) => (piece === STAR ? '*' : piece === ONE ? '?' : piece))
    .join('');
}

/** The plain text of a template in one request (for operators without wildcards). */
export function resolveText(template: Template, lookup: VariableLookup): string | undefined {
  const pattern = resolveTemplate(template, lookup);
  return pattern?.kind === 'exact' ? pattern.text : undefined;
}
