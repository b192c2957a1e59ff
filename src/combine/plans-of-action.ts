import type { Candidates } from '../plan/candidates.js';
import { strengths } from '../plan/decide.js';
import type { PolicySetKey } from '../policy/policy.js';
import type { Request } from '../request/request.js';
import { Outcome } from '../value/outcome.js';
import type { Voices } from './decide.js';
import { grantOf, type LayerRow, type LevelVerdict, ofKind, type Verdicts } from './layer.js';

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

  /** What every kind says (E3): all the statements that apply, in the order of the documents, where deciding stops at the first. */
  verdicts(request: Request): Verdicts {
    const { kinds } = this;
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
function levelsOf(found: KindOfAction | undefined, request: Request): readonly LevelVerdict[] {
  if (found === undefined || found.exempt(request) !== undefined) return none;
  const { allows, further } = found;
  const denies = found.denies.all(request);
  // Most kinds have one level.
  if (further.length === 0) return [{ denies, allows: grantsOf(allows, request) }];
  return [allows, ...further].map((level, i) => ({
    denies: denies.filter(({ source }) => source.level === i),
    allows: grantsOf(level, request),
  }));
}

const grantsOf = (level: Candidates, request: Request): LevelVerdict['allows'] =>
  level.all(request).map((statement) => grantOf(statement, request));

const none: readonly never[] = [];

/** One is enough. */
const anyOne = (): boolean => true;
