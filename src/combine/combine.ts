import type { StatementReference } from '../plan/plan.js';
import type { PolicySetKey } from '../policy/policy.js';
import type { Request } from '../request/request.js';
import { type Decision, decide, sparedKind, type Voices } from './decide.js';
import { layerKinds, type Verdicts } from './layer.js';

export type { Decision } from './decide.js';

/** What decided: a kind of policy, or a rule of the service that no policy holds. */
export interface DecidingStep {
  readonly kind: PolicySetKey | 'service';
  /** The id of the rule in docs/semantics.md. */
  readonly rule: string;
  /** The statements that allow or deny; none for an implicit deny. */
  readonly statements: readonly StatementReference[];
  /** The first level of a service control policy without an allow, the root being 0. */
  readonly level?: number;
}

export interface Combined {
  readonly decision: Decision;
  readonly decidedBy: DecidingStep;
  /** Every kind that denies explicitly, in a fixed order (E4). */
  readonly denies: readonly DecidingStep[];
}

/** The answer of the decision rule to what all kinds of policy say, with the statements that decide. */
export function combine(verdicts: Verdicts, request: Request): Combined {
  const { decision, kind, rule, level } = decide(new Recorded(verdicts), request);
  if (decision === 'explicitDeny') {
    const denies = denying(verdicts, request);
    return { decision, decidedBy: denies[0]!, denies };
  }
  const granted = decision === 'allowed' && kind !== 'service' ? verdicts[kind] : [];
  const statements = granted.flatMap(({ allows }) => allows.map(({ statement }) => statement.source));
  const decidedBy = level === undefined ? { kind, rule, statements } : { kind, rule, statements, level };
  return { decision, decidedBy, denies: [] };
}

/** Every kind that denies (E4), but for one whose denies do not count (E64). */
function denying(verdicts: Verdicts, request: Request): DecidingStep[] {
  const spared = sparedKind(request);
  return layerKinds.flatMap((kind) => {
    const statements = verdicts[kind].flatMap((level) => level.denies.map(({ source }) => source));
    return statements.length === 0 || kind === spared ? [] : [{ kind, rule: 'E2', statements }];
  });
}

/** Verdicts that have been worked out, as the decision rule asks for them. */
class Recorded implements Voices {
  readonly #verdicts: Verdicts;

  constructor(verdicts: Verdicts) {
    this.#verdicts = verdicts;
  }

  denying(except: PolicySetKey | undefined): PolicySetKey | undefined {
    return layerKinds.find(
      (kind) => kind !== except && this.#verdicts[kind].some(({ denies }) => denies.length > 0),
    );
  }

  applies(kind: PolicySetKey): boolean {
    return this.#verdicts[kind].length > 0;
  }

  silentLevel(kind: PolicySetKey): number {
    return this.#verdicts[kind].findIndex(({ allows }) => allows.length === 0);
  }

  strengths(): number {
    let found = 0;
    for (const { allows } of this.#verdicts.resourcePolicy) for (const one of allows) found |= one.strengths;
    return found;
  }
}
