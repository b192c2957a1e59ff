// The library as it is published: what `npm run build` leaves in dist.
import { pathToFileURL } from 'node:url';

/** BENCH_DIST names another folder, to measure a build that is not to be seen by others yet. */
export const dist =
  process.env.BENCH_DIST === undefined
    ? new URL('../dist/', import.meta.url)
    : pathToFileURL(`${process.env.BENCH_DIST}/`);

export const entry = new URL('index.js', dist).href;
export const commonEntry = new URL('index.cjs', dist);
export const library = await import(entry);
export const batchLibrary = await import(new URL('batch.js', dist).href);
