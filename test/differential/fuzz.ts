// Engine against reference interpreter, on random cases. npm run fuzz -- --seconds 60 | --runs 200000 [--seed N]
import fc from 'fast-check';
import { evaluate } from '../../src/index.js';
import { referenceDecision } from '../reference/interpreter.js';
import { caseArbitrary } from './generate.js';

const flag = (name: string): number | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : Number(process.argv[at + 1]);
};
const seconds = flag('seconds');
const runs = flag('runs') ?? (seconds === undefined ? 20_000 : Number.MAX_SAFE_INTEGER);
const seed = flag('seed') ?? Math.floor(Math.random() * 2 ** 31);
const counts: Record<string, number> = { allowed: 0, explicitDeny: 0, implicitDeny: 0 };
const start = Date.now();
const chunk = 5_000;
let done = 0;

while (done < runs && (seconds === undefined || Date.now() - start < seconds * 1000)) {
  const numRuns = Math.min(chunk, runs - done);
  const result = fc.check(
    fc.property(caseArbitrary, (input) => {
      const wanted = referenceDecision(input);
      counts[wanted] = (counts[wanted] ?? 0) + 1;
      return evaluate(input).decision === wanted;
    }),
    { numRuns, seed: seed + done },
  );
  if (result.failed) {
    const [input] = result.counterexample!;
    process.stdout.write(`disagreement (--seed ${seed + done}), a case to paste:\n`);
    process.stdout.write(
      `${JSON.stringify({ name: 'found by fuzzing', ...input, expect: { decision: referenceDecision(input) } }, null, 2)}\n`,
    );
    process.stdout.write(`the engine answers ${answer(input)}\n`);
    process.exit(1);
  }
  done += numRuns;
  if (process.stderr.isTTY) process.stderr.write(`\r${done} cases`);
}

function answer(input: Parameters<typeof evaluate>[0]): string {
  try {
    return evaluate(input).decision;
  } catch (error) {
    return String(error);
  }
}
const share = Object.entries(counts)
  .map(([decision, count]) => `${decision} ${((100 * count) / done).toFixed(1)} %`)
  .join(', ');
process.stdout.write(
  `${done} cases, 0 disagreements (${share}), ${((Date.now() - start) / 1000).toFixed(1)} s, seed ${seed}\n`,
);
