// Engine against reference interpreter, on random cases: npm run fuzz -- --seconds 60 | --runs 200000 [--seed N].
// With --partial, the laws of partial evaluation instead.
import fc from 'fast-check';
import { evaluate } from '../../src/index.js';
import { lawOfVariables } from '../partial/law-of-variables.js';
import { lawsOfHoles, lawsOfKeys, seen } from '../partial/laws.js';
import { referenceDecision } from '../reference/interpreter.js';
import { caseArbitrary } from './generate.js';

const flag = (name: string): number | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : Number(process.argv[at + 1]);
};
const seconds = flag('seconds');
const runs = flag('runs') ?? (seconds === undefined ? 20_000 : Number.MAX_SAFE_INTEGER);
const { SEED } = process.env;
const seed = flag('seed') ?? (SEED ? Number(SEED) : undefined) ?? Math.floor(Math.random() * 2 ** 31);
const laws = [...lawsOfKeys, ...lawsOfHoles, lawOfVariables];
const counts: Record<string, number> = { allowed: 0, explicitDeny: 0, implicitDeny: 0 };
const start = Date.now();
const chunk = 5_000;
let done = 0;

if (process.argv.includes('--partial')) fuzzLaws();

/** Each law for its share of the time, or for all the runs. */
function fuzzLaws(): never {
  for (const { name, property } of laws) {
    const began = Date.now();
    let asked = 0;
    while (asked < runs && (seconds === undefined || Date.now() - began < (seconds * 1000) / laws.length)) {
      const numRuns = Math.min(500, runs - asked);
      fc.assert(property, { numRuns, seed: seed + asked });
      asked += numRuns;
    }
    process.stdout.write(`${name}: ${asked} cases\n`);
  }
  const share = ((100 * seen.exactDepends) / Math.max(seen.depends, 1)).toFixed(2);
  process.stdout.write(
    `depends ${seen.depends} times, both sides found in ${share} %, not exact ${seen.inexact}, seed ${seed}\n`,
  );
  process.exit(0);
}

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
