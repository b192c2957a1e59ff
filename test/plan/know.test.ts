import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds } from '../../src/plan/decide.js';
import { know, knowStatement, leafKeys, leavesOf, type Truth } from '../../src/plan/know.js';
import type { Leaf, PlanNode } from '../../src/plan/plan.js';
import type { RequestInput } from '../../src/request/input.js';
import { parseRequest } from '../../src/request/parse.js';
import { alice, applies, ask, input, type Members, planOf, statement, values, withParts } from './build.js';

const partOf = (element: string, members: Members): PlanNode =>
  planOf(members).parts.find((part) => part.element === element)!.node;
const leafOf = (element: string, members: Members): Leaf => {
  const node = partOf(element, members);
  return (node.kind === 'not' ? node.of : node) as Leaf;
};
const unknown = (...keys: string[]): ReadonlySet<string> => new Set(keys);

describe('leafKeys', () => {
  it.each<[string, Members, string[]]>([
    ['Action', { Action: 's3:${x}' }, []],
    ['NotAction', { NotAction: 's3:*' }, []],
    ['Principal', { Principal: '*' }, []],
    ['NotPrincipal', { Effect: 'Deny', NotPrincipal: '*' }, []],
    ['Resource', { Resource: '*' }, []],
    ['Resource', { Resource: 'arn:aws:sqs' }, []],
    ['Resource', { Resource: 'arn:aws:s3:::b/*' }, []],
    ['Resource', { Resource: 'arn:aws:sqs:${x:a}:*:b' }, []],
    ['Resource', { Resource: 'arn:aws:s3:::${X:a}/*${x:b}${*}' }, ['x:a', 'x:b']],
    ['Resource', { Resource: 'arn:aws:s3:::${aws:CalledViaFirst}' }, ['aws:calledvia']],
    ['NotResource', { NotResource: 'arn:aws:s3:::${x:a}' }, ['x:a']],
    ['Condition', { Condition: { Bool: { 'X:a': 'true' } } }, ['x:a']],
    ['Condition', { Condition: { Null: { 'x:A': 'true' } } }, ['x:a']],
    [
      'Condition',
      { Condition: { StringLike: { 'x:a': ['${x:b}*', 'c', '${x:c}${x:d}'] } } },
      ['x:a', 'x:b', 'x:c', 'x:d'],
    ],
    [
      'Condition',
      { Condition: { StringEquals: { 'aws:CalledViaLast': '${aws:CalledViaFirst}' } } },
      ['aws:calledvia', 'aws:calledvia'],
    ],
  ])('L56, L70: of %s in %j', (element, members, expected) => {
    expect(leafKeys(leafOf(element, members))).toEqual(expected);
  });
});

describe('leavesOf', () => {
  it('finds every leaf, below whatever stands above it', () => {
    const plan = planOf({
      Effect: 'Deny',
      NotPrincipal: { AWS: [alice, '111122223333'] },
      NotAction: ['s3:*', 'ec2:*'],
      Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::b'],
      Condition: { Bool: { 'x:a': 'true' } },
    });
    const leaves = leavesOf(plan);
    expect(leaves.map(({ element }) => element)).toEqual([
      'NotAction',
      'NotAction',
      'NotPrincipal',
      'Resource',
      'Resource',
      'Condition',
    ]);
    const [one, other] = leaves as [Leaf, Leaf];
    const node: PlanNode = { kind: 'any', of: [{ kind: 'not', of: { kind: 'any', of: [one] } }, other] };
    expect(leavesOf(withParts(plan, [{ ...plan.parts[0]!, node }]))).toEqual([one, other]);
    expect(leavesOf(withParts(plan, []))).toEqual([]);
  });
});

describe('know', () => {
  const yes = leafOf('Action', { Action: 's3:*' });
  const no = leafOf('Action', { Action: 'ec2:*' });
  const open = leafOf('Condition', { Condition: { Bool: { 'x:a': 'true' } } });
  const never = {
    get kind(): never {
      throw new Error('asked');
    },
  } as unknown as PlanNode;
  const any = (...of: PlanNode[]): PlanNode => ({ kind: 'any', of });
  const not = (of: PlanNode): PlanNode => ({ kind: 'not', of });
  it.each<[string, PlanNode, Truth]>([
    ['yes', yes, true],
    ['no', no, false],
    ['open', open, undefined],
    ['not yes', not(yes), false],
    ['not no', not(no), true],
    ['not open', not(open), undefined],
    ['any of nothing', any(), false],
    ['any of no, no', any(no, no), false],
    ['any of no, yes', any(no, yes), true],
    ['any of no, open', any(no, open), undefined],
    ['any of open, no', any(open, no), undefined],
    ['any of open, yes', any(open, yes), true],
    ['any of open, open', any(open, open), undefined],
    ['any of yes, …', any(yes, never), true],
    ['not any of open, no', not(any(open, no)), undefined],
  ])('%s', (_, node, expected) => {
    expect(know(node, ask(), unknown('x:a'))).toBe(expected);
  });

  it.each<[string, Members, string[], Truth]>([
    ['Condition', { Condition: { Bool: { 'x:a': 'true' } } }, ['x:b'], false],
    ['Condition', { Condition: { Bool: { 'x:a': 'true' } } }, [], false],
    ['Condition', { Condition: { BoolIfExists: { 'x:a': 'true' } } }, [], true],
    ['Condition', { Condition: { StringNotEquals: { 'x:a': '${x:b}' } } }, ['x:b'], undefined],
    [
      'Condition',
      { Condition: { StringEquals: { 'aws:CalledViaLast': 'a' } } },
      ['aws:calledvia'],
      undefined,
    ],
    [
      'Condition',
      { Condition: { StringEquals: { 'aws:CalledViaLast': 'a' } } },
      ['aws:calledvialast'],
      false,
    ],
    ['Resource', { Resource: 'arn:aws:s3:::b/*' }, ['x:a'], true],
    ['Resource', { Resource: 'arn:aws:s3:::b/${x:a}' }, ['x:a'], undefined],
    ['Resource', { Resource: 'arn:aws:s3:::${x:a}/a*e' }, ['x:a'], undefined],
    ['Resource', { Resource: 'arn:aws:s3:::${x:b}/${x:a}' }, ['x:a'], undefined],
    ['NotResource', { NotResource: 'arn:aws:s3:::b/${x:a}' }, ['x:a'], undefined],
    // Nothing in place of the variable could make it match.
    ['Resource', { Resource: 'arn:aws:s3:::c/${x:a}' }, ['x:a'], false],
    ['Resource', { Resource: 'arn:aws:s3:::${x:a}/bob' }, ['x:a'], false],
    ['Resource', { Resource: 'arn:aws:sqs:::b/${x:a}' }, ['x:a'], false],
    ['Resource', { Resource: 'arn:aws:s3:r::b/${x:a}' }, ['x:a'], false],
    ['Resource', { Resource: 'arn:aws:s3::1:b/${x:a}' }, ['x:a'], false],
    ['Resource', { Resource: 'arn:*:s3:*:*:b/${x:a}' }, ['x:a'], undefined],
    ['Resource', { Resource: "arn:aws:s3:::b/${x:a, 'alice'}" }, ['x:b'], true],
    ['NotResource', { NotResource: 'arn:aws:s3:::c/${x:a}' }, ['x:a'], true],
  ])('%s in %j without %j', (element, members, keys, expected) => {
    expect(know(partOf(element, members), ask(), unknown(...keys))).toBe(expected);
  });

  it('L40: a request for `*` matches no ARN, whatever its variables hold', () => {
    const request = ask({ resource: '*' });
    expect(know(partOf('Resource', { Resource: 'arn:aws:s3:::${x:a}' }), request, unknown('x:a'))).toBe(
      false,
    );
    expect(know(partOf('NotResource', { NotResource: 'arn:aws:s3:::${x:a}' }), request, unknown('x:a'))).toBe(
      true,
    );
  });

  it('is deciding when everything is known', () => {
    fc.assert(
      fc.property(statement, input, (members, one) => {
        const request = parseRequest(one);
        for (const { node } of planOf(members).parts)
          expect(know(node, request, unknown())).toBe(holds(node, request));
      }),
    );
  });
});

describe('knowStatement', () => {
  const condition = { Condition: { Bool: { 'x:a': 'true' } } };
  it.each<[Members, string[], Truth]>([
    [{}, ['x:a'], true],
    [{ Action: 'ec2:*' }, ['x:a'], false],
    [condition, [], false],
    [condition, ['x:a'], undefined],
    [{ ...condition, Action: 'ec2:*' }, ['x:a'], false],
    // A part that does not hold settles it, though one before it is open.
    [{ Condition: { Bool: { 'x:a': 'true', 'x:b': 'true' } } }, ['x:a'], false],
    [{ Condition: { Bool: { 'x:a': 'true', 'x:b': 'true' } } }, ['x:b'], false],
    [{ Condition: { Bool: { 'x:a': 'true' }, BoolIfExists: { 'x:b': 'true' } } }, ['x:a'], undefined],
    [{ Condition: { Bool: { 'x:a': 'true', 'x:b': 'true' } } }, ['x:a', 'x:b'], undefined],
  ])('%j without %j: %s', (members, keys, expected) => {
    expect(knowStatement(planOf(members), ask(), unknown(...keys))).toBe(expected);
  });

  it('is right whatever the unknown keys turn out to be', () => {
    const keys = ['x:a', 'x:b', 'aws:calledvia', 'aws:username'] as const;
    const filling = fc.dictionary(fc.constantFrom(...keys), values);
    fc.assert(
      fc.property(statement, input, fc.subarray([...keys]), filling, (members, one, hidden, values) => {
        const plan = planOf(members);
        const truth = knowStatement(plan, parseRequest(one), unknown(...hidden));
        // Folded, since a key may stand only once.
        const known = Object.entries(one.context ?? {}).map(([key, value]) => [key.toLowerCase(), value]);
        const given = Object.entries(values).filter(([key]) => hidden.some((name) => name === key));
        const context = Object.fromEntries([...known, ...given]) as NonNullable<RequestInput['context']>;
        const found = applies(plan, parseRequest({ ...one, context }));
        if (truth !== undefined) expect(found).toBe(truth);
      }),
      { numRuns: 1000 },
    );
  });
});
