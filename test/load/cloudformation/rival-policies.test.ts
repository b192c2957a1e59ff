import { describe, expect, it } from 'vitest';
import { Estate } from '../../../src/query/estate.js';
import { load } from './fixture.js';

const account = (id: string) => `arn:aws:iam::${id}:root`;
const policy = (AWS: string, Action: string, Effect = 'Allow') => ({
  Version: '2012-10-17',
  Statement: [{ Effect, Principal: { AWS: account(AWS) }, Action, Resource: '*' }],
});

const kinds: [string, string, string, string, string, boolean, string][] = [
  ['S3', 'Bucket', 'BucketName', 'BucketPolicy', 'Bucket', false, 's3:ListBucket'],
  ['SQS', 'Queue', 'QueueName', 'QueuePolicy', 'Queues', true, 'sqs:SendMessage'],
  ['SNS', 'Topic', 'TopicName', 'TopicPolicy', 'Topics', true, 'sns:Publish'],
];

describe.each(kinds)(
  'two policies of one thing: %s',
  (service, type, name, policyType, target, isList, action) => {
    const put = (PolicyDocument: object, more: object = {}) => ({
      Type: `AWS::${service}::${policyType}`,
      Properties: { [target]: isList ? [{ Ref: 'One' }] : { Ref: 'One' }, PolicyDocument },
      ...more,
    });
    const one = { Type: `AWS::${service}::${type}`, Properties: { [name]: 'one' } };
    const read = (policies: object, more: object = {}) => {
      const { data, diagnostics } = load({ Resources: { One: one, ...policies }, ...more });
      const decide = (who: string) => new Estate(data).can(who, action, 'One').decision;
      return {
        said: diagnostics.filter(({ code }) => code === 'ambiguous').map(({ path }) => path),
        decisions: ['444455556666', '777788889999'].map(decide),
      };
    };

    it('are neither of them certain', () => {
      const First = put(policy('444455556666', action));
      for (const effect of ['Allow', 'Deny'])
        expect(read({ First, Second: put(policy('777788889999', action, effect)) })).toEqual({
          said: ['Resources.Second'],
          decisions: ['depends', 'depends'],
        });
    });

    it('are one where they say the same', () => {
      const First = put(policy('444455556666', action));
      expect(read({ First, Second: First })).toEqual({ said: [], decisions: ['allowed', 'implicitDeny'] });
    });

    it('are one where conditions leave only one of them', () => {
      const Parameters = { P: { Type: 'String' } };
      const Conditions = {
        A: { 'Fn::Equals': [{ Ref: 'P' }, 'a'] },
        B: { 'Fn::Not': [{ Condition: 'A' }] },
      };
      const First = put(policy('444455556666', action), { Condition: 'A' });
      const Second = put(policy('777788889999', action), { Condition: 'B' });
      expect(read({ First, Second }, { Parameters, Conditions })).toEqual({
        said: [],
        decisions: ['depends', 'depends'],
      });
    });
  },
);

it('permissions of a function are many', () => {
  const permission = (Principal: string) => ({
    Type: 'AWS::Lambda::Permission',
    Properties: { FunctionName: 'f', Action: 'lambda:InvokeFunction', Principal },
  });
  const { diagnostics, data } = load({
    Resources: { A: permission('444455556666'), B: permission('777788889999') },
  });
  expect(diagnostics).toEqual([]);
  const arn = 'arn:aws:lambda:eu-west-1:111122223333:function:f';
  for (const who of ['444455556666', '777788889999'])
    expect(new Estate(data).can(who, 'lambda:InvokeFunction', arn).decision).toBe('allowed');
});

describe('the whole policy of a function', () => {
  const arn = 'arn:aws:lambda:eu-west-1:111122223333:function:f';
  const whole = (who: string, ResourceArn: unknown = { 'Fn::GetAtt': ['F', 'Arn'] }) => ({
    Type: 'AWS::Lambda::ResourcePolicy',
    Properties: {
      ResourceArn,
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { AWS: who }, Action: 'lambda:InvokeFunction', Resource: arn },
        ],
      },
    },
  });
  const permission = {
    Type: 'AWS::Lambda::Permission',
    Properties: { FunctionName: { Ref: 'F' }, Action: 'lambda:InvokeFunction', Principal: '777788889999' },
  };
  const asked = (more: object) => {
    const F = { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'f' } };
    const { data, diagnostics } = load({ Resources: { F, ...more } });
    const estate = new Estate(data);
    return {
      said: diagnostics.map(({ code, path }) => [code, path]),
      can: (who: string) => estate.can(who, 'lambda:InvokeFunction', 'F').decision,
    };
  };

  it('is read', () => {
    for (const target of [undefined, arn]) {
      const { said, can } = asked({ A: whole('444455556666', target) });
      expect(said).toEqual([]);
      expect(['444455556666', '777788889999'].map(can)).toEqual(['allowed', 'implicitDeny']);
    }
  });

  it('replaces permissions that are there before it', () => {
    const { said, can } = asked({ A: whole('444455556666'), P: permission });
    expect(said).toEqual([['ambiguous', 'Resources.P']]);
    expect(['444455556666', '777788889999', '999999999999'].map(can)).toEqual([
      'allowed',
      'depends',
      'implicitDeny',
    ]);
  });

  it('is one: of two the last one stays', () => {
    const { said, can } = asked({ A: whole('444455556666'), B: whole('777788889999') });
    expect(said).toEqual([['ambiguous', 'Resources.B']]);
    expect(['444455556666', '777788889999'].map(can)).toEqual(['depends', 'depends']);
  });
});
