// Compile time, the first decisions after it, and heap. Always in a fresh process: node --expose-gc.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { batch, batchEntry } from './contestant-verdict.mjs';
import { library } from './library.mjs';
import { restore } from './workloads.mjs';

const self = fileURLToPath(import.meta.url);
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

/** CPU and wall time of some work, in milliseconds. */
function clocked(work) {
  const start = performance.now();
  const since = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(since);
  return { value, wall: performance.now() - start, cpu: (user + system) / 1_000 };
}

const used = () => {
  for (let i = 0; i < 4; i++) globalThis.gc();
  return process.memoryUsage().heapUsed;
};

const compileAll = ({ policySets }) => policySets.map((policies) => library.compile(policies));
const decideAll = ({ requests, setOf }, compiled) => {
  let allowed = 0;
  requests.forEach((request, i) => {
    if (compiled[setOf[i]].evaluate(request).allowed) allowed++;
  });
  return allowed;
};

const measures = {
  /** First in a process that never compiled anything, then again and again. */
  compile(workload) {
    const cold = clocked(() => compileAll(workload));
    const first = clocked(() => cold.value[workload.setOf[0]].evaluate(workload.requests[0]).allowed);
    const pass = clocked(() => decideAll(workload, cold.value));
    const again = [];
    const firstAgain = [];
    const start = performance.now();
    for (let i = 0; i < 3 || performance.now() - start < (i < 7 ? 2_500 : 400); i++) {
      const warm = clocked(() => compileAll(workload));
      again.push(warm.cpu);
      const asked = process.hrtime.bigint();
      warm.value[workload.setOf[0]].evaluate(workload.requests[0]);
      firstAgain.push(Number(process.hrtime.bigint() - asked) / 1_000);
    }
    return {
      coldMilliseconds: cold.cpu,
      coldWallMilliseconds: cold.wall,
      // The later half: a small set has to be compiled some hundred times until its code is optimized.
      warmMilliseconds: median(again.slice(again.length >> 1)),
      firstDecisionColdMicroseconds: first.wall * 1_000,
      firstDecisionMicroseconds: median(firstAgain.slice(firstAgain.length >> 1)),
      firstPassMilliseconds: pass.cpu,
    };
  },
  /** What compiled policies hold, beside the documents themselves, which belong to the caller. */
  heap(workload) {
    library.compile({ identityPolicies: [] });
    const before = used();
    const compiled = compileAll(workload);
    const after = used();
    decideAll(workload, compiled);
    const asked = used();
    return { bytes: after - before, bytesAfterDecisions: asked - before, compiled: compiled.length };
  },
  /** All principals × all questions: from the input to every answer, and further passes. */
  batch(workload) {
    const { prepare } = batch(workload);
    const { callers, questions } = workload.matrix;
    const answers = callers.length * questions.length;
    const { value: pass, ...prepared } = clocked(prepare);
    const first = clocked(pass);
    const wrong = disagreementsOf(workload, first.value);
    // Warmed up as long as every contestant is.
    const warm = performance.now();
    while (performance.now() - warm < 800) pass();
    const later = [];
    const start = performance.now();
    for (let i = 0; i < 7 && (i < 1 || performance.now() - start < 4_000); i++) later.push(clocked(pass).cpu);
    return {
      entry: batchEntry,
      answers,
      firstPassMilliseconds: prepared.cpu + first.cpu,
      firstPassWallMilliseconds: prepared.wall + first.wall,
      nanosecondsAnAnswer: (median(later) * 1e6) / answers,
      wrong,
      shares: countsOf(first.value.flat()),
    };
  },
};

/** Every seventh answer of the batch, asked again one by one. */
function disagreementsOf({ policySets, matrix: { callers, questions } }, answers) {
  let wrong = 0;
  for (let i = 0; i < callers.length; i += 7) {
    const compiled = library.compile(policySets[i]);
    questions.forEach((question, j) => {
      if (compiled.evaluate({ principal: callers[i], ...question }).decision !== answers[i][j]) wrong++;
    });
  }
  return wrong;
}

export function countsOf(decisions) {
  const counts = { allowed: 0, explicitDeny: 0, implicitDeny: 0 };
  for (const decision of decisions) counts[decision]++;
  return counts;
}

/** One measure in a fresh process. */
export const measureAlone = (measure, path) =>
  new Promise((resolve, reject) => {
    const child = fork(self, [measure, path], { execArgv: ['--expose-gc'] });
    let heard;
    child.on('message', (message) => {
      heard = message;
    });
    child.on('exit', (code) =>
      code === 0 ? resolve(heard) : reject(new Error(`${measure} failed (${code})`)),
    );
  });

/** Several times, each in a fresh process; of every number the median. */
export async function measureRepeatedly(measure, path, runs) {
  const found = [];
  for (let i = 0; i < runs; i++) found.push(await measureAlone(measure, path));
  return Object.fromEntries(
    Object.entries(found[0]).map(([key, value]) => [
      key,
      typeof value === 'number' ? median(found.map((one) => one[key])) : value,
    ]),
  );
}

if (process.argv[1] === self) {
  const [, , measure, path] = process.argv;
  process.send(measures[measure](restore(path)));
  process.disconnect();
}
