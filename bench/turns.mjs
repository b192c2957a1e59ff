// Processes that take turns: everybody prepares, then A, B, C, A, B, C …, so that what else the machine does hits all alike.
import { fork } from 'node:child_process';
import { contestants } from './contestants.mjs';

const script = new URL('child.mjs', import.meta.url);

/** A contestant in a fresh process. `ask` answers undefined when it takes too long; the process is ended then. */
function start(name, path) {
  const child = fork(script, [name, path], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  const ask = (task, options = {}, patience = 300_000) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        finish(resolve, undefined);
      }, patience);
      const finish = (settle, value) => {
        clearTimeout(timer);
        child.removeListener('message', heard);
        child.removeListener('exit', left);
        settle(value);
      };
      const heard = (message) =>
        message.error === undefined
          ? finish(resolve, message)
          : finish(reject, new Error(`${name}: ${message.error}`));
      const left = (code, signal) => finish(reject, new Error(`${name} ended early (${code ?? signal})`));
      child.on('message', heard);
      child.on('exit', left);
      child.send({ task, ...options });
    });
  return { name, ask, end: () => child.kill('SIGKILL') };
}

export const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

/** Two at a time: as many as there are cores; nothing is timed meanwhile. */
async function twoAtATime(list, work) {
  const waiting = [...list];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
  };
  await Promise.all([worker(), worker()]);
}

/** Reading ten thousands of statements may take longer; a pattern that takes so long is not going to end. */
const patienceFor = ({ statements }, { patience }) => (statements > 10_000 ? 4 : 1) * patience;

/**
 * All contestants on one workload. First they answer the same questions, then they are timed.
 * @returns by name `{ nanoseconds, rounds, compared, note }` or `{ missing }`, and the disagreements
 */
export async function compete(workload, path, names, pace) {
  const results = {};
  const disagreements = [];
  const running = [];
  let expected;
  try {
    await twoAtATime(names, async (name) => {
      const one = start(name, path);
      running.push(one);
      const patience = contestants[name].peer ? patienceFor(workload, pace) : undefined;
      const ready = await one.ask('prepare', {}, patience);
      if (ready === undefined) results[name] = { missing: `is not ready after ${patience / 1_000} s` };
      else if (ready.missing !== undefined) results[name] = { missing: ready.missing };
      else {
        results[name] = { note: ready.note };
        if (name === 'floor') return;
        const answered = await one.ask(
          'decisions',
          { milliseconds: pace.agreement, longest: pace.longest, all: name === 'compiled' },
          patience,
        );
        if (answered === undefined)
          results[name] = { missing: `no decision within ${patience / 1_000} s`, gaveUp: patience };
        else results[name] = { ...results[name], ...answered };
      }
    });
    expected = results.compiled.decisions;
    for (const name of names) {
      const { decisions } = results[name];
      if (decisions === undefined) continue;
      decisions.forEach((theirs, i) => {
        if (theirs === expected[i] || expected[i] === undefined) return;
        disagreements.push({
          workload: workload.name,
          contestant: name,
          index: i,
          request: workload.requests[i],
          ours: expected[i],
          theirs,
        });
      });
      results[name].compared = decisions.length;
      if (name !== 'compiled') delete results[name].decisions;
    }
    const order = names
      .map((name) => running.find((one) => one.name === name))
      .filter((one) => results[one.name].missing === undefined);
    await time(order, results, pace);
    const fast = running.find(({ name }) => name === 'compiled');
    if (pace.latency) results.compiled.latency = await fast.ask('latency');
  } finally {
    for (const one of running) one.end();
  }
  const inOrder = Object.fromEntries(names.map((name) => [name, results[name]]));
  return { results: inOrder, disagreements, decisions: expected };
}

async function time(order, results, pace) {
  const plan = [];
  for (const one of order) {
    const result = results[one.name];
    // So slow that the answers given above have to do: what they cost was taken down.
    if (result.nanoseconds > pace.slowest * 1e6) {
      result.rounds = 0;
      continue;
    }
    const { nanoseconds } = await one.ask('warmUp', { milliseconds: pace.warmUp });
    plan.push({
      one,
      decisions: Math.max(1, Math.ceil((pace.slice * 1e6) / nanoseconds)),
      rounds: Math.max(1, Math.min(pace.rounds, Math.floor((pace.limit * 1e6) / nanoseconds))),
      times: [],
    });
  }
  for (let round = 0; round < pace.rounds; round++) {
    for (const entry of plan) {
      if (round >= entry.rounds) continue;
      entry.times.push((await entry.one.ask('turn', { decisions: entry.decisions })).nanoseconds);
    }
  }
  for (const { one, times, decisions } of plan) {
    Object.assign(results[one.name], {
      nanoseconds: median(times),
      best: Math.min(...times),
      rounds: times.length,
      decisionsInATurn: decisions,
    });
  }
}

export const labelOf = (name) => contestants[name].label;
