import { describe, expect, it } from 'vitest';
import { InvalidPolicyError, type Issue } from '../src/error.js';
import { parsePolicy } from '../src/parse-policy.js';
import type { PolicyDocument } from '../src/policy/document.js';
import type { PolicyKind } from '../src/policy/policy.js';

const good = { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: '*', Resource: '*' } };

function issuesOf(input: unknown, options: unknown): readonly Issue[] {
  try {
    parsePolicy(input as PolicyDocument, options as { kind: PolicyKind });
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidPolicyError);
    return (error as InvalidPolicyError).issues;
  }
  throw new Error('nothing was thrown');
}

describe('parsePolicy', () => {
  it('reads a document, and the same from its text', () => {
    const policy = {
      kind: 'identityPolicies',
      path: 'policy',
      variables: true,
      statements: [
        {
          index: 0,
          path: 'policy.Statement',
          effect: 'Deny',
          notPrincipal: false,
          actions: ['*'],
          notAction: false,
          resources: ['*'],
          notResource: false,
          conditions: [],
        },
      ],
    };
    expect(parsePolicy(good, { kind: 'identityPolicies' })).toStrictEqual(policy);
    expect(parsePolicy(JSON.stringify(good), { kind: 'identityPolicies' })).toStrictEqual(policy);
  });

  it('L22: the kind decides which elements there are', () => {
    expect(issuesOf(good, { kind: 'vpcEndpointPolicy' }).map(({ code, path }) => [code, path])).toEqual([
      ['ERR_IAM_MISSING_MEMBER', 'policy.Statement'],
    ]);
    expect(issuesOf(good, { kind: 'trustPolicy' }).map(({ code, path }) => [code, path])).toEqual([
      ['ERR_IAM_FORBIDDEN_ELEMENT', 'policy.Statement.Resource'],
      ['ERR_IAM_MISSING_MEMBER', 'policy.Statement'],
    ]);
  });

  it('L9: text gives duplicates, and line and column', () => {
    const text = '{\n  "Statement": {},\n  "Statement": []\n}';
    expect(
      issuesOf(text, { kind: 'identityPolicies' }).map(({ code, line, column }) => [code, line, column]),
    ).toEqual([
      ['ERR_IAM_DUPLICATE_MEMBER', 3, 3],
      ['ERR_IAM_MISSING_MEMBER', 3, 3],
    ]);
  });

  it.each([undefined, null, 7, [], {}, { name: 'n', document: good }])('refuses %j', (input) => {
    expect(issuesOf(input, { kind: 'identityPolicies' })[0]!.path).toMatch(/^policy/);
  });

  it('refuses an object that throws', () => {
    const input = {
      get Statement() {
        throw new Error('mine');
      },
    };
    expect(issuesOf(input, { kind: 'sessionPolicies' })).toEqual([
      {
        path: 'policy',
        code: 'ERR_IAM_TYPE',
        message: 'the object throws when it is read',
        hint: 'pass plain JSON data',
      },
    ]);
  });

  const throwing = {
    get kind(): never {
      throw new Error('mine');
    },
  };
  it.each([
    undefined,
    null,
    {},
    { kind: 'policy' },
    { kind: 'toString' },
    { kind: ['identityPolicies'] },
    throwing,
  ])('%#: refuses options without a kind of policy', (options) => {
    expect(issuesOf(good, options)).toEqual([
      {
        path: 'kind',
        code: 'ERR_IAM_VALUE',
        message: 'this is no kind of policy',
        hint:
          'use identityPolicies, permissionsBoundary, sessionPolicies, resourcePolicy, trustPolicy, ' +
          'vpcEndpointPolicy, serviceControlPolicies, resourceControlPolicies',
      },
    ]);
  });
});
