import type { PolicySetKey } from '../policy/policy.js';
import { isAccountPrincipal } from '../request/principal.js';
import { isApart, type Request } from '../request/request.js';
import type { Decision } from '../trace/decision.js';
import { Outcome } from '../value/outcome.js';
import { layerTable } from './layer.js';
import type { ServiceException } from './service/exception.js';
import { exceptionFor, isExceptional } from './service/exceptions.js';

/** What the decision rule asks the policies, and only when it has to know. The request goes along: who answers keeps none. */
export interface Voices {
  /** The first kind that denies, in the order of E4. */
  denying(request: Request, except: PolicySetKey | undefined): PolicySetKey | undefined;
  /** Whether policies of the kind are given and have a say in the request. */
  applies(request: Request, kind: PolicySetKey): boolean;
  /** The first level without an allow; -1 when each has one, or there are none. */
  silentLevel(request: Request, kind: PolicySetKey): number;
  /** How the allows of the resource policy name the caller: bits of outcomes (E13). */
  strengths(request: Request): number;
}

/** A decision and the step that made it. */
export interface Step {
  readonly decision: Decision;
  readonly kind: PolicySetKey | 'service';
  readonly rule: string;
  /** The first level of a service control policy without an allow. */
  readonly level: number | undefined;
}

const strong = Outcome.matchedEveryone | Outcome.matchedDirect;

/**
 * The decision rule (E, section 3): what all kinds of policy say becomes one answer.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(voices: Voices, request: Request): Step {
  // Most services have none: then nobody has to ask.
  const exceptional = isExceptional(request);
  const always = exceptional ? exceptionFor(request, 'allows') : undefined;
  if (always !== undefined) return step('allowed', 'service', always.rule);

  const denying = voices.denying(request, exceptional ? sparedKind(request) : undefined);
  if (denying !== undefined) return step('explicitDeny', denying, 'E2');

  const limited =
    missing(voices, request, 'serviceControlPolicies') ?? missing(voices, request, 'vpcEndpointPolicy'); // E12
  if (limited !== undefined) return limited;
  if (!exceptional) return grant(voices, request, undefined, request.sameAccount);
  const special = exceptionFor(request, 'denies') ?? exceptionFor(request, 'allowsUnlessDenied');
  if (special !== undefined)
    return step(special.effect === 'denies' ? 'implicitDeny' : 'allowed', 'service', special.rule);
  const within = request.sameAccount || exceptionFor(request, 'callerDecides') !== undefined;
  return grant(voices, request, exceptionFor(request, 'resourcePolicyRequired'), within);
}

/** The kind whose denies do not count for the request (E64). */
export const sparedKind = (request: Request): PolicySetKey | undefined =>
  exceptionFor(request, 'ignoresResourcePolicyDenies') === undefined ? undefined : 'resourcePolicy';

/** Steps 5 to 12: who grants, and who limits what is granted. */
function grant(
  voices: Voices,
  request: Request,
  strict: ServiceException | undefined,
  sameAccount: boolean,
): Step {
  const { principal } = request;
  // E26: neither `*` nor the bare number of an account lets a caller into another partition.
  if (!request.sameAccount && isApart(principal, request.resource))
    return step('implicitDeny', 'service', 'E26');
  const strengths = voices.strengths(request);

  if (!isAccountPrincipal(principal))
    return strengths !== 0 ? byResource('E13') : notByResource(strict?.rule ?? 'E13');
  if (principal.kind === 'root') {
    if (sameAccount && strict === undefined) return step('allowed', 'service', 'E60');
    const rule = sameAccount ? strict!.rule : 'E61';
    return strengths !== 0 ? byResource(rule) : notByResource(rule);
  }
  let granted: Step;
  if (sameAccount) {
    if ((strengths & strong) !== 0)
      return byResource((strengths & Outcome.matchedDirect) !== 0 ? 'E13' : 'E14');
    if ((strengths & Outcome.matchedRole) !== 0) granted = byResource('E13');
    else {
      if (strict !== undefined && strengths === 0) return notByResource(strict.rule);
      const silent = withoutIdentity(voices, request, strict === undefined ? 'E8' : 'E15');
      if (silent !== undefined) return silent;
      granted = step('allowed', 'identityPolicies', strict?.rule ?? 'E8');
    }
  } else {
    if (strengths === 0) return notByResource('E21');
    const silent = withoutIdentity(voices, request, 'E23');
    if (silent !== undefined) return silent;
    granted = step('allowed', 'identityPolicies', 'E21');
  }
  const bounded = missing(voices, request, 'permissionsBoundary');
  if (bounded !== undefined) return bounded;
  // E32; after the boundary, which is the earlier gate.
  if (principal.kind === 'federatedUser' && !voices.applies(request, 'sessionPolicies'))
    return step('implicitDeny', 'sessionPolicies', 'E32');
  return missing(voices, request, 'sessionPolicies') ?? granted;
}

/** The step at which a kind of policy lacks an allow; undefined when it has one at each level, or limits nothing. */
function missing(voices: Voices, request: Request, kind: PolicySetKey): Step | undefined {
  const level = voices.silentLevel(request, kind);
  if (level < 0) return undefined;
  return step(
    'implicitDeny',
    kind,
    layerTable[kind].rule,
    kind === 'serviceControlPolicies' ? level : undefined,
  );
}

/** Identity policies grant, so having none is a missing allow. */
const withoutIdentity = (voices: Voices, request: Request, rule: string): Step | undefined =>
  voices.applies(request, 'identityPolicies') && voices.silentLevel(request, 'identityPolicies') < 0
    ? undefined
    : step('implicitDeny', 'identityPolicies', rule);

const byResource = (rule: string): Step => step('allowed', 'resourcePolicy', rule);
const notByResource = (rule: string): Step => step('implicitDeny', 'resourcePolicy', rule);

const step = (decision: Decision, kind: Step['kind'], rule: string, level?: number): Step => ({
  decision,
  kind,
  rule,
  level,
});
