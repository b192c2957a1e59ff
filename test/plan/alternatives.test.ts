import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alternativesOf } from '../../src/plan/alternatives.js';
import type { Alternative } from '../../src/plan/plan.js';
import { lettersOf } from '../../src/value/wildcard.js';
import { alice, type Members, planOf, statement } from './build.js';

/** What an alternative says before its nodes, how it begins, and the elements of the nodes. */
const told = ({ form, text, beginning, cost, nodes, only }: Alternative) => {
  expect(cost).toBe(nodes.length);
  // One node stands for the list of it.
  expect(only).toBe(nodes.length === 1 ? nodes[0] : undefined);
  const asked = nodes.map((node) => (node.kind === 'test' ? node.element : node.kind));
  return { form, text: form === 'open' ? '' : text, beginning, nodes: asked };
};
const of = (members: Members) => alternativesOf(planOf(members)).map(told);
/** Everything is left to the nodes, of which some may tell how a resource begins. */
const open = (text = '', whole = true) => ({ form: 'open', text: '', beginning: { text, whole } }) as const;
const settled = (form: 'exact' | 'prefix', text: string) => ({
  form,
  text,
  beginning: { text, whole: true },
});

describe('alternativesOf', () => {
  it.each<[string, Omit<ReturnType<typeof told>, 'nodes'>, string[]]>([
    // One text or one beginning of the whole ARN: nothing of the resource is left to be asked.
    ['arn:aws:s3:::b/k', settled('exact', 'arn:aws:s3:::b/k'), []],
    ['arn:aws:s3:::b/${*}', settled('exact', 'arn:aws:s3:::b/*'), []],
    ['arn:aws:s3:::b/*', settled('prefix', 'arn:aws:s3:::b/'), []],
    ['arn:aws:s3:::*', settled('prefix', 'arn:aws:s3:::'), []],
    // The beginning of a pattern whose first parts are plain, of the whole ARN; the pattern itself is asked behind it.
    ['arn:aws:s3:::b/*k', open('arn:aws:s3:::b/'), ['Resource']],
    ['arn:aws:s3:::b/${x:a}', open('arn:aws:s3:::b/'), ['Resource']],
    // Of the sixth part where a part before it is a pattern.
    ['arn:aws:sqs:*:1:q', open('q', false), ['Resource']],
    ['arn:*:s3:::b/*', open('b/', false), ['Resource']],
    // Nothing is known of how these begin.
    ['arn:aws:s3:::*k', open(), ['Resource']],
    ['arn:aws:s3:::${*}x*y', open(), ['Resource']],
    ['arn:aws:s3:::x${*}x*y', open('arn:aws:s3:::x'), ['Resource']],
    ['arn:*:s3:::${*}*y', open(), ['Resource']],
    ['arn:aws:s3:::${x:a}', open(), ['Resource']],
    ['arn:aws:s3:*', open(), ['Resource']],
    ['*', open(), []],
  ])('L33: %s', (Resource, said, nodes) => {
    expect(of({ Resource })).toEqual([{ ...said, nodes }]);
  });

  it('L13: one for each resource, each with the rest of the statement', () => {
    const Condition = { Bool: { 'x:a': 'true' } };
    const rest = ['Principal', 'Condition'];
    expect(
      of({ Principal: { AWS: alice }, Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::b*c'], Condition }),
    ).toEqual([
      { ...settled('exact', 'arn:aws:s3:::a'), nodes: rest },
      { ...open('arn:aws:s3:::b'), nodes: ['Resource', ...rest] },
    ]);
  });

  it('L41: what a statement is not about says nothing of how a resource begins', () => {
    expect(of({ NotResource: 'arn:aws:s3:::b' })).toEqual([{ ...open(), nodes: ['not'] }]);
    expect(of({ Principal: { AWS: [alice, '444455556666'] }, Resource: '*' })).toEqual([
      { ...open(), nodes: ['any'] },
    ]);
  });

  it('L51: an element Principal without entries names nobody, and is no list of resources', () => {
    expect(of({ Principal: { AWS: [] } })).toEqual([{ ...open(), nodes: ['any'] }]);
    expect(of({ Principal: { AWS: [] }, Resource: 'arn:aws:s3:::b' })).toEqual([
      { ...settled('exact', 'arn:aws:s3:::b'), nodes: ['any'] },
    ]);
  });

  it.each([
    ['arn:aws:s3:::b/k', 'b/k'],
    ['arn:aws:s3:::b/*', 'b/'],
    ['arn:aws:s3:::b/*k?z', 'b/kz'],
    ['arn:aws:sqs:*:1:q', 'q'],
    ['arn:aws:s3:::b/${x:a}?z', 'b/z'],
    ['arn:aws:s3:::${x:a}', ''],
    ['arn:aws:s3:*', ''],
    ['*', ''],
  ])('L33: every resource of %s has the letters of %j', (Resource, letters) => {
    expect(alternativesOf(planOf({ Resource })).map((one) => one.letters)).toEqual([lettersOf(letters)]);
  });

  it('leads back to its statement', () => {
    const plan = planOf({ Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::b'] });
    expect(alternativesOf(plan).map(({ statement }) => statement)).toEqual([plan, plan]);
    expect(plan.alternatives).toBe(plan.alternatives);
  });

  it('are told without the nodes of the statement as with them', () => {
    const facts = (one: Alternative) => ({ ...told(one), letters: one.letters, mark: one.mark });
    fc.assert(
      fc.property(statement, (members) => {
        const plan = planOf(members);
        // The first are made of the statement as it was read, the second of its nodes.
        const before = plan.alternatives.map(({ cost, form, text }) => ({ cost, form, text }));
        const after = alternativesOf(plan);
        expect(before).toEqual(after.map(({ cost, form, text }) => ({ cost, form, text })));
        expect(plan.alternatives.map(facts)).toEqual(after.map(facts));
      }),
    );
  });
});
