// What a page would load: index.js and the files it imports, gzipped, as the test of the package counts it.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { dist } from './library.mjs';

const imported = /\b(?:from|import|require)\s?\(?["'](\.\/[^"']+)["']/g;

function loaded(name, seen = new Map()) {
  if (seen.has(name)) return seen;
  const text = readFileSync(new URL(name, dist), 'utf8');
  seen.set(name, text);
  for (const [, target] of text.matchAll(imported)) loaded(target.slice(2), seen);
  return seen;
}

/** Bytes. */
export const bundleSize = () => gzipSync([...loaded('index.js').values()].join('\n'), { level: 9 }).length;
