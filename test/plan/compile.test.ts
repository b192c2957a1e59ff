import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCondition } from '../../src/condition/condition.js';
import { parseOperator } from '../../src/condition/operators.js';
import { compileAction } from '../../src/match/action.js';
import { compileResource } from '../../src/match/resource.js';
import { holds } from '../../src/plan/decide.js';
import { classifyPrincipal } from '../../src/policy/principal.js';
import { parseRequest } from '../../src/request/parse.js';
import { alice, applies, input, planOf, plansOf, statement } from './build.js';

const at = 'p.Statement[0]';
const whole = { Effect: 'Allow', Action: '*', Resource: '*' };
/** Functions are the same where a plan is; only their data is compared here. */
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

describe('compilePolicy', () => {
  it('L13: makes a part of every element, the cheapest first', () => {
    const plan = planOf({
      Condition: { StringLike: { 'x:a': 'a' }, Bool: { 'x:b': 'true', 'x:c': 'false' } },
      Resource: 'arn:aws:s3:::b',
      Principal: '*',
      Action: 's3:*',
    });
    expect(plan.parts.map(({ element, path }) => [element, path])).toEqual([
      ['Action', `${at}.Action`],
      ['Principal', `${at}.Principal`],
      ['Resource', `${at}.Resource`],
      ['Condition', `${at}.Condition.StringLike.x:a`],
      ['Condition', `${at}.Condition.Bool.x:b`],
      ['Condition', `${at}.Condition.Bool.x:c`],
    ]);
  });

  it('a single value is a leaf', () => {
    const plan = planOf({ Action: 's3:Get*', Resource: 'arn:aws:s3:::b' });
    const action = { kind: 'test', element: 'Action', path: `${at}.Action`, test: compileAction('s3:Get*') };
    const resource = {
      kind: 'test',
      element: 'Resource',
      path: `${at}.Resource`,
      test: compileResource('arn:aws:s3:::b', true),
    };
    const { effect, parts, beyondAction, source, actionTexts } = plan;
    expect({ effect, parts, beyondAction, source, actionTexts }).toStrictEqual({
      effect: 'Allow',
      parts: [
        { element: 'Action', path: `${at}.Action`, node: action },
        { element: 'Resource', path: `${at}.Resource`, node: resource },
      ],
      beyondAction: [resource],
      source: { kind: 'identityPolicies', policy: 0, index: 0, path: at },
      actionTexts: ['s3:Get*'],
    });
  });

  it.each<[object, number[]]>([
    [{ Resource: 'arn:aws:s3:::b' }, [1]],
    [{ NotResource: 'arn:aws:s3:::b' }, [1]],
    [{ Resource: 'arn:aws:*' }, [1]],
    // A star holds for every request, alone or among others.
    [{ Resource: '*' }, []],
    [{ Resource: ['arn:aws:s3:::b', '*'] }, []],
    [{ NotResource: '*' }, [1]],
    [{ NotResource: ['arn:aws:s3:::b', '*'] }, [1]],
    [{ Resource: '*', Condition: { StringEquals: { 'x:a': 'a', 'x:b': 'b' } } }, [2, 3]],
    [{ Principal: '*' }, []],
    [{ Principal: { AWS: ['111122223333', '*'] } }, []],
    [{ Principal: '*', Resource: '*' }, []],
    [{ Principal: '*', Resource: 'arn:aws:s3:::b' }, [2]],
    [{ Principal: { AWS: '111122223333' }, Resource: '*' }, [1]],
    [{ Principal: {}, Resource: '*' }, [1]],
    [{ Effect: 'Deny', NotPrincipal: '*' }, [1]],
    [{ Effect: 'Deny', NotPrincipal: { AWS: '111122223333' }, Resource: 'arn:aws:s3:::b' }, [1, 2]],
  ])('what is left to ask of %j once the action matches are the parts %j', (members, places) => {
    const plan = planOf(members as Readonly<Record<string, unknown>>);
    expect(plan.beyondAction).toHaveLength(places.length);
    plan.beyondAction.forEach((node, i) => {
      expect(node).toBe(plan.parts[places[i]!]!.node);
    });
  });

  it('what is left out of what is asked holds for every request', () => {
    fc.assert(
      fc.property(statement, input, (members, one) => {
        const plan = planOf(members);
        const request = parseRequest(one);
        const asked = [plan.parts[0]!.node, ...plan.beyondAction];
        expect(asked.every((node) => holds(node, request))).toBe(applies(plan, request));
      }),
      { numRuns: 300 },
    );
  });

  it('L13: several values are alternatives', () => {
    const { parts, actionTexts } = planOf({ Action: ['s3:*', 'ec2:*'], Resource: ['arn:aws:s3:::a', '*'] });
    expect(actionTexts).toStrictEqual(['s3:*', 'ec2:*']);
    const leaf = (element: string) => ({ kind: 'test', element, path: `${at}.${element}` });
    expect(parts[0]!.node).toStrictEqual({
      kind: 'any',
      of: ['s3:*', 'ec2:*'].map((text) => ({ ...leaf('Action'), test: compileAction(text) })),
    });
    expect(parts[1]!.node).toStrictEqual({
      kind: 'any',
      of: ['arn:aws:s3:::a', '*'].map((text) => ({ ...leaf('Resource'), test: compileResource(text, true) })),
    });
  });

  it('L30, L41: NotAction and NotResource are negations, and name themselves', () => {
    const plan = planOf({ NotAction: 's3:*', NotResource: ['*', 'arn:aws:s3:::b'] });
    expect(plan.actionTexts).toBeUndefined();
    expect(plan.parts).toStrictEqual([
      {
        element: 'NotAction',
        path: `${at}.NotAction`,
        node: {
          kind: 'not',
          of: { kind: 'test', element: 'NotAction', path: `${at}.NotAction`, test: compileAction('s3:*') },
        },
      },
      {
        element: 'NotResource',
        path: `${at}.NotResource`,
        node: {
          kind: 'not',
          of: {
            kind: 'any',
            of: ['*', 'arn:aws:s3:::b'].map((text) => ({
              kind: 'test',
              element: 'NotResource',
              path: `${at}.NotResource`,
              test: compileResource(text, true),
            })),
          },
        },
      },
    ]);
  });

  it.each(['Allow', 'Deny'] as const)('E13: a principal leaf of an %s knows its effect', (Effect) => {
    const plan = planOf({ Effect, Principal: { AWS: alice, Service: 'sns.amazonaws.com' } });
    const entries = [classifyPrincipal('AWS', alice), classifyPrincipal('Service', 'sns.amazonaws.com')];
    const path = `${at}.Principal`;
    expect(plan.effect).toBe(Effect);
    expect(plan.principal).toBe(plan.parts[1]);
    expect(plan.principal).toStrictEqual({
      element: 'Principal',
      path,
      node: {
        kind: 'any',
        of: entries.map((test) => ({ kind: 'test', element: 'Principal', path, test, effect: Effect })),
      },
    });
  });

  it('L20: an empty principal is an alternative of nothing', () => {
    expect(planOf({ Principal: {} }).principal!.node).toStrictEqual({ kind: 'any', of: [] });
  });

  it.each([true, false])('E29, E29b: NotPrincipal is one leaf, which knows of a boundary: %s', (boundary) => {
    const plan = planOf({ Effect: 'Deny', NotPrincipal: { AWS: [alice, '111122223333'] } }, { boundary });
    const path = `${at}.NotPrincipal`;
    const entries = [alice, '111122223333'].map((text) => classifyPrincipal('AWS', text));
    const node = { kind: 'test', element: 'NotPrincipal', path, test: { entries, boundary } };
    expect(plan.principal).toStrictEqual({ element: 'NotPrincipal', path, node });
    expect(plan.parts[1]).toBe(plan.principal);
  });

  it('L22: a policy that hangs on its resource has no resource part', () => {
    const statement = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' };
    const [plan] = plansOf({ Statement: [statement] }, 'trustPolicy');
    expect(plan!.parts.map(({ element }) => element)).toEqual(['Action', 'Principal']);
    expect(plan!.source.kind).toBe('trustPolicy');
  });

  it('L66: a condition line is a leaf', () => {
    const { parts } = planOf({ Condition: { StringLike: { 'x:A': ['${x:b}*', 'c'] } } });
    const path = `${at}.Condition.StringLike.x:A`;
    const test = compileCondition(parseOperator('StringLike')!, 'x:A', ['${x:b}*', 'c'], true);
    const node = { kind: 'test', element: 'Condition', path, test };
    expect(parts).toHaveLength(3);
    expect(plain(parts[2])).toEqual(plain({ element: 'Condition', path, node }));
  });

  it('L4: under 2008-10-17 there are no variables', () => {
    const statement = {
      ...whole,
      Resource: 'arn:aws:s3:::${x:b}',
      Condition: { StringLike: { 'x:a': '${x:b}' } },
    };
    const [old] = plansOf({ Version: '2008-10-17', Statement: [statement] });
    const [now] = plansOf({ Statement: [statement] });
    const fixed = { kind: 'exact', text: '${x:b}' };
    const parts = (plan: typeof old) => plan!.parts.map(({ node }) => node);
    expect(parts(old)[1]).toMatchObject({ test: { rest: { fixed } } });
    expect(parts(old)[2]).toMatchObject({ test: { values: [{ keys: [], fixed: { value: fixed } }] } });
    expect(parts(now)[1]).toMatchObject({ test: { rest: { pieces: [{ key: 'x:b' }] } } });
    expect(parts(now)[2]).toMatchObject({ test: { values: [{ keys: ['x:b'] }] } });
  });

  it('makes the parts of a statement once', () => {
    const plan = planOf({ Principal: { AWS: alice }, Resource: 'arn:aws:s3:::b' });
    const { parts, beyondAction, principal } = plan;
    expect(plan.parts).toBe(parts);
    expect(plan.beyondAction.length).toBe(beyondAction.length);
    plan.beyondAction.forEach((node, i) => {
      expect(node).toBe(beyondAction[i]);
    });
    expect(plan.principal).toBe(principal);
    expect(planOf({ Resource: 'arn:aws:s3:::b' }).principal).toBeUndefined();
  });

  it('says where a statement stands', () => {
    const document = {
      Statement: [
        { ...whole, Sid: 'one' },
        { ...whole, Effect: 'Deny' },
      ],
    };
    const kind = 'serviceControlPolicies';
    const sources = (around: object, name?: string) =>
      plansOf(document, kind, around, name).map(({ source }) => source);
    const path = (index: number) => `p.Statement[${index}]`;
    expect(sources({ index: 3, level: 0 })).toStrictEqual([
      { kind, policy: 3, level: 0, sid: 'one', index: 0, path: path(0) },
      { kind, policy: 3, level: 0, index: 1, path: path(1) },
    ]);
    expect(sources({ index: 3 }, 'named')).toStrictEqual([
      { kind, policy: 'named', sid: 'one', index: 0, path: path(0) },
      { kind, policy: 'named', index: 1, path: path(1) },
    ]);
    expect(plansOf(document).map(({ effect }) => effect)).toEqual(['Allow', 'Deny']);
  });

  it('L7: a statement without list has a path without index', () => {
    expect(plansOf({ Statement: whole })[0]!.source).toMatchObject({ index: 0, path: 'p.Statement' });
  });
});
