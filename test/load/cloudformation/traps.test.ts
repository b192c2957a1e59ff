import { describe, expect, it } from 'vitest';
import type { EstateRole } from '../../../src/account/estate-data.js';
import { Estate } from '../../../src/query/estate.js';
import { load, roleWith } from './fixture.js';

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const role = (properties: object = {}, more: object = {}) => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: trust, ...properties },
  ...more,
});
const allow = (Action: string, Resource: unknown = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
});
const open = {
  Parameters: { P: { Type: 'String' } },
  Conditions: { Open: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } },
};
const paths = (loaded: ReturnType<typeof load>) =>
  loaded.diagnostics.map(({ code, path }) => `${code} ${path}`);
const roles = (loaded: ReturnType<typeof load>) => loaded.data.principals as EstateRole[];

describe('values that are not there', () => {
  it('a missing parameter that reaches no policy is not reported', () => {
    const loaded = load({
      ...open,
      Resources: {
        R: role(),
        I: { Type: 'AWS::EC2::Instance', Properties: { UserData: { 'Fn::Base64': { Ref: 'P' } } } },
      },
    });
    expect(loaded.diagnostics).toEqual([]);
  });

  it('NoValue as a property, an item of each list, and all properties', () => {
    const none = { Ref: 'AWS::NoValue' };
    const loaded = load({
      Resources: {
        R: role({
          RoleName: none,
          PermissionsBoundary: none,
          ManagedPolicyArns: [none],
          Policies: [none],
          Tags: [none, { Key: 'a', Value: 'b' }],
        }),
        U: { Type: 'AWS::IAM::User', Properties: none },
        G: { Type: 'AWS::IAM::Group' },
      },
    });
    expect(loaded.diagnostics).toEqual([]);
    expect(loaded.data.principals).toMatchObject([
      { name: 'app-R-XXXXXXXXXXXX', policies: [], tags: { a: 'b' } },
      { name: 'app-U-XXXXXXXXXXXX', policies: [] },
    ]);
    expect(roles(loaded)[0]).not.toHaveProperty('permissionsBoundary');
  });

  it('a role without properties has an unknown trust policy', () => {
    const loaded = load({ Resources: { R: { Type: 'AWS::IAM::Role' } } });
    expect(paths(loaded)).toEqual(['malformed Resources.R.Properties.AssumeRolePolicyDocument']);
    expect(roles(loaded)[0]!.trustPolicy).toHaveProperty('unresolved');
  });

  it('account, region and stack that the caller does not give are said', () => {
    const loaded = load(roleWith({ Effect: 'Allow', Action: 's3:*', Resource: '*' }), {
      accountId: undefined as never,
      region: undefined as never,
    });
    expect(paths(loaded)).toEqual(['missingValue options.accountId']);
    expect(loaded.data.principals[0]!.arn).toBe('arn:aws:iam::123456789012:role/app-Role-XXXXXXXXXXXX');
  });

  it('the name of the file stands for that of the stack', () => {
    const { data } = load(
      { Resources: { R: role() } },
      { stackName: undefined as never, file: 'infra/my.app.template.json' },
    );
    expect(data.principals[0]!.name).toBe('my-R-XXXXXXXXXXXX');
  });

  it.each([
    ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
    ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
  ])('%s is in the partition %s', (region, partition, suffix) => {
    const { data } = load(
      {
        Resources: {
          Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::Sub': '${AWS::URLSuffix}' } } },
        },
      },
      { region },
    );
    expect(data.resources[0]!.arn).toBe(`arn:${partition}:sqs:${region}:111122223333:${suffix}`);
    expect(data.accounts).toEqual([{ id: '111122223333', partition }]);
  });
});

describe('what may be there', () => {
  it('a boundary that hangs on an open condition is unresolved, not absent', () => {
    const boundary = {
      'Fn::If': ['Open', 'arn:aws:iam::aws:policy/ReadOnlyAccess', { Ref: 'AWS::NoValue' }],
    };
    const loaded = load({
      ...open,
      Resources: {
        R: role({
          PermissionsBoundary: boundary,
          Policies: [{ PolicyName: 'p', PolicyDocument: allow('s3:*') }],
        }),
      },
    });
    expect(paths(loaded)).toEqual(['missingValue Resources.R.Properties.PermissionsBoundary.Fn::If']);
    expect(new Estate(loaded.data).can('R', 's3:PutObject', 'arn:aws:s3:::b/k').decision).toBe('depends');
  });

  it('the boundary of the same file is linked', () => {
    const loaded = load({
      Resources: {
        R: role({
          PermissionsBoundary: { Ref: 'B' },
          Policies: [{ PolicyName: 'p', PolicyDocument: allow('s3:*') }],
        }),
        B: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: allow('s3:Get*') } },
      },
    });
    const estate = new Estate(loaded.data);
    expect(estate.can('R', 's3:GetObject', 'arn:aws:s3:::b/k').decision).toBe('allowed');
    expect(estate.can('R', 's3:PutObject', 'arn:aws:s3:::b/k').decision).toBe('implicitDeny');
  });

  it('a role that may not exist is there, and nothing of it is certain', () => {
    const loaded = load({
      ...open,
      Resources: {
        R: role({ Policies: [{ PolicyName: 'p', PolicyDocument: allow('s3:*') }] }, { Condition: 'Open' }),
        More: {
          Type: 'AWS::IAM::Policy',
          Properties: { PolicyName: 'm', Roles: [{ Ref: 'R' }], PolicyDocument: allow('sqs:*') },
        },
      },
    });
    expect(paths(loaded)).toEqual(['missingValue Resources.R.Condition']);
    expect(roles(loaded)[0]!.policies.every((use) => 'unresolved' in use)).toBe(true);
    expect(roles(loaded)[0]!.trustPolicy).toHaveProperty('unresolved');
  });

  it('a bucket policy that may not exist is unresolved', () => {
    const loaded = load({
      ...open,
      Resources: {
        B: { Type: 'AWS::S3::Bucket' },
        P: {
          Type: 'AWS::S3::BucketPolicy',
          Condition: 'Open',
          Properties: {
            Bucket: { Ref: 'B' },
            PolicyDocument: { Statement: { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' } },
          },
        },
        R: role({ Policies: [{ PolicyName: 'p', PolicyDocument: allow('s3:*') }] }),
      },
    });
    expect(new Estate(loaded.data).can('R', 's3:GetObject', 'B/k').decision).toBe('depends');
  });

  it('a policy whose role is not decided is unresolved at each role it may belong to', () => {
    const loaded = load({
      ...open,
      Resources: {
        A: role(),
        B: role(),
        C: role(),
        P: {
          Type: 'AWS::IAM::Policy',
          Properties: {
            PolicyName: 'p',
            Roles: [{ 'Fn::If': ['Open', { Ref: 'A' }, { Ref: 'AWS::NoValue' }] }, { Ref: 'C' }],
            PolicyDocument: allow('s3:*'),
          },
        },
      },
    });
    const [a, b, c] = roles(loaded);
    expect(a!.policies).toMatchObject([{ name: 'p', unresolved: expect.any(String) }]);
    expect(b!.policies).toEqual([]);
    expect(c!.policies).toMatchObject([{ name: 'p', document: expect.anything() }]);
  });

  it.each([
    [
      'around all statements',
      {
        Version: '2012-10-17',
        Statement: { 'Fn::If': ['Open', [{ Effect: 'Deny', Action: '*', Resource: '*' }], []] },
      },
    ],
    [
      'around an effect',
      {
        Version: '2012-10-17',
        Statement: { Effect: { 'Fn::If': ['Open', 'Allow', 'Deny'] }, Action: 's3:*', Resource: '*' },
      },
    ],
    [
      'around a version',
      { Version: { Ref: 'P' }, Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } },
    ],
    ['around a whole document', { 'Fn::If': ['Open', allow('s3:*'), allow('sqs:*')] }],
  ])('a choice %s leaves the policy unresolved', (_name, document) => {
    const loaded = load({
      ...open,
      Resources: { R: role({ Policies: [{ PolicyName: 'p', PolicyDocument: document }] }) },
    });
    expect(roles(loaded)[0]!.policies[0]).toHaveProperty('unresolved');
    expect(loaded.diagnostics).toHaveLength(1);
  });

  it('tags that are not decided are unknown, not absent', () => {
    const loaded = load({
      ...open,
      Resources: {
        R: role({
          Tags: [
            { Key: 'a', Value: 'x' },
            { 'Fn::If': ['Open', { Key: 'b', Value: 'y' }, { Ref: 'AWS::NoValue' }] },
          ],
        }),
      },
    });
    expect(roles(loaded)[0]).toMatchObject({ tags: { a: 'x' }, tagsUnresolved: true });
  });
});

describe('names and attachments', () => {
  it('a policy names its targets by Ref, by ARN and by literal name', () => {
    const loaded = load({
      Resources: {
        R: role({ Path: '/team/' }),
        N: role({ RoleName: 'named' }),
        U: { Type: 'AWS::IAM::User' },
        G: { Type: 'AWS::IAM::Group' },
        M: {
          Type: 'AWS::IAM::ManagedPolicy',
          Properties: {
            PolicyDocument: allow('s3:*'),
            Roles: [{ 'Fn::GetAtt': ['R', 'Arn'] }, 'named', 'elsewhere'],
            Users: [{ Ref: 'U' }],
            Groups: [{ Ref: 'G' }],
          },
        },
        One: {
          Type: 'AWS::IAM::RolePolicy',
          Properties: { RoleName: { Ref: 'N' }, PolicyName: 'one', PolicyDocument: allow('sqs:*') },
        },
        Two: {
          Type: 'AWS::IAM::UserPolicy',
          Properties: { UserName: 'outside', PolicyName: 'two', PolicyDocument: allow('sqs:*') },
        },
        Three: {
          Type: 'AWS::IAM::GroupPolicy',
          Properties: { GroupName: { Ref: 'G' }, PolicyName: 'three', PolicyDocument: allow('sqs:*') },
        },
      },
    });
    const { principals, groups, attachments } = loaded.data;
    expect(principals.map(({ policies }) => policies.length)).toEqual([1, 2, 1]);
    expect(groups[0]!.policies).toHaveLength(2);
    expect(attachments.map(({ kind, target }) => [kind, target])).toEqual([
      ['role', 'elsewhere'],
      ['user', 'outside'],
    ]);
  });

  it('names that are functions', () => {
    const loaded = load({
      ...open,
      Resources: {
        A: role({ RoleName: { 'Fn::Sub': '${P}-app' } }),
        B: { Type: 'AWS::IAM::User', Properties: { UserName: '{{resolve:ssm:/user/name}}' } },
        C: {
          Type: 'AWS::IAM::Policy',
          Properties: {
            PolicyName: 'p',
            Roles: [{ Ref: 'A' }],
            Users: [{ Ref: 'B' }],
            PolicyDocument: allow('s3:*'),
          },
        },
      },
    });
    expect(loaded.data.principals.map(({ policies }) => policies.length)).toEqual([1, 1]);
    expect(loaded.data.attachments).toEqual([]);
    expect(loaded.data.principals[0]!.arn).toEqual({
      text: ['arn:aws:iam::111122223333:role/', { hole: 'app/P' }, '-app'],
    });
    expect(paths(loaded).sort()).toEqual([
      'missingValue Parameters.P',
      'missingValue Resources.B.Properties.UserName',
    ]);
  });

  it('names that the caller adds', () => {
    const { data } = load({ Resources: { R: role() } }, { names: { R: '/App/Role/Resource' } });
    expect(data.principals[0]!.names).toEqual([
      'R',
      'app-R-XXXXXXXXXXXX',
      'app-R',
      '/App/Role',
      'App/Role',
      '/App/Role/Resource',
      'App/Role/Resource',
    ]);
  });

  it('queues by URL, of this template and of others', () => {
    const policy = (Queues: unknown[]) => ({
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues,
        PolicyDocument: { Statement: { Effect: 'Allow', Principal: '*', Action: 'sqs:*', Resource: '*' } },
      },
    });
    const loaded = load({
      ...open,
      Resources: {
        A: policy([
          'https://sqs.eu-west-1.amazonaws.com/444455556666/theirs',
          'https://eu-west-1.queue.amazonaws.com/444455556666/old',
        ]),
        B: policy([
          { 'Fn::Sub': 'https://sqs.${AWS::Region}.amazonaws.com/${AWS::AccountId}/${P}' },
          { Ref: 'P' },
        ]),
      },
    });
    expect(loaded.data.resources.map(({ arn }) => arn)).toEqual([
      'arn:aws:sqs:eu-west-1:444455556666:theirs',
      'arn:aws:sqs:eu-west-1:444455556666:old',
      { text: ['arn:aws:sqs:eu-west-1:111122223333:', { hole: 'app/P' }] },
      { hole: 'app/queue <app/P>' },
    ]);
  });

  it('an execution role is not the role of the task', () => {
    const { data } = load({
      Resources: {
        R: role(),
        T: { Type: 'AWS::ECS::TaskDefinition', Properties: { ExecutionRoleArn: { 'Fn::GetAtt': 'R.Arn' } } },
      },
    });
    expect(data.workloads[0]!.names).toEqual([
      'T.ExecutionRoleArn',
      'app-T-XXXXXXXXXXXX.ExecutionRoleArn',
      'app-T.ExecutionRoleArn',
    ]);
  });

  it('an instance profile stands for its role', () => {
    const { data } = load({
      Resources: {
        R: role(),
        P: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'R' }] } },
        I: { Type: 'AWS::EC2::Instance', Properties: { IamInstanceProfile: { Ref: 'P' } } },
        L: {
          Type: 'AWS::EC2::LaunchTemplate',
          Properties: { LaunchTemplateData: { IamInstanceProfile: { Arn: { 'Fn::GetAtt': ['P', 'Arn'] } } } },
        },
        O: { Type: 'AWS::EC2::Instance', Properties: { IamInstanceProfile: 'other' } },
      },
    });
    expect(data.workloads.map(({ role }) => role)).toEqual([
      'app-R-XXXXXXXXXXXX',
      'app-R-XXXXXXXXXXXX',
      'arn:aws:iam::111122223333:instance-profile/other',
    ]);
    expect((data.principals[0] as EstateRole).instanceProfiles).toEqual([
      'arn:aws:iam::111122223333:instance-profile/app-P-XXXXXXXXXXXX',
    ]);
  });

  it('a service-linked role may do what the template does not say', () => {
    const loaded = load({
      Resources: {
        S: { Type: 'AWS::IAM::ServiceLinkedRole', Properties: { AWSServiceName: 'es.amazonaws.com' } },
      },
    });
    expect(loaded.data.principals[0]!.arn).toBe(
      'arn:aws:iam::111122223333:role/aws-service-role/es.amazonaws.com/AWSServiceRoleForS',
    );
    expect(paths(loaded)).toEqual(['missingValue Resources.S']);
  });
});

describe('a bucket that restricts public policies', () => {
  const policyOf = (statement: object, restricts: unknown) => {
    const loaded = load({
      Parameters: { Restrict: { Type: 'String' } },
      Resources: {
        Endpoint: { Type: 'AWS::EC2::VPCEndpoint', Properties: { VpcId: 'vpc-1', ServiceName: 's3' } },
        B: {
          Type: 'AWS::S3::Bucket',
          Properties: { PublicAccessBlockConfiguration: { RestrictPublicBuckets: restricts } },
        },
        P: {
          Type: 'AWS::S3::BucketPolicy',
          Properties: {
            Bucket: { Ref: 'B' },
            PolicyDocument: {
              Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...statement }],
            },
          },
        },
      },
    });
    const { decision } = new Estate(loaded.data).can('anonymous', 's3:GetObject', 'B');
    return [
      decision,
      ...loaded.data.resources
        .find(({ type }) => type === 'AWS::S3::Bucket')!
        .policies.slice(1)
        .map((use) => 'document' in use),
    ];
  };
  const within = (operator: string, key: string, value: unknown = 'x') => ({
    Principal: '*',
    Condition: { [operator]: { [key]: value } },
  });
  const endpoint = { Ref: 'Endpoint' };
  it.each<[string, object, unknown, readonly unknown[]]>([
    ['everyone', { Principal: '*' }, true, ['explicitDeny', true]],
    ['everyone, as text', { Principal: { AWS: ['*'] } }, 'true', ['explicitDeny', true]],
    ['everyone with a referrer', within('StringEquals', 'aws:Referer'), true, ['implicitDeny', false]],
    ['everyone of an organization', within('StringEquals', 'aws:PrincipalOrgId'), true, ['implicitDeny']],
    ['everyone but one', within('StringNotEquals', 'aws:SourceVpce'), true, ['depends', false]],
    ['one account', { Principal: { AWS: '444455556666' } }, true, ['implicitDeny']],
    ['a denial', { Principal: '*', Effect: 'Deny' }, true, ['explicitDeny']],
    ['everyone, not restricted', { Principal: '*' }, false, ['allowed']],
    ['everyone, perhaps restricted', { Principal: '*' }, { Ref: 'Restrict' }, ['depends', false]],
    ['one account, perhaps', { Principal: { AWS: '444455556666' } }, { Ref: 'Restrict' }, ['implicitDeny']],
    [
      'an endpoint of the template',
      within('StringEquals', 'aws:SourceVpce', endpoint),
      true,
      ['implicitDeny'],
    ],
  ])('%s', (_name, statement, restricts, expected) =>
    expect(policyOf(statement, restricts)).toEqual(expected),
  );
});

describe('policy documents', () => {
  it('principals: accounts, everyone, mappings, providers', () => {
    const loaded = load({
      Mappings: { Accounts: { prod: { id: '444455556666' } } },
      Resources: {
        O: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: 'https://oidc.example.com' } },
        R: role({
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: {
                  AWS: [
                    { Ref: 'AWS::AccountId' },
                    { 'Fn::FindInMap': ['Accounts', 'prod', 'id'] },
                    { 'Fn::Sub': 'arn:${AWS::Partition}:iam::777788889999:root' },
                  ],
                },
                Action: 'sts:AssumeRole',
              },
              {
                Effect: 'Allow',
                Principal: { Federated: { Ref: 'O' } },
                Action: 'sts:AssumeRoleWithWebIdentity',
              },
            ],
          },
        }),
      },
    });
    const estate = new Estate(loaded.data);
    const ask = (who: string) =>
      estate.can(who, 'sts:AssumeRole', 'arn:aws:iam::111122223333:role/app-R-XXXXXXXXXXXX').decision;
    // What their own accounts allow them is not known.
    const callers = ['444455556666', '777788889999', '333344445555'].map((id) => `arn:aws:iam::${id}:role/x`);
    expect(callers.map(ask)).toEqual(['depends', 'depends', 'implicitDeny']);
  });

  it('capitals in actions and keys mean nothing', () => {
    const statement = {
      Effect: 'Allow',
      Action: ['SQS:SendMessage', 's3:getobject'],
      Resource: '*',
      Condition: { StringEquals: { 'aws:principalORGid': 'o-abcdef1234' } },
    };
    const estate = new Estate(load(roleWith(statement)).data);
    const facts = { context: { 'aws:PrincipalOrgID': 'o-abcdef1234' } };
    expect(estate.can('Role', 's3:GetObject', 'arn:aws:s3:::b/k', facts).decision).toBe('allowed');
    expect(
      estate.can('Role', 'sqs:sendmessage', 'arn:aws:sqs:eu-west-1:111122223333:q', facts).decision,
    ).toBe('allowed');
  });

  it('actions and condition values that are functions', () => {
    const statement = {
      Effect: 'Allow',
      Action: { 'Fn::Join': [':', ['s3', 'GetObject']] },
      Resource: '*',
      Condition: {
        Bool: { 'aws:SecureTransport': true },
        NumericLessThan: { 's3:max-keys': 7 },
        StringEquals: { 'aws:RequestedRegion': [{ Ref: 'AWS::Region' }] },
      },
    };
    const estate = new Estate(load(roleWith(statement)).data);
    const context = { 'aws:SecureTransport': 'true', 's3:max-keys': '3', 'aws:RequestedRegion': 'eu-west-1' };
    expect(estate.can('Role', 's3:GetObject', 'arn:aws:s3:::b/k', { context }).decision).toBe('allowed');
  });

  it('what IAM would refuse is reported, and stays unknown', () => {
    const loaded = load(roleWith({ Effect: 'Allow', Action: 'everything', Resource: '*' }));
    expect(loaded.diagnostics).toMatchObject([
      { code: 'malformed', message: expect.stringContaining('everything') },
    ]);
    expect(new Estate(loaded.data).can('Role', 's3:GetObject', 'arn:aws:s3:::b/k').decision).toBe('depends');
  });
});
