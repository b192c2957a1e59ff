import { describe, expect, it } from 'vitest';
import { loadTerraform } from '../../../src/load/terraform/load-terraform.js';
import { Estate } from '../../../src/query/estate.js';
import { allow, constant, newBucket, newRole, plan, ref, state, stateFile, trust } from './plan-builder.js';

const account = '111122223333';
const options = { accountId: account, region: 'eu-west-1' };
const load = (input: string | object, more: object = {}) => {
  const { data, diagnostics } = loadTerraform(input, { ...options, ...more });
  return { data, diagnostics, estate: new Estate(data) };
};
const codes = (diagnostics: readonly { code: string; path: string }[]) =>
  diagnostics.map(({ code, path }) => `${code} ${path}`);

describe('links known only after apply', () => {
  const blocks = [
    newRole('app'),
    newBucket('reports'),
    {
      type: 'aws_iam_role_policy',
      name: 'read',
      values: { name: 'read', policy: allow('s3:GetObject', 'arn:aws:s3:::reports/*') },
      unknown: { id: true, role: true },
      expressions: { name: constant('read'), role: ref('aws_iam_role.app.id'), policy: {} },
    },
    {
      type: 'aws_s3_bucket_policy',
      name: 'guard',
      values: {
        policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::reports/secret/*' },
          ],
        }),
      },
      unknown: { bucket: true, id: true },
      expressions: { bucket: ref('aws_s3_bucket.reports.id'), policy: {} },
    },
  ];

  it.each(['0.12', '0.13', '0.14', '0.15', '1.0', '1.3', '1.5', '1.9', '1.12'] as const)(
    'are followed through the references of Terraform %s',
    (version) => {
      const { data, diagnostics, estate } = load(plan({ version, blocks }));
      expect(diagnostics).toEqual([]);
      expect(data.attachments).toEqual([]);
      expect(estate.can('app', 's3:GetObject', 'arn:aws:s3:::reports/a').decision).toBe('allowed');
      expect(estate.can('aws_iam_role.app', 's3:GetObject', 'arn:aws:s3:::reports/secret/a').decision).toBe(
        'explicitDeny',
      );
      expect(estate.can('app', 's3:PutObject', 'arn:aws:s3:::reports/a').decision).toBe('implicitDeny');
    },
  );

  it('lead out of the file: kept as attachments', () => {
    const { data } = load(
      plan({
        blocks: [
          {
            type: 'aws_iam_role_policy_attachment',
            name: 'a',
            values: { role: 'elsewhere', policy_arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
          },
          {
            type: 'aws_iam_user_policy',
            name: 'u',
            values: { name: 'p', user: 'ana', policy: allow('s3:*', '*') },
          },
        ],
      }),
    );
    expect(data.attachments.map(({ kind, target }) => [kind, target])).toEqual([
      ['role', 'elsewhere'],
      ['user', 'ana'],
    ]);
  });

  it('that nobody can follow are holes, and said', () => {
    const { data, diagnostics } = load(
      plan({
        blocks: [
          {
            type: 'aws_iam_role_policy',
            name: 'p',
            values: { name: 'p', policy: allow('s3:*', '*') },
            unknown: { role: true },
            expressions: { role: ref('local.role_name') },
          },
        ],
      }),
    );
    expect(data.attachments[0]?.target).toEqual({ hole: 'aws_iam_role_policy.p.role' });
    expect(codes(diagnostics)).toContain('unresolvedReference aws_iam_role_policy.p.role');
  });
});

describe('a policy that is computed', () => {
  const computed = (policy: object, more: readonly object[] = []) =>
    load(
      plan({
        blocks: [
          newRole('app'),
          newBucket('reports'),
          ...(more as never[]),
          {
            type: 'aws_iam_role_policy',
            name: 'p',
            values: { name: 'p', role: 'app' },
            unknown: { id: true, policy: true },
            expressions: { role: ref('aws_iam_role.app.name'), policy },
          },
        ],
      }),
    );

  it('by an expression is unresolved, never absent', () => {
    const { data, diagnostics, estate } = computed(ref('aws_s3_bucket.reports.arn'));
    const [role] = data.principals;
    expect(role?.policies).toHaveLength(1);
    expect(role?.policies[0]).toHaveProperty('unresolved');
    expect(codes(diagnostics)).toEqual(['unresolvedReference aws_iam_role_policy.p.policy']);
    expect(estate.can('app', 's3:GetObject', 'arn:aws:s3:::reports/a').decision).toBe('depends');
  });

  it('by a constant expression without value is unresolved too', () => {
    expect(computed({}).data.principals[0]?.policies[0]).toHaveProperty('unresolved');
  });

  const document = {
    type: 'aws_iam_policy_document',
    name: 'doc',
    mode: 'data' as const,
    values: {
      statement: [
        {
          sid: 'Read',
          effect: 'Allow',
          actions: ['s3:GetObject'],
          resources: [null],
          not_actions: null,
          not_resources: null,
          principals: [],
          not_principals: [],
          condition: [],
        },
        { sid: null, effect: 'Deny', actions: ['s3:DeleteObject'], resources: ['*'], condition: [] },
      ],
      version: null,
    },
    unknown: { id: true, json: true, minified_json: true, statement: [{ resources: [true] }, {}] },
    expressions: {
      statement: [
        {
          sid: constant('Read'),
          actions: constant(['s3:GetObject']),
          resources: ref('aws_s3_bucket.reports.arn'),
        },
        { effect: constant('Deny'), actions: constant(['s3:DeleteObject']), resources: constant(['*']) },
      ],
    },
  };

  it('by a data source is rebuilt from its blocks', () => {
    const { estate, diagnostics, data } = computed(ref('data.aws_iam_policy_document.doc.json'), [document]);
    expect(diagnostics).toEqual([]);
    expect(data.principals[0]?.policies[0]).toMatchObject({
      name: 'p',
      document: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'Read',
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: {
              text: [
                'arn:aws:s3:::reports',
                { hole: 'data.aws_iam_policy_document.doc.statement[0].resources[0]' },
              ],
            },
          },
          { Effect: 'Deny', Action: 's3:DeleteObject', Resource: '*' },
        ],
      },
    });
    // The reference does not tell whether `/*` follows.
    expect(estate.can('app', 's3:GetObject', 'arn:aws:s3:::reports/a').decision).toBe('depends');
    expect(estate.can('app', 's3:GetObject', 'arn:aws:s3:::others/a').decision).toBe('implicitDeny');
    expect(estate.can('app', 's3:DeleteObject', 'arn:aws:s3:::reports/a').decision).toBe('explicitDeny');
    expect(estate.can('app', 's3:PutObject', 'arn:aws:s3:::reports/a').decision).toBe('implicitDeny');
  });

  it('by a data source that has not been read at all is unresolved', () => {
    const { data } = computed(ref('data.aws_iam_policy_document.lost.json'));
    expect(data.principals[0]?.policies[0]).toHaveProperty('unresolved');
  });

  it('with statement blocks of unknown number is unresolved beside what is known', () => {
    const open = { ...document, values: {}, unknown: { json: true, statement: true } };
    const { estate, data } = computed(ref('data.aws_iam_policy_document.doc.json'), [open]);
    expect(data.principals[0]?.policies.some((one) => 'unresolved' in one)).toBe(true);
    expect(estate.can('app', 's3:GetObject', 'arn:aws:s3:::reports/a').decision).toBe('depends');
  });
});

describe('what a plan cannot know', () => {
  it('a role whose name is unknown is there, and has a hole for a name', () => {
    const { data, diagnostics, estate } = load(
      plan({
        blocks: [
          newRole('x', {
            values: { name: undefined, name_prefix: 'app-' },
            unknown: { name: true, name_prefix: false },
          }),
          {
            type: 'aws_iam_role_policy',
            name: 'p',
            values: { name: 'p', policy: allow('s3:GetObject', 'arn:aws:s3:::b/*') },
            unknown: { role: true },
            expressions: { role: ref('aws_iam_role.x.name') },
          },
        ],
      }),
    );
    expect(data.principals[0]).toMatchObject({
      arn: { text: [`arn:aws:iam::${account}:role/app-`, { hole: 'aws_iam_role.x.name' }] },
      names: ['aws_iam_role.x'],
    });
    expect(codes(diagnostics)).toEqual(['missingValue aws_iam_role.x.name']);
    expect(estate.can('aws_iam_role.x', 's3:GetObject', 'arn:aws:s3:::b/k').decision).toBe('allowed');
  });

  it('a trust policy that is read during apply is unresolved', () => {
    const { data, estate } = load(
      plan({
        blocks: [
          newRole('app', {
            values: { assume_role_policy: undefined },
            unknown: { assume_role_policy: true },
            expressions: { assume_role_policy: ref('data.aws_iam_policy_document.later.json') },
          }),
        ],
      }),
    );
    expect(data.principals[0]).toHaveProperty('trustPolicy.unresolved');
    expect(estate.can('lambda.amazonaws.com', 'sts:AssumeRole', 'app').decision).toBe('depends');
  });

  it('a principal of a trust policy is the role that it refers to', () => {
    const { estate, diagnostics } = load(
      plan({
        blocks: [
          newRole('caller', {
            values: { inline_policy: [{ name: 'assume', policy: allow('sts:AssumeRole', '*') }] },
            unknown: { inline_policy: [{}] },
            expressions: { inline_policy: [{ name: constant('assume'), policy: {} }] },
          }),
          newRole('stranger', {
            values: { inline_policy: [{ name: 'assume', policy: allow('sts:AssumeRole', '*') }] },
            unknown: { inline_policy: [{}] },
            expressions: { inline_policy: [{ name: constant('assume'), policy: {} }] },
          }),
          newRole('target', {
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
                { actions: ['sts:AssumeRole'], principals: [{ type: 'AWS', identifiers: [null] }] },
              ],
            },
            unknown: { json: true, statement: [{ principals: [{ identifiers: [true] }] }] },
            expressions: {
              statement: [
                {
                  actions: constant(['sts:AssumeRole']),
                  principals: [{ type: constant('AWS'), identifiers: ref('aws_iam_role.caller.arn') }],
                },
              ],
            },
          },
        ],
      }),
    );
    expect(diagnostics).toEqual([]);
    expect(estate.can('caller', 'sts:AssumeRole', 'target').decision).toBe('allowed');
    expect(estate.can('stranger', 'sts:AssumeRole', 'target').decision).toBe('implicitDeny');
  });

  it('the account and region, unless the caller or the file says so', () => {
    const blocks = [
      newRole('app'),
      { type: 'aws_sqs_queue', name: 'q', values: { name: 'q' }, unknown: { arn: true } },
    ];
    const nobody = loadTerraform(plan({ blocks }));
    expect(codes(nobody.diagnostics)).toEqual([
      'missingValue options.accountId',
      'missingValue options.region',
    ]);
    expect(nobody.data.resources[0]?.arn).toBe('arn:aws:sqs:us-east-1:123456789012:q');
    const data = [
      {
        type: 'aws_caller_identity',
        name: 'me',
        mode: 'data' as const,
        prior: true,
        values: { account_id: '012345678901' },
      },
      {
        type: 'aws_region',
        name: 'here',
        mode: 'data' as const,
        prior: true,
        values: { name: 'cn-north-1' },
      },
      {
        type: 'aws_partition',
        name: 'here',
        mode: 'data' as const,
        prior: true,
        values: { partition: 'aws-cn' },
      },
    ];
    const learned = loadTerraform(plan({ blocks: [...blocks, ...data] }));
    expect(learned.diagnostics).toEqual([]);
    expect(learned.data.resources[0]?.arn).toBe('arn:aws-cn:sqs:cn-north-1:012345678901:q');
    expect(learned.data.accounts).toEqual([{ id: '012345678901', partition: 'aws-cn' }]);
    const provider = loadTerraform(
      plan({
        blocks,
        given: { region: 'us-gov-west-1' },
        providers: {
          aws: {
            name: 'aws',
            expressions: {
              region: { references: ['var.region'] },
              assume_role: [{ role_arn: constant('arn:aws-us-gov:iam::444455556666:role/deploy') }],
            },
          },
        },
      }),
    );
    expect(provider.data.resources[0]?.arn).toBe('arn:aws-us-gov:sqs:us-gov-west-1:444455556666:q');
  });
});

describe('policy texts', () => {
  it('may have CRLF, white space around them, or nothing in them', () => {
    const text = `\r\n  ${allow('s3:GetObject', '*').replaceAll(',', ',\r\n')}  \r\n`;
    const { estate, diagnostics } = load(
      plan({
        blocks: [
          newRole('app'),
          { type: 'aws_iam_role_policy', name: 'p', values: { name: 'p', role: 'app', policy: text } },
          { type: 'aws_iam_role_policy', name: 'q', values: { name: 'q', role: 'app', policy: '' } },
          newBucket('b', {
            values: { policy: `   ${allow('s3:*', '*').replace('"Action"', '"Principal":"*","Action"')}` },
            unknown: { policy: false },
            expressions: { policy: {} },
          }),
          {
            type: 'aws_s3_bucket_public_access_block',
            name: 'b',
            values: { bucket: 'b', restrict_public_buckets: false },
          },
        ],
      }),
    );
    expect(estate.can('app', 's3:GetObject', 'arn:aws:s3:::x/y').decision).toBe('allowed');
    expect(codes(diagnostics)).toEqual(['ignored aws_iam_role_policy.q.policy']);
    expect(estate.can('anonymous', 's3:GetObject', 'arn:aws:s3:::b/y').decision).toBe('allowed');
  });

  it('that are no JSON are unresolved and said', () => {
    const { data, diagnostics } = load(
      plan({
        blocks: [
          newRole('app'),
          {
            type: 'aws_iam_role_policy',
            name: 'p',
            values: { name: 'p', role: 'app', policy: '{"Version":' },
          },
          { type: 'aws_iam_role_policy', name: 'l', values: { name: 'l', role: 'app', policy: '[]' } },
        ],
      }),
    );
    expect(codes(diagnostics)).toEqual([
      'malformed aws_iam_role_policy.p.policy',
      'malformed aws_iam_role_policy.l.policy',
    ]);
    expect(data.principals[0]?.policies.every((one) => 'unresolved' in one)).toBe(true);
  });
});

describe('roles and users', () => {
  it('placeholders in inline_policy are ignored and said', () => {
    const { data, diagnostics } = load(
      plan({
        blocks: [
          newRole('app', {
            values: {
              inline_policy: [
                { name: '', policy: '' },
                { name: 'empty', policy: '' },
                { name: 'real', policy: allow('s3:*', '*') },
              ],
            },
            unknown: { inline_policy: [{}, {}, {}] },
          }),
        ],
      }),
    );
    expect(data.principals[0]?.policies).toHaveLength(1);
    expect(codes(diagnostics)).toEqual([
      'ignored aws_iam_role.app.inline_policy[0]',
      'ignored aws_iam_role.app.inline_policy[1]',
    ]);
  });

  it('empty strings in the lists of aws_iam_policy_attachment concern nobody', () => {
    const { data, diagnostics, estate } = load(
      plan({
        blocks: [
          newRole('app'),
          {
            type: 'aws_iam_user',
            name: 'ana',
            values: { name: 'ana', path: '/system/' },
            unknown: { arn: true },
          },
          { type: 'aws_iam_group', name: 'dev', values: { name: 'dev', path: '/' }, unknown: { arn: true } },
          {
            type: 'aws_iam_group_membership',
            name: 'm',
            values: { name: 'm', group: 'dev', users: ['ana', ''] },
          },
          {
            type: 'aws_iam_policy',
            name: 'p',
            values: { name: 'p', path: '/', policy: allow('s3:GetObject', '*') },
            unknown: { arn: true, id: true },
          },
          {
            type: 'aws_iam_policy_attachment',
            name: 'all',
            values: { name: 'all', users: [''], roles: ['app', ''], groups: [null] },
            unknown: { policy_arn: true, groups: [true] },
            expressions: { policy_arn: ref('aws_iam_policy.p.arn'), groups: ref('aws_iam_group.dev.name') },
          },
        ],
      }),
    );
    expect(data.attachments).toEqual([]);
    expect(codes(diagnostics)).toEqual([
      'ignored aws_iam_policy_attachment.all.roles[1]',
      'ignored aws_iam_policy_attachment.all.users[0]',
      'ignored aws_iam_group_membership.m.users[1]',
    ]);
    expect(data.principals.find(({ kind }) => kind === 'user')?.arn).toBe(
      `arn:aws:iam::${account}:user/system/ana`,
    );
    expect(estate.can('ana', 's3:GetObject', 'arn:aws:s3:::x/y').decision).toBe('allowed');
    expect(estate.can('app', 's3:GetObject', 'arn:aws:s3:::x/y').decision).toBe('allowed');
  });

  it('tags_all holds the default tags of the provider; without any it is what tags is', () => {
    const tags = (values: object, unknown: object, providers?: object) =>
      load(
        plan({
          blocks: [newRole('app', { values: values as never, unknown: unknown as never })],
          ...(providers === undefined ? {} : { providers: providers as never }),
        }),
      ).data.principals[0];
    expect(tags({ tags: { a: '1' }, tags_all: { a: '1', team: 'x' } }, { tags_all: {} })).toMatchObject({
      tags: { a: '1', team: 'x' },
    });
    const plain = tags({ tags: { a: '1' } }, { tags_all: true });
    expect(plain).toMatchObject({ tags: { a: '1' } });
    expect(plain).not.toHaveProperty('tagsUnresolved');
    const provider = (tags: unknown) => ({ aws: { name: 'aws', expressions: { default_tags: [{ tags }] } } });
    expect(tags({ tags: null }, { tags_all: true }, provider(constant({ team: 'x' })))).toMatchObject({
      tags: { team: 'x' },
    });
    expect(tags({ tags: null }, { tags_all: true }, provider(ref('var.tags')))).toHaveProperty(
      'tagsUnresolved',
      true,
    );
    expect(tags({ tags: {} }, { tags: { id: true }, tags_all: { id: true } })).toMatchObject({
      tags: { id: { hole: 'aws_iam_role.app.tags.id' } },
    });
  });

  it('exclusive lists attach, and name inline policies that no block writes', () => {
    const { data, diagnostics } = load(
      plan({
        blocks: [
          newRole('app'),
          {
            type: 'aws_iam_role_policy',
            name: 'p',
            values: { name: 'p', role: 'app', policy: allow('s3:*', '*') },
          },
          {
            type: 'aws_iam_role_policies_exclusive',
            name: 'x',
            values: { role_name: 'app', policy_names: ['other'] },
          },
          {
            type: 'aws_iam_role_policy_attachments_exclusive',
            name: 'y',
            values: { role_name: 'app', policy_arns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] },
          },
        ],
      }),
    );
    expect(data.principals[0]?.policies.map((one) => ('arn' in one ? one.arn : one.name))).toEqual([
      'p',
      'other',
      'arn:aws:iam::aws:policy/ReadOnlyAccess',
    ]);
    expect(codes(diagnostics)).toEqual([
      'unresolvedReference aws_iam_role_policies_exclusive.x.policy_names',
      'ambiguous aws_iam_role_policies_exclusive.x',
    ]);
  });
});

describe('what changes', () => {
  it('deleted things are not in the estate, nor in lists that still name them', () => {
    const { data } = load(
      plan({
        blocks: [
          newRole('app', {
            actions: ['no-op'],
            values: {
              arn: `arn:aws:iam::${account}:role/app`,
              inline_policy: [{ name: 'old', policy: allow('s3:*', '*') }],
              managed_policy_arns: [
                'arn:aws:iam::aws:policy/AdministratorAccess',
                'arn:aws:iam::aws:policy/ReadOnlyAccess',
              ],
            },
            unknown: { arn: false, inline_policy: false, managed_policy_arns: false, tags_all: false },
          }),
          newRole('gone', { actions: ['delete'] }),
          {
            type: 'aws_iam_role_policy',
            name: 'old',
            actions: ['delete'],
            before: { name: 'old', role: 'app', policy: allow('s3:*', '*') },
          },
          {
            type: 'aws_iam_role_policy_attachment',
            name: 'old',
            actions: ['delete'],
            before: { role: 'app', policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
          },
          newBucket('b', {
            actions: ['no-op'],
            values: { policy: allow('s3:*', '*').replace('"Action"', '"Principal":"*","Action"') },
            unknown: { policy: false },
          }),
          {
            type: 'aws_s3_bucket_policy',
            name: 'old',
            actions: ['delete'],
            before: { bucket: 'b', policy: '{}' },
          },
        ],
      }),
    );
    expect(data.principals.map(({ name }) => name)).toEqual(['app']);
    expect(data.principals[0]?.policies).toMatchObject([{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }]);
    expect(data.resources[0]?.policies).toEqual([]);
  });

  it('replaced, updated and forgotten things are as they will be; deposed ones are gone', () => {
    const input = plan({
      blocks: [
        newRole('a', { actions: ['delete', 'create'] }),
        newRole('b', { actions: ['create', 'delete'] }),
        newRole('c', { actions: ['update'], values: { path: '/new/' }, before: { path: '/old/' } }),
        newRole('d', {
          actions: ['forget'],
          before: { name: 'd', path: '/kept/', assume_role_policy: trust('x.amazonaws.com') },
        }),
      ],
    });
    const deposed = {
      ...input.resource_changes[0]!,
      deposed: 'abc',
      change: { actions: ['delete'], before: {}, after: null },
    };
    const { data, diagnostics } = load({ ...input, resource_changes: [...input.resource_changes, deposed] });
    expect(data.principals.map(({ arn }) => arn)).toEqual([
      `arn:aws:iam::${account}:role/a`,
      `arn:aws:iam::${account}:role/b`,
      `arn:aws:iam::${account}:role/new/c`,
      `arn:aws:iam::${account}:role/kept/d`,
    ]);
    expect(codes(diagnostics)).toEqual(['ignored aws_iam_role.d']);
  });

  it('drift, errors and deferred changes are said', () => {
    const more = { resource_drift: [{ address: 'aws_iam_role.a' }], errored: true, deferred_changes: [{}] };
    expect(codes(load(plan({ more })).diagnostics)).toEqual([
      'ignored terraform.resource_drift',
      'missingValue terraform.errored',
      'missingValue terraform.deferred_changes',
    ]);
  });

  it('resources without values are there', () => {
    const { data } = load({
      format_version: '0.1',
      planned_values: {
        root_module: {
          resources: [{ address: 'aws_s3_bucket.b', mode: 'managed', type: 'aws_s3_bucket', name: 'b' }],
        },
      },
    });
    expect(data.resources[0]?.arn).toEqual({ text: ['arn:aws:s3:::', { hole: 'aws_s3_bucket.b.bucket' }] });
  });
});

describe('states', () => {
  const module = {
    blocks: [
      {
        type: 'aws_iam_role',
        name: 'app',
        index: 'p1',
        values: {
          name: 'app',
          arn: 'arn:aws:iam::012345678901:role/app',
          path: '/',
          assume_role_policy: trust('ec2.amazonaws.com'),
          inline_policy: [{ name: 'p', policy: allow('s3:GetObject', '*') }],
          managed_policy_arns: [],
          permissions_boundary: '',
        },
      },
      {
        type: 'aws_iam_role_policy',
        name: 'p',
        values: { name: 'p', role: 'app', policy: allow('s3:GetObject', '*') },
      },
    ],
    modules: {
      data: {
        keys: [0],
        blocks: [
          {
            type: 'aws_sns_topic',
            name: 't',
            values: { name: 't', arn: 'arn:aws:sns:eu-west-3:012345678901:t', policy: '' },
          },
        ],
      },
    },
  };
  it('of both forms are read alike', () => {
    const shown = loadTerraform(state(module));
    const file = loadTerraform(stateFile(module));
    expect(file.data).toEqual(shown.data);
    expect(shown.data.principals[0]).toMatchObject({
      account: '012345678901',
      names: ['app', 'aws_iam_role.app["p1"]'],
    });
    expect(shown.data.principals[0]?.policies).toHaveLength(1);
    expect(shown.data.resources[0]).toMatchObject({ names: ['t', 'module.data[0].aws_sns_topic.t'] });
    expect(new Estate(shown.data).can('app', 's3:GetObject', 'arn:aws:s3:::a/b').decision).toBe('allowed');
  });

  it('that are empty are empty estates', () => {
    expect(loadTerraform({ format_version: '1.0' }).data.principals).toEqual([]);
  });
});
