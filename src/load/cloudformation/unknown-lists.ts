import { isList, isObject, type Symbolic, UnknownTexts, type Value } from './symbolic.js';

/** Makes the hole that stands for a list at one place of a policy. */
export type ListHole = (list: UnknownTexts, path: string) => Symbolic;

/**
 * Operators that hold as soon as one of the values listed does. Of these one unknown value can say all that a list of unknown length can;
 * negated ones, and those for all values of a request, may need several.
 */
const anyOf =
  /^(?:ForAnyValue:)?(?:String(?:Equals(?:IgnoreCase)?|Like)|Arn(?:Equals|Like)|IpAddress)(?:IfExists)?$/i;

/**
 * A policy in which lists that are not known have become one entry each, where that entry loses nothing: as principals and resources of a
 * statement, and as values of conditions that one of them fulfils. A list may hold what two places ask for, so that each place has a hole
 * of its own. Of several principals that name one caller the closest decides, so that one is enough; not so in `NotPrincipal`, where all
 * that a caller is called by may have to stand together.
 */
export function openLists(document: Value | undefined, path: string, hole: ListHole): Value | undefined {
  if (!isObject(document)) return document;
  const { Statement: statements } = document;
  if (statements === undefined) return document;
  const where = `${path}.Statement`;
  const opened = isList(statements)
    ? statements.map((one, i) => statementOf(one, `${where}[${i}]`, hole))
    : statementOf(statements, where, hole);
  return { ...document, Statement: opened };
}

function statementOf(statement: Value, path: string, hole: ListHole): Value {
  if (!isObject(statement)) return statement;
  const { Principal: principal, Resource: resources, Condition: condition } = statement;
  return {
    ...statement,
    ...(isObject(principal) ? { Principal: listsOf(principal, `${path}.Principal`, hole) } : {}),
    ...(resources instanceof UnknownTexts ? { Resource: entries(resources, `${path}.Resource`, hole) } : {}),
    ...(isObject(condition) ? { Condition: conditionOf(condition, `${path}.Condition`, hole) } : {}),
  };
}

function conditionOf(condition: { readonly [name: string]: Value }, path: string, hole: ListHole): Value {
  const operators = Object.entries(condition).map(([operator, lines]): [string, Value] => {
    if (!anyOf.test(operator) || !isObject(lines)) return [operator, lines];
    return [operator, listsOf(lines, `${path}.${operator}`, hole)];
  });
  return Object.fromEntries(operators);
}

function listsOf(lists: { readonly [name: string]: Value }, path: string, hole: ListHole): Value {
  const opened = Object.entries(lists).map(([name, list]): [string, Value] => [
    name,
    list instanceof UnknownTexts ? entries(list, `${path}.${name}`, hole) : list,
  ]);
  return Object.fromEntries(opened);
}

const entries = (list: UnknownTexts, path: string, hole: ListHole): readonly Value[] => [
  ...list.known,
  hole(list, path),
];
