/**
 * Checked by the compiler, never run: what the public types accept, what they refuse, and what they promise.
 * An unused `@ts-expect-error` is an error, so each of them is a test.
 */
import {
  type Combined,
  type CompiledPolicies,
  type ConditionBlock,
  type ConditionLine,
  type ConditionTrace,
  type ContextValue,
  type compile,
  type DecidingStep,
  type Decision,
  type Difference,
  type Effect,
  type ElementTrace,
  type EntryTrace,
  type Evaluation,
  type EvaluationInput,
  evaluate,
  type FormatOptions,
  formatTrace,
  IamError,
  type IamErrorCode,
  InvalidPolicyError,
  InvalidRequestError,
  type Issue,
  isIamError,
  type LayerTrace,
  type LevelTrace,
  type NearMiss,
  type OutcomeName,
  type ParsedRequest,
  type ParsePolicyOptions,
  type PoliciesInput,
  type Policy,
  type PolicyDocument,
  type PolicyInput,
  type PolicyKind,
  type PolicySetKey,
  type PolicyValueTrace,
  type PrincipalElement,
  type PrincipalEntry,
  type PrincipalInput,
  parsePolicy,
  type parseRequest,
  type RequestInput,
  type ResourceInput,
  type Statement,
  type StatementDocument,
  type StatementReference,
  type StatementTrace,
  type Trace,
} from '../../src/index.js';

/** True when the types are the same, readonly and optional members included. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Assignable<A, B> = [A] extends [B] ? true : false;
const yes = <T extends true>(): T | undefined => undefined;
const no = <T extends false>(): T | undefined => undefined;

// Functions.
yes<Same<typeof evaluate, (input: EvaluationInput) => Evaluation>>();
yes<Same<typeof compile, (policies: PoliciesInput) => CompiledPolicies>>();
yes<Same<typeof parsePolicy, (input: PolicyDocument | string, options: ParsePolicyOptions) => Policy>>();
yes<Same<typeof formatTrace, (trace: Trace, options?: FormatOptions) => string>>();
yes<Same<typeof isIamError, (value: unknown) => value is IamError>>();
yes<Same<typeof parseRequest, (input: RequestInput) => ParsedRequest>>();
yes<Same<Parameters<CompiledPolicies['evaluate']>, [request: RequestInput | ParsedRequest]>>();
no<Assignable<RequestInput, ParsedRequest>>();
no<Assignable<ParsedRequest, RequestInput>>();
yes<Same<ReturnType<CompiledPolicies['evaluate']>, Evaluation>>();
no<Assignable<ReturnType<typeof evaluate>, PromiseLike<unknown>>>();

// Words.
yes<Same<Decision, 'allowed' | 'explicitDeny' | 'implicitDeny'>>();
yes<Same<Effect, 'Allow' | 'Deny'>>();
yes<Same<PolicySetKey, Exclude<PolicyKind, 'trustPolicy'>>>();
yes<Same<keyof PoliciesInput, PolicySetKey>>();
yes<Same<DecidingStep['kind'], PolicySetKey | 'service'>>();
yes<Assignable<'matched' | 'noValueMatched' | 'keyMissing', OutcomeName>>();
no<Assignable<string, IamErrorCode>>();
yes<Assignable<'ERR_IAM_JSON' | 'ERR_IAM_INVALID_POLICY', IamErrorCode>>();

/** Every decision has a branch, and no other word has one. */
export function words(decision: Decision): string {
  switch (decision) {
    case 'allowed':
      return 'yes';
    case 'explicitDeny':
    case 'implicitDeny':
      return 'no';
    default:
      return decision satisfies never;
  }
}
export const byDecision = { allowed: 1, explicitDeny: 2, implicitDeny: 3 } satisfies Record<Decision, number>;
// @ts-expect-error one decision is missing
export const twoWords = { allowed: 1, explicitDeny: 2 } satisfies Record<Decision, number>;
export const byKind = {
  serviceControlPolicies: true,
  resourceControlPolicies: true,
  vpcEndpointPolicy: true,
  resourcePolicy: true,
  identityPolicies: true,
  permissionsBoundary: true,
  sessionPolicies: true,
} satisfies Record<PolicySetKey, boolean>;

// What is given: requests.
const arn = 'arn:aws:iam::111122223333:user/alice';
export const callers = [
  { arn },
  { arn, issuer: 'arn:aws:iam::111122223333:role/app', tags: { team: 'red' } },
  { service: 'lambda.amazonaws.com' },
  { federated: 'accounts.google.com' },
  { anonymous: true },
] as const satisfies readonly PrincipalInput[];
export const resources = ['*', { arn: '*' }, { arn, accountId: '1', tags: {} }] satisfies ResourceInput[];
export const values = ['x', 1, true, [], ['x', 1, false]] satisfies ContextValue[];
export const least: RequestInput = { principal: { arn }, action: 's3:GetObject' };
export const most: RequestInput = {
  ...least,
  resource: '*',
  mfa: { present: true, ageSeconds: 5 },
  sourceIp: '203.0.113.7',
  time: 1_790_000_000,
  context: { 'aws:SecureTransport': true, 'aws:TagKeys': ['a'] },
};
/** `as const` input is accepted: nothing has to be mutable. */
export const constant = {
  request: { principal: { arn }, action: 's3:GetObject', context: { k: ['a', 'b'] } },
  policies: {
    identityPolicies: [
      { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['s3:*'], Resource: ['*'] }] },
    ],
    serviceControlPolicies: [['{}']],
  },
} as const satisfies EvaluationInput;
export const answered: Evaluation = evaluate(constant);

// @ts-expect-error a request has a principal
export const noPrincipal: RequestInput = { action: 's3:GetObject' };
// @ts-expect-error a request has an action
export const noAction: RequestInput = { principal: { arn } };
// @ts-expect-error anonymous is true or absent
export const notAnonymous: PrincipalInput = { anonymous: false };
// @ts-expect-error a principal says who it is
export const nobody: PrincipalInput = { tags: {} };
// @ts-expect-error a tag is a string
export const numberTag: PrincipalInput = { arn, tags: { team: 1 } };
// @ts-expect-error a Map is no record of values
export const map: RequestInput = { ...least, context: new Map([['k', 'v']]) };
// @ts-expect-error a Date is no time; the engine reads text and epoch seconds
export const date: RequestInput = { ...least, time: new Date(0) };
// @ts-expect-error a value is a string, number or boolean, or a list of these
export const nullValue: ContextValue = null;
// @ts-expect-error lists are not nested
export const nested: ContextValue = [['x']];
// @ts-expect-error an account is text: a number would lose leading zeros
export const account: ResourceInput = { arn, accountId: 111122223333 };
/** What is undefined is absent, as the reader has it: with exactOptionalPropertyTypes the types must say so. */
export const absent: EvaluationInput = {
  request: {
    principal: { arn, issuer: undefined, tags: { team: undefined } },
    action: 's3:GetObject',
    resource: { arn, accountId: undefined, tags: undefined },
    mfa: { present: true, ageSeconds: undefined },
    sourceIp: undefined,
    time: undefined,
    context: { k: undefined },
  },
  policies: {
    identityPolicies: [
      { name: undefined, document: { Statement: { Sid: undefined, Effect: 'Allow', Condition: undefined } } },
    ],
    permissionsBoundary: undefined,
    serviceControlPolicies: undefined,
  },
};

// What is given: policies.
const statement: StatementDocument = { Effect: 'Deny', Action: '*', Resource: '*' };
const document: PolicyDocument = { Version: '2012-10-17', Id: 'id', Statement: statement };
export const inputs = ['{}', document, { document }, { name: 'n', document: '{}' }] satisfies PolicyInput[];
export const block: ConditionBlock = {
  StringEquals: { 'aws:PrincipalTag/team': ['red'] },
  Bool: { k: true },
  NumericLessThan: { k: [1, '2'] },
};
export const named = ['*', { AWS: '*' }, { AWS: [arn], Service: 'x' }] satisfies PrincipalElement[];
// @ts-expect-error a document has statements
export const noStatement: PolicyDocument = { Version: '2012-10-17' };
// @ts-expect-error a statement has an effect
export const noEffect: StatementDocument = { Action: '*' };
// @ts-expect-error identity policies are a list
export const notListed: PoliciesInput = { identityPolicies: document };
// @ts-expect-error a level is a list
export const notLeveled: PoliciesInput = { serviceControlPolicies: [document] };
// @ts-expect-error there is one boundary
export const boundaries: PoliciesInput = { permissionsBoundary: [document] };
// @ts-expect-error no such kind
export const unknownKind: PoliciesInput = { trustPolicy: document };
// @ts-expect-error no such principal type
export const unknownType: PrincipalElement = { Aws: '*' };
// @ts-expect-error a condition value is not null
export const nullCondition: ConditionBlock = { StringEquals: { k: null } };
// @ts-expect-error parsePolicy must know the kind
parsePolicy('{}');
// @ts-expect-error the kind is one of the known
parsePolicy('{}', { kind: 'groupPolicies' });
parsePolicy(document, { kind: 'trustPolicy' }) satisfies Policy;

// What is given back: complete, read-only, and plain data but for `explain`.
declare const evaluation: Evaluation;
evaluation satisfies Combined;
evaluation.allowed satisfies boolean;
evaluation.denies satisfies readonly DecidingStep[];
evaluation.decidedBy.statements satisfies readonly StatementReference[];
evaluation.decidedBy.level satisfies number | undefined;
evaluation.explain() satisfies Trace;
// @ts-expect-error answers are read-only
evaluation.decision = 'allowed';
// @ts-expect-error lists too
evaluation.denies.push(evaluation.decidedBy);

type Json = string | number | boolean | null | { readonly [key: string]: Json | undefined } | readonly Json[];
/** Interfaces have no index signature; mapped over, they show whether all of their members are data. */
type Data<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends (...args: never) => unknown
    ? never
    : { readonly [K in keyof T]: Data<T[K]> };
yes<Assignable<Data<Trace>, Json>>();
yes<Same<Data<Trace>['decision'], Decision>>();
no<Assignable<Evaluation, Json>>();

declare const trace: Trace;
trace.layers satisfies readonly LayerTrace[];
trace.nearMisses satisfies readonly NearMiss[];
trace.assumptions satisfies readonly string[];
declare const layer: LayerTrace;
layer.kind satisfies PolicySetKey;
layer.levels satisfies readonly LevelTrace[];
declare const level: LevelTrace;
level.statements satisfies readonly StatementTrace[];
declare const explained: StatementTrace;
explained.elements satisfies readonly ElementTrace[];
explained.conditions satisfies readonly ConditionTrace[];
explained.effect satisfies Effect;
declare const element: ElementTrace;
element.entries satisfies readonly EntryTrace[];
// @ts-expect-error conditions have a list of their own
element.element = 'Condition';
declare const condition: ConditionTrace;
condition.policyValues satisfies readonly PolicyValueTrace[];
condition.outcome satisfies OutcomeName;
condition.requestValues satisfies readonly string[] | null;
declare const miss: NearMiss;
miss.differences satisfies readonly Difference[];
miss.decision satisfies Decision;
declare const policy: Policy;
policy.statements satisfies readonly Statement[];
policy.kind satisfies PolicyKind;
declare const parsed: Statement;
parsed.principals satisfies readonly PrincipalEntry[] | undefined;
parsed.conditions satisfies readonly ConditionLine[];
formatTrace(trace, { verbose: true, style: (part, text) => `${part satisfies string}${text}` });
// @ts-expect-error no such part
formatTrace(trace, { style: (part: 'blink', text: string) => `${part}${text}` });

// Errors.
new InvalidPolicyError([]) satisfies IamError;
new InvalidRequestError([]) satisfies IamError;
yes<Assignable<IamError, Error>>();
export function report(error: unknown): string {
  // @ts-expect-error unknown until asked
  error.issues;
  if (!isIamError(error)) return 'another error';
  const [first] = error.issues;
  first satisfies Issue | undefined;
  // @ts-expect-error there may be none
  first.path satisfies string;
  return error instanceof IamError
    ? `${error.code satisfies IamErrorCode} ${first?.line ?? 0}`
    : 'another copy';
}
