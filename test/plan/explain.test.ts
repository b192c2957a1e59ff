import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callerText, explainStatement } from '../../src/plan/explain.js';
import type { Leaf, PlanNode } from '../../src/plan/plan.js';
import type { RequestInput } from '../../src/request/input.js';
import { parseRequest } from '../../src/request/parse.js';
import { alice, applies, ask, input, type Members, planOf, plansOf, statement, withParts } from './build.js';

const at = 'p.Statement[0]';
const explain = (members: Members, request: Partial<RequestInput> = {}, boundary = false) =>
  explainStatement(planOf(members, { boundary }), ask(request));
const element = (members: Members, request: Partial<RequestInput> = {}, boundary = false) => {
  const name = Object.keys(members).find((member) => member !== 'Effect')!;
  const found = explain(members, request, boundary).elements.find((one) => one.element === name)!;
  expect(found.path).toBe(`${at}.${name}`);
  return found;
};
const object = 'arn:aws:s3:::b/alice';

describe('explainStatement', () => {
  it('tells everything of a statement', () => {
    const document = { Sid: 'one', Effect: 'Deny', Action: ['s3:*', 'ec2:*'], Resource: '*' };
    const Condition = { 'ForAnyValue:StringLikeIfExists': { 'X:A': 'b*' } };
    const around = { index: 2, level: 1 };
    const [plan] = plansOf({ Statement: [{ ...document, Condition }] }, 'serviceControlPolicies', around);
    expect(explainStatement(plan!, ask({ context: { 'x:a': ['c', 'bc'] } }))).toStrictEqual({
      policy: 2,
      level: 1,
      sid: 'one',
      index: 0,
      path: at,
      effect: 'Deny',
      matched: true,
      elements: [
        {
          element: 'Action',
          path: `${at}.Action`,
          matched: true,
          request: 's3:GetObject',
          entries: [
            { text: 's3:*', outcome: 'matched' },
            { text: 'ec2:*', outcome: 'noValueMatched' },
          ],
        },
        {
          element: 'Resource',
          path: `${at}.Resource`,
          matched: true,
          request: object,
          entries: [{ text: '*', outcome: 'matched' }],
        },
      ],
      conditions: [
        {
          operator: 'ForAnyValue:StringLikeIfExists',
          key: 'X:A',
          path: `${at}.Condition.ForAnyValue:StringLikeIfExists.X:A`,
          matched: true,
          outcome: 'matched',
          policyValues: [{ text: 'b*', matched: true }],
          requestValues: ['c', 'bc'],
        },
      ],
    });
  });

  it('stands without level and Sid where there are none, under the name of its policy', () => {
    const Statement = [{ Effect: 'Allow', Action: '*', Resource: '*' }];
    const [plan] = plansOf({ Statement }, 'identityPolicies', {}, 'named');
    const { elements, conditions, ...source } = explainStatement(plan!, ask());
    expect(source).toStrictEqual({ policy: 'named', index: 0, path: at, effect: 'Allow', matched: true });
    expect([elements.length, conditions]).toEqual([2, []]);
  });

  it.each([
    [{}, true],
    [{ Action: 'ec2:*' }, false],
    [{ Resource: 'arn:aws:s3:::c' }, false],
    [{ Condition: { StringEquals: { 'x:a': 'b' } } }, false],
    [{ Condition: { StringEquals: { 'x:a': 'b' }, Null: { 'x:a': 'true' } } }, false],
    [{ Condition: { StringNotEquals: { 'x:a': 'b' }, Null: { 'x:a': 'true' } } }, true],
  ])('E3: %j is matched as a whole: %s', (members, expected) => {
    expect(explain(members).matched).toBe(expected);
  });

  it('skips no part after one that does not match', () => {
    const { elements, conditions } = explain({
      Action: 'ec2:*',
      Condition: { Bool: { 'x:a': 'true', 'x:b': 'true' } },
    });
    expect(elements.map(({ matched }) => matched)).toEqual([false, true]);
    expect(conditions.map(({ key, matched }) => [key, matched])).toEqual([
      ['x:a', false],
      ['x:b', false],
    ]);
  });

  it('E3: matched is what deciding says', () => {
    fc.assert(
      fc.property(statement, input, (members, one) => {
        const plan = planOf(members);
        const request = parseRequest(one);
        const trace = explainStatement(plan, request);
        expect(trace.matched).toBe(applies(plan, request));
        const parts = [...trace.elements, ...trace.conditions];
        expect(parts.map(({ path }) => path).sort()).toEqual(plan.parts.map(({ path }) => path).sort());
        for (const { outcome, matched } of trace.conditions) {
          const hit = outcome.startsWith('matched');
          expect(hit).toBe(matched);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('elements', () => {
  const s3 = 's3:GetObject';
  it.each<[Members, boolean, string, string[]]>([
    [{ Action: ['ec2:*', 's3:*'] }, true, s3, ['noValueMatched', 'matched']],
    [{ Action: ['ec2:*', 'sqs:*'] }, false, s3, ['noValueMatched', 'noValueMatched']],
    [{ NotAction: ['ec2:*', 's3:*'] }, false, s3, ['noValueMatched', 'matched']],
    [{ NotAction: 'ec2:*' }, true, s3, ['noValueMatched']],
    [{ Resource: ['arn:aws:s3:::c', '*'] }, true, object, ['noValueMatched', 'matched']],
    [{ NotResource: ['arn:aws:s3:::b/*', 'arn:aws:s3:::c'] }, false, object, ['matched', 'noValueMatched']],
    [{ Principal: '*' }, true, alice, ['matchedEveryone']],
    [{ Principal: { AWS: ['111122223333', alice] } }, true, alice, ['matchedAccount', 'matchedDirect']],
    [{ Principal: { AWS: '444455556666' } }, false, alice, ['noValueMatched']],
    [{ Principal: {} }, false, alice, []],
    [{ Effect: 'Deny', NotPrincipal: { AWS: [alice] } }, true, alice, ['matched']],
    [
      { Effect: 'Deny', NotPrincipal: { AWS: ['111122223333', alice] } },
      false,
      alice,
      ['exempted', 'exempted'],
    ],
  ])('%j: matched %s', (members, matched, request, outcomes) => {
    const name = Object.keys(members).find((member) => member !== 'Effect')!;
    const written = members[name];
    const texts =
      typeof written === 'object' && !Array.isArray(written) ? Object.values(written!) : [written];
    expect(element(members)).toStrictEqual({
      element: name,
      path: `${at}.${name}`,
      matched,
      request,
      entries: texts.flat().map((text, i) => ({ text, outcome: outcomes[i] })),
    });
  });

  it.each<[string, string | null, string]>([
    ['arn:aws:s3:::${aws:username}/*', 'arn:aws:s3:::alice/*', 'noValueMatched'],
    ["arn:aws:s3:::${aws:PrincipalTag/team, 'b'}/*", 'arn:aws:s3:::b/*', 'matched'],
    ['arn:aws:s3:::${x:none}', null, 'variableWithoutValue'],
  ])('L61: %s stands for %s', (text, substituted, outcome) => {
    expect(element({ Resource: text }).entries).toStrictEqual([{ text, outcome, substituted }]);
    expect(element({ NotResource: text }).entries).toStrictEqual([{ text, outcome, substituted }]);
  });

  it('E29b: knows of a boundary', () => {
    const members = { Effect: 'Deny', NotPrincipal: { AWS: ['111122223333', alice] } };
    expect(element(members, {}, true).matched).toBe(true);
  });

  it('asks every leaf of a node, of whatever kind', () => {
    const plan = planOf({ Action: ['s3:*', 'ec2:*'] });
    const leaves = (plan.parts[0]!.node as { of: readonly Leaf[] }).of;
    const within = (node: PlanNode) =>
      explainStatement(withParts(plan, [{ ...plan.parts[0]!, node }]), ask()).elements[0]!;
    const [yes, no] = leaves as [Leaf, Leaf];
    const matched = (...of: PlanNode[]) => within({ kind: 'any', of }).matched;
    expect(matched(no, yes)).toBe(true);
    expect(matched(no, no)).toBe(false);
    expect(matched()).toBe(false);
    expect(within({ kind: 'any', of: [yes, { kind: 'not', of: no }, no] }).entries).toEqual([
      { text: 's3:*', outcome: 'matched' },
      { text: 'ec2:*', outcome: 'noValueMatched' },
      { text: 'ec2:*', outcome: 'noValueMatched' },
    ]);
  });

  it.each<[Partial<RequestInput>, string]>([
    [{}, alice],
    [{ principal: { arn: 'arn:aws:iam::111122223333:root' } }, 'arn:aws:iam::111122223333:root'],
    [{ principal: { service: 'sns.amazonaws.com' } }, 'sns.amazonaws.com'],
    [{ principal: { federated: 'accounts.google.com' } }, 'accounts.google.com'],
    [{ principal: { anonymous: true } }, 'anonymous'],
  ])('the caller of %j is %s', (request, text) => {
    expect(callerText(ask(request))).toBe(text);
    expect(element({ Principal: '*' }, request).request).toBe(text);
    expect(element({ Effect: 'Deny', NotPrincipal: '*' }, request).request).toBe(text);
  });

  it('the request stands as it was written', () => {
    const request = { action: 'S3:getObject', resource: '*' };
    expect(element({ Action: '*' }, request).request).toBe('S3:getObject');
    expect(element({ NotAction: 'ec2:*' }, request).request).toBe('S3:getObject');
    expect(element({ Resource: '*' }, request).request).toBe('*');
    expect(element({ NotResource: '*' }, request).request).toBe('*');
  });
});
