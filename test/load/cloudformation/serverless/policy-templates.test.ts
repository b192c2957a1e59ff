import { describe, expect, it } from 'vitest';
import { policyTemplates } from '../../../../src/load/cloudformation/serverless/policy-templates.js';
import { load } from '../fixture.js';

const functionWith = (Policies: unknown, more: object = {}) => ({
  Transform: 'AWS::Serverless-2016-10-31',
  Resources: { Fn: { Type: 'AWS::Serverless::Function', Properties: { Policies, ...more } } },
});

const parametersOf = (name: string): string[] => [
  ...new Set(
    JSON.stringify(policyTemplates.get(name))
      .match(/(?<!\$)\{\w+\}/g)
      ?.map((one) => one.slice(1, -1)) ?? [],
  ),
];

describe('policy templates', () => {
  it('are those that AWS publishes', () => expect(policyTemplates.size).toBe(81));

  it.each([...policyTemplates.keys()])('%s becomes a valid policy', (name) => {
    const values = Object.fromEntries(
      parametersOf(name).map((one) => [one, one.endsWith('Arn') ? `arn:aws:x:::${one}` : one]),
    );
    const { data, diagnostics } = load(functionWith([{ [name]: values }]));
    expect(diagnostics).toEqual([]);
    const [policy] = data.principals[0]!.policies;
    const text = JSON.stringify((policy as { document: unknown }).document);
    for (const value of Object.values(values)) expect(text).toContain(value);
    expect(text).not.toMatch(/\$\{|\{\w+\}/);
    expect(text).not.toContain('"Version"');
  });

  it.each([...policyTemplates.keys()].filter((name) => parametersOf(name).length > 0))(
    '%s needs its parameters',
    (name) => {
      const { data, diagnostics } = load(functionWith([{ [name]: {} }]));
      expect(diagnostics[0]).toMatchObject({
        code: 'malformed',
        path: 'Resources.Fn.Properties.Policies[0]',
      });
      expect(data.principals[0]!.policies[0]).toHaveProperty('unresolved');
    },
  );

  it('take functions as values, and ignore what they do not know', () => {
    const { data, diagnostics } = load(
      functionWith([
        {
          SNSPublishMessagePolicy: {
            TopicName: { 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }]] },
            Other: { 'Fn::Nope': 1 },
          },
        },
      ]),
    );
    expect(diagnostics).toEqual([]);
    expect(JSON.stringify(data.principals[0]!.policies[0])).toContain(
      'arn:aws:sns:eu-west-1:111122223333:a-eu-west-1',
    );
  });
});

describe('the forms of Policies', () => {
  const basic = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
  const arns = (Policies: unknown, more: object = {}) => {
    const { data } = load({ ...functionWith(Policies, more), Conditions: { Yes: { 'Fn::Equals': [1, 1] } } });
    return data.principals[0]!.policies.map((use) => ('arn' in use ? use.arn : use.name));
  };
  const document = { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  it.each<[string, unknown, unknown[]]>([
    ['absent', undefined, []],
    ['a name', 'AmazonDynamoDBFullAccess', ['arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess']],
    ['a name under a path', ['AWSLambdaRole'], ['arn:aws:iam::aws:policy/service-role/AWSLambdaRole']],
    ['an ARN', ['arn:aws:iam::111122223333:policy/x'], ['arn:aws:iam::111122223333:policy/x']],
    [
      'a function',
      [{ 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:policy/y' }],
      ['arn:aws:iam::111122223333:policy/y'],
    ],
    ['nothing', [{ Ref: 'AWS::NoValue' }], []],
    [
      'a choice of names',
      [{ 'Fn::If': ['Yes', 'AWSLambdaRole', { Ref: 'AWS::NoValue' }] }],
      ['arn:aws:iam::aws:policy/service-role/AWSLambdaRole'],
    ],
    [
      'a choice of lists',
      { 'Fn::If': ['Yes', ['AWSLambdaRole'], []] },
      ['arn:aws:iam::aws:policy/service-role/AWSLambdaRole'],
    ],
  ])('%s', (_name, policies, expected) => expect(arns(policies)).toEqual([basic, ...expected]));

  it.each<[string, unknown]>([
    ['a mapping', document],
    ['a list with a document', [document]],
    ['a choice of documents', [{ 'Fn::If': ['Yes', document, { SQSPollerPolicy: { QueueName: 'q' } }] }]],
  ])('%s', (_name, policies) => expect(arns(policies)).toEqual(['FnRolePolicy0', basic]));

  it('what a function is set to adds policies', () => {
    expect(arns(undefined, { Tracing: 'Active', VpcConfig: { SubnetIds: ['s'] } })).toEqual([
      basic,
      'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess',
      'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole',
    ]);
    expect(
      arns(undefined, { VpcConfig: { 'Fn::If': ['Yes', { Ref: 'AWS::NoValue' }, { SubnetIds: ['s'] }] } }),
    ).toEqual([basic]);
    expect(arns(undefined, { Events: { S: { Type: 'Kinesis', Properties: { Stream: 's' } } } })).toEqual([
      basic,
      'arn:aws:iam::aws:policy/service-role/AWSLambdaKinesisExecutionRole',
    ]);
  });

  it('a name that AWS does not have is reported', () => {
    const { diagnostics } = load(functionWith(['NoSuchPolicyAtAll']));
    expect(diagnostics).toMatchObject([
      { code: 'unresolvedReference', path: 'Resources.Fn.Properties.Policies[0]' },
    ]);
  });
});
