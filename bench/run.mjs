// The benchmark: what a decision costs, beside a floor and the peers, within one run. See README.md.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, tmpdir, type } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleSize } from './bundle-size.mjs';
import { contestants } from './contestants.mjs';
import { measureImport } from './import-time.mjs';
import { library } from './library.mjs';
import { countsOf, measureRepeatedly } from './measure-policies.mjs';
import { measureGrowth } from './pattern-growth.mjs';
import { pictureOf } from './picture.mjs';
import { asMarkdown, asText } from './report.mjs';
import { compete, labelOf } from './turns.mjs';
import { makeWorkload, save, seriesNames, workloadNames } from './workloads.mjs';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
});

/**
 * Milliseconds, but for the rounds and the numbers of fresh processes. `agreement`: for comparing answers, or up to
 * `longest` while they are fewer than six; `limit`: for all rounds of one contestant; `slowest`: whoever takes longer for
 * a decision is not asked again; `patience`: how long a peer may take to get ready, or to answer.
 */
const pace = values.quick
  ? {
      rounds: 5,
      slice: 12,
      warmUp: 250,
      agreement: 150,
      longest: 600,
      limit: 400,
      slowest: 80,
      patience: 5_000,
      fresh: 1,
      imports: 21,
    }
  : {
      rounds: 7,
      slice: 100,
      warmUp: 800,
      agreement: 2_000,
      longest: 15_000,
      limit: 8_000,
      slowest: 4_000,
      patience: 45_000,
      fresh: 3,
      imports: 41,
    };

const say = (text) => process.stderr.write(`${text}\n`);
const only = values.only === '' ? undefined : values.only.split(',');
const wanted = (name) => only === undefined || only.includes(name);

/** Differences that are understood: `reason` and `evidence` of every entry stand in disagreements.json. */
const known = JSON.parse(readFileSync(new URL('disagreements.json', import.meta.url), 'utf8'));
const explain = (one) => ({
  ...one,
  reason: known.find(
    ({ workload, contestant, action, ours, theirs }) =>
      workload === one.workload &&
      contestant === one.contestant &&
      (action === undefined || action === one.request.action) &&
      ours === one.ours &&
      theirs === one.theirs,
  )?.reason,
});

async function contest(name, folder, disagreements) {
  const start = performance.now();
  const path = join(folder, name);
  const workload = makeWorkload(name, library.compile);
  save(workload, path);
  const names = Object.keys(contestants);
  const latency = ['W1', 'W2', 'W3'].includes(name);
  const {
    results,
    disagreements: found,
    decisions,
  } = await compete(workload, path, names, { ...pace, latency });
  disagreements.push(...found.map(explain));
  delete results.compiled.decisions;
  const { title, statements, largest, requests } = workload;
  say(`${name.padEnd(5)}${((performance.now() - start) / 1e3).toFixed(1).padStart(6)} s  ${title}`);
  return { title, statements, largest, requests: requests.length, counts: countsOf(decisions), results };
}

/** Lines of the picture: who, and what a decision costs at each size. */
function seriesOf({ workloads, series }) {
  const sized = [workloads.W1, ...Object.values(series), workloads.W3, workloads.W4].filter(
    (one) => one !== undefined,
  );
  sized.sort((a, b) => a.statements - b.statements);
  return Object.keys(contestants).map((name) => ({
    label: labelOf(name),
    points: sized
      .filter(
        ({ results }) => results[name]?.nanoseconds !== undefined && results[name].missing === undefined,
      )
      .map(({ statements, results }) => [statements, results[name].nanoseconds]),
  }));
}

function write(report) {
  const readme = new URL('README.md', import.meta.url);
  const text = readFileSync(readme, 'utf8');
  const [begin, end] = ['<!-- table -->', '<!-- /table -->'];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error('README.md has lost its markers');
  writeFileSync(
    readme,
    `${text.slice(0, from + begin.length)}\n\n${asMarkdown(report)}\n\n${text.slice(to)}`,
  );
  const { cpu, cores, node } = report.environment;
  const caption = `${report.date}, node ${node}, ${cpu} × ${cores}`;
  writeFileSync(new URL('scaling.svg', import.meta.url), pictureOf(seriesOf(report), caption));
  say('wrote README.md and scaling.svg');
}

const folder = mkdtempSync(join(tmpdir(), 'iam-verdict-bench-'));
try {
  const disagreements = [];
  const report = {
    date: new Date().toISOString().slice(0, 10),
    quick: values.quick,
    environment: {
      node: process.version,
      cpu: cpus()[0]?.model ?? 'unknown processor',
      cores: cpus().length,
      system: `${type()} ${release()}`,
    },
    pace,
    workloads: {},
    series: {},
    compile: {},
    heap: {},
    disagreements,
  };
  for (const name of workloadNames.filter(wanted))
    report.workloads[name] = await contest(name, folder, disagreements);
  if (only === undefined && !values.quick)
    for (const name of seriesNames) report.series[name] = await contest(name, folder, disagreements);
  for (const name of ['W1', 'W2', 'W3', 'W4', 'W7'].filter(wanted)) {
    if (!(values.quick && name === 'W7'))
      report.compile[name] = await measureRepeatedly('compile', join(folder, name), pace.fresh);
    report.heap[name] = await measureRepeatedly('heap', join(folder, name), 1);
  }
  if (wanted('W7')) {
    report.batch = await measureRepeatedly('batch', join(folder, 'W7'), pace.fresh);
    if (report.batch.wrong > 0)
      throw new Error(`the batch differs from single decisions ${report.batch.wrong} times`);
    report.workloads.W7.counts = report.batch.shares;
  }
  say('compile, heap, batch');
  if (wanted('W6a')) report.growth = measureGrowth({ quick: values.quick });
  report.import = measureImport(pace.imports);
  report.bundleBytes = bundleSize();
  if (values.json) console.log(JSON.stringify(report, null, 2));
  else console.log(asText(report));
  const unexplained = disagreements.filter(({ reason }) => reason === undefined);
  if (unexplained.length > 0) {
    say(`${unexplained.length} disagreements without a reason in disagreements.json`);
    process.exitCode = 1;
  } else if (values.write) write(report);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
