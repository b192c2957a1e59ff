import { strengths, strengthsMeant } from '../plan/decide.js';
import type { ConditionTrace, ElementTrace, StatementTrace } from '../plan/explain.js';
import type { StatementPlan } from '../plan/plan.js';
import type { PolicySetKey } from '../policy/policy.js';
import type { Request } from '../request/request.js';
import type { Combined } from '../trace/decision.js';
import { listed } from '../trace/entries.js';
import type { Difference, MissingAllow, NearMiss } from '../trace/trace.js';
import { Outcome } from '../value/outcome.js';
import { combine, stepOf } from './combine.js';
import {
  compacted,
  type Grant,
  type LevelVerdict,
  layerKinds,
  layerTable,
  ofKind,
  type Verdicts,
} from './layer.js';

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
  const compact = compacted(verdicts);
  // Statements of one place and one effect turn over to the same verdicts, so each sort is asked once.
  const asked = new Map<string, Combined['decision']>();
  const found: { one: Explained; decision: Combined['decision']; alone: boolean; far: number }[] = [];
  const add = (one: Explained, decision: Combined['decision'], alone: boolean) =>
    found.push({ one, decision, alone, far: distance(one.trace) });
  for (const one of explained) {
    const sort = turnedOver(one, verdicts, compact, request);
    if (sort === undefined || cannotApply(one.trace)) continue;
    const decision = asked.get(sort.name) ?? combine(sort.verdicts(), request).decision;
    asked.set(sort.name, decision);
    if (decision !== actual.decision) add(one, decision, true);
  }
  // Several denies at once: each has to go, none is enough.
  if (found.length === 0 && actual.decision === 'explicitDeny') {
    const { decision } = combine(withoutDenies(compact), request);
    for (const one of explained) {
      if (one.plan.effect === 'Deny' && one.trace.matched) add(one, decision, false);
    }
  }
  return found
    .sort((a, b) => a.far - b.far)
    .slice(0, maximum)
    .map(({ one, decision, alone }) => nearMiss(one, decision, alone));
}

/**
 * Every kind, and level, that lacks an Allow without which the request is not allowed: the decision rule is asked again with one more
 * each time. None where no Allow would help.
 */
export function missingAllows(verdicts: Verdicts, request: Request): readonly MissingAllow[] {
  const found: MissingAllow[] = [];
  const { principal } = request;
  const isRole = principal.kind === 'role' && principal.session === undefined;
  // A grant to the caller itself, which for a role is one to its sessions (E13); nobody asks which statement it is of.
  const allows = [{ strengths: isRole ? Outcome.matchedRole : Outcome.matchedDirect } as Grant];
  let given = verdicts;
  for (;;) {
    const { decision, kind, level } = stepOf(given, request);
    if (decision !== 'implicitDeny') return found;
    // No policy helps where the service refuses, or where the kind has no say.
    if (kind === 'service' || ofKind(layerTable, kind).exempt(request) !== undefined) return [];
    found.push(level === undefined ? { kind } : { kind, level });
    const levels = given[kind].length > 0 ? given[kind] : [{ denies: [], allows }];
    given = { ...given, [kind]: levels.map((one, i) => (i === (level ?? 0) ? { denies: [], allows } : one)) };
  }
}

/** No request makes it apply: it excludes everything, or names nobody. */
const cannotApply = ({ matched, elements }: StatementTrace): boolean =>
  !matched &&
  elements.some(
    ({ element, entries }) =>
      entries.length === 0 || (element.startsWith('Not') && entries.some(({ text }) => text === '*')),
  );

/** How many parts would have to differ; for a statement that applies, any one of them. */
function distance({ matched, elements, conditions }: StatementTrace): number {
  if (matched) return 1;
  return [...elements, ...conditions].filter((part) => !part.matched).length;
}

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
  if (element === 'NotPrincipal' && matched) {
    // E29, E29b
    return [
      { element, path, needs: 'account, caller and any role in the list, and no boundary', has: request },
    ];
  }
  const none = element.startsWith('Not') !== matched;
  // Nothing is outside `*`: such an element cannot be the one that differs.
  if (none && entries.some(({ text }) => text === '*')) return [];
  const list = listed(entries, request);
  const needs = none ? `none of ${list}` : entries.length === 1 ? list : `one of ${list}`;
  return [{ element, path, needs, has: request }];
}

/** Why a comparison fails that seems to hold. */
const wrongly: Readonly<Record<string, string>> = {
  severalValues: ' (several values need a set operator)',
  wrongType: ' (not comparable)',
};

function ofCondition({
  operator,
  key,
  path,
  matched,
  outcome,
  policyValues,
  requestValues,
}: ConditionTrace): Difference {
  return {
    element: `Condition ${key}`,
    path,
    needs: `a value for which ${operator} [${listed(policyValues, requestValues?.[0] ?? '')}] ${matched ? 'does not hold' : 'holds'}`,
    has: requestValues === null ? 'no such key' : requestValues.join(', ') + (wrongly[outcome] ?? ''),
  };
}

/** What the verdicts would be; undefined when another statement says the same, so that nothing changes. */
function turnedOver(
  { kind, level, plan, trace }: Explained,
  verdicts: Verdicts,
  compact: Verdicts,
  request: Request,
): { readonly name: string; readonly verdicts: () => Verdicts } | undefined {
  const full = verdicts[kind][level]!;
  const small = compact[kind][level]!;
  const change = (name: string, verdict: LevelVerdict) => ({
    name: `${kind} ${level} ${name}`,
    verdicts: () => ({ ...compact, [kind]: compact[kind].map((one, i) => (i === level ? verdict : one)) }),
  });
  if (plan.effect === 'Deny') {
    if (trace.matched)
      return full.denies.length > 1 ? undefined : change('no deny', { ...small, denies: [] });
    return full.denies.length > 0 ? undefined : change('deny', { ...small, denies: [plan] });
  }
  const named = assumedStrengths(plan, request);
  const same = small.allows.filter((one) => one.strengths === named);
  if (trace.matched) {
    if (full.allows.filter((one) => one.strengths === named).length > 1) return undefined;
    return change(`no allow ${named}`, {
      ...small,
      allows: small.allows.filter((one) => !same.includes(one)),
    });
  }
  if (same.length > 0) return undefined;
  return change(`allow ${named}`, {
    ...small,
    allows: [...small.allows, { statement: plan, strengths: named }],
  });
}

/** How the statement would name the caller: as its entries do now, or as they name whom they are for. */
const assumedStrengths = (plan: StatementPlan, request: Request): number =>
  strengths(plan, request) || strengthsMeant(plan);

function withoutDenies(verdicts: Verdicts): Verdicts {
  const out = { ...verdicts };
  for (const kind of layerKinds) out[kind] = verdicts[kind].map(({ allows }) => ({ denies: [], allows }));
  return out;
}
