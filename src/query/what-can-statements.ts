import type { Text } from '../account/estate-data.js';
import { asciiLower } from '../value/ascii.js';

/** What a statement speaks of, as it is written. */
export interface SpokenOf {
  readonly allow: boolean;
  /** `NotAction` */
  readonly negated: boolean;
  readonly actions: readonly Text[];
  /** Entries of `Resource`; none where the statement has `NotResource` or hangs on its resource. */
  readonly resources: readonly Text[];
  /** Entries of `NotResource`. */
  readonly spared: readonly Text[];
  /** Condition keys and those of policy variables, in lower case. */
  readonly keys: readonly string[];
}

type Members = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null;
const listOf = (value: unknown): readonly Text[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as Text];

/** All statements of the policies of an evaluation, of whatever kind. That they can be read was seen when they were linked. */
export function statementsIn(policies: unknown): readonly SpokenOf[] {
  if (Array.isArray(policies)) return policies.flatMap(statementsIn);
  if (!isObject(policies)) return [];
  if ('document' in policies) return inDocument(policies.document);
  return Object.values(policies).flatMap(statementsIn);
}

function inDocument(document: unknown): readonly SpokenOf[] {
  const read: unknown = typeof document === 'string' ? JSON.parse(document) : document;
  const statements = isObject(read) ? read.Statement : [];
  return (Array.isArray(statements) ? statements : [statements]).filter(isObject).map((statement) => {
    const resources = listOf(statement.Resource);
    const spared = listOf(statement.NotResource);
    const lines = Object.values(isObject(statement.Condition) ? statement.Condition : {})
      .filter(isObject)
      .flatMap((keys) => Object.entries(keys));
    const texts = [...resources, ...spared, ...lines.flatMap(([, values]) => listOf(values))];
    return {
      allow: statement.Effect === 'Allow',
      negated: statement.NotAction !== undefined,
      actions: listOf(statement.Action ?? statement.NotAction),
      resources,
      spared,
      keys: [...lines.map(([key]) => key), ...texts.flatMap(variablesIn)].map(asciiLower),
    };
  });
}

/** The keys of the policy variables in a text; a value of a condition may be no text. */
const variablesIn = (text: Text): readonly string[] =>
  [...JSON.stringify(text).matchAll(/\$\{([^,}]+)/g)].map(([, key]) => key!);
