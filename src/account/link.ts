import type { PolicyDocument } from '../policy/document.js';
import type { PolicyKind } from '../policy/policy.js';
import { checkArgument } from '../value/argument.js';
import { isPlainObject } from '../value/plain.js';
import { AttachmentIndex } from './attachments.js';
import { checkData } from './check-data.js';
import type {
  EstateData,
  EstateGroup,
  EstatePrincipal,
  EstateResource,
  ManagedPolicy,
  PolicyUse,
  Text,
  VpcEndpoint,
} from './estate-data.js';
import { type NamedThing, nameIndex } from './name-index.js';
import { LinkedOrganization } from './organization.js';
import {
  knownPolicy,
  possiblePolicy,
  type ResolvedPolicy,
  type Unresolved,
  unresolvedPolicy,
} from './resolved-policy.js';
import { holdersOf } from './resource-owner.js';
import { joinParts } from './resource-policy.js';
import { textKey, textWords } from './text.js';

/** A policy that AWS manages, by its ARN; undefined for one that does not exist. */
export type AwsManagedPolicies = (arn: string) => PolicyDocument | undefined;

/** A caller of the estate with all policies that hang on it. */
export interface LinkedPrincipal {
  /** Its ARN, as the index has it. */
  readonly key: string;
  /** With what attachments add. */
  readonly principal: EstatePrincipal;
  /** Its own and those of its groups. */
  readonly identityPolicies: readonly ResolvedPolicy[];
  /** Absent: none. */
  readonly permissionsBoundary?: ResolvedPolicy;
}

/** An immutable index over the data of an estate; what it is asked for is worked out once. */
export class LinkedEstate {
  /** Everything by each of its names. */
  readonly names: ReadonlyMap<string, readonly NamedThing[]>;
  /** Absent: no organization is known. */
  readonly organization?: LinkedOrganization;
  /** Accounts of which the estate holds anything. */
  readonly accounts: ReadonlySet<string>;
  /** What other files change. */
  readonly attachments: AttachmentIndex;
  readonly #principals: ReadonlyMap<string, EstatePrincipal>;
  readonly #groups: ReadonlyMap<string, EstateGroup>;
  readonly #managed: ReadonlyMap<string, ManagedPolicy>;
  readonly #resources: ReadonlyMap<string, EstateResource>;
  readonly #endpoints: ReadonlyMap<string, VpcEndpoint>;
  readonly #linked = new Map<string, LinkedPrincipal>();
  readonly #resolved = new Map<PolicyUse, Map<string, ResolvedPolicy>>();
  readonly #byArn = new Map<string, ResolvedPolicy>();
  readonly #others = new Map<string, ResolvedPolicy | undefined>();
  #unresolved = 0;

  /** What it was made from. */
  readonly data: EstateData;
  /** Where policies of AWS are looked up. */
  readonly awsManagedPolicy: AwsManagedPolicies;

  constructor(data: EstateData, awsManagedPolicy: AwsManagedPolicies) {
    this.data = data;
    this.awsManagedPolicy = awsManagedPolicy;
    this.names = nameIndex(data);
    this.attachments = new AttachmentIndex(data.attachments);
    this.#principals = new Map(data.principals.map((one) => [textKey(one.arn), one]));
    this.#groups = groupIndex(data.groups);
    this.#managed = new Map(data.managedPolicies.map((one) => [textKey(one.arn), one]));
    this.#resources = new Map(data.resources.map((one) => [textKey(one.arn), one]));
    this.#endpoints = new Map(data.vpcEndpoints.map((one) => [textKey(one.id), one]));
    this.accounts = new Set([
      ...data.accounts.map(({ id }) => id),
      ...data.principals.map(({ account }) => account),
      ...data.resources.flatMap(({ account }) => (account === undefined ? [] : [account])),
    ]);
    if (data.organization !== undefined)
      this.organization = new LinkedOrganization(data.organization, this.#count);
  }

  readonly #count = (): number => ++this.#unresolved;

  /** A user or role by the key of its ARN. */
  principal(key: string): LinkedPrincipal | undefined {
    const known = this.#linked.get(key);
    if (known !== undefined) return known;
    const found = this.#principals.get(key);
    if (found === undefined) return undefined;
    const linked = this.#link(key, this.attachments.applyTo(found));
    this.#linked.set(key, linked);
    return linked;
  }

  #link(key: string, principal: EstatePrincipal): LinkedPrincipal {
    const where = `${principal.kind} ${textWords(principal.name)}`;
    const identityPolicies = this.#policiesOf(principal.policies, where);
    if (principal.kind === 'user') {
      for (const group of principal.groups)
        identityPolicies.push(...this.#groupPolicies(group, principal.account));
    } else if (principal.trustPolicy === undefined) {
      identityPolicies.push(
        this.unresolved(`policies of ${where}`, 'known by reference only', 'identityPolicies'),
      );
    }
    const { permissionsBoundary: boundary } = principal;
    return {
      key,
      principal,
      identityPolicies,
      ...(boundary === undefined
        ? {}
        : { permissionsBoundary: this.resolve(boundary, 'permissionsBoundary', `${where} › boundary`) }),
    };
  }

  #policiesOf(uses: readonly PolicyUse[], where: string): ResolvedPolicy[] {
    // Attached twice is attached once.
    const names = new Set<string>();
    return uses.flatMap((use) => {
      if ('arn' in use && names.size === names.add(textKey(use.arn)).size) return [];
      const how = 'arn' in use ? '' : 'document' in use ? `inline ${use.name}` : use.name;
      return [this.resolve(use, 'identityPolicies', `${where} › ${how}`)];
    });
  }

  #groupPolicies(group: Text, account: string): readonly ResolvedPolicy[] {
    const key = textKey(group);
    const found = this.#groups.get(key) ?? this.#groups.get(`${account} ${key}`);
    if (found !== undefined) {
      const applied = this.attachments.applyTo(found);
      return this.#policiesOf(applied.policies, `group ${textWords(found.name)}`);
    }
    const { policies } = this.attachments.addedTo('group', account, key, key);
    const where = `group ${textWords(group)}`;
    return [
      ...this.#policiesOf(policies, where),
      this.unresolved(`policies of ${where}`, 'not in the files', 'identityPolicies'),
    ];
  }

  /** One policy; the same object whenever the same use is asked for. */
  resolve(use: PolicyUse, kind: PolicyKind, name: string): ResolvedPolicy {
    if ('arn' in use) return this.#byLink(use.arn, kind);
    const known = this.#resolved.get(use)?.get(`${kind} ${name}`);
    if (known !== undefined) return known;
    const resolved =
      'document' in use
        ? knownPolicy(name, use.document, kind, this.#count)
        : use.possible === undefined
          ? unresolvedPolicy(use.name, use.unresolved, kind, this.#count())
          : possiblePolicy(use.name, use.unresolved, use.possible, kind, this.#count());
    const byName = this.#resolved.get(use) ?? new Map<string, ResolvedPolicy>();
    byName.set(`${kind} ${name}`, resolved);
    this.#resolved.set(use, byName);
    return resolved;
  }

  #byLink(arn: Text, kind: PolicyKind): ResolvedPolicy {
    const key = textKey(arn);
    const known = this.#byArn.get(`${kind} ${key}`);
    if (known !== undefined) return known;
    const own = this.#managed.get(key);
    const document = own?.document ?? (typeof arn === 'string' ? this.awsManagedPolicy(arn) : undefined);
    const name = textWords(arn);
    const resolved =
      document === undefined
        ? this.unresolved(name, own?.unresolved ?? 'not in the files', kind)
        : knownPolicy(name, document, kind, this.#count);
    this.#byArn.set(`${kind} ${key}`, resolved);
    return resolved;
  }

  /** A policy that is not known; the same object for the same name. */
  unresolved(name: string, reason: string, kind: PolicyKind): ResolvedPolicy {
    return this.#once(`${kind} ${name}`, () => unresolvedPolicy(name, reason, kind, this.#count()))!;
  }

  /** Several policies that are not known, as one. */
  unresolvedGroup(members: readonly Unresolved[], kind: PolicyKind): ResolvedPolicy {
    const name = members.map((one) => one.name).join(', ');
    return this.#once(`${kind} group ${name}`, () => {
      const { unresolved = [], ...policy } = unresolvedPolicy(name, 'not in the files', kind, this.#count());
      return { ...policy, unresolved: unresolved.map((one) => ({ ...one, members })) };
    })!;
  }

  #once(name: string, make: () => ResolvedPolicy | undefined): ResolvedPolicy | undefined {
    if (!this.#others.has(name)) this.#others.set(name, make());
    return this.#others.get(name);
  }

  /** The resource of that ARN, as the index has it. */
  resource(key: string): EstateResource | undefined {
    return this.#resources.get(key);
  }

  /** What the policies of a request on this ARN hang on, the ARN itself first. */
  holders(key: string): readonly EstateResource[] {
    return holdersOf(key).flatMap((arn) => this.#resources.get(arn) ?? []);
  }

  /** The one resource policy that counts for an ARN; undefined when the things it hangs on have none. */
  resourcePolicy(key: string): ResolvedPolicy | undefined {
    const role = this.#principals.get(key);
    const holders = this.holders(key);
    return this.#once(
      `resource ${role === undefined ? holders.map(({ arn }) => textKey(arn)).join(' ') : key}`,
      () => {
        if (role?.kind === 'role') {
          const where = `role ${textWords(role.name)} › trust policy`;
          return role.trustPolicy === undefined
            ? this.unresolved(where, 'known by reference only', 'trustPolicy')
            : this.resolve(role.trustPolicy, 'trustPolicy', where);
        }
        const parts = holders.flatMap((holder) => {
          const where = textWords(holder.arn);
          const known = holder.policies.map((use) =>
            this.resolve(use, 'resourcePolicy', `${where} › ${'name' in use ? use.name : 'policy'}`),
          );
          if (holder.policyUnresolved !== true) return known;
          return [...known, this.unresolved(`${where} › policy`, 'not in the files', 'resourcePolicy')];
        });
        return joinParts(parts);
      },
    );
  }

  /** The VPC endpoint of that id, as the index has it. */
  endpoint(key: string): VpcEndpoint | undefined {
    return this.#endpoints.get(key);
  }
}

/** By ARN, and by account and name. */
function groupIndex(groups: readonly EstateGroup[]): ReadonlyMap<string, EstateGroup> {
  return new Map(
    groups.flatMap((group): [string, EstateGroup][] => [
      [textKey(group.arn), group],
      [`${group.account} ${textKey(group.name)}`, group],
    ]),
  );
}

/**
 * Refuses what linking does not return; an `Estate` has it as `linked`.
 * @throws InvalidRequestError
 */
export function checkLinked(linked: unknown, path = 'linked'): asserts linked is LinkedEstate {
  const { data, principal } = Object(linked) as Partial<LinkedEstate>;
  const fits = isPlainObject(data) && typeof principal === 'function';
  checkArgument(fits, path, 'pass what linkEstate returns, or estate.linked');
}

const noAwsPolicies: AwsManagedPolicies = () => undefined;

/**
 * Links what the data names: attachments to principals, members to groups, policies to their text. What is not there becomes a policy
 * that is not resolved. Policies that AWS manages come from the given table.
 *
 * @example
 * ```ts
 * const linked = linkEstate({
 *   ...emptyEstate,
 *   principals: [
 *     {
 *       kind: 'user', arn: 'arn:aws:iam::111122223333:user/ana', account: '111122223333', name: 'ana', names: [], groups: [],
 *       policies: [{ arn: 'arn:aws:iam::111122223333:policy/lost' }],
 *     },
 *   ],
 * });
 * const ana = linked.principal('arn:aws:iam::111122223333:user/ana');
 * console.log(ana?.identityPolicies[0]?.unresolved?.[0]?.reason); // not in the files
 * ```
 * @throws InvalidInputError for data that is no estate's
 */
export function linkEstate(data: EstateData, awsManagedPolicy = noAwsPolicies): LinkedEstate {
  checkData(data);
  checkArgument(typeof awsManagedPolicy === 'function', 'awsManagedPolicy', 'pass a function (arn) => …');
  return new LinkedEstate(data, awsManagedPolicy);
}
