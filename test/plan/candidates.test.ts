import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Candidates } from '../../src/plan/candidates.js';
import { holds } from '../../src/plan/decide.js';
import type { Alternative, Part, PlanNode, StatementPlan } from '../../src/plan/plan.js';
import { parseRequest } from '../../src/request/parse.js';
import type { Request } from '../../src/request/request.js';
import { alice, applies, ask, input, type Members, planOf, plansOf, statement, withParts } from './build.js';

/** Identity statements with these resources. */
const with_ = (...resources: readonly (string | readonly string[])[]): readonly StatementPlan[] =>
  plansOf({
    Statement: resources.map((Resource): Members => ({ Effect: 'Allow', Action: '*', Resource })),
  });

/** What is handed over, in its order; nothing is taken. */
function handed(candidates: Candidates, request: Request): StatementPlan[] {
  const found: StatementPlan[] = [];
  const taken = candidates.find(request, (one, asked) => {
    expect(asked).toBe(request);
    found.push(one);
    return false;
  });
  expect(taken).toBe(false);
  return found;
}
const matching = (plans: readonly StatementPlan[], request: Request) =>
  plans.filter(({ parts }) => holds(parts[0]!.node, request));
const places = (plans: readonly StatementPlan[], found: readonly StatementPlan[]) =>
  [...new Set(found.map((one) => plans.indexOf(one)))].sort((a, b) => a - b);
const object = (arn: string, context = {}) => ask({ resource: arn, context });
/** Lists of more than this are looked up: more than usual, so that short ones show it. */
const short = 6;
/** As they are, and with short lists looked up too. */
const candidatesOf = [
  (plans: readonly StatementPlan[]) => new Candidates(plans),
  (plans: readonly StatementPlan[]) => new Candidates(plans, short),
  (plans: readonly StatementPlan[]) => new Candidates(plans, 0),
];
const others = (count: number) => Array.from({ length: count }, (_, i) => `arn:aws:s3:::other-${i}/*`);

// More kinds of resource than the small world of the statements has.
const resource = fc.constantFrom(
  ...['*', 'arn:aws:s3:::b/*', 'arn:aws:s3:::b/alice', 'arn:aws:s3:::b', 'arn:aws:s3:::*', 'arn:aws:s3:::'],
  ...['arn:aws:s3:::b/a*', 'arn:aws:s3:::b/?lice', 'arn:aws:s3:::*/alice', 'arn:aws:s3:::b/*e'],
  ...['arn:aws:s3:::${x:a}*', 'arn:aws:s3:::b/${x:a}', 'arn:aws:s3:::b/${aws:username}', 'arn:aws:s3:*'],
  ...['arn:*:s3:::b/*', 'arn:*:s3:::b/alice', 'arn:aws:s3:*:*:b', 'arn:aws:s3:*:*:b/${x:a}', 'arn:*:s3:::*'],
  ...['arn:aws:sqs:*:111122223333:b*', 'arn:aws:sqs:r:111122223333:b', 'arn:aws:s3:${x:a}::b/*'],
  ...[
    "arn:aws:s3:::${x:b, 'b'}/*",
    'arn:aws:s3:::${*}',
    'arn:aws:s3:::b/\ud83d*',
    'arn:aws:s3:::b/${x:a}\ude00',
  ],
);
const resources = fc.oneof(
  { weight: 3, arbitrary: resource },
  { weight: 1, arbitrary: fc.array(resource, { minLength: 1, maxLength: 3 }) },
);
const looked = fc
  .tuple(statement, fc.option(resources, { nil: undefined, freq: 4 }))
  .map(([members, Resource]): Members => {
    if (Resource === undefined || 'NotResource' in members) return members;
    return { ...members, Resource };
  });
const asked = fc
  .tuple(
    input,
    fc.option(
      fc.constantFrom(
        ...[
          'arn:aws:s3:::b',
          'arn:aws:s3:::b/alice',
          'arn:aws:s3:::b/alice/x',
          'arn:aws:s3:::*',
          'arn:aws:s3:::b/b',
        ],
        ...[
          'arn:aws:s3:::b/😀',
          'arn:aws:s3:::b/\ud83d\ude00x',
          'arn:aws-cn:s3:::b/alice',
          'arn:aws:s3:r::b/a*',
        ],
        ...['arn:aws:sqs:r:111122223333:b', 'arn:aws:sqs:r:444455556666:bb', 'arn:aws:s3:${x:a}::b/c'],
      ),
      { nil: undefined, freq: 3 },
    ),
  )
  .map(([one, arn]) => parseRequest(arn === undefined ? one : { ...one, resource: arn }));

describe('Candidates', () => {
  it.each([
    ['few', 0, short],
    ['many', short + 1, 40],
  ])('L13: hand over exactly the statements that apply, of %s', (_, minLength, maxLength) => {
    let applied = 0;
    fc.assert(
      fc.property(
        fc.array(looked, { minLength, maxLength }),
        fc.array(asked, { minLength: 1, maxLength: 3 }),
        (all, requests) => {
          const plans = all.map((members) => planOf(members));
          for (const request of requests) {
            const expected = plans.flatMap((plan, i) => (applies(plan, request) ? [i] : []));
            for (const make of candidatesOf)
              expect(places(plans, handed(make(matching(plans, request)), request))).toEqual(expected);
            applied += expected.length;
          }
        },
      ),
      { numRuns: 1_000 },
    );
    expect(applied).toBeGreaterThan(100);
  });

  it('L33: the same for resources alone, which are looked up by their beginnings', () => {
    let applied = 0;
    fc.assert(
      fc.property(
        fc.array(resources, { minLength: short + 1, maxLength: 30 }),
        fc.array(asked, { minLength: 1, maxLength: 5 }),
        (all, requests) => {
          const plans = with_(...all);
          const made = candidatesOf.map((make) => make(plans));
          for (const request of requests) {
            const expected = plans.flatMap((plan, i) => (applies(plan, request) ? [i] : []));
            for (const candidates of made)
              expect(places(plans, handed(candidates, request))).toEqual(expected);
            applied += expected.length;
          }
        },
      ),
      { numRuns: 500 },
    );
    expect(applied).toBeGreaterThan(500);
  });

  it('stop at the first one that is taken', () => {
    fc.assert(
      fc.property(fc.array(looked, { maxLength: 20 }), asked, fc.nat(5), (all, request, wanted) => {
        const plans = matching(
          all.map((members) => planOf(members)),
          request,
        );
        const candidates = new Candidates(plans, short);
        const order = handed(candidates, request);
        const offered: StatementPlan[] = [];
        const taken = candidates.find(request, (one) => offered.push(one) > wanted);
        expect(taken).toBe(wanted < order.length);
        expect(offered).toEqual(order.slice(0, wanted + 1));
      }),
    );
  });

  it('know that there are none, and that one of them applies to whatever is asked', () => {
    const list = (...resources: readonly (string | readonly string[])[]) => {
      const { size, always } = new Candidates(resources.length === 0 ? [] : with_(...resources));
      return { size, always };
    };
    expect(list()).toEqual({ size: 0, always: false });
    expect(list('arn:aws:s3:::b')).toEqual({ size: 1, always: false });
    expect(list('arn:aws:s3:::b', '*')).toEqual({ size: 2, always: true });
    expect(list(['arn:aws:s3:::b', '*'])).toEqual({ size: 1, always: true });
    expect(list(...others(30))).toEqual({ size: 30, always: false });
    expect(list(...others(30), '*')).toEqual({ size: 31, always: true });
    const conditioned = planOf({ Resource: '*', Condition: { Null: { 'x:a': 'true' } } });
    expect(new Candidates([conditioned]).always).toBe(false);
  });

  it('ask first what has least to be asked', () => {
    const Condition = { Null: { 'x:none': 'true', 'x:never': 'true' } };
    const plans = [
      planOf({ Resource: 'arn:aws:s3:::b/*', Condition }),
      planOf({ Resource: 'arn:aws:s3:::b/*' }),
      planOf({ Resource: '*', Condition }),
      planOf({}),
    ];
    const before = [...plans];
    const order = handed(new Candidates(plans), ask()).map((one) => plans.indexOf(one));
    expect(order).toEqual([3, 1, 2, 0]);
    expect(plans).toEqual(before);
  });

  it('L40: of many, for a request for `*` only those of any resource are asked', () => {
    const plans = with_(...others(20), '*', 'arn:aws:s3:*', 'arn:*:s3:::*');
    expect(places(plans, handed(new Candidates(plans, short), ask({ resource: '*' })))).toEqual([20]);
  });
});

describe('a long list', () => {
  /** How many nodes are asked for one request, besides beginnings. */
  function tests(plans: readonly StatementPlan[], request: Request): number {
    const nodesAsked = new Set<PlanNode>();
    const watched = (node: PlanNode): PlanNode =>
      Object.defineProperty({ ...node }, 'kind', {
        get() {
          nodesAsked.add(node);
          return node.kind;
        },
      });
    const all = plans.map(({ alternatives }) => ({
      alternatives: alternatives.map((one): Alternative => {
        const { letters, mark, form, text, cost, beginning, statement } = one;
        const nodes = one.nodes.map(watched);
        return { letters, mark, form, text, cost, beginning, statement, nodes, only: one.only && nodes[0] };
      }),
    }));
    handed(new Candidates(all as unknown as readonly StatementPlan[], short), request);
    return nodesAsked.size;
  }
  const count = 500;
  const request = object('arn:aws:s3:::b/alice', { 'x:a': 'b' });

  it.each<[string, string | string[], number]>([
    // A text or a beginning of the whole ARN is settled by where it is found.
    ['one text', 'arn:aws:s3:::b/alice', 0],
    ['one beginning', 'arn:aws:s3:::b/*', 0],
    ['a text before a variable', 'arn:aws:s3:::b/${aws:username}', 1],
    ['a text before a star within', 'arn:aws:s3:::b/*ice', 1],
    ['a text behind a pattern of the first parts', 'arn:*:s3:::b/*', 1],
    ['several texts', ['arn:aws:s3:::x', 'arn:aws:s3:::b/alice'], 0],
    // What has no beginning is asked each time.
    ['a star', '*', 0],
    ['a star at the beginning', 'arn:aws:s3:::*ice', 1],
    ['a variable at the beginning', 'arn:aws:s3:::${x:a}/alice', 1],
    ['an ARN that is short', 'arn:aws:s3:*', 1],
  ])('tests no other resource for %s', (_, one, expected) => {
    expect(tests(with_(...others(count), one), request)).toBe(expected);
    expect(tests(with_(...others(count)), request)).toBe(0);
  });

  it('asks each time what is no plain alternative of resources', () => {
    const plan = planOf({ Resource: 'arn:aws:s3:::b/alice' });
    const [action, part] = plan.parts as [Part, Part];
    const of = part.node;
    const node = { kind: 'not', of: { kind: 'not', of } } as const;
    const other: StatementPlan = withParts({ ...plan, beyondAction: [node] }, [action, { ...part, node }]);
    const all = [...with_(...others(count)), other];
    expect(handed(new Candidates(all), request)).toEqual([other]);
    expect(handed(new Candidates(all), object('arn:aws:s3:::b/bob'))).toEqual([]);
  });

  it('of few is gone through, and what begins otherwise is not tested either', () => {
    const starred = (length: number) => Array.from({ length }, (_, i) => `arn:*:s3:::other-${i}/*`);
    for (const length of [short, short + 1]) {
      expect(tests(with_(...starred(length)), request)).toBe(0);
      expect(tests(with_(...starred(length), 'arn:*:s3:::b/*'), request)).toBe(1);
    }
  });

  it('L41, L22: asks every statement that names no resource, or what it is not about', () => {
    const not = plansOf({
      Statement: [{ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::b/alice' }],
    });
    const none = plansOf(
      {
        Statement: [
          { Effect: 'Allow', Action: '*', Principal: { AWS: '111122223333' } },
          { Effect: 'Allow', Action: '*', Principal: { AWS: alice } },
        ],
      },
      'resourcePolicy',
    );
    expect(tests([...with_(...others(count)), ...not, ...none], request)).toBe(3);
  });
});
