import { describe, expect, it, vi } from 'vitest';
import { Members, Memory } from '../../src/request/memory.js';
import { noValues } from '../../src/request/named-values.js';
import { Reader, readTags } from '../../src/request/reader.js';

const tagsOf = (value: unknown, memory = new Memory()) => {
  const reader = new Reader(memory);
  const tags = readTags(reader, value, memory.resourceTagNames);
  return { tags: new Map(tags), issues: reader.issues };
};

describe('tags', () => {
  it('L70, U18: fold their keys, and the first of two that differ only by case counts', () => {
    const reader = new Reader(new Memory());
    const value = { Team: 'Red', team: 'Blue', 'a/B': '' };
    for (let i = 0; i < 2; i++) {
      const tags = readTags(reader, value, reader.memory.resourceTagNames);
      expect(['team', 'a/b', 'Team'].map((name) => tags.get(name))).toEqual(['Red', '', undefined]);
    }
  });

  it('U18: the same among many', () => {
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`Key${i}`, `${i}`]));
    const { tags } = tagsOf({ ...many, KEY7: 'other', kEY0: 'other' });
    expect(tags).toEqual(new Map(Object.entries(many).map(([name, value]) => [name.toLowerCase(), value])));
  });

  it.each([undefined, {}, { a: undefined }])('are none for %j', (value) => {
    expect(tagsOf(value)).toEqual({ tags: new Map(), issues: [] });
  });

  it.each([null, 'text', 7, [], [['a', 'b']]])('are refused as %j', (value) => {
    expect(tagsOf(value)).toEqual({
      tags: new Map(),
      issues: [
        {
          path: 'request.resource.tags',
          code: 'ERR_IAM_VALUE',
          message: 'tags are not an object',
          hint: 'write { "key": "value" }',
        },
      ],
    });
  });

  it.each([1, true, null, ['x'], {}])('refuse the value %j, and keep the others', (value) => {
    expect(tagsOf({ Bad: value, Good: 'x' })).toEqual({
      tags: new Map([['good', 'x']]),
      issues: [
        {
          path: 'request.resource.tags.Bad',
          code: 'ERR_IAM_VALUE',
          message: 'a tag value is not a string',
          hint: 'write a string',
        },
      ],
    });
  });

  it('are read the same whatever was read before', () => {
    const full = { A: '1', B: '2', C: '3' };
    const shapes: Record<string, unknown>[] = [
      full,
      { ...full, C: '4' },
      { ...full, A: undefined },
      { ...full, B: undefined },
      { ...full, B: 7 },
      { ...full, C: undefined },
      { A: undefined, B: undefined, C: undefined },
      { C: '3', B: '2', A: '1' },
      { A: '1', B: '2' },
      { A: '1', B: '2', D: '3' },
      {},
    ];
    for (const before of shapes)
      for (const value of shapes) {
        const memory = new Memory();
        tagsOf(before, memory);
        expect(tagsOf(value, memory)).toEqual(tagsOf(value));
        // Nor does it change what is read afterwards.
        expect(tagsOf(full, memory)).toEqual(tagsOf(full));
      }
  });

  it('fold names once while objects have the same ones', () => {
    const memory = new Memory();
    const folded = vi.spyOn(memory.folded, 'of');
    for (let i = 0; i < 5; i++)
      expect(tagsOf({ Team: `${i}`, Env: 'x' }, memory).tags.get('team')).toBe(`${i}`);
    expect(folded.mock.calls).toEqual([['Team'], ['Env']]);
  });
});

describe('Reader', () => {
  it('starts without issues, tags and account', () => {
    const memory = new Memory();
    const reader = new Reader(memory);
    expect([reader.issues, reader.tags, reader.accountId]).toEqual([[], noValues, undefined]);
    expect(reader.memory).toBe(memory);
  });

  it('keeps issues in their order, apart from those of other readers', () => {
    const [one, other] = [new Reader(new Memory()), new Reader(new Memory())];
    expect(one.fail('a', 'm', 'h')).toBeUndefined();
    one.fail('b', 'n', 'i');
    expect(one.issues).toEqual([
      { path: 'a', code: 'ERR_IAM_VALUE', message: 'm', hint: 'h' },
      { path: 'b', code: 'ERR_IAM_VALUE', message: 'n', hint: 'i' },
    ]);
    expect(other.issues).toEqual([]);
  });

  it('tells which of the known members an object has, and refuses what is no object', () => {
    const reader = new Reader(new Memory());
    const known = new Members('a', 'b', 'c');
    const asked = [{ a: 1 }, { c: 1, b: undefined }, { c: 1, b: 2 }, {}, Object.create({ a: 1 }), { a: 1 }];
    expect(asked.map((value) => reader.own(value, known, 'x'))).toEqual([1, 6, 6, 0, 0, 1]);
    expect(reader.issues).toEqual([]);
    expect(reader.own([] as never, known, 'x')).toBeUndefined();
    expect(reader.issues).toEqual([
      { path: 'x', code: 'ERR_IAM_VALUE', message: 'this is not an object', hint: 'write a JSON object' },
    ]);
  });

  it('names members that are none of the known ones, unless they are undefined', () => {
    const reader = new Reader(new Memory());
    const known = new Members('a', 'z');
    for (let i = 0; i < 2; i++) {
      expect(reader.own({ c: undefined, z: 1 }, known, 'x')).toBe(2);
      expect(reader.issues).toEqual([]);
    }
    expect(reader.own({ b: null, a: 1, c: 2 }, known, 'x')).toBe(1);
    expect(reader.issues).toEqual([
      { path: 'x.b', code: 'ERR_IAM_VALUE', message: '`b` is no field of the request', hint: 'use a, z' },
      { path: 'x.c', code: 'ERR_IAM_VALUE', message: '`c` is no field of the request', hint: 'use a, z' },
    ]);
  });
});
