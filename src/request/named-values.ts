/** A private copy of named values, by folded name (L70). `Map` is one too. */
export interface NamedValues<V> {
  readonly size: number;
  get(name: string): V | undefined;
  [Symbol.iterator](): IterableIterator<[string, V]>;
}

/** So many names are found faster by going through them than by a hash table, which takes longer to build. */
const few = 12;

class FewValues<V> implements NamedValues<V> {
  readonly #names: readonly string[];
  readonly #values: readonly V[];

  constructor(names: readonly string[], values: readonly V[]) {
    this.#names = names;
    this.#values = values;
  }

  get size(): number {
    return this.#names.length;
  }

  get(name: string): V | undefined {
    const names = this.#names;
    for (let i = 0; i < names.length; i++) if (names[i] === name) return this.#values[i];
    return undefined;
  }

  *[Symbol.iterator](): IterableIterator<[string, V]> {
    for (const [i, name] of this.#names.entries()) yield [name, this.#values[i]!];
  }
}

/** The first of two equal names counts (U18). The lists are kept: they must not be changed afterwards. */
export function namedValues<V>(names: readonly string[], values: readonly V[]): NamedValues<V> {
  if (names.length <= few) return new FewValues(names, values);
  const all = new Map<string, V>();
  names.forEach((name, i) => {
    if (!all.has(name)) all.set(name, values[i]!);
  });
  return all;
}

export const noValues: NamedValues<never> = new FewValues<never>([], []);
