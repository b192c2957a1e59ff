// All workloads, made from fixed seeds: the same on every machine and in every run.
import { readFileSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { fleet } from './workload-fleet.mjs';
import { landscape } from './workload-landscape.mjs';
import { adversarial } from './workload-patterns.mjs';
import { large, small } from './workload-roles.mjs';
import { attributes } from './workload-tags.mjs';

const makers = {
  W1: small,
  W2: large,
  W3: (decide) => landscape(100, decide, 'W3'),
  W4: (decide) => landscape(1_000, decide, 'W4'),
  W5: attributes,
  W6a: (decide) => adversarial('W6a', { stars: 3, length: 40 }, decide),
  W6b: (decide) => adversarial('W6b', { stars: 16, length: 700 }, decide),
  W7: fleet,
};

export const workloadNames = Object.keys(makers);

/** The sizes between W1, W3 and W4, for the picture. */
export const seriesNames = ['S1', 'S3', 'S10', 'S30', 'S300'];

/** `compile` is the library's: which requests are asked follows from its answers. */
export function makeWorkload(name, compile) {
  const make = makers[name] ?? ((decide) => landscape(Number(name.slice(1)), decide, name));
  const decide = (policySets) => {
    const compiled = policySets.map((policies) => compile(policies));
    return ([request, set]) => compiled[set].evaluate(request).decision;
  };
  return withCounts(make(decide));
}

function withCounts(workload) {
  const sizes = workload.policySets.map(statementCount);
  return {
    ...workload,
    statements: Math.round(sizes.reduce((a, b) => a + b, 0) / sizes.length),
    largest: Math.max(...sizes),
  };
}

const statementCount = (policies) =>
  Object.values(policies)
    .flat(2)
    .reduce((sum, { Statement }) => sum + Statement.length, 0);

/** The questions in the format of the conformance cases. */
export const questionsOf = ({ requests, setOf, policySets }) =>
  requests.map((request, i) => ({ request, policies: policySets[setOf[i]] }));

/** As bytes, because every contestant has a process of its own; documents that are shared stay so. */
export const save = (workload, path) => writeFileSync(path, serialize(workload));

export function restore(path) {
  const workload = deserialize(readFileSync(path));
  // Every request is an object of its own, as if it had just come in: no contestant may know it by its parts.
  return { ...workload, requests: JSON.parse(JSON.stringify(workload.requests)) };
}
