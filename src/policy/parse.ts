import type { Issue } from '../error.js';
import { isPlainObject } from '../value/plain.js';
import { grammars } from './grammar.js';
import { readJson } from './json.js';
import type { Policy, PolicyKind, Statement } from './policy.js';
import { Reader, unknownMembers } from './reader.js';
import { readStatement } from './statement.js';

const documentMembers = ['Version', 'Id', 'Statement'];

/** Document or JSON text → Policy. Everything that is wrong goes to `issues`; the result is then incomplete. */
export function readPolicy(
  input: unknown,
  kind: PolicyKind,
  path: string,
  issues: Issue[],
  name?: string,
): Policy {
  if (typeof input !== 'string') return readDocument(new Reader(issues), input, kind, path, name);
  const json = readJson(input, path, issues);
  if (json === undefined) return policyOf(kind, path, name, false, []);
  const found: Issue[] = [];
  const policy = readDocument(new Reader(found), json.value, kind, path, name);
  for (const issue of found) issues.push({ ...issue, ...json.locate(issue.path) });
  return policy;
}

const policyOf = (
  kind: PolicyKind,
  path: string,
  name: string | undefined,
  variables: boolean,
  statements: readonly Statement[],
): Policy =>
  name === undefined ? { kind, path, variables, statements } : { kind, path, variables, statements, name };

function readDocument(
  reader: Reader,
  value: unknown,
  kind: PolicyKind,
  path: string,
  name: string | undefined,
): Policy {
  if (!isPlainObject(value)) {
    reader.object(value, path, 'the policy document');
    return policyOf(kind, path, name, false, []);
  }
  let version: unknown;
  let id: unknown;
  let written: unknown;
  let others = false;
  const names = Object.getOwnPropertyNames(value);
  for (let i = 0; i < names.length; i++) {
    switch (names[i]) {
      case 'Version':
        version = value.Version;
        break;
      case 'Id':
        id = value.Id;
        break;
      case 'Statement':
        written = value.Statement;
        break;
      default:
        others = true;
    }
  }
  if (others) unknownMembers(reader, value, documentMembers, path);
  if (version !== undefined && version !== '2012-10-17' && version !== '2008-10-17') {
    reader.fail(
      `${path}.Version`,
      'ERR_IAM_VALUE',
      'Version is not a policy language version',
      'write "2012-10-17"',
    );
  } else if (grammars[kind].version2012 && version !== '2012-10-17') {
    reader.fail(
      `${path}.Version`,
      'ERR_IAM_VALUE',
      'this kind of policy must carry Version 2012-10-17',
      'write "2012-10-17"',
    ); // L5
  }
  if (id !== undefined && typeof id !== 'string') {
    reader.fail(`${path}.Id`, 'ERR_IAM_TYPE', 'Id is not a string', 'write a string or leave it out'); // L6
  }
  const list = reader.list(written, path, '.Statement');
  if (written === undefined || list.length === 0) {
    reader.fail(
      `${path}.Statement`,
      'ERR_IAM_MISSING_MEMBER',
      'there is no statement',
      'write at least one statement',
    ); // L7
    return policyOf(kind, path, name, false, []);
  }
  const variables = version === '2012-10-17';
  return policyOf(kind, path, name, variables, readStatements(reader, list, written, kind, path, variables));
}

function readStatements(
  reader: Reader,
  list: readonly unknown[],
  written: unknown,
  kind: PolicyKind,
  path: string,
  variables: boolean,
): Statement[] {
  let sids: Set<string> | undefined;
  const statements: Statement[] = [];
  // The beginning is shared by the paths of all statements, which are kept.
  const start = `${path}.Statement`;
  for (let index = 0; index < list.length; index++) {
    const where = Array.isArray(written) ? start.concat(placeOf(index)) : start;
    const statement = readStatement(reader, list[index], index, kind, where, variables);
    if (statement === undefined) continue;
    const { sid } = statement;
    if (grammars[kind].strictSid && sid !== undefined && sid !== '') {
      sids ??= new Set();
      if (sids.has(sid))
        reader.fail(
          `${where}.Sid`,
          'ERR_IAM_VALUE',
          `two statements have the Sid \`${sid}\``,
          'make Sids unique',
        ); // L16
      sids.add(sid);
    }
    statements.push(statement);
  }
  return statements.slice();
}

/** The first places of a list, which nearly all paths end with. */
const places: readonly string[] = Array.from({ length: 64 }, (_, index) => `[${index}]`);

const placeOf = (index: number): string => places[index] ?? `[${index}]`;
