import { describe, expect, it, vi } from 'vitest';
import { type EstateData, emptyEstate, type PolicyUse } from '../../src/account/estate-data.js';
import { linkEstate } from '../../src/account/link.js';
import { expandActions } from '../../src/catalog/index.js';
import type * as compiling from '../../src/compile.js';
import type * as partial from '../../src/partial/evaluate-partial.js';
import type * as plans from '../../src/plan/compile.js';
import type * as answers from '../../src/query/answer.js';
import { awsManagedPolicy } from '../../src/query/aws-managed.js';
import { graph } from '../../src/query/graph.js';
import { whatCan } from '../../src/query/what-can.js';
import { whoCan } from '../../src/query/who-can.js';
import { whoCanAssume } from '../../src/query/who-can-assume.js';

// Counted; they answer as they do.
const counter = vi.hoisted(() => ({ compiled: 0, evaluated: 0, documents: 0, partial: 0, plain: 0 }));
vi.mock('../../src/compile.js', async (original) => {
  const actual = await original<typeof compiling>();
  const compile: typeof actual.compile = (policies) => {
    counter.compiled++;
    const { evaluate } = actual.compile(policies);
    return {
      evaluate: (request) => {
        counter.evaluated++;
        return evaluate(request);
      },
    };
  };
  return { ...actual, compile };
});

vi.mock('../../src/plan/compile.js', async (original) => {
  const actual = await original<typeof plans>();
  const compilePolicy: typeof actual.compilePolicy = (policy, surroundings) => {
    counter.documents++;
    return actual.compilePolicy(policy, surroundings);
  };
  return { ...actual, compilePolicy };
});
vi.mock('../../src/partial/evaluate-partial.js', async (original) => {
  const actual = await original<typeof partial>();
  const askPartial: typeof actual.askPartial = (policies, request) => {
    counter.partial++;
    return actual.askPartial(policies, request);
  };
  return { ...actual, askPartial };
});
vi.mock('../../src/query/answer.js', async (original) => {
  const actual = await original<typeof answers>();
  const answer: typeof actual.answer = (assembled) => {
    counter.plain += assembled.plain ? 1 : 0;
    return actual.answer(assembled);
  };
  return { ...actual, answer };
});

/** What was counted while something is done. */
function counted(work: () => unknown): typeof counter {
  const before = { ...counter };
  work();
  const names = Object.keys(before) as (keyof typeof before)[];
  return Object.fromEntries(names.map((name) => [name, counter[name] - before[name]])) as typeof counter;
}

const account = '111122223333';
const app = `arn:aws:iam::${account}:role/app`;
const allow = (Action: string[], Resource: string | string[]): PolicyUse => ({
  name: 'inline',
  document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource } },
});
const trustPolicy: PolicyUse = {
  name: 'trust',
  document: {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
  },
};
const bucket = (name: string, policies: readonly PolicyUse[] = []): EstateData['resources'][number] => ({
  arn: `arn:aws:s3:::${name}`,
  account,
  type: 'AWS::S3::Bucket',
  names: [name],
  policies,
});

describe('what a typical role can', () => {
  it('is asked for each class of actions, not for each action of the catalog', () => {
    const policies = [
      { arn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' },
      allow(['s3:Get*', 's3:List*'], ['arn:aws:s3:::reports', 'arn:aws:s3:::reports/*']),
      allow(['dynamodb:*Item', 'dynamodb:Query'], `arn:aws:dynamodb:eu-west-1:${account}:table/orders`),
      allow(['kms:Decrypt', 'kms:GenerateDataKey*'], '*'),
    ];
    const linked = linkEstate(
      {
        ...emptyEstate,
        principals: [{ kind: 'role', arn: app, account, name: 'app', names: [], policies, trustPolicy }],
        resources: [bucket('reports')],
      },
      awsManagedPolicy,
    );
    const ask = () => whatCan(linked, { kind: 'principal', key: app }).entries;
    const first = counted(ask);
    // Those of all resources without a policy of their own, those of the role with its trust policy, and what patterns are filled with.
    expect(first.compiled).toBeLessThanOrEqual(4);
    expect(first.evaluated).toBeGreaterThan(20);
    expect(first.evaluated).toBeLessThan(expandActions(['*']).length / 100);
    expect(counted(ask).evaluated).toBe(first.evaluated);
  });
});

describe('who can, of many roles', () => {
  const many = 200;
  const shared = { arn: 'arn:aws:iam::aws:policy/SecurityAudit' };
  const role = (i: number): EstateData['principals'][number] => ({
    kind: 'role',
    arn: `arn:aws:iam::${account}:role/r${i}`,
    account,
    name: `r${i}`,
    names: [],
    policies: [shared, allow(['s3:GetObject'], `arn:aws:s3:::reports/${i % 10}/*`)],
    trustPolicy,
  });
  const roles = Array.from({ length: many }, (_, i) => role(i));
  const everybody = allow(['s3:ListBucket'], '*');
  const ask = (data: Partial<EstateData>) => {
    const linked = linkEstate({ ...emptyEstate, ...data }, awsManagedPolicy);
    return (action: string, target = 'arn:aws:s3:::reports/7/a') => whoCan(linked, action, target, {});
  };

  it('each document is compiled once, and answers are worked out when they are read', () => {
    const asking = ask({ principals: roles, resources: [bucket('reports')] });
    const first = counted(() => expect(asking('s3:GetObject').allowed).toHaveLength(many / 10));
    // The shared one, and one of each role.
    expect(first).toMatchObject({ documents: many + 1, compiled: 0, plain: 0, partial: 0 });
    const later = counted(() => {
      asking('s3:GetObject');
      asking('s3:PutObject');
      asking('sqs:SendMessage', `arn:aws:sqs:eu-west-1:${account}:jobs`);
    });
    expect(later).toMatchObject({ documents: 0, compiled: 0, plain: 0, partial: 0 });
    const read = counted(() => expect(asking('s3:GetObject').allowed[0]!.answer.allowed).toBe(true));
    expect(read).toMatchObject({ compiled: 1, plain: 1, partial: 0 });
  });
  it('only of whom something is not known each is asked by itself, with each document compiled once', () => {
    const lost = { ...role(many), policies: [shared, { name: 'lost', unresolved: 'not in the files' }] };
    const asking = ask({ principals: [...roles, lost], resources: [bucket('reports')] });
    const found = counted(() => expect(asking('s3:GetObject').depends).toHaveLength(1));
    expect(found).toMatchObject({ plain: 0, partial: 1 });
    expect(found.documents).toBeLessThanOrEqual(many + 3);
  });
  it('a key that is not known makes nobody be asked by itself, unless a policy that takes part asks for it', () => {
    const tagsUnresolved = true;
    const asking = ask({ principals: roles, resources: [{ ...bucket('reports'), tagsUnresolved }] });
    const found = counted(() => expect(asking('s3:GetObject').allowed).toHaveLength(many / 10));
    expect(found).toMatchObject({ plain: 0, partial: 0 });
    const Condition = { StringEquals: { 'aws:ResourceTag/team': 'red' } };
    const tagged = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*', Condition };
    const policy = { name: 'policy', document: { Version: '2012-10-17', Statement: tagged } };
    const limited = ask({
      principals: roles,
      resources: [{ ...bucket('reports', [policy]), tagsUnresolved }],
    });
    expect(counted(() => limited('s3:GetObject'))).toMatchObject({ plain: 0, partial: many });
  });
  it('where the resource is not known documents are still compiled once, and not again for another action', () => {
    const lost: EstateData['resources'] = [bucket('reports', [{ name: 'policy', unresolved: 'lost' }])];
    const asking = ask({ principals: roles, resources: lost });
    const first = counted(() => expect(asking('s3:GetObject').depends).toHaveLength(many));
    expect(first).toMatchObject({ compiled: 0, plain: 0, partial: many });
    expect(first.documents).toBe(many + 2);
    expect(counted(() => asking('s3:PutObject'))).toMatchObject({ documents: 0, compiled: 0, partial: many });
  });
  it('tells how far it is', () => {
    const linked = linkEstate({
      ...emptyEstate,
      principals: roles,
      resources: [bucket('reports', [everybody])],
    });
    const told: [number, number][] = [];
    whoCan(linked, 's3:GetObject', 'arn:aws:s3:::reports/7/a', {
      roots: true,
      onProgress: (done, of) => told.push([done, of]),
    });
    expect(told.at(-1)).toEqual([many + 1, many + 1]);
    expect(told.map(([done]) => done)).toEqual([...told.map(([done]) => done)].sort((a, b) => a - b));
  });
});

it('graph and who-can-assume tell how far they are, and come to an end', () => {
  const assume: PolicyUse = {
    name: 'trust',
    document: {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' },
    },
  };
  const role = (name: string): EstateData['principals'][number] => ({
    kind: 'role',
    arn: `arn:aws:iam::${account}:role/${name}`,
    account,
    name,
    names: [],
    policies: [allow(['sts:AssumeRole'], '*')],
    trustPolicy: assume,
  });
  const linked = linkEstate({ ...emptyEstate, principals: ['a', 'b', 'c'].map(role) });
  const told = (ask: (onProgress: (done: number, of: number) => void) => unknown) => {
    const steps: [number, number][] = [];
    ask((done, of) => steps.push([done, of]));
    for (const [done, of] of steps) expect(done).toBeLessThanOrEqual(of);
    return steps.at(-1);
  };
  expect(told((onProgress) => graph(linked, { onProgress }))).toEqual([6, 6]);
  expect(
    told((onProgress) => whoCanAssume(linked, `arn:aws:iam::${account}:role/a`, { onProgress })),
  ).toEqual([9, 9]);
});
