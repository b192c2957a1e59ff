import type { Node, ParseError } from 'jsonc-parser';
// The parser alone: the package's entry holds its formatter and editor too.
import { parseTree } from 'jsonc-parser/lib/esm/impl/parser.js';
import type { Issue } from '../error.js';

/** Deeper text than any policy needs; the parser recurses. */
const maximumDepth = 100;

/** A value read from JSON text, and where in the text each path stands. */
export interface JsonText {
  readonly value: unknown;
  /** Line and column (from 1) of a path, or of its nearest parent that is in the text. */
  readonly locate: (path: string) => { line: number; column: number };
}

/** Reads JSON text; syntax errors and duplicate members become issues (L1, L9). Undefined when it is not JSON. */
export function readJson(text: string, path: string, issues: Issue[]): JsonText | undefined {
  const at = positions(text);
  if (depthOf(text) > maximumDepth) {
    const message = 'the text is nested too deeply';
    issues.push({ path, code: 'ERR_IAM_JSON', message, hint: 'a policy needs about six levels' });
    return undefined;
  }
  const errors: ParseError[] = [];
  const options = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };
  const tree = parseTree(text, errors, options);
  const first = errors[0];
  if (first !== undefined || tree === undefined) {
    const message = 'the policy text is not JSON';
    const where = at(first?.offset ?? 0);
    issues.push({ path, code: 'ERR_IAM_JSON', message, hint: 'write one JSON object', ...where });
    return undefined;
  }
  const value = readNode(tree, { name: path }, (where, name, offset) => {
    const message = `the member \`${name}\` stands twice`;
    issues.push({
      path: where,
      code: 'ERR_IAM_DUPLICATE_MEMBER',
      message,
      hint: 'keep one of them',
      ...at(offset),
    });
  });
  const members = new Map<Node, Map<string, Node>>();
  return { value, locate: (wanted) => at(offsetOf(tree, wanted, path.length, members)) };
}

/** Where a value stands, as a chain, so that a path is written out only for an issue. */
interface Place {
  readonly name: string;
  readonly parent?: Place;
}

const pathOf = ({ name, parent }: Place): string => (parent === undefined ? name : pathOf(parent) + name);

type Duplicate = (path: string, name: string, offset: number) => void;

function readNode(node: Node, place: Place, duplicate: Duplicate): unknown {
  const children = node.children ?? [];
  if (node.type === 'array') {
    return children.map((child, i) => readNode(child, { name: `[${i}]`, parent: place }, duplicate));
  }
  if (node.type !== 'object') return node.value;
  const out: Record<string, unknown> = Object.create(null);
  for (const property of children) {
    const [key, value] = property.children as [Node, Node];
    const name = key.value as string;
    const where = { name: `.${name}`, parent: place };
    if (name in out) duplicate(pathOf(where), name, key.offset);
    out[name] = readNode(value, where, duplicate);
  }
  return out;
}

/** The offset of the deepest node on a path: of a member its name, of an entry its value. */
function offsetOf(tree: Node, path: string, from: number, members: Map<Node, Map<string, Node>>): number {
  let node = tree;
  let offset = tree.offset;
  let rest = path.slice(from);
  while (rest !== '') {
    const index = /^\[(\d+)\]/.exec(rest);
    const entry = index === null ? undefined : node.children?.[Number(index[1])];
    if (index !== null) {
      if (node.type !== 'array' || entry === undefined) return offset;
      [node, offset, rest] = [entry, entry.offset, rest.slice(index[0].length)];
      continue;
    }
    const found = memberOf(node, rest.slice(1), members);
    if (found === undefined) return offset;
    const [key, value] = found.children as [Node, Node];
    [node, offset, rest] = [value, key.offset, rest.slice(1 + (key.value as string).length)];
  }
  return offset;
}

/** The member with whose name a path begins; a name may hold dots and brackets, so longer beginnings are tried first. */
function memberOf(node: Node, path: string, members: Map<Node, Map<string, Node>>): Node | undefined {
  if (node.type !== 'object') return undefined;
  let known = members.get(node);
  if (known === undefined) {
    known = new Map(
      (node.children ?? []).map((property) => [property.children![0]!.value as string, property]),
    );
    members.set(node, known);
  }
  for (
    let end = path.length;
    end > 0;
    end = Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1))
  ) {
    const found = known.get(path.slice(0, end));
    if (found !== undefined) return found;
  }
  return /^(?:$|[.[])/.test(path) ? known.get('') : undefined;
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

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (quoted) {
      if (unit === 92) i++;
      else if (unit === 34) quoted = false;
    } else if (unit === 34) quoted = true;
    else if (unit === 123 || unit === 91) deepest = Math.max(deepest, ++depth);
    else if (unit === 125 || unit === 93) depth--;
  }
  return deepest;
}
