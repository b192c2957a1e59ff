import { describe, expect, it } from 'vitest';
import * as namespace from '../../src/value/plain.js';

const { isPlainObject } = namespace;

/** What says of itself to be something. */
const named = (name: string): unknown =>
  new (class {
    get [Symbol.toStringTag]() {
      return name;
    }
  })();

describe('isPlainObject', () => {
  it.each<[string, unknown]>([
    ['an object', {}],
    ['an object without prototype', Object.create(null)],
    ['an object that inherits', Object.create({ a: 1 })],
    ['an object whose kind is a module', Object.create({ [Symbol.toStringTag]: 'Module' })],
    ['an instance', new (class A {})()],
    ['an instance that says so', named('Object')],
    ['an object with a member of that name', { constructor: 1 }],
    ['the namespace of a module', namespace],
    ['what JSON has', JSON.parse('{"a":1}')],
  ])('is %s', (_, value) => {
    expect(isPlainObject(value)).toBe(true);
  });

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a string', 'a'],
    ['a String', new String('a')],
    ['a number', 1],
    ['true', true],
    ['a symbol', Symbol('Object')],
    ['a list', []],
    ['a Map', new Map()],
    ['a Set', new Set()],
    ['a Date', new Date(0)],
    ['a RegExp', /a/],
    ['an Error', new Error('a')],
    ['a Promise', Promise.resolve()],
    ['bytes', new Uint8Array(1)],
    ['a function', () => {}],
    ['a function that says it is an object', Object.assign(() => {}, { [Symbol.toStringTag]: 'Object' })],
    ['an instance of another name before', named('XObject')],
    ['an instance of another name after', named('Objects')],
    ['an instance of a name like it', named('Object]x[object Object')],
  ])('is not %s', (_, value) => {
    expect(isPlainObject(value)).toBe(false);
  });
});
