import type {
  Attachment,
  EstateData,
  EstateGroup,
  EstatePrincipal,
  EstateResource,
  EstateTags,
  ManagedPolicy,
  Organization,
  Origin,
  PolicyUse,
  Text,
  VpcEndpoint,
  Workload,
} from '../../account/estate-data.js';
import { mayBe } from './either.js';
import { doubted, type PolicyPart, settleRivals, settleTwins } from './rival-policies.js';
import { type Finding, type SomeText, toText } from './symbolic.js';

/** A principal or group while its template is read: other resources add to it. */
export interface Identity {
  readonly kind: 'user' | 'role' | 'group';
  readonly arn: SomeText;
  readonly name: SomeText;
  readonly account: string;
  readonly names: string[];
  readonly origin: Origin;
  readonly policies: PolicyUse[];
  readonly groups: Text[];
  readonly instanceProfiles: string[];
  readonly trustPolicy?: PolicyUse;
  readonly permissionsBoundary?: PolicyUse | undefined;
  readonly tags?: EstateTags | undefined;
  readonly tagsUnresolved?: boolean;
  /** Why it is not known whether it exists. */
  readonly doubt?: string | undefined;
}

export interface ResourceEntry {
  readonly arn: SomeText;
  readonly account?: string;
  readonly type: string;
  readonly names: readonly string[];
  readonly origin?: Origin;
  readonly tags?: EstateTags | undefined;
  readonly tagsUnresolved?: boolean;
  /** Of an alias: its key, which may be none. */
  readonly target?: SomeText | undefined;
  readonly doubt?: string | undefined;
}

interface Mutable extends ResourceEntry {
  readonly policies: PolicyUse[];
  /** Paths of what declares it, where several resources of a template do: it is one of them. */
  readonly twins?: readonly string[];
}

/** Something added to a principal or group that this or another file declares. */
export interface PendingAttachment {
  readonly kind: Identity['kind'];
  readonly account: string;
  /** Name or ARN. */
  readonly target: SomeText;
  readonly policy?: PolicyUse;
  readonly group?: Text;
  /** ARN of an instance profile, and what it is called: its role is, too. */
  readonly profile?: string;
  readonly profileNames?: readonly string[];
  readonly origin: Origin;
}

/** A part of the policy of a resource, which may be declared elsewhere. */
interface ResourcePart extends PolicyPart {
  readonly arn: SomeText;
  readonly account: string;
  readonly name: string;
}

/** Why something may concern what is declared here: a function chooses whom. */
const chosen = 'it may be about this one';

/** One resource that two of a template declare. Tags and targets that differ are not known. */
function twinsOf(known: Mutable, entry: ResourceEntry): Mutable {
  const sameTarget = keyOf(known.target ?? '') === keyOf(entry.target ?? '');
  const { tags: _, ...untagged } = { ...entry, ...known };
  const same = JSON.stringify(known.tags ?? {}) === JSON.stringify(entry.tags ?? {});
  const paths = [...(known.twins ?? [known.origin?.path]), entry.origin?.path].filter(
    (one) => one !== undefined,
  );
  return {
    ...(same ? { ...entry, ...known } : { ...untagged, tagsUnresolved: true }),
    ...(sameTarget ? {} : { target: undefined }),
    names: [...new Set([...known.names, ...entry.names])],
    twins: [...new Set(paths)],
  };
}

const keyOf = (text: SomeText): string => JSON.stringify(toText(text));

/** Collects what the resources of all stacks contribute, and links what names each other. */
export class EstateDraft {
  readonly managedPolicies: ManagedPolicy[] = [];
  readonly workloads: Workload[] = [];
  readonly vpcEndpoints: VpcEndpoint[] = [];
  organization: Organization | undefined;
  readonly accounts = new Map<string, string>();
  readonly #identities: Identity[] = [];
  readonly #resources = new Map<string, Mutable>();
  /** By the ARN of the resource. */
  readonly #parts = new Map<string, ResourcePart[]>();
  readonly #wide: { type: string; account: string; use: PolicyUse }[] = [];
  readonly #attachments: PendingAttachment[] = [];

  identity(identity: Identity): void {
    this.#identities.push(identity);
  }

  resource(entry: ResourceEntry): void {
    const known = this.#resources.get(keyOf(entry.arn));
    if (known === undefined) this.#resources.set(keyOf(entry.arn), { ...entry, policies: [] });
    else this.#resources.set(keyOf(entry.arn), twinsOf(known, entry));
  }

  /** A policy of all resources of a type that an account has. */
  policyOfAll(type: string, account: string, use: PolicyUse): void {
    this.#wide.push({ type, account, use });
  }

  /** One part of the policy of a resource, which may be declared elsewhere. */
  resourcePolicy(part: ResourcePart): void {
    const key = keyOf(part.arn);
    const known = this.#parts.get(key);
    if (known === undefined) this.#parts.set(key, [part]);
    else known.push(part);
  }

  attach(attachment: PendingAttachment): void {
    this.#attachments.push(attachment);
  }

  finish(report: (finding: Finding) => void): EstateData {
    const left = this.#link();
    const parts = [...this.#parts].flatMap(([key, list]) =>
      settleTwins(settleRivals(list, report), this.#resources.get(key)?.twins ?? [], report),
    );
    for (const { arn, type, account, name, use } of parts) {
      const known = this.#resources.get(keyOf(arn));
      if (known === undefined)
        for (const one of this.#resources.values())
          if (one.type === type && mayBe(arn, one.arn)) one.policies.push(doubted(use, chosen));
      if (known !== undefined) known.policies.push(use);
      else this.#resources.set(keyOf(arn), { arn, type, account, names: [name], policies: [use] });
    }
    for (const { type, account, use } of this.#wide)
      for (const one of this.#resources.values())
        if (one.type === type && one.account === account) one.policies.push(use);
    const identities = this.#identities.map(withDoubt);
    return {
      accounts: [...this.accounts].map(([id, partition]) =>
        partition === 'aws' ? { id } : { id, partition },
      ),
      principals: identities.filter(({ kind }) => kind !== 'group').map((one) => principal(one)),
      groups: identities.filter(({ kind }) => kind === 'group').map((one) => group(one)),
      managedPolicies: this.managedPolicies,
      attachments: left,
      resources: [...this.#resources.values()].map((one) => resource(one, this.#targetOf(one))),
      workloads: this.workloads,
      vpcEndpoints: this.vpcEndpoints,
      ...(this.organization === undefined ? {} : { organization: this.organization }),
    };
  }

  /** A name that is not known may be an ARN itself: only what is declared here is known by such. */
  #targetOf({ target, doubt }: ResourceEntry): SomeText | undefined {
    if (target === undefined || doubt !== undefined) return undefined;
    return typeof target === 'string' || this.#resources.has(keyOf(target)) ? target : undefined;
  }

  /** Attaches to what is declared here; the rest is for the merge with other files. */
  #link(): Attachment[] {
    const known = new Map<string, Set<Identity>>();
    for (const one of this.#identities) {
      for (const text of [one.name, one.arn]) {
        const key = `${one.kind} ${one.account} ${keyOf(text)}`;
        known.set(key, (known.get(key) ?? new Set()).add(one));
      }
    }
    return this.#attachments.flatMap(
      ({ target, profile, profileNames = [], ...attachment }): Attachment[] => {
        const found = known.get(`${attachment.kind} ${attachment.account} ${keyOf(target)}`);
        if (found === undefined) {
          const { kind, account, policy, origin } = attachment;
          for (const one of this.#identities) {
            if (one.kind !== kind || one.account !== account) continue;
            if (!mayBe(target, one.name) && !mayBe(target, one.arn)) continue;
            if (profile === undefined)
              one.policies.push(doubted(policy ?? { name: 'group', origin, unresolved: chosen }, chosen));
          }
          return profile === undefined ? [{ ...attachment, target: toText(target) }] : [];
        }
        // Of several with one name, whichever exists has it.
        for (const one of found) {
          if (attachment.policy !== undefined) one.policies.push(attachment.policy);
          if (attachment.group !== undefined) one.groups.push(attachment.group);
          if (profile !== undefined) one.instanceProfiles.push(profile);
          one.names.push(...profileNames);
        }
        return [];
      },
    );
  }
}

/** Nothing is certain of what may not exist. */
function withDoubt(identity: Identity): Identity {
  const { doubt, trustPolicy, permissionsBoundary } = identity;
  if (doubt === undefined) return identity;
  return {
    ...identity,
    policies: identity.policies.map((use) => doubted(use, doubt)),
    ...(trustPolicy === undefined ? {} : { trustPolicy: doubted(trustPolicy, doubt) }),
    ...(permissionsBoundary === undefined
      ? {}
      : { permissionsBoundary: doubted(permissionsBoundary, doubt) }),
  };
}

const base = ({ arn, name, account, names, origin, policies }: Identity) => ({
  names: [...new Set(names)],
  arn: toText(arn),
  account,
  name: toText(name),
  origin,
  policies,
});

const group = (identity: Identity): EstateGroup => ({ kind: 'group', ...base(identity) });

function principal(identity: Identity): EstatePrincipal {
  const { kind, trustPolicy, permissionsBoundary, tags, tagsUnresolved, instanceProfiles, groups } = identity;
  const more = {
    ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
    ...(tags === undefined ? {} : { tags }),
    ...(tagsUnresolved === true ? { tagsUnresolved } : {}),
  };
  if (kind === 'user') return { kind, ...base(identity), groups, ...more };
  return {
    kind: 'role',
    ...base(identity),
    ...(trustPolicy === undefined ? {} : { trustPolicy }),
    ...more,
    ...(instanceProfiles.length === 0 ? {} : { instanceProfiles }),
  };
}

function resource(
  { arn, account, type, names, origin, policies, tags, tagsUnresolved, doubt }: Mutable,
  target: SomeText | undefined,
): EstateResource {
  return {
    names: [...new Set(names)],
    ...(origin === undefined ? {} : { origin }),
    arn: toText(arn),
    ...(account === undefined ? {} : { account }),
    type,
    policies: doubt === undefined ? policies : policies.map((use) => doubted(use, doubt)),
    ...(tags === undefined ? {} : { tags }),
    ...(tagsUnresolved === true ? { tagsUnresolved } : {}),
    ...(target === undefined ? {} : { target: toText(target) }),
  };
}
