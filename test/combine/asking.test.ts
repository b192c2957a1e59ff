import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Asking } from '../../src/combine/asking.js';
import { combine } from '../../src/combine/combine.js';
import { layerKinds, type PlanSet } from '../../src/combine/layer.js';
import { compilePlans } from '../../src/compile.js';
import { readPolicySet } from '../../src/policy/policy-set.js';
import { parseRequest } from '../../src/request/parse.js';
import type { Request } from '../../src/request/request.js';
import { Outcome } from '../../src/value/outcome.js';
import {
  asInput,
  type Case,
  caseArbitrary,
  type Document,
  fitting,
  plainStatement,
  resourceStatement,
  type Statement,
} from '../property/generate.js';
import {
  allow,
  callers,
  decideLayers,
  deny,
  foreign,
  iam,
  own,
  plansOf,
  policy,
  queue,
  request,
  silent,
} from './build.js';

const plansOfCase = (one: Case): PlanSet => compilePlans(readPolicySet(asInput(one).policies));
const read = ({ request: asked }: Case): Request => parseRequest(asked);

/** The decision and the step, as the whole verdicts of all kinds give them. */
function byVerdicts(plans: PlanSet, asked: Request) {
  const { decision, decidedBy } = combine(decideLayers(plans, asked), asked);
  return [decision, decidedBy.kind, decidedBy.rule, decidedBy.level];
}
function byAsking(asking: Asking, asked: Request) {
  const { decision, kind, rule, level } = asking.decide(asked);
  return [decision, kind, rule, level];
}

const documentOf = (statements: fc.Arbitrary<Statement>): fc.Arbitrary<Document> =>
  fc
    .array(statements, { minLength: 44, maxLength: 60 })
    .map((Statement): Document => ({ Version: '2012-10-17', Statement }));
/** Policies with lists long enough to be looked up. Denies are few, or hardly anything would be allowed. */
const mostly = fc.constantFrom('Allow', 'Allow', 'Allow', 'Allow', 'Allow', 'Allow', 'Allow', 'Deny');
const long: fc.Arbitrary<Case> = fc
  .tuple(
    caseArbitrary(),
    documentOf(plainStatement(mostly)),
    documentOf(resourceStatement(mostly)),
    fc.constantFrom('identityPolicies', 'permissionsBoundary', 'resourcePolicy', 'serviceControlPolicies'),
  )
  .map(([one, plain, named, kind]): Case => {
    const wide = {
      identityPolicies: [plain],
      permissionsBoundary: plain,
      resourcePolicy: named,
      serviceControlPolicies: [[plain]],
    }[kind];
    const arn = (one.request.resource as { arn: string }).arn;
    return { ...one, policies: fitting(arn, { ...one.policies, [kind]: wide }) };
  });

describe('Asking', () => {
  it.each([
    ['short', caseArbitrary(), 1500],
    ['long', long, 500],
  ])('E3: decides as the verdicts of all kinds do, with %s lists', (_, cases, numRuns) => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(cases, fc.array(caseArbitrary(), { maxLength: 3 }), (one, others) => {
        const plans = plansOfCase(one);
        const asking = new Asking(plans);
        // The others ask the same policies, so that what is remembered of one request meets another one.
        for (const asked of [one, ...others, one].map(read)) {
          const expected = byVerdicts(plans, asked);
          expect(byAsking(asking, asked)).toEqual(expected);
          seen.set(String(expected[0]), (seen.get(String(expected[0])) ?? 0) + 1);
        }
      }),
      { numRuns },
    );
    for (const decision of ['allowed', 'explicitDeny', 'implicitDeny'])
      expect(seen.get(decision)).toBeGreaterThan(numRuns / 20);
  });

  it('answers of itself what the verdicts say', () => {
    fc.assert(
      fc.property(fc.oneof(caseArbitrary(), long), (one) => {
        const plans = plansOfCase(one);
        const asked = read(one);
        const asking = new Asking(plans);
        asking.decide(asked);
        const verdicts = decideLayers(plans, asked);
        // All that apply, in the order of the documents, whatever is looked up first.
        expect(new Asking(plans).verdicts(asked)).toEqual(verdicts);
        const denying = layerKinds.filter((kind) => verdicts[kind].some(({ denies }) => denies.length > 0));
        const voices = asking.of(asked);
        expect(voices.denying(asked, undefined)).toBe(denying[0]);
        for (const kind of layerKinds) {
          expect(voices.denying(asked, kind)).toBe(denying.find((found) => found !== kind));
          expect(voices.applies(asked, kind)).toBe(verdicts[kind].length > 0);
          expect(voices.silentLevel(asked, kind)).toBe(
            verdicts[kind].findIndex(({ allows }) => allows.length === 0),
          );
        }
        // Being named oneself is the strongest: nothing else has to be known then.
        let strengths = 0;
        for (const { allows } of verdicts.resourcePolicy)
          for (const one of allows) strengths |= one.strengths;
        const found = voices.strengths(asked);
        expect(found & Outcome.matchedDirect).toBe(strengths & Outcome.matchedDirect);
        expect(found & ~strengths).toBe(0);
        if ((strengths & Outcome.matchedDirect) === 0) expect(found).toBe(strengths);
      }),
      { numRuns: 500 },
    );
  });

  it('E41: tells the first level without an allow', () => {
    const levels = [[policy(allow())], [silent, policy(allow())], [silent, silent], [silent]];
    const plans = plansOf({ serviceControlPolicies: levels, identityPolicies: [policy(allow())] });
    expect(new Asking(plans).decide(request(callers.user))).toEqual({
      decision: 'implicitDeny',
      kind: 'serviceControlPolicies',
      rule: 'E40',
      level: 2,
    });
  });

  it('E13: goes on until the caller is named, whatever stands before', () => {
    const names = [own, foreign, callers.role.arn, '*', callers.user.arn];
    const Statement = names.map((AWS) => allow({ Principal: { AWS } }));
    const plans = plansOf({ resourcePolicy: policy(...Statement) });
    const asking = new Asking(plans);
    expect(byAsking(asking, request(callers.user))).toEqual(['allowed', 'resourcePolicy', 'E13', undefined]);
    const other = { arn: iam('user/bob') };
    expect(byAsking(asking, request(other))).toEqual(['allowed', 'resourcePolicy', 'E14', undefined]);
  });
});

describe('what is remembered of an action', () => {
  const spied = (plans: PlanSet) => vi.spyOn(plans.identityPolicies[0]!.allows, 'candidates');
  const plans = () =>
    plansOf({ identityPolicies: [policy(allow({ Action: 'sqs:*' }), deny({ Action: 'a:B' }))] });
  const user = (action: string) => request(callers.user, { action });

  it('are its statements, whatever its letter case and whoever asks', () => {
    const set = plans();
    const candidates = spied(set);
    const asking = new Asking(set);
    for (const action of ['sqs:SendMessage', 'SQS:sendmessage', 'sqs:SendMessage'])
      for (const principal of Object.values(callers)) asking.decide(request(principal, { action }));
    expect(candidates).toHaveBeenCalledTimes(1);
    asking.decide(user('sqs:SendMessageBatch'));
    expect(candidates).toHaveBeenCalledTimes(2);
  });

  it('is there for 2,048 actions, and then starts afresh', () => {
    const set = plans();
    const candidates = spied(set);
    const asking = new Asking(set);
    const ask = (i: number) => asking.decide(user(`sqs:Action${i}`)).decision;
    const all = () => {
      for (let i = 0; i < 2048; i++) ask(i);
    };
    all();
    all();
    expect(candidates).toHaveBeenCalledTimes(2048);
    expect([ask(2048), ask(2048)]).toEqual(['allowed', 'allowed']);
    expect(candidates).toHaveBeenCalledTimes(2049);
    // Of those before, none is left; what came last is.
    expect([ask(0), ask(2047), ask(2048), ask(0)]).toEqual(Array(4).fill('allowed'));
    expect(candidates).toHaveBeenCalledTimes(2051);
  });

  it('does not remember an action longer than any of AWS', () => {
    const set = plansOf({ identityPolicies: [policy(allow())] });
    const candidates = vi.spyOn(set.identityPolicies[0]!.allows, 'candidates');
    const asking = new Asking(set);
    const long = user(`sqs:${'a'.repeat(300)}`);
    const again = user(`sqs:${'a'.repeat(300)}`);
    expect([asking.decide(long).decision, asking.decide(again).decision]).toEqual(['allowed', 'allowed']);
    expect(candidates).toHaveBeenCalledTimes(2);
  });

  it('holds no more statements for all actions together than a large account has', () => {
    const many = Array.from({ length: 4_000 }, (_, i) => allow({ Resource: `arn:aws:sqs:*:*:q-${i}` }));
    const set = plansOf({ identityPolicies: [policy(...many)] });
    const candidates = vi.spyOn(set.identityPolicies[0]!.allows, 'candidates');
    const asking = new Asking(set);
    const ask = (i: number) => asking.decide(user(`sqs:Action${i}`)).decision;
    for (let i = 0; i < 51; i++) ask(i);
    ask(50);
    expect(candidates).toHaveBeenCalledTimes(51);
    ask(0);
    expect(candidates).toHaveBeenCalledTimes(52);
  });

  it('is asked for again, also of actions that were read before, once it started afresh', () => {
    const many = Array.from({ length: 4_000 }, (_, i) => allow({ Resource: `arn:aws:sqs:*:*:q-${i}` }));
    const set = plansOf({ identityPolicies: [policy(...many)] });
    const candidates = vi.spyOn(set.identityPolicies[0]!.allows, 'candidates');
    const asking = new Asking(set);
    const requests = Array.from({ length: 51 }, (_, i) => user(`sqs:Action${i}`));
    for (const one of requests) asking.decide(one);
    expect(candidates).toHaveBeenCalledTimes(51);
    // The last one is still there, the first is not, though its own action was asked about before.
    const [first, last] = [requests[0]!, requests.at(-1)!];
    expect(asking.of(last)).toBe(asking.of(user('sqs:Action50')));
    expect(candidates).toHaveBeenCalledTimes(51);
    expect(asking.of(first)).toBe(asking.of(user('sqs:action0')));
    expect(candidates).toHaveBeenCalledTimes(52);
  });

  it('belongs to one set of policies', () => {
    const asked = request(callers.user, { resource: queue() });
    const [allowing, denying] = [allow(), deny()].map(
      (one) => new Asking(plansOf({ identityPolicies: [policy(one)] })),
    );
    expect(allowing!.decide(asked).decision).toBe('allowed');
    expect(denying!.decide(asked).decision).toBe('explicitDeny');
    expect(allowing!.decide(asked).decision).toBe('allowed');
  });
});
