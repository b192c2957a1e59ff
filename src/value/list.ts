/** More entries than this in one list are no policy and no request but a mistake or an attack. */
const maximumLength = 1_000_000;

/**
 * The entries of a list, read once each by their index: neither an iterator of the caller's nor a length that changes is
 * trusted. Undefined when there are more than anyone means.
 */
export function entriesOf(list: readonly unknown[]): unknown[] | undefined {
  const { length } = list;
  if (!(length <= maximumLength)) return undefined;
  // Of its size at once: a list that grew would keep room for more. A length of the caller's may be any number.
  const entries = new Array<unknown>(Math.max(length | 0, 0));
  for (let i = 0; i < length; i++) entries[i] = list[i];
  return entries;
}
