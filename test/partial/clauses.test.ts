import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/index.js';
import { evaluatePartial, type PartialEvaluationInput } from '../../src/partial/index.js';

const statement = (Condition: object, more: object = {}) => ({
  Effect: 'Allow',
  Action: '*',
  Resource: '*',
  Condition,
  ...more,
});
const request = {
  principal: { arn: 'arn:aws:iam::111122223333:user/alice' },
  action: 's3:GetObject',
  resource: { arn: 'arn:aws:s3:::home/red', accountId: '111122223333' },
};

function ask(
  statements: object | readonly object[],
  unknown: readonly string[] | 'unlisted',
  more: object = {},
) {
  return evaluatePartial({
    request: { ...request, unknown, ...more },
    policies: { identityPolicies: [{ Version: '2012-10-17', Statement: statements }] },
  } as PartialEvaluationInput);
}

describe('a clause says it as IAM writes it', () => {
  it.each([
    [
      'DateLessThan',
      'aws:CurrentTime',
      ['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'],
      '2027-01-01T00:00:00Z',
    ],
    ['DateLessThanEquals', 'aws:CurrentTime', ['2027-01-01', '2026-01-01'], '2027-01-01'],
    ['DateGreaterThan', 'aws:CurrentTime', ['2027-01-01', '2026-01-01'], '2026-01-01'],
    ['NumericLessThan', 's3:max-keys', ['5', '10'], '10'],
    ['NumericGreaterThanEquals', 's3:max-keys', ['5', '10'], '5'],
  ])('of several bounds of %s on %s only the widest counts', (operator, key, values, widest) => {
    const answer = ask(statement({ [operator]: { [key]: values } }), [key]);
    expect(answer).toMatchObject({ decision: 'depends', exact: true });
    expect(answer.allowedIf).toEqual([[{ operator, key, values: [widest] }]]);
  });

  it('one bound twice is one bound', () => {
    const condition = { DateLessThan: { 'aws:CurrentTime': ['2026-01-01', '2026-01-01T00:00:00Z'] } };
    expect(ask(statement(condition), ['aws:CurrentTime']).allowedIf).toEqual([
      [{ operator: 'DateLessThan', key: 'aws:CurrentTime', values: ['2026-01-01'] }],
    ]);
  });

  it('bytes have no operator that says the opposite', () => {
    const binary = { BinaryEquals: { 'ec2:UserData': ['aGk='] } };
    const allow = ask(statement(binary), ['ec2:UserData']);
    expect(allow.allowedIf).toEqual([[{ operator: 'BinaryEquals', key: 'ec2:UserData', values: ['aGk='] }]]);
    const deny = ask([statement({}), statement(binary, { Effect: 'Deny' })], ['ec2:UserData']);
    expect(deny.allowedIf).toEqual([
      [{ operator: 'not BinaryEquals', key: 'ec2:UserData', values: ['aGk='] }],
    ]);
  });

  it('patterns of several stars are told apart', () => {
    const like = (pattern: string) => ({ StringLike: { 'aws:RequestTag/team': pattern } });
    const deny = (pattern: string) => statement(like(pattern), { Effect: 'Deny' });
    const answer = ask([statement(like('*a*b')), deny('*c*b')], ['aws:RequestTag/team']);
    expect(answer).toMatchObject({ decision: 'depends', exact: true });
    const allowed = answer.reachable.find(({ decision }) => decision === 'allowed');
    expect(allowed?.context['aws:RequestTag/team']?.[0]).toMatch(/^[^c]*a[^c]*b$/);
    // Whatever fits the one fits the other.
    const never = ask([statement(like('*a*b')), deny('*a*')], ['aws:RequestTag/team']);
    expect(never).toMatchObject({ allowedIf: [], exact: true });
    expect(never.reachable.map(({ decision }) => decision)).not.toContain('allowed');
  });

  it('the wildcards of an ARN stop at its colons, and what begins otherwise is no ARN', () => {
    const patterns = ['aws:*:*:*:*:*', 'arn:aws:s?s:*:*:a?'];
    const answer = ask(statement({ ArnLike: { 'aws:SourceArn': patterns } }), ['aws:SourceArn']);
    expect(answer).toMatchObject({ decision: 'depends', exact: true });
    const [allowed] = answer.reachable;
    expect(allowed?.context['aws:SourceArn']?.[0]).toMatch(/^arn:aws:s[^:]s:[^:]*:[^:]*:a.$/);
    const none = ask(statement({ ArnLike: { 'aws:SourceArn': patterns[0] } }), ['aws:SourceArn']);
    expect(none).toMatchObject({ decision: 'implicitDeny', exact: true });
  });
});

it('a variable of a resource says nothing of a request for all resources', () => {
  const resources = ['arn:aws:s3:::home/${aws:PrincipalTag/team}', '*'];
  const tagged = { StringEquals: { 'aws:PrincipalTag/team': 'red' } };
  const answer = ask(statement(tagged, { Resource: resources }), ['aws:PrincipalTag/team'], {
    action: 's3:ListAllMyBuckets',
    resource: '*',
  });
  expect(answer.allowedIf).toEqual([
    [{ operator: 'StringEquals', key: 'aws:PrincipalTag/team', values: ['red'] }],
  ]);
});

it('what is not listed is unknown, and what is given is not', () => {
  const condition = { StringEquals: { 'aws:PrincipalTag/team': 'red', 's3:prefix': 'a' } };
  const answer = ask(statement(condition), 'unlisted', { context: { 's3:prefix': 'a' } });
  expect(answer).toMatchObject({ decision: 'depends', dependsOn: ['aws:PrincipalTag/team'] });
  expect(ask(statement(condition), 'unlisted', { context: { 's3:prefix': 'b' } }).decision).toBe(
    'implicitDeny',
  );
});

it('of sets with too many members not all are tried, and nothing is promised', () => {
  const statements = Array.from({ length: 15 }, (_, i) =>
    statement({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': `k${i}` } }),
  );
  const answer = ask(statements, ['aws:TagKeys']);
  expect(answer).toMatchObject({ decision: 'depends', exact: false, dependsOn: ['aws:TagKeys'] });
  expect(answer.reachable.map(({ decision }) => decision)).toEqual(['allowed', 'implicitDeny']);
});

it('a trust policy is refused as evaluate refuses it, where the resource is a role', () => {
  const trust = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole', Resource: '*' },
  };
  const input = {
    request: { ...request, action: 'sts:AssumeRole', resource: 'arn:aws:iam::111122223333:role/app' },
    policies: { resourcePolicy: trust },
  } as PartialEvaluationInput;
  const refusal = (work: () => unknown) => {
    try {
      work();
      return undefined;
    } catch (error) {
      return (error as { issues: unknown }).issues;
    }
  };
  const issues = refusal(() => evaluate(input as Parameters<typeof evaluate>[0]));
  expect(issues).toBeDefined();
  expect(refusal(() => evaluatePartial(input))).toEqual(issues);
});
