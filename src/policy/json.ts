// The scanner alone: the package's parser tells of comments, trailing commas and all that comes after a first mistake.
import { createScanner } from 'jsonc-parser/lib/esm/impl/scanner.js';
import type { Issue } from '../error.js';

/** Deeper text than any policy needs; reading recurses. */
const maximumDepth = 100;

/** The scanner's kinds of token (its `SyntaxKind`, which a bundler cannot put in place). A closing one follows on its opening one. */
const Token = {
  openBrace: 1,
  openBracket: 3,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  number: 11,
  lineBreak: 14,
  space: 15,
  unknown: 16,
  end: 17,
} as const;

/** A value read from JSON text, and where in the text each path stands. */
export interface JsonText {
  readonly value: unknown;
  /** Line and column (from 1) of a path, or of its nearest parent that is in the text. */
  readonly locate: (path: string) => { line: number; column: number };
}

/** A value, and what is in it. */
interface Node {
  readonly value: unknown;
  readonly object: boolean;
  readonly children: readonly Child[];
  /** The members by name, once one is looked for: of two with one name the last. */
  named?: ReadonlyMap<string, Child>;
}

/** A member, its offset being that of its name, or an entry of a list. */
interface Child {
  readonly name: string;
  readonly offset: number;
  readonly node: Node;
}

/** L19: a number of a condition stands for its text. Of one with more digits than are kept the text is all that is exact (U20). */
const numberOf = (written: string, place: readonly (string | number)[]): number | string =>
  written.length > 15 && place.includes('Condition') ? written : Number(written);

/** Reads JSON text; syntax errors and duplicate members become issues (L1, L9). Undefined when it is not JSON. */
export function readJson(text: string, path: string, issues: Issue[]): JsonText | undefined {
  const at = positions(text);
  const scanner = createScanner(text);
  const twice: Issue[] = [];
  /** Names and indexes that lead to what is read: a path is written out only for an issue. */
  const place: (string | number)[] = [];
  let deep = false;
  let token!: number;

  function next(): number {
    do token = scanner.scan();
    while (token === Token.lineBreak || token === Token.space);
    if (scanner.getTokenError() !== 0) token = Token.unknown;
    return token;
  }

  /** Undefined where this is not JSON: the scanner then stands at the token that is wrong. */
  function read(): Node | undefined {
    let value: unknown = null;
    if (token === Token.openBrace || token === Token.openBracket) return readChildren();
    if (token === Token.string) value = scanner.getTokenValue();
    else if (token === Token.number) value = numberOf(scanner.getTokenValue(), place);
    else if (token === Token.true || token === Token.false) value = token === Token.true;
    else if (token !== Token.null) return undefined;
    next();
    return { value, object: false, children: none };
  }

  function readChildren(): Node | undefined {
    deep = place.length === maximumDepth;
    if (deep) return undefined;
    const closing = token + 1;
    const object = token === Token.openBrace;
    const members: Record<string, unknown> = Object.create(null);
    const entries: unknown[] = [];
    const children: Child[] = [];
    if (next() !== closing)
      for (;;) {
        const offset = scanner.getTokenOffset();
        let name = '';
        if (object) {
          if (token !== Token.string) return undefined;
          name = scanner.getTokenValue();
          if (name in members) addTwice(name, offset);
          if (next() !== Token.colon) return undefined;
          next();
        }
        place.push(object ? name : entries.length);
        const node = read();
        place.pop();
        if (node === undefined) return undefined;
        if (object) members[name] = node.value;
        else entries.push(node.value);
        children.push({ name, offset, node });
        if (token === closing) break;
        if (token !== Token.comma) return undefined;
        next();
      }
    next();
    return { value: object ? members : entries, object, children };
  }

  function addTwice(name: string, offset: number): void {
    let where = path;
    for (const one of [...place, name]) where += typeof one === 'number' ? `[${one}]` : `.${one}`;
    const message = `the member \`${name}\` stands twice`;
    const hint = 'keep one of them';
    twice.push({ path: where, code: 'ERR_IAM_DUPLICATE_MEMBER', message, hint, ...at(offset) });
  }

  next();
  const start = scanner.getTokenOffset();
  const tree = read();
  if (tree === undefined || token !== Token.end) {
    const found = deep
      ? { message: 'the text is nested too deeply', hint: 'a policy needs about six levels' }
      : {
          message: 'the policy text is not JSON',
          // IAM takes no character beyond U+00FF: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html
          hint: text.startsWith('\uFEFF') ? 'leave out the byte order mark' : 'write one JSON object',
          ...at(scanner.getTokenOffset()),
        };
    issues.push({ path, code: 'ERR_IAM_JSON', ...found });
    return undefined;
  }
  for (const issue of twice) issues.push(issue);
  const whole = { name: '', offset: start, node: tree };
  return { value: tree.value, locate: (wanted) => at(offsetOf(whole, wanted.slice(path.length))) };
}

const none: readonly never[] = [];

/** The offset of the deepest child on a path. */
function offsetOf({ offset, node }: Child, path: string): number {
  if (path === '') return offset;
  if (!node.object) {
    const index = /^\[(\d+)\]/.exec(path);
    const child = index === null ? undefined : node.children[Number(index[1])];
    return child === undefined ? offset : offsetOf(child, path.slice(index![0].length));
  }
  node.named ??= new Map(node.children.map((child) => [child.name, child]));
  // A name may hold dots and brackets, so longer beginnings are tried first.
  for (
    let end = path.length;
    end > 0;
    end = Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1))
  ) {
    const child = node.named.get(path.slice(1, end));
    if (child !== undefined) return offsetOf(child, path.slice(end));
  }
  return offset;
}

/** Offset → line and column. */
function positions(text: string): (offset: number) => { line: number; column: number } {
  let starts: number[] | undefined;
  return (offset) => {
    if (starts === undefined) {
      starts = [0];
      for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
    }
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  };
}
