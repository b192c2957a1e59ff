import type { PartialPoliciesInput, PartialRequestInput } from '../partial/evaluate-partial.js';
import type { PoliciesInput } from '../policy/document.js';
import type { RequestInput } from '../request/input.js';
import { checkArgument } from '../value/argument.js';
import { type Asked, askedOf } from './alias.js';
import { callerOf, checkCaller } from './caller.js';
import { checkFacts } from './check-facts.js';
import type { Text } from './estate-data.js';
import type { Caller, Facts } from './facts.js';
import { givenKeys, notGiven } from './given-keys.js';
import { checkLinked, type LinkedEstate } from './link.js';
import { type Network, networkOf } from './network.js';
import { memberKeys, openMemberKeys, placeOf } from './placed.js';
import { type KeptSets, keptSets, policiesOf, targetPolicies } from './policies.js';
import type { Unresolved } from './resolved-policy.js';
import { type Target, targetOf } from './target.js';
import { hasHole, isText } from './text.js';

/** The input of one evaluation, and what the estate itself does not know. */
export interface Assembled {
  /** The request as `evaluate` or `evaluatePartial` takes it. */
  readonly request: PartialRequestInput;
  /** The same object for the same policies, so that they need be compiled once only. */
  readonly policies: PartialPoliciesInput;
  /** No hole and no unknown key: plain evaluation answers. */
  readonly plain: boolean;
  /** Policies that take part and whose text is not known. */
  readonly unresolved: readonly Unresolved[];
  /** What was taken for granted because neither the estate nor the facts say it. */
  readonly assumptions: readonly string[];
}

/**
 * Everything that bears on one request: policies of the caller and its groups, boundary, control policies on the way to both
 * accounts, the policy of the resource, tags, and the keys that follow from the organization and the network.
 *
 * @example
 * ```ts
 * const linked = linkEstate({
 *   ...emptyEstate,
 *   principals: [
 *     {
 *       kind: 'user', arn: 'arn:aws:iam::111122223333:user/ana', account: '111122223333', name: 'ana', names: [], groups: [],
 *       policies: [{ name: 'read', document: { Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } } }],
 *     },
 *   ],
 * });
 * const caller = { kind: 'principal' as const, key: 'arn:aws:iam::111122223333:user/ana' };
 * const { policies } = assemble(linked, caller, 's3:GetObject', 'arn:aws:s3:::reports/2026.csv');
 * console.log(JSON.stringify(policies.identityPolicies?.[0]).slice(0, 33)); // {"name":"user ana › inline read",
 * ```
 * @throws InvalidRequestError for a fact that does not exist or cannot be read, and for what is no caller or resource
 */
export function assemble(
  linked: LinkedEstate,
  caller: Caller,
  action: string,
  resource: Text,
  facts: Facts = {},
): Assembled {
  checkLinked(linked);
  checkCaller(caller);
  return new Assembler(linked, action, resource, facts).of(caller);
}

/** One question, to be asked of many callers: what does not hang on the caller is worked out once for each account. */
export class Assembler {
  readonly #linked: LinkedEstate;
  readonly #asked: Asked;
  readonly #facts: Facts;
  readonly #network: Network;
  /** Members of every request. */
  readonly #common: Partial<PartialRequestInput>;
  readonly #byAccount = new Map<string | undefined, Situation>();

  constructor(linked: LinkedEstate, action: string, resource: Text, facts: Facts) {
    checkArgument(isText(resource), 'resource', "write an ARN, or '*'");
    checkFacts(facts);
    const { mfa, sourceIp, time, vpcEndpoint } = facts;
    this.#linked = linked;
    this.#asked = askedOf(linked, action, resource);
    this.#facts = facts;
    this.#network = networkOf(linked, vpcEndpoint);
    this.#common = {
      action,
      ...(mfa === undefined ? {} : { mfa }),
      ...(sourceIp === undefined ? {} : { sourceIp }),
      ...(time === undefined ? {} : { time }),
    };
  }

  /** The input for one caller. */
  of(caller: Caller): Assembled {
    const linked = this.#linked;
    const facts = this.#facts;
    const from = callerOf(linked, caller, facts);
    const situation = this.#at(from.account);
    const { target, context, unknown: keys, assumptions } = situation;
    const found = policiesOf(linked, from, target, this.#network, facts, situation.kept);
    const { policies, unresolved, open } = found;
    const own =
      from.unknown.length === 0 && unresolved.length === 0
        ? keys
        : [
            ...notGiven(from.unknown, facts.context),
            ...keys,
            ...unresolved.flatMap(({ allowKey, denyKey }) => [allowKey, denyKey]),
          ];
    const unknown = unknownOf(own, facts.unknown);
    const request = {
      principal: from.input,
      resource: target.input,
      ...this.#common,
      ...context,
      ...(unknown === undefined ? {} : { unknown }),
    } as PartialRequestInput;
    return {
      request,
      policies,
      plain: unknown === undefined && !open && !from.open && !situation.open,
      unresolved,
      assumptions: from.assumptions.length === 0 ? assumptions : [...from.assumptions, ...assumptions],
    };
  }

  #at(account: string | undefined): Situation {
    const known = this.#byAccount.get(account);
    if (known !== undefined) return known;
    const made = this.#situation(account);
    this.#byAccount.set(account, made);
    return made;
  }

  /** All but the caller and what hangs on it, for every caller of an account; undefined when a policy or a text of it is not known. */
  common(account: string): CommonInput | undefined {
    const { target, context, unknown, open } = this.#at(account);
    const given = this.#facts.unknown;
    if (open || given === 'unlisted') return undefined;
    const policies = targetPolicies(this.#linked, target, this.#network);
    if (policies === undefined) return undefined;
    const request = { resource: target.input, ...this.#common, ...context } as CommonInput['request'];
    return { request, policies, unknown: unknownOf(unknown, given) ?? [] };
  }

  #situation(account: string | undefined): Situation {
    const facts = this.#facts;
    const asked = this.#asked;
    const target = targetOf(this.#linked, asked.resource, account, facts);
    const here = placeOf(this.#linked, account);
    const there = placeOf(this.#linked, target.account);
    const members = { ...memberKeys('Principal', here), ...memberKeys('Resource', there) };
    const context = contextOf({ ...this.#network.context, ...members, ...asked.context }, facts.context);
    const open = [...openMemberKeys('Principal', here), ...openMemberKeys('Resource', there)];
    const unknown = [...target.unknown, ...this.#network.unknown, ...open];
    return {
      target,
      context: Object.keys(context).length === 0 ? {} : { context },
      unknown: notGiven(unknown, facts.context),
      assumptions: [...asked.assumptions, ...target.assumptions, ...here.assumptions],
      open: hasHole([target.input, context]),
      kept: keptSets(this.#linked, account, target, this.#network),
    };
  }
}

/** What is asked of every caller of an account, without the caller. */
export interface CommonInput {
  readonly request: Omit<RequestInput, 'principal'>;
  readonly policies: PoliciesInput;
  /** Condition keys that are not known: the answer holds for those whose policies do not ask for them. */
  readonly unknown: readonly string[];
}

/** What all callers of one account share. */
interface Situation {
  readonly target: Target;
  readonly context: { readonly context?: Readonly<Record<string, unknown>> };
  readonly unknown: readonly string[];
  readonly assumptions: readonly string[];
  /** The resource or the context holds a hole. */
  readonly open: boolean;
  readonly kept: KeptSets;
}

/** What is given wins. */
function contextOf(
  derived: Readonly<Record<string, unknown>>,
  given: Facts['context'],
): Record<string, unknown> {
  const taken = givenKeys(given);
  const kept = Object.entries(derived).filter(([key]) => !taken.has(key.toLowerCase()));
  return { ...given, ...Object.fromEntries(kept) };
}

function unknownOf<G extends Facts['unknown']>(
  own: readonly string[],
  given: G,
): readonly string[] | Extract<G, 'unlisted'> | undefined {
  if (given === 'unlisted') return given as Extract<G, 'unlisted'>;
  if (given === undefined && own.length === 0) return undefined;
  const all = [...new Set([...own, ...(given ?? [])])];
  return all.length === 0 ? undefined : all;
}
