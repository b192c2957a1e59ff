import type { Scope } from './scope.js';
import { dynamicReference } from './substitute.js';
import { asPlain, noValue, type Value } from './symbolic.js';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isListType = (type: string): boolean =>
  /^(?:CommaDelimitedList$|List<)|<(?:List<|CommaDelimitedList)/.test(type);

/**
 * The value of a parameter: the caller's, or its default, or a hole. The value of an SSM type is the name of a parameter in
 * Parameter Store; what stands there is known only to AWS.
 */
export function parameterValue(
  scope: Scope,
  name: string,
  declaration: unknown,
  given: Value | undefined,
  path: string,
): Value {
  const members = isRecord(declaration) ? declaration : {};
  const type = typeof members.Type === 'string' ? members.Type : 'String';
  const value = given ?? scope.evaluate(members.Default, `${path}.Default`);
  const missing = {
    code: 'missingValue',
    path,
    message: `the parameter ${name} has no value`,
    hint: `give one: parameters: { ${name}: … }`,
  } as const;
  if (type.startsWith('AWS::SSM::Parameter::Value<')) {
    const stored = asPlain(value);
    if (stored === undefined)
      return isListType(type) ? scope.unknownTexts(name, missing) : scope.hole(name, missing);
    const reference = `{{resolve:ssm:${stored}}}`;
    const known = scope.given('reference', reference);
    if (!isListType(type)) return known ?? dynamicReference(scope, reference, path);
    if (known !== undefined) return list(known);
    const message = `the list in Parameter Store at ${stored} is known only to AWS`;
    const hint = `give its value: parameters: { '${reference}': … }`;
    return scope.unknownTexts(reference, { ...missing, message, hint });
  }
  if (value === noValue)
    return isListType(type) ? scope.unknownTexts(name, missing) : scope.hole(name, missing);
  return isListType(type) ? list(value) : value;
}

/** Comma separated text as the list that it is. */
function list(value: Value): Value {
  const text = asPlain(value);
  return text === undefined ? value : text.split(',').map((item) => item.trim());
}
