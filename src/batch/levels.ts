import { type Said, settled } from './said.js';

/** Lists of documents, by their numbers. Callers who have the same documents at a level share it. */
export class Levels {
  /** By the number of the level. */
  readonly documents: (readonly number[])[] = [];
  /** By the number of a document, the levels it stands in. */
  readonly #holding: number[][] = [];
  readonly #known = new Map<string, number>();

  /** The number of a level. */
  of(documents: readonly number[]): number {
    const name = documents.join();
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const number = this.documents.length;
    this.#known.set(name, number);
    this.documents.push(documents);
    for (const document of documents) {
      // In order and without gaps, so that a look-up is one step into a list.
      while (this.#holding.length <= document) this.#holding.push([]);
      this.#holding[document]!.push(number);
    }
    return number;
  }

  /** What the documents of each level say together; only levels of documents that say anything are touched. */
  saying({ speaking, bits }: Said): Uint8Array {
    const says = new Uint8Array(this.documents.length);
    for (const document of speaking) {
      const levels = this.#holding[document]!;
      const more = bits[document]!;
      for (let i = 0; i < levels.length; i++) says[levels[i]!] = settled(says[levels[i]!]! | more);
    }
    return says;
  }
}
