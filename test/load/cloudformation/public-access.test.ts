import { describe, expect, it } from 'vitest';
import { loadCdk } from '../../../src/load/cloudformation/load-cdk.js';
import { loadCloudFormation } from '../../../src/load/cloudformation/load-cloudformation.js';
import { Estate } from '../../../src/query/estate.js';

const account = '111122223333';
const options = { accountId: account, region: 'eu-west-1' };
const read = (Resources: object, more: object = {}) => {
  const { data, diagnostics } = loadCloudFormation({ Resources, ...more }, options);
  return { data, estate: new Estate(data), said: diagnostics.map(({ code, path }) => `${code} ${path}`) };
};

describe('an access point', () => {
  const arn = `arn:aws:s3:eu-west-1:${account}:accesspoint/ap`;
  const setting = 'PublicAccessBlockConfiguration';
  const ask = (configuration: object) => {
    const Policy = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${arn}/object/*` }],
    };
    const Properties = { Name: 'ap', Bucket: 'b', Policy, ...configuration };
    const Parameters = { Closed: { Type: 'String' } };
    const { said, estate } = read({ Ap: { Type: 'AWS::S3::AccessPoint', Properties } }, { Parameters });
    return [said, estate.can('anonymous', 's3:GetObject', `${arn}/object/k`).decision];
  };

  it('is closed or open as its configuration is', () => {
    const configured = (RestrictPublicBuckets: unknown) => ask({ [setting]: { RestrictPublicBuckets } });
    expect(configured(true)).toEqual([[], 'explicitDeny']);
    expect(configured('false')).toEqual([[], 'allowed']);
    const path = `missingValue Resources.Ap.Properties.${setting}.RestrictPublicBuckets`;
    const [said, decision] = configured({ Ref: 'Closed' });
    expect([said, decision]).toEqual([expect.arrayContaining([path]), 'depends']);
    // S3 closes those of which nothing is written.
    expect(ask({})).toEqual([[path], 'depends']);
  });
});

describe('a bucket', () => {
  const setting = 'PublicAccessBlockConfiguration';
  const ask = (configuration: object, Principal: unknown = '*') => {
    const { said, estate } = read({
      B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'b', ...configuration } },
      P: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: { Ref: 'B' },
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: { Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' },
          },
        },
      },
    });
    return [said, estate.can('444455556666', 's3:GetObject', 'arn:aws:s3:::b/k').decision];
  };

  it('of which nothing is written may be closed or open, as old as it is', () => {
    const path = `missingValue Resources.B.Properties.${setting}.RestrictPublicBuckets`;
    expect(ask({})).toEqual([[path], 'depends']);
    // What is not public is not restricted.
    expect(ask({}, { AWS: 'arn:aws:iam::444455556666:root' })).toEqual([[], 'allowed']);
  });

  it('is open where what is written does not close it', () => {
    for (const block of [{}, { BlockPublicAcls: true }, { RestrictPublicBuckets: false }])
      expect(ask({ [setting]: block })).toEqual([[], 'allowed']);
    expect(ask({ [setting]: { RestrictPublicBuckets: true } })).toEqual([[], 'explicitDeny']);
  });
});

describe('callers of the account of a bucket of which nothing is written', () => {
  const trust = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
  };
  const policy = (statement: object) => ({ Version: '2012-10-17', Statement: statement });
  const load = (statement: object = {}) =>
    read({
      Site: { Type: 'AWS::S3::Bucket' },
      Open: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: { Ref: 'Site' },
          PolicyDocument: policy({
            Effect: 'Allow',
            Principal: '*',
            Action: 's3:GetObject',
            Resource: '*',
            ...statement,
          }),
        },
      },
      Deploy: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: trust,
          Policies: [
            {
              PolicyName: 'p',
              PolicyDocument: policy({ Effect: 'Allow', Action: 's3:PutObject', Resource: '*' }),
            },
          ],
        },
      },
    });

  it.each([
    ['Deploy', 's3:PutObject', 'allowed'],
    ['Deploy', 's3:GetObject', 'allowed'],
    ['Deploy', 's3:DeleteObject', 'implicitDeny'],
    [account, 's3:PutObject', 'allowed'],
    ['arn:aws:iam::444455556666:root', 's3:GetObject', 'depends'],
    ['444455556666', 's3:PutObject', 'implicitDeny'],
    ['anonymous', 's3:GetObject', 'depends'],
    ['cloudfront.amazonaws.com', 's3:GetObject', 'allowed'],
  ])('%s %s: %s', (who, action, decision) => {
    const answer = load().estate.can(who, action, 'Site/x');
    expect(answer.decision, answer.format()).toBe(decision);
  });

  it('those of others see what it depends on', () => {
    const answer = load().estate.can('anonymous', 's3:GetObject', 'Site/x');
    const reason = 'whether public access is restricted is not written';
    expect(answer.dependsOn).toEqual([`the policy public access block (${reason})`]);
    expect(answer.allowedIf).toEqual([
      [expect.objectContaining({ key: `a Deny of the policy public access block (${reason})` })],
    ]);
  });

  it('are decided too where the policy may be public or not', () => {
    const { estate } = load({ Condition: { StringEquals: { 'aws:UserAgent': 'cdn' } } });
    const decide = (who: string) =>
      estate.can(who, 's3:GetObject', 'Site/x', { context: { 'aws:UserAgent': 'cdn' } }).decision;
    expect(['Deploy', 'anonymous'].map(decide)).toEqual(['allowed', 'depends']);
  });

  it('are decided after the policy is replaced by that of another file', () => {
    const { estate: above } = read({
      P: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: String(load().data.resources[0]!.names[1]),
          PolicyDocument: policy({
            Effect: 'Allow',
            Principal: '*',
            Action: 's3:ListBucket',
            Resource: '*',
          }),
        },
      },
    });
    const estate = load().estate.merge(above);
    const decide = (who: string, action: string) => estate.can(who, action, 'Site').decision;
    expect([decide('Deploy', 's3:ListBucket'), decide('anonymous', 's3:ListBucket')]).toEqual([
      'allowed',
      'depends',
    ]);
    expect(decide('Deploy', 's3:PutObject')).toBe('allowed');
  });
});

describe('what decides about access without a policy', () => {
  it.each([
    'AWS::RAM::ResourceShare',
    'AWS::RAM::Permission',
    'AWS::LakeFormation::PrincipalPermissions',
    'AWS::S3::AccessGrant',
    'AWS::Signer::ProfilePermission',
    'AWS::EKS::AccessEntry',
    'AWS::EC2::VPCEndpointServicePermissions',
  ])('%s is said', (Type) => {
    expect(read({ X: { Type, Properties: { Name: 'x' } } }).said).toEqual(['unsupportedType Resources.X']);
  });

  it('access control lists of buckets are said where they let others in', () => {
    const said = (AccessControl?: unknown) =>
      read({ B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'b', AccessControl } } }).said;
    for (const closed of [undefined, 'Private', 'BucketOwnerFullControl']) expect(said(closed)).toEqual([]);
    const path = 'unsupportedType Resources.B.Properties.AccessControl';
    expect(said('PublicRead')).toEqual([path]);
    expect(said({ 'Fn::ImportValue': 'acl' })).toContain(path);
  });
});

it('a bucket closes public policies that another stack of the app puts onto it', () => {
  const stack = (name: string, dependencies: string[] = []) => ({
    type: 'aws:cloudformation:stack',
    environment: `aws://${account}/eu-west-1`,
    properties: { templateFile: `${name}.json` },
    dependencies,
  });
  const ask = (RestrictPublicBuckets: boolean) => {
    const PublicAccessBlockConfiguration = { RestrictPublicBuckets };
    const { data } = loadCdk({
      'manifest.json': {
        version: '36.0.0',
        artifacts: { Data: stack('Data'), Site: stack('Site', ['Data']) },
      },
      'Data.json': {
        Resources: { B: { Type: 'AWS::S3::Bucket', Properties: { PublicAccessBlockConfiguration } } },
        Outputs: { B: { Value: { Ref: 'B' }, Export: { Name: 'bucket' } } },
      },
      'Site.json': {
        Resources: {
          P: {
            Type: 'AWS::S3::BucketPolicy',
            Properties: {
              Bucket: { 'Fn::ImportValue': 'bucket' },
              PolicyDocument: {
                Version: '2012-10-17',
                Statement: { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' },
              },
            },
          },
        },
      },
    });
    return new Estate(data).can('anonymous', 's3:GetObject', 'B/index.html').decision;
  };
  expect([ask(true), ask(false)]).toEqual(['explicitDeny', 'allowed']);
});

it('a policy of the logs of an account opens the log groups that it names', () => {
  const group = (LogGroupName: string) => ({ Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName } });
  const document = {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Service: 'route53.amazonaws.com' },
      Action: 'logs:PutLogEvents',
      Resource: `arn:aws:logs:eu-west-1:${account}:log-group:/dns/*`,
    },
  };
  const Properties = { PolicyName: 'dns', PolicyDocument: JSON.stringify(document) };
  const { estate, said } = read({
    Dns: group('/dns/example.com'),
    Other: group('/other'),
    Policy: { Type: 'AWS::Logs::ResourcePolicy', Properties },
  });
  const decide = (name: string) => estate.can('route53.amazonaws.com', 'logs:PutLogEvents', name).decision;
  expect([decide('Dns'), decide('Other')]).toEqual(['allowed', 'implicitDeny']);
  expect(said).toEqual(['ignored Resources.Policy']);
});
