import type { Issue, IamErrorCode } from '../error.js';
import { parseOperator } from '../condition/operators.js';
import { partitions, splitArn } from '../value/arn.js';
import { asciiLower } from '../value/ascii.js';
import { grammars } from './grammar.js';
import { readJson } from './json.js';
import type { ConditionLine, Policy, PolicyKind, PrincipalEntry, Statement } from './policy.js';
import { classifyPrincipal } from './principal.js';

type Members = Record<string, unknown>;

/** Collects what is wrong while a document is read. */
class Reader {
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
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Members;
    return this.fail(path, 'ERR_IAM_TYPE', `${what} is not an object`, 'write a JSON object');
  }
  /** A string or a list of strings (L17, L18). */
  strings(value: unknown, path: string, what: string): string[] {
    const list = Array.isArray(value) ? value : [value];
    const out: string[] = [];
    for (let i = 0; i < list.length; i++) {
      const item: unknown = list[i];
      if (typeof item === 'string') out.push(item);
      else this.fail(Array.isArray(value) ? `${path}[${i}]` : path, 'ERR_IAM_TYPE', `${what} is not a string`, 'write a string or a list of strings');
    }
    return out;
  }
}

const own = (members: Members, name: string): unknown => (Object.hasOwn(members, name) ? members[name] : undefined);

/** Document or JSON text → Policy. Everything that is wrong goes to `issues`; the result is then incomplete. */
export function readPolicy(input: unknown, kind: PolicyKind, path: string, issues: Issue[], name?: string): Policy {
  const empty: Policy = { kind, path, variables: false, statements: [], ...(name === undefined ? {} : { name }) };
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
  if (Object.hasOwn(document, 'Version') && version !== '2012-10-17' && version !== '2008-10-17') {
    reader.fail(`${path}.Version`, 'ERR_IAM_VALUE', 'Version is not a policy language version', 'write "2012-10-17"');
  } else if (grammars[kind].version2012 && version !== '2012-10-17') {
    reader.fail(`${path}.Version`, 'ERR_IAM_VALUE', 'this kind of policy must carry Version 2012-10-17', 'write "2012-10-17"'); // L5
  }
  if (Object.hasOwn(document, 'Id') && typeof own(document, 'Id') !== 'string') {
    reader.fail(`${path}.Id`, 'ERR_IAM_TYPE', 'Id is not a string', 'write a string or leave it out'); // L6
  }
  const written = own(document, 'Statement');
  const list: readonly unknown[] = Array.isArray(written) ? written : [written];
  if (!Object.hasOwn(document, 'Statement') || list.length === 0) {
    reader.fail(`${path}.Statement`, 'ERR_IAM_MISSING_MEMBER', 'there is no statement', 'write at least one statement'); // L7
    return empty;
  }
  const variables = version === '2012-10-17';
  const sids = new Set<string>();
  const statements: Statement[] = [];
  for (let index = 0; index < list.length; index++) {
    const where = Array.isArray(written) ? `${path}.Statement[${index}]` : `${path}.Statement`;
    const statement = readStatement(reader, list[index], index, kind, where, variables);
    if (statement === undefined) continue;
    if (grammars[kind].strictSid && statement.sid !== undefined && statement.sid !== '') {
      if (sids.has(statement.sid)) reader.fail(`${where}.Sid`, 'ERR_IAM_VALUE', `two statements have the Sid \`${statement.sid}\``, 'make Sids unique'); // L16
      sids.add(statement.sid);
    }
    statements.push(statement);
  }
  return { ...empty, variables, statements };
}

function unknownMembers(reader: Reader, members: Members, allowed: readonly string[], path: string): void {
  for (const name of Object.keys(members)) {
    if (allowed.includes(name)) continue;
    const near = allowed.find((other) => asciiLower(other) === asciiLower(name) || `${other}s` === name);
    reader.fail(`${path}.${name}`, 'ERR_IAM_UNKNOWN_MEMBER', `\`${name}\` is no element of the policy language`, near === undefined ? `use ${allowed.join(', ')}` : `write ${near}`);
  }
}

const statementMembers = ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

function readStatement(reader: Reader, value: unknown, index: number, kind: PolicyKind, path: string, variables: boolean): Statement | undefined {
  const members = reader.object(value, path, 'the statement');
  if (members === undefined) return undefined;
  const grammar = grammars[kind];
  const has = (name: string) => Object.hasOwn(members, name);
  unknownMembers(reader, members, statementMembers, path);
  const effect = own(members, 'Effect');
  if (effect !== 'Allow' && effect !== 'Deny') reader.fail(`${path}.Effect`, 'ERR_IAM_VALUE', 'Effect is not Allow or Deny', 'write "Allow" or "Deny"'); // L15
  const sid = own(members, 'Sid');
  if (has('Sid') && typeof sid !== 'string') reader.fail(`${path}.Sid`, 'ERR_IAM_TYPE', 'Sid is not a string', 'write a string');
  else if (grammar.strictSid && typeof sid === 'string' && !/^[A-Za-z0-9]*$/.test(sid)) {
    reader.fail(`${path}.Sid`, 'ERR_IAM_VALUE', `the Sid \`${sid}\` has characters other than letters and digits`, 'use only A-Z, a-z, 0-9'); // L16
  }
  for (const name of ['Action', 'Resource', 'Principal']) {
    if (has(name) && has(`Not${name}`)) reader.fail(path, 'ERR_IAM_CONFLICT', `${name} and Not${name} stand together`, 'keep one of them'); // L14
  }
  const notAction = has('NotAction');
  const actionName = notAction ? 'NotAction' : 'Action';
  if (!has(actionName)) reader.fail(path, 'ERR_IAM_MISSING_MEMBER', 'there is no Action', 'write Action or NotAction');
  const actions = has(actionName) ? readActions(reader, own(members, actionName), `${path}.${actionName}`) : [];

  const notResource = has('NotResource');
  const resourceName = notResource ? 'NotResource' : 'Resource';
  let resources: string[] | undefined;
  if (!has(resourceName)) {
    if (grammar.resource === 'required') reader.fail(path, 'ERR_IAM_MISSING_MEMBER', 'there is no Resource', 'write Resource or NotResource');
  } else if (grammar.resource === 'forbidden') {
    reader.fail(`${path}.${resourceName}`, 'ERR_IAM_FORBIDDEN_ELEMENT', 'a role trust policy has no Resource', 'leave it out');
  } else resources = readResources(reader, own(members, resourceName), `${path}.${resourceName}`, kind, variables);

  const notPrincipal = has('NotPrincipal');
  const principals = readPrincipalElement(reader, members, kind, path);
  if (kind === 'resourceControlPolicies') {
    const whole = effect === 'Allow' && !notAction && actions.join() === '*' && resources?.join() === '*' && !notResource && !has('Condition');
    if (notAction) reader.fail(`${path}.NotAction`, 'ERR_IAM_FORBIDDEN_ELEMENT', 'a resource control policy has no NotAction', 'write Action');
    else if (effect === 'Allow' && !whole) reader.fail(`${path}.Effect`, 'ERR_IAM_VALUE', 'a resource control policy only denies', 'write "Deny"'); // E96
  }
  const conditions = has('Condition') ? readConditions(reader, own(members, 'Condition'), `${path}.Condition`) : [];
  return {
    index, path, effect: effect === 'Deny' ? 'Deny' : 'Allow', notPrincipal, actions, notAction, notResource, conditions,
    ...(typeof sid === 'string' ? { sid } : {}),
    ...(principals === undefined ? {} : { principals }),
    ...(resources === undefined ? {} : { resources }),
  };
}

function readActions(reader: Reader, value: unknown, path: string): string[] {
  const actions = reader.strings(value, path, 'the action');
  if (actions.length === 0 && Array.isArray(value) && value.length === 0) reader.fail(path, 'ERR_IAM_VALUE', 'the list is empty', 'name an action'); // L20
  for (const action of actions) {
    if (action === '*' || action === '*:*') continue; // U2
    if (!/^[A-Za-z0-9.-]+:[^:]+$/s.test(action)) {
      reader.fail(path, 'ERR_IAM_ACTION', `\`${action.slice(0, 200)}\` is no action`, 'write `prefix:Name`, with wildcards only in the name'); // L23, L24
    }
  }
  return actions;
}

function readResources(reader: Reader, value: unknown, path: string, kind: PolicyKind, variables: boolean): string[] {
  const resources = reader.strings(value, path, 'the resource');
  if (Array.isArray(value) && value.length === 0) reader.fail(path, 'ERR_IAM_VALUE', 'the list is empty', 'name a resource'); // L20
  for (const resource of resources) {
    const problem = resource === '*' ? undefined : resourceProblem(resource, kind, variables);
    if (problem !== undefined) reader.fail(path, 'ERR_IAM_RESOURCE', `\`${resource.slice(0, 200)}\` ${problem}`, 'write `*` or a whole ARN');
  }
  return resources;
}

function resourceProblem(resource: string, kind: PolicyKind, variables: boolean): string | undefined {
  const grammar = grammars[kind];
  const parts = splitArn(resource, variables);
  if (parts[0] !== 'arn' || parts.length < 2) return 'is not in ARN format'; // L31
  const partition = parts[1]!;
  const short = parts.length < 6;
  if (!partitions.has(partition) && partition !== '*') {
    // The trailing star of a short ARN may stand in the partition itself.
    if (!(parts.length === 2 && partition.endsWith('*'))) return `has the unknown partition \`${partition.slice(0, 40)}\``; // L32
  }
  if (short) {
    if (resource === 'arn:aws' || (parts.length === 2 && !partition.endsWith('*'))) return 'is too short'; // L37
    if (resource.includes('::')) return 'is short and holds `::`'; // L37
    const refused =
      grammar.shortArn === 'refused' ||
      (grammar.shortArn === 'ifStar' && !resource.includes('*')) ||
      (grammar.shortArn === 'ifTrailingStar' && !resource.endsWith('*'));
    if (refused) return 'has fewer than six parts';
  }
  if (!grammar.strictArn) return undefined;
  const service = parts[2] ?? '';
  // L38; the padded star of a short ARN is not one the author wrote.
  if (/[*?]/.test(service) && parts.length > 3) return 'has a wildcard in its service';
  if (service === 'iam' && parts.length === 6) {
    if (parts[3] !== '') return 'is an IAM ARN with a region'; // L39
    const rest = parts[5]!;
    const slash = rest.indexOf('/');
    if (rest !== '*' && /[*?]/.test(slash < 0 ? rest : rest.slice(0, slash))) return 'has a wildcard before the first `/`'; // L39
  }
  return undefined;
}

function readPrincipalElement(reader: Reader, members: Members, kind: PolicyKind, path: string): PrincipalEntry[] | undefined {
  const grammar = grammars[kind];
  const name = Object.hasOwn(members, 'NotPrincipal') ? 'NotPrincipal' : 'Principal';
  const where = `${path}.${name}`;
  if (!Object.hasOwn(members, name)) {
    return grammar.principal === 'required' ? reader.fail(path, 'ERR_IAM_MISSING_MEMBER', 'there is no Principal', 'say whom the statement is about') : undefined;
  }
  if (grammar.principal === 'forbidden') return reader.fail(where, 'ERR_IAM_FORBIDDEN_ELEMENT', `this kind of policy has no ${name}`, 'leave it out');
  if (name === 'NotPrincipal') {
    if (!grammar.notPrincipal) return reader.fail(where, 'ERR_IAM_FORBIDDEN_ELEMENT', 'this kind of policy has no NotPrincipal', 'write Principal');
    if (own(members, 'Effect') === 'Allow') return reader.fail(where, 'ERR_IAM_CONFLICT', 'NotPrincipal does not go with Allow', 'name the principals'); // L55, E30
  }
  const value = own(members, name);
  if (kind === 'resourceControlPolicies' && value !== '*') return reader.fail(where, 'ERR_IAM_PRINCIPAL', 'the principal of a resource control policy is `*`', 'write "*"');
  if (value === '*') {
    if (kind === 'trustPolicy') return reader.fail(where, 'ERR_IAM_PRINCIPAL', 'a role trust policy refuses the bare `*`', 'write {"AWS": "*"}'); // L45
    return [{ type: 'AWS', text: '*', form: 'everyone' }];
  }
  const types = reader.object(value, where, name);
  if (types === undefined) return undefined;
  const entries: PrincipalEntry[] = [];
  for (const type of Object.keys(types)) {
    if (type !== 'AWS' && type !== 'Service' && type !== 'Federated' && type !== 'CanonicalUser') {
      reader.fail(`${where}.${type}`, 'ERR_IAM_PRINCIPAL', `\`${type}\` is no principal type`, 'use AWS, Service, Federated or CanonicalUser');
      continue;
    }
    for (const text of reader.strings(types[type], `${where}.${type}`, 'the principal')) {
      const entry = classifyPrincipal(type, text);
      if (entry === undefined) reader.fail(`${where}.${type}`, 'ERR_IAM_PRINCIPAL', `\`${text.slice(0, 200)}\` is no principal`, 'write an account, user, role or session without wildcards');
      else entries.push(entry);
    }
  }
  return entries;
}

function readConditions(reader: Reader, value: unknown, path: string): ConditionLine[] {
  const lines: ConditionLine[] = [];
  const block = reader.object(value, path, 'Condition');
  if (block === undefined) return lines;
  for (const operator of Object.keys(block)) {
    const where = `${path}.${operator}`;
    const keys = reader.object(block[operator], where, `the operator \`${operator}\``);
    if (keys === undefined) continue;
    const names = Object.keys(keys);
    const row = parseOperator(operator);
    if (row === undefined) {
      // L68: IAM tolerates an unknown operator without content.
      if (names.length > 0) reader.fail(where, 'ERR_IAM_OPERATOR', `\`${operator}\` is no condition operator`, 'check spelling and letter case');
      continue;
    }
    const seen = new Set<string>();
    for (const key of names) {
      const at = `${where}.${key}`;
      if (seen.has(asciiLower(key))) reader.fail(at, 'ERR_IAM_DUPLICATE_MEMBER', `the key \`${key}\` stands twice, in different letter case`, 'write one list of values'); // L71
      seen.add(asciiLower(key));
      const written = keys[key];
      const values: string[] = [];
      for (const item of Array.isArray(written) ? (written as unknown[]) : [written]) {
        if (typeof item === 'string') values.push(item);
        else if (typeof item === 'boolean' || (typeof item === 'number' && Number.isFinite(item))) values.push(String(item)); // L19
        else reader.fail(at, 'ERR_IAM_TYPE', 'a condition value is not a string, number or boolean', 'write a string or a list of strings'); // L18
      }
      for (const text of values) {
        if (!row.accepts(text)) reader.fail(at, 'ERR_IAM_CONDITION_VALUE', `\`${text.slice(0, 200)}\` cannot be read by ${operator}`, 'write a value of the type the operator compares'); // U5
      }
      lines.push({ operator, parsed: row, key, values, path: at });
    }
  }
  return lines;
}

