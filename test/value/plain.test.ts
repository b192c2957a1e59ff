import { describe, expect, it } from 'vitest';
import * as namespace from '../../src/value/plain.js';

const { isPlainObject } = namespace;

describe('isPlainObject', () => {
  it.each<[string, unknown]>([
    ['an object', {}],
    ['an object without prototype', Object.create(null)],
    ['an object that inherits', Object.create({ a: 1 })],
    ['an object whose kind is a module', Object.create({ [Symbol.toStringTag]: 'Module' })],
    ['an instance', new (class A {})()],
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
    ['an object of another name before', Object.create({ [Symbol.toStringTag]: 'XObject' })],
    ['an object of another name after', Object.create({ [Symbol.toStringTag]: 'Objects' })],
    ['an object of a name like it', Object.create({ [Symbol.toStringTag]: 'Object]x[object Object' })],
  ])('is not %s', (_, value) => {
    expect(isPlainObject(value)).toBe(false);
  });
});
