import type {
  EstateAccount,
  EstateData,
  EstateGroup,
  EstatePrincipal,
  EstateResource,
  ManagedPolicy,
  Organization,
  OrganizationNode,
  OrganizationPolicy,
  Origin,
  Text,
  VpcEndpoint,
} from '../account/estate-data.js';
import { groupName } from '../account/identifiers.js';
import { textKey, textWords } from '../account/text.js';
import type { Diagnostic, Loaded } from './diagnostic.js';
import { type CommonUses, commonUses } from './twin-policies.js';

type Named = { readonly names: readonly string[]; readonly origin?: Origin | undefined };

/**
 * Two declarations of one thing, such as two roles of one name of which a condition chooses one, or two pages that tell different things
 * of one user: AWS has at most one of them, and nobody says which. What all of them have is certain; what hangs on the rest depends.
 */
export function settleTwins(loaded: Loaded): Loaded {
  const { data } = loaded;
  const diagnostics: Diagnostic[] = [];
  const common = (all: readonly Named[]): CommonUses => commonUses(data, whyOf(all));
  const unite = <T extends object>(
    list: readonly T[],
    key: (one: T) => string,
    merged: (all: readonly T[]) => T | undefined,
  ): readonly T[] => {
    const groups = new Map<string, T[]>();
    for (const one of list) {
      const known = groups.get(key(one));
      if (known === undefined) groups.set(key(one), [one]);
      else known.push(one);
    }
    if (groups.size === list.length) return list;
    return [...groups.values()].flatMap((all) => {
      if (all.length === 1) return all;
      const told = new Set(all.map(contentOf));
      const one = told.size === 1 ? all[0]! : merged(all);
      if (told.size > 1) diagnostics.push(...all.slice(1).map((twin) => diagnosticOf(all[0]!, twin)));
      return one === undefined ? [] : [withNames(one, all)];
    });
  };
  const arnOf = ({ arn }: { readonly arn: Text }) => textKey(arn);
  const settled: EstateData = {
    ...data,
    accounts: accountsOf(data.accounts),
    principals: unite<EstatePrincipal>(data.principals, arnOf, (all) => principalOf(all, common(all))),
    groups: unite<EstateGroup>(data.groups, groupName, (all) => ({
      ...all[0]!,
      policies: common(all).list(all.map(({ policies }) => policies)),
    })),
    managedPolicies: unite<ManagedPolicy>(data.managedPolicies, arnOf, withoutText),
    resources: unite<EstateResource>(data.resources, arnOf, (all) => ({
      ...all[0]!,
      ...tagsOf(all),
      policies: common(all).list(all.map(({ policies }) => policies)),
      ...(all.some(({ policyUnresolved }) => policyUnresolved === true) ? { policyUnresolved: true } : {}),
    })),
    vpcEndpoints: unite<VpcEndpoint>(
      data.vpcEndpoints,
      ({ id }) => textKey(id),
      (all) => ({ ...all[0]!, policy: { name: 'policy', unresolved: whyOf(all) } }),
    ),
    ...(data.organization === undefined ? {} : { organization: organizationOf(data.organization, unite) }),
  };
  return diagnostics.length === 0 && sameLists(data, settled)
    ? loaded
    : { data: settled, diagnostics: [...loaded.diagnostics, ...diagnostics] };
}

const sameLists = (a: EstateData, b: EstateData): boolean =>
  (Object.keys(a) as (keyof EstateData)[]).every((name) => name === 'organization' || a[name] === b[name]) &&
  a.organization?.nodes === b.organization?.nodes &&
  a.organization?.policies === b.organization?.policies;

/** No answer hangs on what else is said of an account. */
function accountsOf(accounts: readonly EstateAccount[]): readonly EstateAccount[] {
  const byId = new Map<string, EstateAccount>();
  for (const one of accounts) byId.set(one.id, { ...byId.get(one.id), ...one });
  return byId.size === accounts.length ? accounts : [...byId.values()];
}

type Unite = <T extends object>(
  list: readonly T[],
  key: (one: T) => string,
  merged: (all: readonly T[]) => T | undefined,
) => readonly T[];

const organizationOf = (organization: Organization, unite: Unite): Organization => ({
  ...organization,
  // Of an account without a node nothing is known, of one with a wrong parent the wrong thing.
  nodes: unite<OrganizationNode>(
    organization.nodes,
    ({ id }) => id,
    () => undefined,
  ),
  policies: unite<OrganizationPolicy>(organization.policies, ({ id }) => id, withoutText),
});

function principalOf(all: readonly EstatePrincipal[], common: CommonUses): EstatePrincipal {
  const [first] = all as readonly [EstatePrincipal];
  const { tags: _, permissionsBoundary: __, ...rest } = first;
  const boundary = common.one(
    'permissions boundary',
    all.map((one) => one.permissionsBoundary),
  );
  const policies = common.list(all.map((one) => one.policies));
  const limits = boundary === undefined ? {} : { permissionsBoundary: boundary };
  if (rest.kind === 'user') {
    const groups = common.groups(all.map((one) => (one.kind === 'user' ? one.groups : [])));
    const more = [...policies, ...groups.open];
    return { ...rest, ...limits, ...tagsOf(all), policies: more, groups: groups.certain };
  }
  const { trustPolicy: ___, ...role } = rest;
  const roles = all.flatMap((one) => (one.kind === 'role' ? [one] : []));
  const trust = common.one(
    'trust policy',
    roles.map((one) => one.trustPolicy),
  );
  const profiles = [...new Set(roles.flatMap(({ instanceProfiles = [] }) => instanceProfiles))];
  return {
    ...role,
    ...limits,
    ...tagsOf(all),
    policies,
    ...(trust === undefined ? {} : { trustPolicy: trust }),
    ...(profiles.length === 0 ? {} : { instanceProfiles: profiles }),
  };
}

type Tagged = Pick<EstateResource, 'tags' | 'tagsUnresolved'>;

/** Tags that differ are not known. */
function tagsOf(all: readonly Tagged[]): Tagged {
  const [{ tags, tagsUnresolved }] = all as readonly [Tagged];
  const told = new Set(all.map((one) => JSON.stringify([sorted(one.tags), one.tagsUnresolved === true])));
  if (told.size > 1) return { tagsUnresolved: true };
  return { ...(tags === undefined ? {} : { tags }), ...(tagsUnresolved === true ? { tagsUnresolved } : {}) };
}

const sorted = (tags: Tagged['tags']): unknown =>
  Object.entries(tags ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));

/** What differs has no text that is certain. */
function withoutText<T extends ManagedPolicy | OrganizationPolicy>(all: readonly T[]): T {
  const { document: _, ...rest } = all[0]!;
  return { ...rest, unresolved: whyOf(all) } as T;
}

/** Everything that is said of a thing, but not where, nor what else it is called. */
function contentOf(one: object): string {
  const { names: _, origin: __, ...said } = one as Partial<Named>;
  const plain = (use: unknown): unknown => {
    if (typeof use !== 'object' || use === null) return use;
    const { origin: ___, ...rest } = use as Partial<Named>;
    return rest;
  };
  return JSON.stringify(
    Object.entries(said as Record<string, unknown>)
      .map(([name, value]) => [name, Array.isArray(value) ? value.map(plain) : plain(value)])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );
}

function withNames<T extends object>(one: T, all: readonly T[]): T {
  const names = all.flatMap((twin) => (twin as Partial<Named>).names ?? []);
  return names.length === 0 ? one : { ...one, names: [...new Set(names)] };
}

const whereIs = (one: object): string => {
  const { origin, names } = one as Partial<Named>;
  return origin?.path ?? names?.[0] ?? labelOf(one);
};

const whyOf = (all: readonly object[]): string =>
  `only one of these can exist: ${[...new Set(all.map(whereIs))].join(', ')}`;

function labelOf(one: object): string {
  const { arn, id } = one as { arn?: Text; id?: Text };
  return textWords(arn ?? id ?? '');
}

function diagnosticOf(first: object, twin: object): Diagnostic {
  const { file } = (twin as Partial<Named>).origin ?? {};
  return {
    code: 'ambiguous',
    path: whereIs(twin),
    message: `${whereIs(first)} declares ${labelOf(twin)} too, and says something else of it`,
    hint: 'answers depend on which of them exists; say which one does, or give one of them another name',
    ...(file === undefined ? {} : { file }),
  };
}
