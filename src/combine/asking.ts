import { strengths } from '../plan/decide.js';
import type { StatementPlan } from '../plan/plan.js';
import type { PolicySetKey } from '../policy/policy.js';
import type { Request } from '../request/request.js';
import { Outcome } from '../value/outcome.js';
import { decide, type Step, type Voices } from './decide.js';
import { type Grant, grantOf, type LevelVerdict, ofKind, type PlanSet, type Verdicts } from './layer.js';
import { type KindOfAction, PlansByAction, type PlansOfAction } from './plans-of-action.js';

/** Asks the policies only what the decision rule has to know, and stops each time at the first statement that says it. */
export class Asking implements Voices {
  readonly plans: PlanSet;
  readonly #byAction: PlansByAction;
  #request!: Request;
  #asked!: PlansOfAction;

  constructor(plans: PlanSet) {
    this.plans = plans;
    this.#byAction = new PlansByAction(plans);
  }

  decide(request: Request): Step {
    this.#ask(request);
    return decide(this, request);
  }

  /** What every kind says (E3): all the statements that apply, in the order of the documents, where deciding stops at the first. */
  verdicts(request: Request): Verdicts {
    this.#ask(request);
    const { kinds } = this.#asked;
    return {
      serviceControlPolicies: levelsOf(kinds.serviceControlPolicies, request),
      resourceControlPolicies: levelsOf(kinds.resourceControlPolicies, request),
      vpcEndpointPolicy: levelsOf(kinds.vpcEndpointPolicy, request),
      resourcePolicy: levelsOf(kinds.resourcePolicy, request),
      identityPolicies: levelsOf(kinds.identityPolicies, request),
      permissionsBoundary: levelsOf(kinds.permissionsBoundary, request),
      sessionPolicies: levelsOf(kinds.sessionPolicies, request),
    };
  }

  #ask(request: Request): void {
    // What was decided last is mostly what is explained.
    if (request === this.#request) return;
    this.#request = request;
    this.#asked = this.#byAction.of(request);
  }

  denying(except: PolicySetKey | undefined): PolicySetKey | undefined {
    const { denying } = this.#asked;
    const request = this.#request;
    for (let i = 0; i < denying.length; i++) {
      const { kind, denies, exempt } = denying[i]!;
      if (kind !== except && denies.find(request, anyOne) && exempt(request) === undefined) return kind;
    }
    return undefined;
  }

  applies(kind: PolicySetKey): boolean {
    const found = ofKind(this.#asked.kinds, kind);
    return found !== undefined && found.exempt(this.#request) === undefined;
  }

  silentLevel(kind: PolicySetKey): number {
    const found = ofKind(this.#asked.kinds, kind);
    const request = this.#request;
    if (found === undefined || found.open || found.exempt(request) !== undefined) return -1;
    const { allows } = found;
    for (let i = 0; i < allows.length; i++) if (!allows[i]!.find(request, anyOne)) return i;
    return -1;
  }

  strengths(): number {
    if (!this.applies('resourcePolicy')) return 0;
    let found = 0;
    for (const allows of this.#asked.kinds.resourcePolicy!.allows) {
      // Nothing is stronger than being named oneself.
      allows.find(this.#request, (statement) => {
        found |= strengths(statement, this.#request);
        return (found & Outcome.matchedDirect) !== 0;
      });
    }
    return found;
  }
}

/** No levels where the kind was not given or does not apply. */
function levelsOf(found: KindOfAction | undefined, request: Request): readonly LevelVerdict[] {
  if (found === undefined || found.exempt(request) !== undefined) return [];
  const levels = found.allows.map(
    (allows): { readonly denies: StatementPlan[]; readonly allows: readonly Grant[] } => {
      const grants = allows.all(request).map((statement) => grantOf(statement, request));
      return { denies: [], allows: grants };
    },
  );
  for (const statement of found.denies.all(request))
    levels[levels.length === 1 ? 0 : statement.source.level!]!.denies.push(statement);
  return levels;
}

/** One is enough. */
const anyOne = (): boolean => true;
