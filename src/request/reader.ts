import type { Issue } from '../error.js';
import { asciiLower } from '../value/ascii.js';
import { isPlainObject } from '../value/plain.js';
import type { Memory } from './memory.js';
import { type NamedValues, namedValues, noValues } from './named-values.js';

export type Members = Record<string, unknown>;

const none: readonly Issue[] = [];

/** Collects what is wrong while a request is read. */
export class Reader {
  readonly memory: Memory;
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

  fold(name: string): string {
    return this.memory.read(asciiLower, name);
  }
}

/** Tags by folded key (L70); a private copy. */
export function readTags(reader: Reader, value: unknown, path: string): NamedValues<string> {
  if (value === undefined) return noValues;
  if (!isPlainObject(value)) {
    reader.fail(path, 'tags are not an object', 'write { "key": "value" }');
    return noValues;
  }
  const names: string[] = [];
  const values: string[] = [];
  for (const key of Object.keys(value)) {
    const text = value[key];
    if (typeof text === 'string') {
      names.push(reader.fold(key));
      values.push(text);
    } else if (text !== undefined) {
      reader.fail(`${path}.${key}`, 'a tag value is not a string', 'write a string');
    }
  }
  return names.length === 0 ? noValues : namedValues(names, values);
}
