import fc from 'fast-check';
import type { Issue } from '../../src/error.js';
import { newHeads } from '../../src/match/resource.js';
import { alternativesOf } from '../../src/plan/alternatives.js';
import { compilePolicy, type Surroundings } from '../../src/plan/compile.js';
import { holds } from '../../src/plan/decide.js';
import type { Part, StatementPlan } from '../../src/plan/plan.js';
import { readPolicy } from '../../src/policy/parse.js';
import type { PolicyKind } from '../../src/policy/policy.js';
import type { RequestInput } from '../../src/request/input.js';
import { parseRequest } from '../../src/request/parse.js';
import type { Request } from '../../src/request/request.js';

export type Members = Readonly<Record<string, unknown>>;
export const alice = 'arn:aws:iam::111122223333:user/alice';

/** The plans of a policy, under 2012-10-17 unless it says otherwise. */
export function plansOf(
  document: Members,
  kind: PolicyKind = 'identityPolicies',
  around: Partial<Surroundings> = {},
  name?: string,
): readonly StatementPlan[] {
  const issues: Issue[] = [];
  const policy = readPolicy({ Version: '2012-10-17', ...document }, kind, 'p', issues, name);
  if (issues.length > 0) throw new Error(JSON.stringify(issues));
  return compilePolicy(policy, { kind, index: 0, boundary: false, heads: newHeads(), ...around });
}

/** The plan of one statement: of a resource policy when it names principals. */
export function planOf(members: Members, around: Partial<Surroundings> = {}): StatementPlan {
  const named = 'Principal' in members || 'NotPrincipal' in members;
  const whole = { Effect: 'Allow', ...(named ? {} : { Resource: '*' }), Action: '*', ...members };
  for (const name of ['Action', 'Resource']) if (`Not${name}` in members) Reflect.deleteProperty(whole, name);
  return plansOf({ Statement: [whole] }, named ? 'resourcePolicy' : 'identityPolicies', around)[0]!;
}

/** What it means that a statement applies: all its parts hold (L13, E3). */
export function applies(statement: StatementPlan, request: Request): boolean {
  for (const part of statement.parts) if (!holds(part.node, request)) return false;
  return true;
}

/** The same plan with other parts. */
export const withParts = (plan: StatementPlan, parts: readonly Part[]): StatementPlan => {
  const { effect, beyondAction, principal, source, position, actionTexts } = plan;
  const bare = { effect, beyondAction, principal, source, position, actionTexts, parts };
  return Object.assign(bare, { alternatives: alternativesOf(bare as unknown as StatementPlan) });
};

/** Alice reads an object, unless said otherwise. */
export const ask = (input: Partial<RequestInput> = {}): Request =>
  parseRequest({
    principal: { arn: alice },
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::b/alice',
    ...input,
  });

// Small worlds: names collide often, so that statements apply often.
const some = (...values: string[]) => fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });
const actions = some('*', 's3:*', 'S3:GetObject', 's3:getobject', 's3:Put*', 'ec2:*', 'sqs:SendMessage');
const resources = some(
  '*',
  'arn:aws:s3:::b/*',
  'arn:aws:s3:::b/${aws:username}',
  'arn:aws:s3:::b/${x:a}*',
  "arn:aws:s3:::b/${x:b, 'alice'}",
  'arn:aws:s3:*',
  'arn:aws:sqs:*:*:${x:a}',
);
const principals = fc.oneof(
  fc.constant('*'),
  fc.record({
    AWS: some('111122223333', alice, 'arn:aws:iam::111122223333:role/app', '444455556666'),
    Service: some('sns.amazonaws.com', 'sqs.amazonaws.com'),
  }),
);
const texts = some('alice', 'a*', '${x:a}', '${x:b}', '10', 'b', '${aws:CalledViaLast}');
const line = fc.tuple(
  fc.constantFrom('', 'ForAllValues:', 'ForAnyValue:'),
  fc.constantFrom('StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'Bool', 'ArnNotLike'),
  fc.constantFrom('', 'IfExists'),
  fc.constantFrom('x:a', 'X:b', 'aws:username', 'aws:CalledViaFirst'),
  texts,
);
const numeric = fc.tuple(
  fc.constantFrom('NumericLessThan', 'NumericNotEquals', 'ForAnyValue:NumericEqualsIfExists'),
  fc.constantFrom('x:a', 'x:b'),
  some('9', '10', '11'),
);
const nulls = fc.tuple(
  fc.constantFrom('Null', 'ForAllValues:Null', 'ForAnyValue:Null'),
  fc.constantFrom('x:a', 'x:b', 'aws:username'),
  some('true', 'false'),
);
const conditions = fc
  .array(
    fc.oneof(
      {
        weight: 3,
        arbitrary: line.map(
          ([set, base, suffix, key, values]) => [set + base + suffix, key, values] as const,
        ),
      },
      numeric,
      nulls,
    ),
    { maxLength: 2 },
  )
  .map((lines) => Object.fromEntries(lines.map(([operator, key, values]) => [operator, { [key]: values }])));
const element = (name: string, value: fc.Arbitrary<unknown>) =>
  fc.tuple(fc.constantFrom('', '', 'Not'), value).map(([not, values]) => ({ [not + name]: values }));

/** Statements of a resource policy. */
export const statement: fc.Arbitrary<Members> = fc
  .record({
    principal: element('Principal', principals),
    action: element('Action', actions),
    resource: element('Resource', resources),
    Condition: conditions,
    effect: fc.constantFrom('Allow', 'Deny'),
  })
  .map(({ principal, action, resource, Condition, effect }) => ({
    Effect: 'NotPrincipal' in principal ? 'Deny' : effect,
    ...principal,
    ...action,
    ...resource,
    Condition,
  }));

export const value = fc
  .constantFrom<readonly (string | number)[]>(['alice', 'a*', 'b', 10, 9, 'true'], ['alice'])
  .chain((values) => fc.constantFrom(...values));
export const values = fc.oneof(value, fc.array(value, { maxLength: 2 }));

/** Requests that those statements are about. */
export const input: fc.Arbitrary<RequestInput> = fc.record({
  principal: fc.constantFrom(
    { arn: alice },
    { arn: 'arn:aws:sts::111122223333:assumed-role/app/s' },
    { arn: 'arn:aws:iam::111122223333:root' },
    { service: 'sns.amazonaws.com' },
    { anonymous: true } as const,
  ),
  action: fc.constantFrom('s3:GetObject', 's3:PutObject', 'ec2:RunInstances', 'sqs:SendMessage'),
  resource: fc.constantFrom('*', 'arn:aws:s3:::b/alice', 'arn:aws:s3:::b/a*', 'arn:aws:sqs:r:111122223333:b'),
  context: fc.dictionary(fc.constantFrom('x:a', 'x:b', 'aws:CalledVia'), values, { maxKeys: 3 }),
});
