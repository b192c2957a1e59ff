import { describe, expect, it } from 'vitest';
import { entriesOf } from '../../src/value/list.js';

describe('entriesOf', () => {
  it.each([
    [[], []],
    [['a'], ['a']],
    [
      ['a', undefined, null, 2],
      ['a', undefined, null, 2],
    ],
    [new Array(2), [undefined, undefined]],
  ])('reads %j', (list, expected) => {
    const entries = entriesOf(list);
    expect(entries).toStrictEqual(expected);
    expect(entries).not.toBe(list);
  });

  it('asks no iterator, and for the length and each entry once', () => {
    const asked: PropertyKey[] = [];
    const list = new Proxy(['a', 'b'], {
      get(target, name) {
        asked.push(name);
        return Reflect.get(target, name) as unknown;
      },
    });
    expect(entriesOf(list)).toEqual(['a', 'b']);
    expect(asked).toEqual(['length', '0', '1']);
  });

  it('reads a million, and no more', () => {
    expect(entriesOf(new Array(1_000_000))).toHaveLength(1_000_000);
    expect(entriesOf(new Array(1_000_001))).toBeUndefined();
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses a list that says it has %d', (length) => {
    expect(entriesOf({ length } as unknown as unknown[])).toBeUndefined();
  });
});
