import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitAction } from '../../src/request/action.js';

describe('splitAction', () => {
  it.each([
    ['s3:GetObject', 's3', 'getobject'],
    ['S3:GETOBJECT', 's3', 'getobject'],
    ['a-b.C1:x', 'a-b.c1', 'x'],
    ['execute-api:Invoke\nX', 'execute-api', 'invoke\nx'],
    ['a: ', 'a', ' '],
    ['a:\u212A', 'a', '\u212A'],
  ])('L23, L25: %j', (text, service, name) => {
    const asked = { owner: undefined, generation: 0, place: 0 };
    expect(splitAction(text)).toStrictEqual({ text, key: `${service}:${name}`, service, name, ...asked });
  });

  it.each([
    '',
    ':',
    's3',
    's3:',
    ':Get',
    'a:b:c',
    's3:*',
    's3:Get?',
    '*:Get',
    's_3:Get',
    ' s3:Get',
    '\u212A:Get',
  ])('L23: %j is not one action', (text) => {
    expect(splitAction(text)).toBeUndefined();
  });

  it('L25: letter case of A-Z tells no actions apart', () => {
    const letters = (pattern: RegExp) => fc.stringMatching(pattern);
    fc.assert(
      fc.property(letters(/^[A-Za-z0-9.-]{1,6}$/), letters(/^[A-Za-z0-9 ]{1,8}$/), (service, name) => {
        const action = `${service}:${name}`;
        const key = action.toLowerCase();
        expect(splitAction(action)?.key).toBe(key);
        expect(splitAction(action.toUpperCase())?.key).toBe(key);
        expect(splitAction(action)?.text).toBe(action);
      }),
    );
  });
});
