import { describe, expect, it } from 'vitest';
import type { Issue } from '../../src/error.js';
import { own, Reader, unknownMembers } from '../../src/policy/reader.js';

const reader = () => new Reader([]);

describe('own members', () => {
  it('are read, inherited ones are not', () => {
    expect(own({ a: 1 }, 'a')).toBe(1);
    expect(own(Object.create({ a: 1 }), 'a')).toBeUndefined();
    expect(own({}, 'constructor')).toBeUndefined();
  });
});

describe('Reader', () => {
  it('collects into the list it was given', () => {
    const issues: Issue[] = [];
    expect(new Reader(issues).fail('p', 'ERR_IAM_VALUE', 'm', 'h')).toBeUndefined();
    expect(issues).toEqual([{ path: 'p', code: 'ERR_IAM_VALUE', message: 'm', hint: 'h' }]);
  });

  it('gives an object back, and refuses what is none', () => {
    const value = { a: 1 };
    expect(reader().object(value, 'p', 'it')).toBe(value);
    for (const none of [null, [], 'text', 7, undefined]) {
      const one = reader();
      expect(one.object(none, 'p', 'it')).toBeUndefined();
      expect(one.issues).toEqual([
        { path: 'p', code: 'ERR_IAM_TYPE', message: 'it is not an object', hint: 'write a JSON object' },
      ]);
    }
  });

  it('L17: takes one value for a list of one', () => {
    const list = ['a'];
    const one = reader();
    expect([one.list(list, 'p'), one.list('a', 'p'), one.list(undefined, 'p')]).toEqual([
      list,
      ['a'],
      [undefined],
    ]);
    expect(one.list(list, 'p')).not.toBe(list);
    expect(one.issues).toEqual([]);
  });

  it('reads a million entries, and not one more', () => {
    const one = reader();
    expect(one.list(new Array(1_000_000), 'p')).toHaveLength(1_000_000);
    expect(one.issues).toEqual([]);
    expect(one.list(new Array(1_000_001), 'p')).toEqual([]);
    expect(one.issues).toEqual([
      {
        path: 'p',
        code: 'ERR_IAM_VALUE',
        message: 'the list is too long',
        hint: 'at most a million entries are read',
      },
    ]);
  });

  it('L18: keeps the strings of a list and names the others', () => {
    const one = reader();
    expect(one.strings(['a', 7, 'b', ['c']], 'p', 'it')).toEqual(['a', 'b']);
    expect(one.strings('a', 'p', 'it')).toEqual(['a']);
    expect(one.strings(7, 'p', 'it')).toEqual([]);
    expect(one.issues.map(({ path, message }) => [path, message])).toEqual([
      ['p[1]', 'it is not a string'],
      ['p[3]', 'it is not a string'],
      ['p', 'it is not a string'],
    ]);
  });
});

describe('L2, L12: unknown members', () => {
  it.each([
    [{ Action: 1, Effect: 2 }, []],
    [{ Gone: undefined }, []],
    [{ ACTION: 1 }, ['p.ACTION write Action']],
    [{ Actions: 1 }, ['p.Actions write Action']],
    [{ actions: 1 }, ['p.actions use Effect, Action']],
    [{ s: 1 }, ['p.s use Effect, Action']],
    [{ Zzz: null, Yyy: 0 }, ['p.Zzz use Effect, Action', 'p.Yyy use Effect, Action']],
  ])('%j', (members, expected) => {
    const one = reader();
    unknownMembers(one, members, ['Effect', 'Action'], 'p');
    expect(one.issues.map(({ path, hint }) => `${path} ${hint}`)).toEqual(expected);
  });
});
