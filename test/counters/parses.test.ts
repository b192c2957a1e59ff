import { beforeEach, describe, expect, it, vi } from 'vitest';
import { compile } from '../../src/compile.js';
import type { ConditionBlock, PolicyDocument } from '../../src/policy/document.js';
import type { RequestInput } from '../../src/request/input.js';
import type * as arn from '../../src/value/arn.js';
import type * as date from '../../src/value/date.js';
import type * as ip from '../../src/value/ip.js';
import { account, numbers, workload } from './generate.js';

// Counted; they answer as they do.
const counter = vi.hoisted(() => ({ dates: 0, addresses: 0, ranges: 0, arns: 0 }));
const counting = vi.hoisted(
  () =>
    <V>(name: keyof typeof counter, read: (text: string) => V) =>
    (text: string): V => {
      counter[name]++;
      return read(text);
    },
);
vi.mock('../../src/value/date.js', async (original) => {
  const actual = await original<typeof date>();
  return { ...actual, parseDate: counting('dates', actual.parseDate) };
});
vi.mock('../../src/value/ip.js', async (original) => {
  const actual = await original<typeof ip>();
  return {
    ...actual,
    parseIp: counting('addresses', actual.parseIp),
    parseIpRange: counting('ranges', actual.parseIpRange),
  };
});
vi.mock('../../src/value/arn.js', async (original) => {
  const actual = await original<typeof arn>();
  return { ...actual, parseArn: counting('arns', actual.parseArn) };
});

const none: Readonly<typeof counter> = { dates: 0, addresses: 0, ranges: 0, arns: 0 };
const clear = () => {
  Object.assign(counter, none);
};
beforeEach(clear);
/** How many texts were parsed since the last time. */
function parsed(): typeof none {
  const found = { ...counter };
  clear();
  return found;
}
/** The same without ARNs, which every request is about. */
const values = () => ({ ...parsed(), arns: 0 });

const user = `arn:aws:iam::${account}:user/alice`;
const other = `arn:aws:iam::${account}:user/other`;
const request = (more: Partial<RequestInput> = {}): RequestInput => ({
  principal: { arn: user },
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::b/k',
  ...more,
});
/** Many statements for one action, each of which asks the same. */
const asking = (count: number, Condition?: ConditionBlock): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: Array.from({ length: count }, () => ({
    Effect: 'Deny',
    Action: 's3:GetObject',
    Resource: '*',
    ...(Condition === undefined ? {} : { Condition }),
  })),
});
/** Policies whose statements have all been asked once, about nothing that has to be parsed. */
function ready(identityPolicies: readonly PolicyDocument[], actions = ['s3:GetObject']) {
  const policies = compile({ identityPolicies });
  for (const action of actions) policies.evaluate({ principal: { anonymous: true }, action });
  for (const action of actions) policies.evaluate({ principal: { arn: other }, action });
  // Compiles the conditions of all statements, which otherwise happens where a resource may be of theirs.
  policies.evaluate({ principal: { arn: other }, action: actions[0]! }).explain();
  clear();
  return policies;
}
const never: ConditionBlock = {
  IpAddress: { 'aws:SourceIp': '192.0.2.0/24', 'aws:VpcSourceIp': '192.0.2.0/24' },
};

describe('addresses', () => {
  it.each([6, 95, 2000])('are parsed once each for %i conditions and 300 requests', (count) => {
    const policies = ready([asking(count, { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } })]);
    const next = numbers(1);
    const addresses = Array.from({ length: 20 }, (_, i) => `203.0.113.${i}`);
    const asked = new Set<string>();
    for (let i = 0; i < 300; i++) {
      const sourceIp = addresses[Math.floor(next() * addresses.length)]!;
      asked.add(sourceIp);
      expect(policies.evaluate(request({ sourceIp })).decision).toBe('implicitDeny');
    }
    expect(values()).toEqual({ ...none, addresses: asked.size });
  });

  it('of the context are parsed only where a condition asks for them', () => {
    const context = { 'aws:VpcSourceIp': '10.0.0.1', 'x:other': '10.0.0.2' };
    const silent = ready([asking(100)]);
    for (let i = 0; i < 10; i++) silent.evaluate(request({ context }));
    expect(values()).toEqual(none);
    const policies = ready([asking(100, { IpAddress: never.IpAddress! })]);
    for (let i = 0; i < 10; i++) policies.evaluate(request({ context, sourceIp: '192.0.2.1' }));
    expect(values()).toEqual({ ...none, addresses: 2 });
  });

  it('that cannot be read are tried once, and so are those of a list', () => {
    const Condition = { 'ForAnyValue:IpAddress': { 'x:list': ['192.0.2.0/24', '198.51.100.0/24'] } };
    const policies = ready([asking(200, Condition)]);
    const context = { 'x:list': ['no address', '10.0.0.1', '10.0.0.2', 'no address'] };
    for (let i = 0; i < 10; i++) policies.evaluate(request({ context }));
    expect(values()).toEqual({ ...none, addresses: 3 });
  });
});

describe('times', () => {
  it('are parsed once each for two thousand conditions and 300 requests', () => {
    const Condition = { DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } };
    const policies = ready([asking(2000, Condition)]);
    for (let i = 0; i < 300; i++) policies.evaluate(request({ time: `2026-11-${10 + (i % 10)}` }));
    expect(values()).toEqual({ ...none, dates: 10 });
  });

  it('become seconds once each, where a condition asks for them', () => {
    const Condition = { NumericLessThan: { 'aws:EpochTime': '5' } };
    const policies = ready([asking(500, Condition)]);
    for (let i = 0; i < 100; i++) policies.evaluate(request({ time: `2026-11-${10 + (i % 10)}` }));
    expect(values()).toEqual({ ...none, dates: 20 });
  });
});

describe('a request that carries neither', () => {
  it('parses nothing, whatever the conditions are', () => {
    const Condition = { ...never, DateLessThan: { 'aws:CurrentTime': '2020-01-01' } };
    const policies = ready([asking(2000, Condition)]);
    for (let i = 0; i < 10; i++) policies.evaluate(request());
    expect(values()).toEqual(none);
  });
});

describe('ARNs', () => {
  it('of callers and resources are parsed once each', () => {
    const policies = ready([asking(100)]);
    const next = numbers(2);
    const asked = new Set<string>([user]);
    for (let i = 0; i < 1000; i++) {
      const resource = `arn:aws:s3:::b/${Math.floor(next() * 30)}`;
      asked.add(resource);
      policies.evaluate(request({ resource }));
    }
    expect(parsed()).toEqual({ ...none, arns: asked.size });
  });

  it('of a session with its role are parsed when the session changes', () => {
    const policies = ready([asking(1)]);
    const session = (name: string) => ({
      arn: `arn:aws:sts::${account}:assumed-role/app/${name}`,
      issuer: `arn:aws:iam::${account}:role/team/app`,
    });
    for (const name of ['s1', 's2'])
      for (let i = 0; i < 50; i++) policies.evaluate(request({ principal: session(name) }));
    // The ARN and its issuer for each of the two, and the resource.
    expect(parsed()).toEqual({ ...none, arns: 5 });
  });

  it('are compared by conditions as they were read once', () => {
    const Condition = { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:other' } };
    const policies = ready([asking(1000, Condition)]);
    const context = { 'aws:SourceArn': `arn:aws:sns:us-east-1:${account}:topic` };
    for (let i = 0; i < 20; i++) policies.evaluate(request({ context }));
    expect(parsed()).toEqual({ ...none, arns: 3 });
  });
});

describe('large policies', () => {
  it.each([6, 95, 2000, 20_004])('%i statements parse no more than few do', (count) => {
    const { identityPolicies, requests } = workload(count, 11);
    const policies = ready(identityPolicies, [...new Set(requests.map(({ action }) => action))]);
    for (let i = 0; i < 2; i++) for (const one of requests) policies.evaluate(one);
    const texts = (read: (one: RequestInput) => unknown) => new Set(requests.map(read)).size;
    expect(parsed()).toEqual({
      dates: texts(({ time }) => time),
      addresses: texts(({ sourceIp }) => sourceIp),
      ranges: 0,
      arns:
        texts(({ principal }) => (principal as { arn: string }).arn) +
        texts(({ resource }) => (resource as { arn: string }).arn),
    });
  });

  it('are compiled where an action is asked for: the others are read only to refuse what is malformed', () => {
    const Condition = { IpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '198.51.100.0/24'] } };
    const policies = compile({ identityPolicies: [asking(500, Condition)] });
    expect(parsed().ranges).toBe(1000);
    for (let i = 0; i < 10; i++) policies.evaluate(request({ action: `s3:Other${i}` }));
    expect(parsed().ranges).toBe(0);
    policies.evaluate(request());
    expect(parsed().ranges).toBe(1000);
  });

  it.each([
    ['beginnings', (i: number) => `arn:aws:s3:::team-${i}/*`],
    ['texts', (i: number) => `arn:aws:s3:::team-${i}/k`],
    ['ends', (i: number) => `arn:aws:s3:::*/k-${i}`],
  ])('are compiled where a resource may be of the statement, told by its %s', (_, resourceOf) => {
    const Condition = { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } };
    const Statement = Array.from({ length: 500 }, (_, i) => ({
      Effect: 'Allow' as const,
      Action: 's3:GetObject',
      Resource: resourceOf(i),
      Condition,
    }));
    for (const count of [30, 500]) {
      const policies = compile({
        identityPolicies: [{ Version: '2012-10-17', Statement: Statement.slice(0, count) }],
      });
      parsed();
      for (const resource of ['arn:aws:s3:::team-7/k', 'arn:aws:s3:::team-7/k-7'])
        policies.evaluate(request({ resource, sourceIp: '192.0.2.1' }));
      const { ranges } = parsed();
      expect(ranges).toBeGreaterThan(0);
      expect(ranges).toBeLessThanOrEqual(0.15 * count);
    }
  });

  it('read each value of a condition at most twice, however often they are asked', () => {
    const Condition = { IpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '198.51.100.0/24'] } };
    const policies = compile({ identityPolicies: [asking(500, Condition)] });
    for (let i = 0; i < 10; i++) policies.evaluate(request());
    const { ranges } = parsed();
    expect(ranges).toBeGreaterThanOrEqual(1000);
    // Once to refuse what is malformed, once for the plan.
    expect(ranges).toBeLessThanOrEqual(2000);
    policies.evaluate(request({ sourceIp: '192.0.2.1' }));
    expect(parsed().ranges).toBe(0);
  });
});
