import type { PolicyUse, Text } from '../../account/estate-data.js';
import { joinTexts, textKey } from '../../account/text.js';
import { isAccountId } from '../../value/arn.js';
import { isLost } from './attribute-text.js';
import { namesOf } from './estate-draft.js';
import type { Work } from './identities.js';
import { at, filledText, type JsonPath, own } from './json-value.js';
import { attributePath, isOpen, type TerraformResource } from './terraform-resource.js';

const setType = 'aws_ssoadmin_permission_set';
const assignmentType = 'aws_ssoadmin_account_assignment';

/** What is attached to a permission set becomes this in an account that it is assigned to. */
type Attached = (work: Work, resource: TerraformResource, account: string) => readonly PolicyUse[];

const policyTypes: Readonly<Record<string, Attached>> = {
  aws_ssoadmin_permission_set_inline_policy: ({ policies }, resource) =>
    policies.required({ resource, path: ['inline_policy'], name: 'AwsSSOInlinePolicy' }),
  aws_ssoadmin_managed_policy_attachment: (work, resource) => [
    managed(work, resource, ['managed_policy_arn']),
  ],
  aws_ssoadmin_customer_managed_policy_attachment: (work, resource, account) => [
    ownPolicy(work, resource, account, ['customer_managed_policy_reference', 0]),
  ],
};
const boundaryType = 'aws_ssoadmin_permissions_boundary_attachment';

/** All types that are read here. */
export const permissionSetTypes: readonly string[] = [
  setType,
  assignmentType,
  boundaryType,
  ...Object.keys(policyTypes),
];

/**
 * A permission set becomes a role in each account that it is assigned to. Only IAM Identity Center knows the end of the role's name, the
 * region in its path, and who may assume it.
 * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/identity-center-and-iam-roles.html
 */
export function readPermissionSets(work: Work): void {
  const { index } = work.reading;
  const bySet = (type: string) => index.ofType(type).map((one) => ({ resource: one, set: setOf(work, one) }));
  const assignments = bySet(assignmentType);
  const attached = [...Object.keys(policyTypes), boundaryType].flatMap(bySet);
  const known = new Set(index.ofType(setType).map((one) => textKey(work.reading.attribute(one, 'arn'))));
  for (const { resource, set } of [...assignments, ...attached]) {
    if (set === undefined || known.has(set)) continue;
    work.reading.report({
      code: 'missingValue',
      path: attributePath(resource, ['permission_set_arn']),
      message: 'the permission set is not in this file: its roles are not read',
      hint: 'load a snapshot of the accounts',
    });
  }
  for (const set of index.ofType(setType)) {
    const key = textKey(work.reading.attribute(set, 'arn'));
    const of = (list: typeof attached) =>
      list.filter((one) => one.set === key).map(({ resource }) => resource);
    // What nobody can follow may be attached to this one.
    const lost = attached.filter((one) => one.set === undefined).map(({ resource }) => resource);
    readSet(work, set, of(assignments), [...of(attached), ...lost], new Set(lost));
  }
}

/** The key of the permission set's ARN; undefined where nobody can tell which it is. */
function setOf({ reading }: Work, resource: TerraformResource): string | undefined {
  const path = ['permission_set_arn'];
  const arn = reading.required(resource, path, { attribute: 'arn', types: [setType] });
  return isLost(resource, path, arn) ? undefined : textKey(arn);
}

function readSet(
  work: Work,
  set: TerraformResource,
  assignments: readonly TerraformResource[],
  attached: readonly TerraformResource[],
  lost: ReadonlySet<TerraformResource>,
): void {
  const { reading } = work;
  const say = (code: 'missingValue' | 'unsupportedType', path: string, message: string) =>
    reading.report({ code, path, message, hint: 'load a snapshot of the accounts' });
  if (assignments.length === 0)
    say('unsupportedType', set.address, 'no account that this permission set is assigned to is known');
  const accounts = new Map<string, string[]>();
  for (const one of assignments) {
    const meaning = { attribute: 'id', types: ['aws_organizations_account'] };
    const account = reading.argument(one, ['target_id'], meaning);
    if (typeof account === 'string' && isAccountId(account))
      accounts.set(account, [...(accounts.get(account) ?? []), one.address]);
    else
      say(
        'missingValue',
        attributePath(one, ['target_id']),
        'the account is not known: its role is not read',
      );
  }
  if (accounts.size === 0) return;
  const unknown =
    'IAM Identity Center decides who may assume the roles of this permission set, with which session tags';
  say('missingValue', set.address, unknown);
  for (const [account, addresses] of accounts)
    addRole(work, set, { account, addresses, attached, lost, trust: unknown });
}

interface Assigned {
  readonly account: string;
  readonly addresses: readonly string[];
  readonly attached: readonly TerraformResource[];
  readonly lost: ReadonlySet<TerraformResource>;
  readonly trust: string;
}

function addRole(work: Work, set: TerraformResource, assigned: Assigned): void {
  const { reading, policies, draft } = work;
  const { account, addresses, attached, lost, trust } = assigned;
  const { partition } = reading.placeOf(set);
  const hole = (what: string): Text => ({ hole: `${set.address}.${account}.${what}` });
  const setName = reading.required(set, ['name'], { attribute: 'name' });
  const name = joinTexts('AWSReservedSSO_', setName, '_', hole('suffix'));
  // Roles of an Identity Center in another region than us-east-1 have the region in their path.
  const folder = `arn:${partition}:iam::${account}:role/aws-reserved/sso.amazonaws.com/`;
  const doubtful = (one: TerraformResource): PolicyUse => ({
    name: one.address,
    unresolved: 'it may be about this permission set',
    origin: policies.origin(one.address),
  });
  const limits = attached.filter(({ type }) => type === boundaryType);
  const boundary = limits.map((one) => (lost.has(one) ? doubtful(one) : boundaryOf(work, one, account)))[0];
  draft.addIdentity(
    {
      kind: 'role',
      arn: joinTexts(folder, hole('region'), name),
      account,
      name,
      names: [...namesOf(set.address, set.address), ...addresses, `${set.address}.${account}`],
      origin: policies.origin(set.address),
      policies: attached
        .filter(({ type }) => type !== boundaryType)
        .flatMap((one) => (lost.has(one) ? [doubtful(one)] : policyTypes[one.type]!(work, one, account))),
      ...(boundary === undefined ? {} : { permissionsBoundary: boundary }),
      trustPolicy: { name: 'trust policy', unresolved: trust, origin: policies.origin(set.address) },
      tagsUnresolved: true,
      written: new Set(),
      listed: new Set(),
      profiles: [],
    },
    false,
  );
}

function managed({ reading, policies }: Work, resource: TerraformResource, path: JsonPath): PolicyUse {
  const arn = reading.required(resource, path, { attribute: 'arn', types: ['aws_iam_policy'] });
  return { arn, origin: policies.origin(attributePath(resource, path)) };
}

/** A policy that each account has under the same name and path. */
function ownPolicy(
  { reading, policies }: Work,
  resource: TerraformResource,
  account: string,
  path: JsonPath,
): PolicyUse {
  const { partition } = reading.placeOf(resource);
  const meaning = { attribute: 'name', types: ['aws_iam_policy'] };
  const name = reading.required(resource, [...path, 'name'], meaning);
  const folder = reading.argument(resource, [...path, 'path'], {
    attribute: 'path',
    types: ['aws_iam_policy'],
  });
  const arn = joinTexts(`arn:${partition}:iam::${account}:policy`, folder ?? '/', name);
  return { arn, origin: policies.origin(attributePath(resource, path)) };
}

function boundaryOf(work: Work, resource: TerraformResource, account: string): PolicyUse {
  const path: JsonPath = ['permissions_boundary', 0];
  const arn: JsonPath = [...path, 'managed_policy_arn'];
  const written = filledText(at(resource.values, arn)) !== undefined || isOpen(resource, arn);
  const reference: JsonPath = [...path, 'customer_managed_policy_reference', 0];
  return written && own(at(resource.values, reference), 'name') === undefined
    ? managed(work, resource, arn)
    : ownPolicy(work, resource, account, reference);
}
