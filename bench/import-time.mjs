import { execFileSync } from 'node:child_process';

const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
const entry = JSON.stringify(new URL('../dist/index.js', import.meta.url).href);

/** Milliseconds that importing the library adds to a fresh process; medians, taken in turns. */
export function measureImport(runs = 15) {
  const time = (code) => {
    const start = performance.now();
    execFileSync(process.execPath, ['--input-type=module', '-e', code]);
    return performance.now() - start;
  };
  const bare = [];
  const full = [];
  for (let i = 0; i < runs; i++) {
    bare.push(time('await 0'));
    full.push(time(`await import(${entry})`));
  }
  return median(full) - median(bare);
}
