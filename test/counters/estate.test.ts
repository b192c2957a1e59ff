import { describe, expect, it, vi } from 'vitest';
import { type EstateData, emptyEstate, type PolicyUse } from '../../src/account/estate-data.js';
import { linkEstate } from '../../src/account/link.js';
import { expandActions } from '../../src/catalog/index.js';
import type * as compiling from '../../src/compile.js';
import { awsManagedPolicy } from '../../src/query/aws-managed.js';
import { whatCan } from '../../src/query/what-can.js';

// Counted; they answer as they do.
const counter = vi.hoisted(() => ({ compiled: 0, evaluated: 0 }));
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

/** What was counted while something is done. */
function counted(work: () => unknown): typeof counter {
  const before = { ...counter };
  work();
  return {
    compiled: counter.compiled - before.compiled,
    evaluated: counter.evaluated - before.evaluated,
  };
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
