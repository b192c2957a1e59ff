import type { StatementReference } from '../plan/plan.js';
import type { PolicySetKey } from '../policy/policy.js';
import { isAccountPrincipal, type Request } from '../request/request.js';
import { Outcome } from '../value/outcome.js';
import { type LevelVerdict, layerKinds, layerTable, type Verdicts } from './layer.js';
import { exceptionFor } from './service/exceptions.js';

/** The words of EvalDecision in AWS's own simulator. */
export type Decision = 'allowed' | 'explicitDeny' | 'implicitDeny';

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

const strong = Outcome.matchedEveryone | Outcome.matchedDirect;

/**
 * The decision rule (E, section 3): what all kinds of policy say becomes one answer.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function combine(verdicts: Verdicts, request: Request): Combined {
  const always = exceptionFor(request, 'allows');
  if (always !== undefined) return answer('allowed', service(always.rule));

  const spared = exceptionFor(request, 'ignoresResourcePolicyDenies') !== undefined; // E64
  const denies: DecidingStep[] = [];
  for (const kind of layerKinds) {
    if (spared && kind === 'resourcePolicy') continue;
    const statements = verdicts[kind].flatMap((level) => level.denies.map(({ source }) => source));
    if (statements.length > 0) denies.push({ kind, rule: 'E2', statements });
  }
  if (denies.length > 0) return { decision: 'explicitDeny', decidedBy: denies[0]!, denies };

  const limited = missing(verdicts, 'serviceControlPolicies') ?? missing(verdicts, 'vpcEndpointPolicy'); // E12
  if (limited !== undefined) return answer('implicitDeny', limited);
  const special = exceptionFor(request, 'denies', 'allowsUnlessDenied');
  if (special !== undefined) {
    return answer(special.effect === 'denies' ? 'implicitDeny' : 'allowed', service(special.rule));
  }
  return grant(verdicts, request);
}

/** Steps 5 to 12: who grants, and who limits what is granted. */
function grant(verdicts: Verdicts, request: Request): Combined {
  const { principal, sameAccount } = request;
  let strengths = 0;
  for (const level of verdicts.resourcePolicy) for (const one of level.allows) strengths |= one.strengths;
  const byResource = (rule: string) => allowedBy(verdicts, 'resourcePolicy', rule);
  const notByResource = (rule: string) => answer('implicitDeny', none('resourcePolicy', rule));
  const strict = exceptionFor(request, 'resourcePolicyRequired');

  if (!isAccountPrincipal(principal))
    return strengths !== 0 ? byResource('E13') : notByResource(strict?.rule ?? 'E13');
  if (principal.kind === 'root') {
    if (sameAccount && strict === undefined) return answer('allowed', service('E60'));
    const rule = sameAccount ? strict!.rule : 'E61';
    return strengths !== 0 ? byResource(rule) : notByResource(rule);
  }
  let granted: Combined;
  if (sameAccount) {
    if ((strengths & strong) !== 0)
      return byResource((strengths & Outcome.matchedDirect) !== 0 ? 'E13' : 'E14');
    if ((strengths & Outcome.matchedRole) !== 0) granted = byResource('E13');
    else {
      if (strict !== undefined && strengths === 0) return notByResource(strict.rule);
      const silent = missing(verdicts, 'identityPolicies', strict === undefined ? 'E8' : 'E15');
      if (silent !== undefined) return answer('implicitDeny', silent);
      granted = allowedBy(verdicts, 'identityPolicies', strict?.rule ?? 'E8');
    }
  } else {
    if (strengths === 0) return notByResource('E21');
    const silent = missing(verdicts, 'identityPolicies', 'E23');
    if (silent !== undefined) return answer('implicitDeny', silent);
    granted = allowedBy(verdicts, 'identityPolicies', 'E21');
  }
  if (principal.kind === 'federatedUser' && verdicts.sessionPolicies.length === 0) {
    // E32; after the boundary, which is the earlier gate.
    return answer('implicitDeny', missing(verdicts, 'permissionsBoundary') ?? none('sessionPolicies', 'E32'));
  }
  const limit = missing(verdicts, 'permissionsBoundary') ?? missing(verdicts, 'sessionPolicies');
  return limit === undefined ? granted : answer('implicitDeny', limit);
}

/** The step at which a kind of policy lacks an allow; undefined when it has one at each level, or limits nothing. */
function missing(
  verdicts: Verdicts,
  kind: PolicySetKey,
  rule = layerTable[kind].rule,
): DecidingStep | undefined {
  const levels = verdicts[kind];
  // Identity policies grant, so none of them is a missing allow; the others only limit when they are there.
  if (levels.length === 0) return kind === 'identityPolicies' ? none(kind, rule) : undefined;
  const level = levels.findIndex(({ allows }) => allows.length === 0);
  if (level < 0) return undefined;
  return kind === 'serviceControlPolicies' ? { ...none(kind, rule), level } : none(kind, rule);
}

function allowedBy(verdicts: Verdicts, kind: PolicySetKey, rule: string): Combined {
  const statements = verdicts[kind].flatMap((level: LevelVerdict) =>
    level.allows.map((one) => one.statement.source),
  );
  return answer('allowed', { kind, rule, statements });
}

const none = (kind: PolicySetKey, rule: string): DecidingStep => ({ kind, rule, statements: [] });
const service = (rule: string): DecidingStep => ({ kind: 'service', rule, statements: [] });
const answer = (decision: Decision, decidedBy: DecidingStep): Combined => ({
  decision,
  decidedBy,
  denies: [],
});
