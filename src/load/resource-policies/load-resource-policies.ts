import { type EstateResource, emptyEstate, type PolicyUse } from '../../account/estate-data.js';
import { holdsOnePolicy } from '../../account/one-policy.js';
import { holdersOf, isRoleArn } from '../../account/resource-owner.js';
import { textKey } from '../../account/text.js';
import { isAccountId, parseArn } from '../../value/arn.js';
import { isPlainObject } from '../../value/plain.js';
import type { Diagnostic, Loaded } from '../diagnostic.js';
import { policyUse, type Report } from '../document.js';
import { type Members, member, readJsonInput, refuseForm, tagsOf, textMember } from '../json-input.js';
import { restrictedPublicAccess } from './block-public-access.js';
import { arnIn, policyIn } from './command-output.js';
import { plainName, resourceType } from './resource-type.js';

/** What the file itself does not say. */
export interface ResourcePoliciesOptions {
  /** Name of the file, for origins and diagnostics. */
  readonly file?: string | undefined;
  /** The owner's 12 digits, for resources that neither name one nor have it in their ARN. */
  readonly accountId?: string | undefined;
}

/**
 * Reads the policies of resources: a list of `{ Resource, Policy, Account?, Tags?, BlockPublicAccess? }`, or an object of ARN → what the
 * AWS CLI prints for the resource (`get-bucket-policy`, `get-key-policy`, `get-queue-attributes`, `get-topic-attributes`,
 * `lambda get-policy`, `get-resource-policy` …), with the same members beside it. `null` says that there is no policy.
 *
 * @throws InvalidInputError when the input is not JSON or not of one of these forms
 */
export function loadResourcePolicies(input: unknown, options: ResourcePoliciesOptions = {}): Loaded {
  const diagnostics: Diagnostic[] = [];
  const { file } = options;
  const report: Report = (code, path, message, hint) =>
    diagnostics.push({ code, path, message, hint, ...(file === undefined ? {} : { file }) });
  const read = entriesOf(readJsonInput(input)).flatMap(({ arn, value, path }) => {
    const resource = readEntry(arn, value, path, options, report);
    return resource === undefined ? [] : [{ written: arn ?? '', resource }];
  });
  const owners = new Set(read.flatMap(({ resource }) => resource.account ?? []));
  const data = { ...emptyEstate, accounts: [...owners].map((id) => ({ id })), resources: withParts(read) };
  return { data, diagnostics };
}

interface Entry {
  readonly arn: string | undefined;
  readonly value: unknown;
  readonly path: string;
}

function entriesOf(value: unknown): readonly Entry[] {
  if (Array.isArray(value))
    return value.map((one: unknown, i) => ({ arn: arnIn(one), value: one, path: `input[${i}]` }));
  if (isPlainObject(value)) {
    const own = arnIn(value);
    if (own !== undefined) return [{ arn: own, value, path: 'input' }];
    const members = Object.entries(value);
    if (members.length === 0 || members.some(([key]) => key.startsWith('arn:')))
      return members.map(([key, one]) => ({ arn: key, value: one, path: `input.${key}` }));
  }
  const hint =
    'write [{ "Resource": "arn:…", "Policy": { … }, "Account": "111122223333" }] or { "arn:…": { … } }';
  return refuseForm('input', 'these are no policies of resources', hint);
}

interface Read {
  readonly written: string;
  readonly resource: EstateResource;
}

/** Versions and aliases of a function have policies of their own, beside that of the function: in an estate they are parts of one. */
function withParts(read: readonly Read[]): readonly EstateResource[] {
  const byArn = new Map<string, Read[]>();
  for (const one of read) {
    const arn = textKey(one.resource.arn);
    byArn.set(arn, [...(byArn.get(arn) ?? []), one]);
  }
  return [...byArn.values()].flatMap((all) => {
    const [first] = all as [Read, ...Read[]];
    const resources = all.map(({ resource }) => resource);
    const distinct = new Set(all.map(({ written }) => written)).size === all.length;
    // Two entries of one ARN tell different things of one policy.
    if (all.length === 1 || !distinct || holdsOnePolicy(first.resource.type)) return resources;
    const whole = (all.find(({ written, resource }) => written === resource.arn) ?? first).resource;
    const policies = all.flatMap(({ written, resource }) =>
      resource.policies.map((use) =>
        'name' in use && written !== resource.arn
          ? { ...use, name: `${use.name} of ${plainName(written) ?? written}` }
          : use,
      ),
    );
    const open = resources.some(({ policyUnresolved }) => policyUnresolved === true);
    return [{ ...whole, policies, ...(open ? { policyUnresolved: true } : {}) }];
  });
}

function readEntry(
  written: string | undefined,
  value: unknown,
  path: string,
  options: ResourcePoliciesOptions,
  report: Report,
): EstateResource | undefined {
  const parts = written === undefined ? undefined : parseArn(written);
  if (written === undefined || parts === undefined) {
    const message = `\`${(written ?? '').slice(0, 100)}\` is no ARN of a resource; the entry is left out`;
    report('malformed', path, message, 'write the whole ARN as Resource');
    return undefined;
  }
  if (isRoleArn(written)) {
    report(
      'unsupportedType',
      path,
      'a role has a trust policy, which comes with the account',
      'load the account snapshot',
    );
    return undefined;
  }
  // A policy hangs on the bucket, whatever objects its ARN was written for.
  const arn = holdersOf(written).at(-1)!;
  const origin = { ...(options.file === undefined ? {} : { file: options.file }), path };
  const account = ownerOf(value, parts[4], path, options, report);
  const found = policyIn(value);
  const tags = member(value, 'Tags');
  const read = tagsOf(tags);
  if (read === undefined)
    report(
      'malformed',
      `${path}.Tags`,
      'the tags are no list of Key and Value',
      'write [{ "Key": …, "Value": … }]',
    );
  if (found === undefined)
    report(
      'missingValue',
      path,
      'there is no Policy here',
      'write "Policy": null for a resource without one',
    );
  const use =
    found === undefined || found.policy === null
      ? []
      : [
          policyUse(
            'policy',
            found.policy,
            'resourcePolicy',
            { ...origin, path: `${path}${found.path}` },
            report,
          ),
        ];
  const name = plainName(arn);
  return {
    arn,
    ...(account === undefined ? {} : { account }),
    type: resourceType(arn),
    names: name === undefined ? [] : [name],
    policies: [...use, ...extraParts(value as Members, account, use, path, report)],
    ...(found === undefined ? { policyUnresolved: true } : {}),
    ...(tags === undefined || read === undefined ? { tagsUnresolved: true } : { tags: read }),
    origin,
  };
}

function ownerOf(
  value: unknown,
  part: string,
  path: string,
  { accountId }: ResourcePoliciesOptions,
  report: Report,
): string | undefined {
  const given = textMember(value, 'Account') ?? textMember(value, 'AccountId');
  if (given !== undefined && !isAccountId(given))
    report(
      'malformed',
      `${path}.Account`,
      `\`${given.slice(0, 40)}\` is not 12 digits`,
      'write the account id as text',
    );
  const owner = [given, part, accountId].find((one) => one !== undefined && isAccountId(one));
  if (owner === undefined)
    report(
      'missingValue',
      `${path}.Account`,
      'nobody says whose the resource is',
      'write Account, or give `accountId`',
    );
  return owner;
}

/** What else allows or denies: grants of keys, and public access that is blocked. */
function extraParts(
  value: Members,
  account: string | undefined,
  uses: readonly PolicyUse[],
  path: string,
  report: Report,
): readonly PolicyUse[] {
  const grants = member(value, 'Grants');
  const parts = restrictedPublicAccess(value, account, uses, path, report);
  if (!Array.isArray(grants) || grants.length === 0) return parts;
  report(
    'unsupportedType',
    `${path}.Grants`,
    'grants of keys are not read',
    'write them as further Allow statements of the policy',
  );
  return [...parts, { name: 'grants', unresolved: 'grants are not read' }];
}
