import type { Decision } from '../combine/combine.js';
import { keysAsked } from '../combine/missing.js';
import { compilePlans } from '../compile.js';
import { InvalidPolicyError, InvalidRequestError } from '../error.js';
import type { PoliciesInput } from '../policy/document.js';
import { readPolicySet } from '../policy/policy-set.js';
import { contextValues, sourceKey } from '../request/derive.js';
import type { RequestInput } from '../request/input.js';
import { parseRequest } from '../request/parse.js';
import { isRole, type Request } from '../request/request.js';
import { asciiLower } from '../value/ascii.js';
import type { Dimension } from './dimension.js';
import { type Clause, minimize } from './minimize.js';
import { type Search, search } from './search.js';

/** A request with parts that are not known. */
export interface PartialRequestInput extends RequestInput {
  /**
   * Condition keys that may have any value or be absent; `*` may stand after a slash (`aws:PrincipalTag/*`). `unlisted` means
   * every key that is neither given nor follows from the request. Without it nothing is unknown.
   */
  readonly unknown?: readonly string[] | 'unlisted';
}

export interface PartialEvaluationInput {
  readonly request: PartialRequestInput;
  readonly policies: PoliciesInput;
}

/** A decision that can be reached, and a context with which it is: an empty list stands for an absent key. */
export interface Reachable {
  readonly decision: Decision;
  readonly context: Readonly<Record<string, readonly string[]>>;
}

export interface PartialEvaluation {
  readonly decision: Decision | 'depends';
  /** The keys that can change the decision, as the policy spells them. */
  readonly dependsOn: readonly string[];
  /** Allowed exactly if all lines of one of these clauses hold. One empty clause: always; no clause: never. */
  readonly allowedIf: readonly Clause[];
  /** Every decision that can be reached, with a way to it. */
  readonly reachable: readonly Reachable[];
  /** False when there were too many combinations to try them all: `allowedIf` then covers what was tried. */
  readonly exact: boolean;
}

/**
 * What is certain when parts of a request are not known: a decision that holds whatever they are, or what it depends on.
 *
 * @example
 * ```ts
 * const { decision, dependsOn, allowedIf } = evaluatePartial({
 *   request: {
 *     principal: { arn: 'arn:aws:iam::111122223333:user/alice' },
 *     action: 'ec2:StopInstances',
 *     unknown: ['aws:MultiFactorAuthPresent'],
 *   },
 *   policies: {
 *     identityPolicies: [
 *       {
 *         Version: '2012-10-17',
 *         Statement: {
 *           Effect: 'Allow', Action: 'ec2:*', Resource: '*',
 *           Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
 *         },
 *       },
 *     ],
 *   },
 * });
 * console.log(decision, dependsOn[0]); // depends aws:MultiFactorAuthPresent
 * console.log(allowedIf[0]?.[0]?.operator, allowedIf[0]?.[0]?.values[0]); // Bool true
 * ```
 * @throws InvalidPolicyError and InvalidRequestError as `evaluate` does
 */
export function evaluatePartial(input: PartialEvaluationInput): PartialEvaluation {
  const { unknown, ...given } = readInput(input);
  const set = readPolicySet(input.policies);
  const plans = compilePlans(set);
  const request = parseRequest(given);
  if (set.trustIssues.length > 0 && isRole(request.resource)) throw new InvalidPolicyError(set.trustIssues);
  const asked = keysAsked(plans, request);
  const found = search(plans, request, unknownKeys(unknown, asked, request));
  const spelling = (key: string) => asked.get(key) ?? key;
  return conclude(found, spelling, request);
}

function readInput(input: PartialEvaluationInput): PartialRequestInput {
  try {
    const { request } = input;
    const { unknown } = request;
    if (
      unknown === undefined ||
      unknown === 'unlisted' ||
      (Array.isArray(unknown) && unknown.every(isKeyName))
    ) {
      return { ...request };
    }
  } catch {
    // Not even readable; refused below.
  }
  const message = 'the unknown keys are no list of key names';
  const hint = "write a list such as ['aws:SourceIp', 'aws:PrincipalTag/*'], or 'unlisted'";
  throw new InvalidRequestError([{ path: 'request.unknown', code: 'ERR_IAM_VALUE', message, hint }]);
}

/** A key, or all keys after a slash. */
const isKeyName = (name: unknown): boolean => typeof name === 'string' && /^[^*]+(?:\/\*)?$/.test(name);

function unknownKeys(
  unknown: PartialRequestInput['unknown'],
  asked: ReadonlyMap<string, string>,
  request: Request,
): ReadonlySet<string> {
  const keys = [...asked.keys()];
  if (unknown === undefined) return new Set();
  if (unknown === 'unlisted') return new Set(keys.filter((key) => contextValues(request, key) === undefined));
  const names = unknown.map((name) => sourceKey(asciiLower(name)));
  return new Set(
    keys.filter((key) =>
      names.some((name) => (name.endsWith('/*') ? key.startsWith(name.slice(0, -1)) : key === name)),
    ),
  );
}

function conclude(found: Search, spelling: (key: string) => string, request: Request): PartialEvaluation {
  const { regions, dimensions, complete } = found;
  const decisions = [...new Set(regions.map(({ decision }) => decision))].sort();
  const reachable = decisions.map((decision): Reachable => {
    const { fixed } = regions.find((region) => region.decision === decision)!;
    const context = dimensions.flatMap((dimension) => {
      const state = dimension.states[fixed.get(dimension) ?? 0]!;
      return [...state].map(([key, values]) => [spelling(key), values] as const);
    });
    return { decision, context: Object.fromEntries(context) };
  });
  const settled = decisions.length === 1 && complete;
  return {
    decision: settled ? decisions[0]! : 'depends',
    dependsOn: settled ? [] : dependsOn(found).map(spelling).sort(),
    allowedIf: minimize(found, spelling, request),
    reachable,
    exact: complete,
  };
}

/** A key matters if two readings that differ in it alone lead to different decisions. */
function dependsOn({ dimensions, regions, complete }: Search): string[] {
  return dimensions.flatMap((dimension) =>
    dimension.keys.filter((key) => {
      if (!complete && regions.length > 2000) return true;
      const others = (state: ReadonlyMap<string, readonly string[]>) =>
        JSON.stringify([...state].filter(([name]) => name !== key));
      const groups = new Map<string, Set<number>>();
      for (const { state, index } of dimension.tried) {
        const name = others(state);
        groups.set(name, (groups.get(name) ?? new Set()).add(index));
      }
      return [...groups.values()].some((indexes) => differs(dimension, indexes, regions));
    }),
  );
}

function differs(dimension: Dimension, indexes: ReadonlySet<number>, regions: Search['regions']): boolean {
  const concerned = regions.filter(({ fixed }) => indexes.has(fixed.get(dimension) ?? -1));
  for (const one of concerned) {
    for (const other of concerned) {
      if (one.decision === other.decision) continue;
      const together = [...one.fixed].every(
        ([at, state]) => at === dimension || (other.fixed.get(at) ?? state) === state,
      );
      if (together) return true;
    }
  }
  return false;
}
