import type { JSONVisitor } from 'jsonc-parser';
// The whole package is a module of another kind, which bundles for Node cannot hold.
import { visit } from 'jsonc-parser/lib/esm/impl/parser.js';
import { InvalidInputError } from '../account/error.js';
import type { IamErrorCode } from '../error.js';

/** Text beyond this is not searched for members that stand twice: it was written by a program, not by hand. */
const maximumSearched = 8_000_000;
/** Deeper text than any file of AWS; the search for positions recurses. */
const maximumDepth = 500;

/**
 * JSON text, read; a value that is no text stays as it is. Of text, errors carry line and column, and members that stand twice are
 * errors.
 * @throws InvalidInputError
 */
export function readJsonInput(input: unknown, path = 'input'): unknown {
  if (typeof input !== 'string') return input;
  const text = input.startsWith('\uFEFF') ? input.slice(1) : input;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse(text, path);
  }
  if (text.length <= maximumSearched && depthOf(value) <= maximumDepth) refuseDuplicates(text, path);
  return value;
}

function refuse(text: string, path: string): never {
  const empty = text.trim() === '';
  const truncated = /^\s*[[{]/.test(text) && !/[\]}]\s*$/.test(text);
  const message = empty
    ? 'the text is empty'
    : truncated
      ? 'the text is not JSON: it ends too early'
      : 'the text is not JSON';
  const hint = truncated ? 'write the whole file' : 'pass the output of the command as it is';
  fail(path, 'ERR_IAM_JSON', message, hint, empty ? {} : firstError(text));
}

function firstError(text: string): { line?: number; column?: number } {
  let at: { line: number; column: number } | undefined;
  try {
    const onError: JSONVisitor['onError'] = (_error, _offset, _length, line, column) => {
      at ??= { line: line + 1, column: column + 1 };
    };
    visit(text, { onError }, { disallowComments: true, allowTrailingComma: false });
  } catch {
    // Nested too deeply for a position.
  }
  return at ?? {};
}

function refuseDuplicates(text: string, path: string): void {
  const open: Set<string>[] = [];
  visit(text, {
    onObjectBegin: () => {
      open.push(new Set());
    },
    onObjectEnd: () => {
      open.pop();
    },
    onObjectProperty: (name, _offset, _length, line, column) => {
      const names = open.at(-1)!;
      if (names.has(name)) {
        const message = `the member \`${name.slice(0, 100)}\` stands twice in one object`;
        fail(path, 'ERR_IAM_DUPLICATE_MEMBER', message, 'keep one of them', {
          line: line + 1,
          column: column + 1,
        });
      }
      names.add(name);
    },
  });
}

function depthOf(value: unknown): number {
  let level: unknown[] = [value];
  let depth = 0;
  while (level.length > 0 && depth <= maximumDepth) {
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
    depth++;
  }
  return depth;
}

function fail(
  path: string,
  code: IamErrorCode,
  message: string,
  hint: string,
  at: { line?: number; column?: number },
): never {
  throw new InvalidInputError([{ path, code, message, hint, ...at }]);
}

/** Input that is JSON but not of the form that a loader reads. */
export function refuseForm(path: string, message: string, hint: string): never {
  fail(path, 'ERR_IAM_INVALID_INPUT', message, hint, {});
}

export type Members = Readonly<Record<string, unknown>>;

/** A member of an object's own, or undefined. */
export function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Members)[name]
    : undefined;
}

export const textMember = (value: unknown, name: string): string | undefined => {
  const found = member(value, name);
  return typeof found === 'string' ? found : undefined;
};

/** A list; a missing one is empty, a single object stands for a list of one. Undefined for what is neither. */
export function listOf(value: unknown): readonly unknown[] | undefined {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  return typeof value === 'object' ? [value] : undefined;
}

/** `[{ Key, Value }]`, or an object of values. Undefined for what is neither. */
export function tagsOf(value: unknown): Readonly<Record<string, string>> | undefined {
  if (value === undefined || value === null) return {};
  const pairs: [string, unknown][] = Array.isArray(value)
    ? value.map((one) => [
        textMember(one, 'Key') ?? textMember(one, 'key') ?? '',
        member(one, 'Value') ?? member(one, 'value'),
      ])
    : typeof value === 'object'
      ? Object.entries(value)
      : [['', undefined]];
  const texts = pairs.map(([key, text]): [string, string] => [
    key,
    typeof text === 'string' ? text : String(text ?? ''),
  ]);
  return texts.some(([key]) => key === '') ? undefined : Object.fromEntries(texts);
}
