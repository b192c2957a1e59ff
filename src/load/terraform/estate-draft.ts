import type {
  Attachment,
  EstateAccount,
  EstateData,
  EstateGroup,
  EstatePrincipal,
  EstateResource,
  EstateRole,
  EstateUser,
  ManagedPolicy,
  Origin,
  PolicyUse,
  Text,
  UnresolvedPolicy,
  VpcEndpoint,
  Workload,
} from '../../account/estate-data.js';
import { textKey, textWords } from '../../account/text.js';

type Kind = 'user' | 'role' | 'group';
type Mutable<T> = { -readonly [K in keyof T]: T[K] };
/** A thing whose lists still grow. */
type Growing<T extends { policies: readonly PolicyUse[] }> = Mutable<Omit<T, 'policies'>> & {
  policies: PolicyUse[];
};

export type RoleDraft = Growing<EstateRole> & {
  profiles: string[];
  /** Policies that stand in the block of the role, not only in what the provider found. */
  written: ReadonlySet<PolicyUse>;
  /** Names of the inline policies that its own block lists. */
  listed: ReadonlySet<string>;
};
export type UserDraft = Growing<Omit<EstateUser, 'groups'>> & { groups: Text[] };
export type GroupDraft = Growing<EstateGroup>;
export type ResourceDraft = Growing<EstateResource>;

interface Drafts {
  readonly role: RoleDraft;
  readonly user: UserDraft;
  readonly group: GroupDraft;
}

/** The estate as far as it is read. Later blocks add to what earlier ones declare. */
export class EstateDraft {
  readonly #identities = new Map<string, RoleDraft | UserDraft | GroupDraft>();
  readonly #listed: (RoleDraft | UserDraft | GroupDraft)[] = [];
  readonly #byName = new Map<string, readonly Text[]>();
  readonly #resources = new Map<string, ResourceDraft>();
  readonly managedPolicies: ManagedPolicy[] = [];
  readonly attachments: Attachment[] = [];
  readonly workloads: Workload[] = [];
  /** The role of an instance profile, by the keys of its name and its ARN. */
  readonly profiles = new Map<string, Text>();
  /** By the key of the id. */
  readonly vpcEndpoints = new Map<string, Mutable<VpcEndpoint>>();
  /** Resource policies that nobody wrote: what the provider found, and defaults of AWS. Written ones take their place. */
  readonly computed = new Set<PolicyUse>();

  /** Of things that the plan makes, by kind or type: what is known only after apply may be about one of them. */
  readonly #fresh = new Map<string, Growing<{ policies: readonly PolicyUse[] }>[]>();
  readonly #uncertain = new Map<string, UnresolvedPolicy>();

  readonly #uncertainAt = new Map<string, UnresolvedPolicy>();
  readonly #doubted = new Set<unknown>();

  /**
   * Something that nobody can follow may concern everything new of this kind (`role`) or type (`AWS::S3::Bucket`); where nothing is new,
   * everything. Where it is known to be one of some, it may concern each of these.
   */
  doubt(what: string, policy: UnresolvedPolicy, among?: readonly { readonly address: string }[]): void {
    if (among === undefined) {
      if (!this.#uncertain.has(what)) this.#uncertain.set(what, policy);
      return;
    }
    if (this.#doubted.size === this.#doubted.add(among).size) return;
    for (const { address } of among) this.#uncertainAt.set(address, policy);
  }

  addIdentity(draft: RoleDraft | UserDraft | GroupDraft, fresh: boolean): void {
    this.#listed.push(draft);
    if (fresh) this.#addFresh(draft.kind, draft);
    this.#identities.set(`${draft.kind} ${textKey(draft.arn)}`, draft);
    this.#identities.set(`${draft.kind} ${draft.account} ${textKey(draft.name)}`, draft);
  }

  /** A principal or group that the file declares, by ARN or name. */
  identity<K extends Kind>(kind: K, account: string, target: Text): Drafts[K] | undefined {
    const key = textKey(target);
    const found = this.#identities.get(`${kind} ${key}`) ?? this.#identities.get(`${kind} ${account} ${key}`);
    return found as Drafts[K] | undefined;
  }

  identities(): readonly (RoleDraft | UserDraft | GroupDraft)[] {
    return this.#listed;
  }

  /** Adds a policy to a principal or group, which need not be in the file. */
  attach(kind: Kind, account: string, target: Text, policy: PolicyUse): void {
    const found = this.identity(kind, account, target);
    if (found !== undefined) {
      // The role itself may list it too, as it was before: inline policies are told by their names.
      if (found.kind === 'role' && 'name' in policy && found.listed.has(policy.name))
        drop(found.policies, (one) => 'name' in one && one.name === policy.name);
      found.policies.push(policy);
    } else this.attachments.push({ kind, account, target, policy, ...originOf(policy) });
  }

  /** Adds a user to a group. */
  join(account: string, user: Text, group: Text, origin: Origin): void {
    const found = this.identity('user', account, user);
    if (found !== undefined) found.groups.push(group);
    else this.attachments.push({ kind: 'user', account, target: user, group, origin });
  }

  #addFresh(what: string, draft: { policies: PolicyUse[] }): void {
    const list = this.#fresh.get(what);
    if (list === undefined) this.#fresh.set(what, [draft]);
    else list.push(draft);
  }

  addResource(draft: ResourceDraft, fresh = false): ResourceDraft {
    const key = textKey(draft.arn);
    if (fresh) this.#addFresh(draft.type, draft);
    const known = this.#resources.get(key);
    if (known === undefined) {
      this.#resources.set(key, draft);
      return draft;
    }
    known.policies.push(...draft.policies);
    known.names = [...new Set([...known.names, ...draft.names])];
    return known;
  }

  resource(arn: Text): ResourceDraft | undefined {
    return this.#resources.get(textKey(arn));
  }

  /** ARNs of the resources of a type that have a name, at most two. */
  named(type: string, name: Text): readonly Text[] {
    return this.#byName.get(`${type} ${textKey(name)}`) ?? [];
  }

  /** Makes resources known by their names too. */
  name(type: string, name: Text, arn: Text): void {
    const key = `${type} ${textKey(name)}`;
    const known = this.#byName.get(key) ?? [];
    // Two are as good as many: the name does not tell which one is meant.
    if (known.length < 2) this.#byName.set(key, [...known, arn]);
  }

  resourcesOfType(type: string): readonly ResourceDraft[] {
    return [...this.#resources.values()].filter((one) => one.type === type);
  }

  /** Whatever owns anything here. */
  #accounts(): EstateAccount[] {
    const found = new Map<string, string | undefined>();
    for (const { account, arn } of [...this.#listed, ...this.managedPolicies, ...this.#resources.values()]) {
      if (account !== undefined && found.get(account) === undefined) found.set(account, partitionOf(arn));
    }
    for (const { account } of [...this.attachments, ...this.workloads, ...this.vpcEndpoints.values()]) {
      if (!found.has(account)) found.set(account, undefined);
    }
    return [...found].map(([id, partition]) => ({
      id,
      ...(partition === undefined || partition === 'aws' ? {} : { partition }),
    }));
  }

  finish(): EstateData {
    for (const [what, policy] of this.#uncertain) {
      const old = () => [...this.#listed.filter(({ kind }) => kind === what), ...this.resourcesOfType(what)];
      for (const draft of this.#fresh.get(what) ?? old()) draft.policies.push(policy);
    }
    for (const { names, policies } of [...this.#listed, ...this.#resources.values()]) {
      const policy = names.map((name) => this.#uncertainAt.get(name)).find((one) => one !== undefined);
      if (policy !== undefined) policies.push(policy);
    }
    const principals = this.#listed.flatMap((one): EstatePrincipal[] => {
      if (one.kind === 'group') return [];
      if (one.kind === 'user') return [one];
      const { profiles, written, listed, ...role } = one;
      return [{ ...role, ...(profiles.length === 0 ? {} : { instanceProfiles: profiles }) }];
    });
    return {
      accounts: this.#accounts(),
      principals,
      groups: this.#listed.filter((one) => one.kind === 'group'),
      managedPolicies: this.managedPolicies,
      attachments: this.attachments,
      resources: [...this.#resources.values()],
      workloads: this.workloads,
      vpcEndpoints: [...this.vpcEndpoints.values()],
    };
  }
}

const originOf = (policy: PolicyUse) => (policy.origin === undefined ? {} : { origin: policy.origin });

/** The partition of an ARN, when it is known. */
const partitionOf = (arn: Text): string | undefined => /^arn:([^:{]+):/.exec(textWords(arn))?.[1];

/** Takes items out of a list that grows. */
export function drop<T>(list: T[], which: (item: T) => boolean): void {
  for (let i = list.length - 1; i >= 0; i--) if (which(list[i]!)) list.splice(i, 1);
}

/** The names that something is called by: its address, and its plain name where that is known. */
export const namesOf = (address: string, name: Text): readonly string[] =>
  typeof name === 'string' && name !== address ? [name, address] : [address];

export const isPlain = (text: Text): text is string => typeof text === 'string';
export const lastName = (text: Text): string => textWords(text).replace(/^.*[:/]/s, '');
