/**
 * An object as JSON has it, or the namespace of a JSON module: no list, and none of the built-in collections, which keep their
 * content where JSON has none.
 */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  // Mostly so, and a look-up that an engine remembers by the shape of the object; asking for the prototype is a call.
  if (value.constructor === Object) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  return (
    !Array.isArray(value) && /^\[object (?:Object|Module)\]$/.test(Object.prototype.toString.call(value))
  );
}
