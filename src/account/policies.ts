import type { PartialPoliciesInput } from '../partial/evaluate-partial.js';
import type { PoliciesInput } from '../policy/document.js';
import type { PolicyKind, PolicySetKey } from '../policy/policy.js';
import type { From } from './caller.js';
import type { Facts } from './facts.js';
import type { LinkedEstate } from './link.js';
import type { Network } from './network.js';
import type { Levels } from './organization.js';
import { knownPolicy, type ResolvedPolicy, type Unresolved } from './resolved-policy.js';
import type { Target } from './target.js';

/** All policies of one evaluation. */
export interface Policies {
  readonly policies: PartialPoliciesInput;
  readonly unresolved: readonly Unresolved[];
  /** A document holds text with holes. */
  readonly open: boolean;
}

/** Sets that were put together before, by caller: the same caller and target have the same set. */
export type KeptSets = Map<string, Policies>;

const sets = new WeakMap<LinkedEstate, Map<ResolvedPolicy | undefined, Map<string, KeptSets>>>();
/** More sets than this are not kept for one target. */
const maximumSets = 10_000;

/** The sets of all callers of an account on one target. */
export function keptSets(
  linked: LinkedEstate,
  account: string | undefined,
  target: Target,
  network: Network,
): KeptSets {
  const ofEstate = sets.get(linked) ?? new Map<ResolvedPolicy | undefined, Map<string, KeptSets>>();
  sets.set(linked, ofEstate);
  const ofPolicy = ofEstate.get(target.policy) ?? new Map<string, KeptSets>();
  ofEstate.set(target.policy, ofPolicy);
  const name = JSON.stringify([account, target.account ?? target.ownerUnknown, network.key]);
  const kept = ofPolicy.get(name) ?? new Map<string, Policies>();
  ofPolicy.set(name, kept);
  return kept;
}

/** The policies of the caller, of the target, of the network, and of the organization above both. */
export function policiesOf(
  linked: LinkedEstate,
  from: From,
  target: Target,
  network: Network,
  facts: Facts,
  kept: KeptSets,
): Policies {
  // What the caller of this library passes along may be another text each time.
  if (facts.sessionPolicies !== undefined || facts.resourcePolicy !== undefined)
    return put(linked, from, target, network, facts);
  const known = kept.get(from.key);
  if (known !== undefined) return known;
  const made = put(linked, from, target, network, facts);
  if (kept.size < maximumSets) kept.set(from.key, made);
  return made;
}

function put(linked: LinkedEstate, from: From, target: Target, network: Network, facts: Facts): Policies {
  const sessions = (facts.sessionPolicies ?? []).map((document, i) =>
    knownPolicy(`session policy ${i + 1}`, document, 'sessionPolicies', () => -1 - i),
  );
  const caller = ofCaller(linked, from);
  const resource = ofTarget(linked, target, network);
  const [identityPolicies, serviceControlPolicies, resourceControlPolicies] = grouped(linked, [
    ['identityPolicies', caller.identityPolicies],
    ['serviceControlPolicies', caller.serviceControlPolicies],
    ['resourceControlPolicies', resource.resourceControlPolicies],
  ]) as [Levels, Levels, Levels];
  const all = {
    ...caller,
    ...resource,
    identityPolicies,
    ...(sessions.length === 0 ? {} : { sessionPolicies: [sessions] }),
    serviceControlPolicies,
    resourceControlPolicies,
  };
  const flat = Object.values(all).flat(2);
  return {
    policies: inputs(all),
    unresolved: [...new Set(flat.flatMap((policy) => policy.unresolved ?? []))],
    open: flat.some(({ open }) => open),
  };
}

/** Policies of one side of a request by kind; kinds that hold none are left out or empty. */
type Side = Partial<Record<PolicySetKey, Levels>>;

function ofCaller(linked: LinkedEstate, from: From) {
  const { identityPolicies, permissionsBoundary: boundary } = from;
  return {
    identityPolicies: [identityPolicies],
    ...(boundary === undefined ? {} : { permissionsBoundary: [[boundary]] }),
    serviceControlPolicies: levelsOf(linked, from.account, 'serviceControlPolicies'),
  } satisfies Side;
}

function ofTarget(linked: LinkedEstate, target: Target, network: Network) {
  const { ownerUnknown, policy } = target;
  return {
    ...(policy === undefined ? {} : { resourcePolicy: [[policy]] }),
    resourceControlPolicies:
      ownerUnknown === undefined || linked.organization === undefined
        ? levelsOf(linked, target.account, 'resourceControlPolicies')
        : [
            [
              linked.unresolved(
                `resource control policies of the ${ownerUnknown}`,
                'owner not known',
                'resourceControlPolicies',
              ),
            ],
          ],
    ...(network.policy === undefined ? {} : { vpcEndpointPolicy: [[network.policy]] }),
  } satisfies Side;
}

/** What hangs on the caller, as the engine takes it; undefined when something of it is not known. */
export const callerPolicies = (linked: LinkedEstate, from: From): PoliciesInput | undefined =>
  plainInputs(ofCaller(linked, from));

/** What hangs on the resource and on the way to it, as the engine takes it; undefined when something of it is not known. */
export const targetPolicies = (
  linked: LinkedEstate,
  target: Target,
  network: Network,
): PoliciesInput | undefined => plainInputs(ofTarget(linked, target, network));

function plainInputs(side: Side): PoliciesInput | undefined {
  const known = Object.values(side)
    .flat(2)
    .every(({ open, unresolved }) => !open && unresolved === undefined);
  return known ? (inputs(side) as PoliciesInput) : undefined;
}

function inputs({ serviceControlPolicies, resourceControlPolicies, ...side }: Side): PartialPoliciesInput {
  const levels = (all: Levels | undefined, kind: PolicySetKey) =>
    all === undefined || all.length === 0 ? {} : { [kind]: all.map((level) => level.map(input)) };
  const one = (all: Levels | undefined, kind: PolicySetKey) =>
    all === undefined ? {} : { [kind]: input(all[0]![0]!) };
  const list = (all: Levels | undefined, kind: PolicySetKey) =>
    all === undefined ? {} : { [kind]: all.flat().map(input) };
  return {
    ...list(side.identityPolicies, 'identityPolicies'),
    ...one(side.permissionsBoundary, 'permissionsBoundary'),
    ...list(side.sessionPolicies, 'sessionPolicies'),
    ...one(side.resourcePolicy, 'resourcePolicy'),
    ...levels(serviceControlPolicies, 'serviceControlPolicies'),
    ...levels(resourceControlPolicies, 'resourceControlPolicies'),
    ...one(side.vpcEndpointPolicy, 'vpcEndpointPolicy'),
  } as PartialPoliciesInput;
}

/** More policies without text than this are not told apart within a kind: the ways they may differ grow too many. */
const maximumApart = 3;

/**
 * Of many policies without text those of a kind become one, which allows or denies for all of them. More allows never turn an answer
 * against the caller, and one deny is enough, so that what can come out stays the same.
 */
function grouped(linked: LinkedEstate, kinds: readonly (readonly [PolicyKind, Levels])[]): readonly Levels[] {
  const blank = kinds.flatMap(([, levels]) => levels.flat()).filter((one) => one.blank === true);
  if (blank.length <= maximumApart) return kinds.map(([, levels]) => levels);
  return kinds.map(([kind, levels]) => {
    const members = [...new Set(levels.flat().filter((one) => one.blank === true))];
    if (members.length < 2) return levels;
    const group = linked.unresolvedGroup(
      members.flatMap((one) => one.unresolved ?? []),
      kind,
    );
    return levels.map((level) => {
      const known = level.filter((one) => one.blank !== true);
      return known.length === level.length ? level : [...known, group];
    });
  });
}

/** Nothing above an account limits it while no organization is given, or it belongs to none that is. */
function levelsOf(
  { organization, accounts }: LinkedEstate,
  account: string | undefined,
  kind: 'serviceControlPolicies' | 'resourceControlPolicies',
): Levels {
  if (organization === undefined || account === undefined) return [];
  if (organization.placeOf(account) === undefined && !accounts.has(account)) return [];
  return organization.levels(account, kind);
}

const named = new WeakMap<ResolvedPolicy, object>();

/** `{ name, document }`, the same object each time. */
function input(policy: ResolvedPolicy): object {
  const known = named.get(policy);
  if (known !== undefined) return known;
  const { name, document } = policy;
  const made = { name, document };
  named.set(policy, made);
  return made;
}
