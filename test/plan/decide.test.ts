import { describe, expect, it } from 'vitest';
import { holds, strengths } from '../../src/plan/decide.js';
import type { PlanNode } from '../../src/plan/plan.js';
import type { PrincipalInput } from '../../src/request/input.js';
import { Outcome } from '../../src/value/outcome.js';
import { alice, applies, ask, planOf, withParts } from './build.js';

const leaf = (text: string): PlanNode => planOf({ Action: text }).parts[0]!.node;
const yes = leaf('s3:*');
const no = leaf('ec2:*');
/** A node that nobody may ask. */
const never = {
  get kind(): never {
    throw new Error('asked');
  },
} as unknown as PlanNode;
const any = (...of: PlanNode[]): PlanNode => ({ kind: 'any', of });
const not = (of: PlanNode): PlanNode => ({ kind: 'not', of });

describe('holds', () => {
  it.each([
    ['a leaf that matches', yes, true],
    ['a leaf that does not', no, false],
    ['not yes', not(yes), false],
    ['not no', not(no), true],
    ['not not yes', not(not(yes)), true],
    ['any of nothing', any(), false],
    ['any of yes', any(yes), true],
    ['any of no', any(no), false],
    ['any of no, yes', any(no, yes), true],
    ['any of no, no', any(no, no), false],
    ['any of not', any(not(yes), not(no)), true],
    // Nothing is asked once it is settled.
    ['any of yes, …', any(yes, never), true],
  ])('L13: %s', (_, node, expected) => {
    expect(holds(node, ask())).toBe(expected);
  });
});

describe('applies', () => {
  it.each([
    [{}, true],
    [{ Action: 'ec2:*' }, false],
    [{ Resource: 'arn:aws:s3:::c/*' }, false],
    [{ Principal: { AWS: '444455556666' }, Resource: '*' }, false],
    [{ Principal: { AWS: alice } }, true],
    [{ Condition: { Bool: { 'x:a': 'true' } } }, false],
    [{ Condition: { BoolIfExists: { 'x:a': 'true' } } }, true],
    [{ Condition: { StringEquals: { 'aws:username': 'alice' }, Null: { 'x:a': 'false' } } }, false],
    [{ NotAction: 'ec2:*', NotResource: 'arn:aws:s3:::c/*' }, true],
    [{ NotAction: 's3:Get*' }, false],
    [{ NotResource: ['arn:aws:s3:::c/*', 'arn:aws:s3:::b/*'] }, false],
    // U8: a pattern without value matches nothing, so its negation holds.
    [{ NotResource: 'arn:aws:s3:::b/${x:none}' }, true],
    [{ Resource: 'arn:aws:s3:::b/${x:none}' }, false],
  ])('L13, E3: %j applies: %s', (members, expected) => {
    expect(applies(planOf(members), ask())).toBe(expected);
  });

  it('stops at the first part that does not hold', () => {
    const plan = planOf({ Action: 'ec2:*' });
    const part = { element: 'Condition', path: '', node: never } as const;
    expect(applies(withParts(plan, [plan.parts[0]!, part]), ask())).toBe(false);
    expect(applies(withParts(plan, []), ask())).toBe(true);
  });
});

describe('strengths', () => {
  const app = 'arn:aws:iam::111122223333:role/app';
  const session = 'arn:aws:sts::111122223333:assumed-role/app/s';
  const { matchedEveryone, matchedDirect, matchedRole, matchedAccount } = Outcome;
  it.each<[unknown, PrincipalInput, number]>([
    ['*', { arn: alice }, matchedEveryone],
    [{ AWS: alice }, { arn: alice }, matchedDirect],
    [{ AWS: '111122223333' }, { arn: alice }, matchedAccount],
    [{ AWS: ['111122223333', alice] }, { arn: alice }, matchedDirect | matchedAccount],
    [
      { AWS: [app, session, '111122223333', '*'] },
      { arn: session },
      matchedEveryone | matchedDirect | matchedRole | matchedAccount,
    ],
    [{ AWS: [app, '444455556666'] }, { arn: session }, matchedRole],
    [{ AWS: '444455556666' }, { arn: alice }, 0],
    [{ AWS: ['444455556666', app] }, { arn: alice }, 0],
    [{}, { arn: alice }, 0],
    [{ Service: 'sns.amazonaws.com' }, { service: 'sns.amazonaws.com' }, matchedDirect],
  ])('E13: Principal %j names %j with %i', (Principal, principal, expected) => {
    expect(strengths(planOf({ Principal }), ask({ principal }))).toBe(expected);
  });

  it('E10, E30: without Principal there are none, and NotPrincipal grants no strength', () => {
    expect(strengths(planOf({}), ask())).toBe(0);
    const plan = planOf({ Effect: 'Deny', NotPrincipal: { AWS: '444455556666' } });
    expect(strengths(plan, ask()) & ~Outcome.matched).toBe(0);
    const spared = planOf({ Effect: 'Deny', NotPrincipal: '*' });
    expect(strengths(spared, ask())).toBe(0);
  });

  it('E13: only alternatives are strengths, never a negation', () => {
    const plan = planOf({ Principal: '*' });
    const of = plan.principal!.node;
    const within = (node: PlanNode) =>
      strengths({ ...withParts(plan, []), principal: { ...plan.principal!, node } }, ask());
    expect(within(any(of))).toBe(matchedEveryone);
    expect(within(not(of))).toBe(0);
    expect(within(any(not(of), of))).toBe(matchedEveryone);
  });
});
