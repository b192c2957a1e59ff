import { describe, expect, it } from 'vitest';
import { load } from './fixture.js';

const custom = (Type: string, Properties: object = {}) => ({
  Type,
  Properties: { ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:f', ...Properties },
});
const call = (service: string, action: string) =>
  custom('Custom::AWS', {
    Create: { 'Fn::Join': ['', [JSON.stringify({ service, action }), { Ref: 'Bucket' }]] },
  });
const said = (Resources: object) =>
  load({ Resources: { Bucket: { Type: 'AWS::S3::Bucket' }, ...Resources } }).diagnostics.map(
    ({ code, path, message }) => `${code} ${path}${/\(and .*\)$/.exec(message)?.[0] ?? ''}`,
  );

describe('custom resources', () => {
  it.each([
    ['by its name', custom('Custom::AttachPolicy')],
    ['by the call it makes', call('IAM', 'attachRolePolicy')],
    ['of a type of a third party', { Type: 'My::IAM::Thing' }],
  ])('are said where one may change access: %s', (_how, resource) =>
    expect(said({ X: resource })).toEqual(['unsupportedType Resources.X']),
  );

  it('are said once for a stack, and those whose policy can be seen by themselves', () => {
    const one = custom('Custom::AttachPolicy');
    const seen = custom('Custom::AttachPolicy', { PolicyDocument: { Statement: [] } });
    expect(said({ A: one, B: seen, C: call('S3', 'putBucketPolicy') })).toEqual([
      'unsupportedType Resources.B.Properties.PolicyDocument',
      'unsupportedType Resources.A(and 1 more)',
    ]);
  });

  it.each([
    custom('Custom::S3AutoDeleteObjects', { BucketName: 'b' }),
    custom('Custom::LogRetention', { LogGroupName: 'g', RetentionInDays: 7 }),
    custom('AWS::CloudFormation::CustomResource'),
    custom('Custom::AWSCDKOpenIdConnectProvider', { Url: 'https://oidc.example.com' }),
    call('S3', 'putObject'),
    { Type: 'AWS::CloudFormation::WaitConditionHandle' },
    { ...custom('Custom::AttachPolicy'), Condition: 'Never' },
  ])('are not said where nothing tells so: %o', (resource) => {
    const Conditions = { Never: { 'Fn::Equals': ['a', 'b'] } };
    expect(load({ Conditions, Resources: { X: resource } }).diagnostics).toEqual([]);
  });
});

describe('what decides about access in ways of its own', () => {
  it.each([
    'AWS::EntityResolution::PolicyStatement',
    'AWS::QBusiness::Permission',
    'AWS::ACMPCA::Permission',
    'AWS::ControlTower::EnabledControl',
    'AWS::SSO::InstanceAccessControlAttributeConfiguration',
    'AWS::ServiceCatalog::CloudFormationProvisionedProduct',
  ])('is said: %s', (Type) => expect(said({ X: { Type } })).toEqual(['unsupportedType Resources.X']));

  it('may be a macro in the place of a resource', () => {
    const include = { Name: 'AWS::Include', Parameters: { Location: 's3://b/role.yaml' } };
    expect(said({ X: { 'Fn::Transform': include } })).toEqual(['unsupportedFunction Resources.X']);
  });
});
