import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileResource, testResource } from '../../src/match/resource.js';
import { agrees, beginningOf, markOf } from '../../src/plan/marks.js';
import { resourceOf } from '../../src/request/resource.js';
import { ask } from './build.js';

const read = (text: string, variables = true) => compileResource(text, variables);
/** Whether the mark of an entry lets a resource pass. */
function passes(entry: string, arn: string): boolean {
  const resource = resourceOf(arn)!;
  return agrees(markOf(read(entry)), resource);
}

describe('the mark of a resource', () => {
  it.each([
    // The end of a text, and what stands before it.
    ['arn:aws:s3:::b/item-21', 'arn:aws:s3:::b/item-21', true],
    ['arn:aws:s3:::b/item-21', 'arn:aws:s3:::b/item-22', false],
    ['arn:aws:s3:::b/item-21', 'arn:aws:s3:::b/item-31', false],
    ['arn:aws:s3:::b/item-21', 'arn:aws:s3:::b/item-1', false],
    // Nothing else: what passes is compared.
    ['arn:aws:s3:::b/item-21', 'arn:aws:s3:::b/ITEM-21', true],
    // The end of a beginning.
    ['arn:aws:s3:::b/app-6*', 'arn:aws:s3:::b/app-6-x', true],
    ['arn:aws:s3:::b/app-6*', 'arn:aws:s3:::b/app-7-x', false],
    // The end of a pattern, and of how it begins.
    ['arn:aws:s3:::b/*-7', 'arn:aws:s3:::b/x-7', true],
    ['arn:aws:s3:::b/*-7', 'arn:aws:s3:::b/x-8', false],
    ['arn:aws:s3:::b/*-7', 'arn:aws:s3:::bc/x-7', false],
    ['arn:aws:s3:::*7', 'arn:aws:s3:::x8', false],
    ['arn:aws:s3:::b/${aws:username}/x', 'arn:aws:s3:::b/alice/y', false],
    // Of the sixth part, where those before are patterns.
    ['arn:aws:sqs:*:*:dev*', 'arn:aws:sqs:eu-central-1:111122223333:dev-1', true],
    ['arn:aws:sqs:*:*:dev*', 'arn:aws:sqs:eu-central-1:111122223333:det-1', false],
    // Of what is not of one byte, or stands far behind, nothing is told.
    ['arn:aws:s3:::b/\u0141', 'arn:aws:s3:::b/x', true],
    [`arn:aws:s3:::${'a'.repeat(5000)}b*`, 'arn:aws:s3:::x', true],
    ['*', 'arn:aws:s3:::x', true],
    ['arn:aws:s3:*', 'arn:aws:s3:::x', true],
  ])('of %s lets %s pass: %s', (entry, arn, expected) => {
    expect(passes(entry, arn)).toBe(expected);
  });

  it('L40: is asked of `*` too, which has no parts', () => {
    expect(passes('arn:aws:sqs:*:*:dev*', '*')).toBe(false);
    expect(passes('arn:aws:s3:::*', '*')).toBe(false);
    expect(passes('*', '*')).toBe(true);
  });

  const piece = fc.constantFrom(
    ...['a', 'b', 'ab', '/', '-', '1', '2', '*', '?', '${aws:username}', '${x:a}', "${x:b, 'b'}", '${*}'],
    ...['\ud83d\ude00', '\ud83d', '\ude00', '\u00e4', '\u0141', ':'],
  );
  const rest = fc.array(piece, { minLength: 1, maxLength: 5 }).map((pieces) => pieces.join(''));
  const start = fc.constantFrom(
    'arn:aws:s3:::',
    'arn:aws:s3:*:*:',
    'arn:*:s3:::',
    'arn:aws:s3:${x:a}::',
    'arn:aws:',
  );
  const entry = fc.tuple(start, rest).map(([first, last]) => first + last);
  const fill = fc.constantFrom('', 'a', 'b/2', '-1', 'alice', '*', '\ud83d\ude00', '\ude00', '\u00e4', 'r');
  /** An entry, and a resource that it mostly matches. */
  const pair = fc.tuple(entry, fill, fill).map(([text, star, value]) => {
    const filled = text
      .replaceAll('${aws:username}', 'alice')
      .replaceAll('${x:a}', value)
      .replaceAll("${x:b, 'b'}", 'b')
      .replaceAll('${*}', '*')
      .replaceAll('*', star)
      .replaceAll('?', '1');
    return { text, arn: filled.replace(/^arn:[^:]*:/, 'arn:aws:'), value };
  });

  it('L33: lets every resource pass that the entry matches', () => {
    let matched = 0;
    fc.assert(
      fc.property(pair, fc.boolean(), ({ text, arn, value }, variables) => {
        if (resourceOf(arn) === undefined) return;
        const test = read(text, variables);
        const request = ask({ resource: arn, context: { 'x:a': value } });
        if (testResource(test, request) <= 0) return;
        matched++;
        expect(agrees(markOf(test), request.resource)).toBe(true);
        const { text: beginning, whole } = beginningOf(test);
        expect((whole ? request.resource.arn : request.resource.parts![5]).startsWith(beginning)).toBe(true);
      }),
      { numRuns: 5_000 },
    );
    expect(matched).toBeGreaterThan(1_000);
  });
});
