import { describe, expect, it } from 'vitest';
import { Estate } from '../../../src/query/estate.js';
import { load } from './fixture.js';

const Parameters = { P: { Type: 'String' }, L: { Type: 'CommaDelimitedList' } };
const Conditions = { Has: { 'Fn::Equals': [{ Ref: 'P' }, 'yes'] } };
const json = (Value: unknown) => ({ Type: 'Custom::AWSCDKCfnJson', Properties: { Value } });
/** Its keys are not known. */
const lookup = json({ 'Fn::Join': ['', ['{"', { Ref: 'P' }, ':sub":"x"}']] });
const found = { 'Fn::GetAtt': ['Lookup', 'Value'] };
const none = { Ref: 'AWS::NoValue' };
const template = (...Statement: unknown[]) => ({
  Parameters,
  Conditions,
  Resources: {
    Lookup: lookup,
    Queue: { Type: 'AWS::SQS::Queue' },
    Policy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: { Version: '2012-10-17', Statement } },
    },
  },
});
const allow = (account: string, more: object = {}) => ({
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${account}:role/x` },
  Action: 'sqs:SendMessage',
  Resource: '*',
  ...more,
});
const [one, other, third] = ['444455556666', '555566667777', '666677778888'];
const decide = (written: object, account: string, facts = {}, options = {}) =>
  new Estate(load(written, options).data).can(account, 'sqs:SendMessage', 'Queue', facts).decision;
const service = { Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sqs:SendMessage' };
const sure = { ...service, Resource: '*' };

describe('a condition that is not known may hold or not', () => {
  it.each<[string, unknown]>([
    ['the whole of it', found],
    ['an operator', { StringEquals: found, Bool: { 'aws:SecureTransport': 'true' } }],
    ['one that is chosen', { 'Fn::If': ['Has', { Bool: { 'aws:SecureTransport': 'true' } }, none] }],
    ['values of an operator that needs all', { StringNotEquals: { 'aws:SourceAccount': { Ref: 'L' } } }],
    ['beside one that asks for presence', { Null: { 'aws:SourceAccount': 'true' }, StringEquals: found }],
  ])('%s', (_name, Condition) => {
    const facts = { context: { 'aws:SecureTransport': 'true' } };
    for (const Effect of ['Allow', 'Deny']) {
      const written = template({ ...service, Resource: '*', Effect, Condition }, { ...sure, Sid: 'All' });
      const alone = template({ ...service, Resource: '*', Effect, Condition });
      const asked = decide(Effect === 'Allow' ? alone : written, 's3.amazonaws.com', facts);
      expect(asked).toBe('depends');
      expect(decide(written, 'sns.amazonaws.com', facts)).toBe('implicitDeny');
    }
  });

  it('while its other lines decide', () => {
    const Condition = { StringEquals: found, Bool: { 'aws:SecureTransport': 'true' } };
    const written = template({ ...sure, Condition });
    const facts = { context: { 'aws:SecureTransport': 'false' } };
    expect(decide(written, 's3.amazonaws.com', facts)).toBe('implicitDeny');
    const { diagnostics } = load(written);
    expect(diagnostics).toMatchObject([
      {
        code: 'unresolvedReference',
        path: 'Resources.Policy.Properties.PolicyDocument.Statement[0].Condition',
      },
    ]);
  });

  it('and leaves the document open where there is no room for another', () => {
    const Condition = {
      Null: { 'aws:principaltype': 'true' },
      StringEquals: { a: found },
      StringLike: found,
    };
    expect(decide(template({ ...sure, Condition }), 'sns.amazonaws.com')).toBe('depends');
    expect(decide(template({ ...sure, Condition: { Null: found } }), 'sns.amazonaws.com')).toBe(
      'implicitDeny',
    );
  });
});

describe('a statement that is chosen by what is not known', () => {
  const service = (name: string) => ({ ...sure, Principal: { Service: `${name}.amazonaws.com` } });
  const written = template(service('s3'), { 'Fn::If': ['Has', service('sns'), none] });
  const either = template({ 'Fn::If': ['Has', service('sns'), service('ses')] }, service('s3'));
  const ask = (asked: object, options = {}) =>
    ['s3', 'sns', 'ses', 'events'].map((name) => decide(asked, `${name}.amazonaws.com`, {}, options));

  it('may be there or not', () => {
    expect(ask(written)).toEqual(['allowed', 'depends', 'implicitDeny', 'implicitDeny']);
    expect(ask(either)).toEqual(['allowed', 'depends', 'depends', 'implicitDeny']);
  });

  it('is there as soon as it is known to be', () => {
    const parameters = { P: 'yes' };
    expect(ask(written, { parameters })).toEqual(['allowed', 'allowed', 'implicitDeny', 'implicitDeny']);
    expect(ask(either, { parameters })).toEqual(['allowed', 'allowed', 'implicitDeny', 'implicitDeny']);
    expect(ask(either, { parameters: { P: 'no' } })).toEqual([
      'allowed',
      'implicitDeny',
      'allowed',
      'implicitDeny',
    ]);
  });

  it('leaves the document open where it is none', () => {
    expect(ask(template({ 'Fn::If': ['Has', 'text', service('sns')] }, service('s3')))).toEqual(
      Array(4).fill('depends'),
    );
    expect(load(written).diagnostics).toMatchObject([
      { code: 'missingValue', path: 'Resources.Policy.Properties.PolicyDocument.Statement[1].Fn::If' },
    ]);
  });

  it('may deny', () => {
    const deny = { ...sure, Effect: 'Deny', Principal: '*' };
    const denied = template(service('s3'), { 'Fn::If': ['Has', deny, none] });
    expect(ask(denied)).toEqual(Array(4).fill('depends'));
    expect(ask(denied, { parameters: { P: 'no' } })[0]).toBe('allowed');
    expect(ask(denied, { parameters: { P: 'yes' } })[0]).toBe('explicitDeny');
  });
});

it('callers of other accounts keep what is certain', () => {
  const written = template(allow(one), allow(other, { Condition: found }));
  const asked = [one, other, third].map((account) => decide(written, `arn:aws:iam::${account}:role/x`));
  expect(asked).toEqual(['depends', 'depends', 'implicitDeny']);
});

describe('the value of JSON text that the CDK has read when it is deployed', () => {
  const allowed = (Value: unknown, sub?: string, more: object = {}) => {
    const written = template({ ...sure, Condition: { StringEquals: found } });
    const Resources = { ...written.Resources, Lookup: json(Value), ...more };
    const facts = sub === undefined ? {} : { context: { 'oidc.example/x:sub': sub } };
    return decide({ ...written, Resources }, 's3.amazonaws.com', facts, {
      parameters: { P: 'oidc.example/x' },
    });
  };
  const joined = { 'Fn::Join': ['', ['{"', { Ref: 'P' }, ':sub":"a:b"}']] };

  it.each([
    ['text', '{"oidc.example/x:sub":"a:b"}'],
    ['joined text', joined],
  ])('%s', (_name, Value) => {
    expect(allowed(Value, 'a:b')).toBe('allowed');
    expect(allowed(Value, 'a:c')).toBe('implicitDeny');
    expect(allowed(Value)).toBe('implicitDeny');
  });

  it('with a value in it that is not known', () => {
    const Value = { 'Fn::Join': ['', ['{"oidc.example/x:sub":"', { 'Fn::ImportValue': 'E' }, '"}']] };
    expect(allowed(Value, 'a:b')).toBe('depends');
    expect(allowed(Value)).toBe('implicitDeny');
  });

  it.each<[string, unknown]>([
    ['is none', undefined],
    ['is no JSON', '{'],
    ['is no object', '"x"'],
    ['holds null', '{"oidc.example/x:sub":null}'],
    ['is chosen', { 'Fn::If': ['No', joined, [joined]] }],
  ])('which is not known where it %s', (_name, Value) => expect(allowed(Value, 'a:b')).toBe('depends'));

  it('a policy that holds null is not known', () => {
    const PolicyDocument = JSON.stringify({ Statement: [{ ...sure, Condition: null }] });
    const Policy = {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument },
    };
    expect(allowed(undefined, undefined, { Policy })).toBe('depends');
  });
});
