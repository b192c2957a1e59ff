import type { Issue } from '../error.js';
import { isListOf } from '../value/argument.js';
import { isAccountId } from '../value/arn.js';
import { isPlainObject } from '../value/plain.js';
import { nameMeant } from './closest.js';
import { InvalidInputError } from './error.js';
import type { EstateData, Organization } from './estate-data.js';
import { repeatsIn } from './identifiers.js';
import { isText } from './text.js';

/** Whether a member has the shape it must have, and what to write. */
interface Form {
  readonly fits: (value: unknown) => boolean;
  readonly hint: string;
}

const isString = (value: unknown): boolean => typeof value === 'string';
const isUse = (value: unknown): boolean =>
  isPlainObject(value) &&
  !('arn' in value && 'name' in value) &&
  (isText(value.arn) || (isString(value.name) && ('document' in value || isString(value.unresolved))));
const listOf = (fits: (value: unknown) => boolean) => (value: unknown) => isListOf(value, fits);
const optional = ({ fits, hint }: Form): Form => ({
  fits: (value) => value === undefined || fits(value),
  hint,
});

const string: Form = { fits: isString, hint: 'write a string' };
const accountId: Form = {
  fits: (value) => typeof value === 'string' && isAccountId(value),
  hint: "write the 12 digits of the account as a string, such as '111122223333'",
};
const text: Form = { fits: isText, hint: 'write a string, or text with holes' };
const strings: Form = { fits: listOf(isString), hint: 'write a list of strings, [] for none' };
const texts: Form = { fits: listOf(isText), hint: 'write a list of strings, [] for none' };
const useHint = "{ name: '…', document: … } or { arn: '…' }";
const use: Form = { fits: isUse, hint: `write ${useHint}` };
const uses: Form = { fits: listOf(isUse), hint: `write a list of ${useHint}, [] for none` };
const tags: Form = {
  fits: (value) => value === undefined || (isPlainObject(value) && Object.values(value).every(isText)),
  hint: "write { key: 'value' }, values as strings",
};
const oneOf = (...words: readonly string[]): Form => ({
  fits: (value) => words.includes(value as string),
  hint: `write ${words.join(' or ')}`,
});

type Shape = Readonly<Record<string, Form>>;

const identity: Shape = { arn: text, account: accountId, name: text, names: strings, policies: uses };
const principal: Shape = {
  ...identity,
  kind: oneOf('user', 'role'),
  trustPolicy: optional(use),
  permissionsBoundary: optional(use),
  tags,
  instanceProfiles: optional(strings),
};

/** Only what linking and merging walk through: policies are read with their text, the rest where it is asked for. */
const shapes: Readonly<Record<Exclude<keyof EstateData, 'organization'>, Shape>> = {
  accounts: { id: accountId },
  principals: principal,
  groups: identity,
  // That of a policy of AWS is `aws`, and nothing is decided by it.
  managedPolicies: { arn: text, account: string, names: strings },
  attachments: {
    kind: oneOf('user', 'role', 'group'),
    account: accountId,
    target: text,
    policy: optional(use),
    group: optional(text),
  },
  resources: {
    arn: text,
    account: optional(accountId),
    type: string,
    names: strings,
    policies: uses,
    target: optional(text),
    tags,
  },
  workloads: { type: string, names: strings, role: text, account: accountId },
  vpcEndpoints: { id: text, account: accountId, names: strings, policy: optional(use) },
};
const organizationShapes: Readonly<Record<'nodes' | 'policies', Shape>> = {
  nodes: {
    id: string,
    type: oneOf('ROOT', 'OU', 'ACCOUNT'),
    serviceControlPolicies: optional(strings),
    resourceControlPolicies: optional(strings),
  },
  policies: { id: string, name: string, names: strings },
};
const user: Shape = { groups: texts };
/** Members that are read where they are asked for. */
const others: Readonly<Record<string, readonly string[]>> = {
  data: [...Object.keys(shapes), 'organization'],
  accounts: ['name', 'partition'],
  principals: ['groups', 'tagsUnresolved'],
  groups: ['kind'],
  managedPolicies: ['document', 'unresolved'],
  resources: ['tagsUnresolved', 'policyUnresolved'],
  vpcEndpoints: ['vpc', 'service'],
  organization: ['id', 'managementAccount', 'nodes', 'policies'],
  'organization.nodes': ['name', 'parent'],
  'organization.policies': ['type', 'document', 'unresolved'],
};
/** What is a member of anything in an estate is no slip where it is none: loaders keep more of some things than is read. */
const everywhere: ReadonlySet<string> = new Set([
  ...Object.values({ ...shapes, ...organizationShapes }).flatMap((shape) => Object.keys(shape)),
  ...Object.values(others).flat(),
  'origin',
]);
/** So many letters may differ for a member to be taken for a slip; what is like none is somebody's own. */
const slip = 2;

/**
 * Refuses data that is no estate's: what was put together by hand, or read from a file that is another one.
 * @throws InvalidInputError with the path of each thing that is not as it must be
 */
export function checkData(data: EstateData): void {
  checkIsData(data);
  const issues = [...slipsIn(data, others.data!, ''), ...listsIn(data, shapes, '')];
  const { organization } = data as { organization?: Organization };
  if (isPlainObject(organization)) {
    issues.push(...slipsIn(organization, others.organization!, 'organization.'));
    issues.push(...listsIn(organization, organizationShapes, 'organization.'));
    if (!optional(accountId).fits(organization.managementAccount))
      issues.push(wrong('organization.managementAccount', organization.managementAccount, accountId.hint));
  } else if (organization !== undefined)
    issues.push(wrong('organization', organization, 'write { nodes: […], policies: […] }'));
  // Identifiers can be compared only where they are what they must be.
  if (issues.length === 0) issues.push(...repeatsIn(data));
  if (issues.length > 0) throw new InvalidInputError(issues);
}

/**
 * Refuses what has nothing of an estate's data, whatever its members are like: an estate itself, text, what a loader returns. Read as
 * data, each would be an estate in which nobody may do anything.
 * @throws InvalidInputError
 */
export function checkIsData(data: unknown): asserts data is Partial<EstateData> {
  const members = isPlainObject(data) && typeof data.toJSON !== 'function' ? Object.keys(data) : undefined;
  if (members?.length === 0 || members?.some((name) => others.data!.includes(name))) return;
  const slips = members === undefined ? [] : slipsIn(data, others.data!, '');
  const hint = 'write the data of an estate, as estate.toJSON() gives it';
  throw new InvalidInputError(slips.length > 0 ? slips : [wrong('data', data, hint)]);
}

function listsIn(data: object, shapesOf: Readonly<Record<string, Shape>>, within: string): Issue[] {
  const lists = data as Readonly<Record<string, unknown>>;
  return Object.entries(shapesOf).flatMap(([name, shape]) => {
    const list = lists[name];
    const path = `${within}${name}`;
    if (!Array.isArray(list)) return [wrong(path, list, 'write a list, [] for none')];
    const known = [...Object.keys(shape), ...(others[path] ?? []), 'origin'];
    // flatMap passes over what a sparse list does not have; the first is enough, since there may be billions.
    const missing = list.findIndex((_, at) => !(at in list));
    if (missing >= 0) return [wrong(`${path}[${missing}]`, undefined, 'write an object')];
    return list.flatMap((one, at) => {
      const place = `${path}[${at}]`;
      return [...membersOf(one, shape, place), ...slipsIn(one, known, `${place}.`)];
    });
  });
}

function membersOf(one: unknown, shape: Shape, path: string): readonly Issue[] {
  if (!isPlainObject(one)) return [wrong(path, one, 'write an object')];
  const whole =
    shape === principal && one.kind === 'user'
      ? { ...shape, ...user }
      : shape === organizationShapes.nodes && one.type === 'ACCOUNT'
        ? { ...shape, id: accountId }
        : shape;
  const issues: Issue[] = [];
  if (one.origin !== undefined && !isPlainObject(one.origin))
    issues.push(wrong(`${path}.origin`, one.origin, 'write { file, path }'));
  for (const name in whole) {
    const { fits, hint } = whole[name]!;
    if (!fits(one[name])) issues.push(wrong(`${path}.${name}`, one[name], hint));
  }
  return issues;
}

/** Misspelt members: a boundary that is not read would limit nothing. */
function slipsIn(one: unknown, known: readonly string[], within: string): readonly Issue[] {
  if (!isPlainObject(one)) return [];
  return Object.keys(one).flatMap((name): readonly Issue[] => {
    if (everywhere.has(name) || one[name] === undefined) return [];
    const meant = nameMeant(name, known, slip);
    if (meant === undefined) return [];
    const message = `\`${name}\` is no member of an estate's data here`;
    return [
      { path: `${within}${name}`, code: 'ERR_IAM_UNKNOWN_MEMBER', message, hint: `did you mean ${meant}` },
    ];
  });
}

function wrong(path: string, value: unknown, hint: string): Issue {
  const absent = value === undefined;
  const message = absent ? 'this is absent' : 'this is not what an estate has here';
  return { path, code: absent ? 'ERR_IAM_MISSING_MEMBER' : 'ERR_IAM_TYPE', message, hint };
}
