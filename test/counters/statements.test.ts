import { describe, expect, it } from 'vitest';
import { Asking } from '../../src/combine/asking.js';
import { compileLevel, type PlanSet } from '../../src/combine/layer.js';
import { compilePlans } from '../../src/compile.js';
import type { StatementPlan } from '../../src/plan/plan.js';
import { readPolicySet } from '../../src/policy/policy-set.js';
import { Memory } from '../../src/request/memory.js';
import { parseRequest } from '../../src/request/parse.js';
import { workload } from './generate.js';

interface Visits {
  /** Statements whose action element was looked at, and those whose other elements were. */
  action: number;
  beyond: number;
}

/** Plans that count how often one of their statements is looked at. */
function countedPlans(count: number, seed: number) {
  const { identityPolicies, requests } = workload(count, seed);
  const plans = compilePlans(readPolicySet({ identityPolicies }));
  const asked = new Set<StatementPlan>();
  let beyond = 0;
  const statements = plans.identityPolicies[0]!.statements.map((statement) => {
    const { effect, principal, source, position, actionTexts } = statement;
    const watched = (name: 'actions' | 'parts') => ({
      get() {
        asked.add(statement);
        return statement[name];
      },
    });
    const counted = Object.defineProperties(
      { effect, principal, source, position, actionTexts } as StatementPlan,
      { actions: watched('actions'), parts: watched('parts') },
    );
    const alternatives = statement.alternatives.map((one) =>
      Object.defineProperty({ ...one, statement: counted }, 'beginning', {
        get() {
          beyond++;
          return one.beginning;
        },
      }),
    );
    return Object.assign(counted, { alternatives });
  });
  const counted: PlanSet = { ...plans, identityPolicies: [compileLevel(statements)] };
  const memory = new Memory();
  return {
    asking: new Asking(counted),
    requests: requests.map((request) => parseRequest(request, memory)),
    /** How often statements are looked at while something is done. */
    visited(work: () => unknown): Visits {
      asked.clear();
      beyond = 0;
      work();
      return { action: asked.size, beyond };
    },
    actions: new Set(requests.map(({ action }) => action)).size,
  };
}

describe('statements visited', () => {
  it.each([
    [6, 1],
    [95, 2],
    [2000, 3],
    [20_004, 4],
  ])('by a decision on %i of them are a handful', (count, seed) => {
    const { asking, requests, visited } = countedPlans(count, seed);
    for (const request of requests) asking.decide(request);
    let all = 0;
    for (const request of requests) {
      const { action, beyond } = visited(() => asking.decide(request));
      // The action element is settled once for all requests of an action.
      expect(action).toBe(0);
      expect(beyond).toBeLessThanOrEqual(8);
      all += beyond;
    }
    expect(all).toBeGreaterThan(0);
  });

  it.each([
    [2000, 5],
    [20_004, 6],
  ])('for the first request of an action are those of its service, of %i', (count, seed) => {
    const { asking, requests, visited, actions } = countedPlans(count, seed);
    const walks = requests.map((request) => visited(() => asking.decide(request)).action);
    expect(walks.filter((action) => action > 0)).toHaveLength(actions);
    // One statement in five is about the service.
    expect(Math.max(...walks)).toBeLessThanOrEqual(0.22 * count);
    expect(Math.max(...walks)).toBeGreaterThan(count / 20);
  });
});
