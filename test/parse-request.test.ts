import { describe, expect, it, vi } from 'vitest';
import { evaluateMany } from '../src/batch/index.js';
import { compile } from '../src/compile.js';
import { InvalidRequestError, type Issue } from '../src/error.js';
import { parseRequest } from '../src/parse-request.js';
import { evaluatePartial } from '../src/partial/index.js';
import type { RequestInput } from '../src/request/input.js';

const alice = { arn: 'arn:aws:iam::111122223333:user/alice' };
const role = 'arn:aws:iam::111122223333:role/app';
const request: RequestInput = { principal: alice, action: 's3:GetObject', resource: 'arn:aws:s3:::b/k' };
const allowing = (Action: string, Condition?: Record<string, Record<string, string>>) =>
  compile({
    identityPolicies: [
      {
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action, Resource: '*', ...(Condition && { Condition }) },
      },
    ],
  });

function issuesOf(act: () => unknown): readonly Issue[] {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidRequestError);
    return (error as InvalidRequestError).issues;
  }
  throw new Error('nothing was thrown');
}

describe('parseRequest', () => {
  it('reads once, for any number of policies', () => {
    const read = vi.fn(() => 's3:GetObject');
    const input = Object.defineProperty({ ...request }, 'action', { enumerable: true, get: read });
    const parsed = parseRequest(input);
    const decisions = ['s3:Get*', 's3:Put*', '*'].map((one) => allowing(one).evaluate(parsed).decision);
    expect(decisions).toEqual(['allowed', 'implicitDeny', 'allowed']);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('keeps a private copy', () => {
    const principal = { ...alice, tags: { team: 'red' } };
    const parsed = parseRequest({ ...request, principal });
    principal.tags.team = 'blue';
    principal.arn = `${alice.arn}s`;
    const answer = allowing('*', { StringEquals: { 'aws:PrincipalTag/team': 'red' } }).evaluate(parsed);
    expect(answer.decision).toBe('allowed');
    expect(answer.explain().request.principal).toBe(alice.arn);
  });

  it('explains and tells missing keys like the request itself', () => {
    const policies = allowing('s3:*', { Bool: { 'aws:SecureTransport': 'true' } });
    const [one, other] = [policies.evaluate(parseRequest(request)), policies.evaluate(request)];
    expect(one.explain()).toEqual(other.explain());
    expect(one.missingContext).toEqual(['aws:SecureTransport']);
  });

  it('says all that is wrong at once', () => {
    const wrong = { ...request, action: 's3', sourceIp: 'here' };
    expect(issuesOf(() => parseRequest(wrong)).map(({ path }) => path)).toEqual([
      'request.action',
      'request.sourceIp',
    ]);
    for (const nothing of [undefined, null, 3, 'request', [request]])
      expect(issuesOf(() => parseRequest(nothing as never)).length).toBeGreaterThan(0);
  });

  it('L22: policies for a role are refused for it all the same', () => {
    const policies = compile({
      resourcePolicy: {
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
      },
    });
    const parsed = parseRequest({ principal: alice, action: 'sts:AssumeRole', resource: role });
    expect(() => policies.evaluate(parsed)).toThrow('Resource');
  });
});

describe('what only looks like a parsed request', () => {
  const parsed = parseRequest(request);
  const { evaluate } = allowing('*');
  const proxied = new Proxy(parsed, {
    has: () => true,
    getPrototypeOf: () => {
      throw new Error('asked');
    },
  });
  it.each<[string, unknown]>([
    ['an heir', Object.create(parsed)],
    ['a proxy', proxied],
    ['a copy', { ...parsed }],
    ['a clone', structuredClone(parsed)],
    ['another of its class name', { [Symbol.toStringTag]: 'ParsedRequest' }],
  ])('%s is refused', (_, value) => {
    expect(issuesOf(() => evaluate(value as never)).length).toBeGreaterThan(0);
  });

  it('is refused where only a request as it is written is taken, and said to be none', () => {
    const message = 'request: this is not an object';
    expect(() => parseRequest(parsed as never)).toThrow(message);
    expect(() => evaluatePartial({ request: parsed as never, policies: {} })).toThrow();
    const principals = [{ principal: alice, policies: {} }];
    expect(() => evaluateMany({ principals, questions: [{ request: parsed as never }] })).toThrow();
  });
});
