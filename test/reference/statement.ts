import type { Context } from './caller.js';
import { listed, type Scalar, type Statement } from './documents.js';
import type { Char } from './values.js';
import * as values from './values.js';

/** What a statement is read against; `variables` is whether its document has any (L4: 2012-10-17 only). */
export interface Asked {
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
  readonly variables: boolean;
}

/** L57–L64: the pattern with its variables filled in literally, or undefined for no value. */
function substitute(pattern: string, asked: Asked): Char[] | undefined {
  const [found, key = '', fallback] =
    (asked.variables && /\$\{([^},]*)(?:, '([^}]*)')?\}/.exec(pattern)) || [];
  if (found === undefined) return values.chars(pattern);
  const at = pattern.indexOf(found);
  const held = asked.context.get(values.fold(key)) ?? [];
  // L60, U11: several values, or the empty one, are as good as none.
  const value = held.length === 1 && held[0] !== '' ? held[0] : fallback;
  const filled = ['*', '?', '$'].includes(key) ? key : value;
  const rest = substitute(pattern.slice(at + found.length), asked);
  if (filled === undefined || rest === undefined) return undefined;
  return [...values.chars(pattern.slice(0, at)), ...values.chars(filled, true), ...rest];
}

/** L23–L29: the prefix is compared as it is, the name may hold wildcards. */
function matchesAction(pattern: string, action: string): boolean {
  if (pattern === '*' || pattern === '*:*') return true;
  const [prefix, name = ''] = values.fold(pattern).split(':');
  const [askedPrefix, askedName = ''] = values.fold(action).split(':');
  return prefix === askedPrefix && values.glob(values.chars(name), askedName);
}

/** L31–L42, U1: part by part; a star crosses a colon only in the sixth part or as the end of the pattern. */
function matchesResource(pattern: string, asked: Asked): boolean {
  if (pattern === '*' || asked.resource === '*') return pattern === asked.resource || pattern === '*';
  const parts = values.arnParts(pattern, asked.variables);
  while (parts.length < 6) parts.push('*');
  return values.arnParts(asked.resource).every((part, index) => {
    // L65, U9: no variables before the fifth colon.
    const own = parts[index] ?? '';
    return values.glob(index === 5 ? substitute(own, asked) : values.chars(own), part);
  });
}

/** L85: both are ARNs of six parts; any part of the pattern may hold a variable (L65). */
function matchesArn(pattern: string, value: string, asked: Asked): boolean {
  const parts = values.arnParts(pattern, asked.variables);
  const own = values.arnParts(value);
  if (parts.length !== 6 || own.length !== 6 || own[0] !== 'arn') return false;
  return parts.every((part, index) => values.glob(substitute(part, asked), own[index] ?? ''));
}

const orders: Record<string, (order: number) => boolean> = {
  Equals: (order) => order === 0,
  LessThan: (order) => order < 0,
  LessThanEquals: (order) => order <= 0,
  GreaterThan: (order) => order > 0,
  GreaterThanEquals: (order) => order >= 0,
};

/** One positive operator on one value of the request and one of the policy (L76–L85). */
function matchesValue(operator: string, pattern: string, value: string, asked: Asked): boolean {
  const filled = substitute(pattern, asked);
  const text = filled && values.plain(filled);
  switch (operator) {
    case 'StringEquals':
      return text === value;
    case 'StringEqualsIgnoreCase':
      return text !== undefined && values.foldUnicode(text) === values.foldUnicode(value);
    case 'StringLike':
      return values.glob(filled, value);
    case 'ArnEquals':
    case 'ArnLike':
      return matchesArn(pattern, value, asked);
    case 'Bool':
      // U10: variables are read here; U16: letter case is not.
      return /^(true|false)$/i.test(value) && values.fold(value) === values.fold(text ?? '');
    case 'BinaryEquals':
      return values.sameBytes(pattern, value);
    case 'IpAddress':
      return values.inRange(value, pattern);
    default: {
      const read = operator.startsWith('Date') ? values.date : values.decimal;
      const [left, right] = [read(value), read(pattern)];
      const fits = orders[operator.replace(/^(Date|Numeric)/, '')];
      if (fits === undefined) throw new Error(`no such operator: ${operator}`);
      return left !== undefined && right !== undefined && fits(values.compare(left, right));
    }
  }
}

/** L66–L95: one operator on one key. */
function holds(name: string, key: string, wanted: readonly Scalar[], asked: Asked): boolean {
  const held = asked.context.get(values.fold(key)) ?? [];
  const missing = held.length === 0;
  const [, quantifier, rest = ''] = /^(?:(ForAllValues|ForAnyValue):)?(.*)$/.exec(name) ?? [];
  const operator = rest.replace(/IfExists$/, '');
  if (operator === 'Null') {
    // L86: presence is what counts, not the value.
    if (quantifier !== undefined) return quantifier === 'ForAllValues';
    return wanted.some((value) => values.fold(String(value)) === String(missing));
  }
  // L66: the positive twin with OR, or its exact negation (NOR).
  const positive = operator.replace('Not', '');
  const negated = positive !== operator;
  const satisfies = (value: string): boolean =>
    negated !== wanted.some((pattern) => matchesValue(positive, String(pattern), value, asked));
  // L88–L90: with a set operator IfExists has no effect of its own.
  if (quantifier === 'ForAllValues') return held.every(satisfies);
  if (quantifier === 'ForAnyValue') return held.some(satisfies);
  // L72, L87
  if (missing) return rest !== operator || negated;
  // L75, U6: several values without a set operator.
  return held.length > 1 ? negated : satisfies(held[0] ?? '');
}

/** Whether all parts of a statement but its principal match (L13). */
export function applies(statement: Statement, asked: Asked): boolean {
  const action = (pattern: string): boolean => matchesAction(pattern, asked.action);
  const resource = (pattern: string): boolean => matchesResource(pattern, asked);
  const { Action, NotAction, Resource, NotResource } = statement;
  if (Action !== undefined && !listed(Action).some(action)) return false;
  // L30, L41
  if (NotAction !== undefined && listed(NotAction).some(action)) return false;
  if (Resource !== undefined && !listed(Resource).some(resource)) return false;
  if (NotResource !== undefined && listed(NotResource).some(resource)) return false;
  return Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => holds(operator, key, listed(wanted), asked)),
  );
}
