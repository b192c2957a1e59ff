// What is aimed at. The ratios are what counts: they are taken within one run on one machine.

/** Nanoseconds a decision; at most this many times the floor; at least this many times as quick as iam-simulate. */
export const decisionGoals = {
  W1: { nanoseconds: 200, floor: 3, simulate: 1_500 },
  W2: { nanoseconds: 400, floor: 6, simulate: 6_000 },
  W3: { nanoseconds: 500, floor: 6, simulate: 80_000 },
  W4: { nanoseconds: 1_000, floor: 8, simulate: 300_000 },
  W5: { nanoseconds: 800, floor: 30, simulate: 3_500 },
  W6a: { nanoseconds: 3_000 },
  W6b: { nanoseconds: 4_000 },
  W7: { nanoseconds: 150, floor: 1, simulate: 6_000 },
};

/** [what, how it is written, the most it may be, how to find it in a report] */
export const otherGoals = [
  ['W4 : W1, compiled', (n) => `${n.toFixed(1)} ×`, 6, (r) => ratio(r, 'W4', 'W1', 'compiled')],
  ['compile, W4, first time in a process', milliseconds, 250, (r) => r.compile?.W4?.coldMilliseconds],
  ['compile, W4, again', milliseconds, 250, (r) => r.compile?.W4?.warmMilliseconds],
  [
    'compile a statement, W4, first time',
    micro,
    12,
    (r) => each(r.compile?.W4?.coldMilliseconds * 1_000, r, 'W4'),
  ],
  [
    'compile a statement, W1, again',
    micro,
    12,
    (r) => each(r.compile?.W1?.warmMilliseconds * 1_000, r, 'W1'),
  ],
  ['heap a statement, W4, after compile', bytes, 1_100, (r) => each(r.heap?.W4?.bytes, r, 'W4')],
  [
    'heap a statement, W4, after 1,200 decisions',
    bytes,
    1_100,
    (r) => each(r.heap?.W4?.bytesAfterDecisions, r, 'W4'),
  ],
  ['one-shot evaluate, W1', micro, 20, (r) => r.workloads.W1?.results.oneShot?.nanoseconds / 1e3],
  ['one-shot evaluate, W2', micro, 300, (r) => r.workloads.W2?.results.oneShot?.nanoseconds / 1e3],
  ...['W1', 'W2', 'W3'].map((name) => [
    `p99 : p50, ${name}`,
    times,
    6,
    (r) =>
      r.workloads[name]?.results.compiled.latency?.p99 / r.workloads[name]?.results.compiled.latency?.p50,
  ]),
  ...['W1', 'W2', 'W3'].map((name) => [
    `explain({ deciding }) : decide, ${name}`,
    times,
    3,
    (r) => r.workloads[name]?.results.brief?.nanoseconds / r.workloads[name]?.results.compiled.nanoseconds,
  ]),
  ['W7, first pass of 200,000 answers', milliseconds, 150, (r) => r.batch?.firstPassMilliseconds],
  ['core, gzipped', (n) => `${(n / 1024).toFixed(1)} kB`, 30 * 1024, (r) => r.bundleBytes],
];

/** Told without a goal. */
export const otherNumbers = [
  [
    'first decision after compile, W1, in a new process',
    micro,
    (r) => r.compile?.W1?.firstDecisionColdMicroseconds,
  ],
  ['first decision after compile, W1', micro, (r) => r.compile?.W1?.firstDecisionMicroseconds],
  ['first decision after compile, W4', micro, (r) => r.compile?.W4?.firstDecisionMicroseconds],
  ['first pass of 1,200 requests, W4', milliseconds, (r) => r.compile?.W4?.firstPassMilliseconds],
  [
    'heap of 1,000 policies (W4)',
    (n) => `${(n / 2 ** 20).toFixed(1)} MB`,
    (r) => r.heap?.W4?.bytesAfterDecisions,
  ],
  [
    'heap of 1,000 principals (W7)',
    (n) => `${(n / 2 ** 20).toFixed(1)} MB`,
    (r) => r.heap?.W7?.bytesAfterDecisions,
  ],
  ['import, ESM, best / median', pair, (r) => r.import?.esm],
  ['import, CommonJS, best / median', pair, (r) => r.import?.cjs],
];

function milliseconds(n) {
  return `${n.toFixed(n < 10 ? 1 : 0)} ms`;
}
function micro(n) {
  return `${n.toFixed(n < 100 ? 1 : 0)} µs`;
}
function bytes(n) {
  return `${n.toFixed(0)} B`;
}
function times(n) {
  return `${n.toFixed(1)} ×`;
}
function pair({ best, median }) {
  return `${best.toFixed(1)} / ${median.toFixed(1)} ms`;
}
function each(total, report, name) {
  return total / report.workloads[name]?.statements;
}
function ratio({ workloads }, a, b, name) {
  return workloads[a]?.results[name].nanoseconds / workloads[b]?.results[name].nanoseconds;
}
