import { cidrBlocks } from './cidr.js';
import { either } from './either.js';
import { isStackIdEnd, stackIdEnd } from './pseudo-parameters.js';
import { type Intrinsic, malformed, type Scope } from './scope.js';
import { inText, openReferences } from './substitute.js';
import {
  asPlain,
  asText,
  concat,
  type Finding,
  isList,
  isObject,
  knownStart,
  type SomeText,
  Symbolic,
  Undecided,
  type Value,
} from './symbolic.js';
import { nameOf } from './value-name.js';

const items = (argument: unknown): readonly unknown[] => (Array.isArray(argument) ? argument : []);

const wrong = (scope: Scope, name: string, path: string, hint: string): Undecided =>
  scope.undecided(`${name} at ${path}`, malformed(path, `${name} is not written as it must be`, hint));

const notKnown = (path: string, what: string) =>
  ({
    code: 'missingValue',
    path,
    message: `${what} is not known`,
    hint: 'give the values it is made of',
  }) as const;

export const joinFunction: Intrinsic = (scope, argument, path) => {
  const [delimiter, list] = items(argument);
  if (typeof delimiter !== 'string' || list === undefined)
    return wrong(scope, 'Fn::Join', path, 'write a delimiter and a list');
  const value = scope.evaluate(list, `${path}[1]`);
  if (value instanceof Undecided && value.alternatives.length === 0) {
    return scope.hole(`Fn::Join(${JSON.stringify(delimiter)}, ${value.name})`, value.finding);
  }
  if (value instanceof Undecided) return value;
  const texts: SomeText[] = [];
  for (const item of isList(value) ? value : [value]) {
    const text = inText(item);
    if (text instanceof Undecided) return text;
    if (text === undefined) return wrong(scope, 'Fn::Join', path, 'join texts');
    texts.push(...(texts.length === 0 ? [text] : [delimiter, text]));
  }
  return openReferences(scope, concat(texts), path);
};

/** `Fn::Split`. A part that is not known may hold the delimiter: only the items before it are certain. */
export const splitFunction: Intrinsic = (scope, argument, path) => {
  const [delimiter, source] = items(argument);
  if (typeof delimiter !== 'string' || delimiter === '' || source === undefined)
    return wrong(scope, 'Fn::Split', path, 'write a delimiter and a text');
  const value = scope.evaluate(source, `${path}[1]`);
  const text = asText(value);
  if (typeof text === 'string') return text.split(delimiter);
  const whole = text === undefined ? undefined : splitStackId(scope, text, delimiter);
  if (whole !== undefined) return whole;
  const name = `Fn::Split(${JSON.stringify(delimiter)}, ${nameOf(value)})`;
  const finding = scope.reasonOf(value) ?? notKnown(path, 'the text to split');
  if (text === undefined) return scope.undecided(name, finding);
  const start = knownStart(text).split(delimiter);
  const known = start.slice(0, -1);
  const rest = [start.at(-1), ...text.pieces.slice(1)];
  // What stands for the rest of the list holds no wildcard and no policy variable.
  const simple = rest.every((piece) => typeof piece !== 'string' || !/[*?$]/.test(piece));
  return simple ? scope.unknownTexts(name, finding, known) : scope.undecided(name, finding, [], known);
};

/** The end of the id of a stack is a UUID: hexadecimal digits in five groups, which templates take for the end of names. */
function splitStackId(scope: Scope, text: Symbolic, delimiter: string): readonly SomeText[] | undefined {
  const known = text.pieces.every((piece) => typeof piece === 'string' || isStackIdEnd(piece));
  if (!known || (delimiter !== '-' && !/[^0-9a-f-]/.test(delimiter))) return undefined;
  const items: SomeText[] = [''];
  const add = (more: SomeText) => items.push(concat([items.pop()!, more]));
  for (const piece of text.pieces) {
    if (typeof piece === 'string') {
      const [first, ...rest] = piece.split(delimiter);
      add(first!);
      items.push(...rest);
    } else if (delimiter !== '-') add(new Symbolic([piece]));
    else
      for (let i = 1; i <= 5; i++) {
        if (i > 1) items.push('');
        add(scope.hole(`${stackIdEnd}.${i}`));
      }
  }
  return items;
}

export const selectFunction: Intrinsic = (scope, argument, path) => {
  const [index, list] = items(argument);
  if (index === undefined || list === undefined)
    return wrong(scope, 'Fn::Select', path, 'write an index and a list');
  const which = scope.evaluate(index, `${path}[0]`);
  const at = asPlain(which);
  const value = scope.evaluate(list, `${path}[1]`);
  if (at === undefined ? isList(which) || isObject(which) : !/^\d{1,9}$/.test(at))
    return wrong(scope, 'Fn::Select', path, 'write a number');
  const finding =
    scope.reasonOf(value) ??
    (isList(value) ? scope.reasonOf(which) : undefined) ??
    notKnown(path, 'the selected item');
  return select(scope, at === undefined ? undefined : Number(at), value, path, finding);
};

function select(scope: Scope, at: number | undefined, value: Value, path: string, finding: Finding): Value {
  const name = `Fn::Select(${at ?? '?'}, ${nameOf(value)})`;
  if (isList(value)) {
    if (at === undefined) return either(scope, name, finding, value);
    return value[at] ?? wrong(scope, 'Fn::Select', path, `the list has ${value.length} items`);
  }
  if (!(value instanceof Undecided) && !(value instanceof Symbolic))
    return wrong(scope, 'Fn::Select', path, 'select from a list');
  if (value instanceof Undecided) {
    const known = at === undefined ? undefined : value.known[at];
    if (known !== undefined) return known;
    if (value.alternatives.length > 0)
      return either(
        scope,
        name,
        finding,
        value.alternatives.map((one) => select(scope, at, one, path, finding)),
      );
  }
  return at === undefined ? scope.undecided(name, finding) : scope.hole(name, finding);
}

/** The names of availability zones are those of a real account. */
export const zonesFunction: Intrinsic = (scope, argument, path) => {
  const region = asText(scope.evaluate(argument, path));
  const name = `Fn::GetAZs(${region === undefined || region === '' ? scope.settings.region : nameOf(region)})`;
  return scope.undecided(name, notKnown(path, 'the list of availability zones'));
};

export const cidrFunction: Intrinsic = (scope, argument, path) => {
  const [block, count, bits = 8] = items(scope.evaluate(argument, path));
  const plain = [block, count, bits].map((part) => asPlain(part as Value));
  const blocks = plain.every((part) => part !== undefined) ? cidrBlocks(plain as string[]) : undefined;
  const name = `Fn::Cidr(${nameOf([block ?? '', count ?? '', bits] as Value[])})`;
  return blocks ?? scope.undecided(name, notKnown(path, 'the list of address blocks'));
};

export const lengthFunction: Intrinsic = (scope, argument, path) => {
  const value = scope.evaluate(argument, path);
  if (isList(value)) return value.length;
  return scope.hole(`Fn::Length(${nameOf(value)})`, notKnown(path, 'the length of the list'));
};

/** `Fn::ToJsonString`: the JSON text, with holes where the value has some. */
export const jsonFunction: Intrinsic = (scope, argument, path) => {
  const write = (value: Value): SomeText | Undecided => {
    if (value instanceof Undecided) return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    if (value instanceof Symbolic) {
      const escaped = value.pieces.map((piece) =>
        typeof piece === 'string' ? JSON.stringify(piece).slice(1, -1) : new Symbolic([piece]),
      );
      return concat(['"', ...escaped, '"']);
    }
    if (!isList(value) && !isObject(value)) return JSON.stringify(value);
    const members: [string, Value][] = isList(value)
      ? value.map((item) => ['', item])
      : Object.entries(value).map(([key, item]) => [`${JSON.stringify(key)}:`, item]);
    const parts: SomeText[] = [];
    for (const [key, item] of members) {
      const text = write(item);
      if (text instanceof Undecided) return text;
      parts.push(parts.length === 0 ? key : `,${key}`, text);
    }
    return concat([isList(value) ? '[' : '{', ...parts, isList(value) ? ']' : '}']);
  };
  return write(scope.evaluate(argument, path));
};
