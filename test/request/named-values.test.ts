import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namedValues, noValues } from '../../src/request/named-values.js';

const name = fc.oneof(
  fc.constantFrom('', '__proto__', 'constructor', 'a', 'A', 'b'),
  fc.nat(40).map((i) => `key${i}`),
);

describe('namedValues', () => {
  it('U18: finds the first value of each name, few or many', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.nat()), { maxLength: 40 }), name, (pairs, other) => {
        const found = namedValues(
          pairs.map(([one]) => one),
          pairs.map(([, value]) => value),
        );
        for (const asked of [...pairs.map(([one]) => one), other])
          expect(found.get(asked)).toBe(pairs.find(([one]) => one === asked)?.[1]);
      }),
    );
  });

  it.each([0, 1, 11, 12, 13, 14, 100])('says how many of %i there are, and gives them in order', (count) => {
    const names = Array.from({ length: count }, (_, i) => `key${i}`);
    const values = names.map((_, i) => i);
    const found = namedValues(names, values);
    expect(found.size).toBe(count);
    expect([...found]).toEqual(names.map((one, i) => [one, i]));
    expect(new Map(found)).toEqual(new Map(names.map((one, i) => [one, i])));
    expect(names.map((one) => found.get(one))).toEqual(values);
    expect(found.get('key')).toBeUndefined();
  });

  it('can be gone through twice', () => {
    const found = namedValues(['a', 'b'], [1, 2]);
    expect([...found]).toEqual([...found]);
  });

  it('keeps a value that is undefined apart from another name', () => {
    expect(namedValues(['a', 'b'], [undefined, 2]).get('b')).toBe(2);
  });
});

describe('noValues', () => {
  it('is empty', () => {
    expect([noValues.size, noValues.get('a'), [...noValues]]).toEqual([0, undefined, []]);
  });
});
