import { isText, textWords } from '../account/text.js';
import { isPlainObject } from '../value/plain.js';
import type { WrittenStatement } from './places.js';

/** A value as it stands in a statement: an action, a resource, a principal, or a value of a condition. */
export interface WrittenValue {
  /** `Action`, `Principal AWS`, `Condition StringEquals aws:SourceVpce` … */
  readonly element: string;
  /** Path within the statement. */
  readonly path: string;
  readonly text: string;
}

const elements = ['Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource'] as const;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** What is no text stands in a policy that is malformed. */
const words = (value: unknown): string => (isText(value) ? textWords(value) : String(JSON.stringify(value)));

const valuesAt = (value: unknown, element: string, path: string): readonly WrittenValue[] =>
  listOf(value).map((one, i) => ({
    element,
    path: Array.isArray(value) ? `${path}[${i}]` : path,
    text: words(one),
  }));

/** All values of one element of a statement, in the order of its text. */
export function valuesOf(statement: WrittenStatement, element: string): readonly WrittenValue[] {
  if (!Object.hasOwn(statement, element)) return [];
  const value = statement[element];
  if (!element.endsWith('Principal') || !isPlainObject(value)) return valuesAt(value, element, element);
  return Object.entries(value).flatMap(([type, names]) =>
    valuesAt(names, `${element} ${type}`, `${element}.${type}`),
  );
}

/** The values of each condition line, in the order of its text; keys as they are written. */
export function conditionLines(
  statement: WrittenStatement,
): readonly { readonly operator: string; readonly key: string; readonly values: readonly WrittenValue[] }[] {
  if (!isPlainObject(statement.Condition)) return [];
  return Object.entries(statement.Condition).flatMap(([operator, keys]) =>
    Object.entries(isPlainObject(keys) ? keys : {}).map(([key, value]) => ({
      operator,
      key,
      values: valuesAt(value, `Condition ${operator} ${key}`, `Condition.${operator}.${key}`),
    })),
  );
}

/** Every value of a statement. */
export const allValues = (statement: WrittenStatement): readonly WrittenValue[] => [
  ...elements.flatMap((element) => valuesOf(statement, element)),
  ...conditionLines(statement).flatMap(({ values }) => values),
];
