import type { Candidates } from '../plan/candidates.js';
import { strengths } from '../plan/decide.js';
import type { PolicySetKey } from '../policy/policy.js';
import type { Request } from '../request/request.js';
import { Outcome } from '../value/outcome.js';
import type { Step, Voices } from './decide.js';
import { grantOf, type LayerRow, type LevelVerdict, ofKind, type Verdicts } from './layer.js';
import { isExceptional } from './service/exceptions.js';

/** What the policies of one kind say of one action. */
export interface KindOfAction {
  readonly kind: PolicySetKey;
  readonly exempt: LayerRow['exempt'];
  /** The Denies of all levels together. */
  readonly denies: Candidates;
  /** The Allows of the first level, and of those behind it: most kinds have but one, which is then reached without a list. */
  readonly allows: Candidates;
  readonly further: readonly Candidates[];
  /** Each level has an Allow that applies whatever the request is. */
  readonly open: boolean;
}

/** The kinds that were given, with the statements whose action element matches one action. */
export class PlansOfAction implements Voices {
  readonly kinds: Readonly<Record<PolicySetKey, KindOfAction | undefined>>;
  /** Those that have a Deny, in the order of E4. */
  readonly #denying: readonly KindOfAction[];
  /** How many statements there are. */
  readonly size: number;

  constructor(kinds: PlansOfAction['kinds'], denying: readonly KindOfAction[], size: number) {
    this.kinds = kinds;
    this.#denying = denying;
    this.size = size;
  }

  /**
   * What every kind says (E3), as far as an account of the decision tells it: each Deny, each Allow of the kind that granted, and
   * of the other kinds whether there is one.
   */
  verdicts(request: Request, { decision, kind }: Step): Verdicts {
    const { kinds } = this;
    // Where no service makes exceptions, a Deny would have been the answer.
    const denied = decision === 'explicitDeny' || isExceptional(request);
    const granted = decision === 'allowed' ? kind : undefined;
    return {
      serviceControlPolicies: levelsOf(kinds.serviceControlPolicies, request, denied, granted),
      resourceControlPolicies: levelsOf(kinds.resourceControlPolicies, request, denied, granted),
      vpcEndpointPolicy: levelsOf(kinds.vpcEndpointPolicy, request, denied, granted),
      resourcePolicy: levelsOf(kinds.resourcePolicy, request, denied, granted),
      identityPolicies: levelsOf(kinds.identityPolicies, request, denied, granted),
      permissionsBoundary: levelsOf(kinds.permissionsBoundary, request, denied, granted),
      sessionPolicies: levelsOf(kinds.sessionPolicies, request, denied, granted),
    };
  }

  denying(request: Request, except: PolicySetKey | undefined): PolicySetKey | undefined {
    const denying = this.#denying;
    for (let i = 0; i < denying.length; i++) {
      const { kind, denies, exempt } = denying[i]!;
      if (kind !== except && denies.find(request, anyOne) && exempt(request) === undefined) return kind;
    }
    return undefined;
  }

  applies(request: Request, kind: PolicySetKey): boolean {
    const found = ofKind(this.kinds, kind);
    return found !== undefined && found.exempt(request) === undefined;
  }

  silentLevel(request: Request, kind: PolicySetKey): number {
    const found = ofKind(this.kinds, kind);
    if (found === undefined || found.open || found.exempt(request) !== undefined) return -1;
    if (!found.allows.find(request, anyOne)) return 0;
    const { further } = found;
    for (let i = 0; i < further.length; i++) if (!further[i]!.find(request, anyOne)) return i + 1;
    return -1;
  }

  strengths(request: Request): number {
    if (!this.applies(request, 'resourcePolicy')) return 0;
    let found = 0;
    // A resource has one policy. Nothing is stronger than being named oneself.
    this.kinds.resourcePolicy!.allows.find(request, (statement) => {
      found |= strengths(statement, request);
      return (found & Outcome.matchedDirect) !== 0;
    });
    return found;
  }
}

/** No levels where the kind was not given or does not apply. */
function levelsOf(
  found: KindOfAction | undefined,
  request: Request,
  denied: boolean,
  granted: Step['kind'] | undefined,
): readonly LevelVerdict[] {
  if (found === undefined || found.exempt(request) !== undefined) return none;
  const { kind, allows, further } = found;
  const denies = denied ? found.denies.all(request) : none;
  if (further.length === 0) return [levelOf(denies, allows, request, kind === granted)];
  return [allows, ...further].map((level, i) =>
    levelOf(
      denies.length === 0 ? none : denies.filter(({ source }) => source.level === i),
      level,
      request,
      kind === granted,
    ),
  );
}

function levelOf(
  denies: LevelVerdict['denies'],
  level: Candidates,
  request: Request,
  every: boolean,
): LevelVerdict {
  const allows = level.all(request, every);
  return {
    denies,
    allows: allows.length === 0 ? none : allows.map((statement) => grantOf(statement, request)),
  };
}

const none: readonly never[] = [];

/** One is enough. */
const anyOne = (): boolean => true;
