import { knowStatement } from '../plan/know.js';
import type { StatementPlan } from '../plan/plan.js';
import type { PolicySetKey } from '../policy/policy.js';
import type { Request } from '../request/request.js';
import type { Decision } from '../trace/decision.js';
import { combine } from './combine.js';
import { grantOf, type LevelVerdict, layerKinds, layerTable, type PlanSet, type Verdicts } from './layer.js';

/** A statement that applies or does not, by a key that is not known. */
export interface OpenStatement {
  readonly kind: PolicySetKey;
  readonly level: number;
  readonly statement: StatementPlan;
}

/** What is certain, and what hangs on keys that are not known. */
export interface Knowledge {
  readonly sure: Verdicts;
  readonly open: readonly OpenStatement[];
}

/** Asks every statement in three values. */
export function knowLayers(plans: PlanSet, request: Request, unknown: ReadonlySet<string>): Knowledge {
  const sure = {} as Record<PolicySetKey, readonly LevelVerdict[]>;
  const open: OpenStatement[] = [];
  for (const kind of layerKinds) {
    const skipped = plans[kind].length === 0 || layerTable[kind].exempt(request) !== undefined;
    sure[kind] = (skipped ? [] : plans[kind]).map((plan, level) => {
      const applying = (statements: readonly StatementPlan[]) =>
        statements.filter((statement) => {
          const truth = knowStatement(statement, request, unknown);
          if (truth === undefined) open.push({ kind, level, statement });
          return truth === true;
        });
      return {
        denies: applying(plan.denies.candidates(request)),
        allows: applying(plan.allows.candidates(request)).map((statement) => grantOf(statement, request)),
      };
    });
  }
  return { sure, open };
}

/** The verdicts if exactly these of the open statements apply too. */
export function withOpen(sure: Verdicts, open: readonly OpenStatement[], request: Request): Verdicts {
  const out = { ...sure };
  for (const { kind, level, statement } of open) {
    out[kind] = out[kind].map((verdict, i) => {
      if (i !== level) return verdict;
      return statement.effect === 'Deny'
        ? { ...verdict, denies: [...verdict.denies, statement] }
        : { ...verdict, allows: [...verdict.allows, grantOf(statement, request)] };
    });
  }
  return out;
}

/**
 * The decision rule in three values. It only grows with the allows and any deny ends it, so asking it at its corners — no open
 * statement, all open allows, all open denies too — tells all decisions it can reach.
 */
export function possibleDecisions({ sure, open }: Knowledge, request: Request): ReadonlySet<Decision> {
  const ask = (chosen: readonly OpenStatement[]) =>
    combine(withOpen(sure, chosen, request), request).decision;
  const allows = open.filter(({ statement }) => statement.effect === 'Allow');
  return new Set([ask([]), ask(allows), ask(open)]);
}
