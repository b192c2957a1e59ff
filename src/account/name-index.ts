import { splitArn } from '../value/arn.js';
import type { Attachment, EstateData, EstateGroup, EstatePrincipal } from './estate-data.js';
import { textKey, textWords } from './text.js';

/** Something in the estate that has names. */
export interface NamedThing {
  /** What it is. */
  readonly kind:
    | 'user'
    | 'role'
    | 'group'
    | 'policy'
    | 'resource'
    | 'workload'
    | 'instanceProfile'
    | 'vpcEndpoint'
    /** A user or role of which only a policy or group is known that is put onto it. */
    | 'target';
  /** Key of the ARN; of a workload its own name for things, of an endpoint its id. */
  readonly key: string;
  /** 12 digits, where it is in an account. */
  readonly account?: string;
  /** For people, to choose by. */
  readonly label: string;
  /** Place in the list of the estate it comes from. */
  readonly index: number;
}

/** Everything in the estate by each of its names. */
export function nameIndex(data: EstateData): ReadonlyMap<string, readonly NamedThing[]> {
  const index = new Map<string, NamedThing[]>();
  const add = (names: readonly string[], thing: NamedThing) => {
    for (const name of new Set(names)) {
      const list = index.get(name);
      if (list === undefined) index.set(name, [thing]);
      else if (!list.some((other) => other.kind === thing.kind && other.key === thing.key)) list.push(thing);
    }
  };
  const owner = (account: string | undefined) => (account === undefined ? {} : { account });
  const addIdentity = (one: EstatePrincipal | EstateGroup, at: number): NamedThing => {
    const thing = {
      kind: one.kind,
      key: textKey(one.arn),
      account: one.account,
      label: textWords(one.arn),
      index: at,
    };
    add([...one.names, textWords(one.name), textWords(one.arn)], thing);
    return thing;
  };
  data.principals.forEach((one, at) => {
    const thing = addIdentity(one, at);
    if (one.kind !== 'role') return;
    for (const profile of one.instanceProfiles ?? []) {
      const last = profile.slice(profile.lastIndexOf('/') + 1);
      add([profile, last], { ...thing, kind: 'instanceProfile', key: profile, label: profile });
    }
  });
  data.groups.forEach(addIdentity);
  data.managedPolicies.forEach((one, at) => {
    const label = textWords(one.arn);
    add([...one.names, label], {
      kind: 'policy',
      key: textKey(one.arn),
      account: one.account,
      label,
      index: at,
    });
  });
  data.resources.forEach((one, at) => {
    const label = textWords(one.arn);
    add([...one.names, label], {
      kind: 'resource',
      key: textKey(one.arn),
      ...owner(one.account),
      label,
      index: at,
    });
  });
  data.workloads.forEach((one, at) => {
    const label = `${one.type} ${one.names[0] ?? textWords(one.role)}`;
    add(one.names, { kind: 'workload', key: `workload ${at}`, account: one.account, label, index: at });
  });
  data.vpcEndpoints.forEach((one, at) => {
    const label = textWords(one.id);
    add([...one.names, label], {
      kind: 'vpcEndpoint',
      key: textKey(one.id),
      account: one.account,
      label,
      index: at,
    });
  });
  data.attachments.forEach((one, at) => {
    const arn = targetArn(data, one);
    if (arn === undefined) return;
    const { account } = one;
    add([arn.slice(arn.lastIndexOf('/') + 1), arn], {
      kind: 'target',
      key: arn,
      account,
      label: arn,
      index: at,
    });
  });
  return index;
}

/** The ARN of a user or role that something is attached to; a plain name tells of no path. */
function targetArn(data: EstateData, { kind, account, target }: Attachment): string | undefined {
  if (kind === 'group' || typeof target !== 'string' || target === '') return undefined;
  const [first, , service, , , rest = ''] = splitArn(target);
  if (first === 'arn') return service === 'iam' && rest.startsWith(`${kind}/`) ? target : undefined;
  const partition = data.accounts.find(({ id }) => id === account)?.partition ?? 'aws';
  return `arn:${partition}:iam::${account}:${kind}/${target}`;
}
