import { callerText, explainStatement, type StatementTrace } from '../plan/explain.js';
import type { StatementPlan } from '../plan/plan.js';
import type { PolicySetKey } from '../policy/policy.js';
import { assumptionsOf } from '../request/assumptions.js';
import type { Request } from '../request/request.js';
import type { Combined } from '../trace/decision.js';
import type { LayerTrace, LevelTrace, MissingAllow, NearMiss, Trace } from '../trace/trace.js';
import type { Asking } from './asking.js';
import { combine } from './combine.js';
import type { Step } from './decide.js';
import {
  type Grant,
  grantOf,
  type LevelVerdict,
  layerKinds,
  layerTable,
  ofKind,
  type PlanSet,
} from './layer.js';
import { type Explained, missingAllows, nearMisses } from './near-miss.js';
import { serviceExceptions } from './service/exceptions.js';

/**
 * How much of an explanation is worked out.
 *
 * @example
 * ```ts
 * const { explain } = evaluate({
 *   request: { principal: { arn: 'arn:aws:iam::111122223333:user/ana' }, action: 's3:GetObject', resource: 'arn:aws:s3:::b/k' },
 *   policies: {
 *     identityPolicies: [
 *       { Version: '2012-10-17', Statement: ['s3:Get*', 'sqs:*'].map((Action) => ({ Effect: 'Allow', Action, Resource: '*' })) },
 *     ],
 *   },
 * });
 * const statements = (trace: Trace) => trace.layers.flatMap(({ levels }) => levels.flatMap((level) => level.statements));
 * console.log(statements(explain()).length, statements(explain({ deciding: true })).length); // 2 1
 * ```
 */
export interface ExplainOptions {
  /** The deciding statements alone, and no near misses: what a log of decisions needs. */
  readonly deciding?: boolean | undefined;
}

/** What every kind says, with its statements explained, and the same decision rule on it. */
export function explain(
  asking: Asking,
  request: Request,
  options: ExplainOptions = {},
  step: Step = asking.decide(request),
): Trace {
  // From plain JavaScript it may be null.
  return options?.deciding === true
    ? explainDeciding(asking, request, step)
    : explainAll(asking.plans, request);
}

/** The statements that decided, as deciding finds them. */
function explainDeciding(asking: Asking, request: Request, step: Step): Trace {
  const verdicts = asking.verdicts(request);
  const combined = combine(verdicts, request, step);
  const layers: LayerTrace[] = [];
  for (const kind of layerKinds) {
    const given = ofKind(verdicts, kind);
    const levels: LevelTrace[] = [];
    for (let level = 0; level < given.length; level++) {
      const verdict = given[level]!;
      const statements: StatementTrace[] = [];
      for (const one of decidingOf(kind, verdict, combined)) statements.push(explainStatement(one, request));
      levels.push({ level, verdict: word(verdict), statements });
    }
    // Levels are missing where the kind was not given, or does not apply.
    layers.push(
      layerOf(kind, levels, given.length > 0 ? undefined : exemptionOf(asking.plans, kind, request)),
    );
  }
  return traceOf(combined, request, layers, undefined, []);
}

/** To explain everything, every statement is asked, and no index: that deciding says the same can then be seen. */
function explainAll(plans: PlanSet, request: Request): Trace {
  const verdicts = {} as Record<PolicySetKey, readonly LevelVerdict[]>;
  const explained: Explained[] = [];
  const layers: LayerTrace[] = [];
  for (const kind of layerKinds) {
    const reason = exemptionOf(plans, kind, request);
    const said: LevelVerdict[] = [];
    const levels: LevelTrace[] = [];
    if (reason === undefined) {
      for (const [level, { statements }] of plans[kind].entries()) {
        const found = statements.map((plan) => ({
          kind,
          level,
          plan,
          trace: explainStatement(plan, request),
        }));
        for (const one of found) explained.push(one);
        const verdict = verdictOf(found, request);
        said.push(verdict);
        levels.push({ level, verdict: word(verdict), statements: found.map(({ trace }) => trace) });
      }
    }
    verdicts[kind] = said;
    layers.push(layerOf(kind, levels, reason));
  }
  const combined = combine(verdicts, request);
  const misses = nearMisses(explained, verdicts, combined, request);
  return traceOf(combined, request, layers, misses, missingAllows(verdicts, request));
}

function verdictOf(explained: readonly Explained[], request: Request): LevelVerdict {
  const denies: StatementPlan[] = [];
  const allows: Grant[] = [];
  for (const { trace, plan } of explained) {
    if (!trace.matched) continue;
    if (plan.effect === 'Deny') denies.push(plan);
    else allows.push(grantOf(plan, request));
  }
  return { denies, allows };
}

/** Why a kind that was given does not apply. */
const exemptionOf = (plans: PlanSet, kind: PolicySetKey, request: Request): string | undefined =>
  ofKind(plans, kind).length === 0 ? undefined : ofKind(layerTable, kind).exempt(request);

function layerOf(kind: PolicySetKey, levels: readonly LevelTrace[], reason: string | undefined): LayerTrace {
  if (reason !== undefined) return { kind, verdict: 'notApplicable', levels, reason };
  return { kind, verdict: levels.length === 0 ? 'notGiven' : layerWord(levels), levels };
}

/** `misses` is undefined where they were not looked for. */
function traceOf(
  { decision, decidedBy, denies }: Combined,
  request: Request,
  layers: readonly LayerTrace[],
  misses: readonly NearMiss[] | undefined,
  lacking: readonly MissingAllow[],
): Trace {
  const { action, resource, sameAccount } = request;
  const principal = callerText(request);
  const asked = {
    principal,
    principalKind: request.principal.kind,
    action: action.text,
    resource: resource.arn,
    sameAccount,
  };
  const assumptions = assumptionsOf(request);
  const nearMisses = misses ?? [];
  const trace: Mutable<Trace> = {
    decision,
    decidedBy,
    denies,
    request: asked,
    assumptions,
    layers,
    missingAllows: lacking,
    nearMisses,
  };
  const reason = reasons.get(decidedBy.rule);
  if (reason !== undefined) trace.reason = reason;
  if (misses === undefined) trace.deciding = true;
  return trace;
}

type Mutable<T> = { -readonly [Member in keyof T]: T[Member] };

/** The rules of services in words; of a rule that stands for several exceptions, the first. */
const reasons: ReadonlyMap<string, string> = new Map([
  ...serviceExceptions.map(({ rule, reason }) => [rule, reason] as const).reverse(),
  ['E26', 'credentials of one partition are worth nothing in another'],
  ['E60', 'the root user may do everything in its own account'],
]);

/** The statements of a level that made the decision: all denies that count (E4), or the allows of the kind that granted. */
function decidingOf(
  kind: PolicySetKey,
  { denies, allows }: LevelVerdict,
  { decision, decidedBy, denies: steps }: Combined,
): readonly StatementPlan[] {
  if (decision === 'allowed' && decidedBy.kind === kind) return allows.map(({ statement }) => statement);
  for (const step of steps) if (step.kind === kind) return denies;
  return [];
}

const word = ({ denies, allows }: LevelVerdict): LevelTrace['verdict'] =>
  denies.length > 0 ? 'explicitDeny' : allows.length > 0 ? 'allow' : 'noAllow';

function layerWord(levels: readonly LevelTrace[]): LevelTrace['verdict'] {
  let found: LevelTrace['verdict'] = 'allow';
  for (const { verdict } of levels) {
    if (verdict === 'explicitDeny') return verdict;
    if (verdict === 'noAllow') found = verdict;
  }
  return found;
}
