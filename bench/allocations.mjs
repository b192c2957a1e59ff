// Bytes of heap that a decision leaves behind. Run: node --expose-gc bench/allocations.mjs [--json]
import { library } from './library.mjs';
import { makeWorkload } from './workloads.mjs';

if (globalThis.gc === undefined) {
  console.error('run with: node --expose-gc bench/allocations.mjs');
  process.exit(2);
}

/** So few that the young generation is not collected in between: a collection would hide what was allocated. */
const decisions = 150;
const samples = 64;

/** Heap growth of a run of decisions; the median of many, after warm-up. A negative one means that a collection came. */
function bytesADecision({ requests, setOf, policySets }, finish) {
  const compiled = policySets.map((policies) => library.compile(policies));
  const asked = setOf.map((set) => compiled[set]);
  let sum = 0;
  let at = 0;
  const run = () => {
    for (let i = 0; i < decisions; i++) {
      if (finish(asked[at].evaluate(requests[at]))) sum++;
      at = (at + 1) % requests.length;
    }
  };
  for (let i = 0; i < 400; i++) run();
  const grown = [];
  for (let sample = 0; sample < samples; sample++) {
    globalThis.gc();
    const before = process.memoryUsage().heapUsed;
    run();
    const after = process.memoryUsage().heapUsed;
    if (after >= before) grown.push((after - before) / decisions);
  }
  grown.sort((a, b) => a - b);
  return {
    bytes: Math.round(grown[grown.length >> 1]),
    least: Math.round(grown[0]),
    samples: grown.length,
    sum,
  };
}

const rows = ['W1', 'W2', 'W3'].map((name) => {
  const workload = makeWorkload(name, library.compile);
  return {
    workload: name,
    decide: bytesADecision(workload, ({ allowed }) => allowed),
    decidedBy: bytesADecision(workload, ({ decidedBy }) => decidedBy.rule.length > 0),
  };
});
if (process.argv.includes('--json')) console.log(JSON.stringify(rows, null, 2));
else
  for (const { workload, decide, decidedBy } of rows)
    console.log(
      `${workload}: ${decide.bytes} bytes a decision (least ${decide.least}), with decidedBy read ${decidedBy.bytes} (least ${decidedBy.least})`,
    );
