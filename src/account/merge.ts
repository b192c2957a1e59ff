import { checkData } from './check-data.js';
import type {
  EstateAccount,
  EstateData,
  EstatePrincipal,
  EstateResource,
  EstateUser,
  Organization,
  OrganizationNode,
  PolicyUse,
  Text,
  Workload,
} from './estate-data.js';
import { groupName } from './identifiers.js';
import { holdsOnePolicy, partsBelow } from './one-policy.js';
import { textKey } from './text.js';

/**
 * Lays one estate over another: a plan over a snapshot, one account beside others. Of things with the same ARN the fields of the upper
 * one win; policies, names and groups are united, of two with the same name the upper one counts. A resource that holds one policy, such
 * as a bucket or a key, has that of the upper one, if it writes any; the permissions of functions and event buses are united.
 *
 * Nothing says that something is gone: what the lower one has and the upper one does not name stays.
 *
 * @example
 * ```ts
 * const role = {
 *   kind: 'role' as const, arn: 'arn:aws:iam::111122223333:role/app', account: '111122223333', name: 'app',
 *   names: ['app'], policies: [],
 * };
 * const both = mergeEstates(
 *   { ...emptyEstate, principals: [role] },
 *   { ...emptyEstate, principals: [{ ...role, names: ['AppRole'] }] },
 * );
 * console.log(both.principals[0]?.names.join()); // app,AppRole
 * ```
 * @throws InvalidInputError for data that is no estate's
 */
export function mergeEstates(lower: EstateData, upper: EstateData): EstateData {
  checkData(lower);
  checkData(upper);
  const organization = mergeOrganizations(lower.organization, upper.organization);
  return {
    accounts: unite(lower.accounts, upper.accounts, ({ id }) => id, mergeAccounts),
    principals: unite(
      lower.principals,
      upper.principals,
      ({ kind, arn }) => `${kind} ${textKey(arn)}`,
      mergePrincipals,
    ),
    groups: unite(lower.groups, upper.groups, groupName, (a, b) => ({
      ...over(a, b),
      names: uniteNames(a, b),
      policies: unitePolicies(a.policies, b.policies),
    })),
    managedPolicies: unite(
      lower.managedPolicies,
      upper.managedPolicies,
      ({ arn }) => textKey(arn),
      (a, b) => {
        const names = uniteNames(a, b);
        // A bare reference above does not hide a document below.
        if (b.document === undefined && a.document !== undefined) return { ...over(b, a), names };
        return { ...over({ ...a, unresolved: undefined }, b), names };
      },
    ),
    attachments: unite(
      lower.attachments,
      upper.attachments,
      (one) => JSON.stringify(one),
      (_, b) => b,
    ),
    resources: unite(lower.resources, upper.resources, ({ arn }) => textKey(arn), mergeResources),
    workloads: unite(lower.workloads, upper.workloads, workloadKey, (a, b) => ({
      ...over(a, b),
      names: uniteNames(a, b),
    })),
    vpcEndpoints: unite(
      lower.vpcEndpoints,
      upper.vpcEndpoints,
      ({ id }) => textKey(id),
      (a, b) => ({
        ...over(a, b),
        names: uniteNames(a, b),
      }),
    ),
    ...(organization === undefined ? {} : { organization }),
  };
}

/** Both lists; what is in both is merged, in the place of the lower one. */
function unite<T>(
  lower: readonly T[],
  upper: readonly T[],
  key: (one: T) => string,
  merge: (a: T, b: T) => T,
): T[] {
  const out = new Map<string, T>();
  for (const one of [...lower, ...upper]) {
    const name = key(one);
    const before = out.get(name);
    out.set(name, before === undefined ? one : merge(before, one));
  }
  return [...out.values()];
}

/** Both, the fields of `b` over those of `a`. A member that is undefined is absent: it hides nothing. */
const over = <A extends object, B extends object>(a: A, b: B): A & B => ({ ...defined(a), ...defined(b) });

const defined = <T extends object>(one: T): T =>
  Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)) as T;

const uniteNames = (
  a: { readonly names: readonly string[] },
  b: { readonly names: readonly string[] },
): string[] => [...new Set([...a.names, ...b.names])];

const policyKey = (use: PolicyUse): string => ('arn' in use ? `arn ${textKey(use.arn)}` : `name ${use.name}`);
const unitePolicies = (a: readonly PolicyUse[], b: readonly PolicyUse[]): PolicyUse[] =>
  unite(a, b, policyKey, (_, upper) => upper);
const uniteTexts = (a: readonly Text[], b: readonly Text[]): Text[] =>
  unite(a, b, textKey, (_, upper) => upper);

const mergeAccounts = (a: EstateAccount, b: EstateAccount): EstateAccount => over(a, b);

function mergePrincipals(a: EstatePrincipal, b: EstatePrincipal): EstatePrincipal {
  const merged = {
    ...over(a, b),
    ...mergeTags(a, b),
    names: uniteNames(a, b),
    policies: unitePolicies(a.policies, b.policies),
  };
  if (merged.kind === 'user')
    return { ...merged, groups: uniteTexts((a as EstateUser).groups, (b as EstateUser).groups) };
  const profiles = [a, b].flatMap((one) => (one.kind === 'role' ? (one.instanceProfiles ?? []) : []));
  return profiles.length === 0 ? merged : { ...merged, instanceProfiles: [...new Set(profiles)] };
}

type Tagged = Pick<EstateResource, 'tags' | 'tagsUnresolved'>;

/** Tags that are known above win; tags that are not known above hide none that are known below. */
function mergeTags(a: Tagged, b: Tagged): { tags?: NonNullable<Tagged['tags']>; tagsUnresolved: boolean } {
  const known = b.tagsUnresolved !== true ? b : a;
  const tags = b.tags ?? known.tags ?? a.tags;
  return {
    tagsUnresolved: a.tagsUnresolved === true && b.tagsUnresolved === true,
    ...(tags === undefined ? {} : { tags }),
  };
}

/** Where the upper one does not know the key of an alias, that of the lower one need not be it any more. */
const mergeResources = ({ target: _, ...a }: EstateResource, b: EstateResource): EstateResource => ({
  ...over(a, b),
  ...mergeTags(a, b),
  names: uniteNames(a, b),
  policies: unitePolicies(
    holdsOnePolicy(a.type) || holdsOnePolicy(b.type) ? partsBelow(a.policies, b.policies) : a.policies,
    b.policies,
  ),
  policyUnresolved: a.policyUnresolved === true && b.policyUnresolved === true,
});

/** A workload has no ARN: its names within its account are what it is known by. */
const workloadKey = ({ type, account, names, role }: Workload): string =>
  JSON.stringify([type, account, names[0] ?? textKey(role)]);

function mergeOrganizations(
  a: Organization | undefined,
  b: Organization | undefined,
): Organization | undefined {
  if (a === undefined || b === undefined) return b ?? a;
  return {
    ...over(a, b),
    nodes: unite(
      a.nodes,
      b.nodes,
      ({ id }) => id,
      (lower, upper) => ({
        ...over(lower, upper),
        // A template says what it attaches, not what else is attached: losing a deny of the lower one would open what it closes.
        ...uniteIds(lower, upper, 'serviceControlPolicies'),
        ...uniteIds(lower, upper, 'resourceControlPolicies'),
      }),
    ),
    policies: unite(
      a.policies,
      b.policies,
      ({ id }) => id,
      (lower, upper) => {
        const names = uniteNames(lower, upper);
        if (upper.document === undefined && lower.document !== undefined)
          return { ...over(upper, lower), names };
        return { ...over(lower, upper), names };
      },
    ),
  };
}

function uniteIds(
  lower: OrganizationNode,
  upper: OrganizationNode,
  kind: 'serviceControlPolicies' | 'resourceControlPolicies',
): Partial<OrganizationNode> {
  const lists = [lower[kind], upper[kind]].filter((list) => list !== undefined);
  return lists.length === 0 ? {} : { [kind]: [...new Set(lists.flat())] };
}
