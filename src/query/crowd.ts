import type { Assembler, CommonInput } from '../account/assemble.js';
import { callerOf } from '../account/caller.js';
import type { Facts } from '../account/facts.js';
import type { LinkedEstate } from '../account/link.js';
import { callerPolicies } from '../account/policies.js';
import { textKey } from '../account/text.js';
import { type CompiledPrincipals, compileMany } from '../batch/evaluate-many.js';
import type { PrincipalWithPolicies } from '../batch/input.js';
import { isIamError } from '../error.js';
import { Mentions } from './mentions.js';

/** Users and roles of one account of which everything is known. */
interface Group {
  readonly account: string;
  /** Their places among all principals of the estate. */
  readonly places: number[];
  readonly principals: PrincipalWithPolicies[];
  /** Made when a key is not known. */
  mentions?: Mentions;
  /** Made when the group is first asked; undefined when its input cannot be read. */
  compiled?: CompiledPrincipals | undefined;
}

/** What is known of one caller after the whole crowd was asked. */
export const notAsked = 0;
export const denied = 1;
const allowed = 2;

/** All users and roles of an estate, those of an account compiled together, to be asked one question after another. */
export class Crowd {
  readonly #size: number;
  readonly #groups: readonly Group[];

  constructor(linked: LinkedEstate, facts: Facts) {
    const { principals } = linked.data;
    const groups = new Map<string, Group>();
    principals.forEach(({ arn, account }, place) => {
      const from = callerOf(linked, { kind: 'principal', key: textKey(arn) }, facts);
      const policies = from.open || from.unknown.length > 0 ? undefined : callerPolicies(linked, from);
      if (policies === undefined) return;
      const group = groups.get(account) ?? { account, places: [], principals: [] };
      groups.set(account, group);
      group.places.push(place);
      group.principals.push({ principal: from.input, policies } as PrincipalWithPolicies);
    });
    this.#size = principals.length;
    this.#groups = [...groups.values()];
  }

  /**
   * What is decided for each principal; `notAsked` where something is not known, or the question cannot be read: asked by itself it says
   * what. `onGroup` is told how many were decided.
   */
  decide(question: Assembler, onGroup: (count: number) => void): Uint8Array {
    const found = new Uint8Array(this.#size);
    for (const group of this.#groups) {
      const common = question.common(group.account);
      const matrix = common === undefined || mayMatter(group, common) ? undefined : ask(group, common);
      if (matrix === undefined) continue;
      group.places.forEach((place, i) => {
        found[place] = matrix.allowed(i, 0) ? allowed : denied;
      });
      onGroup(group.places.length);
    }
    return found;
  }
}

/** Whether a key that is not known may be asked for by any policy that takes part. */
function mayMatter(group: Group, { policies, unknown }: CommonInput): boolean {
  if (unknown.length === 0) return false;
  group.mentions ??= new Mentions(group.principals.map((one) => one.policies ?? {}));
  const others = new Mentions([policies]);
  return unknown.some((key) => group.mentions!.of(key) || others.of(key));
}

function ask(group: Group, { request, policies }: CommonInput) {
  try {
    if (!('compiled' in group)) {
      group.compiled = undefined;
      group.compiled = compileMany(group.principals);
    }
    return group.compiled?.evaluate([{ request, policies }]);
  } catch (error) {
    if (!isIamError(error)) throw error;
    return undefined;
  }
}

const crowds = new WeakMap<LinkedEstate, Map<string, Crowd>>();
/** Sessions and tags that are told of all callers make another crowd; more of these than this are not kept. */
const maximumCrowds = 4;

/** The crowd of an estate; undefined where each caller must be asked by itself. */
export function crowdOf(linked: LinkedEstate, facts: Facts): Crowd | undefined {
  const { session, principalTags, sessionPolicies } = facts;
  // What is passed along with each question may be another text each time.
  if (sessionPolicies !== undefined) return undefined;
  const known = crowds.get(linked) ?? new Map<string, Crowd>();
  crowds.set(linked, known);
  const name = JSON.stringify([session, principalTags]);
  const found = known.get(name) ?? new Crowd(linked, facts);
  if (!known.has(name) && known.size >= maximumCrowds) known.clear();
  known.set(name, found);
  return found;
}
