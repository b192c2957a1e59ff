// Decisions per second, side by side within one run. See README.md.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { compile, evaluate, isIamError } from '../dist/index.js';
import { measureImport } from './import-time.mjs';
import { load, translate } from './other.mjs';
import { workloads } from './workloads.mjs';

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, seconds: { type: 'string', default: '5' } },
});
const seconds = Number(values.seconds);
if (!(seconds > 0)) throw new Error('--seconds takes a number above zero');

/** How many questions are compared with the other library. */
const compared = 200;

/** Takes turns, a slice each, so that whatever else the machine does hits everybody alike. */
async function measure(ways, questions) {
  const slices = 10;
  const budget = (seconds * 1000) / slices;
  const totals = ways.map(() => ({ decisions: 0, time: 0 }));
  for (const { ask } of ways) for (const question of questions.slice(0, 3)) await ask(question);
  for (let slice = 0; slice < slices; slice++) {
    for (const [i, { ask, waits }] of ways.entries()) {
      const total = totals[i];
      const start = performance.now();
      let elapsed = 0;
      do {
        const question = questions[total.decisions++ % questions.length];
        if (waits) await ask(question);
        else ask(question);
        elapsed = performance.now() - start;
      } while (elapsed < budget);
      total.time += elapsed;
    }
  }
  return totals.map(({ decisions, time }) => (decisions / time) * 1000);
}

async function agreement(questions, other) {
  const result = { asked: 0, notExpressible: 0, disagreements: [] };
  for (const { request, policies, simulation } of questions.slice(0, compared)) {
    result.asked++;
    const theirs = await other.ask(simulation);
    if (theirs === undefined) {
      result.notExpressible++;
      continue;
    }
    const ours = evaluate({ request, policies }).decision;
    if (ours !== theirs) {
      result.disagreements.push({ action: request.action, resource: request.resource.arn, ours, theirs });
    }
  }
  return result;
}

async function benchmark({ name, policySets, questions }, other) {
  const compiled = policySets.map((policies) => compile(policies));
  const prepared = questions.map((question) => ({
    ...question,
    compiled: compiled[question.set],
    simulation: translate(question),
  }));
  const ways = [
    { name: 'compiled once', ask: ({ compiled: once, request }) => once.evaluate(request) },
    {
      name: 'evaluate(), compiling each time',
      ask: ({ request, policies }) => evaluate({ request, policies }),
    },
    {
      name: 'explain(), compiled once',
      ask: ({ compiled: once, request }) => once.evaluate(request).explain(),
    },
  ];
  if (other.ask !== undefined)
    ways.push({ name: other.name, ask: (one) => other.ask(one.simulation), waits: true });
  const rates = await measure(ways, prepared);
  const decisions = {};
  for (const { compiled: once, request } of prepared) {
    const { decision } = once.evaluate(request);
    decisions[decision] = (decisions[decision] ?? 0) + 1;
  }
  return {
    name,
    questions: questions.length,
    decisions,
    rates: ways.map((way, i) => ({ way: way.name, perSecond: Math.round(rates[i] * 10) / 10 })),
    ...(other.ask === undefined ? {} : { agreement: await agreement(prepared, other) }),
  };
}

function print({ environment, importMilliseconds, other, results }) {
  console.log(`node ${environment.node}, ${environment.cpu} × ${environment.cores}, ${seconds} s a way`);
  console.log(
    `import of dist/index.js: ${importMilliseconds.toFixed(1)} ms (fresh processes, less a bare node)`,
  );
  if (other !== undefined)
    console.log(`The other library cannot be loaded (${other}); npm install in this folder.`);
  for (const { name, questions, decisions, rates, agreement: agreed } of results) {
    const counts = Object.entries(decisions).map(([word, count]) => `${count} ${word}`);
    console.log(`\n${name} (${questions} requests: ${counts.join(', ')})\n`);
    // The evaluation that compiles each time does what the other library does: it is the measure.
    const base = rates.at(-1).perSecond;
    const label = other === undefined ? 'times the other' : 'times the last';
    console.log(`  ${'way'.padEnd(40)}${'decisions/s'.padStart(14)}${label.padStart(18)}`);
    for (const { way, perSecond } of rates) {
      const ratio = perSecond / base;
      const shown = ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(2);
      console.log(`  ${way.padEnd(40)}${perSecond.toLocaleString('en').padStart(14)}${shown.padStart(18)}`);
    }
    if (agreed === undefined) continue;
    const { asked, notExpressible, disagreements } = agreed;
    console.log(`\n  same questions to both: ${asked}; refused by the other: ${notExpressible};`);
    console.log(`  disagreements: ${disagreements.length}`);
    for (const one of disagreements.slice(0, 5)) {
      console.log(`    ${one.action} on ${one.resource}: ${one.ours}, the other says ${one.theirs}`);
    }
  }
}

try {
  const other = await load();
  const results = [];
  for (const workload of workloads()) results.push(await benchmark(workload, other));
  const report = {
    environment: { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length },
    seconds,
    importMilliseconds: measureImport(),
    ...(other.ask === undefined ? { other: other.missing } : {}),
    results,
  };
  if (values.json) console.log(JSON.stringify(report, null, 2));
  else print(report);
} catch (error) {
  if (!isIamError(error)) throw error;
  console.error(`A question of the benchmark is malformed: ${error.message}`);
  process.exitCode = 1;
}
