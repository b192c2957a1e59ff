import { describe, expect, it } from 'vitest';
import { InvalidPolicyError, InvalidRequestError } from '../src/error.js';
import { type EvaluationInput, evaluate } from '../src/evaluate.js';

const request = { principal: { arn: 'arn:aws:iam::111122223333:user/alice' }, action: 's3:GetObject' };
const identityPolicies = [
  { Version: '2012-10-17', Statement: { Sid: 'all', Effect: 'Allow', Action: '*', Resource: '*' } },
];

/** What evaluate throws. */
function thrown(input: unknown): unknown {
  try {
    evaluate(input as EvaluationInput);
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('evaluate', () => {
  it('answers one question', () => {
    const answer = evaluate({ request, policies: { identityPolicies } });
    const { decision, allowed, decidedBy, denies, missingContext } = answer;
    expect({ decision, allowed, decidedBy, denies, missingContext }).toEqual({
      decision: 'allowed',
      allowed: true,
      decidedBy: {
        kind: 'identityPolicies',
        rule: 'E8',
        statements: [
          {
            kind: 'identityPolicies',
            policy: 0,
            sid: 'all',
            index: 0,
            path: 'policies.identityPolicies[0].Statement',
          },
        ],
      },
      denies: [],
      missingContext: [],
    });
    expect(answer.explain().decision).toBe('allowed');
  });

  it('E1: says no without a policy', () => {
    expect(evaluate({ request, policies: {} })).toMatchObject({ decision: 'implicitDeny', allowed: false });
  });

  it.each([undefined, null])('refuses %j', (input) => {
    const error = thrown(input);
    expect(error).toBeInstanceOf(InvalidRequestError);
    expect((error as InvalidRequestError).issues).toEqual([
      {
        path: 'input',
        code: 'ERR_IAM_TYPE',
        message: 'the input cannot be read',
        hint: 'pass { request, policies }',
      },
    ]);
  });

  it('refuses an input that throws', () => {
    const input = {
      request,
      get policies(): never {
        throw new Error('mine');
      },
    };
    expect((thrown(input) as InvalidRequestError).issues[0]!.path).toBe('input');
  });

  it.each([{}, 7, 'text', { request }])('E3: names the policies before the request: %j', (input) => {
    const error = thrown(input);
    expect(error).toBeInstanceOf(InvalidPolicyError);
    expect((error as InvalidPolicyError).issues.map(({ path }) => path)).toEqual(['policies']);
  });

  it('E3: names a malformed request', () => {
    const error = thrown({ policies: {} });
    expect(error).toBeInstanceOf(InvalidRequestError);
    expect((error as InvalidRequestError).issues.map(({ path }) => path)).toEqual(['request']);
  });
});
