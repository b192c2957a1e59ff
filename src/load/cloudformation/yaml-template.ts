import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type Scalar } from 'yaml';
import { InvalidInputError } from '../../account/error.js';
import type { Finding } from './symbolic.js';

/** What an alias stands for is written out again each time; no template needs this many values. */
const maximumValues = 1_000_000;

/**
 * Reads a template in YAML. Short tags become functions (`!GetAtt a.b` → `Fn::GetAtt`); a number whose text would change when it
 * is written again (an account id with a leading zero) and a date stay the text that they are.
 * @throws InvalidInputError with line and column
 */
export function readYamlTemplate(text: string, file: string, findings: Finding[]): unknown {
  const lines = new LineCounter();
  const fail = (offset: number, message: string, hint: string): never => {
    const { line, col } = lines.linePos(offset);
    const where = { line: Math.max(line, 1), column: Math.max(col, 1) };
    throw new InvalidInputError([{ path: file, code: 'ERR_IAM_INVALID_INPUT', message, hint, ...where }]);
  };
  const document = parse(text, lines, fail);
  const [wrong] = document.errors;
  if (wrong?.code === 'MULTIPLE_DOCS')
    fail(
      wrong.pos[0],
      'the text goes on in another document (`---`)',
      'write each template into a file of its own',
    );
  if (wrong !== undefined)
    fail(wrong.pos[0], `this is not YAML: ${wrong.message}`, 'write one whole template');

  const anchors = new Map<string, Node>();
  const open = new Set<Node>();
  let left = maximumValues;

  const read = (node: Node | null, path: string): unknown => {
    if (node === null) return null;
    if (left-- < 0) fail(start(node), 'the aliases of this YAML grow without end', 'write the values out');
    if (isAlias(node)) return readAlias(node.source, node, path);
    const { anchor } = node as { anchor?: string };
    if (anchor !== undefined) anchors.set(anchor, node);
    open.add(node);
    const value = isScalar(node)
      ? scalar(node)
      : isSeq<Node>(node)
        ? node.items.map((item, i) => read(item, `${path}[${i}]`))
        : members(node, path);
    open.delete(node);
    return tagged(node, value);
  };
  const readAlias = (name: string, node: Node, path: string): unknown => {
    const target = anchors.get(name);
    if (target === undefined) return fail(start(node), `*${name} names nothing`, 'write the value out');
    if (open.has(target))
      return fail(start(node), `*${name} stands inside what it names`, 'write the value out');
    return read(target, path);
  };
  const members = (node: Node, path: string): Record<string, unknown> => {
    const out: Record<string, unknown> = Object.create(null);
    if (!isMap<Node, Node | null>(node)) return fail(start(node), 'this is no value', 'write a value');
    const merged: unknown[] = [];
    for (const { key, value } of node.items) {
      const target = isAlias(key) ? anchors.get(key.source) : key;
      if (!isScalar(target))
        return fail(start(key ?? node), 'a list or an object stands as a key', 'write text');
      const name = keyText(target);
      const where = `${path}.${name}`;
      if (name === '<<' && target.type === 'PLAIN') {
        merged.push(read(value, where));
        continue;
      }
      if (Object.hasOwn(out, name)) {
        const { line } = lines.linePos(start(target));
        const message = `the member \`${name}\` stands twice (line ${line})`;
        findings.push({
          code: 'ambiguous',
          path: where,
          message,
          hint: 'the last one was taken; keep one of them',
        });
      }
      out[name] = read(value, where);
    }
    for (const source of merged.flat()) {
      if (typeof source !== 'object' || source === null) continue;
      for (const [name, value] of Object.entries(source)) if (!Object.hasOwn(out, name)) out[name] = value;
    }
    return out;
  };
  return read(document.contents, file);
}

function parse(
  text: string,
  lines: LineCounter,
  fail: (offset: number, message: string, hint: string) => never,
) {
  try {
    return parseDocument(text, {
      lineCounter: lines,
      version: '1.2',
      prettyErrors: false,
      uniqueKeys: false,
      logLevel: 'error',
    });
  } catch {
    // The parser recurses.
    return fail(0, 'the template is nested too deeply', 'a template needs about twenty levels');
  }
}

const start = (node: Node): number => node.range?.[0] ?? 0;

const keyText = (key: Scalar): string =>
  key.type === 'PLAIN' && key.source !== undefined ? key.source : String(key.value);

/** CloudFormation reads the booleans of YAML 1.1; numbers keep their digits, and dates are text. */
function scalar(node: Scalar): unknown {
  const { value, source, type, tag } = node;
  if (isShort(tag)) return value;
  if (type === 'PLAIN' && typeof value === 'string') {
    if (/^(?:yes|Yes|YES|on|On|ON)$/.test(value)) return true;
    if (/^(?:no|No|NO|off|Off|OFF)$/.test(value)) return false;
  }
  if (typeof value === 'number' || typeof value === 'bigint')
    return String(value) === source ? value : source;
  return value;
}

const isShort = (tag: string | undefined): tag is string => tag !== undefined && /^![A-Za-z]/.test(tag);

function tagged({ tag }: Node, value: unknown): unknown {
  if (!isShort(tag)) return value;
  const name = tag.slice(1);
  const out: Record<string, unknown> = Object.create(null);
  out[name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`] = value;
  return out;
}
