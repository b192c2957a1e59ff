import { type Members, member, readJsonInput, refuseForm, textMember } from '../json-input.js';
import { attachedLists } from './forms.js';
import {
  enabledTypes,
  fromArn,
  idOf,
  nodeType,
  type RawNode,
  type RawOrganization,
  type RawPolicy,
  readPolicy,
} from './raw-organization.js';

/** The files of a folder that hold nodes, and the member in which the AWS CLI wraps them. */
const nodeFiles: Readonly<Record<string, string>> = {
  'roots.json': 'Roots',
  'ous.json': 'OrganizationalUnits',
  'accounts.json': 'Accounts',
};

/** The files of a folder that hold policies, and the kind they are of where the policies do not say. */
const policyFiles: Readonly<Record<string, string | undefined>> = {
  'scps.json': 'SERVICE_CONTROL_POLICY',
  'rcps.json': 'RESOURCE_CONTROL_POLICY',
  'policies.json': undefined,
};

const headFile = 'organization.json';
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Whether these are files by their names, and not one of the forms that a single file has. */
export const isFolder = (value: unknown): value is Members =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).some((path) => path.endsWith('.json'));

/** `accounts.json`, `ous.json`, `roots.json`, `scps.json`, `rcps.json`, `policies.json` and `organization.json`, by their names. */
export function readFolder(files: Members): RawOrganization {
  const found = new Map<string, unknown>();
  const unread: string[] = [];
  for (const [path, content] of Object.entries(files)) {
    const name = nameOf(path);
    const known = name === headFile || Object.hasOwn(nodeFiles, name) || Object.hasOwn(policyFiles, name);
    if (!known) unread.push(path);
    else if (found.has(name))
      refuseForm(path, 'a file of this name stands twice in the folder', 'pass one organization');
    else found.set(name, readJsonInput(content, path));
  }
  if (!found.has('accounts.json'))
    refuseForm(
      'accounts.json',
      'this file is not in the folder',
      'write the accounts and their parents there',
    );
  const nodes: RawNode[] = [];
  let head: ReturnType<typeof fromArn> = {};
  let enabled: ReturnType<typeof enabledTypes> = {};
  for (const [name, wrapper] of Object.entries(nodeFiles)) {
    for (const { key, value, path } of entriesOf(found.get(name), wrapper, name)) {
      nodes.push({ ...readNode(value, key, path, name), within: name });
      head = { ...fromArn(textMember(value, 'Arn') ?? textMember(value, 'arn')), ...head };
      if (name === 'roots.json') enabled = { ...enabledTypes(member(value, 'PolicyTypes')), ...enabled };
    }
  }
  return {
    ...head,
    ...readHead(found.get(headFile)),
    ...enabled,
    nodes,
    policies: Object.entries(policyFiles).flatMap(([name, type]) =>
      entriesOf(found.get(name), 'Policies', name).map((entry) => readEntry(entry, type, name)),
    ),
    unread,
  };
}

interface Entry {
  readonly key?: string;
  readonly value: unknown;
  readonly path: string;
}

/** A list, a list in the member in which the AWS CLI wraps it, or an object of ids. */
function entriesOf(content: unknown, wrapper: string, name: string): readonly Entry[] {
  if (content === undefined) return [];
  const wrapped = member(content, wrapper);
  const list = wrapped ?? content;
  const path = wrapped === undefined ? 'input' : `input.${wrapper}`;
  if (Array.isArray(list)) return list.map((value: unknown, i) => ({ value, path: `${path}[${i}]` }));
  if (typeof list !== 'object' || list === null)
    return refuseForm(name, 'this is neither list nor object', `write an object of ids, or a list`);
  return Object.entries(list).map(([key, value]) => ({ key, value, path: `${path}.${key}` }));
}

function readNode(value: unknown, key: string | undefined, path: string, name: string): RawNode {
  const arn = textMember(value, 'Arn') ?? textMember(value, 'arn');
  const id = idOf(textMember(value, 'Id') ?? textMember(value, 'id') ?? key ?? arn ?? '');
  const type = nodeType(textMember(value, 'Type') ?? textMember(value, 'type'), id);
  if (type === undefined || typeof value !== 'object' || value === null)
    return refuseForm(
      `${name} ${path}`,
      'this is no node of an organization',
      'write its Id, and its parent beside it',
    );
  const named = textMember(value, 'Name') ?? textMember(value, 'name');
  return {
    id,
    type,
    ...(named === undefined ? {} : { name: named }),
    parent: type === 'ROOT' ? null : (parentOf(value, id) ?? null),
    ...attachedLists(value, `${name} ${path}`),
    path,
  };
}

/** The parent under any of its names; the CLI itself says it only in the paths of accounts: `o-x/r-x/ou-x/`. */
function parentOf(value: unknown, id: string): string | undefined {
  for (const name of ['parent', 'Parent', 'ParentId', 'parentId', 'ou']) {
    const written = textMember(value, name);
    if (written !== undefined) return idOf(written);
  }
  const paths = member(value, 'Paths');
  const [path] = Array.isArray(paths) && paths.length === 1 ? (paths as unknown[]) : [];
  return typeof path === 'string'
    ? path
        .split('/')
        .filter((one) => one !== id && /^(?:r|ou)-/.test(one))
        .at(-1)
    : undefined;
}

function readEntry({ key, value, path }: Entry, type: string | undefined, name: string): RawPolicy {
  // A document that stands alone behind its id.
  const bare = member(value, 'Statement') !== undefined || typeof value === 'string';
  const read = bare ? readPolicy({ Content: value }, key, path) : readPolicy(value, key, path);
  if (read === undefined)
    return refuseForm(`${name} ${path}`, 'the policy has no Id', 'write the id of the policy');
  return { ...(type === undefined ? {} : { type }), ...read, within: name };
}

function readHead(content: unknown): Pick<RawOrganization, 'id' | 'managementAccount'> {
  const organization = member(content, 'Organization') ?? content;
  const id = textMember(organization, 'Id') ?? textMember(organization, 'id');
  const management =
    textMember(organization, 'ManagementAccountId') ??
    textMember(organization, 'MasterAccountId') ??
    textMember(organization, 'managementAccount');
  return {
    ...fromArn(
      textMember(organization, 'MasterAccountArn') ??
        textMember(organization, 'Arn') ??
        textMember(organization, 'arn'),
    ),
    ...(id === undefined ? {} : { id }),
    ...(management === undefined ? {} : { managementAccount: management }),
  };
}
