/** Who takes part, in the order of the table. A contestant is made in a process of its own. */
export const contestants = {
  floor: {
    label: 'floor',
    make: async (workload) => (await import('./contestant-floor.mjs')).floor(workload),
  },
  compiled: { label: 'iam-verdict, compiled', make: verdict('compiled') },
  parsed: { label: 'iam-verdict, request parsed before', make: verdict('parsed') },
  brief: { label: 'iam-verdict, explain({ deciding })', make: verdict('explainedBriefly') },
  explain: { label: 'iam-verdict, explain()', make: verdict('explained') },
  oneShot: { label: 'iam-verdict, one-shot evaluate', make: verdict('oneShot') },
  simulate: {
    label: '@cloud-copilot/iam-simulate',
    peer: true,
    make: async (workload) => (await import('./contestant-simulate.mjs')).simulate(workload),
  },
  checked: {
    label: '@cloud-copilot/iam-simulate, with its checks',
    peer: true,
    make: async (workload) => (await import('./contestant-simulate.mjs')).simulateChecked(workload),
  },
  cedar: {
    label: '@cedar-policy/cedar-wasm',
    peer: true,
    make: async (workload) => (await import('./contestant-cedar.mjs')).cedar(workload),
  },
};

function verdict(way) {
  return async (workload) => (await import('./contestant-verdict.mjs'))[way](workload);
}
