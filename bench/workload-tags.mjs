// W5: attributes instead of names. Tags of the caller, of the resource and of the request; variables in resources.
import { dice, times } from './dice.mjs';
import { allowAll, balanced, document, documents, home, serviceNames, services } from './language.mjs';

const teams = ['orders', 'billing', 'search', 'mail', 'data'];
const people = times(40, (i) => ({
  arn: `arn:aws:iam::${home}:user/person-${i}`,
  tags: { team: teams[i % 5], project: `project-${i % 8}`, level: String(i % 4) },
}));

const sameTeam = { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } };
const sameProject = {
  StringEquals: { 'aws:RequestTag/project': '${aws:PrincipalTag/project}' },
  'ForAllValues:StringEquals': { 'aws:TagKeys': ['project', 'team', 'stage'] },
};
const locked = { StringLike: { 'aws:ResourceTag/lock': ['${aws:PrincipalTag/team}-*', 'all'] } };
const otherStage = { StringNotEqualsIfExists: { 'aws:ResourceTag/stage': ['test', 'prod'] } };

/** Fifty statements of five kinds over ten services, and two of an SCP. */
export function attributes(decide) {
  const random = dice(105);
  const { pick, draw, chance, below } = random;
  const among = draw(serviceNames, 10);
  const statements = among.flatMap((service) => {
    const { arn, actions } = services[service];
    const named = (n) => draw(actions, n).map((name) => `${service}:${name}`);
    return [
      { Effect: 'Allow', Action: named(5), Resource: `${arn}*`, Condition: sameTeam },
      { Effect: 'Allow', Action: named(4), Resource: `${arn}home-\${aws:username}-*` },
      {
        Effect: 'Allow',
        Action: named(3),
        Resource: `${arn}\${aws:PrincipalTag/team}-*`,
        Condition: sameProject,
      },
      { Effect: 'Deny', Action: named(4), Resource: `${arn}*`, Condition: locked },
      { Effect: 'Deny', Action: `${service}:Delete*`, Resource: '*', Condition: otherStage },
    ];
  });
  const policies = {
    identityPolicies: documents(statements, 10),
    serviceControlPolicies: [
      [
        document([
          allowAll,
          {
            Effect: 'Deny',
            Action: '*',
            Resource: '*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ]),
      ],
    ],
  };
  const ask = () => {
    const principal = pick(people);
    const service = pick(among);
    const { arn, actions } = services[service];
    const team = chance(0.6) ? principal.tags.team : pick(teams);
    const name = pick([
      `home-${chance(0.7) ? principal.arn.split('/')[1] : 'person-99'}-${below(100)}`,
      `${team}-${below(100)}`,
      `thing-${below(1000)}`,
    ]);
    const lock = chance(0.3) ? { lock: pick([`${principal.tags.team}-1`, 'nobody', 'all']) } : {};
    return [
      {
        principal,
        action: `${service}:${pick(actions)}`,
        resource: {
          arn: arn + name,
          accountId: home,
          tags: { team, stage: pick(['test', 'prod', 'prod', 'old']), ...lock },
        },
        context: {
          'aws:SecureTransport': chance(0.03) ? 'false' : 'true',
          'aws:RequestTag/project': chance(0.7) ? principal.tags.project : 'project-x',
          'aws:TagKeys': chance(0.8) ? ['project', 'team'] : ['project', 'secret'],
        },
      },
      0,
    ];
  };
  const pairs = balanced(1_200, ask, decide([policies]), random);
  return {
    name: 'W5',
    title: 'tags of caller, resource and request with policy variables, ${aws:username} in resources',
    policySets: [policies],
    requests: pairs.map(([asked]) => asked),
    setOf: pairs.map(() => 0),
  };
}
