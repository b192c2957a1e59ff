import type { Issue } from '../error.js';
import { isPlainObject } from '../value/plain.js';
import type { Memory, Names } from './memory.js';
import { type NamedValues, namedValues, noValues } from './named-values.js';

export type Members = Record<string, unknown>;

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

  /** The object itself; undefined, and an issue, for anything else. Its members are read from `Object.keys`: own ones only. */
  object(value: unknown, path: string): Members | undefined {
    return isPlainObject(value) ? value : this.fail(path, 'this is not an object', 'write a JSON object');
  }

  /** A member that is none of the known ones; undefined is absent, as it is in JSON. */
  surplus(name: string, value: unknown, path: string, allowed: string): void {
    if (value !== undefined)
      this.fail(`${path}.${name}`, `\`${name}\` is no field of the request`, `use ${allowed}`);
  }
}

/** Tags by folded key (L70); a private copy. */
export function readTags(reader: Reader, value: unknown, path: string, known: Names): NamedValues<string> {
  if (value === undefined) return noValues;
  if (!isPlainObject(value)) {
    reader.fail(path, 'tags are not an object', 'write { "key": "value" }');
    return noValues;
  }
  const keys = Object.keys(value);
  const again = known.again(keys);
  let names = again === undefined ? [] : (again as string[]);
  const values: string[] = [];
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    const text = value[key];
    if (typeof text === 'string') {
      if (names !== again) names.push(reader.memory.folded.of(key));
      values.push(text);
    } else {
      if (text !== undefined) reader.fail(`${path}.${key}`, 'a tag value is not a string', 'write a string');
      if (names === again) names = names.slice(0, values.length);
    }
  }
  if (values.length === keys.length && names !== again) known.keep(keys, names);
  return namedValues(names, values);
}
