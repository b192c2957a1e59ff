import { describe, expect, it } from 'vitest';
import type { CloudFormationOptions } from '../../../src/load/cloudformation/options.js';
import { Estate } from '../../../src/query/estate.js';
import { fixture, load } from './fixture.js';

type Question = readonly [who: string, action: string, resource: string, decision: string, facts?: object];

interface Case {
  readonly file: string;
  readonly options?: CloudFormationOptions;
  /** Code and path of each diagnostic. */
  readonly diagnostics?: readonly string[];
  readonly ask: readonly Question[];
}

const tls = { context: { 'aws:SecureTransport': 'true' } };
const partner = '444455556666';

const cases: readonly Case[] = [
  {
    file: 'web-upload.yaml',
    ask: [
      ['Handler', 's3:PutObject', 'Uploads/test/x', 'allowed', tls],
      ['HandlerRole', 's3:GetObject', 'Uploads/test/x', 'allowed', tls],
      ['app-HandlerRole', 's3:PutObject', 'arn:aws:s3:::app-uploads/prod/x', 'implicitDeny', tls],
      [
        'Handler',
        's3:PutObject',
        'Uploads/test/x',
        'explicitDeny',
        { context: { 'aws:SecureTransport': 'false' } },
      ],
      [
        'lambda.amazonaws.com',
        'sts:AssumeRole',
        'arn:aws:iam::111122223333:role/app-HandlerRole-XXXXXXXXXXXX',
        'allowed',
      ],
    ],
  },
  {
    file: 'web-upload.yaml',
    options: { parameters: { Stage: 'prod' } },
    ask: [['Handler', 's3:PutObject', 'Uploads/prod/x', 'allowed', tls]],
  },
  {
    file: 'home-folders.yaml',
    ask: [
      ['ana', 's3:GetObject', 'Homes/home/ana/x', 'allowed'],
      ['Ana', 's3:GetObject', 'Homes/home/ben/x', 'implicitDeny'],
      ['Ben', 's3:PutObject', 'Homes/home/ben/x', 'allowed'],
      ['Ben', 's3:ListBucket', 'Homes', 'allowed', { context: { 's3:prefix': 'home/ben/' } }],
      ['Ben', 's3:ListBucket', 'Homes', 'implicitDeny', { context: { 's3:prefix': 'home/ana/' } }],
      // Without a Version a variable is literal text.
      ['Ben', 's3:GetObject', 'Homes/old/ben/x', 'implicitDeny'],
    ],
  },
  {
    file: 'queue-topic.json',
    ask: [
      ['Machine', 'sqs:ReceiveMessage', 'Jobs', 'allowed'],
      ['app-worker', 'sqs:SendMessage', 'Jobs', 'implicitDeny'],
      [
        'sns.amazonaws.com',
        'sqs:SendMessage',
        'Jobs',
        'allowed',
        { context: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:app-News-XXXXXXXXXXXX' } },
      ],
      [
        'sns.amazonaws.com',
        'sqs:SendMessage',
        'Jobs',
        'implicitDeny',
        { context: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:other' } },
      ],
      [partner, 'sns:Publish', 'News', 'allowed'],
      [partner, 'sns:Subscribe', 'News', 'implicitDeny'],
    ],
  },
  {
    file: 'key-policy.yaml',
    options: { parameters: { Admin: 'arn:aws:iam::111122223333:user/admin' } },
    ask: [
      [
        'Reader',
        'kms:Decrypt',
        'Key',
        'allowed',
        { context: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
      ],
      [
        'Reader',
        'kms:Decrypt',
        'Key',
        'implicitDeny',
        { context: { 'kms:ViaService': 'sqs.eu-west-1.amazonaws.com' } },
      ],
      ['Reader', 'kms:Encrypt', 'Plain', 'allowed'],
    ],
  },
  {
    file: 'key-policy.yaml',
    diagnostics: ['missingValue Parameters.Admin'],
    ask: [
      ['Reader', 'kms:ScheduleKeyDeletion', 'Key', 'depends'],
      ['Reader', 'kms:CreateGrant', 'Key', 'implicitDeny'],
    ],
  },
  {
    file: 'conditions.yaml',
    options: { parameters: { Env: 'prod' } },
    ask: [
      ['App', 's3:GetObject', 'Data/x', 'allowed'],
      ['App', 's3:PutObject', 'Data/x', 'allowed'],
      ['App', 's3:DeleteObject', 'Data/old/x', 'explicitDeny'],
    ],
  },
  {
    file: 'conditions.yaml',
    options: { parameters: { Env: 'dev' }, region: 'us-east-1' },
    ask: [
      ['App', 's3:GetObject', 'Data/x', 'implicitDeny'],
      ['App', 's3:PutObject', 'Data/x', 'implicitDeny'],
      ['App', 's3:ListBucket', 'Data', 'allowed'],
      ['App', 's3:DeleteObject', 'Data/old/x', 'implicitDeny'],
    ],
  },
  {
    file: 'conditions.yaml',
    options: { parameters: { Env: 'dev', Boundary: 'arn:aws:iam::111122223333:policy/elsewhere' } },
    ask: [['App', 's3:GetObject', 'Data/x', 'depends']],
  },
  {
    // Whether it is production is not known: nothing that hangs on it is taken for granted.
    file: 'conditions.yaml',
    diagnostics: [
      'missingValue Resources.App.Properties.Policies[0].Fn::If',
      'missingValue Resources.App.Properties.Policies[1].PolicyDocument.Statement[1].Fn::If',
      'missingValue Resources.Extra.Condition',
    ],
    ask: [
      ['App', 's3:GetObject', 'Data/x', 'depends'],
      ['App', 's3:PutObject', 'Data/x', 'depends'],
      ['App', 's3:DeleteObject', 'Data/old/x', 'depends'],
    ],
  },
  {
    file: 'abac.yaml',
    ask: [
      ['Task', 'secretsmanager:GetSecretValue', 'RedSecret', 'allowed'],
      ['Task', 'secretsmanager:GetSecretValue', 'BlueSecret', 'implicitDeny'],
    ],
  },
  {
    file: 'abac.yaml',
    options: { parameters: { Team: 'blue' } },
    ask: [['Runner', 'secretsmanager:GetSecretValue', 'BlueSecret', 'allowed']],
  },
  {
    file: 'lambda-permissions.yaml',
    ask: [
      [
        's3.amazonaws.com',
        'lambda:InvokeFunction',
        'Fn',
        'allowed',
        {
          context: {
            'aws:SourceArn': 'arn:aws:s3:::app-photos-xxxxxxxxxxxx',
            'aws:SourceAccount': '111122223333',
          },
        },
      ],
      [
        's3.amazonaws.com',
        'lambda:InvokeFunction',
        'Fn',
        'implicitDeny',
        {
          context: { 'aws:SourceArn': 'arn:aws:s3:::app-photos-xxxxxxxxxxxx', 'aws:SourceAccount': partner },
        },
      ],
      ['012345678901', 'lambda:InvokeFunction', 'Fn', 'allowed'],
      [partner, 'lambda:InvokeFunction', 'Fn', 'implicitDeny'],
      ['events.amazonaws.com', 'lambda:InvokeFunction', 'Live', 'allowed'],
      ['events.amazonaws.com', 'lambda:InvokeFunction', 'Fn', 'implicitDeny'],
      [
        'anonymous',
        'lambda:InvokeFunctionUrl',
        'Fn',
        'allowed',
        { context: { 'lambda:FunctionUrlAuthType': 'NONE' } },
      ],
      [
        'anonymous',
        'lambda:InvokeFunctionUrl',
        'Fn',
        'implicitDeny',
        { context: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } },
      ],
      [
        partner,
        'lambda:InvokeFunction',
        'Live',
        'allowed',
        { context: { 'aws:PrincipalOrgID': 'o-abcdef1234' } },
      ],
    ],
  },
  {
    file: 'github-oidc.yaml',
    ask: [
      [
        'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
        'sts:AssumeRoleWithWebIdentity',
        'arn:aws:iam::111122223333:role/deploy',
        'allowed',
        {
          context: {
            'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
            'token.actions.githubusercontent.com:sub': 'repo:acme/shop:ref:refs/heads/main',
          },
        },
      ],
      [
        'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
        'sts:AssumeRoleWithWebIdentity',
        'arn:aws:iam::111122223333:role/deploy',
        'implicitDeny',
        {
          context: {
            'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
            'token.actions.githubusercontent.com:sub': 'repo:acme/other:ref:refs/heads/main',
          },
        },
      ],
    ],
  },
  {
    file: 'secrets-and-more.yaml',
    ask: [
      [partner, 'secretsmanager:GetSecretValue', 'Secret', 'allowed'],
      [partner, 'secretsmanager:PutSecretValue', 'Secret', 'implicitDeny'],
      [partner, 'ecr:BatchGetImage', 'Images', 'allowed'],
      [partner, 'elasticfilesystem:ClientMount', 'Files', 'allowed'],
      [partner, 'events:PutEvents', 'Bus', 'allowed'],
      [
        '777788889999',
        'events:PutEvents',
        'Bus',
        'allowed',
        { context: { 'aws:PrincipalOrgID': 'o-abcdef1234' } },
      ],
      [
        '777788889999',
        'events:PutEvents',
        'Bus',
        'implicitDeny',
        { context: { 'aws:PrincipalOrgID': 'o-x' } },
      ],
      ['anonymous', 'execute-api:Invoke', 'Api/prod/GET/orders', 'allowed'],
      ['anonymous', 'execute-api:Invoke', 'Api/prod/POST/orders', 'implicitDeny'],
      [partner, 'es:ESHttpGet', 'Search/x', 'allowed'],
      [partner, 'dynamodb:GetItem', 'Orders', 'allowed'],
      [partner, 'backup:DeleteRecoveryPoint', 'Vault', 'explicitDeny'],
      [partner, 's3:GetObject', 'arn:aws:s3:eu-west-1:111122223333:accesspoint/reports/object/x', 'allowed'],
    ],
  },
  {
    file: 'organization.yaml',
    diagnostics: ['missingValue Resources.Region.Properties.TargetIds[1]'],
    ask: [
      ['Role', 'ec2:RunInstances', '*', 'explicitDeny', { context: { 'aws:RequestedRegion': 'us-east-1' } }],
      // What is attached above the account is not in the template.
      ['Role', 'ec2:RunInstances', '*', 'depends', { context: { 'aws:RequestedRegion': 'eu-west-1' } }],
    ],
  },
  {
    // An attribute that is not known is neither void nor everything.
    file: 'unresolved-attribute.yaml',
    diagnostics: [
      'unresolvedReference Resources.Role.Properties.Policies[0].PolicyDocument.Statement[0].Resource[0].Fn::GetAtt',
      'unresolvedReference Resources.Trusting.Properties.AssumeRolePolicyDocument.Statement[0].Condition',
    ],
    ask: [
      ['Role', 's3:GetObject', 'arn:aws:s3:::any/x', 'depends'],
      ['Role', 's3:GetObject', 'arn:aws:s3:::plain/x', 'allowed'],
      ['Role', 's3:DeleteObject', 'arn:aws:s3:::any/x', 'depends'],
      ['Role', 's3:PutObject', 'arn:aws:s3:::any/x', 'implicitDeny'],
      [
        'arn:aws:iam::111122223333:oidc-provider/oidc.example.com',
        'sts:AssumeRoleWithWebIdentity',
        'Trusting',
        'depends',
      ],
      ['ec2.amazonaws.com', 'sts:AssumeRole', 'Trusting', 'implicitDeny'],
    ],
  },
  {
    file: 'language-extensions.yaml',
    ask: [
      [partner, 's3:GetObject', 'Bucketred/x', 'allowed'],
      [partner, 's3:GetObject', 'Bucketblue/x', 'implicitDeny'],
      ['777788889999', 's3:GetObject', 'arn:aws:s3:::data-blue/x', 'allowed'],
    ],
  },
  {
    file: 'nested-parent.yaml',
    options: { nested: { 'store.yaml': fixture('nested-child.yaml') } },
    ask: [
      ['Reader', 's3:GetObject', 'arn:aws:s3:::app-store/x', 'allowed'],
      ['Reader', 's3:GetObject', 'Store.Bucket/x', 'allowed'],
      ['Reader', 's3:GetObject', 'arn:aws:s3:::other/x', 'implicitDeny'],
    ],
  },
  {
    file: 'nested-parent.yaml',
    diagnostics: [
      'unsupportedType Resources.Store',
      'unresolvedReference Resources.Reader.Properties.Policies[0].PolicyDocument.Statement[0].Resource.Fn::Sub',
    ],
    ask: [['Reader', 's3:GetObject', 'arn:aws:s3:::other/x', 'depends']],
  },
  {
    file: 'imports.yaml',
    options: {
      imports: { 'eu-west-1-data': 'arn:aws:s3:::data' },
      parameters: { '{{resolve:ssm:/app/bucket}}': 'uploads', '{{resolve:ssm:/app/trash}}': 'trash' },
    },
    ask: [
      ['Role', 's3:GetObject', 'arn:aws:s3:::data/x', 'allowed'],
      ['Role', 's3:PutObject', 'arn:aws:s3:::uploads/x', 'allowed'],
      // The default of the parameter is a name in Parameter Store, not the bucket.
      ['Role', 's3:PutObject', 'arn:aws:s3:::/app/bucket/x', 'implicitDeny'],
      ['Role', 's3:DeleteObject', 'arn:aws:s3:::trash/x', 'allowed'],
    ],
  },
  {
    file: 'imports.yaml',
    diagnostics: [
      'missingValue Resources.Role.Properties.Policies[0].PolicyDocument.Statement[0].Resource.Fn::Join[1][0].Fn::ImportValue',
      'missingValue Parameters.Latest',
      'missingValue Resources.Role.Properties.Policies[0].PolicyDocument.Statement[2].Resource',
    ],
    ask: [
      ['Role', 's3:GetObject', 'arn:aws:s3:::data/x', 'depends'],
      ['Role', 's3:PutObject', 'arn:aws:s3:::uploads/x', 'depends'],
      ['Role', 's3:DeleteObject', 'arn:aws:s3:::trash/x', 'depends'],
    ],
  },
  {
    file: 'anchors.yaml',
    ask: [
      ['One', 's3:GetObject', 'arn:aws:s3:::x/y', 'allowed'],
      ['Two', 's3:GetObject', 'arn:aws:s3:::x/y', 'implicitDeny'],
      ['Two', 'sqs:ListQueues', '*', 'allowed'],
    ],
  },
  {
    file: 'notprincipal.json',
    ask: [
      ['Keeper', 's3:GetObject', 'Vault/x', 'allowed'],
      ['Other', 's3:GetObject', 'Vault/x', 'explicitDeny'],
      ['Other', 's3:ListBucket', 'Vault', 'allowed'],
    ],
  },
  {
    file: 'sam-orders.yaml',
    ask: [
      ['ApiRole', 'dynamodb:Query', 'Orders', 'allowed'],
      ['Api', 'sqs:SendMessage', 'Jobs', 'allowed'],
      [
        'apigateway.amazonaws.com',
        'lambda:InvokeFunction',
        'Api',
        'allowed',
        {
          context: {
            'aws:SourceArn':
              'arn:aws:execute-api:eu-west-1:111122223333:app-ServerlessRestApi/Prod/GET/orders/7',
          },
        },
      ],
      ['events.amazonaws.com', 'lambda:InvokeFunction', 'Worker', 'implicitDeny'],
      [
        'lambda.amazonaws.com',
        'sts:AssumeRole',
        'arn:aws:iam::111122223333:role/app-BareRole-XXXXXXXXXXXX',
        'allowed',
      ],
      ['Flow', 'lambda:InvokeFunction', 'Worker', 'allowed'],
      ['FlowRole', 'lambda:InvokeFunction', 'Bare', 'implicitDeny'],
      ['Worker', 'sqs:SendMessage', 'Jobs', 'allowed'],
      ['Worker', 'sqs:DeleteMessage', 'Jobs', 'allowed'],
      ['Worker', 'dynamodb:DeleteTable', 'Orders', 'allowed'],
      ['Bare', 'dynamodb:DeleteTable', 'Orders', 'implicitDeny'],
      ['Bare', 'logs:PutLogEvents', '*', 'allowed'],
      ['Api', 's3:PutObject', 'Uploads/x', 'implicitDeny'],
    ],
  },
  {
    file: 'sam-orders.yaml',
    options: { parameters: { Env: 'prod' } },
    ask: [['Api', 's3:PutObject', 'Uploads/x', 'allowed']],
  },
  {
    file: 'sam-connectors.yaml',
    diagnostics: ['unsupportedType Resources.LostStrange'],
    ask: [
      ['Fn', 'dynamodb:GetItem', 'Table', 'allowed'],
      ['Fn', 's3:GetObject', 'Bucket/x', 'allowed'],
      ['Fn', 's3:PutObject', 'Bucket/x', 'implicitDeny'],
      ['Lost', 's3:PutObject', 'Bucket/x', 'depends'],
      ['Machine', 'sns:Publish', 'Topic', 'allowed'],
      ['Machine', 'sns:Subscribe', 'Topic', 'implicitDeny'],
      [
        'sns.amazonaws.com',
        'sqs:SendMessage',
        'Queue',
        'allowed',
        { context: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:app-Topic-XXXXXXXXXXXX' } },
      ],
    ],
  },
  {
    file: 'sam-unknown.yaml',
    diagnostics: [
      'unsupportedType Resources.Fn.Properties.Policies[0]',
      'malformed Resources.Fn.Properties.Policies[1]',
    ],
    ask: [
      ['Fn', 's3:PutObject', 'arn:aws:s3:::known/x', 'depends'],
      [
        'anonymous',
        'lambda:InvokeFunctionUrl',
        'Fn',
        'allowed',
        { context: { 'lambda:FunctionUrlAuthType': 'NONE' } },
      ],
    ],
  },
  {
    file: 'other-types.yaml',
    diagnostics: [
      'unsupportedFunction Transform',
      'unsupportedType Resources.Lattice.Properties.AccessPolicy',
      'unsupportedType Resources.Module',
      'unsupportedType Resources.Child',
      'unsupportedType Resources.Sso',
      'ignored Resources.Logs',
      'malformed Resources.Typeless',
    ],
    ask: [[partner, 's3:GetObject', 'Bucket/x', 'implicitDeny']],
  },
  {
    file: 'text-documents.yaml',
    diagnostics: ['malformed Resources.Broken.Properties.PolicyDocument'],
    ask: [
      ['Role', 's3:GetObject', 'Bucket/x/y', 'depends'],
      ['Role', 's3:PutObject', 'Bucket/x/y', 'depends'],
    ],
  },
];

describe.each(cases)('$file $options.parameters', ({ file, options, diagnostics = [], ask }) => {
  const loaded = load(fixture(file), options);
  const estate = new Estate(loaded.data);

  it('says what it could not take over', () =>
    expect(loaded.diagnostics.map(({ code, path }) => `${code} ${path}`).sort()).toEqual(
      [...diagnostics].sort(),
    ));

  for (const [who, action, resource, decision, facts] of ask) {
    it(`${who} ${action} ${resource}: ${decision}`, () => {
      const answer = estate.can(who, action, resource, facts);
      expect(answer.decision, answer.format()).toBe(decision);
    });
  }
});
