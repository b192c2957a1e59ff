import { describe, expect, it } from 'vitest';
import { textWords } from '../../../src/account/text.js';
import { Estate } from '../../../src/query/index.js';
import { load } from './fixture.js';

const one = '222222222222';
const other = '333333333333';
const statement = (Effect: string, Action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect, Action, Resource: '*' }],
});
const set = (Properties: object = {}, more: object = {}) => ({
  Type: 'AWS::SSO::PermissionSet',
  Properties: { Name: 'Admin', InstanceArn: 'arn:aws:sso:::instance/ssoins-1', ...Properties },
  ...more,
});
const assignment = (
  TargetId: unknown,
  more: object = {},
  PermissionSetArn: unknown = { 'Fn::GetAtt': ['Set', 'PermissionSetArn'] },
) => ({
  Type: 'AWS::SSO::Assignment',
  Properties: {
    TargetId,
    TargetType: 'AWS_ACCOUNT',
    PermissionSetArn,
    PrincipalType: 'GROUP',
    PrincipalId: 'g',
  },
  ...more,
});
const read = (Resources: object, rest: object = {}) => {
  const { data, diagnostics } = load({ Resources, ...rest });
  return {
    data,
    diagnostics,
    said: diagnostics.map(({ code, path }) => `${code} ${path}`),
    estate: new Estate(data),
  };
};
const trust = 'missingValue Resources.Set';
const bucket = 'arn:aws:s3:::reports/x';

describe('a permission set', () => {
  it('becomes one role in each account that it is assigned to', () => {
    const { data, said, estate } = read({
      Set: set({ InlinePolicy: statement('Allow', 's3:*') }),
      First: assignment(one),
      Again: assignment(one),
      Second: assignment(other),
    });
    expect(said).toEqual([trust]);
    expect(data.principals.map(({ arn, account }) => [textWords(arn), account])).toEqual(
      [one, other].map((account) => [
        `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/{app/Set.${account}.Region}AWSReservedSSO_Admin_{app/Set.${account}.Suffix}`,
        account,
      ]),
    );
    expect(estate.can('Second', 's3:GetObject', bucket, { resourceAccount: other }).decision).toBe('allowed');
    expect(estate.can(`Set.${one}`, 'sqs:ListQueues').decision).toBe('implicitDeny');
    expect(() => estate.can('Set', 'sqs:ListQueues')).toThrow(/Set/);
  });

  it('has the policies and the boundary of its account', () => {
    const { said, data, estate } = read({
      Set: set({
        InlinePolicy: JSON.stringify(statement('Allow', 'sqs:*')),
        ManagedPolicies: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'],
        CustomerManagedPolicyReferences: [{ Name: 'own', Path: '/team/' }, { Name: 'plain' }],
        PermissionsBoundary: { ManagedPolicyArn: 'arn:aws:iam::aws:policy/AmazonS3FullAccess' },
      }),
      First: assignment(one),
      Own: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { ManagedPolicyName: 'other', PolicyDocument: statement('Allow', 'sns:*') },
      },
    });
    expect(said).toEqual([trust]);
    const [role] = data.principals;
    expect(role?.policies.map((use) => ('arn' in use ? use.arn : 'name' in use ? use.name : ''))).toEqual([
      'AwsSSOInlinePolicy',
      'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess',
      `arn:aws:iam::${one}:policy/team/own`,
      `arn:aws:iam::${one}:policy/plain`,
    ]);
    // The boundary does not hold it.
    expect(estate.can('First', 'sqs:ListQueues').allowed).toBe(false);
    // The account's own policies are not in the template, and might deny.
    expect(estate.can('First', 's3:GetObject', bucket, { resourceAccount: one }).decision).toBe('depends');
  });

  it('is held by its boundary', () => {
    const { estate } = read({
      Set: set({
        InlinePolicy: statement('Allow', '*'),
        ManagedPolicies: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'],
        PermissionsBoundary: { ManagedPolicyArn: 'arn:aws:iam::aws:policy/AmazonS3FullAccess' },
      }),
      First: assignment(one),
    });
    expect(estate.can('First', 's3:PutObject', bucket, { resourceAccount: one }).decision).toBe('allowed');
    expect(estate.can('First', 'sqs:ListQueues').decision).toBe('implicitDeny');
  });

  it('has a boundary by the name of a policy of its account', () => {
    const PermissionsBoundary = { CustomerManagedPolicyReference: { Name: 'edge' } };
    const { data } = read({ Set: set({ PermissionsBoundary }), First: assignment(one) });
    expect(data.principals[0]?.permissionsBoundary).toMatchObject({ arn: `arn:aws:iam::${one}:policy/edge` });
  });

  it('nobody knows who may assume its role, and with which session tags', () => {
    const { data, estate } = read({
      Set: set({
        InlinePolicy: {
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Action: 'sqs:ListQueues',
            Resource: '*',
            Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } },
          },
        },
      }),
      First: assignment(one),
    });
    expect(estate.can('First', 'sqs:ListQueues').decision).toBe('depends');
    expect(data.principals[0]).toMatchObject({ trustPolicy: { unresolved: expect.any(String) } });
  });

  it('nothing is certain of one that may not be assigned', () => {
    const rest = {
      Parameters: { Stage: { Type: 'String' } },
      Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    };
    const resources = { Set: set({ InlinePolicy: statement('Allow', 'sqs:*') }) };
    const maybe = read({ ...resources, First: assignment(one, { Condition: 'Prod' }) }, rest).estate;
    expect(maybe.can('First', 'sqs:ListQueues').decision).toBe('depends');
    const sure = { ...resources, First: assignment(one, { Condition: 'Prod' }), Second: assignment(one) };
    expect(read(sure, rest).estate.can('Second', 'sqs:ListQueues').decision).toBe('allowed');
  });
});

describe('what cannot become a role is said', () => {
  it('a permission set without an assignment', () => {
    const { said, data } = read({ Set: set() });
    expect(said).toEqual(['unsupportedType Resources.Set']);
    expect(data.principals).toEqual([]);
  });

  it('an assignment to an account that is not known', () => {
    const { said, data } = read(
      { Set: set(), First: assignment({ Ref: 'Account' }) },
      { Parameters: { Account: { Type: 'String' } } },
    );
    expect(said).toContain('missingValue Resources.First.Properties.TargetId');
    expect(data.principals).toEqual([]);
  });

  it('an assignment to what is no account', () => {
    const { said, data } = read({ Set: set(), First: assignment('1111-2222-3333') });
    expect(said).toContain('missingValue Resources.First.Properties.TargetId');
    expect(data.principals).toEqual([]);
  });

  it('an assignment of a permission set that is not in the template', () => {
    const { said } = read({ First: assignment(one, {}, 'arn:aws:sso:::permissionSet/ssoins-1/ps-1') });
    expect(said).toEqual(['missingValue Resources.First.Properties.PermissionSetArn']);
  });

  it('policies that nobody can read', () => {
    const { said, estate } = read({
      Set: set({ CustomerManagedPolicyReferences: [{ Path: '/' }], PermissionsBoundary: {} }),
      First: assignment(one),
    });
    expect(said).toEqual([
      trust,
      'malformed Resources.Set.Properties.PermissionsBoundary.ManagedPolicyArn',
      'malformed Resources.Set.Properties.CustomerManagedPolicyReferences[0]',
    ]);
    expect(estate.can('First', 'sqs:ListQueues').decision).toBe('depends');
  });
});
