import { describe, expect, it } from 'vitest';
import { chooserOf } from '../../../src/load/terraform/instance-choice.js';
import { load } from './loading.js';
import { allow, type Block, newBucket, newRole } from './plan-builder.js';

const policy = (index: string | number, action: string): Block => ({
  type: 'aws_iam_policy',
  name: 'p',
  index,
  values: { name: `p-${index}`, path: '/', policy: allow(action, '*') },
  unknown: { arn: true, id: true },
});
const attached = (index: string | number, references: readonly string[], role = `r-${index}`): Block => ({
  type: 'aws_iam_role_policy_attachment',
  name: 'a',
  index,
  values: { role },
  unknown: { policy_arn: true },
  expressions: { policy_arn: { references } },
});

describe('what chooses the instance of a reference', () => {
  it.each([
    [['p', 'each.key'], 'each.key'],
    [['p', 'count.index'], 'count.index'],
    [['p', 'each.key', 'q', 'each.key'], 'each.key'],
    [['p', 'each.key', 'aws_sqs_queue.q.arn'], 'each.key'],
    [['p'], undefined],
    [['p', 'local.other', 'each.key'], undefined],
    [['p', 'each.key', 'var.end'], undefined],
    [['p', 'each.key', 'local.other_arn'], undefined],
    [['p', 'aws_iam_role.r', 'each.key'], undefined],
    [['each.key', 'p'], undefined],
  ])('%j', (references, chooser) => {
    expect(chooserOf(references, 0)).toBe(chooser);
  });
});

describe('an instance that an expression chooses', () => {
  const roles = (...keys: (string | number)[]) =>
    keys.map((index) => newRole(`r-${index}`, { block: 'r', index }));
  const may = (estate: ReturnType<typeof load>['estate'], who: string, action: string) =>
    estate.can(who, action, '*').decision;

  it('by each.key alone is that of the key, and by a table of keys not known', () => {
    const policies = [policy('dev', 's3:ListAllMyBuckets'), policy('prod', 'iam:ListRoles')];
    const by = (...references: string[]) =>
      load(
        ...roles('dev', 'prod'),
        ...policies,
        ...['dev', 'prod'].map((key) => attached(key, ['aws_iam_policy.p', ...references])),
      );
    const plain = by('each.key');
    expect(plain.said).toEqual([]);
    expect(may(plain.estate, 'r-prod', 'iam:ListRoles')).toBe('allowed');
    expect(may(plain.estate, 'r-dev', 'iam:ListRoles')).toBe('implicitDeny');
    const swapped = by('local.policy_for', 'each.key');
    expect(swapped.said).toEqual([
      'unresolvedReference aws_iam_role_policy_attachment.a["dev"].policy_arn',
      'unresolvedReference aws_iam_role_policy_attachment.a["prod"].policy_arn',
    ]);
    expect(may(swapped.estate, 'r-dev', 'iam:ListRoles')).toBe('depends');
    expect(may(swapped.estate, 'r-prod', 'iam:ListRoles')).toBe('depends');
  });

  it('by count.index is one of several, since arithmetic does not show', () => {
    const policies = [policy(0, 's3:ListAllMyBuckets'), policy(1, 'iam:ListRoles')];
    const { estate, said } = load(
      ...roles(0, 1),
      ...policies,
      ...[0, 1].map((i) => attached(i, ['aws_iam_policy.p', 'count.index'])),
    );
    expect(said).toEqual([0, 1].map((i) => `ambiguous aws_iam_role_policy_attachment.a[${i}].policy_arn`));
    expect(may(estate, 'r-1', 'iam:ListRoles')).toBe('depends');
    expect(may(estate, 'r-1', 's3:ListAllMyBuckets')).toBe('depends');
  });

  it('by count.index is the only one, where there is one', () => {
    const { estate, said } = load(
      ...roles(0, 1),
      policy(0, 'iam:ListRoles'),
      ...[0, 1].map((i) => attached(i, ['aws_iam_policy.p', 'count.index'])),
    );
    expect(said).toEqual([]);
    expect(may(estate, 'r-1', 'iam:ListRoles')).toBe('allowed');
  });

  it('may carry a policy whose target count.index chooses, and nothing else may', () => {
    const { estate, said } = load(
      ...roles(0, 1),
      newRole('other'),
      ...[0, 1].map((index) => ({
        type: 'aws_iam_role_policy',
        name: 'p',
        index,
        values: { name: 'p', policy: allow('iam:ListRoles', '*') },
        unknown: { role: true },
        expressions: { role: { references: ['aws_iam_role.r', 'count.index'] } },
      })),
    );
    expect(said).toEqual([0, 1].map((i) => `ambiguous aws_iam_role_policy.p[${i}].role`));
    expect(['r-0', 'r-1', 'other'].map((who) => may(estate, who, 'iam:ListRoles'))).toEqual([
      'depends',
      'depends',
      'implicitDeny',
    ]);
  });

  it('of a bucket or of a document leaves its policy open', () => {
    const buckets = [0, 1].map((index) => newBucket(`b-${index}`, { name: 'b', index }));
    const policyOf = (values: object, unknown: object, expressions: object): Block => ({
      type: 'aws_s3_bucket_policy',
      name: 'p',
      index: 1,
      values: { ...values },
      unknown: { ...unknown },
      expressions: { ...expressions },
    });
    const choice = (what: string) => ({ references: [what, 'count.index'] });
    const target = load(
      ...buckets,
      newBucket('other'),
      policyOf({ policy: '{"Statement":[]}' }, { bucket: true }, { bucket: choice('aws_s3_bucket.b') }),
    );
    const open = (one: ReturnType<typeof load>) =>
      ['b-0', 'b-1', 'other'].map(
        (name) => one.estate.can('444455556666', 's3:GetBucketPolicy', `arn:aws:s3:::${name}`).decision,
      );
    expect(open(target)).toEqual(['depends', 'depends', 'implicitDeny']);
    const documents = [0, 1].map(
      (index): Block => ({
        type: 'aws_iam_policy_document',
        mode: 'data',
        name: 'd',
        index,
        values: { statement: [] },
        unknown: { json: true },
      }),
    );
    const text = load(
      ...buckets,
      newBucket('other'),
      ...documents,
      policyOf({ bucket: 'b-1' }, { policy: true }, { policy: choice('data.aws_iam_policy_document.d') }),
    );
    expect(text.said).toEqual(['unresolvedReference aws_s3_bucket_policy.p[1].policy']);
    expect(text.data.resources[1]?.policies).toMatchObject([
      { unresolved: expect.stringContaining('count.index chooses') },
    ]);
  });

  it('of buckets leaves open which one a block restricts', () => {
    const buckets = [0, 1].map((index) => newBucket(`b-${index}`, { name: 'b', index }));
    const open = (name: string): Block => ({
      type: 'aws_s3_bucket_policy',
      name,
      values: { bucket: name, policy: JSON.stringify({ Statement: [everybody(name)] }) },
    });
    const everybody = (name: string) => ({
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${name}/*`,
    });
    const block = (values: object, more: Partial<Block>): Block => ({
      type: 'aws_s3_bucket_public_access_block',
      name: 'x',
      values: { ...values },
      ...more,
    });
    const { estate, said } = load(
      ...buckets,
      newBucket('c'),
      open('b-0'),
      open('c'),
      block({ bucket: 'c', restrict_public_buckets: false }, { name: 'c' }),
      block(
        { restrict_public_buckets: true },
        {
          index: 0,
          unknown: { bucket: true },
          expressions: { bucket: { references: ['aws_s3_bucket.b', 'count.index'] } },
        },
      ),
    );
    expect(said).toEqual([
      'ambiguous aws_s3_bucket_public_access_block.x[0].bucket',
      'missingValue aws_s3_bucket_public_access_block.x[0].restrict_public_buckets',
    ]);
    const of = (name: string) => estate.can('anonymous', 's3:GetObject', `arn:aws:s3:::${name}/k`).decision;
    expect([of('b-0'), of('c')]).toEqual(['depends', 'allowed']);
  });

  it('of roles leaves open which one a function has', () => {
    const { estate, said } = load(...roles(0, 1), {
      type: 'aws_lambda_function',
      name: 'f',
      index: 0,
      values: { function_name: 'f' },
      unknown: { arn: true, role: true },
      expressions: { role: { references: ['aws_iam_role.r', 'count.index'] } },
    });
    expect(said).toEqual(['ambiguous aws_lambda_function.f[0].role']);
    expect(() => may(estate, 'f', 'iam:ListRoles')).toThrow(/r-0.*r-1/s);
  });
});
