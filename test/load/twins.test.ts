import { describe, expect, it } from 'vitest';
import { type EstateData, emptyEstate } from '../../src/account/index.js';
import {
  loadAuthorizationDetails,
  loadCloudFormation,
  loadOrganization,
  loadResourcePolicies,
  loadTerraform,
} from '../../src/load/index.js';
import { settleTwins } from '../../src/load/twins.js';
import { Estate } from '../../src/query/index.js';
import { type Block, plan } from './terraform/plan-builder.js';

const id = '111122223333';
const place = { accountId: id, region: 'eu-west-1', stackName: 'app' };
const statement = (Effect: string, Action: string | string[], more: object = {}) => ({
  Effect,
  Action,
  Resource: '*',
  ...more,
});
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const trust = (Service: string) =>
  document({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' });
const lambda = trust('lambda.amazonaws.com');

describe('two roles of a template with one name', () => {
  const role = (properties: object, more: object = {}) => ({
    Type: 'AWS::IAM::Role',
    Properties: { RoleName: 'a', AssumeRolePolicyDocument: lambda, ...properties },
    ...more,
  });
  const policy = (name: string, ...statements: object[]) => ({
    PolicyName: name,
    PolicyDocument: document(...statements),
  });
  const read = (Resources: object, more: object = {}) => {
    const { estate, diagnostics } = loadCloudFormation({ Resources, ...more }, place);
    return {
      said: diagnostics.filter(({ code }) => code === 'ambiguous'),
      can: (action: string) => estate.can('a', action).decision,
      estate,
    };
  };

  it('give what both give, and neither lose a Deny nor give what one of them gives', () => {
    const both = policy('both', statement('Allow', 'sqs:ListQueues'));
    const A = role({ Policies: [both, policy('p', statement('Deny', ['s3:*', 'sqs:*']))] });
    const B = role({
      Policies: [both, policy('p', statement('Allow', 's3:*'), statement('Allow', 'sns:*'))],
    });
    for (const Resources of [
      { A, B },
      { B, A },
    ]) {
      const { said, can } = read(Resources);
      expect(
        ['s3:ListAllMyBuckets', 'sqs:ListQueues', 'sns:ListTopics', 'ec2:DescribeVpcs'].map(can),
      ).toEqual(['depends', 'depends', 'depends', 'implicitDeny']);
      const [first, second] = Object.keys(Resources);
      expect(said).toMatchObject([{ path: `Resources.${second}` }]);
      expect(said[0]?.message).toBe(
        `Resources.${first} declares arn:aws:iam::111122223333:role/a too, and says something else of it`,
      );
    }
    const { estate } = read({ A, B });
    expect(estate.can('a', 'sns:ListTopics').dependsOn[0]).toContain(
      'only one of these can exist: Resources.A, Resources.B',
    );
  });

  it('go by the names of both, and are one where they say the same', () => {
    const A = role({ Policies: [policy('p', statement('Allow', 's3:*'))] });
    const { said, estate } = read({ A, B: A });
    expect(said).toEqual([]);
    for (const name of ['A', 'B']) expect(estate.can(name, 's3:ListAllMyBuckets').decision).toBe('allowed');
  });

  it('have what is attached to the name, whichever exists', () => {
    const P = {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'x',
        Roles: [{ Ref: 'B' }],
        PolicyDocument: document(statement('Allow', 'sns:*')),
      },
    };
    const Path = '/';
    const { can } = read({ A: role({ Description: 'a' }), B: role({ Path }), P });
    expect(can('sns:ListTopics')).toBe('allowed');
  });

  it('with links, boundaries, trust policies and tags that differ depend on these', () => {
    const allowAll = { Policies: [policy('p', statement('Allow', '*'))] };
    const readOnly = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';
    const linked = read({ A: role({ ManagedPolicyArns: [readOnly] }), B: role({}) });
    expect(['s3:ListAllMyBuckets', 'ec2:DescribeVpcs'].map(linked.can)).toEqual(['depends', 'implicitDeny']);
    const bounded = read({ A: role({ ...allowAll, PermissionsBoundary: readOnly }), B: role(allowAll) });
    expect(['s3:ListAllMyBuckets', 'ec2:DescribeVpcs'].map(bounded.can)).toEqual(['depends', 'depends']);
    const ec2 = trust('ec2.amazonaws.com');
    const trusting = read({ A: role({}), B: role({ AssumeRolePolicyDocument: ec2 }) }).estate;
    for (const service of ['lambda', 'ec2', 'sqs'])
      expect(trusting.can(`${service}.amazonaws.com`, 'sts:AssumeRole', 'a').decision, service).toBe(
        service === 'sqs' ? 'implicitDeny' : 'depends',
      );
    const tagged = policy('p', {
      ...statement('Allow', 's3:*'),
      Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } },
    });
    const tags = (Value: string) => role({ Policies: [tagged], Tags: [{ Key: 'team', Value }] });
    expect(read({ A: tags('red'), B: tags('blue') }).can('s3:ListAllMyBuckets')).toBe('depends');
    expect(read({ A: tags('red'), B: tags('red') }).can('s3:ListAllMyBuckets')).toBe('allowed');
  });

  it('of which a condition chooses one depend on it', () => {
    const more = {
      Parameters: { P: { Type: 'String' } },
      Conditions: { A: { 'Fn::Equals': [{ Ref: 'P' }, 'a'] }, B: { 'Fn::Not': [{ Condition: 'A' }] } },
    };
    const A = role({ Policies: [policy('p', statement('Allow', 's3:*'))] }, { Condition: 'A' });
    const B = role({ Policies: [policy('p', statement('Allow', 'sns:*'))] }, { Condition: 'B' });
    expect(read({ A, B }, more).can('s3:ListAllMyBuckets')).toBe('depends');
    const chosen = loadCloudFormation({ Resources: { A, B }, ...more }, { ...place, parameters: { P: 'a' } });
    expect(chosen.diagnostics).toEqual([]);
    expect(chosen.estate.can('a', 's3:ListAllMyBuckets').decision).toBe('allowed');
  });
});

describe('two of a template with one name', () => {
  const load = (Resources: object) => loadCloudFormation({ Resources }, place);
  const said = ({ diagnostics }: ReturnType<typeof load>) =>
    diagnostics.filter(({ code }) => code === 'ambiguous').map(({ path }) => path);

  it('users: a group of one of them may allow and deny anything', () => {
    const user = (...Groups: string[]) => ({
      Type: 'AWS::IAM::User',
      Properties: { UserName: 'ana', Groups },
    });
    const group = (GroupName: string, Action: string) => ({
      Type: 'AWS::IAM::Group',
      Properties: {
        GroupName,
        Policies: [{ PolicyName: 'p', PolicyDocument: document(statement('Allow', Action)) }],
      },
    });
    const loaded = load({
      A: user('dev', 'ops'),
      B: user('dev'),
      Dev: group('dev', 's3:*'),
      Ops: group('ops', 'sns:*'),
    });
    const can = (action: string) => loaded.estate.can('ana', action).decision;
    expect([said(loaded), can('s3:ListAllMyBuckets'), can('sns:ListTopics')]).toEqual([
      ['Resources.B'],
      'depends',
      'depends',
    ]);
    expect(loaded.data.principals).toMatchObject([{ groups: ['dev'], names: ['A', 'ana', 'B'] }]);
  });

  it('groups, whatever their paths, and managed policies', () => {
    const group = (Path: string, Effect: string) => ({
      Type: 'AWS::IAM::Group',
      Properties: {
        GroupName: 'dev',
        Path,
        Policies: [{ PolicyName: 'p', PolicyDocument: document(statement(Effect, 's3:*')) }],
      },
    });
    const ana = (properties: object) => ({
      Type: 'AWS::IAM::User',
      Properties: {
        UserName: 'ana',
        Policies: [{ PolicyName: 'q', PolicyDocument: document(statement('Allow', 's3:*')) }],
        ...properties,
      },
    });
    const groups = load({ A: group('/', 'Deny'), B: group('/x/', 'Allow'), Ana: ana({ Groups: ['dev'] }) });
    expect([said(groups), groups.estate.can('ana', 's3:ListAllMyBuckets').decision]).toEqual([
      ['Resources.B'],
      'depends',
    ]);
    const policy = (Effect: string) => ({
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { ManagedPolicyName: 'm', PolicyDocument: document(statement(Effect, 's3:*')) },
    });
    const ManagedPolicyArns = [`arn:aws:iam::${id}:policy/m`];
    const managed = load({ A: policy('Deny'), B: policy('Allow'), Ana: ana({ ManagedPolicyArns }) });
    expect([said(managed), managed.estate.can('ana', 's3:ListAllMyBuckets').decision]).toEqual([
      ['Resources.B'],
      'depends',
    ]);
  });

  it('resources: their own policies and tags', () => {
    const repository = (Team: string, policy?: object) => ({
      Type: 'AWS::ECR::Repository',
      Properties: {
        RepositoryName: 'r',
        Tags: [{ Key: 'team', Value: Team }],
        ...(policy === undefined ? {} : { RepositoryPolicyText: policy }),
      },
    });
    const open = document({ Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: 'ecr:*' });
    const can = (Resources: object) => {
      const loaded = load(Resources);
      const decision = loaded.estate.can('444455556666', 'ecr:ListImages', 'r').decision;
      return [said(loaded), decision, loaded.data.resources[0]?.tags];
    };
    expect(can({ A: repository('x', open), B: repository('x') })).toEqual([
      ['Resources.B'],
      'depends',
      { team: 'x' },
    ]);
    expect(can({ A: repository('x', open), B: repository('y', open) })).toEqual([[], 'allowed', undefined]);
  });
});

describe('two blocks of a plan that make one thing', () => {
  const load = (...blocks: Block[]) =>
    loadTerraform(plan({ blocks }), { accountId: id, region: 'eu-west-1' });

  it('roles', () => {
    const role = (name: string, Effect: string, more: object = {}): Block => ({
      type: 'aws_iam_role',
      name,
      values: {
        name: 'a',
        arn: `arn:aws:iam::${id}:role/a`,
        assume_role_policy: JSON.stringify(lambda),
        inline_policy: [{ name: 'p', policy: JSON.stringify(document(statement(Effect, 's3:*'))) }],
        ...more,
      },
    });
    const { estate, diagnostics } = load(role('one', 'Deny'), role('two', 'Allow'));
    expect(estate.can('a', 's3:ListAllMyBuckets').decision).toBe('depends');
    expect(diagnostics).toMatchObject([{ code: 'ambiguous', path: 'aws_iam_role.two' }]);
    expect(diagnostics[0]?.message).toContain(
      'aws_iam_role.one declares arn:aws:iam::111122223333:role/a too',
    );
  });

  it('queues', () => {
    const arn = `arn:aws:sqs:eu-west-1:${id}:q`;
    const queue = (name: string, Effect: string, team = 'x'): Block => ({
      type: 'aws_sqs_queue',
      name,
      values: {
        name: 'q',
        arn,
        tags: { team },
        policy: JSON.stringify(document(statement(Effect, 'sqs:*', { Principal: { AWS: '444455556666' } }))),
      },
    });
    const ask = (...blocks: Block[]) => {
      const { estate, diagnostics, data } = load(...blocks);
      const { decision } = estate.can('444455556666', 'sqs:SendMessage', arn);
      return [decision, diagnostics.map(({ path }) => path), data.resources[0]?.tags];
    };
    expect(ask(queue('one', 'Deny'), queue('two', 'Allow'))).toEqual([
      'depends',
      ['aws_sqs_queue.two'],
      { team: 'x' },
    ]);
    expect(ask(queue('one', 'Allow'), queue('two', 'Allow', 'y'))).toEqual(['allowed', [], undefined]);
  });
});

it('pages that tell different things of one user, and of one policy', () => {
  const arn = `arn:aws:iam::${id}:user/ana`;
  const page = (Effect: string, AttachedManagedPolicies: object[] = []) => ({
    UserDetailList: [
      {
        UserName: 'ana',
        Arn: arn,
        UserPolicyList: [{ PolicyName: 'p', PolicyDocument: document(statement(Effect, 's3:*')) }],
        AttachedManagedPolicies,
      },
    ],
  });
  const ask = (...pages: object[]) => {
    const { estate, diagnostics } = loadAuthorizationDetails(pages);
    return [estate.can('ana', 's3:ListAllMyBuckets').decision, diagnostics.map(({ path }) => path)];
  };
  expect(ask(page('Deny'), page('Allow'))).toEqual(['depends', ['input[1].UserDetailList[0]']]);
  expect(ask(page('Allow'), page('Allow'))).toEqual(['allowed', []]);
});

describe('two entries of one resource', () => {
  const to = (Effect: string, account: string, Action = 'sqs:*') =>
    document(statement(Effect, Action, { Principal: { AWS: account } }));
  const ask = (Action: string, Resource: string, entries: object[]) => {
    const { estate, diagnostics } = loadResourcePolicies(entries, { accountId: id });
    const can = (who: string) => estate.can(who, Action, Resource).decision;
    return [can('444455556666'), can('777788889999'), diagnostics.map(({ path }) => path)];
  };

  it('depend on which of them is right', () => {
    const Resource = `arn:aws:sqs:eu-west-1:${id}:q`;
    const entry = (effect: string, account: string) => ({ Resource, Policy: to(effect, account) });
    expect(
      ask('sqs:SendMessage', Resource, [entry('Allow', '444455556666'), entry('Allow', '777788889999')]),
    ).toEqual(['depends', 'depends', ['input[1]']]);
    const same = entry('Allow', '444455556666');
    expect(ask('sqs:SendMessage', Resource, [same, same])).toEqual(['allowed', 'implicitDeny', []]);
  });

  it('are parts of one where they are of a function and its alias', () => {
    const Resource = `arn:aws:lambda:eu-west-1:${id}:function:f`;
    const entries = [
      { Resource, Policy: to('Allow', '444455556666', 'lambda:InvokeFunction') },
      { Resource: `${Resource}:prod`, Policy: to('Allow', '777788889999', 'lambda:InvokeFunction') },
    ];
    for (const all of [entries, [...entries].reverse()])
      expect(ask('lambda:InvokeFunction', Resource, all)).toEqual(['allowed', 'allowed', []]);
  });
});

it('nodes and policies of an organization', () => {
  const node = (nodeId: string, type: string, parent: string | null, scps: string[]) => ({
    id: nodeId,
    type,
    parent,
    scps,
    rcps: [],
  });
  const scp = (Effect: string) => ({
    Id: 'p-1',
    Type: 'SERVICE_CONTROL_POLICY',
    Name: 'one',
    Content: document(statement(Effect, '*')),
  });
  const load = (nodes: object[], policies: object) =>
    loadOrganization({ organization: { Id: 'o-1', MasterAccountId: '999999999999' }, nodes, policies });
  const root = node('r-1', 'ROOT', null, ['p-FullAWSAccess']);
  const twice = load(
    [root, node(id, 'ACCOUNT', 'r-1', ['p-1']), node(id, 'ACCOUNT', 'r-1', ['p-FullAWSAccess'])],
    { 'p-1': scp('Deny') },
  );
  expect(twice.estate.can(id, 's3:ListAllMyBuckets').decision).toBe('depends');
  expect(twice.diagnostics.map(({ code }) => code)).toContain('ambiguous');
  const same = load([root, root, node(id, 'ACCOUNT', 'r-1', ['p-1'])], { 'p-1': scp('Allow') });
  expect(same.estate.can(id, 's3:ListAllMyBuckets').decision).toBe('allowed');
});

it.each<[string, unknown, string]>([
  ['text', JSON.stringify(document(statement('Allow', 's3:*'))), 'implicitDeny'],
  ['text that cannot be read', '{', 'depends'],
  [
    'text with a number that would be rounded',
    JSON.stringify(document(statement('Allow', 's3:*'))).replace('"*"', '12345678901234567'),
    'depends',
  ],
  ['a hole', { hole: 'Policy' }, 'depends'],
  ['statements that are a hole', { Version: '2012-10-17', Statement: { hole: 'Statements' } }, 'depends'],
  [
    'statements with holes',
    document(statement('Allow', 's3:*', { Resource: { hole: 'R' } })),
    'implicitDeny',
  ],
])('what is not written out as statements may allow anything: %s', (_, written, other) => {
  const user = (policies: object[], name: string) => ({
    ...{
      kind: 'user',
      arn: `arn:aws:iam::${id}:user/ana`,
      account: id,
      name: 'ana',
      names: [name],
      groups: [],
    },
    policies,
  });
  const principals = [user([{ name: 'p', document: written }], 'one'), user([], 'two')];
  const { data } = settleTwins({ data: { ...emptyEstate, principals } as EstateData, diagnostics: [] });
  const estate = new Estate(data);
  expect(estate.can('one', 's3:GetObject', 'arn:aws:s3:::b/x').decision).toBe('depends');
  expect(estate.can('two', 'sqs:ListQueues').decision).toBe(other);
});

it('an endpoint may have any policy where two say different things of it', () => {
  const endpoint = { id: 'vpce-1', account: id, names: ['one'], vpc: 'vpc-1' };
  const policy = { name: 'policy', document: document(statement('Deny', '*', { Principal: '*' })) };
  const vpcEndpoints = [endpoint, { ...endpoint, names: ['two'], policy }];
  const { data, diagnostics } = settleTwins({
    data: { ...emptyEstate, vpcEndpoints } as EstateData,
    diagnostics: [],
  });
  expect(data.vpcEndpoints).toMatchObject([
    { names: ['one', 'two'], policy: { unresolved: 'only one of these can exist: one, two' } },
  ]);
  expect(diagnostics).toMatchObject([{ code: 'ambiguous', path: 'two' }]);
});
