// @cedar-policy/cedar-wasm, with the same policies written in Cedar: parsed once, then asked by name (stateful).

const quote = (text) => JSON.stringify(text);
const list = (value) => (Array.isArray(value) ? value : [value]);
const any = (parts) => (parts.length === 1 ? parts[0] : `(${parts.join(' || ')})`);
const all = (parts) => (parts.length === 0 ? 'true' : parts.join(' && '));

class NotExpressible extends Error {}

/** Key, values → an expression. Only the operators that the workloads use. */
const operators = {
  StringEquals: (key, values) => any(values.map((value) => `${key} == ${quote(value)}`)),
  StringNotEquals: (key, values) => `!${any(values.map((value) => `${key} == ${quote(value)}`))}`,
  StringLike: (key, values) => any(values.map((value) => `${key} like ${quote(value)}`)),
  Bool: (key, values) => any(values.map((value) => `${key} == ${quote(value)}`)),
  IpAddress: (key, values) => any(values.map((value) => `${key}.isInRange(ip(${quote(value)}))`)),
  NotIpAddress: (key, values) => `!${any(values.map((value) => `${key}.isInRange(ip(${quote(value)}))`))}`,
};

function conditionsOf({ Condition = {} }) {
  return Object.entries(Condition).flatMap(([operator, lines]) =>
    Object.entries(lines).map(([key, values]) => {
      const write = operators[operator];
      if (write === undefined) throw new NotExpressible(`operator ${operator}`);
      if (list(values).some((value) => value.includes('${')))
        throw new NotExpressible('policy variables inside patterns');
      const present = `context has ${quote(key)}`;
      const test = write(`context[${quote(key)}]`, list(values));
      return operator.includes('Not') ? `(!(${present}) || ${test})` : `(${present} && ${test})`;
    }),
  );
}

const action = (name) => `Action::${quote(name)}`;
const actionTest = (names) =>
  names.length === 1 && !names[0].includes('*')
    ? `action == ${action(names[0])}`
    : `action in [${names.map(action)}]`;

/** A statement in two pieces: what stands in the head of a policy, and what follows `when`. */
function pieces(statement) {
  const { Action, NotAction, Resource = '*', Principal = '*' } = statement;
  const who = list(Principal === '*' ? '*' : Principal.AWS)[0];
  const account = /^arn:aws:iam::(\d+):root$/.exec(who)?.[1];
  const principal =
    who === '*'
      ? 'principal'
      : account
        ? `principal in Account::"${account}"`
        : `principal == Role::${quote(who)}`;
  const patterns = list(Resource);
  if (patterns.some((pattern) => pattern.includes('${')))
    throw new NotExpressible('policy variables inside patterns');
  const free = Action !== undefined && list(Action).includes('*');
  return {
    principal,
    action: NotAction !== undefined || free ? 'action' : actionTest(list(Action)),
    tests: [
      ...(NotAction === undefined ? [] : [`!(${actionTest(list(NotAction))})`]),
      ...(patterns.includes('*')
        ? []
        : [any(patterns.map((pattern) => `context.arn like ${quote(pattern)}`))]),
      ...conditionsOf(statement),
    ],
  };
}

function policy(effect, statement) {
  const { principal, action: what, tests } = pieces(statement);
  return `${effect}(${principal}, ${what}, resource)${tests.length === 0 ? '' : ` when { ${all(tests)} }`};`;
}

function expression(statement) {
  const { principal, action: what, tests } = pieces(statement);
  const heads = [principal, what].filter((text) => text.includes(' '));
  return `(${all([...heads, ...tests])})`;
}

const unlimited = ({ Effect, Action, Resource, Condition }) =>
  Effect === 'Allow' && Action === '*' && Resource === '*' && Condition === undefined;

/**
 * Kinds of policies that only limit become a `forbid … unless` of all their allows. Its name tells that such a denial is
 * an implicit one.
 */
function policiesInCedar(policies, crossAccount) {
  const written = {};
  let count = 0;
  const add = (kind, text) => {
    written[`${kind}-${count++}`] = text;
  };
  const denies = (statements) => {
    for (const one of statements) if (one.Effect === 'Deny') add('deny', policy('forbid', one));
  };
  const limit = (statements) => {
    if (statements.some(unlimited)) return;
    const allows = statements.filter(({ Effect }) => Effect === 'Allow').map(expression);
    add('limit', `forbid(principal, action, resource) unless { ${any(allows)} };`);
  };
  const grants = (statements) => {
    for (const one of statements) if (one.Effect === 'Allow') add('allow', policy('permit', one));
  };
  const identity = (policies.identityPolicies ?? []).flatMap(({ Statement }) => Statement);
  denies(identity);
  grants(identity);
  for (const level of policies.serviceControlPolicies ?? []) {
    const statements = level.flatMap(({ Statement }) => Statement);
    denies(statements);
    limit(statements);
  }
  if (policies.permissionsBoundary !== undefined) {
    denies(policies.permissionsBoundary.Statement);
    limit(policies.permissionsBoundary.Statement);
  }
  if (policies.resourcePolicy !== undefined) {
    const statements = policies.resourcePolicy.Statement;
    denies(statements);
    // Across accounts both sides have to allow; at home naming the account leaves it to the identity policies.
    if (crossAccount) limit(statements);
    else grants(statements.filter(({ Principal }) => !/:root$/.test(list(Principal.AWS ?? '')[0])));
  }
  return written;
}

/** The wildcards of the policies become groups of actions; an action belongs to those that it fits. */
function groupsOf(policySets) {
  const found = new Set();
  for (const policies of policySets) {
    for (const { Statement } of Object.values(policies).flat(2)) {
      for (const { Action = [], NotAction = [] } of Statement)
        for (const name of [list(Action), list(NotAction)].flat()) if (name.endsWith('*')) found.add(name);
    }
  }
  return (name) => [...found].filter((group) => name.startsWith(group.slice(0, -1)));
}

export async function cedar({ name, requests, setOf, policySets }) {
  let entry;
  try {
    entry = await import('@cedar-policy/cedar-wasm/nodejs');
  } catch (error) {
    return { missing: error.code ?? error.message };
  }
  const { preparsePolicySet, statefulIsAuthorized } = entry.default ?? entry;
  const accountOf = (request) => request.principal.arn.split(':')[4];
  const crossing = policySets.map((_, set) => {
    const i = setOf.indexOf(set);
    return i >= 0 && requests[i].resource.accountId !== accountOf(requests[i]);
  });
  try {
    policySets.forEach((policies, set) => {
      if (!setOf.includes(set)) return;
      const staticPolicies = policiesInCedar(policies, crossing[set]);
      const answer = preparsePolicySet(`${name}-${set}`, {
        staticPolicies,
        templates: {},
        templateLinks: [],
      });
      if (answer.type !== 'success') throw new Error(JSON.stringify(answer.errors.slice(0, 2)));
    });
  } catch (error) {
    if (error instanceof NotExpressible) return { missing: `not expressible: ${error.message}` };
    throw error;
  }
  const groups = groupsOf(policySets);
  const calls = requests.map((request, i) =>
    callOf(request, `${name}-${setOf[i]}`, groups, accountOf(request)),
  );
  const ask = (i) => {
    const answer = statefulIsAuthorized(calls[i]);
    if (answer.type !== 'success') throw new Error(JSON.stringify(answer.errors[0]));
    const { decision, diagnostics } = answer.response;
    if (decision === 'allow') return 'allowed';
    return diagnostics.reason.some((id) => id.startsWith('deny')) ? 'explicitDeny' : 'implicitDeny';
  };
  return { run: (i) => ask(i) === 'allowed', decision: ask };
}

function callOf(
  { principal, action: asked, resource, sourceIp, context },
  preparsedPolicySetId,
  groups,
  account,
) {
  const caller = { type: 'Role', id: `arn:aws:iam::${account}:role/${principal.arn.split('/')[1]}` };
  const what = { type: 'Action', id: asked };
  const tags = Object.entries(principal.tags ?? {}).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]);
  return {
    principal: caller,
    action: what,
    resource: { type: 'Resource', id: 'asked' },
    context: {
      arn: resource.arn,
      ...(sourceIp === undefined ? {} : { 'aws:SourceIp': { __extn: { fn: 'ip', arg: sourceIp } } }),
      ...Object.fromEntries(tags),
      ...context,
    },
    preparsedPolicySetId,
    entities: [
      { uid: caller, attrs: {}, parents: [{ type: 'Account', id: account }] },
      { uid: what, attrs: {}, parents: groups(asked).map((id) => ({ type: 'Action', id })) },
    ],
  };
}
