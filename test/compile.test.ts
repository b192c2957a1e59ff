import { describe, expect, it, vi } from 'vitest';
import { compile, compilePlans } from '../src/compile.js';
import { InvalidPolicyError, InvalidRequestError, type Issue } from '../src/error.js';
import type { PoliciesInput } from '../src/policy/document.js';
import { readPolicySet } from '../src/policy/policy-set.js';
import type { RequestInput } from '../src/request/input.js';

const principal = { arn: 'arn:aws:iam::111122223333:user/alice' };
const role = 'arn:aws:iam::111122223333:role/app';
const policy = (statement: Record<string, unknown>) => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', ...statement } as { Effect: string },
});
const full = policy({ Resource: '*' });
const fullFor = policy({ Resource: '*', Principal: '*' });

function issuesOf(act: () => unknown, kind: typeof InvalidPolicyError | typeof InvalidRequestError) {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(kind);
    return (error as { issues: readonly Issue[] }).issues.map(({ code, path }) => [code, path]);
  }
  throw new Error('nothing was thrown');
}

describe('compile', () => {
  it('reads policies once, for any number of requests', () => {
    const statement = { Effect: 'Allow', Action: 's3:Get*', Resource: '*' };
    const read = vi.fn(() => statement);
    const document = Object.defineProperty({ Version: '2012-10-17', Statement: statement }, 'Statement', {
      enumerable: true,
      get: read,
    });
    const policies = compile({ identityPolicies: [document] });
    const times = read.mock.calls.length;
    statement.Effect = 'Deny';
    expect(policies.evaluate({ principal, action: 's3:GetObject' }).decision).toBe('allowed');
    expect(policies.evaluate({ principal, action: 's3:PutObject' }).decision).toBe('implicitDeny');
    expect(read).toHaveBeenCalledTimes(times);
  });

  it('refuses malformed policies at once, and a malformed request when it is asked', () => {
    expect(issuesOf(() => compile({ identityPolicies: [fullFor] }), InvalidPolicyError)).toEqual([
      ['ERR_IAM_FORBIDDEN_ELEMENT', 'policies.identityPolicies[0].Statement.Principal'],
    ]);
    const { evaluate } = compile({});
    expect(issuesOf(() => evaluate({ principal, action: 's3' }), InvalidRequestError)).toEqual([
      ['ERR_IAM_VALUE', 'request.action'],
    ]);
  });

  it('works out the explanation and the missing keys when asked, each time alike', () => {
    const identityPolicies = [
      policy({ Resource: '*', Condition: { Bool: { 'aws:SecureTransport': true } } }),
    ];
    const answer = compile({ identityPolicies }).evaluate({ principal, action: 's3:GetObject' });
    expect([answer.missingContext, answer.missingContext]).toEqual([
      ['aws:SecureTransport'],
      ['aws:SecureTransport'],
    ]);
    expect(answer.explain()).toEqual(answer.explain());
    expect(answer).toMatchObject({ decision: 'implicitDeny', allowed: false, denies: [] });
  });

  it('an answer as JSON holds what decided', () => {
    const answer = compile({ identityPolicies: [full] }).evaluate({ principal, action: 's3:GetObject' });
    const { decision, allowed, decidedBy, denies } = answer;
    expect(decidedBy).not.toEqual([]);
    expect(JSON.parse(JSON.stringify(answer))).toEqual({ decision, allowed, decidedBy, denies });
  });

  it.each<[string, PoliciesInput, boolean]>([
    ['allowed', { identityPolicies: [full] }, true],
    ['implicitDeny', {}, false],
    ['explicitDeny', { identityPolicies: [policy({ Effect: 'Deny', Resource: '*' })] }, false],
  ])('%s is allowed or not', (decision, policies, allowed) => {
    const answer = compile(policies).evaluate({ principal, action: 's3:GetObject' });
    expect([answer.decision, answer.allowed]).toEqual([decision, allowed]);
  });
});

describe('L22: a resource policy that is no role trust policy', () => {
  const policies = compile({ identityPolicies: [full], resourcePolicy: fullFor });
  const ask = (resource: RequestInput['resource']) => () =>
    policies.evaluate({
      principal,
      action: 'sts:AssumeRole',
      ...(resource === undefined ? {} : { resource }),
    });
  it('is refused on the first request for a role, and on each after it', () => {
    for (let i = 0; i < 2; i++) {
      expect(issuesOf(ask(role), InvalidPolicyError)).toEqual([
        ['ERR_IAM_FORBIDDEN_ELEMENT', 'policies.resourcePolicy.Statement.Resource'],
        ['ERR_IAM_PRINCIPAL', 'policies.resourcePolicy.Statement.Principal'],
      ]);
    }
  });

  it.each(['*', 'arn:aws:s3:::b', 'arn:aws:iam::111122223333:user/alice'])(
    'is accepted for %s',
    (resource) => {
      expect(ask(resource)().decision).toBe('allowed');
    },
  );

  it('a trust policy is accepted for a role', () => {
    const trust = compile({ resourcePolicy: policy({ Principal: { AWS: principal.arn } }) });
    const answer = trust.evaluate({ principal, action: 'sts:AssumeRole', resource: role });
    expect(answer.decidedBy).toMatchObject({ kind: 'resourcePolicy', rule: 'E13' });
  });

  it('the request is read before that', () => {
    expect(issuesOf(ask('nonsense'), InvalidRequestError)).toEqual([
      ['ERR_IAM_VALUE', 'request.resource.arn'],
    ]);
  });
});

describe('compilePlans', () => {
  const sparing = policy({ Effect: 'Deny', Resource: '*', NotPrincipal: { AWS: '111122223333' } });
  const boundaryOf = (policies: PoliciesInput, kind: 'resourcePolicy' | 'vpcEndpointPolicy') => {
    const [statement] = compilePlans(readPolicySet(policies))[kind][0]!.statements;
    return statement!.principal!.node;
  };
  it('gives levels and places, and numbers levels only where there are any', () => {
    const plans = compilePlans(
      readPolicySet({
        identityPolicies: [full, { name: 'n', document: full }],
        serviceControlPolicies: [[full], [full]],
        resourceControlPolicies: [[fullFor]],
      }),
    );
    const places = Object.entries(plans).map(([kind, levels]) => [
      kind,
      levels.map((level) => level.statements.map(({ source }) => [source.kind, source.policy, source.level])),
    ]);
    expect(places).toEqual([
      ['serviceControlPolicies', [[['serviceControlPolicies', 0, 0]], [['serviceControlPolicies', 0, 1]]]],
      ['resourceControlPolicies', [[['resourceControlPolicies', 0, 0]]]],
      ['vpcEndpointPolicy', []],
      ['resourcePolicy', []],
      [
        'identityPolicies',
        [
          [
            ['identityPolicies', 0, undefined],
            ['identityPolicies', 'n', undefined],
          ],
        ],
      ],
      ['permissionsBoundary', []],
      ['sessionPolicies', []],
    ]);
  });

  it('E29b: tells the resource policy, and no other, of a boundary', () => {
    const both = { resourcePolicy: sparing, vpcEndpointPolicy: sparing };
    expect(boundaryOf(both, 'resourcePolicy')).toMatchObject({ test: { boundary: false } });
    const bounded = { ...both, permissionsBoundary: full };
    expect(boundaryOf(bounded, 'resourcePolicy')).toMatchObject({ test: { boundary: true } });
    expect(boundaryOf(bounded, 'vpcEndpointPolicy')).toMatchObject({ test: { boundary: false } });
  });
});
