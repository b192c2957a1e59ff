import { isMainThread } from 'node:worker_threads';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { parseDate } from '../../src/value/date.js';

const SECOND = 1_000_000_000n;
const utc = (text: string): bigint => BigInt(Date.parse(text)) * 1_000_000n;

describe('parseDate, epoch seconds', () => {
  it.each([
    ['0', 0n],
    ['2026', 2026n],
    ['007', 7n],
    ['1764547200', 1_764_547_200n],
    ['9223372036854775806', 2n ** 63n - 2n],
    ['9223372036854775807', 2n ** 63n - 1n],
    ['0000000000000000001', 1n],
  ])('L80: %j are seconds', (text, seconds) => {
    expect(parseDate(text)).toBe(seconds * SECOND);
  });

  it.each([
    ['2^63', '9223372036854775808'],
    ['the largest of 19 digits', '9999999999999999999'],
    ['20 digits, however small', '00000000000000000001'],
    ['a sign', '-1'],
    ['a plus', '+1'],
    ['a fraction', '1.5'],
    ['an exponent', '1e9'],
    ['a space before', ' 1'],
    ['a line break after', '1\n'],
    ['a letter before', 'x1'],
    ['a letter after', '1x'],
    ['other digits', '١'],
  ])('L80: refuses %s', (_, text) => {
    expect(parseDate(text)).toBeUndefined();
  });
});

describe('parseDate, ISO 8601', () => {
  it.each([
    ['2026-11', '2026-11-01T00:00:00Z'],
    ['2026-11-23', '2026-11-23T00:00:00Z'],
    ['2026-11-23T09:08', '2026-11-23T09:08:00Z'],
    ['2026-11-23T09:08Z', '2026-11-23T09:08:00Z'],
    ['2026-11-23T09:08:07', '2026-11-23T09:08:07Z'],
    ['2026-11-23T09:08:07Z', '2026-11-23T09:08:07Z'],
    ['2026-11-23t09:08:07z', '2026-11-23T09:08:07Z'],
    ['2026-11-23T09:08:07+01:30', '2026-11-23T07:38:07Z'],
    ['2026-11-23T09:08:07-01:30', '2026-11-23T10:38:07Z'],
    ['2026-11-23T09:08+00:00', '2026-11-23T09:08:00Z'],
    ['2026-11-23T09:08-00:00', '2026-11-23T09:08:00Z'],
    ['2026-11-23T00:00:00+23:59', '2026-11-22T00:01:00Z'],
    ['2026-11-23T00:00:00-23:59', '2026-11-23T23:59:00Z'],
    ['2026-11-23T00:00:00-20:00', '2026-11-23T20:00:00Z'],
    ['2026-11-23T00:00:00-19:00', '2026-11-23T19:00:00Z'],
    ['2026-01-01T00:00+14:00', '2025-12-31T10:00:00Z'],
    ['2026-11-23T00:00:00', '2026-11-23T00:00:00Z'],
    ['2026-11-23T19:59:59', '2026-11-23T19:59:59Z'],
    ['2026-11-23T20:00:00', '2026-11-23T20:00:00Z'],
    ['2026-11-23T23:59:59', '2026-11-23T23:59:59Z'],
    ['2026-01-31', '2026-01-31T00:00:00Z'],
    ['2026-12-31', '2026-12-31T00:00:00Z'],
    ['2024-02-29', '2024-02-29T00:00:00Z'],
    ['2000-02-29', '2000-02-29T00:00:00Z'],
    ['1969-12-31T23:59:59Z', '1969-12-31T23:59:59Z'],
    ['0001-01-01', '0001-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59Z'],
  ])('L80, U15: %s is %s', (text, expected) => {
    expect(parseDate(text)).toBe(utc(expected));
  });

  it.each([
    ['1970-01-01T00:00:00.5', 500_000_000n],
    ['1970-01-01T00:00:00.05Z', 50_000_000n],
    ['1970-01-01T00:00:00.123456789Z', 123_456_789n],
    ['1970-01-01T00:00:00.1234567899Z', 123_456_789n],
    ['1970-01-01T00:00:00.000000001+00:00', 1n],
    ['1969-12-31T23:59:59.999999999Z', -1n],
    ['1970-01-01T00:00:01.25-00:01', 61_250_000_000n],
  ])('L80: the fraction of %s counts, to the nanosecond', (text, expected) => {
    expect(parseDate(text)).toBe(expected);
  });

  it.each([
    ['the empty string', ''],
    ['a word', 'sdfdsf'],
    ['a year with a dash', '2026-'],
    ['a year with a time', '2026T00:00Z'],
    ['a short year', '202-11-23'],
    ['a long year', '12026-11-23'],
    ['a signed year', '-2026-11-23'],
    ['an expanded year', '+002026-11-23'],
    ['letters in the year', '20x6-11-23'],
    ['month 0', '2026-00'],
    ['month 13', '2026-13'],
    ['a month of one digit', '2026-1'],
    ['a month of letters', '2026-xx'],
    ['a month with a time', '2026-11T00:00Z'],
    ['day 0', '2026-11-00'],
    ['day 31 of November', '2026-11-31'],
    ['day 32', '2026-12-32'],
    ['30 February', '2026-02-30'],
    ['29 February of no leap year', '2026-02-29'],
    ['29 February of 1900', '1900-02-29'],
    ['a day of one digit', '2026-11-2'],
    ['a day of three digits', '2026-11-230'],
    ['a day of letters', '2026-11-xx'],
    ['a date with a zone', '2026-11-23Z'],
    ['a date with an offset', '2026-11-23+01:00'],
    ['a `T` without time', '2026-11-23T'],
    ['a space for the `T`', '2026-11-23 00:00:00Z'],
    ['an hour alone', '2026-11-23T09'],
    ['an hour with zone', '2026-11-23T09Z'],
    ['an hour of one digit', '2026-11-23T9:00'],
    ['hour 24', '2026-11-23T24:00:00Z'],
    ['hour 30', '2026-11-23T30:00:00Z'],
    ['an hour of letters', '2026-11-23Txx:00'],
    ['an hour of 1x', '2026-11-23T1x:00'],
    ['minute 60', '2026-11-23T09:60'],
    ['a minute of one digit', '2026-11-23T09:5'],
    ['a minute of 0x', '2026-11-23T09:0x'],
    ['a leap second', '2026-11-23T23:59:60Z'],
    ['a second of one digit', '2026-11-23T09:08:7Z'],
    ['a second of 0x', '2026-11-23T09:08:0x'],
    ['a fraction of nothing', '2026-11-23T09:08:07.Z'],
    ['a fraction with a comma', '2026-11-23T09:08:07,5Z'],
    ['a fraction of letters', '2026-11-23T09:08:07.xZ'],
    ['a fraction of a minute', '2026-11-23T09:08.5Z'],
    ['an offset of 24 hours', '2026-11-23T09:08:07+24:00'],
    ['an offset of 30 hours', '2026-11-23T09:08:07+30:00'],
    ['an offset of 60 minutes', '2026-11-23T09:08:07+00:60'],
    ['an offset without minutes', '2026-11-23T09:08:07+01'],
    ['an offset without colon', '2026-11-23T09:08:07+0100'],
    ['an offset of letters', '2026-11-23T09:08:07+0x:00'],
    ['an offset with minutes of letters', '2026-11-23T09:08:07+00:0x'],
    ['a zone by name', '2026-11-23T09:08:07 GMT'],
    ['two zones', '2026-11-23T09:08:07Z+01:00'],
    ['text before', 'x2026-11-23'],
    ['text after', '2026-11-23x'],
    ['text after the zone', '2026-11-23T09:08:07Zx'],
    ['a line break after', '2026-11-23\n'],
    ['a wildcard', '2026-11-*'],
    ['a week date', '2026-W48-1'],
    ['the basic form', '20261123T090807Z'],
    ['an RFC 1123 date', 'Mon, 23 Nov 2026 09:08:07 GMT'],
  ])('L80, U15: refuses %s', (_, text) => {
    expect(parseDate(text)).toBeUndefined();
  });

  const ofLength = (length: number) => `1970-01-01T00:00:00.${'1'.repeat(length - 21)}Z`;
  it('L80: reads text of up to 64 characters', () => {
    expect(ofLength(64)).toHaveLength(64);
    expect(parseDate(ofLength(63))).toBe(111_111_111n);
    expect(parseDate(ofLength(64))).toBe(111_111_111n);
    expect(parseDate(ofLength(65))).toBeUndefined();
  });

  it('L80: is the calendar of Date.UTC', () => {
    const part = (min: number, max: number) => fc.integer({ min, max });
    const two = (value: number) => String(value).padStart(2, '0');
    fc.assert(
      fc.property(part(1, 9999), part(1, 12), part(0, 32), part(0, 23), part(0, 59), (y, m, d, h, s) => {
        const text = `${String(y).padStart(4, '0')}-${two(m)}-${two(d)}T${two(h)}:${two(s)}:${two(s)}Z`;
        const date = new Date(Date.parse(text));
        const exists = !Number.isNaN(date.getTime()) && date.getUTCDate() === d;
        expect(parseDate(text)).toBe(exists ? utc(text) : undefined);
      }),
    );
  });
});

describe('parseDate and the time zone of the process', () => {
  const before = process.env.TZ;
  afterEach(() => {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });
  const texts = [
    '2026-03-29',
    '2026-03-29T02:30:00',
    '2026-11',
    '2026-11-01T01:30',
    '2026-07-01T12:00+02:00',
  ];
  const inUtc = [
    '2026-03-29T00:00:00Z',
    '2026-03-29T02:30:00Z',
    '2026-11-01T00:00:00Z',
    '2026-11-01T01:30:00Z',
    '2026-07-01T10:00:00Z',
  ].map(utc);

  it.each([
    ['UTC', 0],
    ['America/New_York', 240],
    ['Europe/Berlin', -120],
    ['Asia/Kolkata', -330],
    ['Pacific/Kiritimati', -840],
  ])('U15: a time without zone is UTC, also in %s', (zone, minutes) => {
    process.env.TZ = zone;
    // In a worker the variable changes nothing.
    if (isMainThread) expect(new Date(2026, 6, 1).getTimezoneOffset() + 0).toBe(minutes);
    expect(texts.map(parseDate)).toEqual(inUtc);
  });
});
