// W3, W4 and the series between them: any number of identity policies of 20 statements over a hundred services.
import { dice, times } from './dice.mjs';
import {
  allowAll,
  balanced,
  document,
  documents,
  elsewhere,
  request,
  serviceNames,
  statementOn,
} from './language.mjs';

/** 20 statements a policy and four of SCPs. */
export function landscape(policyCount, decide, name) {
  const random = dice(1_000 + policyCount);
  const { pick, draw, chance } = random;
  // Every policy is about two services; a larger account has more names, not only more grants of the same ones.
  const made = times(policyCount, (i) => {
    const about = [serviceNames[i % serviceNames.length], pick(serviceNames)];
    return times(20, (j) =>
      statementOn(
        about[j % 2],
        chance(0.15) ? 'Deny' : 'Allow',
        { size: Math.max(4, policyCount), conditions: 0.3, everything: Math.min(0.03, 3 / policyCount) },
        random,
      ),
    );
  }).flat();
  const [one, another] = draw(serviceNames, 2);
  const policies = {
    identityPolicies: documents(
      made.map(({ statement }) => statement),
      20,
    ),
    serviceControlPolicies: [
      [document([allowAll])],
      [
        document([
          allowAll,
          { Effect: 'Deny', Action: [`${one}:Delete*`, `${another}:Delete*`], Resource: '*' },
          {
            Effect: 'Deny',
            NotAction: ['iam:*', 'sts:*'],
            Resource: '*',
            Condition: { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'eu-west-1'] } },
          },
        ]),
      ],
    ],
  };
  const among = serviceNames.slice(0, Math.max(2, policyCount));
  const seen = new Set();
  const aim = () => (chance(0.75) ? pick(made).aim() : elsewhere(random, among));
  const ask = () => {
    // Rather an action that was not asked for yet: whoever remembers actions shall not gain by it.
    let aimed = aim();
    for (let tries = 0; tries < 4 && seen.has(aimed.action); tries++) aimed = aim();
    seen.add(aimed.action);
    return [request(aimed, random), 0];
  };
  const pairs = balanced(1_200, ask, decide([policies]), random);
  return {
    name,
    title: `${policyCount.toLocaleString('en')} identity policies × 20, 2 SCP levels`,
    policySets: [policies],
    requests: pairs.map(([asked]) => asked),
    setOf: pairs.map(() => 0),
  };
}
