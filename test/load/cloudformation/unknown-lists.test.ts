import { describe, expect, it } from 'vitest';
import { Estate } from '../../../src/query/estate.js';
import { load, roleWith } from './fixture.js';

const Parameters = {
  L: { Type: 'CommaDelimitedList' },
  P: { Type: 'String' },
  S: { Type: 'AWS::SSM::Parameter::Value<List<String>>' },
};
const split = { 'Fn::Split': [',', { Ref: 'P' }] };
const bucket = 'arn:aws:s3:::b';
const role = (...statements: object[]) => {
  const { Resources } = roleWith({});
  const PolicyDocument = { Version: '2012-10-17', Statement: statements };
  const Properties = { ...Resources.Role.Properties, Policies: [{ PolicyName: 'p', PolicyDocument }] };
  return { Parameters, Resources: { Role: { ...Resources.Role, Properties } } };
};
const on = (Resource: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource,
  ...more,
});
const list = { Effect: 'Allow', Action: 'sqs:ListQueues', Resource: '*' };
const decide = (template: object, action: string, resource?: string, options = {}, facts = {}) =>
  new Estate(load(template, options).data).can('Role', action, resource, facts).decision;
/** What the rest of the document says, which is lost where the whole document is. */
const rest = (template: object) => [
  decide(template, 'sqs:ListQueues'),
  decide(template, 'sns:ListTopics'),
  decide(template, 's3:GetObject', `${bucket}/k`),
];
const known = ['allowed', 'implicitDeny', 'depends'];
const lost = ['depends', 'depends', 'depends'];

describe('a list that is not known leaves the rest of the document known', () => {
  it.each<[string, object]>([
    ['as resources', on({ Ref: 'L' })],
    ['from Parameter Store', on({ Ref: 'S' })],
    ['of parts of a text', on(split)],
    [
      'of parts of a text of which the beginning is known',
      on({ 'Fn::Split': [',', { 'Fn::Sub': 'arn:aws:s3:::x*,${P}' }] }),
    ],
    [
      'as values of a condition',
      on('*', { Condition: { StringEquals: { 'aws:PrincipalTag/a': { Ref: 'L' } } } }),
    ],
    ['as patterns', on('*', { Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalTag/a': split } } })],
  ])('%s', (_name, statement) => {
    const template = role(statement, list);
    expect(decide(template, 'sqs:ListQueues')).toBe('allowed');
    expect(decide(template, 'sns:ListTopics')).toBe('implicitDeny');
    const facts = { principalTags: { a: 'x' } };
    expect(decide(template, 's3:GetObject', `${bucket}/k`, {}, facts)).toBe('depends');
  });

  it('in a Deny too', () => {
    const all = { Effect: 'Allow', Action: '*', Resource: '*' };
    const template = role(all, on({ Ref: 'L' }, { Effect: 'Deny' }));
    expect(decide(template, 'sqs:ListQueues')).toBe('allowed');
    expect(decide(template, 's3:GetObject', `${bucket}/k`)).toBe('depends');
  });

  it('keeps what it begins with', () => {
    const template = role(on({ 'Fn::Split': [',', { 'Fn::Sub': `${bucket}/k,\${P}` }] }));
    expect(decide(template, 's3:GetObject', `${bucket}/k`)).toBe('allowed');
  });

  it('the trust in a provider stays', () => {
    const template = {
      Parameters,
      Resources: {
        Deploy: {
          Type: 'AWS::IAM::Role',
          Properties: {
            AssumeRolePolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Allow',
                  Principal: {
                    Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
                  },
                  Action: 'sts:AssumeRoleWithWebIdentity',
                  Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': split } },
                },
                { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
              ],
            },
          },
        },
      },
    };
    const { data, diagnostics } = load(template);
    const estate = new Estate(data);
    expect(estate.can('ec2.amazonaws.com', 'sts:AssumeRole', 'Deploy').decision).toBe('allowed');
    expect(estate.can('lambda.amazonaws.com', 'sts:AssumeRole', 'Deploy').decision).toBe('implicitDeny');
    const facts = { context: { 'token.actions.githubusercontent.com:sub': 'repo:o/r:ref:refs/heads/main' } };
    const provider = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com';
    const answer = estate.can(provider, 'sts:AssumeRoleWithWebIdentity', 'Deploy', facts);
    expect(answer.decision).toBe('depends');
    expect(diagnostics).toMatchObject([{ path: 'Parameters.P', message: 'the parameter P has no value' }]);
  });
});

describe('principals that are not known', () => {
  const account = '111122223333';
  const user = `arn:aws:iam::${account}:user/ana`;
  const stranger = 'arn:aws:iam::444455556666:role/x';
  const ec2 = 'ec2.amazonaws.com';
  const trust = (...Statement: object[]) => ({
    Parameters,
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement } },
      },
    },
  });
  const named = (Principal: unknown, more: object = {}) => ({
    Effect: 'Allow',
    Principal,
    Action: 'sts:AssumeRole',
    ...more,
  });
  const services = named({ Service: ec2 });
  const callers = [ec2, 'lambda.amazonaws.com', user, stranger];
  const decided = (template: object, options = {}) => {
    const estate = new Estate(load(template, { accountId: account, ...options }).data);
    return callers.map((one) => estate.can(one, 'sts:AssumeRole', 'Role').decision);
  };

  it.each<[string, object, string[]]>([
    ['accounts', named({ AWS: { Ref: 'L' } }), ['allowed', 'implicitDeny', 'depends', 'depends']],
    ['a Split', named({ AWS: split }), ['allowed', 'implicitDeny', 'depends', 'depends']],
    ['services', named({ Service: { Ref: 'L' } }), ['allowed', 'depends', 'implicitDeny', 'implicitDeny']],
    [
      'a Deny',
      named({ AWS: { Ref: 'L' } }, { Effect: 'Deny' }),
      ['allowed', 'implicitDeny', 'depends', 'depends'],
    ],
  ])('%s are one hole of their statement', (_name, statement, expected) =>
    expect(decided(trust(statement, services))).toEqual(expected),
  );

  it('what the list begins with is certain', () => {
    const begins = { 'Fn::Split': [',', { 'Fn::Sub': `${ec2},\${P}` }] };
    expect(decided(trust(named({ Service: begins }))).slice(0, 2)).toEqual(['allowed', 'depends']);
  });

  it('in NotPrincipal the whole document is not known', () => {
    const statement = { Effect: 'Deny', NotPrincipal: { AWS: { Ref: 'L' } }, Action: 'sqs:*', Resource: '*' };
    const template = {
      Parameters,
      Resources: {
        Q: { Type: 'AWS::SQS::Queue' },
        P: {
          Type: 'AWS::SQS::QueuePolicy',
          Properties: {
            Queues: [{ Ref: 'Q' }],
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                statement,
                { Effect: 'Allow', Principal: { Service: ec2 }, Action: 'sqs:*', Resource: '*' },
              ],
            },
          },
        },
      },
    };
    expect(new Estate(load(template).data).can(ec2, 'sqs:SendMessage', 'Q').decision).toBe('depends');
  });

  it.each<[string, object]>([
    ['an Allow', trust(named({ AWS: { Ref: 'L' } }), services)],
    ['a Deny', trust(named({ AWS: user }), named({ AWS: { Ref: 'L' } }, { Effect: 'Deny' }), services)],
    [
      'what two places name',
      trust(named({ AWS: { Ref: 'L' } }), named({ AWS: { Ref: 'L' } }, { Effect: 'Deny' })),
    ],
    ['services', trust(named({ Service: { Ref: 'L' } }), named({ AWS: account }))],
  ])('a definite answer holds for every list: %s', (name, template) => {
    const texts = name === 'services' ? callers.slice(0, 2) : [user, stranger, account, '444455556666'];
    const lists = texts.flatMap((one) => [[one], ...texts.map((other) => [one, other])]);
    const each = lists.map((L) => decided(template, { parameters: { L } }));
    decided(template).forEach((one, i) => {
      if (one !== 'depends') expect([...new Set(each.map((answers) => answers[i]))]).toEqual([one]);
    });
  });
});

describe('where one entry is too little, a condition may hold or not', () => {
  const condition = (operator: string) =>
    on('*', { Condition: { [operator]: { 'aws:PrincipalTag/a': { Ref: 'L' } } } });
  it.each([
    ['a negated operator', condition('StringNotEquals')],
    ['all values', condition('ForAllValues:StringEquals')],
    ['any value is another', condition('ForAnyValue:StringNotLike')],
  ])('%s', (_name, statement) => expect(rest(role(statement, list))).toEqual(known));
});

describe('where one entry is too little, the whole document is not known', () => {
  it.each<[string, object]>([
    ['NotResource', { Effect: 'Allow', Action: 's3:GetObject', NotResource: { Ref: 'L' } }],
    ['Action', { Effect: 'Allow', Action: { Ref: 'L' }, Resource: '*' }],
    ['a list in a list', on([{ Ref: 'L' }])],
    ['a Split that ends with a wildcard', on({ 'Fn::Split': [',', { 'Fn::Sub': 'x,${P}/*' }] })],
    [
      'a Split that ends with a variable',
      on({ 'Fn::Split': [',', { 'Fn::Sub': 'x,${P}${!aws:username}' }] }),
    ],
  ])('%s', (_name, statement) => expect(rest(role(statement, list))).toEqual(lost));

  it('as it is not for a text', () => expect(rest(role(on({ Ref: 'P' }), list))).toEqual(known));
});

describe('a definite answer holds for every list', () => {
  const tag = 'aws:PrincipalTag/a';
  const all = { Effect: 'Allow', Action: '*', Resource: '*' };
  const keys = (operator: string) => on('*', { Condition: { [operator]: { 'aws:TagKeys': { Ref: 'L' } } } });
  const templates: [string, object][] = [
    [
      'two statements',
      role(on({ Ref: 'L' }), on('*', { Condition: { StringEquals: { [tag]: { Ref: 'L' } } } })),
    ],
    [
      'an allow of what another place denies',
      role(on({ Ref: 'L' }), {
        ...on('*', { Effect: 'Deny' }),
        Condition: { StringEquals: { [tag]: { Ref: 'L' } } },
      }),
    ],
    [
      'two lines of one statement',
      role(on({ Ref: 'L' }, { Condition: { StringEquals: { [tag]: { Ref: 'L' } } } })),
    ],
    ...[
      'ForAnyValue:StringEquals',
      'ForAllValues:StringEquals',
      'ForAnyValue:StringNotEquals',
      'StringNotEquals',
    ].flatMap((operator): [string, object][] => [
      [operator, role(keys(operator))],
      [`a Deny with ${operator}`, role(all, { ...keys(operator), Effect: 'Deny' })],
    ]),
    ['NotResource', role({ Effect: 'Allow', Action: 's3:GetObject', NotResource: { Ref: 'L' } })],
  ];
  const texts = [`${bucket}/k`, 'red', 'blue', 'other'];
  const lists = texts.flatMap((one) => [[one], ...texts.map((other) => [one, other])]);

  it.each(templates)('%s', (_name, template) => {
    const facts = { principalTags: { a: 'red' }, context: { 'aws:TagKeys': ['red', 'blue'] } };
    const open = decide(template, 's3:GetObject', `${bucket}/k`, {}, facts);
    const each = new Set(
      lists.map((L) => decide(template, 's3:GetObject', `${bucket}/k`, { parameters: { L } }, facts)),
    );
    if (open !== 'depends') expect([...each]).toEqual([open]);
    expect(each.size).toBeGreaterThan(0);
  });
});

describe('ranges of addresses that are not known', () => {
  const all = { Effect: 'Allow', Action: '*', Resource: '*' };
  const within = (Effect: string) =>
    on('*', { Effect, Condition: { IpAddress: { 'aws:SourceIp': { Ref: 'L' } } } });
  const decided = (template: object, options = {}) =>
    [{ sourceIp: '203.0.113.9' }, { sourceIp: '2001:db8::1' }, {}].map((facts) =>
      decide(template, 's3:GetObject', `${bucket}/k`, options, facts),
    );

  it.each([
    ['an Allow', role(within('Allow')), 'allowed', 'implicitDeny'],
    ['a Deny', role(all, within('Deny')), 'explicitDeny', 'allowed'],
  ])('in %s', (_name, template, inside, outside) => {
    expect(decided(template)).toEqual(['depends', 'depends', outside]);
    const parameters = { L: ['203.0.113.0/24', '2001:db8::/32'] };
    expect(decided(template, { parameters })).toEqual([inside, inside, outside]);
    expect(decided(template, { parameters: { L: '198.51.100.7' } })).toEqual([outside, outside, outside]);
  });
});

describe('what to give is said by the name of the parameter', () => {
  const findings = (value: unknown) =>
    load(role(on(value))).diagnostics.map(({ code, path, message, hint }) =>
      [code, path, message, hint].join(' | '),
    );
  const about = (name: string) =>
    `missingValue | Parameters.${name} | the parameter ${name} has no value | give one: parameters: { ${name}: … }`;

  it.each<[string, unknown, string]>([
    ['the list', { Ref: 'L' }, 'L'],
    ['a Split', split, 'P'],
    ['an item of a list', { 'Fn::Select': [0, { Ref: 'L' }] }, 'L'],
    ['an item of a Split', { 'Fn::Select': [1, split] }, 'P'],
    ['a Join', { 'Fn::Join': ['', [`${bucket}/`, { 'Fn::Join': ['-', { Ref: 'L' }] }]] }, 'L'],
    ['a Join of a Split', { 'Fn::Join': ['-', split] }, 'P'],
    ['a choice of which the index is not known', { 'Fn::Select': [{ Ref: 'P' }, ['a', 'b']] }, 'P'],
  ])('%s', (_name, value, name) => expect(findings(value)).toEqual([about(name)]));
});
