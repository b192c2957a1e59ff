import { Asking } from '../../src/combine/asking.js';
import { combine } from '../../src/combine/combine.js';
import { explain } from '../../src/combine/explain.js';
import {
  grantOf,
  type LevelPlan,
  type LevelVerdict,
  layerKinds,
  layerTable,
  type PlanSet,
  type Verdicts,
} from '../../src/combine/layer.js';
import { compilePlans } from '../../src/compile.js';
import type { StatementReference } from '../../src/plan/plan.js';
import type { PoliciesInput, StatementDocument } from '../../src/policy/document.js';
import { readPolicySet } from '../../src/policy/policy-set.js';
import type { PrincipalInput, RequestInput } from '../../src/request/input.js';
import { parseRequest } from '../../src/request/parse.js';
import type { Request } from '../../src/request/request.js';
import type { Combined } from '../../src/trace/decision.js';
import { applies } from '../plan/build.js';

export const own = '111122223333';
export const foreign = '444455556666';
export const iam = (rest: string, account = own) => `arn:aws:iam::${account}:${rest}`;
export const sts = (rest: string, account = own) => `arn:aws:sts::${account}:${rest}`;
export const queue = (account = own) => `arn:aws:sqs:us-east-1:${account}:q`;

/** One caller of each kind. */
export const callers = {
  user: { arn: iam('user/alice') },
  role: { arn: iam('role/team/app') },
  session: { arn: sts('assumed-role/app/s1'), issuer: iam('role/team/app') },
  federatedUser: { arn: sts('federated-user/guest'), issuer: iam('user/alice') },
  root: { arn: iam('root') },
  service: { service: 'sns.amazonaws.com' },
  federated: { federated: 'accounts.google.com' },
  anonymous: { anonymous: true },
} satisfies Record<string, PrincipalInput>;
export type Caller = keyof typeof callers;
export const callerNames = Object.keys(callers) as readonly Caller[];

/** A document of these statements. */
export const policy = (...Statement: readonly StatementDocument[]) => ({ Version: '2012-10-17', Statement });
export const allow = (more: Partial<StatementDocument> = {}): StatementDocument => ({
  Effect: 'Allow',
  Action: '*',
  Resource: '*',
  ...more,
});
export const deny = (more: Partial<StatementDocument> = {}): StatementDocument => ({
  ...allow(more),
  Effect: 'Deny',
});
/** A document without a statement that applies to any request here. */
export const silent = policy(allow({ Action: 'none:Nothing' }));
/** The same for kinds that name a principal. */
export const silentFor = policy(allow({ Action: 'none:Nothing', Principal: '*' }));
export const full = policy(allow());
export const fullFor = policy(allow({ Principal: '*' }));

/** sqs:SendMessage on a queue of the own account, unless told otherwise. */
export const request = (principal: PrincipalInput, more: Partial<RequestInput> = {}): Request =>
  parseRequest({ principal, action: 'sqs:SendMessage', resource: queue(), ...more });

export const plansOf = (policies: PoliciesInput): PlanSet => compilePlans(readPolicySet(policies));

/** What one level says: each statement is asked, and no index. */
export function decideLevel({ statements }: Pick<LevelPlan, 'statements'>, asked: Request): LevelVerdict {
  const found = statements.filter((statement) => applies(statement, asked));
  const allows = found.filter(({ effect }) => effect === 'Allow').map((one) => grantOf(one, asked));
  return { denies: found.filter(({ effect }) => effect === 'Deny'), allows };
}

/** What every kind says, in the same way (E3). */
export const decideLayers = (plans: PlanSet, asked: Request): Verdicts =>
  Object.fromEntries(
    layerKinds.map((kind) => [
      kind,
      layerTable[kind].exempt(asked) === undefined ? plans[kind].map((one) => decideLevel(one, asked)) : [],
    ]),
  ) as unknown as Verdicts;

export const askingOf = (policies: PoliciesInput): Asking => new Asking(plansOf(policies));

/** The answer of the decision rule. */
export const decide = (asked: Request, policies: PoliciesInput): Combined =>
  combine(decideLayers(plansOf(policies), asked), asked);

/** Where a statement of a single document stands. */
export const at = (
  kind: keyof PoliciesInput,
  index = 0,
  more: Partial<StatementReference> = {},
): StatementReference => {
  const one = ['permissionsBoundary', 'resourcePolicy', 'vpcEndpointPolicy'].includes(kind);
  const leveled = more.level === undefined ? '' : `[${more.level}]`;
  const document = `policies.${kind}${leveled}${one ? '' : `[${more.policy ?? 0}]`}`;
  return { kind, policy: 0, index, path: `${document}.Statement[${index}]`, ...more };
};

/** A decision by the statements of one kind; by default its first statement. */
export const allowedBy = (kind: keyof PoliciesInput, rule: string, statements = [at(kind)]): Combined => ({
  decision: 'allowed',
  decidedBy: { kind, rule, statements },
  denies: [],
});
export const noAllow = (kind: keyof PoliciesInput, rule: string, level?: number): Combined => ({
  decision: 'implicitDeny',
  decidedBy: { kind, rule, statements: [], ...(level === undefined ? {} : { level }) },
  denies: [],
});
export const byService = (decision: Combined['decision'], rule: string): Combined => ({
  decision,
  decidedBy: { kind: 'service', rule, statements: [] },
  denies: [],
});
export const denied = (...statements: readonly StatementReference[]): Combined => {
  const denies = [...new Set(statements.map(({ kind }) => kind))].map((kind) => ({
    kind: kind as keyof PoliciesInput,
    rule: 'E2',
    statements: statements.filter((one) => one.kind === kind),
  }));
  return { decision: 'explicitDeny', decidedBy: denies[0]!, denies };
};

/** The near misses, without the traces of their statements. */
export const misses = (policies: PoliciesInput, asked: Request) =>
  explain(askingOf(policies), asked).nearMisses.map(({ statement, ...rest }) => ({
    at: `${rest.kind} ${statement.level ?? 0}.${statement.policy}.${statement.index}`,
    change: rest.change,
    decision: rest.decision,
    alone: rest.alone,
    differences: rest.differences,
  }));
/** Each near miss as one line: kind, level, policy and statement; the change; the decision it would make. */
export const brief = (policies: PoliciesInput, asked: Request) =>
  misses(policies, asked).map(
    ({ at, change, decision, alone }) => `${at} ${change} ${decision}${alone ? '' : ' together'}`,
  );
