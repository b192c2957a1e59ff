import type { StatementReference } from '../plan/plan.js';
import type { PolicySetKey } from '../policy/policy.js';
import type { Request } from '../request/request.js';
import type { Combined, DecidingStep } from '../trace/decision.js';
import { decide, type Step, sparedKind, type Voices } from './decide.js';
import { layerKinds, ofKind, type Verdicts } from './layer.js';

/** The decision rule on what all kinds of policy say. */
export const stepOf = (verdicts: Verdicts, request: Request): Step => decide(new Recorded(verdicts), request);

/** The answer of the decision rule to what all kinds of policy say, with the statements that decide. `step`: where it was asked already. */
export function combine(
  verdicts: Verdicts,
  request: Request,
  { decision, kind, rule, level }: Step = stepOf(verdicts, request),
): Combined {
  if (decision === 'explicitDeny') {
    const denies = denying(verdicts, request);
    return { decision, decidedBy: denies[0]!, denies };
  }
  const statements: StatementReference[] = [];
  if (decision === 'allowed' && kind !== 'service')
    for (const { allows } of ofKind(verdicts, kind))
      for (const { statement } of allows) statements.push(statement.source);
  const decidedBy = level === undefined ? { kind, rule, statements } : { kind, rule, statements, level };
  return { decision, decidedBy, denies: [] };
}

/** Every kind that denies (E4), but for one whose denies do not count (E64). */
function denying(verdicts: Verdicts, request: Request): DecidingStep[] {
  const spared = sparedKind(request);
  const denies: DecidingStep[] = [];
  for (const kind of layerKinds) {
    if (kind === spared) continue;
    const statements: StatementReference[] = [];
    for (const level of ofKind(verdicts, kind))
      for (const { source } of level.denies) statements.push(source);
    if (statements.length > 0) denies.push({ kind, rule: 'E2', statements });
  }
  return denies;
}

/** Verdicts that have been worked out, as the decision rule asks for them. */
class Recorded implements Voices {
  readonly #verdicts: Verdicts;

  constructor(verdicts: Verdicts) {
    this.#verdicts = verdicts;
  }

  denying(_: Request, except: PolicySetKey | undefined): PolicySetKey | undefined {
    for (const kind of layerKinds) {
      if (kind === except) continue;
      for (const { denies } of ofKind(this.#verdicts, kind)) if (denies.length > 0) return kind;
    }
    return undefined;
  }

  applies(_: Request, kind: PolicySetKey): boolean {
    return ofKind(this.#verdicts, kind).length > 0;
  }

  silentLevel(_: Request, kind: PolicySetKey): number {
    const levels = ofKind(this.#verdicts, kind);
    for (let i = 0; i < levels.length; i++) if (levels[i]!.allows.length === 0) return i;
    return -1;
  }

  strengths(): number {
    let found = 0;
    for (const { allows } of this.#verdicts.resourcePolicy) for (const one of allows) found |= one.strengths;
    return found;
  }
}
