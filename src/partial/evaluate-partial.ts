import { keysAsked } from '../combine/missing.js';
import { InvalidPolicyError, InvalidRequestError } from '../error.js';
import type { PoliciesInput } from '../policy/document.js';
import { contextValues, sourceKey, tagKey, viaService, withFollowing } from '../request/derive.js';
import type { RequestInput } from '../request/input.js';
import { parseRequest } from '../request/parse.js';
import type { Request } from '../request/request.js';
import { asciiLower } from '../value/ascii.js';
import { conclude, type PartialEvaluation } from './conclude.js';
import { type Filling, fillings, noHoles } from './filling.js';
import { findingsOf } from './findings.js';
import { fillHoles, type Hole, openTexts, type Texts, type TextWithHoles, textsOf } from './holes.js';
import { type Meeting, nothing } from './meeting.js';
import { mergeFillings } from './merge.js';
import { attempt, PartialPolicies } from './partial-policies.js';
import type { FreshTexts } from './places.js';
import { search } from './search.js';

type Text = string | Hole | TextWithHoles;
type Tags = Readonly<Record<string, Text | undefined>>;

/** A request with parts that are not known. */
export interface PartialRequestInput extends Omit<RequestInput, 'principal' | 'resource'> {
  /** As for `evaluate`; its ARN, issuer and tags may have holes. */
  readonly principal:
    | RequestInput['principal']
    | { readonly arn: Text; readonly issuer?: Text | undefined; readonly tags?: Tags | undefined };
  /** As for `evaluate`; its ARN and tags may have holes. */
  readonly resource?:
    | RequestInput['resource']
    | Text
    | { readonly arn: Text; readonly accountId?: Text | undefined; readonly tags?: Tags | undefined };
  /**
   * Condition keys that may have any value or be absent; `*` may stand after a slash (`aws:PrincipalTag/*`). `unlisted` means
   * every key that is neither given nor follows from the request. Without it nothing is unknown.
   */
  readonly unknown?: readonly string[] | 'unlisted' | undefined;
}

/** A question with unknown parts, and the policies. */
export interface PartialEvaluationInput {
  /** As for `evaluate`, with what is unknown. */
  readonly request: PartialRequestInput;
  /** As for `evaluate`; text with holes may stand wherever a policy has a string. */
  readonly policies: PartialPoliciesInput;
}

/** Policies in which a string may be a hole or text with holes. */
export type PartialPoliciesInput = WithHoles<PoliciesInput>;

/** A value in which every string may be a hole or text with holes. */
export type WithHoles<T> = T extends string
  ? T | Hole | TextWithHoles
  : T extends object
    ? { readonly [K in keyof T]: WithHoles<T[K]> }
    : T;

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
  const { request, policies } = readInput(input);
  return askPartial(new PartialPolicies(policies), request);
}

/**
 * The same of policies that were read before.
 * @throws InvalidPolicyError and InvalidRequestError as `evaluate` does
 */
export function askPartial(policies: PartialPolicies, asked: PartialRequestInput): PartialEvaluation {
  const { unknown, ...given } = asked;
  refuseUnknown(unknown);
  // Counted apart: what is wrong with the policies must not hide what is wrong with the request.
  const issues = (texts: Filled) =>
    policies.issues(texts) + attempt(() => parseRequest(fillHoles(given, texts))).issues;
  const findings = (texts: Filled, fresh: FreshTexts, vague: boolean): Meeting => {
    const { value } = attempt(() => read(texts, given, policies));
    // A role that the trust policy does not fit, where a hole can make it another thing.
    if (value === undefined) return { ...nothing, exact: false };
    const { plans, request } = value;
    const isUnknown = (key: string) => unknownKeys(unknown, [key], request).size > 0;
    const action = String(fillHoles(given.action, texts));
    return findingsOf(plans, { request, action, fresh, isUnknown, vague });
  };
  const ways = fillings(textsOf(given), callerTexts(given.principal), policies, issues, findings);
  const answers = ways.flatMap((filling): [Filling, PartialEvaluation][] => {
    const { value } = attempt(() => read(filling.texts, given, policies));
    // A text that makes the input malformed is none that the hole can have.
    return value === undefined ? [] : [[filling, answer(value, unknown)]];
  });
  // Nothing can be filled in so that it can be read: say what is wrong.
  if (answers.length === 0)
    answers.push([noFilling, answer(read(noFilling.texts, given, policies), unknown)]);
  return mergeFillings(answers);
}

type Filled = ReadonlyMap<string, string>;

/** The texts that name the caller. */
function callerTexts(principal: unknown): Texts {
  const { arn, issuer } = (principal ?? {}) as { readonly arn?: unknown; readonly issuer?: unknown };
  return textsOf([arn, issuer]);
}

const noFilling: Filling = { texts: new Map(), holes: noHoles };

interface Read {
  readonly plans: ReturnType<PartialPolicies['plans']>;
  readonly request: Request;
}

function read(texts: Filled, given: unknown, policies: PartialPolicies): Read {
  const { trustIssues } = policies.read(texts);
  const request = parseRequest(fillHoles(given, texts));
  if (trustIssues.length > 0 && request.resource.role) throw new InvalidPolicyError(trustIssues);
  return { plans: policies.plans(texts), request };
}

function answer({ plans, request }: Read, unknown: PartialRequestInput['unknown']): PartialEvaluation {
  const asked = sourcesOf(keysAsked(plans, request));
  const keys = unknownKeys(unknown, asked.keys(), request);
  // What is said to be unknown is not known, also where the request gives a value or one follows.
  const hidden = [...keys].map((key): [string, readonly string[]] => [key, []]);
  const open = { ...request, context: new Map([...request.context, ...hidden]) };
  return conclude(search(plans, open, keys), (key) => asked.get(key) ?? key, open);
}

/** The ends of the chain aws:CalledVia follow from the chain, so that it is what is not known. */
function sourcesOf(asked: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const [key, spelling] of asked) {
    const source = sourceKey(key);
    sources.set(source, source === key ? spelling : 'aws:CalledVia');
  }
  return sources;
}

/** @throws InvalidRequestError */
export function readInput(input: unknown): { request: PartialRequestInput; policies: unknown } {
  try {
    const { request, policies } = input as PartialEvaluationInput;
    return { request: { ...request }, policies: openTexts(policies) };
  } catch {
    const message = 'the input cannot be read';
    const hint = 'pass { request, policies }';
    throw new InvalidRequestError([{ path: 'input', code: 'ERR_IAM_TYPE', message, hint }]);
  }
}

function refuseUnknown(unknown: unknown): void {
  const fine = Array.isArray(unknown)
    ? unknown.every(isKeyName)
    : unknown === undefined || unknown === 'unlisted';
  if (!fine) refuseKeys();
}

function refuseKeys(): never {
  const message = 'the unknown keys are no list of key names';
  const hint = "write a list such as ['aws:SourceIp', 'aws:PrincipalTag/*'], or 'unlisted'";
  throw new InvalidRequestError([{ path: 'request.unknown', code: 'ERR_IAM_VALUE', message, hint }]);
}

/** A key, or all keys after a slash. */
const isKeyName = (name: unknown): boolean => typeof name === 'string' && /^[^*]+(?:\/\*)?$/.test(name);

/** Whether the name of an unknown key, or of all keys after a slash, speaks of a key. Both folded. */
const covers = (name: string, key: string): boolean =>
  name.endsWith('/*') ? key.startsWith(name.slice(0, -1)) : key === name;

function unknownKeys(
  unknown: PartialRequestInput['unknown'],
  asked: Iterable<string>,
  request: Request,
): ReadonlySet<string> {
  const keys = [...asked];
  if (unknown === undefined) return new Set();
  if (unknown === 'unlisted') return new Set(keys.filter((key) => !isSaid(request, key)));
  const said = unknown.map((name) => sourceKey(asciiLower(name)));
  const names = request.context.get(viaService) === undefined ? withFollowing(said) : said;
  // A tag of the resource is not known by any of its keys.
  const tags = [...names].map((name) => tagKey(request, name));
  return new Set(keys.filter((key) => tags.some((name) => covers(name, tagKey(request, key)))));
}

/** Whether a key is given or follows; that no service calls does not follow from a chain that is not given. */
function isSaid(request: Request, key: string): boolean {
  const from = key === viaService && request.context.get(key) === undefined ? 'aws:calledvia' : key;
  return contextValues(request, from) !== undefined;
}
