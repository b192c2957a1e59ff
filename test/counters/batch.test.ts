import { beforeEach, describe, expect, it, vi } from 'vitest';
import { compileMany } from '../../src/batch/index.js';
import type * as rule from '../../src/combine/decide.js';
import type * as action from '../../src/match/action.js';
import type * as plan from '../../src/plan/decide.js';
import { account, numbers } from './generate.js';

// Counted; they answer as they do.
const counter = vi.hoisted(() => ({ rules: 0, nodes: 0, actions: 0 }));
vi.mock('../../src/combine/decide.js', async (original) => {
  const actual = await original<typeof rule>();
  const decide: typeof actual.decide = (voices, request) => {
    counter.rules++;
    return actual.decide(voices, request);
  };
  return { ...actual, decide };
});
vi.mock('../../src/plan/decide.js', async (original) => {
  const actual = await original<typeof plan>();
  const holds: typeof actual.holds = (node, request) => {
    counter.nodes++;
    return actual.holds(node, request);
  };
  return { ...actual, holds };
});
vi.mock('../../src/match/action.js', async (original) => {
  const actual = await original<typeof action>();
  const testAction: typeof actual.testAction = (test, request) => {
    counter.actions++;
    return actual.testAction(test, request);
  };
  return { ...actual, testAction };
});
beforeEach(() => {
  Object.assign(counter, { rules: 0, nodes: 0, actions: 0 });
});

const names = ['GetObject', 'PutObject', 'DeleteObject', 'ListBucket'];
const services = ['s3', 'sqs', 'sns', 'kms', 'ecr'];

/** Documents of which each is about one service, and has one pattern for every other action. */
const documents = Array.from({ length: 100 }, (_, i) => {
  const service = services[i % services.length]!;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: `${service}:${names[i % 4]}`,
        Resource: `arn:aws:${service}:::b${i % 3}/*`,
      },
      { Effect: 'Allow', Action: `${service}:Describe*`, Resource: '*' },
      { Effect: i % 7 === 0 ? 'Deny' : 'Allow', Action: [`${service}:Tag*`, 'ec2:Run*'], Resource: '*' },
    ],
  } as const;
});
const callersOf = (count: number) => {
  const next = numbers(count);
  return Array.from({ length: count }, (_, i) => ({
    principal: { arn: `arn:aws:iam::${account}:role/r${i}` },
    policies: {
      identityPolicies: Array.from({ length: 5 }, () => documents[Math.floor(next() * documents.length)]!),
    },
  }));
};
const questionOf = (name: string) => ({
  request: { action: name, resource: { arn: 'arn:aws:s3:::b0/k', accountId: account } },
});

describe('a question to a batch', () => {
  it.each([50, 1000])('asks the same few statements and rules, whether %i callers are asked', (count) => {
    const compiled = compileMany(callersOf(count));
    compiled.evaluate([questionOf('s3:GetObject')]);
    for (const name of names) {
      Object.assign(counter, { rules: 0, nodes: 0, actions: 0 });
      compiled.evaluate([questionOf(`s3:${name}`)]);
      // Allowed or not, and nothing that hangs on who asks.
      expect(counter.rules).toBe(2);
      // One document in twenty has the action, each with one resource.
      expect(counter.nodes).toBeLessThanOrEqual(5);
      expect(counter.nodes).toBeGreaterThan(0);
      // The patterns of the service, each once, however many documents have it.
      expect(counter.actions).toBeLessThanOrEqual(2);
    }
  });

  it('asks nobody what has been said for certain', () => {
    const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } as const;
    const Condition = { StringEquals: { 'aws:PrincipalTag/team': 'red' } };
    const document = { Version: '2012-10-17', Statement: [{ ...statement, Condition }, statement] };
    const callers = callersOf(50).map(({ principal }) => ({
      principal,
      policies: { identityPolicies: [document] },
    }));
    const matrix = compileMany(callers).evaluate([questionOf('s3:GetObject')]);
    expect(matrix.allowed(0, 0)).toBe(true);
    expect(counter.rules).toBe(1);
  });

  it('tests what hangs on the caller once for each caller who has it', () => {
    const own = (team: string) => ({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::b0/*',
        Condition: { StringEquals: { 'aws:PrincipalTag/team': team } },
      },
    });
    const callers = callersOf(300).map(({ principal, policies }, i) => ({
      principal: { ...principal, tags: { team: 'red' } },
      policies: i % 3 === 0 ? { identityPolicies: [own('red')] } : policies,
    }));
    const compiled = compileMany(callers);
    const matrix = compiled.evaluate([questionOf('s3:GetObject')]);
    expect(matrix.allowed(0, 0)).toBe(true);
    Object.assign(counter, { rules: 0, nodes: 0, actions: 0 });
    compiled.evaluate([questionOf('s3:GetObject')]);
    expect(counter.rules).toBeLessThanOrEqual(103);
    // The resource once a document, the condition once a caller.
    expect(counter.nodes).toBeLessThanOrEqual(205);
  });
});
