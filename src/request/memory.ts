import { asciiLower } from '../value/ascii.js';
import { splitAction } from './action.js';
import { principalOf } from './principal.js';
import { resourceOf } from './resource.js';

/** Readings of more texts than this, or of longer ones, are not kept: callers choose the texts. */
const maximumTexts = 2048;
const maximumLength = 1024;

/** What a reader made of the texts it has seen. A reading depends on nothing but the text, so keeping it changes no answer. */
export class Remembered<V> {
  readonly #read: (text: string) => V;
  readonly #known = new Map<string, V>();

  constructor(read: (text: string) => V) {
    this.#read = read;
  }

  of(text: string): V {
    const known = this.#known.get(text);
    return known === undefined ? this.#first(text) : known;
  }

  #first(text: string): V {
    const known = this.#known;
    // Also what cannot be read is read once.
    if (known.has(text)) return known.get(text)!;
    const value = this.#read(text);
    if (text.length > maximumLength) return value;
    if (known.size >= maximumTexts) known.clear();
    known.set(text, value);
    return value;
  }
}

/** Folded names of the members of one object; the next object mostly has the same ones. */
export class Names {
  #written: readonly string[] = [];
  #folded: readonly string[] = [];

  /** The folded names of an object with these members, if they are those of the last one. */
  again(written: readonly string[]): readonly string[] | undefined {
    const last = this.#written;
    if (written.length !== last.length) return undefined;
    for (let i = 0; i < last.length; i++) if (written[i] !== last[i]) return undefined;
    return this.#folded;
  }

  keep(written: readonly string[], folded: readonly string[]): void {
    this.#written = written;
    this.#folded = folded;
  }
}

/** What was read for earlier requests. It belongs to one set of compiled policies and is bounded. */
export class Memory {
  readonly #readers = new Map<unknown, Remembered<unknown>>();
  readonly actions = new Remembered(splitAction);
  readonly resources = new Remembered(resourceOf);
  readonly principals = new Remembered(principalOf);
  readonly folded = new Remembered(asciiLower);
  readonly contextNames = new Names();
  readonly principalTagNames = new Names();
  readonly resourceTagNames = new Names();

  /** What `reader` makes of texts. */
  by<V>(reader: (text: string) => V): Remembered<V> {
    let found = this.#readers.get(reader);
    if (found === undefined) {
      found = new Remembered<unknown>(reader);
      this.#readers.set(reader, found);
    }
    return found as Remembered<V>;
  }
}
