import { describe, expect, it } from 'vitest';
import { loadAuthorizationDetails } from '../../../src/load/authorization-details/load-authorization-details.js';
import { Estate } from '../../../src/query/index.js';

const one = '111111111111';
const arn = (rest: string, account = one) => `arn:aws:iam::${account}:${rest}`;
const allow = (Action: string) => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action, Resource: '*' },
});
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
/** RFC 3986, as the API itself sends it. */
const encoded = (value: unknown) =>
  encodeURIComponent(JSON.stringify(value)).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
const user = (name: string, more: object = {}) => ({
  Path: '/',
  UserName: name,
  UserId: 'AIDA',
  Arn: arn(`user/${name}`),
  CreateDate: '2024-01-02 03:04:05',
  Tags: [],
  ...more,
});
const role = (name: string, more: object = {}) => ({
  Path: '/',
  RoleName: name,
  Arn: arn(`role/${name}`),
  AssumeRolePolicyDocument: trust,
  Tags: [],
  ...more,
});
const load = (input: unknown, options = {}) => {
  const { data, diagnostics } = loadAuthorizationDetails(input, options);
  return { data, diagnostics, estate: new Estate(data) };
};

describe('documents', () => {
  const inline = (PolicyDocument: unknown) => ({
    UserDetailList: [user('ana', { UserPolicyList: [{ PolicyName: 'p', PolicyDocument }] })],
  });

  it.each([
    ['an object', allow('s3:*')],
    ['JSON text', JSON.stringify(allow('s3:*'))],
    ['URL-encoded text', encoded(allow('s3:*'))],
    ['text with line ends around it', `\r\n ${JSON.stringify(allow('s3:*'))}\r\n`],
  ])('%s', (_, document) => {
    const { estate, diagnostics } = load(JSON.stringify(inline(document)));
    expect(diagnostics).toEqual([]);
    expect(estate.can('ana', 's3:ListAllMyBuckets').decision).toBe('allowed');
    expect(estate.can('ana', 'ec2:RunInstances').decision).toBe('implicitDeny');
  });

  it.each([
    ['no text', undefined, 'missingValue', 'no text'],
    ['an empty text', '', 'missingValue', 'no text'],
    ['what is no JSON', '%7B%22', 'malformed', 'not JSON'],
    ['broken encoding', '%E0%A4%A', 'malformed', 'not JSON'],
    ['what IAM refuses', { Statement: [{ Effect: 'Allow', Action: 's3' }] }, 'malformed', 'resource'],
  ])('%s: the answer depends on it, and a diagnostic says where', (_, document, code, message) => {
    const { estate, diagnostics } = load(inline(document), { file: 'a.json' });
    expect(diagnostics[0]).toMatchObject({ code, file: 'a.json' });
    expect(diagnostics.map((one) => one.message.toLowerCase()).join()).toContain(message.toLowerCase());
    expect(diagnostics[0]?.path).toContain('input.UserDetailList[0].UserPolicyList[0].PolicyDocument');
    expect(estate.can('ana', 's3:ListAllMyBuckets').decision).toBe('depends');
  });
});

describe('managed policies', () => {
  const managed = (versions: object[], more = {}) => ({
    UserDetailList: [
      user('ana', { AttachedManagedPolicies: [{ PolicyName: 'p', PolicyArn: arn('policy/p') }] }),
    ],
    Policies: [{ PolicyName: 'p', Arn: arn('policy/p'), PolicyVersionList: versions, ...more }],
  });
  const version = (VersionId: string, action: string, IsDefaultVersion?: boolean | string) => ({
    VersionId,
    IsDefaultVersion,
    Document: allow(action),
  });

  it.each([
    ['the marked one', [version('v1', 'ec2:*', false), version('v2', 's3:*', true)], {}],
    ['marked by text', [version('v1', 'ec2:*', 'false'), version('v2', 's3:*', 'true')], {}],
    [
      'the one that the policy names',
      [version('v1', 'ec2:*'), version('v2', 's3:*')],
      { DefaultVersionId: 'v2' },
    ],
    ['the only one', [version('v9', 's3:*')], {}],
  ])('%s of several versions is in force', (_, versions, more) => {
    const { estate, diagnostics } = load(managed(versions, more));
    expect(diagnostics).toEqual([]);
    expect(estate.can('ana', 's3:ListAllMyBuckets').decision).toBe('allowed');
    expect(estate.can('ana', 'ec2:RunInstances').decision).toBe('implicitDeny');
  });

  it('without a default version it depends', () => {
    for (const versions of [
      [],
      [version('v1', 's3:*', false)],
      [version('v1', 's3:*', true), version('v2', 's3:*', true)],
      [{ VersionId: 'v1', IsDefaultVersion: true }],
    ]) {
      const { estate, diagnostics } = load(managed(versions));
      expect(diagnostics.map(({ code }) => code)).toEqual(['missingValue']);
      expect(estate.can('ana', 's3:ListAllMyBuckets').decision).toBe('depends');
    }
  });

  it('those of AWS come from the table, whether the file has them or not', () => {
    const attach = (PolicyArn: string) =>
      load({ UserDetailList: [user('ana', { AttachedManagedPolicies: [{ PolicyArn }] })] });
    expect(
      attach('arn:aws:iam::aws:policy/AdministratorAccess').estate.can('ana', 'ec2:RunInstances').decision,
    ).toBe('allowed');
    const gone = attach('arn:aws:iam::aws:policy/NoSuchPolicyAtAll');
    expect(gone.estate.can('ana', 'ec2:RunInstances').decision).toBe('depends');
    expect(gone.diagnostics).toEqual([
      expect.objectContaining({
        code: 'unresolvedReference',
        path: 'input.UserDetailList[0].AttachedManagedPolicies[0].PolicyArn',
      }),
    ]);
  });

  it('an ARN that differs by one letter from one that is there is pointed out', () => {
    const file = managed([version('v1', 's3:*', true)]);
    const wrong = {
      ...file,
      UserDetailList: [user('ana', { AttachedManagedPolicies: [{ PolicyArn: arn('policy/_p') }] })],
    };
    const { diagnostics, estate } = load(wrong);
    expect(diagnostics).toEqual([expect.objectContaining({ hint: `did you mean ${arn('policy/p')}` })]);
    expect(estate.can('ana', 's3:ListAllMyBuckets').decision).toBe('depends');
  });

  it('a boundary that is there only as a boundary limits; one that is not there leaves it open', () => {
    const bounded = (Policies: object[]) =>
      load({
        RoleDetailList: [
          role('app', {
            RolePolicyList: [{ PolicyName: 'p', PolicyDocument: allow('*') }],
            PermissionsBoundary: {
              PermissionsBoundaryType: 'Policy',
              PermissionsBoundaryArn: arn('policy/b'),
            },
          }),
        ],
        Policies,
      });
    const there = bounded([
      {
        PolicyName: 'b',
        Arn: arn('policy/b'),
        AttachmentCount: 0,
        PermissionsBoundaryUsageCount: 1,
        PolicyVersionList: [{ VersionId: 'v2', IsDefaultVersion: true, Document: allow('s3:*') }],
      },
    ]);
    expect(there.estate.can('app', 's3:ListAllMyBuckets').decision).toBe('allowed');
    expect(there.estate.can('app', 'ec2:RunInstances').decidedBy?.kind).toBe('permissionsBoundary');
    const gone = bounded([]);
    expect(gone.estate.can('app', 's3:ListAllMyBuckets').dependsOn).toEqual([
      `the policy ${arn('policy/b')} (not in the files)`,
    ]);
    expect(gone.diagnostics[0]?.message).toContain('permissions boundary');
    const word = load({
      UserDetailList: [
        user('ana', {
          UserPolicyList: [{ PolicyName: 'p', PolicyDocument: allow('*') }],
          PermissionsBoundary: { PermissionsBoundaryArn: 'string' },
        }),
      ],
    });
    expect(word.estate.can('ana', 's3:ListAllMyBuckets').decision).toBe('depends');
  });
});

describe('shapes', () => {
  it('objects where lists belong, as in the manual of the AWS CLI; missing lists are empty', () => {
    const { estate, diagnostics } = load({
      GroupDetailList: [
        {
          GroupName: 'admins',
          Arn: arn('group/admins'),
          GroupPolicyList: [],
          AttachedManagedPolicies: {
            PolicyName: 'AdministratorAccess',
            PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
          },
        },
      ],
      UserDetailList: [user('ana', { GroupList: ['admins'] })],
      Marker: 'x',
      IsTruncated: true,
    });
    expect(estate.can('ana', 'ec2:RunInstances').decision).toBe('allowed');
    expect(diagnostics.map(({ code, path }) => [code, path])).toEqual([
      ['missingValue', 'input.IsTruncated'],
    ]);
  });

  it('pages are one snapshot, in any order', () => {
    const pages = [
      { UserDetailList: [user('ana', { GroupList: ['dev'] })], IsTruncated: true, Marker: 'm' },
      {
        GroupDetailList: [
          {
            GroupName: 'dev',
            Arn: arn('group/dev'),
            GroupPolicyList: [{ PolicyName: 'p', PolicyDocument: allow('s3:*') }],
          },
        ],
        IsTruncated: false,
      },
    ];
    for (const input of [
      pages,
      [...pages].reverse(),
      JSON.stringify(pages),
      pages.map((page) => JSON.stringify(page)),
    ]) {
      const { estate, diagnostics } = load(input);
      expect(diagnostics).toEqual([]);
      expect(estate.can('ana', 's3:ListAllMyBuckets').decision).toBe('allowed');
    }
    expect(load([pages[0]]).diagnostics.map(({ code }) => code)).toEqual([
      'missingValue',
      'unresolvedReference',
    ]);
  });

  it('two accounts, leading zeros, other partitions, paths', () => {
    const { data, estate } = load({
      UserDetailList: [
        user('ana', { Arn: arn('user/ana', '012345678901') }),
        user('ana', { Path: '/team/', Arn: arn('user/team/ana') }),
      ],
      RoleDetailList: [role('r', { Arn: 'arn:aws-cn:iam::333333333333:role/r' })],
    });
    expect(data.accounts).toEqual([
      { id: '012345678901' },
      { id: one },
      { id: '333333333333', partition: 'aws-cn' },
    ]);
    expect(() => estate.principal('ana')).toThrow(/several/);
    expect(estate.principal(arn('user/team/ana')).arn).toBe(arn('user/team/ana'));
  });

  it('accounts that are no 12 digits get a number, and keep their ARN as a name', () => {
    const file = {
      UserDetailList: [
        user('x', {
          Arn: 'arn:aws:iam::test:user/x',
          UserPolicyList: [{ PolicyName: 'p', PolicyDocument: allow('s3:*') }],
        }),
        user('y', { Arn: 'arn:aws:iam::aws:user/y' }),
        user('z', { Arn: 'arn:aws:iam::test:user/z' }),
      ],
    };
    const { data, diagnostics, estate } = load(file);
    expect(data.principals.map(({ account }) => account)).toEqual([
      '000000000001',
      '000000000002',
      '000000000001',
    ]);
    expect(diagnostics.map(({ code, path }) => [code, path])).toEqual([
      ['malformed', 'input.UserDetailList[0].Arn'],
      ['malformed', 'input.UserDetailList[1].Arn'],
    ]);
    expect(estate.can('arn:aws:iam::test:user/x', 's3:ListAllMyBuckets').decision).toBe('allowed');
    const given = load(file, { accountId: one });
    expect(given.diagnostics).toEqual([]);
    expect(given.data.accounts).toEqual([{ id: one }]);
  });

  it('tags are those of the principal; in a snapshot without any they are not known', () => {
    const abac = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 's3:*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } },
        },
      ],
    };
    const grant = { UserPolicyList: [{ PolicyName: 'p', PolicyDocument: abac }] };
    const decide = (...users: object[]) =>
      load({ UserDetailList: users }).estate.can('ana', 's3:ListAllMyBuckets').decision;
    expect(decide(user('ana', { ...grant, Tags: [{ Key: 'team', Value: 'red' }] }))).toBe('allowed');
    expect(decide(user('ana', grant))).toBe('implicitDeny');
    expect(decide({ ...user('ana', grant), Tags: undefined })).toBe('depends');
    expect(decide(user('ana', { ...grant, Tags: 'team' }))).toBe('depends');
  });

  it('roles: trust, profiles, service-linked ones; a trust policy that is missing is not known', () => {
    const { estate, diagnostics } = load({
      RoleDetailList: [
        role('app', {
          InstanceProfileList: [
            { InstanceProfileName: 'prof', Arn: arn('instance-profile/prof'), Roles: [] },
          ],
        }),
        role('bare', { AssumeRolePolicyDocument: undefined }),
        role('open', {
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
          },
        }),
      ],
    });
    expect(estate.principal('prof').arn).toBe(arn('role/app'));
    expect(estate.can('lambda.amazonaws.com', 'sts:AssumeRole', 'app').decision).toBe('allowed');
    expect(estate.can('lambda.amazonaws.com', 'sts:AssumeRole', 'bare').decision).toBe('depends');
    expect(estate.can(arn('root', '222222222222'), 'sts:AssumeRoleWithSAML', 'open').decision).toBe(
      'implicitDeny',
    );
    expect(diagnostics.map(({ code, path }) => [code, path])).toEqual([
      ['missingValue', 'input.RoleDetailList[1].AssumeRolePolicyDocument'],
    ]);
  });

  it('what cannot be read of a principal is not resolved, never absent', () => {
    const { estate, diagnostics } = load({
      UserDetailList: [
        user('a', { AttachedManagedPolicies: 'AdministratorAccess' }),
        user('b', { AttachedManagedPolicies: [{ PolicyName: 'x' }] }),
        user('c', { UserPolicyList: 'p' }),
        user('d', { PermissionsBoundary: {}, UserPolicyList: [{ PolicyDocument: allow('*') }] }),
        user('e', { GroupList: [{ GroupName: 'g' }, 7] }),
        user('f', { Arn: 'arn:aws:s3:::x' }),
        7,
      ],
    });
    for (const name of ['a', 'b', 'c', 'd', 'e'])
      expect(estate.can(name, 's3:ListAllMyBuckets').decision, name).toBe('depends');
    expect(estate.principals).toHaveLength(5);
    expect(diagnostics.map(({ code }) => code)).toEqual([
      ...Array(7).fill('malformed'),
      'unresolvedReference',
    ]);
  });
});

describe('what is no snapshot is refused with a place', () => {
  it.each([
    ['', /empty/],
    ['{"UserDetailList":[', /ends too early/],
    ['{"UserDetailList":[}', /not JSON/],
    ['{"Policies":[],"Policies":[]}', /stands twice/],
    ['{"Resources":{}}', /there is none of UserDetailList/],
    [[], /no page/],
    [[{ Policies: [] }, null], /input\[1\]/],
    [null, /there is none/],
    [{ UserDetailList: 'x' }, /input.UserDetailList: this is no list/],
  ])('%j', (input, message) => {
    expect(() => loadAuthorizationDetails(input)).toThrow(
      expect.objectContaining({ code: 'ERR_IAM_INVALID_INPUT', message: expect.stringMatching(message) }),
    );
  });

  it('with line and column', () => {
    try {
      loadAuthorizationDetails('{\n  "UserDetailList": [}\n}');
      expect.unreachable();
    } catch (error) {
      expect((error as { issues: object[] }).issues[0]).toMatchObject({ line: 2, column: 22, path: 'input' });
    }
  });
});

describe('parts that are not as the CLI writes them', () => {
  const may = { UserPolicyList: [{ PolicyName: 'p', PolicyDocument: allow('s3:*') }] };
  const ask = (more: object) => {
    const { estate, diagnostics } = load({ UserDetailList: [user('ana', { ...may, ...more })] });
    return [diagnostics.map(({ path }) => path), estate.can('ana', 's3:ListAllMyBuckets').decision];
  };

  it.each([['admins'], [[{}]], [['no-such-group', 7]]])('groups %j may deny', (GroupList) => {
    const [paths, decision] = ask({ GroupList });
    expect(paths).toContain('input.UserDetailList[0].GroupList');
    expect(decision).toBe('depends');
  });

  it('names and tags in small letters, or none at all', () => {
    const { data, diagnostics } = load({
      UserDetailList: [
        { Arn: arn('user/x/ana'), Tags: [{ key: 'team', value: 'red' }, { Key: 'empty' }] },
        user('bob', { AttachedManagedPolicies: [{}], Tags: 7 }),
      ],
      RoleDetailList: [role('app', { InstanceProfileList: [{ InstanceProfileName: 'p' }] })],
      GroupDetailList: [{ Arn: 'nothing', GroupName: 'g' }],
    });
    expect(data.principals[0]).toMatchObject({ name: 'ana', tags: { team: 'red', empty: '' } });
    expect(data.principals[1]).toMatchObject({
      policies: [{ name: 'attached policy 1', unresolved: expect.any(String) }],
      tagsUnresolved: true,
    });
    expect(data.principals[2]).not.toHaveProperty('instanceProfiles');
    expect(data.groups).toEqual([]);
    expect(diagnostics.map(({ path }) => path)).toEqual([
      'input.UserDetailList[1].AttachedManagedPolicies[0].PolicyArn',
      'input.UserDetailList[1].Tags',
      'input.GroupDetailList[0].Arn',
    ]);
  });

  it('roles without an ARN, and policies without one or without versions', () => {
    const { data, diagnostics } = load(
      {
        RoleDetailList: [{ RoleName: 'x' }],
        Policies: [{ PolicyName: 'lost' }, { Arn: '' }, { Arn: 'odd', PolicyVersionList: 'v1' }],
      },
      { file: 'account.json' },
    );
    expect(data.principals).toEqual([]);
    expect(data.managedPolicies).toMatchObject([
      {
        arn: 'odd',
        account: '',
        names: [],
        unresolved: expect.any(String),
        origin: { file: 'account.json' },
      },
    ]);
    expect(diagnostics.map(({ path }) => path)).toEqual([
      'input.RoleDetailList[0].Arn',
      'input.Policies[0].Arn',
      'input.Policies[1].Arn',
      'input.Policies[2].PolicyVersionList',
    ]);
  });

  it('text with a byte order mark is read', () => {
    expect(load(`\uFEFF${JSON.stringify({ UserDetailList: [user('ana')] })}`).data.principals).toHaveLength(
      1,
    );
  });
});
