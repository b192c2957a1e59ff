import { describe, expect, it } from 'vitest';
import { loadTerraform } from '../../../src/load/terraform/load-terraform.js';
import { Estate } from '../../../src/query/estate.js';
import { allow, type Block, constant, newBucket, newRole, plan, ref, trust } from './plan-builder.js';

const options = { accountId: '111122223333', region: 'eu-west-1' };
const load = (input: object) => {
  const { data, diagnostics } = loadTerraform(input, options);
  return { data, diagnostics, estate: new Estate(data) };
};

const policyOn = (role: object, more: Partial<Block> = {}): Block => ({
  type: 'aws_iam_role_policy',
  name: 'p',
  ...more,
  values: { name: 'p', policy: allow('s3:GetObject', '*') },
  unknown: { id: true, role: true },
  expressions: { role, policy: {} },
});

/** The names of the roles that may read, whatever the policies hang on. */
const readers = (input: object) => {
  const { data, diagnostics } = load(input);
  const named = data.principals.filter(({ policies }) => policies.length > 0).map(({ name }) => name);
  return { named, attachments: data.attachments, diagnostics };
};

describe('references', () => {
  it('follow outputs of modules, three deep', () => {
    const output = (reference: string) => ({ role: ref(reference) });
    const input = plan({
      blocks: [policyOn({ references: ['module.a.role', 'module.a'] })],
      modules: {
        a: {
          outputs: { role: { references: ['module.b.role', 'module.b'] } },
          modules: {
            b: {
              outputs: { role: { references: ['module.c.role', 'module.c'] } },
              modules: {
                c: { outputs: output('aws_iam_role.deep.name'), blocks: [newRole('deep'), newRole('other')] },
              },
            },
          },
        },
      },
    });
    expect(readers(input)).toEqual({ named: ['deep'], attachments: [], diagnostics: [] });
  });

  it('follow variables into the call of a module', () => {
    const input = plan({
      blocks: [newRole('outer'), newRole('other')],
      modules: {
        a: {
          expressions: { role_name: ref('aws_iam_role.outer.name') },
          variables: { role_name: {} },
          modules: {
            b: {
              expressions: { role: { references: ['var.role_name'] } },
              blocks: [policyOn({ references: ['var.role'] })],
            },
          },
        },
      },
    });
    expect(readers(input)).toEqual({ named: ['outer'], attachments: [], diagnostics: [] });
  });

  it('follow members of variables that hold a resource', () => {
    const input = plan({
      blocks: [newRole('outer')],
      modules: {
        a: {
          expressions: { role: ref('aws_iam_role.outer') },
          blocks: [policyOn({ references: ['var.role.name', 'var.role'] })],
        },
      },
    });
    expect(readers(input).named).toEqual(['outer']);
  });

  it('of each.key lead to the instance of the same key, and of count.index to the only one', () => {
    const input = plan({
      blocks: [
        ...['a', 'b'].map((index) => newRole(`r-${index}`, { block: 'r', index })),
        policyOn({ references: ['aws_iam_role.r', 'each.key'] }, { index: 'b', forEach: constant({ b: 1 }) }),
        newRole('n-0', { block: 'n', index: 0 }),
        policyOn(
          { references: ['aws_iam_role.n', 'count.index'] },
          { name: 'q', index: 0, count: constant(1) },
        ),
      ],
    });
    expect(readers(input)).toEqual({ named: ['r-b', 'n-0'], attachments: [], diagnostics: [] });
  });

  it('of each.value lead to the instance when for_each is over a resource', () => {
    const input = plan({
      blocks: [
        ...['a', 'b'].map((index) => newRole(`r-${index}`, { block: 'r', index })),
        policyOn(
          { references: ['each.value.name', 'each.value'] },
          { index: 'a', forEach: ref('aws_iam_role.r') },
        ),
      ],
    });
    expect(readers(input).named).toEqual(['r-a']);
  });

  it('with an index, to this instance, also of modules', () => {
    const input = plan({
      blocks: [
        ...['a', 'b'].map((index) => newRole(`r-${index}`, { block: 'r', index })),
        policyOn(ref('aws_iam_role.r["a"].name')),
        policyOn({ references: ['module.m["two"].role', 'module.m["two"]', 'module.m'] }, { name: 'q' }),
      ],
      modules: {
        m: {
          keys: ['one', 'two'],
          outputs: { role: { references: ['aws_iam_role.this.name', 'aws_iam_role.this'] } },
          blocksOf: (key) => [newRole(`m-${key}`, { block: 'this' })],
        },
      },
    });
    expect(readers(input)).toEqual({ named: ['r-a', 'm-two'], attachments: [], diagnostics: [] });
  });

  it('in instances of a module lead to the same instance', () => {
    const input = plan({
      modules: {
        poc: {
          keys: ['x', 'y'],
          blocksOf: (key) => [
            newRole(`role-${key}`, { block: 'r6', index: 'p1' }),
            policyOn(ref('aws_iam_role.r6["p1"].id')),
          ],
        },
      },
    });
    const { data, estate } = load(input);
    expect(readers(input).named).toEqual(['role-x', 'role-y']);
    expect(data.principals[0]?.names).toContain('module.poc["x"].aws_iam_role.r6["p1"]');
    expect(
      estate.can('module.poc["y"].aws_iam_role.r6["p1"]', 's3:GetObject', 'arn:aws:s3:::b/k').decision,
    ).toBe('allowed');
  });

  it('of try and conditionals with one resource lead to it, with two nowhere', () => {
    const one = plan({
      given: { create: true },
      blocks: [
        newRole('a', { index: 0 }),
        policyOn({
          references: ['var.create', 'aws_iam_role.a[0].name', 'aws_iam_role.a[0]', 'aws_iam_role.a'],
        }),
      ],
    });
    expect(readers(one).named).toEqual(['a']);
    const two = plan({
      blocks: [
        newRole('a'),
        newRole('b'),
        policyOn({
          references: ['aws_iam_role.a.name', 'aws_iam_role.a', 'aws_iam_role.b.name', 'aws_iam_role.b'],
        }),
      ],
    });
    const found = readers(two);
    // It hangs on one of the two, and nobody knows on which.
    expect(found.named).toEqual(['a', 'b']);
    expect(load(two).estate.can('a', 's3:GetObject', 'arn:aws:s3:::b/k').decision).toBe('depends');
    expect(found.attachments[0]?.target).toEqual({ hole: 'aws_iam_role_policy.p.role' });
    expect(found.diagnostics.map(({ code }) => code)).toEqual(['unresolvedReference']);
  });

  it('through a part of a bucket lead to the bucket', () => {
    const { data, diagnostics } = load(
      plan({
        blocks: [
          newBucket('b'),
          {
            type: 'aws_s3_bucket_versioning',
            name: 'v',
            unknown: { bucket: true, id: true },
            expressions: { bucket: ref('aws_s3_bucket.b.id') },
          },
          {
            type: 'aws_s3_bucket_policy',
            name: 'p',
            values: { policy: '{"Version":"2012-10-17","Statement":[]}' },
            unknown: { bucket: true },
            expressions: { bucket: ref('aws_s3_bucket_versioning.v.id') },
          },
        ],
      }),
    );
    expect(diagnostics).toEqual([]);
    expect(data.resources).toHaveLength(1);
    expect(data.resources[0]?.policies).toHaveLength(1);
  });

  it('in a circle, or without end, end in a hole', () => {
    const circle = plan({
      modules: {
        a: {
          expressions: { x: { references: ['module.a.y', 'module.a'] } },
          outputs: { y: { references: ['var.x', 'var.x', 'var.x'] } },
          blocks: [policyOn({ references: ['var.x'] })],
        },
      },
    });
    expect(readers(circle).attachments[0]?.target).toEqual({ hole: 'module.a.aws_iam_role_policy.p.role' });
    const self = plan({ blocks: [policyOn(ref('aws_iam_role_policy.p.role'))] });
    expect(readers(self).attachments[0]?.target).toEqual({ hole: 'aws_iam_role_policy.p.role' });
  });

  it('to `__proto__` and other names of JavaScript find nothing of it', () => {
    const input = JSON.parse(
      JSON.stringify(
        plan({
          blocks: [
            policyOn({ references: ['aws_iam_role.__proto__.name', 'aws_iam_role.constructor'] }),
            policyOn({ references: ['var.__proto__'] }, { name: 'q' }),
            policyOn({ references: ['module.constructor.prototype'] }, { name: 'r' }),
          ],
        }),
      ).replace('"planned_values"', '"__proto__":{"values":{}},"planned_values"'),
    );
    expect(readers(input).attachments).toHaveLength(3);
  });
});

describe('a document laid over others', () => {
  const document = (name: string, values: object, more: Partial<Block> = {}): Block => ({
    type: 'aws_iam_policy_document',
    name,
    mode: 'data',
    ...more,
    values: { version: null, ...values },
    unknown: { json: true, ...more.unknown },
  });
  const statement = (sid: string | null, effect: string, action: string) => ({
    sid,
    effect,
    actions: [action],
    resources: ['*'],
  });
  const policyOf = (blocks: readonly Block[]) =>
    load(
      plan({
        blocks: [
          newRole('app'),
          ...blocks,
          {
            type: 'aws_iam_role_policy',
            name: 'p',
            values: { name: 'p', role: 'app' },
            unknown: { policy: true },
            expressions: { policy: ref('data.aws_iam_policy_document.top.json') },
          },
        ],
      }),
    ).data.principals[0]?.policies;

  it('takes the place of statements with the same Sid, in order', () => {
    const policies = policyOf([
      document('base', { statement: [statement('A', 'Allow', 's3:*'), statement('B', 'Allow', 'sqs:*')] }),
      document('over', { statement: [statement('A', 'Deny', 's3:*'), statement(null, 'Allow', 'sns:*')] }),
      document(
        'top',
        {
          statement: [statement('B', 'Allow', 'sqs:SendMessage'), statement('C', 'Allow', 'ec2:*')],
          source_policy_documents: [null],
          override_policy_documents: [null],
        },
        {
          unknown: { source_policy_documents: [true], override_policy_documents: [true] },
          expressions: {
            source_policy_documents: ref('data.aws_iam_policy_document.base.json'),
            override_policy_documents: ref('data.aws_iam_policy_document.over.json'),
          },
        },
      ),
    ]);
    const resource = '*';
    expect(policies).toMatchObject([
      {
        document: {
          Version: '2012-10-17',
          Statement: [
            { Sid: 'A', Effect: 'Deny', Action: 's3:*', Resource: resource },
            { Sid: 'B', Effect: 'Allow', Action: 'sqs:SendMessage' },
            { Sid: 'C', Effect: 'Allow', Action: 'ec2:*' },
            { Effect: 'Allow', Action: 'sns:*' },
          ],
        },
      },
    ]);
  });

  it('is not known when one of them is not', () => {
    const policies = policyOf([
      document(
        'top',
        { statement: [statement('B', 'Allow', 'sqs:SendMessage')], override_policy_documents: [null] },
        {
          unknown: { override_policy_documents: [true] },
          expressions: { override_policy_documents: { references: ['local.more'] } },
        },
      ),
    ]);
    expect(policies).toHaveLength(1);
    expect(policies?.[0]).toHaveProperty('unresolved');
  });

  it('may be known text, in all arguments that there have been', () => {
    const policies = policyOf([
      document('top', {
        statement: [],
        source_json: allow('s3:GetObject', '*'),
        override_json: allow('s3:PutObject', '*'),
        source_policy_documents: ['', allow('sqs:*', '*')],
      }),
    ]);
    expect(policies).toMatchObject([
      {
        document: {
          Statement: [{ Action: 's3:GetObject' }, { Action: 'sqs:*' }, { Action: 's3:PutObject' }],
        },
      },
    ]);
  });

  it('has its variables, conditions, principals and exceptions', () => {
    const policies = policyOf([
      document('top', {
        version: '2008-10-17',
        policy_id: 'id',
        statement: [
          {
            effect: 'Allow',
            not_actions: ['iam:*'],
            not_resources: ['arn:aws:s3:::b/&{aws:username}/*'],
            principals: [
              { type: 'AWS', identifiers: ['111122223333'] },
              { type: 'AWS', identifiers: ['444455556666'] },
              { type: 'Service', identifiers: ['ec2.amazonaws.com'] },
            ],
            condition: [
              { test: 'StringLike', variable: 's3:prefix', values: ['&{aws:username}/*'] },
              { test: 'StringLike', variable: 's3:prefix', values: ['', '&{aws:username}/*'] },
              { test: 'Bool', variable: 'aws:SecureTransport', values: [true] },
            ],
          },
          { actions: ['s3:*'], principals: [{ type: '*', identifiers: ['*'] }] },
          { actions: ['s3:*'], not_principals: [{ type: 'AWS', identifiers: ['*'] }] },
        ],
      }),
    ]);
    expect(policies).toMatchObject([
      {
        document: {
          Version: '2008-10-17',
          Id: 'id',
          Statement: [
            {
              NotAction: 'iam:*',
              NotResource: 'arn:aws:s3:::b/${aws:username}/*',
              Principal: { AWS: ['111122223333', '444455556666'], Service: 'ec2.amazonaws.com' },
              Condition: {
                StringLike: { 's3:prefix': ['${aws:username}/*', ''] },
                Bool: { 'aws:SecureTransport': 'true' },
              },
            },
            { Principal: '*', Effect: 'Allow' },
            { NotPrincipal: { AWS: '*' } },
          ],
        },
      },
    ]);
  });

  it('with a list of unknown length is partly known: what denies stays, what allows depends', () => {
    const blocks = [
      document(
        'top',
        {
          statement: [
            { sid: 'No', effect: 'Deny', actions: ['s3:DeleteBucket'], resources: ['*'] },
            { sid: 'Some', effect: 'Allow', actions: ['s3:GetObject'] },
          ],
        },
        { unknown: { statement: [{}, { resources: true }] } },
      ),
    ];
    const policies = policyOf(blocks);
    expect(policies).toMatchObject([
      { document: { Statement: [{ Sid: 'No' }] } },
      { unresolved: expect.any(String) },
    ]);
  });

  it('known while planning is read as text, whatever its blocks', () => {
    expect(
      policyOf([document('top', { json: allow('s3:GetObject', '*'), statement: [] }, { prior: true })]),
    ).toMatchObject([{ document: { Statement: [{ Action: 's3:GetObject' }] } }]);
  });
});

describe('values of a trust policy in a module', () => {
  it('come through variables and outputs', () => {
    const { estate, diagnostics } = load(
      plan({
        modules: {
          provider: {
            outputs: { arn: ref('aws_iam_openid_connect_provider.github.arn') },
            blocks: [
              {
                type: 'aws_iam_openid_connect_provider',
                name: 'github',
                values: {
                  url: 'https://token.actions.githubusercontent.com',
                  client_id_list: ['sts.amazonaws.com'],
                },
                unknown: { arn: true },
              },
            ],
          },
          deploy: {
            expressions: { provider_arn: { references: ['module.provider.arn', 'module.provider'] } },
            blocks: [
              newRole('deploy', {
                values: { assume_role_policy: undefined },
                unknown: { assume_role_policy: true },
                expressions: { assume_role_policy: ref('data.aws_iam_policy_document.trust.json') },
              }),
              {
                type: 'aws_iam_policy_document',
                name: 'trust',
                mode: 'data',
                values: {
                  statement: [
                    {
                      actions: ['sts:AssumeRoleWithWebIdentity'],
                      principals: [{ type: 'Federated', identifiers: [null] }],
                      condition: [
                        {
                          test: 'StringEquals',
                          variable: 'token.actions.githubusercontent.com:sub',
                          values: ['repo:example/app:ref:refs/heads/main'],
                        },
                      ],
                    },
                  ],
                },
                unknown: { json: true, statement: [{ principals: [{ identifiers: [true] }] }] },
                expressions: {
                  statement: [
                    {
                      principals: [
                        { type: constant('Federated'), identifiers: { references: ['var.provider_arn'] } },
                      ],
                    },
                  ],
                },
              },
            ],
          },
        },
      }),
    );
    expect(diagnostics).toEqual([]);
    const provider = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com';
    expect(estate.toJSON().principals[0]).toMatchObject({
      trustPolicy: { document: { Statement: [{ Principal: { Federated: provider } }] } },
    });
    expect(trust('x')).toContain('sts:AssumeRole');
  });
});
