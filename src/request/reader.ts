import type { Issue } from '../error.js';
import { isPlainObject } from '../value/plain.js';
import type { Members, Memory, Names } from './memory.js';
import { type NamedValues, namedValues, noValues } from './named-values.js';

export type Given = Readonly<Record<string, unknown>>;

/** Something that members can be loaded from. */
export const isObject = (value: unknown): value is Given => typeof value === 'object' && value !== null;

const none: readonly Issue[] = [];

/** Collects what is wrong while a request is read. */
export class Reader {
  readonly memory: Memory;
  /** Tags of the part read last, and the owner given beside a resource. */
  tags: NamedValues<string> = noValues;
  accountId: string | undefined;
  #issues: Issue[] | undefined;

  constructor(memory: Memory) {
    this.memory = memory;
  }

  get issues(): readonly Issue[] {
    return this.#issues ?? none;
  }

  fail(path: string, message: string, hint: string): undefined {
    this.#issues ??= [];
    this.#issues.push({ path, code: 'ERR_IAM_VALUE', message, hint });
    return undefined;
  }

  /**
   * Which members the object has, by the bits of `known`: own ones only. The caller loads them before it asks, since an engine
   * that knows the shape of an object knows its prototype too; undefined, and an issue, for what is no object.
   */
  own(value: Given, known: Members, path: string): number | undefined {
    if (!isPlainObject(value)) return this.notAnObject(path);
    const again = known.again(value);
    if (again !== undefined) return again;
    const names = Object.keys(value);
    return known.own(names) ?? this.#surplus(value, names, known, path);
  }

  /** A member that is none of the known ones; undefined is absent, as it is in JSON. */
  #surplus(value: Given, names: readonly string[], known: Members, path: string): number | undefined {
    for (const name of names)
      if (!known.known.includes(name) && value[name] !== undefined)
        this.fail(
          `${path}.${name}`,
          `\`${name}\` is no field of the request`,
          `use ${known.known.join(', ')}`,
        );
    return known.own(names.filter((name) => known.known.includes(name)));
  }

  notAnObject(path: string): undefined {
    return this.fail(path, 'this is not an object', 'write a JSON object');
  }
}

/** What becomes of a value that is no text: undefined drops it. */
export type OtherValue<V> = (reader: Reader, value: unknown, at: Names, key: string) => V | undefined;

/** The members of an object by folded name (L70), read once each; a private copy. */
export function readNamed<V>(
  reader: Reader,
  value: Given,
  known: Names,
  other: OtherValue<V>,
): NamedValues<string | V> {
  // Mostly the same names as those of the object before, and texts: then nothing is listed, and nothing else is made.
  const { written, folded } = known;
  const values = new Array<unknown>(written.length);
  let texts = true;
  let i = 0;
  for (const name in value) {
    // biome-ignore lint/suspicious/noPrototypeBuiltins: within `for … in` an engine answers this without a call, `hasOwn` not
    if (name !== written[i] || !Object.prototype.hasOwnProperty.call(value, name))
      return readOthers(reader, Object.keys(value), Object.values(value), known, other);
    const item = value[name];
    if (typeof item !== 'string') texts = false;
    values[i++] = item;
  }
  if (i !== written.length) return readOthers(reader, Object.keys(value), Object.values(value), known, other);
  return texts ? namedValues(folded, values as string[]) : readOthers(reader, written, values, known, other);
}

function readOthers<V>(
  reader: Reader,
  written: readonly string[],
  given: unknown[],
  known: Names,
  other: OtherValue<V>,
): NamedValues<string | V> {
  let keys = written;
  let values = given;
  let complete = keys.length === values.length;
  for (let i = 0; i < values.length; i++) {
    const item = values[i];
    if (typeof item === 'string') continue;
    values[i] = item === undefined ? item : other(reader, item, known, keys[i]!);
    if (values[i] === undefined) complete = false;
  }
  if (!complete) {
    keys = keys.filter((_, i) => values[i] !== undefined);
    values = values.filter((item) => item !== undefined);
  }
  const names = known.again(keys) ?? foldAll(reader, keys, known);
  return namedValues(names, values as (string | V)[]);
}

function foldAll(reader: Reader, keys: readonly string[], known: Names): readonly string[] {
  const names = keys.map((key) => reader.memory.folded.of(key));
  if (!known.unique || new Set(names).size === names.length) return known.keep(keys, names);
  for (const [i, key] of keys.entries())
    if (names.indexOf(names[i]!) < i)
      reader.fail(
        `${known.path}.${key}`,
        'the key stands twice, in different letter case',
        'keep one of them',
      ); // U18
  return names;
}

/** Tags by folded key. */
export function readTags(reader: Reader, value: unknown, known: Names): NamedValues<string> {
  if (value === undefined) return noValues;
  if (isPlainObject(value)) return readNamed<never>(reader, value, known, noTag);
  reader.fail(known.path, 'tags are not an object', 'write { "key": "value" }');
  return noValues;
}

const noTag: OtherValue<never> = (reader, _, { path }, key) =>
  reader.fail(`${path}.${key}`, 'a tag value is not a string', 'write a string');
