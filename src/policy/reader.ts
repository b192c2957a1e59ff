import type { IamErrorCode, Issue } from '../error.js';
import { asciiLower } from '../value/ascii.js';
import { entriesOf } from '../value/list.js';
import { isPlainObject } from '../value/plain.js';

export type Members = Record<string, unknown>;

/** A member of the object itself; inherited ones do not count, and undefined is absent, as it is in JSON. */
export const own = (members: Members, name: string): unknown =>
  Object.hasOwn(members, name) ? members[name] : undefined;

/** Collects what is wrong while a document is read. */
export class Reader {
  readonly issues: Issue[];
  constructor(issues: Issue[]) {
    this.issues = issues;
  }
  fail(path: string, code: IamErrorCode, message: string, hint: string): undefined {
    this.issues.push({ path, code, message, hint });
    return undefined;
  }
  /** Own enumerable members of a JSON object, or undefined. Inherited members do not count. */
  object(value: unknown, path: string, what: string): Members | undefined {
    if (isPlainObject(value)) return value;
    return this.fail(path, 'ERR_IAM_TYPE', `${what} is not an object`, 'write a JSON object');
  }
  /** A list of the reader's own, or one value that stands for a list of one (L17). */
  list(value: unknown, path: string, member = ''): unknown[] {
    if (!Array.isArray(value)) return [value];
    const entries = entriesOf(value);
    if (entries !== undefined) return entries;
    this.fail(path + member, 'ERR_IAM_VALUE', 'the list is too long', 'at most a million entries are read');
    return [];
  }
  /** A string or a list of strings (L17, L18). `member` ends the path, which is joined only for an issue. */
  strings(value: unknown, path: string, what: string, member = ''): string[] {
    if (typeof value === 'string') return [value];
    const list = this.list(value, path, member);
    let missing = false;
    for (let i = 0; i < list.length; i++) {
      if (typeof list[i] === 'string') continue;
      missing = true;
      const where = Array.isArray(value) ? `${path}${member}[${i}]` : path + member;
      this.fail(where, 'ERR_IAM_TYPE', `${what} is not a string`, 'write a string or a list of strings');
    }
    return (missing ? list.filter((item) => typeof item === 'string') : list) as string[];
  }
}

/** Members the grammar does not have (L2, L12). */
export function unknownMembers(
  reader: Reader,
  members: Members,
  allowed: readonly string[],
  path: string,
): void {
  for (const name of Object.keys(members)) {
    if (allowed.includes(name) || members[name] === undefined) continue;
    const near = allowed.find((other) => asciiLower(other) === asciiLower(name) || `${other}s` === name);
    reader.fail(
      `${path}.${name}`,
      'ERR_IAM_UNKNOWN_MEMBER',
      `\`${name}\` is no element of the policy language`,
      near === undefined ? `use ${allowed.join(', ')}` : `write ${near}`,
    );
  }
}
