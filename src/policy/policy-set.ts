import { InvalidPolicyError, type Issue } from '../error.js';
import { entriesOf } from '../value/list.js';
import { isPlainObject } from '../value/plain.js';
import { readPolicy } from './parse.js';
import type { Policy, PolicySetKey } from './policy.js';
import { own } from './reader.js';

/** The policies of one evaluation: by kind, levels of policies. Kinds without levels have one; absent kinds none. */
export interface PolicySet {
  readonly levels: Readonly<Record<PolicySetKey, readonly (readonly Policy[])[]>>;
  /** What breaks the rules of a role trust policy, for the first request that makes the resource policy one (L22). */
  readonly trustIssues: readonly Issue[];
}

/** By kind, what was given and what it was read as. */
export type KnownPolicies = ReadonlyMap<PolicySetKey, Map<unknown, Policy>>;

/** How policies of a kind are given. */
const shapes: Readonly<Record<PolicySetKey, 'one' | 'list' | 'levels'>> = {
  identityPolicies: 'list',
  permissionsBoundary: 'one',
  sessionPolicies: 'list',
  resourcePolicy: 'one',
  serviceControlPolicies: 'levels',
  resourceControlPolicies: 'levels',
  vpcEndpointPolicy: 'one',
};

/**
 * Reads the `policies` of an evaluation.
 * @param known policies of other sets, read before: the same object is not read again
 * @throws InvalidPolicyError with all issues of all documents
 */
export function readPolicySet(input: unknown, known?: KnownPolicies): PolicySet {
  const issues: Issue[] = [];
  const trustIssues: Issue[] = [];
  const levels: Record<PolicySetKey, Policy[][]> = {
    identityPolicies: [],
    permissionsBoundary: [],
    sessionPolicies: [],
    resourcePolicy: [],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    vpcEndpointPolicy: [],
  };
  try {
    readKinds(input, levels, issues, trustIssues, known);
  } catch {
    // A getter or proxy of the caller's threw: nothing more can be said about the object.
    const message = 'the object throws when it is read';
    issues.push({ path: 'policies', code: 'ERR_IAM_TYPE', message, hint: 'pass plain JSON data' });
  }
  if (issues.length > 0) throw new InvalidPolicyError(issues);
  return { levels, trustIssues };
}

type Fail = (path: string, message: string, hint: string) => void;

function readKinds(
  input: unknown,
  levels: Record<PolicySetKey, Policy[][]>,
  issues: Issue[],
  trustIssues: Issue[],
  known: KnownPolicies | undefined,
): void {
  const read = (given: unknown, as: PolicySetKey, path: string): Policy => {
    const found = known?.get(as)?.get(given);
    if (found !== undefined) return found;
    const count = issues.length;
    const policy = readGiven(given, as, path, issues);
    if (issues.length === count) known?.get(as)?.set(given, policy);
    return policy;
  };
  const readList = (list: readonly unknown[], as: PolicySetKey, path: string): Policy[] =>
    list.map((item, i) => read(item, as, `${path}[${i}]`));
  const fail: Fail = (path, message, hint) => issues.push({ path, code: 'ERR_IAM_TYPE', message, hint });
  if (!isPlainObject(input)) {
    fail('policies', 'policies is not an object', 'write for example { "identityPolicies": [ … ] }');
    return;
  }
  // A getter of the caller's class: left out, a limit would not count.
  for (const kind of Object.keys(shapes))
    if (kind in input && !Object.hasOwn(input, kind) && !(kind in {}))
      fail(`policies.${kind}`, 'this comes from a class', 'pass plain JSON data');
  for (const key of Object.keys(input)) {
    const path = `policies.${key}`;
    if (!Object.hasOwn(shapes, key)) {
      const hint = `use ${Object.keys(shapes).join(', ')}`;
      issues.push({ path, code: 'ERR_IAM_UNKNOWN_MEMBER', message: `\`${key}\` is no kind of policy`, hint });
      continue;
    }
    const kind = key as PolicySetKey;
    const given = input[kind];
    if (given === undefined) continue;
    if (shapes[kind] === 'one') {
      levels[kind] = [[read(given, kind, path)]];
      if (kind === 'resourcePolicy') readGiven(given, 'trustPolicy', path, trustIssues);
      continue;
    }
    const list = listOf(given, path, fail);
    if (list === undefined) continue;
    if (shapes[kind] === 'list') levels[kind] = list.length === 0 ? [] : [readList(list, kind, path)];
    else {
      list.forEach((level, i) => {
        const policies = listOf(level, `${path}[${i}]`, fail);
        if (policies !== undefined) levels[kind].push(readList(policies, kind, `${path}[${i}]`));
      });
    }
  }
}

function listOf(value: unknown, path: string, fail: Fail): readonly unknown[] | undefined {
  const entries = Array.isArray(value) ? entriesOf(value) : undefined;
  const hint = path.endsWith(']') ? 'write the policies of a level as a list' : 'write a list';
  if (entries === undefined) fail(path, 'this is not a list', hint);
  return entries;
}

/** A document, its JSON text, or `{ name, document }`. */
function readGiven(
  given: unknown,
  kind: PolicySetKey | 'trustPolicy',
  path: string,
  issues: Issue[],
): Policy {
  if (!isPlainObject(given) || own(given, 'document') === undefined) {
    return readPolicy(given, kind, path, issues);
  }
  const name = own(given, 'name');
  const document = own(given, 'document');
  if (name !== undefined && typeof name !== 'string') {
    issues.push({
      path: `${path}.name`,
      code: 'ERR_IAM_TYPE',
      message: 'the name is not a string',
      hint: 'write text',
    });
  }
  for (const member of Object.keys(given)) {
    if (member === 'name' || member === 'document') continue;
    const message = `\`${member}\` does not stand beside a document`;
    issues.push({
      path: `${path}.${member}`,
      code: 'ERR_IAM_UNKNOWN_MEMBER',
      message,
      hint: 'use name, document',
    });
  }
  return readPolicy(document, kind, `${path}.document`, issues, typeof name === 'string' ? name : undefined);
}
