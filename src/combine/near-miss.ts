import type { ConditionTrace, ElementTrace, StatementTrace } from '../plan/explain.js';
import type { StatementPlan } from '../plan/plan.js';
import type { PolicySetKey } from '../policy/policy.js';
import type { Request } from '../request/request.js';
import type { Difference, NearMiss } from '../trace/trace.js';
import { Outcome } from '../value/outcome.js';
import { type Combined, combine } from './combine.js';
import { type LevelVerdict, layerKinds, type Verdicts } from './layer.js';

/** A statement with its trace and its place. */
export interface Explained {
  readonly kind: PolicySetKey;
  /** Position of the level among the levels of its kind. */
  readonly level: number;
  readonly plan: StatementPlan;
  readonly trace: StatementTrace;
}

/** More than this helps nobody. */
const maximum = 20;

/**
 * The statements that would have changed the answer had they applied, or had they not: each is turned over and the decision
 * rule is asked again, so that nothing here knows how kinds of policy combine.
 */
export function nearMisses(
  explained: readonly Explained[],
  verdicts: Verdicts,
  actual: Combined,
  request: Request,
): readonly NearMiss[] {
  const found: NearMiss[] = [];
  for (const one of explained) {
    const { decision } = combine(turnedOver(verdicts, one), request);
    if (decision !== actual.decision) found.push(nearMiss(one, decision, true));
  }
  // Several denies at once: each has to go, none is enough.
  if (found.length === 0 && actual.decision === 'explicitDeny') {
    const { decision } = combine(withoutDenies(verdicts), request);
    for (const one of explained) {
      if (one.plan.effect === 'Deny' && one.trace.matched) found.push(nearMiss(one, decision, false));
    }
  }
  return found.sort((a, b) => distance(a) - distance(b)).slice(0, maximum);
}

const distance = (miss: NearMiss): number => (miss.change === 'notApply' ? 1 : miss.differences.length);

function nearMiss(one: Explained, decision: Combined['decision'], alone: boolean): NearMiss {
  const { kind, trace } = one;
  const change = trace.matched ? 'notApply' : 'apply';
  const differing = ({ matched }: { matched: boolean }): boolean => matched === trace.matched;
  const differences = [
    ...trace.conditions.filter(differing).map(ofCondition),
    ...trace.elements.filter(differing).flatMap(ofElement),
  ];
  return { kind, statement: trace, change, decision, alone, differences };
}

function ofElement({ element, path, matched, request, entries }: ElementTrace): Difference[] {
  const none = element.startsWith('Not') !== matched;
  // Nothing is outside `*`: such an element cannot be the one that differs.
  if (none && entries.some(({ text }) => text === '*')) return [];
  const list = entries.map(({ text }) => text).join(', ');
  const needs = none ? `none of ${list}` : entries.length === 1 ? list : `one of ${list}`;
  return [{ element, path, needs, has: request }];
}

function ofCondition({
  operator,
  key,
  path,
  matched,
  policyValues,
  requestValues,
}: ConditionTrace): Difference {
  const list = policyValues.map(({ text, substituted }) => {
    if (substituted === undefined) return text;
    return substituted === null ? `${text} (a variable without value)` : `${text} = ${substituted}`;
  });
  return {
    element: `Condition ${key}`,
    path,
    needs: `a value for which ${operator} [${list.join(', ')}] ${matched ? 'does not hold' : 'holds'}`,
    has: requestValues === null ? 'no such key' : requestValues.join(', '),
  };
}

function turnedOver(verdicts: Verdicts, { kind, level, plan, trace }: Explained): Verdicts {
  const levels = verdicts[kind].map((verdict, i): LevelVerdict => {
    if (i !== level) return verdict;
    const denies = verdict.denies.filter((statement) => statement !== plan);
    const allows = verdict.allows.filter(({ statement }) => statement !== plan);
    if (trace.matched) return { denies, allows };
    return plan.effect === 'Deny'
      ? { denies: [...denies, plan], allows }
      : { denies, allows: [...allows, { statement: plan, strengths: assumedStrengths(trace) }] };
  });
  return { ...verdicts, [kind]: levels };
}

/** How the statement would name the caller: as its entries do now, or directly if the caller became one of them. */
function assumedStrengths(trace: StatementTrace): number {
  const principal = trace.elements.find(({ element }) => element === 'Principal');
  if (principal === undefined) return 0;
  let bits = 0;
  for (const { outcome } of principal.entries) if (Outcome[outcome] > 0) bits |= Outcome[outcome];
  return bits === 0 ? Outcome.matchedDirect : bits;
}

function withoutDenies(verdicts: Verdicts): Verdicts {
  const out = { ...verdicts };
  for (const kind of layerKinds) out[kind] = verdicts[kind].map(({ allows }) => ({ denies: [], allows }));
  return out;
}
