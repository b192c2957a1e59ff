import { type Intrinsic, malformed, type Scope } from './scope.js';
import {
  asText,
  concat,
  isList,
  noValue,
  render,
  type SomeText,
  Symbolic,
  Undecided,
  type Value,
} from './symbolic.js';

/** The text of a value inside of other text; lists are joined as parameters of list types are written. */
export function inText(value: Value): SomeText | Undecided | undefined {
  if (value instanceof Undecided) return value;
  if (value === noValue) return '';
  if (!isList(value)) return asText(value);
  const texts = value.map(asText);
  if (!texts.every((text) => text !== undefined)) return undefined;
  return concat(texts.flatMap((text, i) => (i === 0 ? [text] : [',', text])));
}

/**
 * `Fn::Sub`. `${!name}` stands for `${name}`; a name of the map goes before parameters and resources.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-sub.html
 */
export const subFunction: Intrinsic = (scope, argument, path) => {
  const [template, variables] = Array.isArray(argument) ? argument : [argument, undefined];
  if (typeof template !== 'string') {
    const finding = malformed(path, 'Fn::Sub has no text', 'write a text, or a list of a text and a map');
    return scope.undecided(`Fn::Sub at ${path}`, finding);
  }
  const map =
    typeof variables === 'object' && variables !== null ? (variables as Record<string, unknown>) : {};
  const parts: SomeText[] = [];
  let at = 0;
  for (const found of template.matchAll(/\$\{([^{}]*)\}/g)) {
    parts.push(template.slice(at, found.index));
    at = found.index + found[0].length;
    const value = variable(scope, found[1]!, map, path);
    if (value instanceof Undecided) return value;
    parts.push(value);
  }
  return openReferences(scope, concat([...parts, template.slice(at)]), path);
};

function variable(
  scope: Scope,
  name: string,
  map: Record<string, unknown>,
  path: string,
): SomeText | Undecided {
  if (name.startsWith('!')) return `\${${name.slice(1)}}`;
  const text = inText(lookUp(scope, name.trim(), map, path));
  if (text !== undefined) return text;
  const finding = malformed(path, `\${${name}} is no text`, 'name something that is text');
  return scope.undecided(`Fn::Sub(${name}) at ${path}`, finding);
}

function lookUp(scope: Scope, name: string, map: Record<string, unknown>, path: string): Value {
  if (Object.hasOwn(map, name)) return scope.evaluate(map[name], `${path}[1].${name}`);
  const dot = name.indexOf('.');
  if (dot < 0) return scope.reference(name, path);
  return scope.attribute(name.slice(0, dot), name.slice(dot + 1), path);
}

/**
 * Replaces `{{resolve:…}}`, whose value only AWS knows, by a hole, also where a reference was put together from parts.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export function openReferences(scope: Scope, text: SomeText, path: string): SomeText | Undecided {
  const pieces = typeof text === 'string' ? [text] : text.pieces;
  if (!pieces.some((piece) => typeof piece === 'string' && piece.includes('{{resolve:'))) return text;
  const out: SomeText[] = [];
  let open: SomeText[] | undefined;
  for (const piece of pieces) {
    if (typeof piece !== 'string') {
      (open ?? out).push(new Symbolic([piece]));
      continue;
    }
    for (let at = 0; at < piece.length; ) {
      const mark = open === undefined ? '{{resolve:' : '}}';
      const next = piece.indexOf(mark, at);
      const end = next < 0 ? piece.length : next;
      (open ?? out).push(piece.slice(at, end));
      at = end;
      if (next < 0) break;
      at += mark.length;
      if (open === undefined) open = ['{{resolve:'];
      else {
        const value = inText(dynamicReference(scope, `${render(concat(open))}}}`, path));
        if (value === undefined || value instanceof Undecided) return value ?? concat(open);
        out.push(value);
        open = undefined;
      }
    }
  }
  return concat([...out, ...(open ?? [])]);
}

export function dynamicReference(scope: Scope, name: string, path: string): Value {
  return (
    scope.given('reference', name) ??
    scope.hole(name, {
      code: 'missingValue',
      path,
      message: `${name} is known only to AWS`,
      hint: `give its value: parameters: { '${name}': … }`,
    })
  );
}
