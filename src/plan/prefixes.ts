import { beginsWith } from '../value/wildcard.js';

/** One text, what hangs on it, and the longest other text of the index that it begins with. */
interface Entry<T> {
  /** Behind what all texts begin with. */
  readonly rest: string;
  readonly values: T[];
  readonly parent: Entry<T> | undefined;
}

/**
 * Finds everything that hangs on a beginning of a text, in a binary search and one step for each beginning found. In sorted
 * order, whatever is a beginning of a text is also one of the entry before it, so the chain of that entry holds them all. What
 * all texts begin with, mostly the first parts of an ARN, is compared once.
 */
export class Prefixes<T> {
  readonly #common: string;
  readonly #entries: readonly Entry<T>[];
  /** Their rests again: going through them visits no entry. */
  readonly #rests: readonly string[];

  constructor(pairs: readonly (readonly [text: string, value: T])[]) {
    const sorted = [...pairs].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    const common = commonOf(sorted[0]?.[0] ?? '', sorted.at(-1)?.[0] ?? '');
    const entries: Entry<T>[] = [];
    let last: Entry<T> | undefined;
    for (const [text, value] of sorted) {
      const rest = text.slice(common.length);
      if (last?.rest === rest) {
        last.values.push(value);
        continue;
      }
      let parent = last;
      while (parent !== undefined && !rest.startsWith(parent.rest)) parent = parent.parent;
      last = { rest, values: [value], parent };
      entries.push(last);
    }
    this.#common = common;
    this.#entries = entries;
    this.#rests = entries.map(({ rest }) => rest);
  }

  /** Hands over the values of each beginning, the longest first, until one is taken. */
  find(text: string, take: (values: readonly T[]) => boolean): boolean {
    if (!beginsWith(text, this.#common)) return false;
    const from = this.#common.length;
    const rests = this.#rests;
    let low = 0;
    let high = rests.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (standsBefore(text, from, rests[middle]!)) high = middle;
      else low = middle + 1;
    }
    let entry = this.#entries[low - 1];
    while (entry !== undefined && !goesOn(text, from, entry.rest)) entry = entry.parent;
    for (; entry !== undefined; entry = entry.parent) if (take(entry.values)) return true;
    return false;
  }
}

/** What the first and the last of sorted texts begin with is what all of them begin with. */
function commonOf(first: string, last: string): string {
  let length = 0;
  while (length < first.length && first[length] === last[length]) length++;
  return first.slice(0, length);
}

/** Whether a text, read from a place on, is sorted before another one. Most differ soon. */
function standsBefore(text: string, from: number, other: string): boolean {
  const length = Math.min(text.length - from, other.length);
  for (let i = 0; i < length; i++) {
    const order = text.charCodeAt(from + i) - other.charCodeAt(i);
    if (order !== 0) return order < 0;
  }
  return text.length - from < other.length;
}

/** Whether a text goes on from a place as said. */
function goesOn(text: string, from: number, rest: string): boolean {
  if (text.length - from < rest.length) return false;
  for (let i = rest.length - 1; i >= 0; i--)
    if (text.charCodeAt(from + i) !== rest.charCodeAt(i)) return false;
  return true;
}
