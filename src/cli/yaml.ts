import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  Parser,
  parseDocument,
  type Scalar,
} from 'yaml';
import { Fault } from './fault.js';
import type { Data, Position } from './located.js';
import type { Source } from './source.js';

/**
 * Reads YAML 1.2, whose core schema leaves dates such as `2012-10-17` as text. What YAML would quietly change or drop
 * (a number with leading zeros, an unknown tag) is refused: a policy must mean what is written.
 */
export function readYaml({ name, text }: Source, root: string): Data {
  const lines = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const fail: (offset: number, message: string) => never = (offset, message) => {
    const { line, column } = at(offset);
    throw new Fault(`${name}:${line}:${column} ${message}`);
  };
  if (tooDeep(text))
    throw new Fault(`${name}:1:1 the YAML is nested too deeply; a case needs about ten levels`);
  const document = parseDocument(text, { lineCounter: lines, version: '1.2', prettyErrors: false });
  const wrong = document.errors[0] ?? document.warnings[0];
  if (wrong?.code === 'MULTIPLE_DOCS')
    fail(wrong.pos[0], 'a second YAML document begins here; write one document, several cases as a list');
  if (wrong !== undefined) fail(wrong.pos[0], `this is not plain YAML: ${wrong.message}`);
  const written = (scalar: Scalar): void => {
    if (typeof scalar.value !== 'number' || scalar.source === String(scalar.value)) return;
    const message = `YAML reads \`${scalar.source}\` as the number ${scalar.value}; put it in quotes`;
    fail(start(scalar), message);
  };
  const offsets = new Map<string, number>();
  // An alias is not followed: what it stands for is located where the alias is.
  const open = new Set<Node>();
  const visit = (node: Node, path: string): void => {
    open.add(node);
    if (!offsets.has(path)) offsets.set(path, start(node));
    if (isScalar(node)) written(node);
    else if (isAlias(node)) {
      const named = node.resolve(document);
      if (named !== undefined && open.has(named))
        fail(start(node), `*${node.source} stands inside what it names; write it out`);
    } else if (isSeq<Node>(node)) {
      node.items.forEach((item, i) => {
        visit(item, `${path}[${i}]`);
      });
    } else if (isMap<Node, Node | null>(node)) {
      for (const { key, value } of node.items) {
        if (!isScalar(key)) fail(start(key), 'a list or an object stands as a key; write text');
        written(key);
        const where = `${path}.${key.value}`;
        offsets.set(where, start(key));
        if (value !== null) visit(value, where);
      }
    }
    open.delete(node);
  };
  if (document.contents !== null) visit(document.contents, root);

  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    fail(0, `the aliases of this YAML cannot be resolved: ${(error as Error).message}; write the values out`);
  }

  return {
    value,
    locate: (wanted) => {
      let known = wanted;
      while (!offsets.has(known) && known.length > root.length) {
        known = known.slice(0, Math.max(known.lastIndexOf('.'), known.lastIndexOf('['), root.length));
      }
      return at(offsets.get(known) ?? 0);
    },
  };
}

/** Deeper text than any case needs. */
const maximumDepth = 100;

/** What makes nodes of the text recurses; what takes it apart does not, and tells how deep it is. */
function tooDeep(text: string): boolean {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    for (const _ of parser.next(lexeme));
    if (parser.stack.length > maximumDepth) return true;
  }
  return false;
}

const start = (node: Node): number => node.range?.[0] ?? 0;
