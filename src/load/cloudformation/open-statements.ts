import { type Finding, isList, isObject, noValue, Symbolic, Undecided, type Value } from './symbolic.js';

interface ValueMap {
  readonly [name: string]: Value;
}

/** Makes the hole that stands for what is not known at one place of a policy. */
export type PlaceHole = (path: string, finding: Finding) => Symbolic;

/** `Null` of this key, with a hole as its value, holds or does not hold, whatever the request carries. */
const anyKey = 'aws:PrincipalType';

/**
 * A policy in which parts that are not known have become conditions of their statements that may hold or not: a condition, a line of it,
 * or a statement that another condition of the template chooses. Each says more than it could: an answer that is certain stays right.
 */
export function openStatements(
  document: Value | undefined,
  path: string,
  hole: PlaceHole,
): Value | undefined {
  if (!isObject(document)) return document;
  const { Statement: statements } = document;
  if (statements === undefined) return document;
  const where = `${path}.Statement`;
  if (!isList(statements)) return { ...document, Statement: withKnownParts(statements, where, hole) };
  const all = statements.flatMap((one, i) => chosenOf(one, `${where}[${i}]`, hole));
  return { ...document, Statement: all };
}

/** The statements that one place may hold. */
function chosenOf(statement: Value, path: string, hole: PlaceHole): readonly Value[] {
  if (!(statement instanceof Undecided)) return [withKnownParts(statement, path, hole)];
  const { alternatives, finding } = statement;
  const written = alternatives.filter((one) => one !== noValue);
  if (written.length === 0 || !written.every(isObject)) return [statement];
  return written.map((one, i) => {
    const place = written.length > 1 ? `${path} (${i + 1})` : path;
    return (
      maybe(withKnownParts(one, place, hole) as ValueMap, hole(`${place} not there`, finding)) ?? statement
    );
  });
}

function withKnownParts(statement: Value, path: string, hole: PlaceHole): Value {
  if (!isObject(statement) || statement.Condition === undefined) return statement;
  const place = `${path}.Condition`;
  const { known, finding } = knownPart(statement.Condition, place);
  if (finding === undefined) return statement;
  return maybe({ ...statement, Condition: known }, hole(`${place} not met`, finding)) ?? statement;
}

/** The lines of a condition that are known, and why others are not. */
function knownPart(condition: Value, path: string): { known: ValueMap; finding: Finding | undefined } {
  if (!isObject(condition)) return { known: {}, finding: reasonOf(condition, path) };
  let finding: Finding | undefined;
  const operators = Object.entries(condition).flatMap(([operator, lines]): [string, Value][] => {
    const lost = reasonOf(lines, path);
    finding ??= lost;
    if (lost !== undefined) return [];
    if (!isObject(lines)) return [[operator, lines]];
    const kept = Object.entries(lines).filter(([, values]) => {
      const open = [values, ...(isList(values) ? values : [])].find((one) => one instanceof Undecided);
      finding ??= open === undefined ? undefined : reasonOf(open, path);
      return open === undefined;
    });
    return kept.length === 0 && Object.keys(lines).length > 0 ? [] : [[operator, Object.fromEntries(kept)]];
  });
  return { known: Object.fromEntries(operators), finding };
}

/** Why a value is not known where a condition has an object. */
function reasonOf(value: Value, path: string): Finding | undefined {
  if (value instanceof Undecided) return value.finding;
  if (!(value instanceof Symbolic)) return undefined;
  const message = 'the condition of a statement is known only after deployment';
  const hint = 'write it out, or give the values it is made of';
  return { code: 'unresolvedReference', path, message, hint };
}

/** The statement with one condition more; undefined where that cannot be written. */
function maybe(statement: ValueMap, open: Symbolic): Value | undefined {
  const { Condition: condition = {} } = statement;
  if (!isObject(condition)) return undefined;
  const { Null: lines = {} } = condition;
  if (!isObject(lines)) return undefined;
  if (Object.keys(lines).some((key) => key.toLowerCase() === anyKey.toLowerCase())) return undefined;
  return { ...statement, Condition: { ...condition, Null: { ...lines, [anyKey]: open } } };
}
