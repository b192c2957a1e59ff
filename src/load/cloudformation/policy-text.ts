import type { Issue } from '../../error.js';
import { readJson } from '../../policy/json.js';
import { concat, isList, isObject, type SomeText, Symbolic, type Value } from './symbolic.js';

/** Characters of private use stand for holes while JSON text is read. */
const [open, close] = ['\uE000', '\uE001'];

/** Reads JSON text in which holes stand inside of strings; undefined when that cannot be read. */
export function readPolicyText(text: SomeText): Value | undefined {
  const pieces = typeof text === 'string' ? [text] : text.pieces;
  if (pieces.some((piece) => typeof piece === 'string' && /[\uE000\uE001]/.test(piece))) return undefined;
  const marked = pieces
    .map((piece, i) => (typeof piece === 'string' ? piece : `${open}${i}${close}`))
    .join('');
  const issues: Issue[] = [];
  const json = readJson(marked.trim(), 'policy', issues);
  if (json === undefined || issues.length > 0) return undefined;
  const fine = { value: true };
  const opened = (value: unknown): Value => {
    if (typeof value === 'string') return openText(value, pieces);
    if (Array.isArray(value)) return value.map(opened);
    // Nothing in IAM is null.
    if (value === null) fine.value = false;
    if (typeof value !== 'object' || value === null) return value as Value;
    const out: Record<string, Value> = Object.create(null);
    for (const [key, member] of Object.entries(value)) {
      if (key.includes(open!)) fine.value = false;
      out[key] = opened(member);
    }
    return out;
  };
  const value = opened(json.value);
  return fine.value && (isObject(value) || isList(value)) ? value : undefined;
}

function openText(text: string, pieces: Symbolic['pieces']): SomeText {
  if (!text.includes(open!)) return text;
  const parts = text.split(/\uE000(\d+)\uE001/);
  return concat(parts.map((part, i) => (i % 2 === 0 ? part : new Symbolic([pieces[Number(part)]!]))));
}
