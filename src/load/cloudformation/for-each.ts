import { refuse } from './read-template.js';
import { asPlain, type Finding, isList, isObject, Undecided, type Value } from './symbolic.js';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** More values than any processed template may have. */
const maximumValues = 1_000_000;

/** Whether a loop stands anywhere in a part of a template. */
export function hasLoops(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(hasLoops);
  if (!isRecord(node)) return false;
  return Object.keys(node).some((key) => key.startsWith('Fn::ForEach::') || hasLoops(node[key]));
}

/** What the identifiers stand for. */
type Bound = ReadonlyMap<string, string>;

/** What becomes of a loop over something that is not known, whose body then stands for any number of members. */
export interface OpenLoops {
  /** The identifiers of such a loop: what they stand for is not known. */
  identifiers(names: readonly string[]): void;
  /** A member of the section that may be there once, several times, or not at all. */
  member(name: string, finding: Finding): void;
}

/**
 * Writes out `Fn::ForEach::Name: [Identifier, Collection, { OutputKey: body }]` of AWS::LanguageExtensions. With a list of identifiers the
 * collection is a list of lists or a map.
 * @param open takes part where members that may be there must not be lost
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-foreach.html
 */
export function expandLoops(
  node: unknown,
  path: string,
  evaluate: (node: unknown, path: string) => Value,
  report: (finding: Finding) => void,
  open?: OpenLoops,
): unknown {
  let left = maximumValues;
  const expand = (one: unknown, where: string, bound: Bound, section = false): unknown => {
    if (left-- < 0)
      refuse('the loops of the template grow without end', 'write fewer items', { path: where });
    if (typeof one === 'string') return replace(one, bound);
    if (Array.isArray(one)) return one.map((item, i) => expand(item, `${where}[${i}]`, bound));
    if (!isRecord(one) || one instanceof Undecided) return one;
    const names = Object.keys(one);
    const reference = one.Ref;
    if (names.length === 1 && typeof reference === 'string' && bound.has(reference))
      return bound.get(reference);
    const out: Record<string, unknown> = Object.create(null);
    for (const name of names) {
      const below = `${where}.${name}`;
      if (name.startsWith('Fn::ForEach::')) {
        // A loop that cannot be written out stays where it is, so that what it stands in is not known either.
        if (!loop(one[name], below, bound, out, section)) out[name] = one[name];
      } else out[replace(name, bound)] = expand(one[name], below, bound);
    }
    return out;
  };
  const loop = (
    argument: unknown,
    where: string,
    bound: Bound,
    out: Record<string, unknown>,
    section: boolean,
  ): boolean => {
    const [identifier, collection, body] = Array.isArray(argument) ? argument : [];
    const several = Array.isArray(identifier);
    const identifiers = (several ? identifier : [identifier]).map((one: unknown) =>
      isRecord(one) ? asPlain(evaluate(expand(one, `${where}[0]`, bound), `${where}[0]`)) : one,
    );
    if (identifiers.length === 0 || !identifiers.every((one) => typeof one === 'string') || !isRecord(body)) {
      const hint = 'write an identifier or a list of them, a list or map, and an object';
      report({ code: 'malformed', path: where, message: 'Fn::ForEach is not written as it must be', hint });
      return false;
    }
    const value = evaluate(expand(collection, `${where}[1]`, bound), `${where}[1]`);
    const write = (turn: Bound): string[] => {
      const written = Object.entries(expand(body, `${where}[2]`, turn, section) as object);
      for (const [key, member] of written) out[key] = member;
      return written.map(([key]) => key);
    };
    const rows = rowsOf(value, several);
    if (rows === undefined) {
      const hint = 'give values to the parameters it is made of';
      const message = 'what Fn::ForEach repeats is not known';
      const finding: Finding = { code: 'missingValue', path: where, message, hint };
      report(finding);
      if (open === undefined || !section) return false;
      open.identifiers(identifiers);
      const turn = new Map([...bound].filter(([name]) => !identifiers.includes(name)));
      for (const name of write(turn)) open.member(name, finding);
      return true;
    }
    if (rows.some(({ length }) => length !== identifiers.length)) {
      const message = 'an item of Fn::ForEach has more or fewer values than there are identifiers';
      report({ code: 'malformed', path: where, message, hint: 'write one value for each identifier' });
      return false;
    }
    for (const row of rows) {
      const items = identifiers.map((name, i): [string, string] => [name, row[i]!]);
      write(new Map([...bound, ...items]));
    }
    return true;
  };
  return expand(node, path, new Map(), true);
}

/** The values of each turn, one for each identifier; of a map, its keys and values. */
function rowsOf(value: Value, several: boolean): readonly (readonly string[])[] | undefined {
  const items = several && isObject(value) ? Object.entries(value) : isList(value) ? value : undefined;
  const rows = items?.map((item) => (several && isList(item) ? item : [item]).map(asPlain));
  return rows?.every((row): row is string[] => row.every((one) => one !== undefined)) ? rows : undefined;
}

/** `${Identifier}` stands for the item, `&{Identifier}` for its letters and digits. */
function replace(text: string, bound: Bound): string {
  if (bound.size === 0 || !text.includes('{')) return text;
  return text.replace(/([$&])\{([^{}]*)\}/g, (all, sign: string, name: string) => {
    const item = bound.get(name);
    if (item === undefined) return all;
    return sign === '$' ? item : item.replace(/[^A-Za-z0-9]/g, '');
  });
}
