import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Prefixes } from '../../src/plan/prefixes.js';

const text = fc.string({
  unit: fc.constantFrom('a', 'b', 'ab', ':', '/', '\ud83d', '\ude00', '😀'),
  maxLength: 5,
});
const pairs = fc.array(text, { maxLength: 30 }).map((texts) => texts.map((one, i) => [one, i] as const));

/** Everything that is handed over, in its order. */
function handed<T>(index: Prefixes<T>, asked: string): (readonly T[])[] {
  const all: (readonly T[])[] = [];
  expect(
    index.find(asked, (values) => {
      all.push(values);
      return false;
    }),
  ).toBe(false);
  return all;
}

/** The same by going through all of them. */
function walked<T>(all: readonly (readonly [string, T])[], asked: string): T[][] {
  const beginnings = [...new Set(all.map(([one]) => one))].filter((one) => asked.startsWith(one));
  beginnings.sort((a, b) => b.length - a.length);
  return beginnings.map((beginning) => all.filter(([one]) => one === beginning).map(([, value]) => value));
}

describe('Prefixes', () => {
  it('hands over exactly what hangs on a beginning of the text, the longest beginning first', () => {
    fc.assert(
      fc.property(pairs, fc.array(text, { minLength: 1, maxLength: 6 }), (all, asked) => {
        const index = new Prefixes(all);
        // Texts of chance, the entries themselves, and what goes on behind an entry.
        for (const one of [
          ...asked,
          ...all.flatMap(([entry], i) => [entry, entry + asked[i % asked.length]!]),
        ])
          expect(handed(index, one)).toEqual(walked(all, one));
      }),
      { numRuns: 500 },
    );
  });

  it('stops at the first list that is taken', () => {
    fc.assert(
      fc.property(pairs, text, fc.nat(4), (all, asked, wanted) => {
        const expected = walked(all, asked);
        let calls = 0;
        const found = new Prefixes(all).find(asked, () => calls++ === wanted);
        expect(found).toBe(wanted < expected.length);
        expect(calls).toBe(Math.min(wanted + 1, expected.length));
      }),
    );
  });

  it('of nothing finds nothing', () => {
    expect(handed(new Prefixes([]), '')).toEqual([]);
    expect(handed(new Prefixes([]), 'a')).toEqual([]);
  });

  it('keeps the order of the values of one text, and leaves the list as it is', () => {
    const all = [
      ['b', 1],
      ['a', 2],
      ['b', 3],
      ['', 4],
      ['b', 5],
    ] as const;
    const index = new Prefixes(all);
    expect(handed(index, 'bx')).toEqual([[1, 3, 5], [4]]);
    expect(handed(index, 'a')).toEqual([[2], [4]]);
    expect(all.map(([, value]) => value)).toEqual([1, 2, 3, 4, 5]);
  });

  it('goes back over entries that are no beginnings', () => {
    const index = new Prefixes([
      ['a', 'a'],
      ['ab', 'ab'],
      ['abc', 'abc'],
      ['abd', 'abd'],
      ['ac', 'ac'],
    ]);
    expect(handed(index, 'abz')).toEqual([['ab'], ['a']]);
    expect(handed(index, 'abd1')).toEqual([['abd'], ['ab'], ['a']]);
    expect(handed(index, 'az')).toEqual([['a']]);
    expect(handed(index, 'z')).toEqual([]);
    expect(handed(index, '')).toEqual([]);
  });

  it('compares as many letters as a binary search does, not those of every text', () => {
    let compared = 0;
    const count = 1 << 14;
    const index = new Prefixes(
      Array.from({ length: count }, (_, i) => [`key-${String(i).padStart(6, '0')}/`, i] as const),
    );
    const asked = 'key-012345/object';
    const counted = {
      length: asked.length,
      charCodeAt: (index: number) => {
        compared++;
        return asked.charCodeAt(index);
      },
      slice: (from: number, to: number) => asked.slice(from, to),
    };
    const found: (readonly number[])[] = [];
    index.find(counted as unknown as string, (values) => found.push(values) === 0);
    expect(found).toEqual([[12345]]);
    // Fourteen steps, each over seven letters at most: what all begin with was compared before.
    expect(compared).toBeLessThanOrEqual(14 * 7);
    expect(compared).toBeGreaterThan(14);
  });
});
