import type { PoliciesInput } from '../policy/document.js';
import { sharedTagKey, sourceKey } from '../request/derive.js';
import { asciiLower } from '../value/ascii.js';

/**
 * Whether policies may ask for a condition key, in a condition or a variable: only then does it matter that it is not known. Told from
 * their text, where a key that is asked for stands as it is but for its letter case; it may say yes where nothing asks.
 */
export class Mentions {
  readonly #policies: Set<unknown>;
  readonly #known = new Map<string, boolean>();
  #text: string | undefined;

  constructor(all: Iterable<PoliciesInput>) {
    // Most documents are attached to many callers.
    const found = new Set<unknown>();
    for (const policies of all) for (const one of Object.values(policies).flat(2)) found.add(one);
    this.#policies = found;
  }

  of(key: string): boolean {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = this.#search(sharedTagKey(sourceKey(asciiLower(key))));
    this.#known.set(key, found);
    return found;
  }

  #search(key: string): boolean {
    this.#text ??= textOf(this.#policies);
    if (this.#text === undefined || spellsOtherwise(this.#text)) return true;
    // What JSON may write in another way, and what lower-casing a whole text changes where that of a key does not.
    if (/[^ !#-[\]-~]/.test(key)) return true;
    // What services call follows from the chain of them too.
    if (key === 'aws:calledvia') return /aws:(?:calledvia|viaawsservice)/.test(this.#text);
    // A tag of the resource is asked for by keys of its service too.
    if (key.startsWith('aws:resourcetag/')) return /(?<!aws:principal|aws:request)tag\//.test(this.#text);
    // All keys behind a slash.
    return this.#text.includes(key.endsWith('/*') ? key.slice(0, -1) : key);
  }
}

/** Of JSON with documents in it that are text themselves: these may spell any letter as a number, and a slash with one before it. */
export const spellsOtherwise = (json: string): boolean => /\\\\+(?:u[\da-f]|\/)/.test(json);

/**
 * The text of those that ask for any key at all; the others would only be kept. Undefined for what is no plain data, which is refused
 * where it is read.
 */
function textOf(policies: Iterable<unknown>): string | undefined {
  try {
    return [...policies]
      .map((one) => String(JSON.stringify(one)).toLowerCase())
      .filter((text) => /condition|\$\{|\\u/.test(text))
      .join('\n');
  } catch {
    return undefined;
  }
}
