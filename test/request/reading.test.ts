import { describe, expect, it, vi } from 'vitest';
import { parseRequest } from '../../src/request/parse.js';
import { readOnce } from '../../src/request/reading.js';

const request = () => parseRequest({ principal: { anonymous: true }, action: 'a:B' });

describe('readOnce', () => {
  it('reads each text once for each reader, also one it cannot read', () => {
    const asked = request();
    const length = vi.fn((text: string) => (text === '' ? undefined : text.length));
    const upper = vi.fn((text: string) => text.toUpperCase());
    for (let i = 0; i < 2; i++) {
      expect(readOnce(asked, length, 'ab')).toBe(2);
      expect(readOnce(asked, length, '')).toBeUndefined();
      expect(readOnce(asked, length, 'abc')).toBe(3);
      expect(readOnce(asked, upper, 'ab')).toBe('AB');
    }
    expect(length.mock.calls).toEqual([['ab'], [''], ['abc']]);
    expect(upper.mock.calls).toEqual([['ab']]);
  });

  it('remembers nothing beyond one request', () => {
    const read = vi.fn((text: string) => text.length);
    expect([readOnce(request(), read, 'ab'), readOnce(request(), read, 'ab')]).toEqual([2, 2]);
    expect(read).toHaveBeenCalledTimes(2);
  });
});
