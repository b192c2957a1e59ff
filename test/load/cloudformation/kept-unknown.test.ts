import { describe, expect, it } from 'vitest';
import { Estate } from '../../../src/query/estate.js';
import { load, roleWith } from './fixture.js';

const statement = (more: object = {}) => ({ Effect: 'Allow', Action: 's3:*', Resource: '*', ...more });
const answer = (loaded: ReturnType<typeof load>) =>
  new Estate(loaded.data).can('Role', 's3:GetObject', 'arn:aws:s3:::b/k').decision;

describe('what cannot be read is not left out', () => {
  it('a loop of unknown length in a statement', () => {
    const loop = {
      'Fn::ForEach::Tag': ['Tag', { Ref: 'Tags' }, { '${Tag}': { 'aws:PrincipalTag/a': 'b' } }],
    };
    const template = {
      ...roleWith(statement({ Condition: loop })),
      Parameters: { Tags: { Type: 'CommaDelimitedList' } },
    };
    expect(answer(load(template))).toBe('depends');
    expect(answer(load(template, { parameters: { Tags: ['StringEquals'] } }))).toBe('implicitDeny');
  });

  it('a condition that is no name', () => {
    const template = roleWith(statement());
    const loaded = load({
      Resources: { Role: { ...template.Resources.Role, Condition: { 'Fn::Equals': ['a', 'b'] } } },
    });
    expect(answer(loaded)).toBe('depends');
    expect(loaded.diagnostics).toMatchObject([{ code: 'malformed', path: 'Resources.Role.Condition' }]);
  });

  it('a secret by what attaches it to a database', () => {
    const deny = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: '*', Action: 'secretsmanager:DeleteSecret', Resource: '*' }],
    };
    const { data } = load(
      roleWith(
        { Effect: 'Allow', Action: 'secretsmanager:*', Resource: { Ref: 'Attached' } },
        {
          Secret: { Type: 'AWS::SecretsManager::Secret' },
          Attached: {
            Type: 'AWS::SecretsManager::SecretTargetAttachment',
            Properties: { SecretId: { Ref: 'Secret' }, TargetId: 'db', TargetType: 'AWS::RDS::DBInstance' },
          },
          Policy: {
            Type: 'AWS::SecretsManager::ResourcePolicy',
            Properties: { SecretId: { Ref: 'Attached' }, ResourcePolicy: deny },
          },
        },
      ),
    );
    const estate = new Estate(data);
    expect(estate.can('Role', 'secretsmanager:GetSecretValue', 'Secret').decision).toBe('allowed');
    expect(estate.can('Role', 'secretsmanager:DeleteSecret', 'Secret').decision).toBe('explicitDeny');
  });

  it('the policy of an organization is said', () => {
    const { diagnostics } = load({
      Resources: { P: { Type: 'AWS::Organizations::ResourcePolicy', Properties: { Content: {} } } },
    });
    expect(diagnostics).toMatchObject([{ code: 'unsupportedType', path: 'Resources.P' }]);
  });
});
