import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, evaluate } from '../../src/index.js';
import {
  asInput,
  type Case,
  callers,
  caseArbitrary,
  controlStatement,
  type Document,
  endpointArbitrary,
  fitting,
  levelArbitrary,
  limitArbitrary,
  type Policies,
  plainStatement,
  resourceStatement,
  type Statement,
} from './generate.js';

const runs = { numRuns: 400 };
const decide = (one: Case): string => evaluate(asInput(one)).decision;
const resourceOf = ({ request }: Case): string => (request.resource as { arn: string }).arn;
const changed = (one: Case, policies: Partial<Policies>): Case => ({
  request: one.request,
  policies: fitting(resourceOf(one), { ...one.policies, ...policies }),
});
const document = (...statements: readonly Statement[]): Document => ({
  Version: '2012-10-17',
  Statement: statements,
});
/** In front of the statements that are there, or behind them. */
const added = (one: Document, statement: Statement, front: boolean): Document => ({
  ...one,
  Statement: front ? [statement, ...one.Statement] : [...one.Statement, statement],
});

it('the generators reach every decision, by every kind of policy', () => {
  const seen = new Map<string, number>();
  const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
  for (const one of fc.sample(caseArbitrary(), { numRuns: 2_000, seed: 1 })) {
    const { decision, decidedBy } = evaluate(asInput(one));
    count(decision);
    count(`${decision} ${decidedBy.kind}`);
  }
  for (const decision of ['allowed', 'explicitDeny', 'implicitDeny']) {
    expect(seen.get(decision) ?? 0, decision).toBeGreaterThan(200);
  }
  // Two kinds and the rules of services allow, seven kinds deny, six are silent, and services refuse.
  expect([...seen.keys()].filter((what) => what.includes(' ')).length).toBe(3 + 7 + 6 + 1);
});

describe('a deny more', () => {
  const deny = fc.constant('Deny');
  const kinds = [
    'identityPolicies',
    'permissionsBoundary',
    'sessionPolicies',
    'serviceControlPolicies',
  ] as const;
  it.each(kinds)('in %s never gives', (kind) => {
    const property = (one: Case, statement: Statement, front: boolean) => {
      const existing = one.policies[kind];
      // Where the kind is absent there is nothing to add a statement to: a policy more is another law.
      if (existing === undefined) return true;
      const changedKind = Array.isArray(existing)
        ? existing.map((item: Document | Document[]) =>
            Array.isArray(item)
              ? item.map((each) => added(each, statement, front))
              : added(item, statement, front),
          )
        : added(existing as Document, statement, front);
      const after = changed(one, { [kind]: changedKind });
      return decide(one) === 'allowed' || decide(after) !== 'allowed';
    };
    fc.assert(fc.property(caseArbitrary(), plainStatement(deny), fc.boolean(), property), runs);
  });
  it.each(['resourcePolicy', 'vpcEndpointPolicy'] as const)('in %s never gives', (kind) => {
    const property = (one: Case, statement: Statement, front: boolean) => {
      const existing = one.policies[kind];
      if (existing === undefined) return true;
      const after = changed(one, { [kind]: added(existing, statement, front) });
      return decide(one) === 'allowed' || decide(after) !== 'allowed';
    };
    fc.assert(fc.property(caseArbitrary(), resourceStatement(deny), fc.boolean(), property), runs);
  });
  it('in a new identity, resource or resource control policy never gives', () => {
    const property = (one: Case, plain: Statement, resource: Statement, control: Statement) => {
      const before = decide(one) === 'allowed';
      const {
        identityPolicies = [],
        resourcePolicy = document(),
        resourceControlPolicies = [],
      } = one.policies;
      const more: Partial<Policies>[] = [
        { identityPolicies: [...identityPolicies, document(plain)] },
        { resourcePolicy: added(resourcePolicy, resource, false) },
        { resourceControlPolicies: [...resourceControlPolicies, [document(control)]] },
      ];
      for (const policies of more) expect(before || decide(changed(one, policies)) !== 'allowed').toBe(true);
    };
    fc.assert(
      fc.property(caseArbitrary(), plainStatement(deny), resourceStatement(deny), controlStatement, property),
      runs,
    );
  });
});

describe('an allow more', () => {
  it('in an identity policy never takes', () => {
    const property = (one: Case, statement: Statement, front: boolean) => {
      if (decide(one) !== 'allowed') return;
      const { identityPolicies = [] } = one.policies;
      const extra = document(statement);
      const list = front ? [extra, ...identityPolicies] : [...identityPolicies, extra];
      expect(decide(changed(one, { identityPolicies: list }))).toBe('allowed');
    };
    const allow = plainStatement(fc.constant('Allow'));
    fc.assert(fc.property(caseArbitrary(), allow, fc.boolean(), property), runs);
  });
  it('in a resource policy never takes', () => {
    const property = (one: Case, statement: Statement, front: boolean) => {
      if (decide(one) !== 'allowed') return;
      const { resourcePolicy = document() } = one.policies;
      expect(decide(changed(one, { resourcePolicy: added(resourcePolicy, statement, front) }))).toBe(
        'allowed',
      );
    };
    const allow = resourceStatement(fc.constant('Allow'));
    fc.assert(fc.property(caseArbitrary(), allow, fc.boolean(), property), runs);
  });
  it('never turns an explicit deny into anything else', () => {
    const property = (one: Case, plain: Statement, resource: Statement) => {
      if (decide(one) !== 'explicitDeny') return;
      const { identityPolicies = [], resourcePolicy = document() } = one.policies;
      const after = changed(one, {
        identityPolicies: [...identityPolicies, document(plain)],
        resourcePolicy: added(resourcePolicy, resource, true),
      });
      expect(decide(after)).toBe('explicitDeny');
    };
    const allow = fc.constant('Allow');
    fc.assert(fc.property(caseArbitrary(), plainStatement(allow), resourceStatement(allow), property), runs);
  });
});

describe('a limit more never gives', () => {
  const everybody = Object.keys(callers);
  /** E32: a federated user without session policy can do next to nothing, so that the first one gives. */
  const sessions = everybody.filter((kind) => kind !== 'federated user');
  const law = (kinds: readonly string[], change: (one: Case, limit: Document) => Partial<Policies>) =>
    fc.assert(
      fc.property(caseArbitrary(kinds), limitArbitrary, (one, limit) => {
        if (decide(one) === 'allowed') return;
        expect(decide(changed(one, change(one, limit)))).not.toBe('allowed');
      }),
      runs,
    );
  it('a permissions boundary where there was none', () => {
    law(everybody, ({ policies }, limit) => ({ permissionsBoundary: policies.permissionsBoundary ?? limit }));
  });
  it('a session policy where there was none', () => {
    law(sessions, ({ policies }, limit) =>
      (policies.sessionPolicies?.length ?? 0) > 0 ? {} : { sessionPolicies: [limit] },
    );
  });
  it('the one exception: a federated user', () => {
    const wide = document({ Effect: 'Allow', Action: '*', Resource: '*' });
    const request = { principal: callers['federated user']!, action: 'ec2:RunInstances', resource: '*' };
    expect(decide({ request, policies: { identityPolicies: [wide] } })).toBe('implicitDeny');
    const both = { identityPolicies: [wide], sessionPolicies: [wide] };
    expect(decide({ request, policies: both })).toBe('allowed');
  });
  it('an endpoint policy where there was none', () => {
    const property = (one: Case, limit: Document) => {
      if (decide(one) === 'allowed') return;
      const { vpcEndpointPolicy = limit } = one.policies;
      expect(decide(changed(one, { vpcEndpointPolicy }))).not.toBe('allowed');
    };
    fc.assert(fc.property(caseArbitrary(), endpointArbitrary, property), runs);
  });
  it('a level of service control policies, wherever it is put', () => {
    const property = (one: Case, level: readonly Document[], place: number) => {
      if (decide(one) === 'allowed') return;
      const levels = [...(one.policies.serviceControlPolicies ?? [])];
      levels.splice(place, 0, level);
      expect(decide(changed(one, { serviceControlPolicies: levels }))).not.toBe('allowed');
    };
    fc.assert(fc.property(caseArbitrary(), levelArbitrary, fc.nat({ max: 2 }), property), runs);
  });
  it('an empty level takes everything that service control policies can take', () => {
    const property = (one: Case) => {
      const { serviceControlPolicies = [] } = one.policies;
      const after = evaluate(
        asInput(changed(one, { serviceControlPolicies: [...serviceControlPolicies, []] })),
      );
      if (!after.allowed) return;
      // Only a rule of a service, or a caller whom they do not limit, passes.
      const trace = after.explain();
      const layer = trace.layers.find(({ kind }) => kind === 'serviceControlPolicies');
      expect(layer?.verdict === 'notApplicable' || trace.decidedBy.kind === 'service').toBe(true);
    };
    fc.assert(fc.property(caseArbitrary(), property), runs);
  });
});

describe('compiled once', () => {
  it('agrees with evaluate, for every request and in any order', () => {
    const property = (cases: readonly Case[]) => {
      const { policies } = cases[0]!;
      const requests = cases.map(({ request }) => request).filter((request) => !isRole(request));
      const once = compile(asInput({ request: {}, policies }).policies);
      const all = [...requests, ...[...requests].reverse()];
      for (const request of all) {
        const { decision, decidedBy, denies } = once.evaluate(request as never);
        const fresh = evaluate(asInput({ request, policies }));
        expect({ decision, decidedBy, denies }).toEqual({
          decision: fresh.decision,
          decidedBy: fresh.decidedBy,
          denies: fresh.denies,
        });
      }
    };
    fc.assert(fc.property(fc.array(caseArbitrary(), { minLength: 2, maxLength: 6 }), property), {
      numRuns: 200,
    });
  });
  const isRole = ({ resource }: Record<string, unknown>): boolean =>
    (resource as { arn: string }).arn.includes(':role/');
});

it('what lacks an Allow is all there is: with a grant to the caller in each of these kinds it is allowed', () => {
  let seen = 0;
  const named = (principal: Case['request']['principal']): unknown => {
    const { arn, service, federated } = principal as Readonly<Record<string, string | undefined>>;
    if (service !== undefined) return { Service: service };
    if (federated !== undefined) return { Federated: federated };
    return { AWS: arn ?? '*' };
  };
  fc.assert(
    fc.property(caseArbitrary(), (one) => {
      const lacking = evaluate(asInput(one)).explain().missingAllows;
      if (lacking.length === 0) return;
      seen++;
      let { policies } = one;
      for (const { kind, level } of lacking) {
        const foreign = kind === 'resourcePolicy' || kind === 'vpcEndpointPolicy';
        const Principal = foreign ? { Principal: named(one.request.principal) } : {};
        const grant = { Effect: 'Allow', Action: '*', Resource: '*', ...Principal } as Statement;
        const given = policies[kind] as unknown;
        const more =
          level !== undefined
            ? (given as Document[][]).map((all, i) => (i === level ? [...all, document(grant)] : all))
            : kind === 'identityPolicies' || kind === 'sessionPolicies'
              ? [...((given as Document[] | undefined) ?? []), document(grant)]
              : added((given as Document | undefined) ?? document(), grant, false);
        policies = { ...policies, [kind]: more };
      }
      expect(decide(changed(one, policies))).toBe('allowed');
    }),
    runs,
  );
  expect(seen).toBeGreaterThan(50);
});
