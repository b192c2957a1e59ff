import { either, equal } from './either.js';
import type { Intrinsic, Scope } from './scope.js';
import type { Value } from './symbolic.js';
import { nameOf } from './value-name.js';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Whether a condition of the template holds; undefined when that depends on what is not known.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-conditions.html
 */
export function decide(scope: Scope, node: unknown, path: string): boolean | undefined {
  if (typeof node === 'boolean') return node;
  if (node === 'true' || node === 'false') return node === 'true';
  if (!isRecord(node)) return undefined;
  const [name, ...more] = Object.keys(node);
  if (name === undefined || more.length > 0) return undefined;
  const argument = node[name];
  const where = `${path}.${name}`;
  if (name === 'Condition')
    return typeof argument === 'string' ? scope.condition(argument, where) : undefined;
  if (!Array.isArray(argument)) return undefined;
  const each = () => argument.map((item, i) => decide(scope, item, `${where}[${i}]`));
  if (name === 'Fn::And') return every(each());
  if (name === 'Fn::Or') return not(every(each().map(not)));
  if (name === 'Fn::Not' && argument.length === 1) return not(each()[0]);
  if (name === 'Fn::Equals' && argument.length === 2) {
    return equal(scope.evaluate(argument[0], `${where}[0]`), scope.evaluate(argument[1], `${where}[1]`));
  }
  return undefined;
}

const not = (value: boolean | undefined): boolean | undefined => (value === undefined ? undefined : !value);

function every(values: readonly (boolean | undefined)[]): boolean | undefined {
  if (values.includes(false)) return false;
  return values.includes(undefined) ? undefined : true;
}

/** `Fn::If`: one of its branches; both when the condition depends on what is not known. */
export const ifFunction: Intrinsic = (scope, argument, path) => {
  const list = Array.isArray(argument) ? argument : [];
  const [condition, yes, no] = list;
  const name =
    typeof condition === 'string' ? condition : isRecord(condition) ? condition.Condition : undefined;
  if (list.length !== 3 || typeof name !== 'string') {
    const hint = 'write the name of a condition and two values';
    return scope.undecided(`Fn::If at ${path}`, {
      code: 'malformed',
      path,
      message: 'Fn::If is not written as a condition and two values',
      hint,
    });
  }
  const holds = scope.condition(name, path);
  if (holds !== undefined) return scope.evaluate(holds ? yes : no, `${path}[${holds ? 1 : 2}]`);
  const values = [scope.evaluate(yes, `${path}[1]`), scope.evaluate(no, `${path}[2]`)];
  return either(
    scope,
    `Fn::If(${name}, ${values.map(nameOf).join(', ')})`,
    undecidedCondition(name, path),
    values,
  );
};

export const undecidedCondition = (name: string, path: string) =>
  ({
    code: 'missingValue',
    path,
    message: `whether the condition ${name} holds depends on values that are not known`,
    hint: 'give values to the parameters it compares',
  }) as const;

/** The functions that make conditions, where a value is wanted. */
export const conditionValue =
  (name: string): Intrinsic =>
  (scope, argument, path): Value => {
    const holds = decide(scope, { [name]: argument }, path.slice(0, -name.length - 1));
    if (holds !== undefined) return holds;
    return scope.hole(`${name} at ${path}`, undecidedCondition(name, path));
  };
