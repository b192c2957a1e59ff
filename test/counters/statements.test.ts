import { describe, expect, it, vi } from 'vitest';
import { Asking } from '../../src/combine/asking.js';
import { compileLevel, type PlanSet } from '../../src/combine/layer.js';
import { compilePlans } from '../../src/compile.js';
import type * as action from '../../src/match/action.js';
import type { Alternative, StatementPlan } from '../../src/plan/plan.js';
import { readPolicySet } from '../../src/policy/policy-set.js';
import { Memory } from '../../src/request/memory.js';
import { parseRequest } from '../../src/request/parse.js';
import { workload } from './generate.js';

// Counted; it answers as it does.
const counter = vi.hoisted(() => ({ actions: 0 }));
vi.mock('../../src/match/action.js', async (original) => {
  const actual = await original<typeof action>();
  const testAction: typeof actual.testAction = (test, asked) => {
    counter.actions++;
    return actual.testAction(test, asked);
  };
  return { ...actual, testAction };
});

interface Visits {
  /** Statements whose action element was looked at, and those whose other elements were. */
  action: number;
  beyond: number;
  /** How often an action was compared. */
  compared: number;
}

/** Plans that count how often one of their statements is looked at. */
function countedPlans(count: number, seed: number) {
  const { identityPolicies, requests } = workload(count, seed);
  const plans = compilePlans(readPolicySet({ identityPolicies }));
  const asked = new Set<StatementPlan>();
  let beyond = 0;
  const statements = plans.identityPolicies[0]!.statements.map((statement) => {
    const { effect, principal, source, position } = statement;
    const watched = (name: 'actionTexts' | 'parts') => ({
      get() {
        asked.add(statement);
        return statement[name];
      },
    });
    const counted = Object.defineProperties({ effect, principal, source, position } as StatementPlan, {
      actionTexts: watched('actionTexts'),
      parts: watched('parts'),
    });
    const alternatives = statement.alternatives.map((one): Alternative => {
      const { letters, mark, cost, text, nodes, only, beginning } = one;
      const entry = { letters, mark, cost, text, nodes, only, beginning, statement: counted } as Alternative;
      // What is dropped by its numbers is not looked at.
      return Object.defineProperty(entry, 'form', {
        get() {
          beyond++;
          return one.form;
        },
      });
    });
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
      counter.actions = 0;
      work();
      return { action: asked.size, beyond, compared: counter.actions };
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
    const walks = requests.map((request) => visited(() => asking.decide(request)));
    // The first question goes through the texts of all, and compares those of its service: one statement in five is about it.
    const [first, ...others] = walks;
    expect(first!.action).toBe(count);
    expect(first!.compared).toBeLessThanOrEqual(0.3 * count);
    expect(first!.compared).toBeGreaterThan(count / 20);
    // The next about another action makes an index, and those after it compare the patterns of a service, each once.
    // Of the statements only the one with NotAction is asked each time.
    expect(others.filter(({ action }) => action > 1)).toHaveLength(1);
    expect(Math.max(...others.map(({ compared }) => compared))).toBeLessThanOrEqual(20);
    expect(others.filter(({ compared }) => compared > 0).length).toBeLessThan(actions);
  });
});
