import type { PartialPoliciesInput, PartialRequestInput } from '../partial/evaluate-partial.js';
import { callerOf } from './caller.js';
import type { Text } from './estate-data.js';
import type { Caller, Facts } from './facts.js';
import type { LinkedEstate } from './link.js';
import { networkOf } from './network.js';
import { memberKeys, type Placed, placeOf } from './placed.js';
import { policiesOf } from './policies.js';
import type { Unresolved } from './resolved-policy.js';
import { targetOf } from './target.js';
import { hasHole } from './text.js';

/** The input of one evaluation, and what the estate itself does not know. */
export interface Assembled {
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
 */
export function assemble(
  linked: LinkedEstate,
  caller: Caller,
  action: string,
  resource: Text,
  facts: Facts = {},
): Assembled {
  const from = callerOf(linked, caller, facts);
  const target = targetOf(linked, resource, from.account, facts);
  const network = networkOf(linked, facts.vpcEndpoint);
  const here = placeOf(linked, from.account);
  const there = placeOf(linked, target.account);
  const { policies, unresolved, open } = policiesOf(linked, from, target, network, facts);
  const derived = { ...network.context, ...memberKeys('Principal', here), ...memberKeys('Resource', there) };
  const context = contextOf(derived, facts.context);
  const keys = [...from.unknown, ...target.unknown, ...network.unknown, ...unknownKeys(here, there)];
  const given = new Set(Object.keys(facts.context ?? {}).map((key) => key.toLowerCase()));
  const unknown = unknownOf(
    [
      ...keys.filter((key) => !given.has(key.toLowerCase())),
      ...unresolved.flatMap(({ allowKey, denyKey }) => [allowKey, denyKey]),
    ],
    facts.unknown,
  );
  const request = {
    principal: from.input,
    action,
    resource: target.input,
    ...(facts.mfa === undefined ? {} : { mfa: facts.mfa }),
    ...(facts.sourceIp === undefined ? {} : { sourceIp: facts.sourceIp }),
    ...(facts.time === undefined ? {} : { time: facts.time }),
    ...(Object.keys(context).length === 0 ? {} : { context }),
    ...(unknown === undefined ? {} : { unknown }),
  } as PartialRequestInput;
  return {
    request,
    policies,
    plain: unknown === undefined && !open && !hasHole([request.principal, request.resource, context]),
    unresolved,
    assumptions: [...from.assumptions, ...target.assumptions, ...here.assumptions],
  };
}

/** What is given wins, in whatever letter case. */
function contextOf(
  derived: Readonly<Record<string, unknown>>,
  given: Facts['context'] = {},
): Record<string, unknown> {
  const taken = new Set(Object.keys(given).map((key) => key.toLowerCase()));
  return {
    ...Object.fromEntries(Object.entries(derived).filter(([key]) => !taken.has(key.toLowerCase()))),
    ...given,
  };
}

const unknownKeys = (...places: readonly Placed[]): readonly string[] =>
  places.flatMap(({ unknown }) => unknown);

function unknownOf(own: readonly string[], given: Facts['unknown']): Facts['unknown'] {
  if (given === 'unlisted') return given;
  const all = [...new Set([...own, ...(given ?? [])])];
  return all.length === 0 ? undefined : all;
}
