import { type Node, type ParseError, parseTree } from 'jsonc-parser';
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
  const offsets = new Map<string, number>();
  const value = readNode(tree, path, offsets, (where, name, offset) => {
    const message = `the member \`${name}\` stands twice`;
    issues.push({
      path: where,
      code: 'ERR_IAM_DUPLICATE_MEMBER',
      message,
      hint: 'keep one of them',
      ...at(offset),
    });
  });
  const locate = (wanted: string) => {
    let known = wanted;
    while (!offsets.has(known) && known.length > path.length) {
      known = known.slice(0, Math.max(known.lastIndexOf('.'), known.lastIndexOf('[')));
    }
    return at(offsets.get(known) ?? 0);
  };
  return { value, locate };
}

type Duplicate = (path: string, name: string, offset: number) => void;

function readNode(node: Node, path: string, offsets: Map<string, number>, duplicate: Duplicate): unknown {
  if (!offsets.has(path)) offsets.set(path, node.offset);
  const children = node.children ?? [];
  if (node.type === 'array')
    return children.map((child, i) => readNode(child, `${path}[${i}]`, offsets, duplicate));
  if (node.type !== 'object') return node.value;
  const out: Record<string, unknown> = Object.create(null);
  for (const property of children) {
    const [key, value] = property.children as [Node, Node];
    const name = key.value as string;
    const where = `${path}.${name}`;
    if (name in out) duplicate(where, name, key.offset);
    offsets.set(where, key.offset);
    out[name] = readNode(value, where, offsets, duplicate);
  }
  return out;
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
