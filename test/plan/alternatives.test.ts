import { describe, expect, it } from 'vitest';
import { alternativesOf } from '../../src/plan/alternatives.js';
import type { Alternative } from '../../src/plan/plan.js';
import { lettersOf } from '../../src/value/wildcard.js';
import { alice, type Members, planOf } from './build.js';

/** What an alternative says before its nodes, and the elements of these. */
const told = ({ beginning, whole, exact, only, nodes }: Alternative) => {
  // One node stands for the list of it.
  expect(only).toBe(nodes.length === 1 ? nodes[0] : undefined);
  return {
    beginning,
    whole,
    exact,
    nodes: nodes.map((node) => (node.kind === 'test' ? node.element : node.kind)),
  };
};
const of = (members: Members) => alternativesOf(planOf(members)).map(told);
const open = { beginning: '', whole: true, exact: false };

describe('alternativesOf', () => {
  it.each<[string, Omit<ReturnType<typeof told>, 'nodes'>, string[]]>([
    // One text or one beginning of the whole ARN: nothing of the resource is left to be asked.
    ['arn:aws:s3:::b/k', { beginning: 'arn:aws:s3:::b/k', whole: true, exact: true }, []],
    ['arn:aws:s3:::b/*', { beginning: 'arn:aws:s3:::b/', whole: true, exact: false }, []],
    ['arn:aws:s3:::*', { beginning: 'arn:aws:s3:::', whole: true, exact: false }, []],
    // The beginning of a pattern whose first parts are plain, of the whole ARN; the pattern itself is asked behind it.
    ['arn:aws:s3:::b/*k', { beginning: 'arn:aws:s3:::b/', whole: true, exact: false }, ['Resource']],
    ['arn:aws:s3:::b/${x:a}', { beginning: 'arn:aws:s3:::b/', whole: true, exact: false }, ['Resource']],
    // Of the sixth part where a part before it is a pattern.
    ['arn:aws:sqs:*:1:q', { beginning: 'q', whole: false, exact: false }, ['Resource']],
    ['arn:*:s3:::b/*', { beginning: 'b/', whole: false, exact: false }, ['Resource']],
    // Nothing is known of how these begin.
    ['arn:aws:s3:::*k', open, ['Resource']],
    ['arn:aws:s3:::${x:a}', open, ['Resource']],
    ['arn:aws:s3:*', open, ['Resource']],
    ['*', open, []],
  ])('L33: %s', (Resource, beginning, nodes) => {
    expect(of({ Resource })).toEqual([{ ...beginning, nodes }]);
  });

  it('L13: one for each resource, each with the rest of the statement', () => {
    const Condition = { Bool: { 'x:a': 'true' } };
    const rest = ['Principal', 'Condition'];
    expect(
      of({ Principal: { AWS: alice }, Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::b*c'], Condition }),
    ).toEqual([
      { beginning: 'arn:aws:s3:::a', whole: true, exact: true, nodes: rest },
      { beginning: 'arn:aws:s3:::b', whole: true, exact: false, nodes: ['Resource', ...rest] },
    ]);
  });

  it('L41: what a statement is not about says nothing of how a resource begins', () => {
    expect(of({ NotResource: 'arn:aws:s3:::b' })).toEqual([{ ...open, nodes: ['not'] }]);
    expect(of({ Principal: { AWS: [alice, '444455556666'] }, Resource: '*' })).toEqual([
      { ...open, nodes: ['any'] },
    ]);
  });

  it.each([
    ['arn:aws:s3:::b/k', 'b/k'],
    ['arn:aws:s3:::b/*', 'b/'],
    ['arn:aws:s3:::b/*k?z', 'b/kz'],
    ['arn:aws:sqs:*:1:q', 'q'],
    ['arn:aws:s3:::b/${x:a}', ''],
    ['arn:aws:s3:*', ''],
    ['*', ''],
  ])('L33: every resource of %s has the letters of %j', (Resource, letters) => {
    expect(alternativesOf(planOf({ Resource })).map((one) => one.letters)).toEqual([lettersOf(letters)]);
  });

  it('leads back to its statement', () => {
    const plan = planOf({ Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::b'] });
    expect(alternativesOf(plan).map(({ statement }) => statement)).toEqual([plan, plan]);
    expect(plan.alternatives).toEqual(alternativesOf(plan));
    expect(plan.alternatives).toBe(plan.alternatives);
  });
});
