import { accountOf } from '../value/arn.js';
import { foldedName } from '../value/ascii.js';
import { splitAction } from './action.js';
import { principalOf } from './principal.js';
import { resourceOf } from './resource.js';

/** Readings of more texts than this, or of longer ones, are not kept: callers choose the texts. */
const maximumTexts = 2048;
const maximumLength = 1024;

/** What a reader made of the texts it has seen. A reading depends on nothing but the text, so keeping it changes no answer. */
export class Remembered<V> {
  readonly #read: (text: string) => V;
  /** Made for the second text: one question asks for no more than one of most kinds. */
  #known: Map<string, V> | undefined;
  /** Asked for last: the same caller often asks again, and a comparison is quicker than a look-up. */
  #text: string | undefined;
  #value: V | undefined;

  constructor(read: (text: string) => V) {
    this.#read = read;
  }

  of(text: string): V {
    if (text === this.#text) return this.#value as V;
    const known = this.#known?.get(text);
    if (known === undefined) return this.#first(text);
    this.#text = text;
    this.#value = known;
    return known;
  }

  #first(text: string): V {
    // Also what cannot be read is read once.
    if (this.#known?.has(text)) return this.#known.get(text)!;
    const value = this.#read(text);
    if (text.length > maximumLength) return value;
    if (this.#text === undefined) {
      this.#text = text;
      this.#value = value;
      return value;
    }
    this.#known ??= new Map([[this.#text, this.#value as V]]);
    if (this.#known.size >= maximumTexts) this.#known.clear();
    this.#known.set(text, value);
    return value;
  }
}

/** Folded names of the members of one object; the next object mostly has the same ones. */
export class Names {
  /** Where the objects stand. */
  readonly path: string;
  /** Names that differ in letter case alone must not stand side by side (U18). */
  readonly unique: boolean;
  #written: readonly string[] = [];
  #folded: readonly string[] = [];

  constructor(path: string, unique: boolean) {
    this.path = path;
    this.unique = unique;
  }

  /** As they were written in the last object. */
  get written(): readonly string[] {
    return this.#written;
  }

  /** The same folded. */
  get folded(): readonly string[] {
    return this.#folded;
  }

  /** The folded names of an object with these members, if they are those of the last one. */
  again(written: readonly string[]): readonly string[] | undefined {
    const last = this.#written;
    if (written === last) return this.#folded;
    if (written.length !== last.length) return undefined;
    for (let i = 0; i < last.length; i++) if (written[i] !== last[i]) return undefined;
    return this.#folded;
  }

  keep(written: readonly string[], folded: readonly string[]): readonly string[] {
    this.#written = written;
    this.#folded = folded;
    return folded;
  }
}

/** Which of the known members an object has: a bit for each, in their order. The next object mostly has the same ones. */
export class Members {
  readonly known: readonly string[];
  #last: readonly string[] = [];
  #own = 0;

  constructor(...known: readonly string[]) {
    this.known = known;
  }

  /** The bits of an object that has the members of the last one, told without a list of its names. */
  again(value: object): number | undefined {
    const last = this.#last;
    let i = 0;
    for (const name in value) {
      // biome-ignore lint/suspicious/noPrototypeBuiltins: within `for … in` an engine answers this without a call, `hasOwn` not
      if (name !== last[i] || !Object.prototype.hasOwnProperty.call(value, name)) return undefined;
      i++;
    }
    return i === last.length ? this.#own : undefined;
  }

  /** Undefined when there is a member that is not known. */
  own(names: readonly string[]): number | undefined {
    let own = 0;
    for (const name of names) {
      const at = this.known.indexOf(name);
      if (at < 0) return undefined;
      own |= 1 << at;
    }
    this.#last = names;
    this.#own = own;
    return own;
  }
}

/** What was read for earlier requests. It belongs to one set of compiled policies and is bounded. */
export class Memory {
  readonly #readers: unknown[] = [];
  readonly #read: Remembered<unknown>[] = [];
  readonly actions = new Remembered(splitAction);
  readonly resources = new Remembered(resourceOf);
  readonly principals = new Remembered(principalOf);
  readonly accounts = new Remembered(accountOf);
  readonly folded = new Remembered(foldedName);
  readonly request = new Members('principal', 'action', 'resource', 'mfa', 'sourceIp', 'time', 'context');
  readonly principal = new Members('arn', 'issuer', 'service', 'federated', 'anonymous', 'tags');
  readonly mfa = new Members('present', 'ageSeconds');
  readonly resource = new Members('arn', 'accountId', 'tags');
  readonly contextNames = new Names('request.context', true);
  readonly principalTagNames = new Names('request.principal.tags', false);
  readonly resourceTagNames = new Names('request.resource.tags', false);

  /** What `reader` makes of texts. */
  by<V>(reader: (text: string) => V): Remembered<V> {
    // So few that going through them is quicker than a hash table.
    let at = this.#readers.indexOf(reader);
    if (at < 0) {
      at = this.#readers.push(reader) - 1;
      this.#read.push(new Remembered<unknown>(reader));
    }
    return this.#read[at] as Remembered<V>;
  }
}
