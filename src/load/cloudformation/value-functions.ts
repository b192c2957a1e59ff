import { either } from './either.js';
import { type Intrinsic, malformed, type Scope } from './scope.js';
import { asPlain, asText, type Value } from './symbolic.js';
import { nameOf } from './value-name.js';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const refFunction: Intrinsic = (scope, argument, path) => {
  const name = asPlain(scope.evaluate(argument, path));
  if (name !== undefined) return scope.reference(name, path);
  return scope.undecided(`Ref at ${path}`, malformed(path, 'Ref names nothing', 'write a logical id'));
};

/** `Fn::GetAtt`, as `Id.Attribute` or as a list. */
export const attributeFunction: Intrinsic = (scope, argument, path) => {
  const parts = (Array.isArray(argument) ? argument : [argument]).map((part) =>
    asPlain(scope.evaluate(part, path)),
  );
  const whole = parts.every((part) => part !== undefined) ? parts.join('.') : '';
  const dot = whole.indexOf('.');
  if (dot > 0) return scope.attribute(whole.slice(0, dot), whole.slice(dot + 1), path);
  const finding = malformed(path, 'Fn::GetAtt names no attribute', 'write a logical id and an attribute');
  return scope.undecided(`Fn::GetAtt at ${path}`, finding);
};

/**
 * `Fn::FindInMap`. With keys that are not known it is one of all values that they can select.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-findinmap.html
 */
export const mapFunction: Intrinsic = (scope, argument, path) => {
  const list: readonly unknown[] = Array.isArray(argument) ? argument : [];
  const keys = list.slice(0, 3).map((part, i) => scope.evaluate(part, `${path}[${i}]`));
  const options = isRecord(list[3]) ? list[3] : {};
  const name = `Fn::FindInMap(${keys.map(nameOf).join(', ')})`;
  const map = asPlain(keys[0]);
  const found = map === undefined ? [] : entries(entries([scope.mapping(map)], keys[1]), keys[2]);
  const values = found.map((one) => scope.evaluate(one, path));
  if (values.length === 1 && keys.every((key) => asPlain(key) !== undefined)) return values[0]!;
  if (
    keys.length === 3 &&
    keys.every((key) => asPlain(key) !== undefined) &&
    Object.hasOwn(options, 'DefaultValue')
  )
    return scope.evaluate(options.DefaultValue, `${path}[3].DefaultValue`);
  if (Object.hasOwn(options, 'DefaultValue'))
    values.push(scope.evaluate(options.DefaultValue, `${path}[3].DefaultValue`));
  const known = keys.length === 3 && keys.every((key) => asText(key) !== undefined);
  if (known && values.length > 0) {
    const message = 'the key into the mapping is not known';
    const hint = 'give values to the parameters it is made of';
    return either(scope, name, { code: 'missingValue', path, message, hint }, values);
  }
  const nothing = `nothing stands in the mapping for ${name}`;
  const finding = map === undefined && keys[0] !== undefined ? scope.reasonOf(keys[0]) : undefined;
  return scope.undecided(name, finding ?? malformed(path, nothing, 'add the key, or a DefaultValue'));
};

/** The members of all maps that a key can name. */
function entries(maps: readonly unknown[], key: Value | undefined): unknown[] {
  const plain = asPlain(key);
  return maps
    .filter(isRecord)
    .flatMap((map) =>
      plain === undefined ? Object.values(map) : Object.hasOwn(map, plain) ? [map[plain]] : [],
    );
}

export const importFunction: Intrinsic = (scope, argument, path) => {
  const value = scope.evaluate(argument, path);
  const name = asPlain(value);
  const given = name === undefined ? undefined : scope.given('import', name);
  if (given !== undefined) return given;
  // Which export it is has to be known first.
  if (name === undefined)
    return scope.hole(`Fn::ImportValue(<${nameOf(value)}>)`, scope.reasonOf(value) ?? unknownName(path));
  return scope.hole(`Fn::ImportValue(${name})`, {
    code: 'missingValue',
    path,
    message: `the export ${name} of another stack is not known`,
    hint: `give its value: imports: { '${name}': … }`,
  });
};

const unknownName = (path: string) =>
  ({
    code: 'missingValue',
    path,
    message: 'the name of what another stack gives is not known',
    hint: 'give the values it is made of',
  }) as const;

/**
 * `Fn::GetStackOutput`, given as `stack.Output`. An app knows the outputs of its own stacks, by the region too.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html
 */
export const stackOutputFunction: Intrinsic = (scope, argument, path) => {
  const members = isRecord(argument) ? argument : {};
  const [stack, output, region = scope.settings.region, role] = [
    'StackName',
    'OutputName',
    'Region',
    'RoleArn',
  ].map((name) =>
    members[name] === undefined ? undefined : scope.evaluate(members[name], `${path}.${name}`),
  );
  if (stack === undefined || output === undefined)
    return scope.undecided(
      `Fn::GetStackOutput at ${path}`,
      malformed(path, 'Fn::GetStackOutput names no output', 'write StackName and OutputName'),
    );
  const [stackName, outputName] = [asPlain(stack), asPlain(output)];
  const name = stackName === undefined || outputName === undefined ? undefined : `${stackName}.${outputName}`;
  const place = asPlain(region);
  const found =
    name === undefined
      ? undefined
      : (scope.given('import', name) ??
        // The role may be one of another account.
        (role === undefined && place !== undefined
          ? scope.given('import', outputKey(place, name))
          : undefined));
  if (found !== undefined) return found;
  const shown = name ?? `<${nameOf([stack, output])}>`;
  const where = [members.Region, members.RoleArn].some((one) => one !== undefined)
    ? `, ${nameOf([region, role ?? ''])}`
    : '';
  const whole = `Fn::GetStackOutput(${shown}${where})`;
  if (name === undefined)
    return scope.hole(whole, scope.reasonOf(stack) ?? scope.reasonOf(output) ?? unknownName(path));
  return scope.hole(whole, {
    code: 'missingValue',
    path,
    message: `the output ${name} of another stack is not known`,
    hint: `give its value: imports: { '${name}': … }`,
  });
};

/** How an app calls the output of one of its stacks: no export is called so. */
export const outputKey = (region: string, name: string): string => `${region} ${name}`;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** `Fn::Base64`, of text as UTF-8. */
export const base64Function: Intrinsic = (scope, argument, path) => {
  const value = scope.evaluate(argument, path);
  const text = asPlain(value);
  if (text === undefined || /\p{Surrogate}/u.test(text)) return unknownText(scope, 'Fn::Base64', value, path);
  const bytes = [...encodeURIComponent(text).matchAll(/%(..)|[^%]/g)].map(([all, hex]) =>
    hex === undefined ? all.charCodeAt(0) : Number.parseInt(hex, 16),
  );
  let out = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b, c] = [bytes[i]!, bytes[i + 1], bytes[i + 2]];
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    out += `${alphabet[bits >> 18]}${alphabet[(bits >> 12) & 63]}`;
    out +=
      b === undefined ? '==' : `${alphabet[(bits >> 6) & 63]}${c === undefined ? '=' : alphabet[bits & 63]}`;
  }
  return out;
};

function unknownText(scope: Scope, name: string, value: Value, path: string): Value {
  const message = `${name} is made of values that are not known`;
  return scope.hole(`${name}(${nameOf(value)})`, {
    code: 'missingValue',
    path,
    message,
    hint: 'give the values it is made of',
  });
}

/** A macro runs in AWS and may return anything. */
export const transformFunction: Intrinsic = (scope, argument, path) => {
  const macro = isRecord(argument) ? asPlain(scope.evaluate(argument.Name ?? '', path)) : undefined;
  return scope.undecided(`Fn::Transform at ${path}`, {
    code: 'unsupportedFunction',
    path,
    message: `the macro ${macro ?? 'here'} runs only in AWS`,
    hint: 'load the processed template (aws cloudformation get-template --template-stage Processed)',
  });
};
