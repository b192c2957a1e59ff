import { describe, expect, it } from 'vitest';
import { Estate } from '../../../src/query/estate.js';
import { load, roleWith } from './fixture.js';

const deny = (Action: string, Resource = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action, Resource }],
});
const all = { Effect: 'Allow', Action: '*', Resource: '*' };

const api = (properties: object, type = 'AWS::ApiGateway::RestApi', more: object = {}) =>
  load(roleWith(all, { Api: { Type: type, Properties: properties }, ...more }));
const invoke = (loaded: ReturnType<typeof load>, id = 'Api') =>
  new Estate(loaded.data).can(
    'Role',
    'execute-api:Invoke',
    `arn:aws:execute-api:eu-west-1:111122223333:app-${id}/prod/GET/x`,
  ).decision;
const policy = 'x-amazon-apigateway-policy';
const inBody = { openapi: '3.0.1', [policy]: deny('execute-api:Invoke', 'execute-api:/*') };

describe('the policy of an API', () => {
  it('may stand in its definition', () => {
    expect(invoke(api({ Body: inBody }))).toBe('explicitDeny');
    expect(invoke(api({ DefinitionBody: inBody }, 'AWS::Serverless::Api'))).toBe('explicitDeny');
    expect(invoke(api({ Body: { openapi: '3.0.1' } }))).toBe('allowed');
  });

  it.each([
    ['is in a file', { BodyS3Location: { Bucket: 'b', Key: 'k' } }],
    ['is text', { Body: JSON.stringify(inBody) }],
    ['is included', { Body: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: {} } } }],
    ['says something else than its own policy', { Body: inBody, Policy: deny('execute-api:Invoke') }],
  ])('is not known where the definition %s', (_what, properties) => {
    const loaded = api(properties);
    expect(invoke(loaded)).toBe('depends');
    expect(loaded.diagnostics).not.toEqual([]);
  });

  it('is not known where the definition of a serverless API is a file', () =>
    expect(invoke(api({ DefinitionUri: 'api.yaml' }, 'AWS::Serverless::Api'))).toBe('depends'));
});

describe('the policy of a global table', () => {
  const table = (replica: object, options = {}) => {
    const { data } = load(
      roleWith(all, {
        Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { TableName: 't', Replicas: [replica] } },
      }),
      options,
    );
    const arn = 'arn:aws:dynamodb:eu-west-1:111122223333:table/t';
    return new Estate(data).can('Role', 'dynamodb:GetItem', arn).decision;
  };
  const ResourcePolicy = { PolicyDocument: deny('dynamodb:*') };

  it('is not that of its stream, which is said', () => {
    const said = (replica: object) =>
      load({
        Resources: {
          Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { TableName: 't', Replicas: [replica] } },
        },
      }).diagnostics.map(({ code, path }) => `${code} ${path}`);
    const ReplicaStreamSpecification = { ResourcePolicy: { PolicyDocument: deny('dynamodb:*') } };
    const path = 'Resources.Table.Properties.Replicas[0].ReplicaStreamSpecification.ResourcePolicy';
    expect(said({ Region: 'eu-west-1', ReplicaStreamSpecification })).toEqual([`unsupportedType ${path}`]);
    expect(said({ Region: 'us-east-1', ReplicaStreamSpecification })).toEqual([]);
    expect(said({ Region: 'eu-west-1', ReplicaStreamSpecification: {} })).toEqual([]);
  });

  it('is that of the replica in the region of the stack', () => {
    expect(table({ Region: 'eu-west-1', ResourcePolicy })).toBe('explicitDeny');
    expect(table({ Region: 'us-east-1', ResourcePolicy })).toBe('allowed');
    expect(table({ Region: 'eu-west-1' })).toBe('allowed');
  });

  it('is not known where the region is not', () =>
    expect(table({ Region: { 'Fn::ImportValue': 'region' }, ResourcePolicy })).toBe('depends'));
});

it('the policy of a stream is said', () => {
  const { diagnostics } = load({
    Resources: {
      T: {
        Type: 'AWS::DynamoDB::Table',
        Properties: { StreamSpecification: { ResourcePolicy: { PolicyDocument: deny('dynamodb:*') } } },
      },
    },
  });
  expect(diagnostics).toMatchObject([
    { code: 'unsupportedType', path: 'Resources.T.Properties.StreamSpecification.ResourcePolicy' },
  ]);
});

it('a policy of a nested stack is closed by the bucket of the stack around it', () => {
  const Statement = [
    { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' },
  ];
  const child = {
    Parameters: { B: { Type: 'String' } },
    Resources: {
      P: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: { Bucket: { Ref: 'B' }, PolicyDocument: { Version: '2012-10-17', Statement } },
      },
    },
  };
  const decision = (RestrictPublicBuckets: boolean) => {
    const block = { PublicAccessBlockConfiguration: { RestrictPublicBuckets } };
    const bucket = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'b', ...block } };
    const Child = {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: 'c.yaml', Parameters: { B: { Ref: 'Bucket' } } },
    };
    const { data } = load({ Resources: { Bucket: bucket, Child } }, { nested: { Child: child } });
    return new Estate(data).can('anonymous', 's3:GetObject', 'b/k').decision;
  };
  expect(decision(true)).toBe('explicitDeny');
  expect(decision(false)).toBe('allowed');
});
