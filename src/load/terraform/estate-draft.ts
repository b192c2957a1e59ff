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
  PolicyUse,
  Text,
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

  addIdentity(draft: RoleDraft | UserDraft | GroupDraft): void {
    this.#listed.push(draft);
    this.#identities.set(`${draft.kind} ${textKey(draft.arn)}`, draft);
    this.#identities.set(`${draft.kind} ${draft.account} ${textKey(draft.name)}`, draft);
  }

  /** A principal or group that the file declares, by ARN or name. */
  identity<K extends Kind>(kind: K, account: string, target: Text): Drafts[K] | undefined {
    const key = textKey(target);
    const found = this.#identities.get(`${kind} ${key}`) ?? this.#identities.get(`${kind} ${account} ${key}`);
    return found as Drafts[K] | undefined;
  }

  /** Adds a policy to a principal or group, which need not be in the file. */
  attach(kind: Kind, account: string, target: Text, policy: PolicyUse): void {
    const found = this.identity(kind, account, target);
    if (found !== undefined) {
      // The role itself may list it too, as it was before: inline policies are told by their names.
      if ('name' in policy) drop(found.policies, (one) => 'name' in one && one.name === policy.name);
      found.policies.push(policy);
    } else this.attachments.push({ kind, account, target, policy, ...originOf(policy) });
  }

  /** Adds a user to a group. */
  join(account: string, user: Text, group: Text, origin: Attachment['origin']): void {
    const found = this.identity('user', account, user);
    if (found !== undefined) found.groups.push(group);
    else this.attachments.push({ kind: 'user', account, target: user, group, ...(origin ? { origin } : {}) });
  }

  addResource(draft: ResourceDraft): ResourceDraft {
    const key = textKey(draft.arn);
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
    const principals = this.#listed.flatMap((one): EstatePrincipal[] => {
      if (one.kind === 'group') return [];
      if (one.kind === 'user') return [one];
      const { profiles, written, ...role } = one;
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
export const lastName = (text: Text): string => textWords(text).split(/[:/]/).at(-1) ?? '';
