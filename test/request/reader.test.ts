import { describe, expect, it } from 'vitest';
import { own, Reader, readTags } from '../../src/request/reader.js';

const tagsOf = (value: unknown) => {
  const reader = new Reader();
  return { tags: readTags(reader, value, 'request.resource.tags'), issues: reader.issues };
};

describe('tags', () => {
  it('L70, U18: fold their keys, and the first of two that differ only by case counts', () => {
    expect(tagsOf({ Team: 'Red', team: 'Blue', 'a/B': '' }).tags).toEqual(
      new Map([
        ['team', 'Red'],
        ['a/b', ''],
      ]),
    );
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
});

describe('members', () => {
  it('are own ones', () => {
    expect(own(Object.create({ a: 1 }), 'a')).toBeUndefined();
    expect(own({ a: 1 }, 'a')).toBe(1);
    expect(own({}, 'toString')).toBeUndefined();
  });

  it('are given back when they are read, with what is unknown among them', () => {
    const reader = new Reader();
    const value = { a: 1, b: 2, c: undefined };
    expect(reader.members(value, 'x', ['a', 'z'])).toBe(value);
    expect(reader.issues).toEqual([
      { path: 'x.b', code: 'ERR_IAM_VALUE', message: '`b` is no field of the request', hint: 'use a, z' },
    ]);
  });
});
