import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../../src/account/facts.js';
import { Estate } from '../../../../src/query/estate.js';
import { load, roleWith } from '../fixture.js';

const fn = (Properties: object = {}) => ({ Type: 'AWS::Serverless::Function', Properties });
const decide = (
  loaded: ReturnType<typeof load>,
  who: string,
  action: string,
  resource: string,
  facts?: Facts,
) => new Estate(loaded.data).can(who, action, resource, facts).decision;

const choice = {
  Parameters: { P: { Type: 'String' } },
  Conditions: { Public: { 'Fn::Equals': [{ Ref: 'P' }, 'NONE'] } },
};

describe('a URL whose type is not written out', () => {
  const none = { Ref: 'AWS::NoValue' };
  const configs: [string, object][] = [
    ['a parameter', { AuthType: { Ref: 'P' } }],
    ['a choice', { 'Fn::If': ['Public', { AuthType: 'NONE' }, none] }],
    ['a choice of types', { AuthType: { 'Fn::If': ['Public', 'NONE', 'AWS_IAM'] } }],
  ];
  it.each(configs)('%s', (_what, FunctionUrlConfig) => {
    const template = { ...choice, Resources: { F: fn({ FunctionUrlConfig }) } };
    const open = (options: object) =>
      decide(load(template, options), 'anonymous', 'lambda:InvokeFunctionUrl', 'F', {
        context: { 'lambda:FunctionUrlAuthType': 'NONE' },
      });
    expect(open({ parameters: { P: 'NONE' } })).toBe('allowed');
    expect(open({ parameters: { P: 'AWS_IAM' } })).toBe('implicitDeny');
    expect(open({})).toBe('depends');
  });
});

describe('a role that a condition takes away', () => {
  const given = 'arn:aws:iam::111122223333:role/given';
  const none = { Ref: 'AWS::NoValue' };
  const Policies = [{ S3ReadPolicy: { BucketName: 'b' } }];
  it.each([
    ['by its second value', [given, none], 'AWS_IAM', 'NONE'],
    ['by its first value', [none, given], 'NONE', 'AWS_IAM'],
  ])('is made by the transform: %s', (_what, branches, own, other) => {
    const Role = { 'Fn::If': ['Public', ...branches] };
    const template = { ...choice, Resources: { F: { ...fn({ Role, Policies }) } } };
    const made = load(template, { parameters: { P: own } });
    expect(decide(made, 'F', 's3:GetObject', 'arn:aws:s3:::b/k')).toBe('allowed');
    expect(load(template, { parameters: { P: other } }).data.principals).toEqual([]);
  });
});

describe('APIs', () => {
  const permitted = (type: string, authorizer: object) =>
    decide(
      load({
        Resources: {
          F: fn(),
          Api: {
            Type: type,
            Condition: 'Yes',
            Properties: {
              Auth: { Authorizers: { A: { FunctionArn: { 'Fn::GetAtt': ['F', 'Arn'] }, ...authorizer } } },
            },
          },
        },
        Conditions: { Yes: { 'Fn::Equals': ['a', 'a'] } },
      }),
      'apigateway.amazonaws.com',
      'lambda:InvokeFunction',
      'F',
      {
        context: { 'aws:SourceArn': 'arn:aws:execute-api:eu-west-1:111122223333:app-Api/authorizers/abc' },
      },
    );

  it('may call their authorizers', () => {
    expect(permitted('AWS::Serverless::Api', {})).toBe('allowed');
    expect(permitted('AWS::Serverless::Api', { DisableFunctionDefaultPermissions: true })).toBe(
      'implicitDeny',
    );
    expect(permitted('AWS::Serverless::HttpApi', {})).toBe('implicitDeny');
    expect(permitted('AWS::Serverless::HttpApi', { EnableFunctionDefaultPermissions: true })).toBe('allowed');
  });

  const CustomStatements = [
    { Effect: 'Deny', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' },
  ];
  const invoke = (event: object, rest: object, more: object = {}) => {
    const template = roleWith(
      { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' },
      {
        ...more,
        F: fn({ Events: { E: { Type: 'Api', Properties: { Path: '/x', Method: 'get', ...event } } } }),
      },
      rest,
    );
    const id = 'Api' in more ? 'Api' : 'ServerlessRestApi';
    const arn = `arn:aws:execute-api:eu-west-1:111122223333:app-${id}/Prod/GET/x`;
    return decide(load(template), 'Role', 'execute-api:Invoke', arn);
  };

  it('that events make have the policy of the globals', () => {
    expect(invoke({}, { Globals: { Api: { Auth: { ResourcePolicy: { CustomStatements } } } } })).toBe(
      'explicitDeny',
    );
    expect(invoke({}, {})).toBe('allowed');
  });

  describe('have what an event adds to their policy', () => {
    const Auth = { ResourcePolicy: { CustomStatements } };
    const [deny] = CustomStatements;
    const apiWith = (more: object = {}) => ({
      Api: { Type: 'AWS::Serverless::Api', Properties: { StageName: 'Prod', ...more } },
    });
    const own = (action: string) => ({
      Auth: { ResourcePolicy: { CustomStatements: [{ ...deny, Action: action }] } },
    });
    const toApi = { RestApiId: { Ref: 'Api' } };

    it('its statements', () => {
      expect(invoke({ Auth }, {})).toBe('explicitDeny');
      expect(invoke({ Auth: { ResourcePolicy: { CustomStatements: deny } } }, {})).toBe('explicitDeny');
      expect(invoke({ Auth, ...toApi }, {}, apiWith())).toBe('explicitDeny');
    });

    it('beside those of the API itself', () => {
      expect(invoke({ ...own('execute-api:ManageConnections'), ...toApi }, {}, apiWith({ Auth }))).toBe(
        'explicitDeny',
      );
      expect(invoke({ Auth, ...toApi }, {}, apiWith(own('execute-api:ManageConnections')))).toBe(
        'explicitDeny',
      );
    });

    it('and of other events', () => {
      const other = fn({
        Events: {
          O: {
            Type: 'Api',
            Properties: { Path: '/y', Method: 'get', ...own('execute-api:ManageConnections') },
          },
        },
      });
      expect(invoke({ Auth }, {}, { Other: other })).toBe('explicitDeny');
    });

    it('of a state machine too', () => {
      const Properties = { Events: { E: { Type: 'Api', Properties: { Path: '/y', Method: 'get', Auth } } } };
      expect(invoke({}, {}, { M: { Type: 'AWS::Serverless::StateMachine', Properties } })).toBe(
        'explicitDeny',
      );
    });

    it('and are not known beside a policy of the definition', () => {
      const DefinitionBody = (policy: object) => ({
        DefinitionBody: { swagger: '2.0', paths: {}, ...policy },
      });
      const body = { 'x-amazon-apigateway-policy': { Version: '2012-10-17', Statement: CustomStatements } };
      const event = { ...own('execute-api:ManageConnections'), ...toApi };
      expect(invoke(event, {}, apiWith(DefinitionBody(body)))).toBe('depends');
      expect(invoke({ Auth, ...toApi }, {}, apiWith(DefinitionBody({})))).toBe('explicitDeny');
    });

    it('and are not known where an event says it otherwise', () => {
      const ResourcePolicy = { IpRangeBlacklist: ['10.0.0.0/8'] };
      expect(invoke({ Auth: { ResourcePolicy } }, {})).toBe('depends');
      expect(invoke({ Auth: { ResourcePolicy }, ...toApi }, {}, apiWith({ Auth: {} }))).toBe('depends');
      const both = { ...ResourcePolicy, CustomStatements: own('execute-api:ManageConnections') };
      expect(invoke({ Auth: { ResourcePolicy: both } }, {})).toBe('depends');
    });
  });
});

describe('policies of a queue that topics write to', () => {
  const topic = (name: string) => `arn:aws:sns:eu-west-1:111122223333:${name}`;
  const event = (name: string, id?: string) => ({
    Type: 'SNS',
    Properties: {
      Topic: topic(name),
      SqsSubscription: {
        QueueArn: { 'Fn::GetAtt': ['Q', 'Arn'] },
        QueueUrl: { Ref: 'Q' },
        ...(id === undefined ? {} : { QueuePolicyLogicalId: id }),
      },
    },
  });
  const senders = (...functions: object[]) => {
    const made = functions.map((Events, i) => [`F${i}`, fn({ Events })]);
    const loaded = load({ Resources: { Q: { Type: 'AWS::SQS::Queue' }, ...Object.fromEntries(made) } });
    return ['a', 'b'].map((name) =>
      decide(loaded, 'sns.amazonaws.com', 'sqs:SendMessage', 'Q', {
        context: { 'aws:SourceArn': topic(name) },
      }),
    );
  };

  it('are one where events give them one id: that of the last', () => {
    expect(senders({ E: event('a', 'P') }, { E: event('a', 'P') })).toEqual(['allowed', 'implicitDeny']);
    expect(senders({ E: event('a', 'P') }, { E: event('b', 'P') })).toEqual(['implicitDeny', 'allowed']);
    expect(senders({ Z: event('a', 'P'), E: event('b', 'P') })).toEqual(['allowed', 'implicitDeny']);
  });

  it('are rivals where each has its own', () =>
    expect(senders({ E: event('a') }, { E: event('b', 'P') })).toEqual(['depends', 'depends']));
});

describe('serverless resources in a loop', () => {
  const loaded = (collection: unknown, body: object, more: object = {}) =>
    load({
      Transform: ['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31'],
      Resources: { 'Fn::ForEach::L': ['N', collection, body], ...more },
    });
  const functions = { 'F${N}': fn({ FunctionName: { 'Fn::Sub': 'fn-${N}' } }) };

  it('over a list that is written out are made', () => {
    const { data, diagnostics } = loaded(['A', 'B'], functions);
    expect(diagnostics).toEqual([]);
    expect(data.principals.map(({ names }) => names[0])).toEqual(['FARole', 'FBRole']);
    expect(JSON.stringify(data.resources)).toContain('function:fn-B');
  });

  it('over a loop of lists too, and loops of other resources stay', () => {
    const inner = { 'Fn::ForEach::M': ['O', ['1', '2'], { 'F${N}${O}': fn() }] };
    const queues = { 'Fn::ForEach::Q': ['P', ['X'], { 'Q${P}': { Type: 'AWS::SQS::Queue' } }] };
    const { data, diagnostics } = loaded(['A'], inner, queues);
    expect(diagnostics).toEqual([]);
    expect([...data.principals, ...data.resources].map(({ names }) => names[0])).toEqual(
      expect.arrayContaining(['FA1Role', 'FA2Role', 'QX']),
    );
  });

  it('over anything else are said', () => {
    for (const one of [{ Ref: 'AWS::NotificationARNs' }, ['A', { Ref: 'AWS::Region' }]])
      expect(loaded(one, functions).diagnostics[0]).toMatchObject({
        code: 'unsupportedFunction',
        path: 'Resources.Fn::ForEach::L',
      });
  });
});
