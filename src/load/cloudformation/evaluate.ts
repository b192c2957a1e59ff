import { conditionValue, ifFunction } from './conditions.js';
import {
  cidrFunction,
  joinFunction,
  jsonFunction,
  lengthFunction,
  selectFunction,
  splitFunction,
  zonesFunction,
} from './list-functions.js';
import type { Intrinsic, Scope } from './scope.js';
import { openReferences, subFunction } from './substitute.js';
import { noValue, Undecided, type Value } from './symbolic.js';
import {
  attributeFunction,
  base64Function,
  importFunction,
  mapFunction,
  refFunction,
  stackOutputFunction,
  transformFunction,
} from './value-functions.js';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html */
const functions: ReadonlyMap<string, Intrinsic> = new Map<string, Intrinsic>([
  ['Ref', refFunction],
  ['Fn::GetAtt', attributeFunction],
  ['Fn::Sub', subFunction],
  ['Fn::Join', joinFunction],
  ['Fn::Select', selectFunction],
  ['Fn::Split', splitFunction],
  ['Fn::If', ifFunction],
  ['Fn::FindInMap', mapFunction],
  ['Fn::ImportValue', importFunction],
  ['Fn::GetStackOutput', stackOutputFunction],
  ['Fn::Base64', base64Function],
  ['Fn::Cidr', cidrFunction],
  ['Fn::GetAZs', zonesFunction],
  ['Fn::Length', lengthFunction],
  ['Fn::ToJsonString', jsonFunction],
  ['Fn::Transform', transformFunction],
  ...['Fn::Equals', 'Fn::And', 'Fn::Or', 'Fn::Not'].map((name): [string, Intrinsic] => [
    name,
    conditionValue(name),
  ]),
]);

const unknownFunction =
  (name: string): Intrinsic =>
  (scope, _argument, path) =>
    scope.undecided(`${name} at ${path}`, {
      code: 'unsupportedFunction',
      path,
      message: `${name} is no function that is known here`,
      hint: 'write the value out, or load the processed template',
    });

const isFunction = (name: string): boolean => name.startsWith('Fn::');

/** The value of a part of a template. Members and items without a value are left out. */
export function evaluateNode(scope: Scope, node: unknown, path: string): Value {
  if (typeof node === 'string') return openReferences(scope, node, path);
  if (typeof node === 'number' || typeof node === 'boolean') return node;
  if (node === null || node === undefined) return noValue;
  if (Array.isArray(node)) {
    return node.map((item, i) => scope.evaluate(item, `${path}[${i}]`)).filter((value) => value !== noValue);
  }
  // What the serverless transform could not write out.
  if (node instanceof Undecided) return node;
  const members = node as Record<string, unknown>;
  const names = Object.keys(members);
  const [only] = names;
  if (only !== undefined && names.length === 1 && (only === 'Ref' || isFunction(only)))
    return (functions.get(only) ?? unknownFunction(only))(scope, members[only], `${path}.${only}`);
  const stray = names.find(isFunction);
  if (stray !== undefined) {
    // A function beside other members: only macros are written so, and they change their neighbours.
    const intrinsic = stray === 'Fn::Transform' ? transformFunction : unknownFunction(stray);
    return intrinsic(scope, members[stray], `${path}.${stray}`);
  }
  const out: Record<string, Value> = Object.create(null);
  for (const name of names) {
    const value = scope.evaluate(members[name], `${path}.${name}`);
    if (value !== noValue) out[name] = value;
  }
  return out;
}
