import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Text } from '../../src/account/estate-data.js';
import { hasHole, joinTexts, keyText, textKey, textWords } from '../../src/account/text.js';

const strange = fc.string({
  unit: fc.constantFrom('a', ':', '/', '%', '\uE000', '\uE001', '\uE002', '{', '}'),
});
const piece = fc.oneof(
  strange.filter((text) => text !== ''),
  strange.map((hole) => ({ hole })),
);
const text = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces): Text => ({ text: pieces }));

it('equal texts have equal keys, and a key leads back to its text', () => {
  fc.assert(
    fc.property(text, (one) => {
      const back = keyText(textKey(one));
      expect(textKey(back)).toBe(textKey(one));
      expect(textWords(back)).toBe(textWords(one));
    }),
  );
});

it('names of holes neither split an ARN nor meet plain text', () => {
  const key = textKey({ text: ['arn:aws:s3:::', { hole: 'Stack/Bucket:x' }, '/k'] });
  expect(key.split(':')).toHaveLength(6);
  expect(key.split('/')).toHaveLength(2);
  expect(textKey({ hole: 'x' })).not.toBe(textKey('\uE000x\uE001'));
  expect(keyText('')).toBe('');
});

it('joins', () => {
  expect(joinTexts({ hole: 'Bucket' }, '/', 'a')).toEqual({ text: [{ hole: 'Bucket' }, '/a'] });
  expect(joinTexts('a', 'b')).toBe('ab');
});

it('finds holes in values and in JSON text', () => {
  expect(hasHole({ a: [{ hole: 'x' }] })).toBe(true);
  expect(hasHole('{"Resource":{"hole":"x"}}')).toBe(true);
  expect(hasHole(['a hole', { b: 1 }])).toBe(false);
});
