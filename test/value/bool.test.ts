import { describe, expect, it } from 'vitest';
import { parseBool } from '../../src/value/bool.js';

describe('parseBool', () => {
  it.each([
    ['true', true],
    ['True', true],
    ['TRUE', true],
    ['tRuE', true],
    ['false', false],
    ['False', false],
    ['FALSE', false],
    ['fAlSe', false],
  ])('L82, U16: reads %s', (text, expected) => {
    expect(parseBool(text)).toBe(expected);
  });

  it.each([
    '',
    't',
    'tru',
    'trues',
    'fals',
    'false ',
    ' true',
    'falses',
    '1',
    '0',
    'yes',
    'no',
    'null',
    'falſe',
  ])('L82: %j is neither', (text) => {
    expect(parseBool(text)).toBeUndefined();
  });
});
