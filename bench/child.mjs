// One contestant on one workload, in a process of its own. Does what the parent asks, one task at a time.
import { contestants } from './contestants.mjs';
import { restore } from './workloads.mjs';

const [, , name, path] = process.argv;
let contestant;
let count;
/** Where in the list of requests the next turn goes on. */
let at = 0;
/** Something that comes of every answer, so that none of them is optimized away. */
let sum = 0;

const cpu = (since) => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) * 1_000;
};

async function decide(n) {
  const { run, waits } = contestant;
  for (let i = 0; i < n; i++) {
    const answer = waits ? await run(at) : run(at);
    if (answer) sum++;
    if (++at === count) at = 0;
  }
}
/** The same without a promise, for those that answer at once. */
function decideAtOnce(n) {
  const { run } = contestant;
  for (let i = 0; i < n; i++) {
    if (run(at)) sum++;
    if (++at === count) at = 0;
  }
}

/** CPU nanoseconds a decision over `n` decisions. */
async function measured(n) {
  const since = process.cpuUsage();
  if (contestant.waits) await decide(n);
  else decideAtOnce(n);
  return cpu(since) / n;
}

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

const tasks = {
  async prepare() {
    const workload = restore(path);
    count = workload.requests.length;
    contestant = await contestants[name].make(workload);
    const { missing, note } = contestant;
    return { missing, note };
  },
  /** As many decisions as the time allows, for the comparison; a few at least, unless they take very long. */
  async decisions({ milliseconds, longest, all }) {
    const found = [];
    const start = performance.now();
    let last = 0;
    while (found.length < count) {
      const spent = performance.now() - start;
      // The first one is not typical: it compiles what the others only run.
      const patience = found.length === 1 ? 5 * longest : found.length < 6 ? longest : milliseconds;
      if (!all && found.length > 0 && spent > patience) break;
      const since = process.cpuUsage();
      found.push(await contestant.decision(found.length));
      last = cpu(since);
    }
    return { decisions: found, nanoseconds: last };
  },
  /** Runs for so much CPU time, twice as long when not everything was asked three times by then; says what a decision cost. */
  async warmUp({ milliseconds }) {
    const since = process.cpuUsage();
    let n = 1;
    let last = 0;
    let done = 0;
    do {
      last = await measured(n);
      done += n;
      if (last * n < 20e6) n *= 2;
    } while (cpu(since) < (done < 3 * count ? 2 : 1) * milliseconds * 1e6);
    return { nanoseconds: last };
  },
  async turn({ decisions }) {
    return { nanoseconds: await measured(decisions) };
  },
  /** Each request by itself: repeated until it can be timed, and the best of some tries. */
  async latency() {
    const { run } = contestant;
    const each = [];
    // Long enough for the clock, at the pace of a decision.
    const repeats = Math.max(1, Math.min(64, Math.ceil(20_000 / (await measured(count)))));
    for (let i = 0; i < count; i++) {
      let best = Number.POSITIVE_INFINITY;
      for (let tries = 0; tries < 7; tries++) {
        const start = process.hrtime.bigint();
        for (let j = 0; j < repeats; j++) if (run(i)) sum++;
        best = Math.min(best, Number(process.hrtime.bigint() - start) / repeats);
      }
      each.push(best);
    }
    each.sort((a, b) => a - b);
    return { p50: median(each), p99: each[Math.floor(each.length * 0.99)], worst: each.at(-1) };
  },
};

process.on('message', async ({ task, ...options }) => {
  try {
    process.send({ ...(await tasks[task](options)), sum });
  } catch (error) {
    process.send({ error: error.stack ?? String(error) });
  }
});
