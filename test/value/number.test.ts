import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDecimal, parseDecimal } from '../../src/value/number.js';

const decimal = (integer: string, fraction = '', negative = false) => ({ negative, integer, fraction });
/** The sign only; adding zero makes one zero of both. */
const order = (a: string, b: string) => Math.sign(compareDecimal(parseDecimal(a)!, parseDecimal(b)!)) + 0;

describe('parseDecimal', () => {
  it.each([
    ['0', decimal('')],
    ['-0', decimal('')],
    ['-0.0', decimal('')],
    ['+0', decimal('')],
    ['00', decimal('')],
    ['0.00', decimal('')],
    ['7', decimal('7')],
    ['+7', decimal('7')],
    ['-7', decimal('7', '', true)],
    ['007', decimal('7')],
    ['100', decimal('100')],
    ['10.0', decimal('10')],
    ['10.10', decimal('10', '1')],
    ['10.010', decimal('10', '01')],
    ['0.5', decimal('', '5')],
    ['-0.5', decimal('', '5', true)],
    ['-10', decimal('10', '', true)],
    ['1.101', decimal('1', '101')],
    ['00.00100', decimal('', '001')],
    ['1.9', decimal('1', '9')],
    ['9007199254740993', decimal('9007199254740993')],
    ['0.1000000000000000000000001', decimal('', '1000000000000000000000001')],
  ])('L79, U20: reads %j', (text, expected) => {
    expect(parseDecimal(text)).toEqual(expected);
  });

  it.each([
    '',
    ' ',
    ' 1',
    '1 ',
    '1\n',
    '-',
    '+',
    '.',
    '.5',
    '5.',
    '1.2.3',
    '--1',
    '+-1',
    '1-',
    '1e3',
    '1E3',
    '0x10',
    '1_000',
    '1,000',
    '10abc',
    'abc10',
    'ten',
    'NaN',
    'Infinity',
    '1a5',
    '１',
    '٣',
  ])('L79, U20: %j is no number', (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  });
});

describe('compareDecimal', () => {
  it.each([
    ['9', '10', -1],
    ['10', '10', 0],
    ['11', '10', 1],
    ['10', '10.0', 0],
    ['010', '10', 0],
    ['-0', '0', 0],
    ['-0.0', '+0', 0],
    ['-1', '0', -1],
    ['0', '-1', 1],
    ['-1', '1', -1],
    ['1', '-1', 1],
    ['-9', '-10', 1],
    ['-10', '-10', 0],
    ['-11', '-10', -1],
    ['0.9', '0.10', 1],
    ['0.09', '0.1', -1],
    ['1.5', '1.50', 0],
    ['1.5', '1.51', -1],
    ['-1.5', '-1.51', 1],
    ['2.1', '10.05', -1],
    ['21', '3', 1],
    ['0', '0.000001', -1],
    ['9007199254740993', '9007199254740992', 1],
    ['0.30000000000000004', '0.3', 1],
  ])('L79, U20: %s against %s is %i', (a, b, expected) => {
    expect(order(a, b)).toBe(expected);
    expect(order(b, a)).toBe(expected === 0 ? 0 : -expected);
  });

  it('U20: agrees with whole numbers of the same scale', () => {
    const scale = 12;
    const digits = fc.oneof(
      fc.string({ unit: fc.constantFrom('0', '1', '9'), minLength: 1, maxLength: 3 }),
      fc.bigInt({ min: 0n, max: 10n ** 30n }).map(String),
    );
    const fraction = fc.string({ unit: fc.constantFrom('0', '5', '9'), maxLength: scale });
    const number = fc
      .tuple(fc.constantFrom('', '-', '+'), digits, fraction)
      .map(([sign, integer, rest]) => `${sign}${integer}${rest === '' ? '' : `.${rest}`}`);
    const scaled = (text: string): bigint => {
      const [integer, rest = ''] = text.replace(/^[+-]/, '').split('.');
      const size = BigInt(integer + rest.padEnd(scale, '0'));
      return text.startsWith('-') ? -size : size;
    };
    fc.assert(
      fc.property(number, number, (a, b) => {
        const difference = scaled(a) - scaled(b);
        expect(order(a, b)).toBe(difference < 0n ? -1 : difference > 0n ? 1 : 0);
        expect(order(a, a)).toBe(0);
      }),
      { numRuns: 500 },
    );
  });
});
