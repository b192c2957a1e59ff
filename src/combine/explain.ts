import { callerText, explainStatement } from '../plan/explain.js';
import type { PolicySetKey } from '../policy/policy.js';
import { assumptionsOf } from '../request/principal.js';
import type { Request } from '../request/request.js';
import type { LayerTrace, LevelTrace, Trace } from '../trace/trace.js';
import { combine } from './combine.js';
import { grantOf, type LevelPlan, type LevelVerdict, layerKinds, layerTable, type PlanSet } from './layer.js';
import { type Explained, nearMisses } from './near-miss.js';
import { serviceExceptions } from './service/exceptions.js';

/** Every statement of every kind that applies, explained, and the same decision rule on what they say. */
export function explain(plans: PlanSet, request: Request): Trace {
  const verdicts = {} as Record<PolicySetKey, readonly LevelVerdict[]>;
  const layers: LayerTrace[] = [];
  const explained: Explained[] = [];
  for (const kind of layerKinds) {
    const reason = plans[kind].length === 0 ? undefined : layerTable[kind].exempt(request);
    const levels =
      reason === undefined ? plans[kind].map((plan, i) => explainLevel(plan, kind, i, request)) : [];
    for (const level of levels) for (const one of level.explained) explained.push(one);
    verdicts[kind] = levels.map(({ verdict }) => verdict);
    layers.push({
      kind,
      verdict:
        reason !== undefined ? 'notApplicable' : levels.length === 0 ? 'notGiven' : layerVerdict(levels),
      levels: levels.map(({ trace }) => trace),
      ...(reason === undefined ? {} : { reason }),
    });
  }
  const combined = combine(verdicts, request);
  const { decidedBy } = combined;
  const rule = serviceExceptions.find((exception) => exception.rule === decidedBy.rule);
  const reason =
    rule?.reason ??
    (decidedBy.rule === 'E60' ? 'the root user may do everything in its own account' : undefined);
  return {
    ...combined,
    request: {
      principal: callerText(request),
      principalKind: request.principal.kind,
      action: request.action,
      resource: request.resource.arn,
      sameAccount: request.sameAccount,
    },
    ...(reason === undefined ? {} : { reason }),
    assumptions: assumptionsOf(request),
    layers,
    nearMisses: nearMisses(explained, verdicts, combined, request),
  };
}

interface ExplainedLevel {
  readonly verdict: LevelVerdict;
  readonly trace: LevelTrace;
  readonly explained: readonly Explained[];
}

function explainLevel(plan: LevelPlan, kind: PolicySetKey, level: number, request: Request): ExplainedLevel {
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
  const verdict: LevelVerdict = { denies: matched.filter(({ effect }) => effect === 'Deny'), allows };
  const word = verdict.denies.length > 0 ? 'explicitDeny' : allows.length > 0 ? 'allow' : 'noAllow';
  return {
    verdict,
    trace: { level, verdict: word, statements: explained.map(({ trace }) => trace) },
    explained,
  };
}

function layerVerdict(levels: readonly ExplainedLevel[]): LayerTrace['verdict'] {
  const words = levels.map(({ trace }) => trace.verdict);
  if (words.includes('explicitDeny')) return 'explicitDeny';
  return words.includes('noAllow') ? 'noAllow' : 'allow';
}
