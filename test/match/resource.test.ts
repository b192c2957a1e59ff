import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileResource, testResource } from '../../src/match/resource.js';
import { parseRequest } from '../../src/request/parse.js';
import { resourceOf } from '../../src/request/resource.js';
import { outcomeName } from '../../src/value/outcome.js';
import type { Context } from '../condition/build.js';

const request = (resource: string, context: Context = {}) =>
  parseRequest({
    principal: { arn: 'arn:aws:iam::111122223333:user/alice', tags: { team: 'red' } },
    action: 's3:GetObject',
    resource,
    context,
  });
const outcome = (pattern: string, resource: string, context: Context = {}, variables = true) =>
  outcomeName(testResource(compileResource(pattern, variables), request(resource, context)));
const object = 'arn:aws:s3:::b/dir/key:1';
const queue = 'arn:aws:sqs:us-east-1:111122223333:q';

describe('compileResource', () => {
  const exact = (...texts: string[]) => texts.map((text) => ({ kind: 'exact', text }));
  it('L31: `*` has no parts', () => {
    expect(compileResource('*', true)).toStrictEqual({ text: '*' });
  });
  it('L37: what the author did not write is absent', () => {
    expect(compileResource('arn:aws', true)).toStrictEqual({ text: 'arn:aws', head: exact('arn', 'aws') });
    expect(compileResource('arn:aws:sqs:r:1', true)).toStrictEqual({
      text: 'arn:aws:sqs:r:1',
      head: exact('arn', 'aws', 'sqs', 'r', '1'),
    });
  });
  it('L33, L56: the sixth part is a template', () => {
    const { head, rest } = compileResource('arn:aws:s3:::${aws:username}/*', true);
    expect(head).toEqual(exact('arn', 'aws', 's3', '', ''));
    expect(rest?.source).toBe('${aws:username}/*');
    expect('fixed' in rest!).toBe(false);
    expect(compileResource('arn:aws:s3:::b/*', true).rest?.fixed).toEqual({ kind: 'prefix', text: 'b/' });
  });
  it.each([
    ['arn:aws:s3:::b', { kind: 'exact', text: 'arn:aws:s3:::b' }],
    ['arn:aws:s3:::', { kind: 'exact', text: 'arn:aws:s3:::' }],
    ['arn:aws:s3:::b/*', { kind: 'prefix', text: 'arn:aws:s3:::b/' }],
    ['arn:aws:s3:::*', { kind: 'prefix', text: 'arn:aws:s3:::' }],
    ['arn:aws:s3:::${*}b*', { kind: 'prefix', text: 'arn:aws:s3:::*b' }],
    ['arn:aws:sns:r:1:t:s', { kind: 'exact', text: 'arn:aws:sns:r:1:t:s' }],
    ['arn:aws:s3:::*b', undefined],
    ['arn:aws:s3:::a*b', undefined],
    ['arn:aws:s3:::a?', undefined],
    ['arn:aws:s3:::${aws:username}', undefined],
    ['arn:aws:s3:::b/${aws:username}/*', undefined],
    ['arn:*:s3:::b', undefined],
    ['arn:aws:s?:::b', undefined],
    ['arn:aws:s3:us-*::b', undefined],
    ['arn:aws:s3', undefined],
    ['arn:aws:s3:*', undefined],
    // U9: a text of the first parts that holds a colon stands nowhere in an ARN that is split by its colons.
    ['arn:aws:s3:${a:b}::b', undefined],
    ['arn:aws:sqs:us-east-1:${aws:PrincipalAccount}:q*', undefined],
  ])('L33: %s is one text or beginning: %j', (text, whole) => {
    const test = compileResource(text, true);
    expect(test.whole).toEqual(whole);
    expect('whole' in test).toBe(whole !== undefined);
  });
  it('L4, L65: without variables a colon inside `${…}` splits', () => {
    const text = 'arn:aws:${a:b}:c:d';
    expect(compileResource(text, true).head).toHaveLength(5);
    expect(compileResource(text, true).rest).toBeUndefined();
    expect(compileResource(text, false).rest?.fixed).toEqual({ kind: 'exact', text: 'd' });
  });
});

describe('testResource', () => {
  it.each([
    ['*', object, true],
    [object, object, true],
    ['arn:aws:s3:::b/*', object, true],
    ['arn:aws:s3:::b*', object, true],
    ['arn:aws:s3:::*', object, true],
    ['arn:aws:s3:::b/dir/key:?', object, true],
    ['arn:aws:s3:::*1', object, true],
    ['arn:aws:s3:::b*key*', object, true],
    ['arn:aws:s3:::b', object, false],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b', false],
    ['arn:aws:s3:::B/*', object, false],
    ['arn:aws:s3:::b/dir/key', object, false],
    ['arn:aws:s3:::b/dir/key:1?', object, false],
    ['arn:*:s3:::b/*', object, true],
    ['arn:*:*:*:*:*', queue, true],
    ['arn:aws:sqs:us-*-?:*:q', queue, true],
    ['arn:aws-cn:sqs:us-east-1:111122223333:q', queue, false],
    ['arn:aws:sns:us-east-1:111122223333:q', queue, false],
    ['arn:aws:sqs:us-west-1:111122223333:q', queue, false],
    ['arn:aws:sqs:us-east-1:111122223334:q', queue, false],
    ['arn:aws:sqs:us-east-1:111122223333:r', queue, false],
    ['ARN:aws:sqs:us-east-1:111122223333:q', queue, false],
    ['arn:aws:sqs:::q', queue, false],
    // U1: a star in the middle does not cross a colon.
    ['arn:aws:sqs:*:q', queue, false],
    ['arn:*:q', queue, false],
  ])('L33–L36, L42, U1: %s against %s: %s', (pattern, resource, expected) => {
    expect(outcome(pattern, resource)).toBe(expected ? 'matched' : 'noValueMatched');
  });

  it.each([
    ['arn:aws', true],
    ['arn:aws:sqs', true],
    ['arn:aws:sqs:us-east-1', true],
    ['arn:aws:sqs:us-east-1:*', true],
    ['arn:aws:sqs:us-east-1:111122223333', true],
    ['arn:aws:sq*', true],
    ['arn:a*', true],
    ['arn:aws:sns', false],
    ['arn:aws:sqs:us-west-1', false],
    ['arn:aws:sqs:us-west-1:*', false],
    ['arn:aws:sqs:us-east-1:111122223334', false],
    ['arn:aws-cn', false],
  ])('L36, L37: the short ARN %s goes on: %s', (pattern, expected) => {
    expect(outcome(pattern, queue)).toBe(expected ? 'matched' : 'noValueMatched');
  });

  it.each([
    ['*', 'matched'],
    ['arn:*:*:*:*:*', 'noValueMatched'],
    ['arn:aws:s3:::*', 'noValueMatched'],
    ['arn:*', 'noValueMatched'],
    ['arn:aws:s3:::${x:none}', 'noValueMatched'],
  ])('L40: a request for `*` against %s: %s', (pattern, expected) => {
    expect(outcome(pattern, '*')).toBe(expected);
  });

  it.each([
    ['arn:aws:s3:::b/${aws:username}/*', 'arn:aws:s3:::b/alice/x', 'matched'],
    ['arn:aws:s3:::b/${AWS:UserName}/*', 'arn:aws:s3:::b/alice/x', 'matched'],
    ['arn:aws:s3:::b/${aws:username}/*', 'arn:aws:s3:::b/bob/x', 'noValueMatched'],
    ['arn:aws:s3:::b/${aws:username}/*', 'arn:aws:s3:::b/Alice/x', 'noValueMatched'],
    ['arn:aws:s3:::${aws:PrincipalTag/Team}', 'arn:aws:s3:::red', 'matched'],
    ['arn:aws:s3:::${x:star}', 'arn:aws:s3:::red', 'noValueMatched'],
    ['arn:aws:s3:::${x:star}', 'arn:aws:s3:::*', 'matched'],
    ['arn:aws:s3:::${x:list}', 'arn:aws:s3:::a', 'variableWithoutValue'],
    ['arn:aws:s3:::${x:one}', 'arn:aws:s3:::a', 'matched'],
    ["arn:aws:s3:::${x:none, 'a'}", 'arn:aws:s3:::a', 'matched'],
    ["arn:aws:s3:::${x:none, 'a'}", 'arn:aws:s3:::b', 'noValueMatched'],
    ["arn:aws:s3:::${x:list, 'c'}", 'arn:aws:s3:::c', 'matched'],
    ['arn:aws:s3:::${x:none}', 'arn:aws:s3:::a', 'variableWithoutValue'],
    ['arn:aws:s3:::${x:none}', 'arn:aws:s3:::${x:none}', 'variableWithoutValue'],
    ['arn:aws:s3:::a${x:empty}', 'arn:aws:s3:::a', 'variableWithoutValue'],
    ['arn:aws:s3:::${*}', 'arn:aws:s3:::a', 'noValueMatched'],
    ['arn:aws:s3:::${*}', 'arn:aws:s3:::*', 'matched'],
    // The parts before decide first.
    ['arn:aws:sns:::${x:none}', 'arn:aws:s3:::a', 'noValueMatched'],
  ])('L56–L64: %s against %s: %s', (pattern, resource, expected) => {
    const context = { 'x:star': '*', 'x:list': ['a', 'b'], 'x:one': ['a'], 'x:empty': '' };
    expect(outcome(pattern, resource, context)).toBe(expected);
  });

  it.each([
    ['arn:aws:sqs:us-east-1:${aws:PrincipalAccount}:q', 'noValueMatched'],
    ['arn:aws:sqs:us-east-1:${*}:q', 'noValueMatched'],
    ['arn:aws:sqs:us-east-1:${*', 'noValueMatched'],
    ['arn:aws:sqs:us-east-1:*:${x:q}', 'matched'],
  ])('U9: a variable before the fifth colon of %s stays literal: %s', (pattern, expected) => {
    expect(outcome(pattern, queue, { 'x:q': 'q' })).toBe(expected);
  });

  it('L4: without variables `${…}` matches itself', () => {
    const pattern = 'arn:aws:s3:::${x:v}/*';
    expect(outcome(pattern, 'arn:aws:s3:::${x:v}/a', { 'x:v': 'y' }, false)).toBe('matched');
    expect(outcome(pattern, 'arn:aws:s3:::y/a', { 'x:v': 'y' }, false)).toBe('noValueMatched');
  });
});

describe('a resource as one text', () => {
  const part = fc.array(
    fc.constantFrom('a', 'b', '*', '?', ':', '${x:v}', '${', '}', '${*}', '\ud83d', '\ude00'),
    {
      maxLength: 3,
    },
  );
  const joined = part.map((pieces) => pieces.join(''));
  /** At most one of the first parts is not what AWS writes, so that the two agree on a match often enough. */
  const source = fc
    .tuple(fc.option(fc.tuple(fc.nat(4), joined), { nil: undefined, freq: 1 }), joined)
    .map(([other, rest]) => {
      const parts = ['arn', 'aws', 's3', '', ''];
      if (other !== undefined) parts[other[0]] = other[1];
      return [...parts, rest].join(':');
    });
  const arn = fc.tuple(joined, joined).map(([region, rest]) => `arn:aws:s3:${region}::${rest}b`);

  it('L33, U1: answers as its parts do', () => {
    let wholes = 0;
    let matched = 0;
    fc.assert(
      fc.property(source, arn, fc.nat(2), fc.boolean(), (pattern, other, choice, variables) => {
        const test = compileResource(pattern, variables);
        // The pattern itself, with its stars taken or as they are, or something else.
        const itself = choice === 0 ? pattern : pattern.replaceAll('*', 'b');
        const asked = choice < 2 && resourceOf(itself) !== undefined ? itself : other;
        const { whole, ...byParts } = test;
        const one = request(asked, { 'x:v': 'a' });
        expect(testResource(test, one)).toBe(testResource(byParts, one));
        if (whole !== undefined) wholes++;
        if (whole !== undefined && testResource(test, one) > 0) matched++;
      }),
      { numRuns: 5000 },
    );
    expect(wholes).toBeGreaterThan(200);
    expect(matched).toBeGreaterThan(100);
  });

  it.each([
    'arn:aws:sqs:us-east-1:${aws:PrincipalAccount}:q',
    'arn:aws:sqs:${x:v}::q',
    "arn:aws:sqs:${x:v, 'a:b'}::q",
  ])('U9: %s is not even the resource of that name', (pattern) => {
    expect(outcome(pattern, pattern, { 'x:v': 'a' })).toBe('noValueMatched');
  });
});
