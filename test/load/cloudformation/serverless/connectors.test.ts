import { describe, expect, it } from 'vitest';
import { connectorProfiles } from '../../../../src/load/cloudformation/serverless/connector-profiles.js';
import { load } from '../fixture.js';

const role = 'arn:aws:iam::111122223333:role/r';
const properties: Readonly<Record<string, object>> = {
  'AWS::Lambda::Function': { Role: role },
  'AWS::StepFunctions::StateMachine': { RoleArn: role },
  'AWS::AppSync::DataSource': { ServiceRoleArn: role },
  'AWS::Events::Rule': { Targets: [{ Arn: 'x' }, { RoleArn: role }] },
};

describe('every profile', () => {
  it.each([...connectorProfiles])('%s', (pair, profile) => {
    const [from, to] = pair.split(' ') as [string, string];
    const Permissions = (['Read', 'Write'] as const).filter((one) => profile[one] !== undefined);
    const loaded = load({
      Resources: {
        From: { Type: from, Properties: properties[from] ?? {} },
        To: { Type: to, Properties: properties[to] ?? {} },
        C: {
          Type: 'AWS::Serverless::Connector',
          Properties: { Source: { Id: 'From' }, Destination: { Id: 'To' }, Permissions },
        },
      },
    });
    expect(loaded.diagnostics).toEqual([]);
    const { managedPolicies, attachments, resources } = loaded.data;
    if (profile.as === 'sourceRole' || profile.as === 'destinationRole') {
      const text = JSON.stringify(managedPolicies[0]!.document);
      for (const one of Permissions)
        for (const action of profile[one]!.flatMap(({ actions }) => actions))
          expect(text).toContain(`"${action}"`);
      expect(attachments).toMatchObject([{ kind: 'role', target: role }]);
    } else {
      const policy = resources.flatMap(({ policies }) => policies);
      expect(JSON.stringify(policy)).toContain(`{"Service":"${profile.service}"}`);
    }
  });
});

describe('ends that are not in the template', () => {
  it('say what they are', () => {
    const { data, diagnostics } = load({
      Resources: {
        C: {
          Type: 'AWS::Serverless::Connector',
          Properties: {
            Source: { Type: 'AWS::Lambda::Function', RoleName: 'worker' },
            Destination: [
              { Type: 'AWS::SQS::Queue', Arn: 'arn:aws:sqs:eu-west-1:111122223333:q', QueueUrl: 'x' },
            ],
            Permissions: ['Write'],
          },
        },
      },
    });
    expect(diagnostics).toEqual([]);
    expect(data.attachments).toMatchObject([{ kind: 'role', target: 'worker' }]);
    expect(JSON.stringify(data.managedPolicies)).toContain('arn:aws:sqs:eu-west-1:111122223333:q');
  });

  it('a route of an API', () => {
    const { data } = load({
      Resources: {
        Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: role } },
        C: {
          Type: 'AWS::Serverless::Connector',
          Properties: {
            Source: { Type: 'AWS::ApiGateway::RestApi', ResourceId: 'abc', Qualifier: 'Prod/GET/x' },
            Destination: { Id: 'Fn' },
            Permissions: ['Write'],
          },
        },
      },
    });
    expect(JSON.stringify(data.resources)).toContain(
      'arn:aws:execute-api:eu-west-1:111122223333:abc/Prod/GET/x',
    );
  });

  it('a pair or a permission that is not known is reported', () => {
    const connector = (from: string, Permissions: string[]) => ({
      Type: 'AWS::Serverless::Connector',
      Properties: { Source: { Type: from }, Destination: { Type: 'AWS::SNS::Topic', Arn: 'x' }, Permissions },
    });
    const { diagnostics } = load({
      Resources: {
        A: connector('AWS::RDS::DBInstance', ['Write']),
        B: connector('AWS::Lambda::Function', ['Read']),
      },
    });
    expect(diagnostics.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'unsupportedType Resources.A',
      'unsupportedType Resources.B',
    ]);
  });
});
