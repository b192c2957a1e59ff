import { describe, expect, it } from 'vitest';
import { loadCdk } from '../../../src/load/cloudformation/load-cdk.js';
import { Estate } from '../../../src/query/estate.js';

const trust = {
  Version: '2012-10-17',
  Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } }],
};
const logicalId = (data: string) => [{ type: 'aws:cdk:logicalId', data }];
const allow = (Action: unknown, Resource: unknown) => ({
  Version: '2012-10-17',
  Statement: [{ Action, Effect: 'Allow', Resource }],
});

/** What `cdk synth` writes for a data stack, a function that reads from it, a nested stack, and a stage. */
const files: Record<string, unknown> = {
  'manifest.json': JSON.stringify({
    version: '48.0.0',
    artifacts: {
      'App.assets': { type: 'cdk:asset-manifest', properties: { file: 'App.assets.json' } },
      App: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://111122223333/eu-west-1',
        properties: { templateFile: 'App.template.json', parameters: { Stage: 'prod' } },
        dependencies: ['Data', 'App.assets'],
        metadata: {
          '/App/Fn/Resource': logicalId('Fn9270CBC0'),
          '/App/Fn/ServiceRole/Resource': logicalId('FnServiceRoleB9001A96'),
          '/App/Inner/Queue/Resource': logicalId('Queue4A7E3555'),
          '/App/Missing': [{ type: 'aws:cdk:warning', data: 'x' }],
        },
      },
      Data: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://111122223333/eu-west-1',
        properties: { templateFile: 'Data.template.json', stackName: 'prod-data' },
        additionalMetadataFile: 'Data.metadata.json',
      },
      Europe: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Europe' } },
      Lost: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Lost' } },
      Gone: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Gone.template.json' } },
      Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
    },
  }),
  'Data.metadata.json': { '/Data/Bucket/Resource': logicalId('Bucket83908E77') },
  'Data.template.json': {
    Resources: { Bucket83908E77: { Type: 'AWS::S3::Bucket' } },
    Outputs: {
      Export: {
        Value: { 'Fn::GetAtt': ['Bucket83908E77', 'Arn'] },
        Export: { Name: 'prod-data:ExportsOutputFnGetAttBucket83908E77Arn' },
      },
    },
    Parameters: {
      BootstrapVersion: {
        Type: 'AWS::SSM::Parameter::Value<String>',
        Default: '/cdk-bootstrap/hnb659fds/version',
      },
    },
    Rules: {
      CheckBootstrapVersion: {
        Assertions: [{ Assert: { 'Fn::Not': [{ 'Fn::Contains': [['1'], { Ref: 'BootstrapVersion' }] }] } }],
      },
    },
  },
  'App.template.json': JSON.stringify({
    Parameters: { Stage: { Type: 'String' } },
    Resources: {
      FnServiceRoleB9001A96: {
        Type: 'AWS::IAM::Role',
        Properties: { AssumeRolePolicyDocument: trust },
        Metadata: { 'aws:cdk:path': 'App/Fn/ServiceRole/Resource' },
      },
      FnServiceRoleDefaultPolicy: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyName: 'FnServiceRoleDefaultPolicy',
          Roles: [{ Ref: 'FnServiceRoleB9001A96' }],
          PolicyDocument: allow(
            ['s3:GetObject*', 's3:List*'],
            [
              { 'Fn::ImportValue': 'prod-data:ExportsOutputFnGetAttBucket83908E77Arn' },
              {
                'Fn::Join': [
                  '',
                  [
                    { 'Fn::ImportValue': 'prod-data:ExportsOutputFnGetAttBucket83908E77Arn' },
                    '/',
                    { Ref: 'Stage' },
                    '/*',
                  ],
                ],
              },
            ],
          ),
        },
      },
      Fn9270CBC0: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Role: { 'Fn::GetAtt': ['FnServiceRoleB9001A96', 'Arn'] },
          Code: { S3Bucket: { 'Fn::Sub': 'cdk-${AWS::AccountId}' } },
        },
      },
      InnerNestedStack: {
        Type: 'AWS::CloudFormation::Stack',
        Properties: {
          TemplateURL: {
            'Fn::Join': ['', ['https://s3.', { Ref: 'AWS::URLSuffix' }, '/cdk-assets/9d8132c7.json']],
          },
          Parameters: { referencetoAppFnRole: { 'Fn::GetAtt': ['FnServiceRoleB9001A96', 'Arn'] } },
        },
        Metadata: { 'aws:asset:path': 'AppInner.nested.template.json', 'aws:asset:property': 'TemplateURL' },
      },
    },
  }),
  'App.assets.json': JSON.stringify({
    files: {
      '8fefc46b': {
        source: { path: 'asset.8fefc46b' },
        destinations: { here: { objectKey: '8fefc46b.zip' } },
      },
      '9d8132c7': {
        source: { path: 'AppInner.nested.template.json', packaging: 'file' },
        destinations: { here: { bucketName: 'cdk-assets', objectKey: '9d8132c7.json' } },
      },
    },
  }),
  'AppInner.nested.template.json': {
    Parameters: { referencetoAppFnRole: { Type: 'String' } },
    Resources: {
      Queue4A7E3555: { Type: 'AWS::SQS::Queue' },
      QueuePolicy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: {
          Queues: [{ Ref: 'Queue4A7E3555' }],
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Action: 'sqs:SendMessage',
                Effect: 'Allow',
                Principal: { AWS: { Ref: 'referencetoAppFnRole' } },
                Resource: { 'Fn::GetAtt': ['Queue4A7E3555', 'Arn'] },
              },
            ],
          },
        },
      },
    },
  },
  'assembly-Europe/manifest.json': {
    version: '48.0.0',
    artifacts: {
      EuropeApi: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://unknown-account/unknown-region',
        properties: { templateFile: 'EuropeApi.template.json' },
        metadata: { '/Europe/Api/Role/Resource': logicalId('Role1ABCC5F0') },
      },
    },
  },
  'assembly-Europe/EuropeApi.template.json': {
    Resources: {
      Role1ABCC5F0: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: trust,
          Policies: [
            {
              PolicyName: 'p',
              PolicyDocument: allow('dynamodb:GetItem', {
                'Fn::Sub': 'arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/t',
              }),
            },
          ],
        },
      },
    },
  },
};

describe('an assembly', () => {
  const { data, diagnostics } = loadCdk(files, { accountId: '444455556666', region: 'us-west-2' });
  const estate = new Estate(data);

  it.each([
    ['App/Fn', 's3:GetObject', 'Data/Bucket/prod/x', 'allowed'],
    ['/App/Fn', 's3:GetObject', 'Data/Bucket/prod/x', 'allowed'],
    ['/App/Fn/ServiceRole', 's3:ListBucket', '/Data/Bucket', 'allowed'],
    ['/App/Fn/ServiceRole/Resource', 's3:PutObject', 'Data/Bucket/prod/x', 'implicitDeny'],
    [
      'Fn9270CBC0',
      's3:GetObject',
      'arn:aws:s3:::prod-data-bucket83908e77-xxxxxxxxxxxx/test/x',
      'implicitDeny',
    ],
    ['App/Fn', 'sqs:SendMessage', 'App/Inner/Queue', 'allowed'],
    ['App/Fn', 'sqs:ReceiveMessage', 'App/Inner/Queue', 'implicitDeny'],
    ['Europe/Api/Role', 'dynamodb:GetItem', 'arn:aws:dynamodb:us-west-2:444455556666:table/t', 'allowed'],
  ])('%s %s %s: %s', (who, action, resource, decision) => {
    const answer = estate.can(who, action, resource);
    expect(answer.decision, answer.format()).toBe(decision);
  });

  it('has the accounts of its environments', () =>
    expect(data.accounts.map(({ id }) => id).sort()).toEqual(['111122223333', '444455556666']));

  it('says which files are missing', () =>
    expect(diagnostics.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'unresolvedReference assembly-Lost/manifest.json',
      'unresolvedReference Gone.template.json',
    ]));
});

describe('other ways to say the same', () => {
  it('paths that begin above the folder', () => {
    const above = Object.fromEntries(
      Object.entries(files).map(([path, content]) => [`./cdk.out/${path}`, content]),
    );
    expect(loadCdk(above).data.principals).toEqual(loadCdk(files).data.principals);
  });

  it('a nested stack that names its file in its metadata', () => {
    const template = JSON.parse(files['App.template.json'] as string);
    template.Resources.InnerNestedStack.Metadata = { 'aws:asset:path': 'AppInner.nested.template.json' };
    const { 'App.assets.json': _gone, ...rest } = files;
    const other = { ...rest, 'App.template.json': template };
    expect(loadCdk(other).data.resources).toEqual(loadCdk(files).data.resources);
  });

  it('parameters for one stack, and for all', () => {
    const name = (options: object) =>
      JSON.stringify(loadCdk(files, options).data.principals[0]!.policies).match(
        /bucket83908e77-x+\/(\w+)\//,
      )?.[1];
    expect(
      [
        {},
        { parameters: { Stage: 'a' } },
        { parameters: { Stage: 'a' }, stackParameters: { App: { Stage: 'b' } } },
      ].map(name),
    ).toEqual(['prod', 'a', 'b']);
  });
});

describe('without an environment', () => {
  it('account and region are missing values', () => {
    const { diagnostics } = loadCdk({
      'manifest.json': files['assembly-Europe/manifest.json'],
      'EuropeApi.template.json': files['assembly-Europe/EuropeApi.template.json'],
    });
    expect(diagnostics.map(({ path }) => path).sort()).toEqual(['options.accountId', 'options.region']);
  });
});

it('stacks without a resource hold nothing', () => {
  const stack = (templateFile: string) => ({
    type: 'aws:cloudformation:stack',
    environment: 'aws://111122223333/eu-west-1',
    properties: { templateFile },
  });
  const { data, diagnostics } = loadCdk({
    'manifest.json': {
      artifacts: {
        Data: stack('d.json'),
        Assert: stack('a.json'),
        Empty: stack('e.json'),
        Text: stack('t.json'),
      },
    },
    'd.json': files['Data.template.json'],
    'a.json': { Parameters: { BootstrapVersion: { Type: 'String', Default: 'x' } }, Rules: {} },
    'e.json': {},
    't.json': '{ }\n',
  });
  expect(data.resources.map(({ arn }) => arn)).toEqual(['arn:aws:s3:::data-bucket83908e77-xxxxxxxxxxxx']);
  expect(diagnostics).toEqual([]);
});

describe('holes of two stacks', () => {
  it('are different even when they are called the same', () => {
    const template = (Action: string) => ({
      Parameters: { Name: { Type: 'String' } },
      Resources: {
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: {
            AssumeRolePolicyDocument: trust,
            Policies: [
              { PolicyName: 'p', PolicyDocument: allow(Action, { 'Fn::Sub': 'arn:aws:s3:::${Name}/*' }) },
            ],
          },
        },
      },
    });
    const stack = (templateFile: string) => ({
      type: 'aws:cloudformation:stack',
      environment: 'aws://111122223333/eu-west-1',
      properties: { templateFile },
    });
    const { data } = loadCdk({
      'manifest.json': { artifacts: { A: stack('a.template.json'), B: stack('b.template.json') } },
      'a.template.json': template('s3:GetObject'),
      'b.template.json': template('s3:PutObject'),
    });
    const holes = JSON.stringify(data).match(/"hole":"[^"]*"/g);
    expect(holes).toEqual(['"hole":"A/Name"', '"hole":"B/Name"']);
  });
});

describe('what is no assembly', () => {
  it.each<[string, unknown, string]>([
    ['nothing', {}, 'manifest.json'],
    ['text', 'x', 'files'],
    ['a broken manifest', { 'manifest.json': '{"artifacts":' }, 'manifest.json'],
    [
      'a broken template',
      {
        'manifest.json': {
          artifacts: { A: { type: 'aws:cloudformation:stack', properties: { templateFile: 'a.json' } } },
        },
        'a.json': '{',
      },
      'A',
    ],
  ])('%s is refused with a path', (_name, input, path) => {
    expect(() => loadCdk(input as Record<string, unknown>)).toThrow(
      expect.objectContaining({ code: 'ERR_IAM_INVALID_INPUT', issues: [expect.objectContaining({ path })] }),
    );
  });

  it('an assembly that holds itself ends', () => {
    const files = {
      'manifest.json': {
        artifacts: { Again: { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } } },
      },
    };
    expect(loadCdk(files).data.principals).toEqual([]);
  });
});
