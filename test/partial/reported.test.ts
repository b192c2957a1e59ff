import { describe, expect, it } from 'vitest';
import { type EvaluationInput, evaluate, InvalidPolicyError } from '../../src/index.js';
import { evaluatePartial } from '../../src/partial/index.js';

const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement }) as never;
const all = document({ Effect: 'Allow', Action: '*', Resource: '*' });
const request = {
  principal: { arn: 'arn:aws:iam::111122223333:user/alice' },
  action: 'ec2:RunInstances',
  resource: 'arn:aws:ec2:eu-west-1:111122223333:instance/*',
};
const region = document({
  Effect: 'Deny',
  Action: '*',
  Resource: '*',
  Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1'] } },
});

describe('mistakes that simulators were reported for', () => {
  it('a key that a service control policy asks for and that was not given is reported', () => {
    const input: EvaluationInput = {
      request,
      policies: { identityPolicies: [all], serviceControlPolicies: [[all], [all, region]] },
    };
    const evaluation = evaluate(input);
    expect(evaluation.decision).toBe('explicitDeny');
    expect(evaluation.missingContext).toEqual(['aws:RequestedRegion']);
    const given = { ...request, context: { 'aws:RequestedRegion': 'eu-west-1' } };
    expect(evaluate({ ...input, request: given })).toMatchObject({ decision: 'allowed', missingContext: [] });
  });

  it('a key of a statement that has no say is not', () => {
    const elsewhere = document(
      { Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: { StringEquals: { 's3:prefix': 'a' } } },
      {
        Effect: 'Deny',
        Action: 'ec2:*',
        Resource: 'arn:aws:ec2:*:*:volume/*',
        Condition: { Null: { 'ec2:Owner': 'true' } },
      },
      // Allowed anyway by the statement that asks for nothing.
      { Effect: 'Allow', Action: 'ec2:*', Resource: '*', Condition: { StringEquals: { 'ec2:Region': 'x' } } },
    );
    expect(evaluate({ request, policies: { identityPolicies: [all, elsewhere] } }).missingContext).toEqual(
      [],
    );
  });

  it('a key behind a gate that is closed anyway is not', () => {
    const boundary = document({ Effect: 'Allow', Action: 's3:*', Resource: '*' });
    const conditional = document({
      Effect: 'Allow',
      Action: '*',
      Resource: '*',
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    });
    const policies = { identityPolicies: [conditional], permissionsBoundary: boundary };
    expect(evaluate({ request, policies })).toMatchObject({ decision: 'implicitDeny', missingContext: [] });
  });

  it('a resource that is not known yet is not taken for one that matches nothing', () => {
    const policies = {
      identityPolicies: [document({ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::app-*' })],
    };
    const asked = { ...request, action: 's3:GetBucketPolicy' };
    const answer = evaluatePartial({
      request: { ...asked, resource: { arn: { text: ['arn:aws:s3:::', { hole: 'Bucket' }] } } },
      policies,
    });
    expect(answer).toMatchObject({ decision: 'depends', dependsOn: ['{Bucket}'] });
    const known = { arn: { text: ['arn:aws:s3:::app-', { hole: 'Suffix' }] } };
    expect(evaluatePartial({ request: { ...asked, resource: known }, policies }).decision).toBe('allowed');
  });

  it('a principal tag that is not known makes the answer depend on it', () => {
    const policies = {
      identityPolicies: [
        document({
          Effect: 'Allow',
          Action: '*',
          Resource: '*',
          Condition: { StringEquals: { 'aws:PrincipalTag/Team': 'red' } },
        }),
      ],
    };
    expect(evaluate({ request, policies }).missingContext).toEqual(['aws:PrincipalTag/Team']);
    expect(
      evaluatePartial({ request: { ...request, unknown: ['aws:principaltag/*'] }, policies }),
    ).toMatchObject({
      decision: 'depends',
      dependsOn: ['aws:PrincipalTag/Team'],
      allowedIf: [[{ operator: 'StringEquals', key: 'aws:PrincipalTag/Team', values: ['red'] }]],
    });
  });
});

it('what is no list of key names is refused', () => {
  for (const unknown of ['aws:SourceIp', [7], ['a*b'], {}, null]) {
    const input = { request: { ...request, unknown }, policies: {} } as never;
    expect(() => evaluatePartial(input)).toThrow(/unknown keys are no list of key names/);
  }
});

it('malformed policies and requests are refused as evaluate does', () => {
  const broken = document({ Effect: 'allow', Action: '*', Resource: '*' });
  expect(() => evaluatePartial({ request, policies: { identityPolicies: [broken] } })).toThrow(/Effect/);
  expect(() => evaluatePartial({ request: { ...request, action: 'x' }, policies: {} })).toThrow(/action/);
});

it('aws:CalledViaFirst hangs on aws:CalledVia', () => {
  const policies = {
    identityPolicies: [
      document({
        Effect: 'Allow',
        Action: '*',
        Resource: '*',
        Condition: { StringEquals: { 'aws:CalledViaFirst': 'athena.amazonaws.com' } },
      }),
    ],
  };
  const answer = evaluatePartial({ request: { ...request, unknown: ['aws:CalledVia'] }, policies });
  expect(answer.decision).toBe('depends');
});

describe('aws:ViaAWSService and aws:CalledVia', () => {
  const when = (Condition: object, Effect = 'Allow') =>
    document({ Effect, Action: '*', Resource: '*', Condition });
  const ask = (identityPolicies: never[], more: object) =>
    evaluatePartial({ request: { ...request, ...more }, policies: { identityPolicies } });
  const via = when({ Bool: { 'aws:ViaAWSService': 'true' } });

  it('a service may call that no chain names', () => {
    const unnamed = when({ Bool: { 'aws:ViaAWSService': 'true' }, Null: { 'aws:CalledVia': 'true' } });
    for (const unknown of ['unlisted', ['aws:CalledVia'], ['aws:CalledViaLast', 'aws:ViaAWSService']]) {
      const answer = ask([unnamed], { unknown });
      expect(answer).toMatchObject({
        decision: 'depends',
        dependsOn: ['aws:CalledVia', 'aws:ViaAWSService'],
      });
      expect(answer.reachable.map(({ decision }) => decision)).toContain('allowed');
    }
  });

  it('what is said of the one is known, also where the other is not', () => {
    const said = (context: object, unknown: unknown) => ask([via], { context, unknown }).decision;
    expect(said({ 'aws:ViaAWSService': 'true' }, ['aws:CalledVia'])).toBe('allowed');
    expect(said({ 'aws:ViaAWSService': 'true' }, 'unlisted')).toBe('allowed');
    expect(said({ 'aws:CalledVia': ['athena.amazonaws.com'] }, 'unlisted')).toBe('allowed');
    expect(said({ 'aws:ViaAWSService': 'true' }, ['aws:ViaAWSService'])).toBe('depends');
    expect(said({}, ['aws:SourceIp'])).toBe('implicitDeny');
  });

  it('a signed caller always has it, one without an account may have it', () => {
    const present = when({ Null: { 'aws:ViaAWSService': 'false' } });
    expect(ask([present], { unknown: 'unlisted' }).decision).toBe('allowed');
    const statement = { Action: '*', Resource: '*', Principal: '*' };
    const resourcePolicy = document(
      { ...statement, Effect: 'Allow' },
      { ...statement, Effect: 'Deny', Condition: { Bool: { 'aws:ViaAWSService': 'false' } } },
    );
    const principal = { service: 'ec2.amazonaws.com' };
    const open = { ...request, principal, unknown: ['aws:ViaAWSService'] };
    const answer = evaluatePartial({ request: open, policies: { resourcePolicy } });
    expect(answer).toMatchObject({ decision: 'depends', dependsOn: ['aws:ViaAWSService'] });
  });
});

it('a tag of the resource that one key does not know is not known by the other', () => {
  for (const [said, asked] of [
    ['ec2:ResourceTag/team', 'aws:ResourceTag/team'],
    ['ec2:ResourceTag/*', 'aws:ResourceTag/team'],
    ['aws:ResourceTag/*', 'ec2:ResourceTag/team'],
  ] as const) {
    const Condition = { StringEquals: { [asked]: 'red' } };
    const policies = {
      identityPolicies: [document({ Effect: 'Allow', Action: '*', Resource: '*', Condition })],
    };
    expect(evaluatePartial({ request: { ...request, unknown: [said] }, policies }).decision).toBe('depends');
  }
});

it('a hole may stand for a principal, an account, a number, a time or an address', () => {
  const ask = (condition: object, more: object = {}) =>
    evaluatePartial({
      request: {
        ...request,
        mfa: { present: true, ageSeconds: 100 },
        sourceIp: '10.0.0.1',
        time: '2026-01-01T00:00:00Z',
        ...more,
      },
      policies: {
        identityPolicies: [
          document({ Effect: 'Allow', Action: '*', Resource: '*', Condition: condition as never }),
        ],
      },
    });
  for (const condition of [
    { NumericLessThan: { 'aws:MultiFactorAuthAge': { hole: 'Max' } } },
    { NumericGreaterThanEquals: { 'aws:MultiFactorAuthAge': { hole: 'Max' } } },
    { DateLessThan: { 'aws:CurrentTime': { hole: 'Max' } } },
    { DateGreaterThan: { 'aws:CurrentTime': { hole: 'Max' } } },
    { IpAddress: { 'aws:SourceIp': { hole: 'Max' } } },
    { NotIpAddress: { 'aws:SourceIp': { hole: 'Max' } } },
  ]) {
    const answer = ask(condition);
    expect(answer.decision, JSON.stringify(condition)).toBe('depends');
    expect(answer.dependsOn).toEqual(['{Max}']);
    expect(answer.reachable.map(({ decision }) => decision)).toEqual(['allowed', 'implicitDeny']);
  }
  const principal = { arn: { text: ['arn:aws:iam::', { hole: 'Account' }, ':user/alice'] } };
  const owned = {
    resource: { arn: 'arn:aws:s3:::b', accountId: '444455556666' },
    action: 's3:ListBucket',
    principal,
  };
  expect(ask({}, owned)).toMatchObject({ decision: 'depends', dependsOn: ['{Account}'] });
});

it.each([
  ['policies', (odd: object) => odd],
  ['Condition', (odd: object) => ({ identityPolicies: [withCondition(odd)] })],
  ['Condition.Bool', (odd: object) => ({ identityPolicies: [withCondition({ Bool: odd })] })],
])('%s that keeps its content where JSON has none is refused, as by evaluate', (_, policies) => {
  const key = 'aws:MultiFactorAuthPresent';
  for (const odd of [new Map([[key, 'true']]), new Set([key]), new Date(0), Promise.resolve({})])
    for (const ask of [evaluate, evaluatePartial])
      expect(() => ask({ request, policies: policies(odd) as never }), String(odd)).toThrow(
        InvalidPolicyError,
      );
});

function withCondition(Condition: object) {
  return document({ Effect: 'Allow', Action: '*', Resource: '*', Condition });
}

it.each([undefined, null])('the input %s is refused as by evaluate', (input) => {
  for (const ask of [evaluate, evaluatePartial])
    expect(() => ask(input as never)).toThrow('input: the input cannot be read; pass { request, policies }');
});

it('a text that stands for a caller and within a resource is not searched for what ends as a pattern does', () => {
  const { exact, reachable } = evaluatePartial({
    request: {
      principal: { arn: 'arn:aws:iam::111122223333:user/alice' },
      action: 's3:GetObject',
      resource: { arn: { text: ['arn:aws:s3:::home/', { hole: 'P' }] }, accountId: '111122223333' },
    },
    policies: {
      identityPolicies: [
        document({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::*/app' }),
      ],
      resourcePolicy: document({
        Effect: 'Allow',
        Principal: { AWS: { hole: 'P' } },
        Action: '*',
        Resource: '*',
      }),
    },
  });
  expect(reachable.map(({ decision }) => decision)).toContain('allowed');
  // `arn:aws:iam::111122223333:role/app` would be allowed too.
  expect(exact).toBe(false);
});
