import type { Request } from './request.js';

/**
 * Reads a value of the request as a date, number, address … once a request, however many statements ask.
 * The memory hangs on the request's private copy, so nothing outlives it.
 */
export function readOnce<V>(
  request: Request,
  read: (text: string) => V | undefined,
  text: string,
): V | undefined {
  let known = request.readings.get(read);
  if (known === undefined) {
    known = new Map();
    request.readings.set(read, known);
  } else if (known.has(text)) return known.get(text) as V | undefined;
  const value = read(text);
  known.set(text, value);
  return value;
}
