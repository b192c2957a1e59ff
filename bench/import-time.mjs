// What importing the library adds to a fresh process.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { commonEntry, entry } from './library.mjs';

const ways = {
  'ESM, nothing': ['--input-type=module', '-e', 'await 0'],
  ESM: ['--input-type=module', '-e', `await import(${JSON.stringify(entry)})`],
  'CommonJS, nothing': ['-e', '0'],
  CommonJS: ['-e', `require(${JSON.stringify(fileURLToPath(commonEntry))})`],
};

/** Best and median of fresh processes that import it, less those of processes that do not; all ways in turns. */
export function measureImport(runs = 21) {
  const times = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
  for (let run = 0; run <= runs; run++) {
    for (const [way, args] of Object.entries(ways)) {
      const start = performance.now();
      execFileSync(process.execPath, args);
      // The first round warms the file cache.
      if (run > 0) times[way].push(performance.now() - start);
    }
  }
  const added = (way) => {
    const [full, bare] = [times[way], times[`${way}, nothing`]].map((list) => list.sort((a, b) => a - b));
    return { best: full[0] - bare[0], median: full[runs >> 1] - bare[runs >> 1] };
  };
  return { runs, esm: added('ESM'), cjs: added('CommonJS') };
}
