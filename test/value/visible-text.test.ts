import { expect, it } from 'vitest';
import { visibleLines, visibleText } from '../../src/value/visible-text.js';

it('what would break a line or steer a terminal is shown as its code', () => {
  expect(visibleText('a\nb\u001b[31m\u009b\u2028\u202e\u2066')).toBe(
    'a\\u000ab\\u001b[31m\\u009b\\u2028\\u202e\\u2066',
  );
  expect(visibleText('ünï 日本 é')).toBe('ünï 日本 é');
});

it('keeps lines as lines where they are wanted', () => {
  expect(visibleLines('a\tb\nc')).toBe('a\\u0009b\nc');
});
