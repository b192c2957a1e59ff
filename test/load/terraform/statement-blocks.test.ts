import { describe, expect, it } from 'vitest';
import { account, fresh, load } from './loading.js';
import { constant, newBucket, newRole, ref } from './plan-builder.js';

describe('statement blocks', () => {
  const document = (statement: readonly object[], unknown: readonly object[], written: readonly object[]) =>
    load(
      newRole('app', {
        values: { assume_role_policy: undefined },
        unknown: { assume_role_policy: true },
        expressions: { assume_role_policy: ref('data.aws_iam_policy_document.d.json') },
      }),
      newRole('caller'),
      { type: 'aws_iam_user', name: 'ana', values: { name: 'ana', path: '/' }, unknown: fresh },
      newBucket('b'),
      { type: 'aws_cloudfront_origin_access_identity', name: 'o', values: {}, unknown: { iam_arn: true } },
      { type: 'aws_eks_cluster', name: 'k', values: { name: 'k' }, unknown: { identity: true } },
      { type: 'aws_cognito_user_pool', name: 'c', values: { name: 'c' }, unknown: { arn: true } },
      {
        type: 'aws_iam_policy_document',
        name: 'd',
        mode: 'data',
        values: { statement },
        unknown: { json: true, statement: unknown },
        expressions: { statement: written },
      },
    );
  const trustOf = (result: ReturnType<typeof load>) => {
    const use = result.data.principals[0] as { trustPolicy?: { document?: { Statement: object[] } } };
    return use.trustPolicy?.document?.Statement;
  };
  const where = 'data.aws_iam_policy_document.d.statement[0]';
  const who = (identifiers: object, type = 'AWS') =>
    document(
      [{ actions: ['sts:AssumeRole'], principals: [{ type, identifiers: [null] }] }],
      [{ principals: [{ identifiers: [true] }] }],
      [{ principals: [{ type: constant(type), identifiers }] }],
    );

  it('principals are what their references lead to', () => {
    // A reference without an attribute, as Terraform up to 0.14 writes it.
    const bare = who({ references: ['aws_iam_user.ana'] });
    expect(trustOf(bare)).toMatchObject([{ Principal: { AWS: `arn:aws:iam::${account}:user/ana` } }]);
    expect(bare.said).toEqual([`ambiguous ${where}.principals[0].identifiers[0]`]);
    const identity = who(ref('aws_cloudfront_origin_access_identity.o.iam_arn'));
    expect(identity.said).toEqual([]);
    expect(trustOf(identity)).toMatchObject([
      { Principal: { AWS: { hole: 'aws_cloudfront_origin_access_identity.o.iam_arn' } } },
    ]);
    const hole = { Principal: { AWS: { hole: `${where}.principals[0].identifiers[0]` } } };
    for (const reference of ['aws_s3_bucket.b', 'aws_s3_bucket.b.bucket_domain_name']) {
      const other = who({ references: [reference] });
      expect(trustOf(other)).toMatchObject([hole]);
      expect(other.said).toEqual([`unresolvedReference ${where}.principals[0].identifiers`]);
    }
  });

  it('of a dynamic block beside a written one of the same type are not those of the written one', () => {
    const written = { type: constant('AWS'), identifiers: ref('aws_iam_role.caller.arn') };
    const planned = { type: 'AWS', identifiers: [null] };
    const result = document(
      [{ actions: ['sts:AssumeRole'], principals: [planned, planned] }],
      [{ principals: [{ identifiers: [true] }, { identifiers: [true] }] }],
      [{ principals: [written] }],
    );
    expect(trustOf(result)).toMatchObject([
      {
        Principal: {
          AWS: [0, 1].map((i) => ({ hole: `${where}.principals[${i}].identifiers[0]` })),
        },
      },
    ]);
    expect(result.said).toEqual(
      [0, 1].map((i) => `unresolvedReference ${where}.principals[${i}].identifiers`),
    );
    const other = document(
      [
        {
          actions: ['sts:AssumeRole'],
          principals: [{ type: 'Service', identifiers: ['ec2.amazonaws.com'] }, planned],
        },
      ],
      [{ principals: [{}, { identifiers: [true] }] }],
      [{ principals: [written] }],
    );
    expect(trustOf(other)).toMatchObject([{ Principal: { AWS: `arn:aws:iam::${account}:role/caller` } }]);
    const condition = { test: 'ArnEquals', variable: 'aws:SourceArn', values: [null] };
    const conditions = document(
      [{ actions: ['sts:AssumeRole'], condition: [condition, condition] }],
      [{ condition: [{ values: [true] }, { values: [true] }] }],
      [
        {
          condition: [
            {
              test: constant('ArnEquals'),
              variable: constant('aws:SourceArn'),
              values: ref('aws_s3_bucket.b.arn'),
            },
          ],
        },
      ],
    );
    expect(trustOf(conditions)).toMatchObject([
      {
        Condition: {
          ArnEquals: { 'aws:SourceArn': [0, 1].map((i) => ({ hole: `${where}.condition[${i}].values[0]` })) },
        },
      },
    ]);
  });

  it('an inline policy of a name that stands twice is none of the written ones', () => {
    const { data, said } = load(
      {
        type: 'aws_iam_policy_document',
        name: 'one',
        mode: 'data',
        values: { statement: [{ actions: ['sqs:*'], resources: ['*'] }] },
        unknown: { json: true },
        expressions: { statement: [{}] },
      },
      newRole('app', {
        values: { inline_policy: [{ name: 'a' }, { name: 'a' }] },
        unknown: { inline_policy: [{ policy: true }, { policy: true }] },
        expressions: {
          inline_policy: [{ name: constant('a'), policy: ref('data.aws_iam_policy_document.one.json') }],
        },
      }),
    );
    expect(data.principals[0]?.policies.every((use) => 'unresolved' in use)).toBe(true);
    expect(said).toEqual(
      [0, 1].map((i) => `unresolvedReference aws_iam_role.app.inline_policy[${i}].policy`),
    );
  });

  it('an id in the place of an ARN is one where the provider makes it so', () => {
    const result = document(
      [{ actions: ['sts:AssumeRole'], resources: [null] }],
      [{ resources: [true] }],
      [{ resources: ref('aws_sns_topic.t.id') }],
    );
    // The topic is not in the file.
    expect(trustOf(result)).toMatchObject([{ Resource: { hole: `${where}.resources[0]` } }]);
    const topic = load(
      newRole('app'),
      { type: 'aws_sns_topic', name: 't', values: { name: 't' }, unknown: { ...fresh, policy: true } },
      {
        type: 'aws_iam_policy_document',
        name: 'd',
        mode: 'data',
        values: { statement: [{ actions: ['sns:Publish'], resources: [null] }] },
        unknown: { json: true, statement: [{ resources: [true] }] },
        expressions: { statement: [{ resources: ref('aws_sns_topic.t.id') }] },
      },
      {
        type: 'aws_iam_role_policy',
        name: 'p',
        values: { name: 'p', role: 'app' },
        unknown: { policy: true },
        expressions: { policy: ref('data.aws_iam_policy_document.d.json') },
      },
    );
    expect(topic.said).toEqual([]);
    expect(topic.estate.can('app', 'sns:Publish', 't').decision).toBe('allowed');
  });

  it('values of which nothing is known are holes, and said', () => {
    for (const references of [
      ['aws_eks_cluster.k.identity[0].oidc[0].issuer'],
      ['aws_cognito_user_pool.c.arn'],
    ]) {
      const result = document(
        [
          {
            actions: ['sts:AssumeRole'],
            condition: [{ test: 'StringEquals', variable: 'aws:SourceArn', values: [null] }],
          },
        ],
        [{ condition: [{ values: [true] }] }],
        [{ condition: [{ test: constant('StringEquals'), values: { references } }] }],
      );
      const path = `${where}.condition[0].values`;
      expect(trustOf(result)).toMatchObject([
        { Condition: { StringEquals: { 'aws:SourceArn': { hole: `${path}[0]` } } } },
      ]);
      expect(result.said).toEqual([`unresolvedReference ${path}`]);
    }
  });

  it('blocks of one kind are told by their constants', () => {
    const condition = (variable: string) => ({ test: 'ArnEquals', variable, values: [null] });
    const block = (variable: string, reference: string) => ({
      test: constant('ArnEquals'),
      variable: constant(variable),
      values: ref(reference),
    });
    const [source, principal] = ['aws:SourceArn', 'aws:PrincipalArn'];
    const result = document(
      [{ actions: ['sts:AssumeRole'], condition: [condition(source!), condition(principal!)] }],
      [{ condition: [{ values: [true] }, { values: [true] }] }],
      [
        {
          condition: [block(principal!, 'aws_iam_role.caller.arn'), block(source!, 'aws_iam_user.ana.arn')],
        },
      ],
    );
    expect(trustOf(result)).toMatchObject([
      {
        Condition: {
          ArnEquals: {
            'aws:SourceArn': `arn:aws:iam::${account}:user/ana`,
            'aws:PrincipalArn': `arn:aws:iam::${account}:role/caller`,
          },
        },
      },
    ]);
    // Two that look alike: which is which nobody can tell.
    const alike = document(
      [{ actions: ['sts:AssumeRole'], condition: [condition(source!), condition(source!)] }],
      [{ condition: [{ values: [true] }, { values: [true] }] }],
      [{ condition: [block(source!, 'aws_iam_role.caller.arn'), block(source!, 'aws_iam_user.ana.arn')] }],
    );
    expect(alike.said).toEqual([
      `unresolvedReference ${where}.condition[0].values`,
      `unresolvedReference ${where}.condition[1].values`,
    ]);
  });

  it('a value beside one that is known while planning is the other reference', () => {
    const result = document(
      [{ actions: ['sts:AssumeRole'], principals: [{ type: 'AWS', identifiers: ['x', null] }] }],
      [{ principals: [{ identifiers: [false, true] }] }],
      [
        {
          principals: [
            {
              type: constant('AWS'),
              identifiers: ref('aws_iam_role.caller.name', 'aws_iam_user.ana.arn'),
            },
          ],
        },
      ],
    );
    expect(result.said).toEqual([]);
    expect(trustOf(result)).toMatchObject([
      { Principal: { AWS: ['x', `arn:aws:iam::${account}:user/ana`] } },
    ]);
  });

  it('principals of an unknown type, and lists that are none, cannot be written down', () => {
    const unresolved = { trustPolicy: { unresolved: expect.any(String) } };
    const type = document(
      [{ actions: ['sts:AssumeRole'], principals: [{ identifiers: ['x'] }] }],
      [{ principals: [{ type: true }] }],
      [],
    );
    expect(type.data.principals[0]).toMatchObject(unresolved);
    expect(document([{ actions: 'sts:AssumeRole' }], [{}], []).data.principals[0]).toMatchObject(unresolved);
  });

  it('documents laid over each other keep the last id, and the statements of any form', () => {
    const over = (values: object) => {
      const { data } = load(
        newRole('app', {
          values: { assume_role_policy: undefined },
          unknown: { assume_role_policy: true },
          expressions: { assume_role_policy: ref('data.aws_iam_policy_document.d.json') },
        }),
        {
          type: 'aws_iam_policy_document',
          name: 'd',
          mode: 'data',
          values: { statement: [], ...values },
          unknown: { json: true, statement: [{ resources: true }] },
        },
      );
      return data.principals[0] as { trustPolicy?: object };
    };
    const one = { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' };
    expect(
      over({
        policy_id: 'mine',
        source_policy_documents: [JSON.stringify({ Statement: one }), JSON.stringify({ Id: 'other' })],
      }).trustPolicy,
    ).toMatchObject({ document: { Version: '2012-10-17', Id: 'mine', Statement: [one] } });
    // A part that is not known may stand in the place of one that is.
    expect(
      over({
        statement: [{ actions: ['sts:AssumeRole'] }],
        source_policy_documents: [JSON.stringify({ Statement: one })],
      }).trustPolicy,
    ).toMatchObject({ unresolved: expect.stringContaining('resources of statement 1') });
  });
});
