import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByAction } from '../../src/plan/by-action.js';
import { actionMatches, holds } from '../../src/plan/decide.js';
import type { StatementPlan } from '../../src/plan/plan.js';
import { parseRequest } from '../../src/request/parse.js';
import { ask, input, planOf, statement } from './build.js';

const of = (plans: readonly StatementPlan[]) => new ByAction(plans.keys(), (place) => plans[place]!);
function found(plans: readonly StatementPlan[], request = ask()): number[] {
  const places: number[] = [];
  of(plans).find(request, (place) => places.push(place));
  return places;
}

describe('ByAction', () => {
  it('L13, L23: finds exactly the statements whose action element matches', () => {
    let matched = 0;
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 8 }), input, (all, one) => {
        const plans = all.map((members) => planOf(members));
        const request = parseRequest(one);
        const expected = plans.flatMap((plan, place) => (holds(plan.parts[0]!.node, request) ? [place] : []));
        expect([...new Set(found(plans, request))].sort((a, b) => a - b)).toEqual(expected);
        expect(plans.flatMap((plan, place) => (actionMatches(plan, request) ? [place] : []))).toEqual(
          expected,
        );
        matched += expected.length;
      }),
      { numRuns: 500 },
    );
    expect(matched).toBeGreaterThan(200);
  });

  it('hands over a statement once for each way in which it names the action, not for each entry', () => {
    const Action = ['s3:GetObject', 'S3:GETOBJECT', 's3:getobject', 's3:Get*', '*', '*:*', 'ec2:*'];
    expect(found([planOf({ Action: 'ec2:*' }), planOf({ Action })])).toEqual([1, 1, 1]);
  });

  it('holds one list of many statements with the same action', () => {
    const plans = Array.from({ length: 5 }, () => planOf({ Action: 's3:Get*' }));
    expect(found(plans)).toEqual([0, 1, 2, 3, 4]);
  });
});
