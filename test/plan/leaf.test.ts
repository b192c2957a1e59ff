import { describe, expect, it } from 'vitest';
import { testLeaf } from '../../src/plan/leaf.js';
import type { Leaf, PlanNode } from '../../src/plan/plan.js';
import type { RequestInput } from '../../src/request/input.js';
import { outcomeName } from '../../src/value/outcome.js';
import { alice, ask, planOf } from './build.js';

/** The leaf of an element with one value, without the negation above it. */
function leafOf(element: string, members: Readonly<Record<string, unknown>>, boundary = false): Leaf {
  let node: PlanNode = planOf(members, { boundary }).parts.find((part) => part.element === element)!.node;
  if (node.kind === 'not') node = node.of;
  return node as Leaf;
}
const guest = { arn: 'arn:aws:sts::111122223333:federated-user/alice' };

describe('testLeaf', () => {
  it.each<[string, Record<string, unknown>, Partial<RequestInput>, string]>([
    ['Action', { Action: 's3:Get*' }, {}, 'matched'],
    ['Action', { Action: 's3:Get*' }, { action: 's3:PutObject' }, 'noValueMatched'],
    // The leaf of a Not element answers for the value; the negation is the node above.
    ['NotAction', { NotAction: 's3:Get*' }, {}, 'matched'],
    ['NotAction', { NotAction: 's3:Get*' }, { action: 's3:PutObject' }, 'noValueMatched'],
    ['Resource', { Resource: 'arn:aws:s3:::b/*' }, {}, 'matched'],
    ['Resource', { Resource: 'arn:aws:s3:::b/${x:none}' }, {}, 'variableWithoutValue'],
    ['NotResource', { NotResource: 'arn:aws:s3:::b/*' }, {}, 'matched'],
    ['NotResource', { NotResource: 'arn:aws:s3:::c/*' }, {}, 'noValueMatched'],
    ['Principal', { Principal: '*' }, {}, 'matchedEveryone'],
    ['Principal', { Principal: { AWS: alice } }, {}, 'matchedDirect'],
    ['Principal', { Principal: { AWS: '111122223333' } }, {}, 'matchedAccount'],
    ['Principal', { Principal: { AWS: '444455556666' } }, {}, 'noValueMatched'],
    // E13: the effect counts for a federated user without issuer.
    ['Principal', { Principal: { AWS: alice } }, { principal: guest }, 'noValueMatched'],
    ['Principal', { Effect: 'Deny', Principal: { AWS: alice } }, { principal: guest }, 'matchedRole'],
    ['NotPrincipal', { Effect: 'Deny', NotPrincipal: { AWS: [alice, '111122223333'] } }, {}, 'exempted'],
    ['NotPrincipal', { Effect: 'Deny', NotPrincipal: { AWS: [alice] } }, {}, 'matched'],
    ['Condition', { Condition: { StringEquals: { 'aws:username': 'alice' } } }, {}, 'matched'],
    ['Condition', { Condition: { StringNotEquals: { 'x:a': 'b' } } }, {}, 'matchedKeyMissing'],
    ['Condition', { Condition: { StringEquals: { 'x:a': 'b' } } }, {}, 'keyMissing'],
  ])('%s of %j with %j: %s', (element, members, input, expected) => {
    expect(outcomeName(testLeaf(leafOf(element, members), ask(input)))).toBe(expected);
  });

  it('E29b: a boundary keeps a listed user from being spared', () => {
    const members = { Effect: 'Deny', NotPrincipal: { AWS: [alice, '111122223333'] } };
    expect(outcomeName(testLeaf(leafOf('NotPrincipal', members, true), ask()))).toBe('matched');
  });
});
