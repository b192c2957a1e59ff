import type { Scope } from './scope.js';
import {
  asText,
  type Finding,
  identityOf,
  knownStart,
  type SomeText,
  type Symbolic,
  Undecided,
  type Value,
} from './symbolic.js';

/**
 * One of several values, nobody knows which. Equal values are that value; texts become a hole; anything else stays undecided.
 * A hole holds no wildcard and no policy variable, so texts with these stay undecided too.
 */
export function either(scope: Scope, name: string, finding: Finding, values: readonly Value[]): Value {
  const [first] = values;
  const keys = new Set(values.map((value) => identityOf(value).key));
  if (first !== undefined && keys.size === 1) return first;
  const texts = values.map((value) => (value instanceof Undecided ? undefined : asText(value)));
  const simple = texts.every((text) => text !== undefined && !/[*?]|\$\{/.test(literal(text)));
  return simple && values.length > 0 ? scope.hole(name, finding) : scope.undecided(name, finding, values);
}

const literal = (text: string | Symbolic): string =>
  typeof text === 'string' ? text : text.pieces.filter((piece) => typeof piece === 'string').join('\n');

/**
 * Whether two texts may be the same because a function chooses one of them. Parameters, imports and the like are not meant: they name
 * what is outside of the template.
 */
export const mayBe = (text: SomeText, other: SomeText): boolean =>
  (isChosen(text) || isChosen(other)) && equal(text, other) === undefined;

const isChosen = (text: SomeText): boolean =>
  typeof text !== 'string' &&
  text.pieces.some(
    (piece) => typeof piece !== 'string' && /(?:^|\/)Fn::(?!ImportValue|GetStackOutput)/.test(piece.hole),
  );

/** Whether two values are equal; undefined when that depends on what is not known. */
export function equal(a: Value, b: Value): boolean | undefined {
  const [left, right] = [identityOf(a), identityOf(b)];
  if (left.key === right.key) return true;
  if (!left.open && !right.open) return false;
  const [one, other] = [asText(a), asText(b)];
  if (one === undefined || other === undefined) return undefined;
  const [start, begin] = [knownStart(one), knownStart(other)];
  const shorter = Math.min(start.length, begin.length);
  return start.slice(0, shorter) === begin.slice(0, shorter) ? undefined : false;
}
