import { callerText, explainStatement } from '../plan/explain.js';
import type { StatementPlan } from '../plan/plan.js';
import type { PolicySetKey } from '../policy/policy.js';
import { assumptionsOf } from '../request/principal.js';
import type { Request } from '../request/request.js';
import type { LayerTrace, Trace } from '../trace/trace.js';
import { type Combined, combine } from './combine.js';
import {
  decideLevel,
  grantOf,
  type LevelPlan,
  type LevelVerdict,
  layerKinds,
  layerTable,
  type PlanSet,
} from './layer.js';
import { type Explained, nearMisses } from './near-miss.js';
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
  readonly deciding?: boolean;
}

/** What every kind says, with its statements explained, and the same decision rule on it. */
export function explain(plans: PlanSet, request: Request, options: ExplainOptions = {}): Trace {
  // From plain JavaScript it may be null.
  const deciding = options?.deciding === true;
  const verdicts = {} as Record<PolicySetKey, readonly LevelVerdict[]>;
  const explained: Explained[] = [];
  const layers = layerKinds.map((kind) => {
    const reason = plans[kind].length === 0 ? undefined : layerTable[kind].exempt(request);
    const levels =
      reason === undefined ? plans[kind].map((plan, i) => readLevel(plan, kind, i, request, deciding)) : [];
    for (const level of levels) for (const one of level.explained) explained.push(one);
    verdicts[kind] = levels.map(({ verdict }) => verdict);
    return { kind, reason, levels };
  });
  const combined = combine(verdicts, request);
  const rule = serviceExceptions.find((exception) => exception.rule === combined.decidedBy.rule);
  const reason =
    rule?.reason ??
    (combined.decidedBy.rule === 'E60' ? 'the root user may do everything in its own account' : undefined);
  const { decision, decidedBy, denies } = combined;
  return {
    decision,
    decidedBy,
    denies,
    request: {
      principal: callerText(request),
      principalKind: request.principal.kind,
      action: request.action,
      resource: request.resource.arn,
      sameAccount: request.sameAccount,
    },
    ...(reason !== undefined && { reason }),
    assumptions: assumptionsOf(request),
    layers: layers.map(({ kind, reason, levels }): LayerTrace => {
      const words = levels.map(({ verdict }) => word(verdict));
      const traces = levels.map(({ verdict, explained }, level) => ({
        level,
        verdict: words[level]!,
        statements: deciding
          ? decidingOf(kind, verdict, combined).map((statement) => explainStatement(statement, request))
          : explained.map(({ trace }) => trace),
      }));
      if (reason !== undefined) return { kind, verdict: 'notApplicable', levels: traces, reason };
      return { kind, verdict: levels.length === 0 ? 'notGiven' : layerWord(words), levels: traces };
    }),
    ...(deciding && { deciding }),
    nearMisses: deciding ? [] : nearMisses(explained, verdicts, combined, request),
  };
}

interface LevelReading {
  readonly verdict: LevelVerdict;
  /** Empty where only what decides is explained. */
  readonly explained: readonly Explained[];
}

/** To explain everything, every statement is asked, and no index: that deciding says the same can then be seen. */
function readLevel(
  plan: LevelPlan,
  kind: PolicySetKey,
  level: number,
  request: Request,
  deciding: boolean,
): LevelReading {
  if (deciding) return { verdict: decideLevel(plan, request), explained: [] };
  const explained = plan.statements.map((statement) => ({
    kind,
    level,
    plan: statement,
    trace: explainStatement(statement, request),
  }));
  const matched = explained.filter(({ trace }) => trace.matched).map((one) => one.plan);
  const allows = matched
    .filter(({ effect }) => effect === 'Allow')
    .map((statement) => grantOf(statement, request));
  return { verdict: { denies: matched.filter(({ effect }) => effect === 'Deny'), allows }, explained };
}

/** The statements of a level that made the decision: all denies that count (E4), or the allows of the kind that granted. */
function decidingOf(
  kind: PolicySetKey,
  { denies, allows }: LevelVerdict,
  combined: Combined,
): readonly StatementPlan[] {
  if (combined.denies.some((step) => step.kind === kind)) return denies;
  const { decision, decidedBy } = combined;
  return decision === 'allowed' && decidedBy.kind === kind ? allows.map(({ statement }) => statement) : [];
}

type Word = 'explicitDeny' | 'allow' | 'noAllow';

const word = ({ denies, allows }: LevelVerdict): Word =>
  denies.length > 0 ? 'explicitDeny' : allows.length > 0 ? 'allow' : 'noAllow';

const layerWord = (words: readonly Word[]): Word =>
  (['explicitDeny', 'noAllow'] as const).find((one) => words.includes(one)) ?? 'allow';
