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
