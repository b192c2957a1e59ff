import type { Issue } from '../error.js';
import { asciiLower } from '../value/ascii.js';
import { isPlainObject } from '../value/plain.js';

export type Members = Record<string, unknown>;

/** A member of the object itself; inherited ones do not count. */
export const own = (members: Members, name: string): unknown =>
  Object.hasOwn(members, name) ? members[name] : undefined;
/** Collects what is wrong while a request is read. */
export class Reader {
  readonly issues: Issue[] = [];
  fail(path: string, message: string, hint: string): undefined {
    this.issues.push({ path, code: 'ERR_IAM_VALUE', message, hint });
    return undefined;
  }
  members(value: unknown, path: string, allowed: readonly string[]): Members | undefined {
    if (!isPlainObject(value)) return this.fail(path, 'this is not an object', 'write a JSON object');
    for (const name of Object.keys(value)) {
      // Undefined is absent, as it is in JSON.
      if (!allowed.includes(name) && value[name] !== undefined)
        this.fail(`${path}.${name}`, `\`${name}\` is no field of the request`, `use ${allowed.join(', ')}`);
    }
    return value;
  }
}

/** Tags by folded key (L70). */
export function readTags(reader: Reader, value: unknown, path: string): Map<string, string> {
  const tags = new Map<string, string>();
  if (value === undefined) return tags;
  if (!isPlainObject(value)) {
    reader.fail(path, 'tags are not an object', 'write { "key": "value" }');
    return tags;
  }
  for (const key of Object.keys(value)) {
    const text = value[key];
    if (text === undefined) continue;
    if (typeof text !== 'string')
      reader.fail(`${path}.${key}`, 'a tag value is not a string', 'write a string');
    // U18: of two tags that differ only by case, the first counts.
    else if (!tags.has(asciiLower(key))) tags.set(asciiLower(key), text);
  }
  return tags;
}
