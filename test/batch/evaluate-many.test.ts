import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EvaluateManyInput, evaluateMany } from '../../src/batch/index.js';
import {
  type EvaluationInput,
  evaluate,
  InvalidPolicyError,
  InvalidRequestError,
  isIamError,
} from '../../src/index.js';
import { caseArbitrary, type GeneratedCase } from '../differential/generate.js';

const alice = { arn: 'arn:aws:iam::111122223333:user/alice' };
const allow = (Action: string) => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action, Resource: '*' },
});

/** The caller's half of a case, and the resource's. */
const halves = ({ request, policies }: GeneratedCase) => {
  const { principal, ...asked } = request;
  const { identityPolicies, permissionsBoundary, sessionPolicies, serviceControlPolicies, ...own } = policies;
  return {
    principal: {
      principal,
      policies: { identityPolicies, permissionsBoundary, sessionPolicies, serviceControlPolicies },
    },
    question: { request: asked, policies: own },
  };
};

const decisionOf = (input: unknown): string => {
  try {
    return evaluate(input as EvaluationInput).decision;
  } catch (error) {
    if (!isIamError(error)) throw error;
    return error.code;
  }
};

describe('evaluateMany', () => {
  it('E26: accounts of two partitions are two, also where they have one number and say the same', () => {
    const callers = ['aws', 'aws-cn', 'aws'].map((partition, i) => ({
      arn: `arn:${partition}:iam::111122223333:user/u${i}`,
    }));
    const policies = { identityPolicies: [allow('*')] };
    const request = { action: 's3:GetObject', resource: 'arn:aws:s3:::b/k' };
    const owned = {
      action: 's3:GetObject',
      resource: { arn: 'arn:aws-cn:s3:::b/k', accountId: '111122223333' },
    };
    const matrix = evaluateMany({
      principals: callers.map((principal) => ({ principal, policies })),
      questions: [request, owned].map((one) => ({ request: one })),
    });
    expect(callers.map((_, i) => matrix.decision(i, 0))).toEqual(['allowed', 'implicitDeny', 'allowed']);
    expect(callers.map((_, i) => matrix.decision(i, 1))).toEqual(['implicitDeny', 'allowed', 'implicitDeny']);
  });

  it('an owner that a resource has of its class counts for nobody, as for evaluate', () => {
    const resource = Object.assign(Object.create({ accountId: '444455556666' }), { arn: 'arn:aws:s3:::b/k' });
    const request = { action: 's3:GetObject', resource };
    const policies = { identityPolicies: [allow('*')] };
    const matrix = evaluateMany({ principals: [{ principal: alice, policies }], questions: [{ request }] });
    expect(matrix.decision(0, 0)).toBe(
      evaluate({ request: { principal: alice, ...request }, policies }).decision,
    );
    expect(matrix.decision(0, 0)).toBe('allowed');
  });

  it('decides each cell as evaluate does with the policies of both', () => {
    fc.assert(
      fc.property(fc.array(caseArbitrary, { minLength: 2, maxLength: 5 }), (cases) => {
        const all = cases.map(halves);
        const principals = all.map(({ principal }) => principal);
        const expected = all.map(({ question }) =>
          principals.map(({ principal, policies }) =>
            decisionOf({
              request: { ...question.request, principal },
              policies: { ...policies, ...question.policies },
            }),
          ),
        );
        // A question that is malformed for one caller is malformed for all of them.
        const readable = all.filter((_, j) => expected[j]!.every((decision) => !decision.startsWith('ERR')));
        const questions = readable.map(({ question }) => question);
        const matrix = evaluateMany({ principals, questions } as unknown as EvaluateManyInput);
        const wanted = expected.filter((row) => row.every((decision) => !decision.startsWith('ERR')));
        for (const [j, row] of wanted.entries()) {
          for (const [i, decision] of row.entries()) {
            expect(matrix.decision(i, j)).toBe(decision);
            expect(matrix.allowed(i, j)).toBe(decision === 'allowed');
          }
        }
        if (questions.length > 0) {
          const whole = matrix.evaluation(0, 0);
          expect(whole.explain().decision).toBe(matrix.decision(0, 0));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('reads a document once that is the same object, and tells its callers apart by their tags', () => {
    let reads = 0;
    const shared = {
      Version: '2012-10-17',
      get Statement() {
        reads++;
        return {
          Effect: 'Allow',
          Action: 's3:GetObject',
          Resource: '*',
          Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } },
        };
      },
    };
    const principals = ['red', 'blue', 'red'].map((team) => ({
      principal: { ...alice, tags: { team } },
      policies: { identityPolicies: [shared] },
    }));
    const request = { action: 's3:GetObject', resource: 'arn:aws:s3:::b/k' };
    const matrix = evaluateMany({ principals, questions: [{ request }, { request }] });
    const row = (j: number) => principals.map((_, i) => matrix.decision(i, j));
    expect([row(0), row(1)]).toEqual([
      ['allowed', 'implicitDeny', 'allowed'],
      ['allowed', 'implicitDeny', 'allowed'],
    ]);
    const once = reads;
    reads = 0;
    evaluateMany({ principals: principals.slice(0, 1), questions: [] });
    expect(once).toBe(reads);
    expect([matrix.principals, matrix.questions]).toEqual([3, 2]);
  });

  it('E11: a resource whose owner is not known belongs to whoever asks', () => {
    const principals = ['111122223333', '444455556666'].map((account) => ({
      principal: { arn: `arn:aws:iam::${account}:user/u` },
      policies: { identityPolicies: [allow('s3:*')] },
    }));
    const ask = (accountId?: string) => {
      const resource = accountId === undefined ? 'arn:aws:s3:::b/k' : { arn: 'arn:aws:s3:::b/k', accountId };
      const matrix = evaluateMany({
        principals,
        questions: [{ request: { action: 's3:GetObject', resource } }],
      });
      return [matrix.allowed(0, 0), matrix.allowed(1, 0)];
    };
    expect(ask()).toEqual([true, true]);
    expect(ask('444455556666')).toEqual([false, true]);
  });

  it('E29b: a caller with a boundary is not spared by NotPrincipal', () => {
    const resourcePolicy = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' },
        {
          Effect: 'Deny',
          NotPrincipal: { AWS: [alice.arn, 'arn:aws:iam::111122223333:root'] },
          Action: 's3:*',
          Resource: '*',
        },
      ],
    };
    const principals = [
      { principal: alice },
      { principal: alice, policies: { permissionsBoundary: allow('*') } },
    ];
    const request = {
      action: 's3:GetObject',
      resource: { arn: 'arn:aws:s3:::b/k', accountId: '111122223333' },
    };
    const matrix = evaluateMany({ principals, questions: [{ request, policies: { resourcePolicy } }] });
    expect([matrix.decision(0, 0), matrix.decision(1, 0)]).toEqual(['allowed', 'explicitDeny']);
  });

  it('tells callers apart below any number of levels', () => {
    const deny = { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: 's3:*', Resource: '*' } };
    const request = {
      action: 's3:GetObject',
      resource: { arn: 'arn:aws:s3:::b/k', accountId: '111122223333' },
    };
    for (let depth = 0; depth < 30; depth++) {
      const serviceControlPolicies = Array.from({ length: depth }, () => [allow('*')]);
      const principals = [[allow('s3:*')], [allow('sqs:*')], [deny]].map((identityPolicies) => ({
        principal: alice,
        policies: { serviceControlPolicies, identityPolicies },
      }));
      const matrix = evaluateMany({ principals, questions: [{ request }] });
      expect(principals.map((_, i) => matrix.decision(i, 0))).toEqual([
        'allowed',
        'implicitDeny',
        'explicitDeny',
      ]);
    }
  });

  it('E64: denies of a bucket policy do not count for the root user of its owner', () => {
    const resourcePolicy = {
      Version: '2012-10-17',
      Statement: { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' },
    };
    const principals = ['111122223333:root', '444455556666:root', '111122223333:user/alice'].map((rest) => ({
      principal: { arn: `arn:aws:iam::${rest}` },
    }));
    const request = {
      action: 's3:GetBucketPolicy',
      resource: { arn: 'arn:aws:s3:::b', accountId: '111122223333' },
    };
    const matrix = evaluateMany({ principals, questions: [{ request, policies: { resourcePolicy } }] });
    expect(principals.map((_, i) => matrix.decision(i, 0))).toEqual([
      'allowed',
      'explicitDeny',
      'explicitDeny',
    ]);
  });

  it('says where in the batch something is malformed', () => {
    const bad = { principal: alice, policies: { identityPolicies: [{ Version: 'no', Statement: [] }] } };
    const question = { request: { action: 's3:GetObject' } };
    const issuesOf = (input: unknown) => {
      try {
        evaluateMany(input as EvaluateManyInput);
        return [];
      } catch (error) {
        if (!isIamError(error)) throw error;
        return [error.constructor, error.issues[0]!.path];
      }
    };
    const fine = { principal: alice };
    expect(issuesOf({ principals: [fine, bad], questions: [question] })).toEqual([
      InvalidPolicyError,
      'principals[1].policies.identityPolicies[0].Version',
    ]);
    expect(issuesOf({ principals: [fine, { principal: { arn: 'x' } }], questions: [] })).toEqual([
      InvalidRequestError,
      'principals[1].request.principal.arn',
    ]);
    expect(issuesOf({ principals: [fine], questions: [question, { request: { action: 's3:*' } }] })).toEqual([
      InvalidRequestError,
      'questions[1].request.action',
    ]);
    for (const input of [null, {}, { principals: [], questions: 7 }, { principals: [null], questions: [] }]) {
      expect(issuesOf(input)[0]).toBe(InvalidRequestError);
    }
    const throwing = {
      get principal() {
        throw new Error('mine');
      },
    };
    const throwingList = {
      get principals() {
        throw new Error('mine');
      },
    };
    expect(issuesOf(throwingList)).toEqual([InvalidRequestError, 'input']);
    expect(issuesOf({ principals: [throwing], questions: [] })).toEqual([
      InvalidRequestError,
      'principals[0]',
    ]);
    const trust = {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' },
    };
    const assume = { action: 'sts:AssumeRole', resource: 'arn:aws:iam::111122223333:role/r' };
    expect(
      issuesOf({ principals: [fine], questions: [{ request: assume, policies: { resourcePolicy: trust } }] }),
    ).toEqual([InvalidPolicyError, 'questions[0].policies.resourcePolicy.Statement.Resource']);
  });

  it.each([
    [{ policys: {} }, {}, 'principals[0].policys', 'principal or policies'],
    [{}, { policiess: { resourcePolicy: '{}' } }, 'questions[0].policiess', 'request or policies'],
    [{}, { principal: { arn: 'x' } }, 'questions[0].principal', 'request or policies'],
  ])('refuses a member that would not count: %j %j', (caller, question, path, hint) => {
    const input = {
      principals: [{ principal: { arn: 'arn:aws:iam::111122223333:user/alice' }, ...caller }],
      questions: [{ request: { action: 's3:GetObject' }, ...question }],
    };
    expect(() => evaluateMany(input)).toThrow(InvalidRequestError);
    expect(() => evaluateMany(input)).toThrow(`${path}: `);
    expect(() => evaluateMany(input)).toThrow(hint);
  });

  it('takes an undefined member for absent, and an object whose members cannot be listed for malformed', () => {
    const principal = { arn: 'arn:aws:iam::111122223333:user/alice' };
    const unlisted = new Proxy(
      { principal },
      {
        ownKeys: () => {
          throw new Error('mine');
        },
      },
    );
    expect(
      evaluateMany({ principals: [{ principal, label: undefined } as never], questions: [] }).principals,
    ).toBe(1);
    expect(() => evaluateMany({ principals: [unlisted], questions: [] })).toThrow(
      /principals\[0\]: the object throws/,
    );
  });

  it.each([
    [-1, 0, 'principals[-1]', 'ask for 0 to 1'],
    [2, 0, 'principals[2]', 'ask for 0 to 1'],
    [0.5, 0, 'principals[0.5]', 'ask for 0 to 1'],
    [Number.NaN, 0, 'principals[NaN]', 'ask for 0 to 1'],
    [0, 1, 'questions[1]', 'ask for 0 to 0'],
    ['1', 0, 'principals[1]', 'ask for 0 to 1'],
    [Symbol('x'), 0, 'principals[symbol]', 'ask for 0 to 1'],
    [Object.create(null), 0, 'principals[object]', 'ask for 0 to 1'],
  ])('refuses the place %s, %s, which would be read as another one', (principal, question, path, hint) => {
    const alice = { arn: 'arn:aws:iam::111122223333:user/alice' };
    const matrix = evaluateMany({
      principals: [{ principal: alice }, { principal: alice }],
      questions: [{ request: { action: 's3:GetObject' } }],
    });
    for (const read of [matrix.decision, matrix.allowed, matrix.evaluation]) {
      const asked = () => read(principal as number, question);
      expect(asked).toThrow(InvalidRequestError);
      expect(asked).toThrow(`${path}: there is no such place`);
      expect(asked).toThrow(hint);
    }
  });
});
