import { inflateSync, strFromU8, strToU8 } from 'fflate';

// A global of browsers, workers, Node, Deno and Bun alike.
declare const atob: (text: string) => string;

/** Base64 of a raw deflate stream of ASCII text → the text. Generated data travels so. */
export function inflate(packed: string): string {
  return strFromU8(inflateSync(strToU8(atob(packed), true)), true);
}
