// What importing the library costs a fresh process.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { commonEntry, entry } from './library.mjs';

const timed = (load) =>
  `const start = performance.now(); ${load}; process.stdout.write(String(performance.now() - start));`;

const ways = {
  esm: ['--input-type=module', '-e', timed(`await import(${JSON.stringify(entry)})`)],
  cjs: ['-e', timed(`require(${JSON.stringify(fileURLToPath(commonEntry))})`)],
};

/**
 * Milliseconds, best and median of fresh processes, both ways in turns. The clock runs inside, around the import alone: the
 * start of a process takes longer than that, and swings more.
 */
export function measureImport(runs = 21) {
  const times = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
  for (let run = 0; run <= runs; run++) {
    for (const [way, args] of Object.entries(ways)) {
      const taken = Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
      // The first round warms the file cache.
      if (run > 0) times[way].push(taken);
    }
  }
  const summary = (list) => {
    list.sort((a, b) => a - b);
    return { best: list[0], median: list[runs >> 1] };
  };
  return { runs, esm: summary(times.esm), cjs: summary(times.cjs) };
}
