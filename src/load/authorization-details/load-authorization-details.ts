import {
  type EstateData,
  type EstateGroup,
  type EstatePrincipal,
  emptyEstate,
  type ManagedPolicy,
} from '../../account/estate-data.js';
import { entriesOf } from '../../value/list.js';
import type { Diagnostic, Loaded } from '../diagnostic.js';
import type { Report } from '../document.js';
import { listOf, type Members, member, readJsonInput, refuseForm } from '../json-input.js';
import { Accounts } from './accounts.js';
import { IdentityReader } from './identity.js';
import { readManagedPolicy } from './managed-policy.js';
import { reportReferences } from './references.js';

/** What the file itself does not say. */
export interface AuthorizationDetailsOptions {
  /** Name of the file, for diagnostics and origins. */
  readonly file?: string | undefined;
  /** 12 digits, for ARNs that do not say. */
  readonly accountId?: string | undefined;
}

const lists = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'] as const;

/**
 * Reads the output of `aws iam get-account-authorization-details`: one file, or its pages in any order. Documents may be objects,
 * JSON text or URL-encoded text; lists may be missing.
 *
 * @throws InvalidInputError when the input is not JSON or not of this form
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export function loadAuthorizationDetails(input: unknown, options: AuthorizationDetailsOptions = {}): Loaded {
  const diagnostics: Diagnostic[] = [];
  const { file } = options;
  const report: Report = (code, path, message, hint) =>
    diagnostics.push({ code, path, message, hint, ...(file === undefined ? {} : { file }) });
  const pages = readPages(input);
  reportMissingPages(pages, report);
  const accounts = new Accounts(options.accountId, report);
  const tagged = pages.some(({ value }) =>
    ['UserDetailList', 'RoleDetailList'].some((list) =>
      listOf(member(value, list))?.some((one) => member(one, 'Tags') !== undefined),
    ),
  );
  const reader = new IdentityReader(accounts, report, file, tagged);
  const principals: EstatePrincipal[] = [];
  const groups: EstateGroup[] = [];
  const managedPolicies: ManagedPolicy[] = [];
  for (const { value, path } of pages) {
    each(value, 'UserDetailList', path, (one, at) => add(principals, reader.user(one, at)));
    each(value, 'RoleDetailList', path, (one, at) => add(principals, reader.role(one, at)));
    each(value, 'GroupDetailList', path, (one, at) => add(groups, reader.group(one, at)));
    each(value, 'Policies', path, (one, at) =>
      add(managedPolicies, readManagedPolicy(one, at, report, file)),
    );
  }
  const data: EstateData = {
    ...emptyEstate,
    accounts: [...accounts.seen].map(([id, partition]) => ({
      id,
      ...(partition === 'aws' ? {} : { partition }),
    })),
    principals,
    groups,
    managedPolicies,
  };
  reportReferences(data, report);
  return { data, diagnostics };
}

interface Page {
  readonly value: Members;
  readonly path: string;
}

function readPages(input: unknown): readonly Page[] {
  const whole = readJsonInput(input);
  const given = Array.isArray(whole) ? (entriesOf(whole) ?? []) : [whole];
  const hint = 'pass the output of `aws iam get-account-authorization-details`';
  if (given.length === 0) refuseForm('input', 'there is no page', hint);
  return given.map((one: unknown, i) => {
    const path = Array.isArray(whole) ? `input[${i}]` : 'input';
    const value = readJsonInput(one, path);
    if (
      typeof value !== 'object' ||
      value === null ||
      !lists.some((list) => member(value, list) !== undefined)
    )
      return refuseForm(path, `there is none of ${lists.join(', ')}`, hint);
    return { value: value as Members, path };
  });
}

/** All pages but the last are truncated; when all are, the last is missing. */
function reportMissingPages(pages: readonly Page[], report: Report): void {
  const truncated = pages.filter(({ value }) => String(member(value, 'IsTruncated')) === 'true');
  if (truncated.length < pages.length) return;
  const { path } = truncated.at(-1)!;
  const message =
    'the output goes on in a page that is not given: users, groups, roles and policies are missing';
  report(
    'missingValue',
    `${path}.IsTruncated`,
    message,
    'give all pages as a list, or call the AWS CLI without --no-paginate',
  );
}

function each(value: Members, name: string, path: string, read: (one: unknown, path: string) => void): void {
  const list = listOf(member(value, name));
  if (list === undefined)
    refuseForm(`${path}.${name}`, 'this is no list', 'pass the output as the AWS CLI writes it');
  list.forEach((one, i) => {
    read(one, `${path}.${name}[${i}]`);
  });
}

function add<T>(list: T[], one: T | undefined): void {
  if (one !== undefined) list.push(one);
}
