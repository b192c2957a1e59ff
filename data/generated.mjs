// What the generators share: reading an installed package, packing text, and writing or, with --check, comparing.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { deflateSync, strToU8 } from 'fflate';

const require = createRequire(import.meta.url);
/** The folder of an installed package, with a slash at its end. */
export const folderOf = (name) => require.resolve(name).replace(new RegExp(`(${name})[\\\\/].*$`), '$1/');
export const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** ASCII text → base64 of its raw deflate stream. By fflate, whose output is the same on every machine; zlib's is not. */
export function packed(text) {
  if (/[^\t\n\x20-\x7e]/.test(text)) throw new Error('not plain ASCII');
  return Buffer.from(deflateSync(strToU8(text), { level: 9, mem: 12 })).toString('base64');
}

export function emit(name, text) {
  const file = new URL(name, import.meta.url);
  if (process.argv.includes('--check')) {
    if (readFileSync(file, 'utf8') !== text) throw new Error(`data/${name} differs: run npm run generate`);
  } else writeFileSync(file, text);
}
