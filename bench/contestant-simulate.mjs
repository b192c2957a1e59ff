// @cloud-copilot/iam-simulate as a black box: only what its README says and its entry exports is called.

const words = { Allowed: 'allowed', ExplicitlyDenied: 'explicitDeny', ImplicitlyDenied: 'implicitDeny' };

/** A question in its words. Keys that iam-verdict derives from the request have to be written out. */
export function translate({ request, policies }) {
  const { principal, action, resource, sourceIp, context } = request;
  const [, partition, , , account, entity] = principal.arn.split(':');
  const user = entity.startsWith('user/');
  const named = (list, kind) => list.map((policy, i) => ({ name: `${kind}${i}`, policy }));
  const levels = (list = []) =>
    list.map((level, i) => ({ orgIdentifier: `level-${i}`, policies: named(level, 'p') }));
  const keys = (prefix, tags = {}) => Object.entries(tags).map(([key, value]) => [`${prefix}/${key}`, value]);
  return {
    request: {
      principal: principal.arn,
      action,
      resource: { resource: resource.arn, accountId: resource.accountId },
      contextVariables: {
        'aws:PrincipalArn': user
          ? principal.arn
          : `arn:${partition}:iam::${account}:role/${entity.split('/')[1]}`,
        'aws:PrincipalAccount': account,
        ...(user ? { 'aws:username': entity.split('/').at(-1) } : {}),
        ...(sourceIp === undefined ? {} : { 'aws:SourceIp': sourceIp }),
        ...Object.fromEntries(keys('aws:PrincipalTag', principal.tags)),
        ...Object.fromEntries(keys('aws:ResourceTag', resource.tags)),
        ...context,
      },
    },
    identityPolicies: named(policies.identityPolicies ?? [], 'identity'),
    serviceControlPolicies: levels(policies.serviceControlPolicies),
    resourceControlPolicies: levels(policies.resourceControlPolicies),
    ...(policies.permissionsBoundary === undefined
      ? {}
      : { permissionBoundaryPolicies: named([policies.permissionsBoundary], 'boundary') }),
    ...(policies.resourcePolicy === undefined ? {} : { resourcePolicy: policies.resourcePolicy }),
  };
}

const load = () =>
  import('@cloud-copilot/iam-simulate').catch((error) => ({ missing: error.code ?? error.message }));

const questions = ({ requests, setOf, policySets }) =>
  requests.map((request, i) => translate({ request, policies: policySets[setOf[i]] }));

/** `runSimulation`, which its README shows: it checks policies and request, as `compile` and `evaluate` do. */
export async function simulateChecked(workload) {
  const { missing, runSimulation } = await load();
  if (missing !== undefined) return { missing };
  const simulations = questions(workload);
  const ask = (i) => runSimulation(simulations[i], {});
  return {
    note: 'runSimulation',
    waits: true,
    run: async (i) => (await ask(i)).overallResult === 'Allowed',
    decision: async (i) => words[(await ask(i)).overallResult],
  };
}

/**
 * The fastest entry that it exports and that takes the question: `runUnsafeSimulation` skips the checks of policies and
 * request and answers at once; it throws when there is a resource policy, and then it is `runSimulation`.
 */
export async function simulate(workload) {
  if (workload.policySets.some(({ resourcePolicy }) => resourcePolicy !== undefined))
    return simulateChecked(workload);
  const { missing, runUnsafeSimulation } = await load();
  if (missing !== undefined) return { missing };
  const simulations = questions(workload);
  return {
    note: 'runUnsafeSimulation',
    run: (i) => runUnsafeSimulation(simulations[i], {}) === 'Allowed',
    decision: (i) => words[runUnsafeSimulation(simulations[i], {})],
  };
}
