import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBase64 } from '../../src/value/binary.js';

describe('parseBase64', () => {
  it.each([
    ['', ''],
    ['AA==', '\x00'],
    ['AAA=', '\x00\x00'],
    ['AAAA', '\x00\x00\x00'],
    ['Zg==', 'f'],
    ['Zm8=', 'fo'],
    ['Zm9v', 'foo'],
    ['Zm9vYg==', 'foob'],
    ['Zm9vYmE=', 'fooba'],
    ['Zm9vYmFy', 'foobar'],
    ['//8=', '\xff\xff'],
    ['////', '\xff\xff\xff'],
    ['+/+/', '\xfb\xff\xbf'],
    ['ABCD', '\x00\x10\x83'],
    ['wxyz', '\xc3\x1c\xb3'],
    ['0189', '\xd3_='],
    // The bits that padding cuts off do not count.
    ['Zh==', 'f'],
    ['Zm9=', 'fo'],
  ])('L83: reads %j', (text, expected) => {
    expect(parseBase64(text)).toBe(expected);
  });

  it.each([
    ['one character', 'A'],
    ['two characters', 'AA'],
    ['three characters', 'AAA'],
    ['five characters', 'AAAAA'],
    ['padding short of a group', 'AA='],
    ['padding too long', 'A==='],
    ['only padding', '===='],
    ['padding before the end', 'A=A='],
    ['padding at the start', '=AAA'],
    ['text after the padding', 'AA==AAAA'],
    ['a stranger at the start', '!AAA'],
    ['a stranger at the end', 'AAA!'],
    ['the URL alphabet', 'AA-_'],
    ['a line break at the end', 'AAA\n'],
    ['a space', 'AA A'],
    ['a letter of no alphabet', 'AAAé'],
    ['a wildcard', 'AAA*'],
  ])('L83: refuses %s', (_, text) => {
    expect(parseBase64(text)).toBeUndefined();
  });

  it('L83: agrees with Buffer for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64');
        expect(parseBase64(text)).toBe(Buffer.from(bytes).toString('latin1'));
      }),
    );
  });

  it('L83: accepts whole groups of the alphabet with up to two signs of padding, and nothing else', () => {
    const text = fc.string({ unit: fc.constantFrom('A', 'z', '9', '+', '/', '=', '-', ' '), maxLength: 9 });
    fc.assert(
      fc.property(text, (source) => {
        const known = source.length % 4 === 0 && /^[Az9+/]*(?:|=|==)$/.test(source);
        const expected = known ? Buffer.from(source, 'base64').toString('latin1') : undefined;
        expect(parseBase64(source)).toBe(expected);
      }),
    );
  });
});
