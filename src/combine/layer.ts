import { strengths } from '../plan/decide.js';
import { ActionIndex } from '../plan/lookup.js';
import type { StatementPlan } from '../plan/plan.js';
import type { PolicySetKey } from '../policy/policy.js';
import { isAccountPrincipal } from '../request/principal.js';
import type { Request } from '../request/request.js';
import { beyondResourceControl } from './service/resource-control.js';
import { isServiceLinkedRole } from './service/sts.js';

/** One kind of policy: which rule it stands for, and for whom it is not consulted (E, section 2). */
export interface LayerRow {
  readonly rule: string;
  /** Why the kind does not apply to this request; undefined when it does. */
  readonly exempt: (request: Request) => string | undefined;
}

const noIdentity = ({ principal }: Request): string | undefined =>
  isAccountPrincipal(principal) && principal.kind !== 'root'
    ? undefined
    : `a ${callerWords[principal.kind]} has no identity policies (E10)`;

const callerWords = {
  user: 'user',
  role: 'role',
  federatedUser: 'federated user',
  root: 'root user',
  service: 'service principal',
  federated: 'caller with a provider token',
  anonymous: 'caller without credentials',
} as const;

/** All kinds, in the fixed order in which denies are reported (E4): organization, network, resource, caller. */
export const layerTable: Readonly<Record<PolicySetKey, LayerRow>> = {
  serviceControlPolicies: {
    rule: 'E40',
    exempt: (request) => {
      if (!isAccountPrincipal(request.principal)) {
        return `service control policies do not limit a ${callerWords[request.principal.kind]} (E42)`;
      }
      return isServiceLinkedRole(request)
        ? 'service control policies do not limit service-linked roles (E42)'
        : undefined;
    },
  },
  resourceControlPolicies: { rule: 'E50', exempt: beyondResourceControl },
  vpcEndpointPolicy: { rule: 'E55', exempt: () => undefined },
  resourcePolicy: {
    rule: 'E21',
    exempt: ({ action, resource }) =>
      resource.role && action.service !== 'sts'
        ? 'a trust policy decides only who assumes the role (E78)'
        : undefined,
  },
  identityPolicies: { rule: 'E8', exempt: noIdentity },
  permissionsBoundary: {
    rule: 'E31',
    exempt: (request) =>
      noIdentity(request) ??
      (isServiceLinkedRole(request) ? 'a service-linked role has no boundary (E31)' : undefined),
  },
  sessionPolicies: {
    rule: 'E32',
    exempt: (request) => {
      const { principal } = request;
      if (principal.kind === 'federatedUser') return undefined;
      if (principal.kind !== 'role') return `a ${callerWords[principal.kind]} has no session policies (E32)`;
      return isServiceLinkedRole(request) ? 'a service-linked role has no session policies (E32)' : undefined;
    },
  },
};

export const layerKinds = Object.keys(layerTable) as readonly PolicySetKey[];

/** What a record holds for a kind. By name, since a member whose name is computed is looked for each time. */
export function ofKind<T>(record: Readonly<Record<PolicySetKey, T>>, kind: PolicySetKey): T {
  switch (kind) {
    case 'serviceControlPolicies':
      return record.serviceControlPolicies;
    case 'resourceControlPolicies':
      return record.resourceControlPolicies;
    case 'vpcEndpointPolicy':
      return record.vpcEndpointPolicy;
    case 'resourcePolicy':
      return record.resourcePolicy;
    case 'identityPolicies':
      return record.identityPolicies;
    case 'permissionsBoundary':
      return record.permissionsBoundary;
    case 'sessionPolicies':
      return record.sessionPolicies;
  }
}

/** One level of one kind, ready to be asked. */
export interface LevelPlan {
  /** In the order of the documents; for readers that want all of them. */
  readonly statements: readonly StatementPlan[];
  readonly allows: ActionIndex;
  readonly denies: ActionIndex;
}

export type PlanSet = Readonly<Record<PolicySetKey, readonly LevelPlan[]>>;

/** An Allow that applies, and how strongly it names the caller (bits of outcomes, E13). */
export interface Grant {
  readonly statement: StatementPlan;
  readonly strengths: number;
}

export interface LevelVerdict {
  readonly denies: readonly StatementPlan[];
  readonly allows: readonly Grant[];
}

/** What one kind of policy says; no levels when it was not given or does not apply. */
export type Verdicts = Readonly<Record<PolicySetKey, readonly LevelVerdict[]>>;

export function compileLevel(statements: readonly StatementPlan[]): LevelPlan {
  const allows: StatementPlan[] = [];
  const denies: StatementPlan[] = [];
  for (const statement of statements) (statement.effect === 'Allow' ? allows : denies).push(statement);
  return { statements, allows: new ActionIndex(allows), denies: new ActionIndex(denies) };
}

export const grantOf = (statement: StatementPlan, request: Request): Grant => ({
  statement,
  strengths: strengths(statement, request),
});

/** The same verdicts with no statement more than the decision rule can tell apart, so that long policies stay cheap. */
export function compacted(verdicts: Verdicts): Verdicts {
  const out = { ...verdicts };
  for (const kind of layerKinds) {
    out[kind] = verdicts[kind].map(({ denies, allows }) => ({
      denies: denies.slice(0, 1),
      allows: [...new Map(allows.map((one) => [one.strengths, one])).values()],
    }));
  }
  return out;
}
