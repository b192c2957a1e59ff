import type { Issue } from '../error.js';
import { grammars } from './grammar.js';
import { readJson } from './json.js';
import type { Policy, PolicyKind, Statement } from './policy.js';
import { own, Reader, unknownMembers } from './reader.js';
import { readStatement } from './statement.js';

/** Document or JSON text → Policy. Everything that is wrong goes to `issues`; the result is then incomplete. */
export function readPolicy(
  input: unknown,
  kind: PolicyKind,
  path: string,
  issues: Issue[],
  name?: string,
): Policy {
  const empty: Policy = {
    kind,
    path,
    variables: false,
    statements: [],
    ...(name === undefined ? {} : { name }),
  };
  if (typeof input !== 'string') return readDocument(new Reader(issues), input, kind, path, empty);
  const json = readJson(input, path, issues);
  if (json === undefined) return empty;
  const found: Issue[] = [];
  const policy = readDocument(new Reader(found), json.value, kind, path, empty);
  for (const issue of found) issues.push({ ...issue, ...json.locate(issue.path) });
  return policy;
}

function readDocument(reader: Reader, value: unknown, kind: PolicyKind, path: string, empty: Policy): Policy {
  const document = reader.object(value, path, 'the policy document');
  if (document === undefined) return empty;
  unknownMembers(reader, document, ['Version', 'Id', 'Statement'], path);
  const version = own(document, 'Version');
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
  const id = own(document, 'Id');
  if (id !== undefined && typeof id !== 'string') {
    reader.fail(`${path}.Id`, 'ERR_IAM_TYPE', 'Id is not a string', 'write a string or leave it out'); // L6
  }
  const written = own(document, 'Statement');
  const list = reader.list(written, `${path}.Statement`);
  if (written === undefined || list.length === 0) {
    reader.fail(
      `${path}.Statement`,
      'ERR_IAM_MISSING_MEMBER',
      'there is no statement',
      'write at least one statement',
    ); // L7
    return empty;
  }
  const variables = version === '2012-10-17';
  const sids = new Set<string>();
  const statements: Statement[] = [];
  // The beginning is shared by the paths of all statements, which are kept.
  const start = `${path}.Statement`;
  for (let index = 0; index < list.length; index++) {
    const where = Array.isArray(written) ? start.concat(`[${index}]`) : start;
    const statement = readStatement(reader, list[index], index, kind, where, variables);
    if (statement === undefined) continue;
    if (grammars[kind].strictSid && statement.sid !== undefined && statement.sid !== '') {
      if (sids.has(statement.sid))
        reader.fail(
          `${where}.Sid`,
          'ERR_IAM_VALUE',
          `two statements have the Sid \`${statement.sid}\``,
          'make Sids unique',
        ); // L16
      sids.add(statement.sid);
    }
    statements.push(statement);
  }
  return { ...empty, variables, statements: statements.slice() };
}
