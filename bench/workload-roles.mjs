// W1 and W2: one role with the policies of a small application, and of a large company.
import { dice, times } from './dice.mjs';
import {
  allowAll,
  balanced,
  conditionFor,
  document,
  documents,
  elsewhere,
  foreign,
  home,
  request,
  role,
  serviceNames,
  statementOn,
} from './language.mjs';

/** One identity policy of five statements, one SCP. */
export function small(decide) {
  const random = dice(101);
  const { pick, draw, chance } = random;
  const among = draw(serviceNames, 3);
  const made = ['Allow', 'Allow', 'Allow', 'Deny', 'Deny'].map((effect, i) =>
    statementOn(among[i % 3], effect, { size: 1, conditions: 0, everything: 0 }, random),
  );
  const policies = {
    identityPolicies: [document(made.map(({ statement }) => statement))],
    serviceControlPolicies: [[document([allowAll])]],
  };
  const ask = () => request(chance(0.75) ? pick(made).aim() : elsewhere(random, among), random);
  return {
    name: 'W1',
    title: 'one identity policy of 5 statements, one SCP',
    policySets: [policies],
    ...sets(balanced(1_200, () => [ask(), 0], decide([policies]), random)),
  };
}

const sets = (pairs) => ({
  requests: pairs.map(([one]) => one),
  setOf: pairs.map(([, set]) => set),
});

/** Eight identity policies, boundary, three levels of SCPs and a resource policy; one request in ten crosses accounts. */
export function large(decide) {
  const random = dice(102);
  const { pick, draw, chance, below } = random;
  const among = draw(serviceNames, 12);
  const own = times(80, (i) =>
    statementOn(among[i % 12], chance(0.2) ? 'Deny' : 'Allow', { size: 6, conditions: 0.5 }, random),
  );
  const wildcards = (list) => list.map((service) => `${service}:*`);
  const permissionsBoundary = document([
    { Effect: 'Allow', Action: wildcards(among.slice(0, 5)), Resource: '*' },
    {
      Effect: 'Allow',
      Action: wildcards(among.slice(5, 9)),
      Resource: '*',
      Condition: conditionFor('Allow', random),
    },
    { Effect: 'Allow', Action: wildcards(among.slice(9, 11)), Resource: '*' },
    { Effect: 'Deny', Action: `${among[0]}:Delete*`, Resource: '*' },
  ]);
  const serviceControlPolicies = [
    { Effect: 'Deny', Action: `${among[1]}:Delete*`, Resource: '*' },
    {
      Effect: 'Deny',
      NotAction: wildcards(among.slice(2, 4)),
      Resource: '*',
      Condition: conditionFor('Deny', random),
    },
    {
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    },
  ].map((deny) => [document([allowAll, deny])]);
  const shared = statementOn(among[4], 'Allow', { size: 2, conditions: 0, everything: 0 }, random);
  const AWS = `arn:aws:iam::${home}:role/orders`;
  // Resource policies that a company hangs on everything; Resource "*" is what each of them hangs on.
  const guards = [
    {
      Effect: 'Deny',
      Principal: '*',
      Action: '*',
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
    { Effect: 'Deny', Principal: { AWS: `arn:aws:iam::${home}:role/retired` }, Action: '*', Resource: '*' },
  ];
  const atHome = document([
    ...guards,
    { ...shared.statement, Principal: { AWS } },
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${home}:root` },
      Action: wildcards(among.slice(0, 4)),
      Resource: '*',
    },
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${home}:role/audit` },
      Action: wildcards(among),
      Resource: '*',
    },
  ]);
  const abroad = document([
    ...guards,
    { Effect: 'Allow', Principal: { AWS }, Action: wildcards(among.slice(0, 3)), Resource: '*' },
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${home}:root` },
      Action: wildcards(among.slice(3, 6)),
      Resource: '*',
    },
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${foreign}:root` },
      Action: wildcards(among),
      Resource: '*',
    },
  ]);
  const common = {
    identityPolicies: documents(
      own.map(({ statement }) => statement),
      10,
    ),
    permissionsBoundary,
    serviceControlPolicies,
  };
  const policySets = [
    { ...common, resourcePolicy: atHome },
    { ...common, resourcePolicy: abroad },
  ];
  const ask = () => {
    const set = below(10) === 0 ? 1 : 0;
    const aimed = chance(0.7) ? pick(own).aim() : chance(0.3) ? shared.aim() : elsewhere(random, among);
    const one = request(aimed, random, role);
    if (set === 0) return [one, set];
    const arn = one.resource.arn.replace(`:${home}:`, `:${foreign}:`);
    return [{ ...one, resource: { arn, accountId: foreign } }, set];
  };
  // The statements name the resources of one account: for the other one they are written with its number.
  for (const { statement } of own) {
    if (statement.Resource !== '*') {
      statement.Resource = [statement.Resource, statement.Resource.replace(`:${home}:`, `:${foreign}:`)];
    }
  }
  return {
    name: 'W2',
    title: '8 identity policies × 10, boundary, 3 SCP levels × 2, resource policy, 10 % cross-account',
    policySets,
    ...sets(balanced(1_200, ask, decide(policySets), random)),
  };
}
