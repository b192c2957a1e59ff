import { describe, expect, it } from 'vitest';
import { loadCloudFormation } from '../../../src/load/cloudformation/load-cloudformation.js';
import { Estate } from '../../../src/query/estate.js';

const document = (Effect: string, Action: string, more: object = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Effect, Action, Resource: '*', ...more }],
});
const allowed = { Policies: [{ PolicyName: 'may', PolicyDocument: document('Allow', '*') }] };
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const app = {
  Type: 'AWS::IAM::Role',
  Properties: { RoleName: 'app', AssumeRolePolicyDocument: trust, ...allowed },
};
const ana = { Type: 'AWS::IAM::User', Properties: { UserName: 'ana', ...allowed } };
/** One of two, by a condition on a parameter that nobody gives. */
const either = (yes: unknown, no: unknown = { Ref: 'AWS::NoValue' }) => ({ 'Fn::If': ['Open', yes, no] });

const read = (Resources: object, stack: object = {}) => {
  const template = {
    Parameters: { P: { Type: 'String' } },
    Conditions: { Open: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } },
    Resources,
  };
  const { data, diagnostics } = loadCloudFormation(template, {
    accountId: '111122223333',
    region: 'eu-west-1',
    ...stack,
  });
  return { data, estate: new Estate(data), said: diagnostics.map(({ code, path }) => `${code} ${path}`) };
};
const can = (Resources: object, who: string) =>
  read(Resources).estate.can(who, 's3:GetObject', 'arn:aws:s3:::b/k').decision;

describe('a target that a condition chooses', () => {
  const no = { PolicyName: 'no', PolicyDocument: document('Deny', 's3:*') };
  const onRoles = (Roles: unknown) => ({
    Role: app,
    No: { Type: 'AWS::IAM::Policy', Properties: { ...no, Roles } },
  });

  it('may be the role of the template', () => {
    expect(can(onRoles(['app']), 'app')).toBe('explicitDeny');
    expect(can(onRoles([either({ Ref: 'Role' }, 'other')]), 'app')).toBe('depends');
    expect(can(onRoles(either([{ Ref: 'Role' }], ['other'])), 'app')).toBe('depends');
    // Of the two names only that there are two is known.
    expect(can(onRoles([either('this', 'other')]), 'app')).toBe('depends');
    expect(can(onRoles([{ Ref: 'P' }]), 'app')).toBe('allowed');
    expect(can(onRoles([{ 'Fn::ImportValue': 'role' }]), 'app')).toBe('allowed');
  });

  it('may be the role, whatever the stack is called', () => {
    const { estate } = read(onRoles([either({ Ref: 'Role' }, 'other')]), { stackName: 'shop' });
    expect(estate.can('app', 's3:GetObject', 'arn:aws:s3:::b/k').decision).toBe('depends');
  });

  it('may be a role whose own name a condition chooses', () => {
    const Role = { ...app, Properties: { ...app.Properties, RoleName: either('app', 'other') } };
    expect(can({ ...onRoles(['app']), Role }, 'Role')).toBe('depends');
  });

  it('may be the user who joins a group', () => {
    const join = (Users: unknown) => ({
      Ana: ana,
      No: { Type: 'AWS::IAM::Group', Properties: { GroupName: 'no', Policies: [no] } },
      In: { Type: 'AWS::IAM::UserToGroupAddition', Properties: { GroupName: 'no', Users } },
    });
    expect(can(join(['ana']), 'ana')).toBe('explicitDeny');
    expect(can(join([either({ Ref: 'Ana' }, 'bob')]), 'ana')).toBe('depends');
    expect(can(join(either(['ana'], ['bob'])), 'ana')).toBe('depends');
    expect(can(join([either('ana')]), 'ana')).toBe('depends');
    expect(can(join(['bob']), 'ana')).toBe('allowed');
  });

  it('may be the bucket of the template', () => {
    const guard = (Bucket: unknown) => ({
      Role: app,
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'b' } },
      Guard: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: { Bucket, PolicyDocument: document('Deny', 's3:*', { Principal: '*' }) },
      },
    });
    expect(can(guard({ Ref: 'Bucket' }), 'app')).toBe('explicitDeny');
    expect(can(guard(either({ Ref: 'Bucket' }, 'other')), 'app')).toBe('depends');
    expect(can(guard({ Ref: 'P' }), 'app')).toBe('allowed');
  });
});

describe('a permission of an event bus', () => {
  const bus = 'arn:aws:events:eu-west-1:111122223333:event-bus/default';
  const ask = (properties: object, context: object = {}) => {
    const Properties = { StatementId: 's', ...properties };
    const { estate, said } = read({ Bus: { Type: 'AWS::Events::EventBusPolicy', Properties } });
    const { decision } = estate.can('444455556666', 'events:PutEvents', bus, { context: { ...context } });
    return [decision, said];
  };
  const condition = (more: object) => ({
    Principal: '*',
    Condition: { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: 'o-abc', ...more },
  });
  const path = 'missingValue Resources.Bus.Properties';

  it('is for whom it says', () => {
    expect(ask({ Principal: '444455556666' })).toEqual(['allowed', []]);
    expect(ask({ Principal: '333333333333' })).toEqual(['implicitDeny', []]);
    expect(ask(condition({}), { 'aws:PrincipalOrgID': 'o-abc' })).toEqual(['allowed', []]);
    expect(ask(condition({ Type: undefined }), { 'aws:PrincipalOrgID': 'o-abc' })).toEqual(['allowed', []]);
    expect(ask(condition({}), { 'aws:PrincipalOrgID': 'o-xyz' })).toEqual(['implicitDeny', []]);
    const Statement = [{ Effect: 'Allow', Principal: '*', Action: 'events:*', Resource: bus }];
    expect(ask({ Statement })).toEqual(['allowed', []]);
  });

  it('is not for everybody where its principal is not known', () => {
    expect(ask({})).toEqual(['depends', [`${path}.Principal`]]);
    expect(ask({ Principal: either('*') })).toEqual(['depends', [`${path}.Principal.Fn::If`]]);
    expect(ask({ Principal: { Ref: 'P' } })).toEqual(['depends', ['missingValue Parameters.P']]);
  });

  it('depends where its condition is not known', () => {
    expect(ask(condition({ Key: { Ref: 'P' } }))).toEqual(['depends', [`${path}.Condition`]]);
    const open = { Principal: '*', Condition: either({ Type: 'StringEquals', Key: 'k', Value: 'v' }) };
    expect(ask(open)).toEqual(['depends', [`${path}.Condition`]]);
  });
});
