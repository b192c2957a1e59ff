import { describe, expect, it, vi } from 'vitest';
import { type CompiledPolicies, compile } from '../../src/compile.js';
import type * as leaves from '../../src/plan/leaf.js';
import type { PoliciesInput } from '../../src/policy/document.js';
import type { RequestInput } from '../../src/request/input.js';
import { account, workload } from './generate.js';

// Counted; it answers as it does.
const counter = vi.hoisted(() => ({ leaves: 0 }));
vi.mock('../../src/plan/leaf.js', async (original) => {
  const { testLeaf } = await original<typeof leaves>();
  const counting: typeof testLeaf = (leaf, request) => {
    counter.leaves++;
    return testLeaf(leaf, request);
  };
  return { testLeaf: counting };
});

/** How many leaves are tested while something is done. */
function tests(work: () => unknown): number {
  const before = counter.leaves;
  work();
  return counter.leaves - before;
}
const deciding = (policies: CompiledPolicies, requests: readonly RequestInput[]): number[] =>
  requests.map((request) => tests(() => policies.evaluate(request)));
const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0);

describe('leaf tests of a decision', () => {
  it.each([
    [6, 1],
    [95, 1],
    [95, 2],
    [2000, 1],
    [2000, 2],
    [20_004, 1],
  ])('do not grow with the policies: %i statements, seed %i', (size, seed) => {
    const { identityPolicies, requests, statements } = workload(size, seed);
    expect(statements).toBe(size);
    const policies = compile({ identityPolicies });
    const first = deciding(policies, requests);
    const counts = deciding(policies, requests);
    expect(Math.max(...counts)).toBeLessThanOrEqual(12);
    expect(sum(counts) / counts.length).toBeLessThanOrEqual(5);
    // Something is tested, and about something: otherwise there would be nothing to bound.
    expect(sum(counts)).toBeGreaterThan(requests.length / 2);
    const allowed = requests.filter((request) => policies.evaluate(request).allowed);
    expect(allowed.length).toBeGreaterThan(size === 6 ? 0 : 10);
    // A new action costs the statements of its service, one in five, without those that name another action of it.
    expect(Math.max(...first)).toBeLessThanOrEqual(0.18 * size + 20);
    // One such walk for each of the fourteen actions, and only the first time.
    expect(first.filter((count) => count > 12).length).toBeLessThanOrEqual(14);
  });

  it.each<[keyof PoliciesInput]>([['permissionsBoundary'], ['sessionPolicies'], ['serviceControlPolicies']])(
    'are as few for %s',
    (kind) => {
      const { identityPolicies, requests } = workload(2000, 4);
      const documents = identityPolicies as readonly { readonly Statement: readonly object[] }[];
      const whole = { Version: '2012-10-17', Statement: documents.flatMap(({ Statement }) => Statement) };
      const given = {
        identityPolicies: [
          { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
        ],
        [kind]:
          kind === 'permissionsBoundary'
            ? whole
            : kind === 'sessionPolicies'
              ? identityPolicies
              : [identityPolicies],
      } as PoliciesInput;
      const arn = `arn:aws:sts::${account}:assumed-role/app/s`;
      const asked = requests.map((one) => ({ ...one, principal: { ...one.principal, arn } }));
      const policies = compile(given);
      deciding(policies, asked);
      const counts = deciding(policies, asked);
      expect(sum(counts)).toBeGreaterThan(0);
      expect(Math.max(...counts)).toBeLessThanOrEqual(12);
    },
  );

  it('are as few for a resource policy that names a thousand callers', () => {
    const queue = `arn:aws:sqs:us-east-1:${account}:q`;
    const Statement = Array.from({ length: 1000 }, (_, i) => ({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:role/role-${i}` },
      Action: 'sqs:SendMessage',
      Resource: `${queue}-${i}-`,
    }));
    const policies = compile({ resourcePolicy: { Version: '2012-10-17', Statement } });
    const request = (i: number): RequestInput => ({
      principal: { arn: `arn:aws:iam::${account}:role/role-${i}` },
      action: 'sqs:SendMessage',
      resource: `${queue}-${i}-`,
    });
    policies.evaluate(request(0));
    for (const i of [0, 1, 500, 999]) {
      expect(policies.evaluate(request(i)).allowed).toBe(true);
      // Principal and resource, and the principal again for how strongly it names the caller.
      expect(tests(() => policies.evaluate(request(i)))).toBeLessThanOrEqual(3);
    }
  });

  it('are none where one statement applies to whatever is asked, and nothing denies', () => {
    const Statement = [
      ...Array.from({ length: 1000 }, (_, i) => ({
        Effect: 'Allow',
        Action: 's3:*',
        Resource: `arn:aws:s3:::team-${i}/*`,
      })),
      { Effect: 'Allow', Action: '*', Resource: '*' },
    ];
    const document = { Version: '2012-10-17', Statement };
    const policies = compile({ identityPolicies: [document], serviceControlPolicies: [[document]] });
    const request = {
      principal: { arn: `arn:aws:iam::${account}:user/alice` },
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::team-7/x',
    };
    expect(policies.evaluate(request).allowed).toBe(true);
    expect(tests(() => policies.evaluate(request))).toBe(0);
  });
});

describe('what nobody reads', () => {
  const { identityPolicies, requests } = workload(2000, 5);
  const request = requests[1]!;

  it('is not worked out', () => {
    const policies = compile({ identityPolicies });
    policies.evaluate(request);
    const answer = policies.evaluate(request);
    expect(tests(() => [answer.decision, answer.allowed, answer.explain])).toBe(0);
    expect(tests(() => answer.decidedBy)).toBeGreaterThan(0);
    // Nor twice.
    expect(tests(() => [answer.decidedBy, answer.denies])).toBe(0);
  });

  it('is not tested when policies are compiled', () => {
    expect(tests(() => compile({ identityPolicies }))).toBe(0);
  });
});
