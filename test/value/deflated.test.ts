import { deflateSync, strToU8 } from 'fflate';
import { expect, it } from 'vitest';
import { inflate } from '../../src/value/deflated.js';

it.each(['', 'a', 'a line\nanother', 'long '.repeat(20_000)])('gives back what was packed', (text) => {
  expect(inflate(Buffer.from(deflateSync(strToU8(text))).toString('base64'))).toBe(text);
});
