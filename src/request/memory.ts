/** Readings of more texts than this, or of longer ones, are not kept: callers choose the texts. */
const maximumTexts = 2048;
const maximumLength = 1024;

/**
 * What texts of requests were read as: ARNs, addresses, times, numbers. A reading depends on nothing but the text, so keeping
 * it changes no answer; it belongs to one set of compiled policies and is bounded.
 */
export class Memory {
  readonly #readers = new Map<unknown, Map<string, unknown>>();

  /** What `reader` makes of a text. */
  read<V>(reader: (text: string) => V, text: string): V {
    let known = this.#readers.get(reader);
    if (known === undefined) {
      known = new Map();
      this.#readers.set(reader, known);
    }
    const found = known.get(text);
    if (found !== undefined || known.has(text)) return found as V;
    const value = reader(text);
    if (text.length > maximumLength) return value;
    if (known.size >= maximumTexts) known.clear();
    known.set(text, value);
    return value;
  }
}
