import type { Shape } from './shape.js';

const iam = (kind: string) => `arn:{partition}:iam::{account}:${kind}`;

/** IAM, organizations, keys and secrets. */
export const identityShapes: Readonly<Record<string, Shape>> = {
  'AWS::IAM::Role': { name: 'RoleName', arn: iam('role{path}{name}'), hidden: true },
  'AWS::IAM::User': { name: 'UserName', arn: iam('user{path}{name}'), hidden: true },
  'AWS::IAM::Group': { name: 'GroupName', arn: iam('group{path}{name}'), hidden: true },
  'AWS::IAM::ManagedPolicy': {
    name: 'ManagedPolicyName',
    arn: iam('policy{path}{name}'),
    ref: '{arn}',
    attributes: { PolicyArn: '{arn}' },
    hidden: true,
  },
  'AWS::IAM::Policy': { name: 'PolicyName', hidden: true },
  'AWS::IAM::InstanceProfile': {
    name: 'InstanceProfileName',
    arn: iam('instance-profile{path}{name}'),
    hidden: true,
  },
  'AWS::IAM::OIDCProvider': { arn: iam('oidc-provider/{host}'), ref: '{arn}' },
  // The custom resource that CDK makes for a provider; its id is the ARN.
  'Custom::AWSCDKOpenIdConnectProvider': { arn: iam('oidc-provider/{host}'), ref: '{arn}', hidden: true },
  'AWS::IAM::SAMLProvider': { name: 'Name', arn: iam('saml-provider/{name}'), ref: '{arn}' },
  'AWS::IAM::VirtualMFADevice': { name: 'VirtualMfaDeviceName', arn: iam('mfa{path}{name}'), ref: '{arn}' },
  'AWS::IAM::ServerCertificate': {
    name: 'ServerCertificateName',
    arn: iam('server-certificate{path}{name}'),
  },
  'AWS::Organizations::OrganizationalUnit': { prefix: 'ou-', hidden: true },
  // https://docs.aws.amazon.com/kms/latest/developerguide/mrk-how-it-works.html
  'AWS::KMS::Key': {
    arn: 'arn:{partition}:kms:{region}:{account}:key/{mrk}{name}',
    ref: '{mrk}{name}',
    attributes: { KeyId: '{mrk}{name}' },
  },
  'AWS::KMS::ReplicaKey': {
    arn: 'arn:{partition}:kms:{region}:{account}:key/mrk-{name}',
    ref: 'mrk-{name}',
    attributes: { KeyId: 'mrk-{name}' },
  },
  'AWS::KMS::Alias': { name: 'AliasName', arn: 'arn:{partition}:kms:{region}:{account}:{name}' },
  // The six characters are those that Secrets Manager appends at random.
  'AWS::SecretsManager::Secret': {
    name: 'Name',
    stackless: true,
    arn: 'arn:{partition}:secretsmanager:{region}:{account}:secret:{name}-AbCdEf',
    ref: '{arn}',
    attributes: { Id: '{arn}' },
  },
  // Ref is the secret, completed with what it is attached to.
  'AWS::SecretsManager::SecretTargetAttachment': { ref: '{.SecretId}', hidden: true },
  'AWS::SSM::Parameter': {
    name: 'Name',
    arn: 'arn:{partition}:ssm:{region}:{account}:parameter/{bare}',
  },
  'AWS::CertificateManager::Certificate': {
    arn: 'arn:{partition}:acm:{region}:{account}:certificate/{name}',
    ref: '{arn}',
  },
  'AWS::Cognito::UserPool': {
    arn: 'arn:{partition}:cognito-idp:{region}:{account}:userpool/{region}_{name}',
    ref: '{region}_{name}',
    attributes: {
      UserPoolId: '{region}_{name}',
      ProviderName: 'cognito-idp.{region}.amazonaws.com/{region}_{name}',
      ProviderURL: 'https://cognito-idp.{region}.amazonaws.com/{region}_{name}',
    },
  },
  'AWS::Cognito::IdentityPool': {
    arn: 'arn:{partition}:cognito-identity:{region}:{account}:identitypool/{region}:{name}',
    ref: '{region}:{name}',
    attributes: { Id: '{region}:{name}', Name: '{name}' },
  },
};
