import { describe, expect, it } from 'vitest';
import { Estate } from '../../../src/query/estate.js';
import { load, roleWith } from './fixture.js';

const estateOf = (...input: Parameters<typeof load>) => new Estate(load(...input).data);

const here = 'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}';
const code = { Role: 'arn:aws:iam::111122223333:role/x', Code: { ZipFile: 'x' } };
const fn = { Fn: { Type: 'AWS::Lambda::Function', Properties: code } };

describe('names that AWS makes end at random', () => {
  const decide = (statement: object) =>
    estateOf(roleWith(statement, fn)).can('Role', 'lambda:InvokeFunction', 'Fn').decision;
  const named = (name: string) => ({
    Action: 'lambda:*',
    Resource: { 'Fn::Sub': `${here}:function:\${AWS::StackName}-${name}` },
  });

  it('and so match what is written for them', () => {
    expect(decide({ Effect: 'Allow', ...named('Fn-*') })).toBe('allowed');
    expect(decide({ Effect: 'Allow', ...named('F*') })).toBe('allowed');
    expect(decide({ Effect: 'Allow', ...named('Fn') })).toBe('implicitDeny');
    expect(decide({ Effect: 'Allow', ...named('Other-*') })).toBe('implicitDeny');
  });

  it('and so are denied what is denied to them', () => {
    const statement = { Effect: 'Deny', ...named('Fn-*') };
    const all = { Effect: 'Allow', Action: '*', Resource: '*' };
    const { Resources } = roleWith(all, {
      ...fn,
      P: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyName: 'deny',
          Roles: [{ Ref: 'Role' }],
          PolicyDocument: { Version: '2012-10-17', Statement: [statement] },
        },
      },
    });
    expect(estateOf({ Resources }).can('Role', 'lambda:InvokeFunction', 'Fn').decision).toBe('explicitDeny');
  });

  it('and go by the part before it too', () => {
    const estate = estateOf(roleWith({ Effect: 'Allow', Action: '*', Resource: '*' }, fn));
    expect(estate.can('app-Role', 'lambda:InvokeFunction', 'app-Fn').decision).toBe('allowed');
  });

  it('of state machines, activities and secrets do not begin with the stack', () => {
    const estate = estateOf(
      roleWith(
        {
          Effect: 'Allow',
          Action: '*',
          Resource: [
            'arn:aws:states:*:*:stateMachine:app-*',
            'arn:aws:states:*:*:activity:A-*',
            'arn:aws:secretsmanager:*:*:secret:S-*',
          ],
        },
        {
          M: { Type: 'AWS::StepFunctions::StateMachine' },
          A: { Type: 'AWS::StepFunctions::Activity' },
          S: { Type: 'AWS::SecretsManager::Secret' },
        },
      ),
    );
    expect(estate.can('Role', 'states:StartExecution', 'M').decision).toBe('implicitDeny');
    expect(estate.can('Role', 'states:DescribeActivity', 'A').decision).toBe('allowed');
    expect(estate.can('Role', 'secretsmanager:DescribeSecret', 'S').decision).toBe('allowed');
  });

  it('of nested stacks begin with the name of the stack around them', () => {
    const queues = (Resource: string) =>
      estateOf(
        roleWith(
          { Effect: 'Allow', Action: 'sqs:*', Resource: { 'Fn::Sub': Resource } },
          { Inner: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'inner.yaml' } } },
        ),
        { nested: { Inner: { Resources: { Q: { Type: 'AWS::SQS::Queue' } } } } },
      ).can('Role', 'sqs:SendMessage', 'Q').decision;
    expect(queues('arn:aws:sqs:*:*:${AWS::StackName}-Inner-*-Q-*')).toBe('allowed');
    expect(queues('arn:aws:sqs:*:*:${AWS::StackName}-Inner-Q*')).toBe('implicitDeny');
  });
});

describe('ids that AWS makes', () => {
  const keyPolicy = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' },
  };
  const decide = (resource: string, action: string, made: object, Parameters: object = {}) => {
    const { Resources } = roleWith({ Effect: 'Allow', Action: '*', Resource: resource }, { X: made });
    return estateOf({ Resources, Parameters }).can('Role', action, 'X').decision;
  };

  it.each([
    [{ MultiRegion: true }, 'allowed'],
    [{ MultiRegion: 'true' }, 'allowed'],
    [{ MultiRegion: false }, 'implicitDeny'],
    [{ MultiRegion: { Ref: 'AWS::NoValue' } }, 'implicitDeny'],
    [{}, 'implicitDeny'],
    [{ MultiRegion: { Ref: 'Everywhere' } }, 'depends'],
  ])('of keys of several regions begin with mrk-: %j', (more, is) => {
    const key = { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: keyPolicy, ...more } };
    const parameters = { Everywhere: { Type: 'String' } };
    expect(decide('arn:aws:kms:*:*:key/mrk-*', 'kms:Decrypt', key, parameters)).toBe(is);
  });

  it('of their replicas too', () => {
    const PrimaryKeyArn = 'arn:aws:kms:us-east-1:111122223333:key/mrk-1';
    const replica = { Type: 'AWS::KMS::ReplicaKey', Properties: { KeyPolicy: keyPolicy, PrimaryKeyArn } };
    expect(decide('arn:aws:kms:*:*:key/mrk-*', 'kms:Decrypt', replica)).toBe('allowed');
  });

  it('of pools begin with the region', () => {
    const users = { Type: 'AWS::Cognito::UserPool' };
    const pool = 'arn:aws:cognito-idp:*:*:userpool';
    expect(decide(`${pool}/eu-west-1_*`, 'cognito-idp:AdminGetUser', users)).toBe('allowed');
    expect(decide(`${pool}/us-east-1_*`, 'cognito-idp:AdminGetUser', users)).toBe('implicitDeny');
    const identities = { Type: 'AWS::Cognito::IdentityPool' };
    const anyOf = 'arn:aws:cognito-identity:*:*:identitypool';
    expect(decide(`${anyOf}/eu-west-1:*`, 'cognito-identity:DescribeIdentityPool', identities)).toBe(
      'allowed',
    );
  });
});
