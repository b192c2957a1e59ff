import { describe, expect, it } from 'vitest';
import type { EstateResource } from '../../../../src/account/estate-data.js';
import { load } from '../fixture.js';

const serverless = (Resources: object, rest: object = {}) =>
  load({ Transform: 'AWS::Serverless-2016-10-31', Resources, ...rest });

interface Allowed {
  readonly Principal: unknown;
  readonly Action: unknown;
  readonly Condition?: unknown;
}
const statementsOf = (resource: EstateResource | undefined): Allowed[] =>
  (resource?.policies ?? []).flatMap((use) =>
    'document' in use ? (use.document as unknown as { Statement: Allowed[] }).Statement : [],
  );

describe('events of a function', () => {
  const here = 'eu-west-1:111122223333';
  const api = (rest: string) => ({ ArnLike: { 'aws:SourceArn': `arn:aws:execute-api:${here}:${rest}` } });
  it.each<[string, object, string, unknown]>([
    ['S3', { Bucket: 'b' }, 's3.amazonaws.com', { StringEquals: { 'aws:SourceAccount': '111122223333' } }],
    [
      'SNS',
      { Topic: `arn:aws:sns:${here}:t` },
      'sns.amazonaws.com',
      { ArnLike: { 'aws:SourceArn': `arn:aws:sns:${here}:t` } },
    ],
    [
      'Schedule',
      { Schedule: 'rate(1 day)' },
      'events.amazonaws.com',
      { ArnLike: { 'aws:SourceArn': `arn:aws:events:${here}:rule/app-FnE-XXXXXXXXXXXX` } },
    ],
    [
      'EventBridgeRule',
      { EventBusName: 'bus', Name: 'n' },
      'events.amazonaws.com',
      { ArnLike: { 'aws:SourceArn': `arn:aws:events:${here}:rule/bus/n` } },
    ],
    [
      'Api',
      { Path: '/a/{id}', Method: 'post' },
      'apigateway.amazonaws.com',
      api('app-ServerlessRestApi/*/POST/a/*'),
    ],
    ['Api', { Path: '/a', Method: 'any', RestApiId: 'abc' }, 'apigateway.amazonaws.com', api('abc/*/*/a')],
    ['HttpApi', {}, 'apigateway.amazonaws.com', api('app-ServerlessHttpApi/*/$default')],
    [
      'HttpApi',
      { Path: '/{proxy+}', Method: 'GET', ApiId: 'abc' },
      'apigateway.amazonaws.com',
      api('abc/*/GET/*'),
    ],
    [
      'AlexaSkill',
      { SkillId: 'skill' },
      'alexa-appkit.amazon.com',
      { StringEquals: { 'lambda:EventSourceToken': 'skill' } },
    ],
    [
      'CloudWatchLogs',
      { LogGroupName: '/x' },
      'logs.amazonaws.com',
      { ArnLike: { 'aws:SourceArn': `arn:aws:logs:${here}:log-group:/x:*` } },
    ],
  ])('%s %o', (Type, Properties, Service, Condition) => {
    const { data, diagnostics } = serverless({
      Fn: { Type: 'AWS::Serverless::Function', Properties: { Events: { E: { Type, Properties } } } },
    });
    expect(diagnostics).toEqual([]);
    const [statement] = statementsOf(data.resources.find(({ names }) => names[0] === 'Fn'));
    expect(statement).toMatchObject({ Principal: { Service }, Action: 'lambda:InvokeFunction', Condition });
  });

  it('a queue between a topic and a function', () => {
    const { data } = serverless({
      Fn: {
        Type: 'AWS::Serverless::Function',
        Properties: {
          Events: {
            E: {
              Type: 'SNS',
              Properties: { Topic: 'arn:aws:sns:eu-west-1:111122223333:t', SqsSubscription: true },
            },
          },
        },
      },
    });
    const [statement] = statementsOf(data.resources.find(({ type }) => type === 'AWS::SQS::Queue'));
    expect(statement).toMatchObject({ Action: 'sqs:SendMessage' });
    expect(JSON.stringify(data.principals[0]!.policies)).toContain('AWSLambdaSQSQueueExecutionRole');
  });

  it('a scheduler has a role of its own', () => {
    const { data } = serverless({
      Fn: {
        Type: 'AWS::Serverless::Function',
        Properties: { Events: { E: { Type: 'ScheduleV2', Properties: {} } } },
      },
      Flow: {
        Type: 'AWS::Serverless::StateMachine',
        Properties: { Events: { E: { Type: 'Schedule', Properties: {} } } },
      },
    });
    const text = (name: string) => JSON.stringify(data.principals.find(({ names }) => names.includes(name)));
    expect(text('FnERole')).toContain('scheduler.amazonaws.com');
    expect(text('FnERole')).toContain('lambda:InvokeFunction');
    expect(text('FnERole')).toContain('function:app-Fn');
    expect(text('FlowERole')).toContain('states:StartExecution');
  });

  it.each(['MQ', 'DocumentDB', 'Brandnew'])('%s leaves the role unresolved', (Type) => {
    const { data, diagnostics } = serverless({
      Fn: { Type: 'AWS::Serverless::Function', Properties: { Events: { E: { Type } } } },
    });
    expect(diagnostics[0]).toMatchObject({
      code: 'unsupportedType',
      path: 'Resources.Fn.Properties.Events.E',
    });
    expect(data.principals[0]!.policies.some((use) => 'unresolved' in use)).toBe(true);
  });
});

describe('what is made', () => {
  it('has the condition of what it is made for', () => {
    const Resources = {
      Fn: {
        Type: 'AWS::Serverless::Function',
        Condition: 'No',
        Properties: { Events: { E: { Type: 'S3', Properties: { Bucket: 'b' } } } },
      },
    };
    const { data } = serverless(Resources, { Conditions: { No: { 'Fn::Equals': [1, 2] } } });
    expect([data.principals, data.resources, data.workloads]).toEqual([[], [], []]);
  });

  it('globals stand in', () => {
    const { data } = serverless(
      { Fn: { Type: 'AWS::Serverless::Function', Properties: { Tags: { b: 'own' } } } },
      {
        Globals: {
          Function: {
            PermissionsBoundary: 'arn:aws:iam::111122223333:policy/b',
            RolePath: '/f/',
            Tags: { a: 'global', b: 'global' },
          },
        },
      },
    );
    expect(data.principals[0]).toMatchObject({
      arn: 'arn:aws:iam::111122223333:role/f/app-FnRole-XXXXXXXXXXXX',
      permissionsBoundary: { arn: 'arn:aws:iam::111122223333:policy/b' },
      tags: { a: 'global', b: 'own' },
    });
  });

  it('Ref and GetAtt of serverless resources are those of what they become', () => {
    const { data } = serverless({
      Fn: { Type: 'AWS::Serverless::Function', Properties: { AutoPublishAlias: 'live' } },
      T: { Type: 'AWS::Serverless::SimpleTable' },
      B: {
        Type: 'AWS::S3::Bucket',
        Properties: {
          Tags: ['Fn', 'T', 'Fn.Alias']
            .map((Ref) => ({ Key: Ref, Value: { Ref } }))
            .concat(
              ['FnRole.Arn', 'T.Arn'].map((Key) => ({ Key, Value: { 'Fn::Sub': `\${${Key}}` } as never })),
            ),
        },
      },
    });
    expect(data.resources.find(({ names }) => names[0] === 'B')?.tags).toEqual({
      Fn: 'app-Fn-XXXXXXXXXXXX',
      T: 'app-T-XXXXXXXXXXXX',
      'Fn.Alias': 'arn:aws:lambda:eu-west-1:111122223333:function:app-Fn-XXXXXXXXXXXX:live',
      'FnRole.Arn': 'arn:aws:iam::111122223333:role/app-FnRole-XXXXXXXXXXXX',
      'T.Arn': 'arn:aws:dynamodb:eu-west-1:111122223333:table/app-T-XXXXXXXXXXXX',
    });
  });

  it('an API has the statements of its policy; other settings leave it unresolved', () => {
    const api = (ResourcePolicy: object) =>
      serverless({ A: { Type: 'AWS::Serverless::Api', Properties: { Auth: { ResourcePolicy } } } });
    const CustomStatements = {
      Effect: 'Allow',
      Principal: '*',
      Action: 'execute-api:Invoke',
      Resource: 'execute-api:/*',
    };
    expect(JSON.stringify(api({ CustomStatements }).data.resources)).toContain(
      'arn:aws:execute-api:eu-west-1:111122223333:app-A/*',
    );
    const open = api({ IpRangeWhitelist: ['10.0.0.0/8'] });
    expect(open.data.resources[0]!.policies[0]).toHaveProperty('unresolved');
    expect(open.diagnostics).toMatchObject([
      { code: 'unsupportedFunction', path: 'Resources.A.Properties.Auth.ResourcePolicy' },
    ]);
    const loop = { 'Fn::ForEach::B': ['B', ['x'], { 'B${B}': { Type: 'AWS::S3::Bucket' } }] };
    const beside = serverless({
      A: { Type: 'AWS::Serverless::Api', Properties: { Auth: { ResourcePolicy: { IpRangeWhitelist: [] } } } },
      ...loop,
    });
    expect(
      beside.data.resources.find(({ type }) => type === 'AWS::ApiGateway::RestApi')?.policies[0],
    ).toEqual(open.data.resources[0]!.policies[0]);
  });

  it('events of a state machine', () => {
    const events = (Events: object, more: object = {}) =>
      serverless({ F: { Type: 'AWS::Serverless::StateMachine', Properties: { Events, ...more } } });
    const services = { Schedule: 'events', ScheduleV2: 'scheduler', Api: 'apigateway' };
    for (const [Type, service] of Object.entries(services)) {
      const made = events({ E: { Type, Properties: {} } }).data.principals.find(
        ({ name }) => name === 'app-FERole-XXXXXXXXXXXX',
      );
      expect(JSON.stringify(made)).toContain(`${service}.amazonaws.com`);
    }
    expect(
      events({ E: { Type: 'Schedule', Properties: { RoleArn: 'arn:aws:iam::111122223333:role/x' } } }).data
        .principals,
    ).toHaveLength(1);
    expect(events({ E: { Type: 'Dream' } }).diagnostics).toMatchObject([
      { path: 'Resources.F.Properties.Events.E' },
    ]);
    const own = events({}, { Role: 'arn:aws:iam::111122223333:role/own' });
    expect([own.data.principals, own.data.workloads[0]?.role]).toEqual([
      [],
      'arn:aws:iam::111122223333:role/own',
    ]);
    expect(JSON.stringify(events({}, { Tracing: { Enabled: true } }).data.principals)).toContain(
      'AWSXRayDaemonWriteAccess',
    );
  });

  it('where results and failures go, the role may send', () => {
    const { data } = serverless({
      Fn: {
        Type: 'AWS::Serverless::Function',
        Properties: {
          DeadLetterQueue: { Type: 'SNS', TargetArn: 'arn:aws:sns:eu-west-1:111122223333:dead' },
          EventInvokeConfig: {
            DestinationConfig: {
              OnSuccess: {
                Type: 'EventBridge',
                Destination: 'arn:aws:events:eu-west-1:111122223333:event-bus/b',
              },
              OnFailure: { Type: 'Lambda', Destination: 'arn:aws:lambda:eu-west-1:111122223333:function:f' },
            },
          },
          Events: {
            K: {
              Type: 'Kinesis',
              Properties: {
                Stream: 's',
                DestinationConfig: {
                  OnFailure: { Type: 'SNS', Destination: 'arn:aws:sns:eu-west-1:111122223333:failed' },
                },
              },
            },
          },
        },
      },
    });
    const text = JSON.stringify(data.principals[0]!.policies);
    for (const action of ['sns:Publish', 'events:PutEvents', 'lambda:InvokeFunction'])
      expect(text).toContain(action);
    for (const name of [':dead', 'event-bus/b', 'function:f', ':failed']) expect(text).toContain(name);
  });

  it('a public URL needs two permissions, and others none', () => {
    const url = (AuthType: unknown) =>
      statementsOf(
        serverless({
          Fn: { Type: 'AWS::Serverless::Function', Properties: { FunctionUrlConfig: { AuthType } } },
        }).data.resources[0],
      );
    expect(url('NONE').map(({ Action }) => Action)).toEqual([
      'lambda:InvokeFunctionUrl',
      'lambda:InvokeFunction',
    ]);
    expect(url('AWS_IAM')).toEqual([]);
  });

  it('layers, APIs, tables and nested applications', () => {
    const { data, diagnostics } = serverless({
      L: { Type: 'AWS::Serverless::LayerVersion', Properties: { LayerName: 'l' } },
      H: { Type: 'AWS::Serverless::HttpApi' },
      G: { Type: 'AWS::Serverless::GraphQLApi' },
      A: { Type: 'AWS::Serverless::Application', Properties: { Location: { ApplicationId: 'x' } } },
      I: {
        Type: 'AWS::Serverless::Function',
        Properties: {
          Events: {
            I: { Type: 'IoTRule' },
            C: { Type: 'Cognito', Properties: { UserPool: { Ref: 'Pool' } } },
          },
        },
      },
      Pool: { Type: 'AWS::Cognito::UserPool' },
    });
    expect(data.resources.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'AWS::Lambda::LayerVersion',
        'AWS::ApiGatewayV2::Api',
        'AWS::AppSync::GraphQLApi',
      ]),
    );
    expect(diagnostics.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'unsupportedType Resources.G',
      'unsupportedType Resources.A',
    ]);
    expect(JSON.stringify(data.resources)).toContain('userpool/eu-west-1_app-Pool');
  });

  it('types that are not known are reported', () => {
    expect(serverless({ X: { Type: 'AWS::Serverless::Dream' } }).diagnostics[0]).toMatchObject({
      code: 'unsupportedType',
      path: 'Resources.X',
    });
  });

  it('a function that is given its role makes none', () => {
    const { data } = serverless({
      Fn: { Type: 'AWS::Serverless::Function', Properties: { Role: 'arn:aws:iam::111122223333:role/own' } },
    });
    expect(data.principals).toEqual([]);
    expect(data.workloads).toMatchObject([{ role: 'arn:aws:iam::111122223333:role/own' }]);
  });
});

describe('events and globals in their other forms', () => {
  const functionWith = (Events: object, more: object = {}, rest: object = {}) =>
    serverless({ Fn: { Type: 'AWS::Serverless::Function', Properties: { Events } }, ...more }, rest);
  const sourceOf = (loaded: ReturnType<typeof load>) =>
    statementsOf(loaded.data.resources.find(({ type }) => type === 'AWS::Lambda::Function'))[0]?.Condition;

  it('a topic that writes to a queue which is given', () => {
    const here = 'eu-west-1:111122223333';
    const QueueArn = `arn:aws:sqs:${here}:own`;
    const { data } = functionWith({
      E: {
        Type: 'SNS',
        Properties: {
          Topic: `arn:aws:sns:${here}:t`,
          SqsSubscription: { QueueArn, QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/own' },
        },
      },
    });
    const queues = data.resources.filter(({ type }) => type === 'AWS::SQS::Queue');
    expect(queues.map(({ arn }) => arn)).toEqual([QueueArn]);
    expect(statementsOf(queues[0])).toMatchObject([
      {
        Action: 'sqs:SendMessage',
        Resource: QueueArn,
        Condition: { ArnEquals: { 'aws:SourceArn': `arn:aws:sns:${here}:t` } },
      },
    ]);
  });

  it('a user pool by its ARN, an API without method and path', () => {
    const pool = 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/p';
    expect(sourceOf(functionWith({ E: { Type: 'Cognito', Properties: { UserPool: pool } } }))).toEqual({
      ArnLike: { 'aws:SourceArn': pool },
    });
    expect(sourceOf(functionWith({ E: { Type: 'Api', Properties: { RestApiId: 'abc' } } }))).toEqual({
      ArnLike: { 'aws:SourceArn': 'arn:aws:execute-api:eu-west-1:111122223333:abc/*/*/*' },
    });
    const bare = { Type: 'Api', Properties: { RestApiId: 'abc', Path: 'a', Method: 'get' } };
    expect(sourceOf(functionWith({ E: bare }))).toEqual({
      ArnLike: { 'aws:SourceArn': 'arn:aws:execute-api:eu-west-1:111122223333:abc/*/GET/a' },
    });
  });

  it('a schedule with a role of its own makes none', () => {
    const role = 'arn:aws:iam::111122223333:role/scheduler';
    const event = (more: object) => ({
      E: { Type: 'ScheduleV2', Properties: { ScheduleExpression: 'rate(1 day)', ...more } },
    });
    const callers = ({ data }: ReturnType<typeof load>) =>
      data.principals.filter((one) => one.names.includes('FnERole'));
    expect(callers(functionWith(event({ RoleArn: role })))).toEqual([]);
    expect(callers(functionWith(event({})))).toHaveLength(1);
    expect(functionWith(event({ RoleArn: role })).data.workloads).toContainEqual(
      expect.objectContaining({ type: 'AWS::Scheduler::Schedule', role }),
    );
  });

  it('an event that is none adds what nobody knows', () => {
    const { data, diagnostics } = functionWith({ E: 7 });
    expect(diagnostics.map(({ path }) => path)).toContain('Resources.Fn.Properties.Events.E');
    const [role] = data.principals;
    expect(role?.policies.some((use) => 'unresolved' in use)).toBe(true);
  });

  it('lists of globals are put together with those of the function', () => {
    const arn = (name: string) => `arn:aws:iam::aws:policy/${name}`;
    const { data } = serverless(
      { Fn: { Type: 'AWS::Serverless::Function', Properties: { Policies: [arn('AmazonSQSFullAccess')] } } },
      { Globals: { Function: { Policies: [arn('ReadOnlyAccess')] } } },
    );
    const arns = data.principals[0]!.policies.flatMap((use) => ('arn' in use ? [use.arn] : []));
    expect(arns).toEqual(expect.arrayContaining([arn('ReadOnlyAccess'), arn('AmazonSQSFullAccess')]));
  });
});
