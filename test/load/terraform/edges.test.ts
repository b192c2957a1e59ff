import { describe, expect, it } from 'vitest';
import { loadTerraform } from '../../../src/load/terraform/load-terraform.js';
import { Estate } from '../../../src/query/estate.js';
import {
  allow,
  type Block,
  constant,
  newBucket,
  newRole,
  plan,
  ref,
  state,
  stateFile,
  trust,
  type Version,
} from './plan-builder.js';

const account = '111122223333';
const load = (blocks: readonly Block[], version: Version = '1.9') => {
  const { data, diagnostics } = loadTerraform(plan({ blocks, version }), {
    accountId: account,
    region: 'eu-west-1',
  });
  return { data, estate: new Estate(data), said: diagnostics.map(({ code, path }) => `${code} ${path}`) };
};
const deny = (action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: action, Resource: '*' }] });
const fresh = { arn: true, id: true };
const user = (name: string): Block => ({
  type: 'aws_iam_user',
  name,
  values: { name, path: '/' },
  unknown: fresh,
});
const group = (name: string, policy: string): readonly Block[] => [
  { type: 'aws_iam_group', name, values: { name, path: '/' }, unknown: fresh },
  { type: 'aws_iam_group_policy', name, values: { name: 'g', group: name, policy } },
];
const mayRead = (name: string): Block => ({
  type: 'aws_iam_user_policy',
  name,
  values: { name: 'p', user: name, policy: allow('s3:GetObject', '*') },
});

describe('groups', () => {
  it('are joined by both kinds of membership', () => {
    const { estate, said } = load([
      user('ana'),
      user('bob'),
      user('eve'),
      ...group('readers', allow('s3:GetObject', '*')),
      {
        type: 'aws_iam_user_group_membership',
        name: 'ana',
        values: { groups: [null] },
        unknown: { user: true, groups: [true] },
        expressions: { user: ref('aws_iam_user.ana.name'), groups: ref('aws_iam_group.readers.name') },
      },
      {
        type: 'aws_iam_group_membership',
        name: 'm',
        values: { name: 'm', users: [null] },
        unknown: { group: true, users: [true] },
        expressions: { group: ref('aws_iam_group.readers.id'), users: ref('aws_iam_user.bob.name') },
      },
    ]);
    expect(said).toEqual([]);
    const can = (name: string) => estate.can(name, 's3:GetObject', 'arn:aws:s3:::b/k').decision;
    expect(['ana', 'bob', 'eve'].map(can)).toEqual(['allowed', 'allowed', 'implicitDeny']);
  });

  it('of which nobody knows the members may hold every new user', () => {
    const membership = { type: 'aws_iam_group_membership', name: 'm', values: { name: 'm', group: 'no' } };
    const { estate, said } = load([
      user('ana'),
      mayRead('ana'),
      {
        ...user('old'),
        actions: ['no-op'],
        unknown: {},
        values: { name: 'old', arn: `arn:aws:iam::${account}:user/old` },
      },
      mayRead('old'),
      ...group('no', deny('s3:*')),
      { ...membership, unknown: { users: true }, expressions: { users: { references: ['local.users'] } } },
    ]);
    expect(said).toEqual(['unresolvedReference aws_iam_group_membership.m.users']);
    expect(estate.can('ana', 's3:GetObject', 'arn:aws:s3:::b/k').decision).toBe('depends');
    // Its name and ids are known while planning, so that the list would be known if it were about this one.
    expect(estate.can('old', 's3:GetObject', 'arn:aws:s3:::b/k').decision).toBe('allowed');
  });

  it('that are not known yet make their user depend', () => {
    const { estate } = load([
      user('ana'),
      mayRead('ana'),
      {
        type: 'aws_iam_user_group_membership',
        name: 'ana',
        values: { user: 'ana' },
        unknown: { groups: true },
        expressions: { groups: { references: ['local.groups'] } },
      },
    ]);
    expect(estate.can('ana', 's3:GetObject', 'arn:aws:s3:::b/k').decision).toBe('depends');
  });
});

describe('attachments', () => {
  it('of which nobody knows whom they concern make everyone new depend', () => {
    const blocks = (policy: Block): readonly Block[] => [
      newRole('app'),
      {
        type: 'aws_iam_role_policy',
        name: 'p',
        values: { name: 'p', role: 'app', policy: allow('s3:*', '*') },
      },
      policy,
    ];
    const ask = (policy: Block) =>
      load(blocks(policy)).estate.can('app', 's3:GetObject', 'arn:aws:s3:::b/k').decision;
    const hidden = { policy_arn: 'arn:aws:iam::aws:policy/AWSDenyAll' };
    expect(
      ask({
        type: 'aws_iam_policy_attachment',
        name: 'a',
        values: hidden,
        unknown: { roles: true },
        expressions: {},
      }),
    ).toBe('depends');
    expect(
      ask({
        type: 'aws_iam_role_policy_attachment',
        name: 'a',
        values: hidden,
        unknown: { role: true },
        expressions: { role: { references: ['local.role'] } },
      }),
    ).toBe('depends');
    expect(
      ask({ type: 'aws_iam_role_policy_attachment', name: 'a', values: { ...hidden, role: 'other' } }),
    ).toBe('allowed');
  });

  it('by exclusive lists that name what is there already add nothing', () => {
    const arn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    const { data, said } = load([
      user('ana'),
      mayRead('ana'),
      { type: 'aws_iam_user_policy_attachment', name: 'a', values: { user: 'ana', policy_arn: arn } },
      {
        type: 'aws_iam_user_policies_exclusive',
        name: 'x',
        values: { user_name: 'ana', policy_names: ['p'] },
      },
      {
        type: 'aws_iam_user_policy_attachments_exclusive',
        name: 'x',
        values: { user_name: 'ana', policy_arns: [arn] },
      },
      {
        type: 'aws_iam_user_policy_attachments_exclusive',
        name: 'y',
        values: { user_name: 'ana', policy_arns: [] },
      },
    ]);
    expect(data.principals[0]?.policies).toHaveLength(2);
    expect(said).toEqual(['ambiguous aws_iam_user_policy_attachments_exclusive.y']);
  });

  it('name policies of this file, of AWS, and of data sources', () => {
    const { data, said } = load([
      {
        type: 'aws_iam_policy',
        name: 'own',
        values: { name_prefix: 'own-', path: '/x/', policy: allow('s3:*', '*') },
        unknown: { ...fresh, name: true },
      },
      {
        type: 'aws_iam_policy',
        name: 'copy',
        values: { name: 'copy', path: '/' },
        unknown: { ...fresh, policy: true },
        expressions: { policy: ref('aws_iam_policy.own.policy') },
      },
      {
        type: 'aws_iam_policy',
        name: 'lost',
        values: { name: 'lost', path: '/' },
        unknown: { ...fresh, policy: true },
        expressions: { policy: ref('aws_sqs_queue.q.arn') },
      },
      {
        type: 'aws_iam_policy',
        name: 'team',
        mode: 'data',
        prior: true,
        values: { name: 'team', arn: `arn:aws:iam::${account}:policy/team`, policy: allow('sqs:*', '*') },
      },
      {
        type: 'aws_iam_policy',
        name: 'aws',
        mode: 'data',
        prior: true,
        values: { name: 'ReadOnlyAccess', arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess', policy: '{}' },
      },
      newRole('app', {
        values: { managed_policy_arns: [null, 'arn:aws:iam::aws:policy/ReadOnlyAccess'] },
        unknown: { managed_policy_arns: [true, false] },
        expressions: { managed_policy_arns: ref('aws_iam_policy.own.arn') },
      }),
    ]);
    const own = { text: [`arn:aws:iam::${account}:policy/x/own-`, { hole: 'aws_iam_policy.own.name' }] };
    expect(data.principals[0]?.policies).toMatchObject([
      { arn: own },
      { arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    ]);
    expect(
      data.managedPolicies.map(({ names, document, unresolved }) => [names.at(-1), document ?? unresolved]),
    ).toEqual([
      ['aws_iam_policy.own', allow('s3:*', '*')],
      ['aws_iam_policy.copy', JSON.parse(allow('s3:*', '*'))],
      ['aws_iam_policy.lost', expect.any(String)],
      ['data.aws_iam_policy.team', allow('sqs:*', '*')],
    ]);
    expect(said).toEqual([
      'missingValue aws_iam_policy.own.name',
      'unresolvedReference aws_iam_policy.lost.policy',
    ]);
  });
});

describe('documents of older and odder plans', () => {
  const withDocument = (values: Block['values'], unknown: object, statement: object, version: Version) =>
    load(
      [
        newRole('caller'),
        newRole('target', {
          values: { assume_role_policy: undefined },
          unknown: { assume_role_policy: true },
          expressions: { assume_role_policy: ref('data.aws_iam_policy_document.d.json') },
        }),
        {
          type: 'aws_iam_policy_document',
          name: 'd',
          mode: 'data',
          values: values!,
          unknown: { json: true, statement: [unknown] },
          expressions: { statement: [statement] },
        },
      ],
      version,
    );
  const one = { actions: ['sts:AssumeRole'], principals: [{ type: 'AWS', identifiers: [null] }] };
  const open = { principals: [{ identifiers: [true] }] };
  const by = (identifiers: object) => ({ principals: [{ type: constant('AWS'), identifiers }] });

  it('up to 0.14 a role as a principal is taken for its ARN, and said', () => {
    const { data, said } = withDocument(
      { statement: [one] },
      open,
      by(ref('aws_iam_role.caller.arn')),
      '0.14',
    );
    expect(data.principals[1]).toMatchObject({
      trustPolicy: {
        document: { Statement: [{ Principal: { AWS: `arn:aws:iam::${account}:role/caller` } }] },
      },
    });
    expect(said).toEqual([
      'ambiguous data.aws_iam_policy_document.d.statement[0].principals[0].identifiers[0]',
    ]);
  });

  it('principals of which nothing is known are holes', () => {
    const { data, said, estate } = withDocument(
      { statement: [one] },
      open,
      by({ references: ['local.who'] }),
      '1.9',
    );
    const where = 'data.aws_iam_policy_document.d.statement[0].principals[0].identifiers';
    expect(data.principals[1]).toMatchObject({
      trustPolicy: { document: { Statement: [{ Principal: { AWS: { hole: `${where}[0]` } } }] } },
    });
    expect(said).toEqual([`unresolvedReference ${where}`]);
    expect(estate.can('caller', 'sts:AssumeRole', 'target').decision).toBe('depends');
  });

  it.each([
    ['principals', { actions: ['sts:AssumeRole'] }, { principals: true }],
    [
      'conditions',
      { ...one, condition: [{ test: 'StringEquals', values: ['x'] }] },
      { condition: [{ variable: true }] },
    ],
    ['conditions', { ...one, condition: null }, { condition: true }],
  ])('a statement with unknown %s cannot be written down', (_, statement, unknown) => {
    const { data } = withDocument({ statement: [statement] }, unknown, {}, '1.9');
    expect(data.principals[1]).toHaveProperty('trustPolicy.unresolved');
  });

  it('unknown sids, effects, actions and values are holes', () => {
    const { data } = withDocument(
      {
        statement: [
          {
            actions: [null],
            principals: [{ type: 'AWS', identifiers: ['*'] }],
            condition: [{ test: 'StringEquals', variable: 'aws:SourceVpce', values: [null] }],
          },
        ],
      },
      { sid: true, effect: true, actions: [true], condition: [{ values: [true] }] },
      { actions: ref('aws_iam_role.caller.arn'), condition: [{ values: ref('aws_vpc_endpoint.e.id') }] },
      '1.9',
    );
    const hole = (path: string) => ({ hole: `data.aws_iam_policy_document.d.statement[0].${path}` });
    expect(data.principals[1]).toMatchObject({
      trustPolicy: {
        document: {
          Statement: [
            {
              Sid: hole('sid'),
              Effect: hole('effect'),
              Action: hole('actions[0]'),
              Condition: { StringEquals: { 'aws:SourceVpce': hole('condition[0].values[0]') } },
            },
          ],
        },
      },
    });
  });

  it('an endpoint in a condition is the endpoint of the estate', () => {
    const { data } = load([
      newBucket('b'),
      {
        type: 'aws_vpc_endpoint',
        name: 'e',
        values: { service_name: 's3' },
        unknown: { id: true, policy: true },
        expressions: {},
      },
      {
        type: 'aws_iam_policy_document',
        name: 'd',
        mode: 'data',
        values: {
          statement: [
            {
              effect: 'Deny',
              actions: ['s3:*'],
              resources: ['arn:aws:s3:::b/*'],
              principals: [{ type: '*', identifiers: ['*'] }],
              condition: [{ test: 'StringNotEquals', variable: 'aws:SourceVpce', values: [null] }],
            },
          ],
        },
        unknown: { json: true, statement: [{ condition: [{ values: [true] }] }] },
        expressions: { statement: [{ condition: [{ values: ref('aws_vpc_endpoint.e.id') }] }] },
      },
      {
        type: 'aws_s3_bucket_policy',
        name: 'p',
        values: { bucket: 'b' },
        unknown: { policy: true },
        expressions: { policy: ref('data.aws_iam_policy_document.d.json') },
      },
    ]);
    expect(data.resources[0]?.policies).toMatchObject([
      {
        document: {
          Statement: [{ Condition: { StringNotEquals: { 'aws:SourceVpce': data.vpcEndpoints[0]!.id } } }],
        },
      },
    ]);
  });
});

describe('states of several regions', () => {
  const queue = (region: string, name: string): Block => ({
    type: 'aws_sqs_queue',
    name: `${name}-${region}`,
    values: { name, arn: `arn:aws:sqs:${region}:${account}:${name}`, policy: '' },
  });
  const text = allow('sqs:*', '*').replace('"Action"', '"Principal":"*","Action"');
  it('names find the one resource of that name, and URLs their queue', () => {
    const { data, diagnostics } = loadTerraform(
      state({
        blocks: [
          queue('eu-west-1', 'a'),
          queue('eu-west-3', 'b'),
          queue('eu-west-3', 'a'),
          {
            type: 'aws_sqs_queue_policy',
            name: 'b',
            values: { queue_url: `https://sqs.eu-west-3.amazonaws.com/${account}/b`, policy: text },
          },
          {
            type: 'aws_sqs_queue_policy',
            name: 'a',
            values: { queue_url: `https://sqs.eu-west-3.amazonaws.com/${account}/a`, policy: text },
          },
          {
            type: 'aws_sqs_queue_policy',
            name: 'c',
            values: { queue_url: 'https://sqs.us-gov-west-1.amazonaws.com/444455556666/c', policy: text },
          },
          {
            type: 'aws_lambda_function',
            name: 'f',
            values: { function_name: 'f', arn: `arn:aws:lambda:eu-west-3:${account}:function:f` },
          },
          {
            type: 'aws_lambda_permission',
            name: 'f',
            values: { function_name: 'f', principal: 's3.amazonaws.com', action: 'lambda:InvokeFunction' },
          },
        ],
      }),
    );
    const policies = Object.fromEntries(
      data.resources.map(({ arn, policies }) => [String(arn), policies.length]),
    );
    expect(policies).toEqual({
      [`arn:aws:sqs:eu-west-1:${account}:a`]: 0,
      [`arn:aws:sqs:eu-west-3:${account}:a`]: 1,
      [`arn:aws:sqs:eu-west-3:${account}:b`]: 1,
      'arn:aws-us-gov:sqs:us-gov-west-1:444455556666:c': 1,
      [`arn:aws:lambda:eu-west-3:${account}:function:f`]: 1,
    });
    // Empty text that the provider found is no policy, and nothing to talk about.
    expect(diagnostics).toEqual([]);
  });

  it('without attributes keep the thing and say so', () => {
    const { data, diagnostics } = loadTerraform(
      stateFile({ blocks: [{ type: 'aws_iam_role', name: 'x' }] }),
      {
        accountId: account,
      },
    );
    expect(data.principals[0]).toHaveProperty('trustPolicy.unresolved');
    expect(diagnostics.map(({ code }) => code)).toContain('malformed');
  });
});

describe('more of the types', () => {
  it('service-linked roles have policies that only the service knows', () => {
    const { data } = load([
      {
        type: 'aws_iam_service_linked_role',
        name: 'es',
        values: { aws_service_name: 'es.amazonaws.com' },
        unknown: { ...fresh, name: true },
      },
      {
        type: 'aws_iam_service_linked_role',
        name: 'ecs',
        actions: ['no-op'],
        values: { aws_service_name: 'ecs.amazonaws.com', name: 'AWSServiceRoleForECS' },
        unknown: {},
      },
    ]);
    expect(data.principals).toMatchObject([
      {
        arn: {
          text: [
            `arn:aws:iam::${account}:role/aws-service-role/es.amazonaws.com/`,
            { hole: 'aws_iam_service_linked_role.es.name' },
          ],
        },
        policies: [{ unresolved: expect.any(String) }],
      },
      { arn: `arn:aws:iam::${account}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS` },
    ]);
  });

  it('boundaries, parameters, secrets and things with a region of their own have their ARNs', () => {
    const { data } = load([
      {
        type: 'aws_iam_policy',
        name: 'b',
        values: { name: 'b', path: '/', policy: allow('*', '*') },
        unknown: fresh,
      },
      newRole('app', {
        values: { permissions_boundary: undefined },
        unknown: { permissions_boundary: true },
        expressions: { permissions_boundary: ref('aws_iam_policy.b.arn') },
      }),
      { type: 'aws_ssm_parameter', name: 'p', values: { name: 'plain' }, unknown: { arn: true } },
      {
        type: 'aws_ssm_parameter',
        name: 'q',
        values: { name: '/a/b', region: 'ap-south-1' },
        unknown: { arn: true },
      },
      {
        type: 'aws_secretsmanager_secret',
        name: 's',
        values: { name: 's' },
        unknown: { arn: true, policy: true },
      },
    ]);
    expect(data.principals[0]).toMatchObject({
      permissionsBoundary: { arn: `arn:aws:iam::${account}:policy/b` },
    });
    expect(data.resources.map(({ arn }) => arn)).toEqual(
      expect.arrayContaining([
        `arn:aws:ssm:eu-west-1:${account}:parameter/plain`,
        `arn:aws:ssm:ap-south-1:${account}:parameter/a/b`,
        {
          text: [
            `arn:aws:secretsmanager:eu-west-1:${account}:secret:s-`,
            { hole: 'aws_secretsmanager_secret.s.arn suffix' },
          ],
        },
      ]),
    );
  });

  it('a policy on a bucket that nobody can follow may be on every new one', () => {
    const { data, estate, said } = load([
      newBucket('b'),
      newRole('app'),
      {
        type: 'aws_iam_role_policy',
        name: 'p',
        values: { name: 'p', role: 'app', policy: allow('s3:*', '*') },
      },
      {
        type: 'aws_s3_bucket_policy',
        name: 'x',
        values: { policy: deny('s3:*').replace('"Action"', '"Principal":"*","Action"') },
        unknown: { bucket: true },
        expressions: { bucket: { references: ['local.bucket'] } },
      },
    ]);
    expect(said).toEqual(['unresolvedReference aws_s3_bucket_policy.x.bucket']);
    expect(data.resources).toHaveLength(2);
    expect(estate.can('app', 's3:GetObject', 'arn:aws:s3:::b/k').decision).toBe('depends');
  });

  it('inline policies whose blocks are not known yet are unresolved', () => {
    const { data } = load([
      newRole('app', {
        unknown: { inline_policy: true },
        expressions: { inline_policy: [{ name: ref('local.x') }] },
      }),
      newRole('two', {
        values: { inline_policy: [{ name: 'a' }] },
        unknown: { inline_policy: [{ policy: true }] },
        expressions: { inline_policy: [{ name: constant('a'), policy: ref('aws_sqs_queue.q.arn') }] },
      }),
      newRole('three', { expressions: { managed_policy_arns: { references: ['local.arns'] } } }),
    ]);
    expect(data.principals.map(({ policies }) => policies.map((one) => 'unresolved' in one))).toEqual([
      [true],
      [true],
      [true],
    ]);
    expect(trust('x')).toBeDefined();
  });
});

describe('policies that refer to other things', () => {
  const policyBy = (policy: object, blocks: readonly Block[], given?: Record<string, unknown>) =>
    loadTerraform(
      plan({
        ...(given === undefined ? {} : { given }),
        blocks: [
          newRole('app'),
          ...blocks,
          {
            type: 'aws_iam_role_policy',
            name: 'p',
            values: { name: 'p', role: 'app' },
            unknown: { policy: true },
            expressions: { policy },
          },
        ],
      }),
      { accountId: account },
    ).data.principals[0]!.policies;
  const document = (name: string, values: Block['values'], unknown: object, expressions: object): Block => ({
    type: 'aws_iam_policy_document',
    name,
    mode: 'data',
    values: { statement: [], ...values },
    unknown: { json: true, ...unknown },
    expressions: expressions as never,
  });
  const top = ref('data.aws_iam_policy_document.top.json');
  const base = document('base', { json: allow('s3:GetObject', '*') }, { json: false }, {});
  const baseRef = ref('data.aws_iam_policy_document.base.json');

  it('take single documents that they are laid over', () => {
    const known = [{ document: { Statement: [{ Action: 's3:GetObject' }] } }];
    expect(
      policyBy(top, [base, document('top', {}, { source_json: true }, { source_json: baseRef })]),
    ).toMatchObject(known);
    expect(
      policyBy(top, [base, document('top', {}, { override_json: true }, { override_json: baseRef })]),
    ).toMatchObject(known);
  });

  it.each<[string, Block['values'], object, object]>([
    ['a list of unknown length', {}, { source_policy_documents: true }, { source_policy_documents: baseRef }],
    [
      'more unknown items than references',
      { source_policy_documents: [null, null] },
      {},
      { source_policy_documents: baseRef },
    ],
    ['text that is no JSON', { source_policy_documents: ['nonsense'] }, {}, {}],
    ['an unknown version', {}, { version: true }, {}],
    ['itself', { source_policy_documents: [null] }, {}, { source_policy_documents: top }],
    [
      'something else',
      { source_json: null },
      { source_json: true },
      { source_json: ref('aws_iam_role.app.arn') },
    ],
  ])('are unresolved over %s', (_, values, unknown, expressions) => {
    const [policy, ...others] = policyBy(top, [base, document('top', values, unknown, expressions)]);
    expect(policy).toHaveProperty('unresolved');
    expect(others).toEqual([]);
  });

  it('are the value of a variable, when that is known', () => {
    const variable = { references: ['var.policy'] };
    expect(policyBy(variable, [], { policy: allow('s3:*', '*') })).toMatchObject([
      { document: { Statement: [{ Action: 's3:*' }] } },
    ]);
    expect(policyBy(variable, [], { policy: 'nonsense' })[0]).toHaveProperty('unresolved');
    expect(policyBy(variable, [])[0]).toHaveProperty('unresolved');
  });

  it.each([
    [
      'several documents',
      ref('data.aws_iam_policy_document.base.json', 'data.aws_iam_policy_document.top.json'),
    ],
    ['another attribute of a document', ref('data.aws_iam_policy_document.base.id')],
    ['the policy of a policy that refers to itself', ref('aws_iam_policy.loop.policy')],
    ['a policy of nothing', ref('aws_iam_policy.none.policy')],
    ['all instances of a document', ref('data.aws_iam_policy_document.many')],
  ])('are unresolved by %s', (_, policy) => {
    const looped = (name: string, expressions: object): Block => ({
      type: 'aws_iam_policy',
      name,
      values: { name, path: '/' },
      unknown: { policy: true },
      expressions: expressions as never,
    });
    const many = [0, 1].map((index) => ({ ...base, name: 'many', index }));
    const blocks = [
      base,
      document('top', {}, {}, {}),
      looped('loop', { policy: ref('aws_iam_policy.loop.policy') }),
      looped('none', {}),
      ...many,
    ];
    expect(policyBy(policy, blocks)).toMatchObject([{ unresolved: expect.any(String) }]);
  });

  it('only in resource_changes are read without planned values', () => {
    const { data } = loadTerraform({
      format_version: '1.2',
      resource_changes: [
        {
          address: 'aws_iam_role_policy.p',
          mode: 'managed',
          type: 'aws_iam_role_policy',
          name: 'p',
          change: {
            actions: ['create'],
            before: null,
            after: { name: 'p', role: 'app' },
            after_unknown: { id: true, policy: true },
          },
        },
      ],
      configuration: {
        root_module: {
          resources: [
            {
              address: 'aws_iam_role_policy.p',
              mode: 'managed',
              type: 'aws_iam_role_policy',
              name: 'p',
              expressions: { policy: ref('aws_s3_bucket.b.arn'), role: ref('aws_iam_role.app.name') },
            },
          ],
        },
      },
    });
    expect(data.attachments).toMatchObject([
      { kind: 'role', target: 'app', policy: { unresolved: expect.any(String) } },
    ]);
  });

  it('without marks of what is unknown: an argument that is written but has no value is', () => {
    const { data } = loadTerraform(
      {
        format_version: '0.1',
        planned_values: {
          root_module: {
            resources: [
              {
                address: 'aws_s3_bucket.b',
                mode: 'managed',
                type: 'aws_s3_bucket',
                name: 'b',
                values: { bucket: 'b' },
              },
              {
                address: 'aws_s3_bucket.c',
                mode: 'managed',
                type: 'aws_s3_bucket',
                name: 'c',
                values: { bucket: 'c' },
              },
            ],
          },
        },
        configuration: {
          root_module: {
            resources: [
              {
                mode: 'managed',
                type: 'aws_s3_bucket',
                name: 'b',
                expressions: { policy: ref('local.policy') },
              },
              { mode: 'managed', type: 'aws_s3_bucket', name: 'c', expressions: {} },
            ],
          },
        },
      },
      { accountId: account },
    );
    expect(data.resources.map(({ policies }) => policies.length)).toEqual([1, 0]);
  });
});
