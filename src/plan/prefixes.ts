import { beginsWith } from '../value/wildcard.js';

/** One text, what hangs on it, and the longest other text of the index that it begins with. */
interface Entry<T> {
  readonly text: string;
  readonly values: T[];
  readonly parent: Entry<T> | undefined;
}

/**
 * Finds everything that hangs on a beginning of a text, in a binary search and one step for each beginning found. In sorted
 * order, whatever is a beginning of a text is also one of the entry before it, so the chain of that entry holds them all.
 */
export class Prefixes<T> {
  readonly #entries: readonly Entry<T>[];

  constructor(pairs: readonly (readonly [text: string, value: T])[]) {
    const sorted = [...pairs].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    const entries: Entry<T>[] = [];
    let last: Entry<T> | undefined;
    for (const [text, value] of sorted) {
      if (last?.text === text) {
        last.values.push(value);
        continue;
      }
      let parent = last;
      while (parent !== undefined && !text.startsWith(parent.text)) parent = parent.parent;
      last = { text, values: [value], parent };
      entries.push(last);
    }
    this.#entries = entries;
  }

  /** Hands over the values of each beginning, the longest first, until one is taken. */
  find(text: string, take: (values: readonly T[]) => boolean): boolean {
    const entries = this.#entries;
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (entries[middle]!.text <= text) low = middle + 1;
      else high = middle;
    }
    let entry = entries[low - 1];
    while (entry !== undefined && !beginsWith(text, entry.text)) entry = entry.parent;
    for (; entry !== undefined; entry = entry.parent) if (take(entry.values)) return true;
    return false;
  }
}
