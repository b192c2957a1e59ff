import {
  emptyEstate,
  type Organization,
  type OrganizationNode,
  type OrganizationPolicy,
} from '../../account/estate-data.js';
import { isAccountId } from '../../value/arn.js';
import type { Diagnostic, Loaded } from '../diagnostic.js';
import { checkDocument, decodeDocument, type Report } from '../document.js';
import { member, readJsonInput, refuseForm, textMember } from '../json-input.js';
import { isFolder, readFolder } from './folder.js';
import { readCollected, readItems, readTree } from './forms.js';
import type { RawNode, RawOrganization, RawPolicy } from './raw-organization.js';

/** What the file itself does not say. */
export interface OrganizationOptions {
  /** Name of the file, for origins and diagnostics. */
  readonly file?: string | undefined;
  /** 12 digits, where the file does not say which account manages the organization. */
  readonly managementAccount?: string | undefined;
}

/** Reports of one file of a folder. */
type ReportIn = (within?: string) => Report;

/** Attached by AWS; the estate knows their text. */
const builtIn: ReadonlySet<string> = new Set(['p-FullAWSAccess', 'p-RCPFullAWSAccess']);

/**
 * Reads an organization: `{ organization, nodes, policies }` as the collector of docs/estates.md writes it, a root with `Children` and
 * whole `Policies` in each node, JSON lines of accounts with the nodes above them, or files by their names (`accounts.json`, `ous.json`,
 * `scps.json` …).
 *
 * @throws InvalidInputError when the input is not JSON or not of one of these forms
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export function loadOrganization(input: unknown, options: OrganizationOptions = {}): Loaded {
  const diagnostics: Diagnostic[] = [];
  const { file } = options;
  const placeOf = (within?: string): { readonly file?: string } => {
    const parts = [file, within].filter((one) => one !== undefined);
    return parts.length === 0 ? {} : { file: parts.join('/') };
  };
  const reportIn =
    (within?: string): Report =>
    (code, path, message, hint) =>
      diagnostics.push({ code, path, message, hint, ...placeOf(within) });
  const report = reportIn();
  const raw = withAccounts(readForm(input), reportIn);
  for (const path of raw.unread ?? [])
    reportIn(path)(
      'ignored',
      'input',
      'nothing is taken from this file',
      'see docs/estates.md for the files read',
    );
  const policies = raw.policies.flatMap((one) => readPolicy(one, placeOf(one.within), reportIn(one.within)));
  const known = new Set([...policies.map(({ id }) => id), ...builtIn]);
  const nodes = raw.nodes.map((node) => readNode(node, raw, known, reportIn(node.within)));
  checkParents(raw.nodes, reportIn);
  reportMissing(raw, reportIn);
  const management = options.managementAccount ?? raw.managementAccount;
  if (management === undefined)
    report(
      'missingValue',
      'input',
      'nobody says which account manages the organization',
      'give `managementAccount`: control policies do not limit it',
    );
  const organization: Organization = {
    ...(raw.id === undefined ? {} : { id: raw.id }),
    ...(management === undefined ? {} : { managementAccount: management }),
    nodes,
    policies,
  };
  const accounts = raw.nodes.flatMap(({ type, id, name }) =>
    type === 'ACCOUNT' ? [{ id, ...(name === undefined ? {} : { name }) }] : [],
  );
  return { data: { ...emptyEstate, accounts, organization }, diagnostics };
}

/** Leaves out accounts that are none: nothing could be asked of them. */
function withAccounts(raw: RawOrganization, reportIn: ReportIn): RawOrganization {
  const isNone = (id: string, path: string, within?: string): boolean => {
    if (isAccountId(id)) return false;
    const message = `\`${id.slice(0, 40)}\` is no account, which has 12 digits; it is left out`;
    reportIn(within)('malformed', path, message, 'write the 12 digits as text');
    return true;
  };
  const nodes = raw.nodes.filter(
    ({ id, type, path, within }) => type !== 'ACCOUNT' || !isNone(id, path, within),
  );
  const { managementAccount, ...rest } = raw;
  return managementAccount === undefined || isNone(managementAccount, 'input')
    ? { ...rest, nodes }
    : { ...raw, nodes };
}

function readForm(input: unknown): RawOrganization {
  const value = readJsonInput(linesOf(input));
  if (Array.isArray(value)) return value.length === 1 ? readOne(value[0]) : readItems(value);
  return readOne(value);
}

function readOne(value: unknown): RawOrganization {
  if (member(value, 'nodes') !== undefined) return readCollected(value);
  if (member(value, 'Children') !== undefined || member(value, 'Policies') !== undefined)
    return readTree(value);
  if (textMember(value, 'resourceType') !== undefined) return readItems([value]);
  if (isFolder(value)) return readFolder(value);
  const hint =
    'pass the output of the collector, a root with Children and Policies, or files with accounts.json';
  return refuseForm('input', 'this is no organization', hint);
}

/** JSON lines: one value a line. */
function linesOf(input: unknown): unknown {
  if (typeof input !== 'string' || !/^\s*\{[^\n]*\}\s*\n\s*\{/.test(input)) return input;
  const lines = input.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line, i) => readJsonInput(line, `input line ${i + 1}`));
}

function readPolicy(
  raw: RawPolicy,
  place: { readonly file?: string },
  report: Report,
): readonly OrganizationPolicy[] {
  const { id, path } = raw;
  const type = typeOf(raw);
  // Backup, tag and other policies say nothing about access.
  if (type === undefined) return [];
  const name = raw.name ?? id;
  const base = { id, type, name, names: [name], origin: { ...place, path } };
  const document = decodeDocument(raw.content);
  if (document === undefined) {
    if (builtIn.has(id)) return [];
    report(
      'missingValue',
      `${path}.Content`,
      `the policy ${id} has no text`,
      'answers that hang on it depend on it',
    );
    return [{ ...base, unresolved: 'no text in the file' }];
  }
  const kind = type === 'SERVICE_CONTROL_POLICY' ? 'serviceControlPolicies' : 'resourceControlPolicies';
  checkDocument(document, kind, `${path}.Content`, report);
  return [{ ...base, document }];
}

function typeOf({ type, id }: RawPolicy): OrganizationPolicy['type'] | undefined {
  if (type === 'SERVICE_CONTROL_POLICY' || type === 'RESOURCE_CONTROL_POLICY') return type;
  if (type !== undefined) return undefined;
  return id === 'p-RCPFullAWSAccess' ? 'RESOURCE_CONTROL_POLICY' : 'SERVICE_CONTROL_POLICY';
}

function readNode(
  raw: RawNode,
  { policyTypes }: RawOrganization,
  known: ReadonlySet<string>,
  report: Report,
): OrganizationNode {
  const on = (type: string) => policyTypes === undefined || policyTypes.includes(type);
  // A kind that is switched off limits nothing, whatever is attached.
  const scps = on('SERVICE_CONTROL_POLICY') ? raw.scps : ['p-FullAWSAccess'];
  const rcps = on('RESOURCE_CONTROL_POLICY') ? raw.rcps : [];
  for (const id of [...(scps ?? []), ...(rcps ?? [])]) {
    if (!known.has(id))
      report(
        'unresolvedReference',
        raw.path,
        `the policy ${id} is not in the file`,
        'answers that hang on it depend on it',
      );
  }
  return {
    id: raw.id,
    type: raw.type,
    ...(raw.name === undefined ? {} : { name: raw.name }),
    parent: raw.parent,
    ...(scps === undefined ? {} : { serviceControlPolicies: scps }),
    ...(rcps === undefined ? {} : { resourceControlPolicies: rcps }),
  };
}

function checkParents(nodes: readonly RawNode[], reportIn: ReportIn): void {
  const parents = new Map(nodes.map(({ id, parent }) => [id, parent]));
  for (const { id, type, parent, path, within } of nodes) {
    const lost = parent === null ? type !== 'ROOT' : !parents.has(parent);
    if (lost)
      reportIn(within)(
        'unresolvedReference',
        `${path}.parent`,
        `${id} hangs on nothing`,
        'write the id of its parent',
      );
  }
}

/** A list that is missing at single nodes, or a kind of policy that the file does not have at all. */
function reportMissing({ nodes, policyTypes }: RawOrganization, reportIn: ReportIn): void {
  const kinds = [
    ['scps', 'SERVICE_CONTROL_POLICY'],
    ['rcps', 'RESOURCE_CONTROL_POLICY'],
  ] as const;
  for (const [list, type] of kinds) {
    if (policyTypes !== undefined && !policyTypes.includes(type)) continue;
    const without = nodes.filter((node) => node[list] === undefined);
    if (without.length === 0) continue;
    const hint = `write "${list}" at each node, or policyTypes without ${type} when the organization does not use them`;
    if (without.length === nodes.length)
      reportIn()('missingValue', 'input', `no node has ${list}: answers depend on them`, hint);
    else
      for (const { id, path, within } of without)
        reportIn(within)(
          'missingValue',
          `${path}.${list}`,
          `${id} has no ${list}: answers depend on them`,
          hint,
        );
  }
}
