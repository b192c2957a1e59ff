// The other library, as a black box: only what its README and its types document is called.

const words = { Allowed: 'allowed', ExplicitlyDenied: 'explicitDeny', ImplicitlyDenied: 'implicitDeny' };

/** A question in its words. Keys that iam-verdict derives from the request have to be written out. */
export function translate({ request, policies }) {
  const { principal, action, resource, sourceIp, context } = request;
  const [, partition, , , account, session] = principal.arn.split(':');
  const named = (list, kind) => list.map((policy, i) => ({ name: `${kind}${i}`, policy }));
  const levels = (list = []) =>
    list.map((level, i) => ({ orgIdentifier: `level-${i}`, policies: named(level, 'p') }));
  const tags = Object.entries(principal.tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]);
  return {
    request: {
      principal: principal.arn,
      action,
      resource: { resource: resource.arn, accountId: resource.accountId },
      contextVariables: {
        'aws:PrincipalArn': `arn:${partition}:iam::${account}:role/${session.split('/')[1]}`,
        'aws:PrincipalAccount': account,
        'aws:SourceIp': sourceIp,
        ...Object.fromEntries(tags),
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

/** A function that answers translated questions, or why there is none. */
export async function load() {
  try {
    const { runSimulation } = await import('@cloud-copilot/iam-simulate');
    const manifest = await import('./package.json', { with: { type: 'json' } });
    const version = manifest.default.dependencies['@cloud-copilot/iam-simulate'];
    return {
      name: `@cloud-copilot/iam-simulate ${version}`,
      ask: async (simulation) => {
        const answer = await runSimulation(simulation, {});
        return answer.resultType === 'error' ? undefined : words[answer.overallResult];
      },
    };
  } catch (error) {
    return { missing: error.code ?? error.message };
  }
}
