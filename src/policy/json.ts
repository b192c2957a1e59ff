import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import type { Issue } from '../error.js';

/** Deeper text than any policy needs; the parser recurses. */
const maximumDepth = 100;

/** Reads JSON text; duplicate members and syntax errors become issues with line and column (L1, L9). */
export function readJson(text: string, path: string, issues: Issue[]): unknown {
  const at = (offset: number) => {
    const before = text.slice(0, offset);
    return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
  };
  if (depthOf(text) > maximumDepth) {
    issues.push({ path, code: 'ERR_IAM_JSON', message: 'the text is nested too deeply', hint: 'a policy needs about six levels' });
    return undefined;
  }
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  const first = errors[0];
  if (first !== undefined || tree === undefined) {
    const message = 'the policy text is not JSON';
    issues.push({ path, code: 'ERR_IAM_JSON', message, hint: 'write one JSON object', ...at(first?.offset ?? 0) });
    return undefined;
  }
  return valueOf(tree, path, (node, where, name) =>
    issues.push({
      path: where,
      code: 'ERR_IAM_DUPLICATE_MEMBER',
      message: `the member \`${name}\` stands twice`,
      hint: 'keep one of them',
      ...at(node.offset),
    }),
  );
}

function valueOf(node: Node, path: string, duplicate: (node: Node, path: string, name: string) => void): unknown {
  if (node.type === 'array') return (node.children ?? []).map((child, i) => valueOf(child, `${path}[${i}]`, duplicate));
  if (node.type !== 'object') return node.value;
  const out: Record<string, unknown> = Object.create(null);
  for (const property of node.children ?? []) {
    const [key, value] = property.children as [Node, Node];
    const name = key.value as string;
    if (name in out) duplicate(key, `${path}.${name}`, name);
    out[name] = valueOf(value, `${path}.${name}`, duplicate);
  }
  return out;
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
