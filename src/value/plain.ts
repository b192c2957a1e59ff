/**
 * An object as JSON has it, or the namespace of a JSON module: no list, and none of the built-in collections, which keep their
 * content where JSON has none.
 */
export const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  /^\[object (?:Object|Module)\]$/.test(Object.prototype.toString.call(value));
