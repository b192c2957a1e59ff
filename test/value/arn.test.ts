import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAccountId, parseArn, partitions, splitArn } from '../../src/value/arn.js';

describe('partitions', () => {
  it('L32: are exactly those of AWS', () => {
    expect([...partitions]).toEqual([
      'aws',
      'aws-cn',
      'aws-us-gov',
      'aws-iso',
      'aws-iso-b',
      'aws-iso-e',
      'aws-iso-f',
      'aws-eusc',
    ]);
  });
});

describe('isAccountId', () => {
  it.each([
    ['111122223333', true],
    ['000000000000', true],
    ['999999999999', true],
    ['11112222333', false],
    ['1111222233334', false],
    ['', false],
    ['x111122223333', false],
    ['111122223333x', false],
    ['111122223333\n', false],
    ['11112222333/', false],
    ['11112222333:', false],
    ['11112222333a', false],
    ['١١١١٢٢٢٢٣٣٣٣', false],
    ['-11112222333', false],
  ])('L46: %j is an account id: %s', (text, expected) => {
    expect(isAccountId(text)).toBe(expected);
  });
});

describe('splitArn', () => {
  it.each([
    ['', ['']],
    ['*', ['*']],
    [':', ['', '']],
    ['arn', ['arn']],
    ['arn:aws:s3', ['arn', 'aws', 's3']],
    ['arn:aws:s3:::b', ['arn', 'aws', 's3', '', '', 'b']],
    ['a:b:c:d:e', ['a', 'b', 'c', 'd', 'e']],
    ['a:b:c:d:e:', ['a', 'b', 'c', 'd', 'e', '']],
    ['a:b:c:d:e:f', ['a', 'b', 'c', 'd', 'e', 'f']],
    ['a:b:c:d:e:f:g:h', ['a', 'b', 'c', 'd', 'e', 'f:g:h']],
    [':::::', ['', '', '', '', '', '']],
    ['::::::', ['', '', '', '', '', ':']],
    // Without variables a `${…}` is plain text.
    ['a:${b:c}:d', ['a', '${b', 'c}', 'd']],
  ])('L33: splits %j by the first five colons', (text, expected) => {
    expect(splitArn(text)).toEqual(expected);
  });

  it.each([
    ['a:${b:c}:d', ['a', '${b:c}', 'd']],
    ['${b:c}', ['${b:c}']],
    ['${b:c}:d', ['${b:c}', 'd']],
    ['a:x${b:c}y:d', ['a', 'x${b:c}y', 'd']],
    ['a:${b:c}${d:e}:f', ['a', '${b:c}${d:e}', 'f']],
    ["a:${b:c, 'd:}:e'}:f", ['a', "${b:c, 'd:}:e'}", 'f']],
    ['a:b:c:d:e:${f:g}:h', ['a', 'b', 'c', 'd', 'e', '${f:g}:h']],
    ['a:b:c:d:${e:e}:f:g', ['a', 'b', 'c', 'd', '${e:e}', 'f:g']],
    // No variable: a dollar or a brace alone, and one that is never closed.
    ['a$b:c}:d', ['a$b', 'c}', 'd']],
    ['a{b:c}:d', ['a{b', 'c}', 'd']],
    ['$:{:}', ['$', '{', '}']],
    ['a:${b:c:d', ['a', '${b', 'c', 'd']],
    ['}a:${b:${c:d', ['}a', '${b', '${c', 'd']],
    ['a:${b:c}:${d:e', ['a', '${b:c}', '${d', 'e']],
  ])('L65: a colon inside a variable of %j does not split', (text, expected) => {
    expect(splitArn(text, true)).toEqual(expected);
  });

  it('L33: joined by colons the parts are the text again, and never more than six', () => {
    const text = fc.string({ unit: fc.constantFrom(':', 'a', '$', '{', '}', "'", ',', ' ', '*') });
    fc.assert(
      fc.property(text, fc.boolean(), (source, variables) => {
        const parts = splitArn(source, variables);
        expect(parts.join(':')).toBe(source);
        expect(parts.length).toBeLessThanOrEqual(6);
        if (!variables) expect(parts.length).toBe(Math.min(source.split(':').length, 6));
      }),
    );
  });
});

describe('parseArn', () => {
  it.each([
    ['arn:aws:s3:::bucket', ['arn', 'aws', 's3', '', '', 'bucket']],
    ['arn:aws:sns:us-east-1:111122223333:t:a/b', ['arn', 'aws', 'sns', 'us-east-1', '111122223333', 't:a/b']],
    ['arn:::::', ['arn', '', '', '', '', '']],
    ['arn:aws:s3:::${a:b}', ['arn', 'aws', 's3', '', '', '${a:b}']],
    ['arn:${a:b}:c:d:e', ['arn', '${a', 'b}', 'c', 'd', 'e']],
  ])('L33: reads %j', (text, expected) => {
    expect(parseArn(text)).toEqual(expected);
  });

  it.each([
    '',
    '*',
    'arn',
    'arn:',
    'arn:aws:s3::',
    'arn:aws:s3::bucket',
    'ARN:aws:s3:::bucket',
    'arn-aws:s3:::bucket:x',
    'xarn:aws:s3:::bucket',
    'x:aws:s3:::barn:',
    ' arn:aws:s3:::bucket',
  ])('L31, L33: %j is no complete ARN', (text) => {
    expect(parseArn(text)).toBeUndefined();
  });
});
