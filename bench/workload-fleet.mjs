// W7: a thousand principals that share managed policies, each asked the same two hundred questions.
import { dice, times } from './dice.mjs';
import { allowAll, document, elsewhere, home, request, serviceNames, statementOn } from './language.mjs';

const principals = 1_000;
const questions = 200;

/** Of many candidates the questions whose answers, over some principals, come near to the wanted shares. */
function chosen(candidates, tally) {
  const total = { allowed: 0, explicitDeny: 0, implicitDeny: 0 };
  const wanted = { allowed: 0.4, explicitDeny: 0.3, implicitDeny: 0.3 };
  const open = candidates.map((one) => ({ one, counts: tally(one) }));
  const taken = [];
  while (taken.length < questions) {
    const sum = total.allowed + total.explicitDeny + total.implicitDeny || 1;
    const [lacking] = Object.keys(wanted).sort(
      (a, b) => total[a] / sum / wanted[a] - total[b] / sum / wanted[b],
    );
    // The first that answers so for a good part of the principals; many answers are mixed.
    let at = open.findIndex(
      ({ counts }) => counts[lacking] > 0.6 * (counts.allowed + counts.explicitDeny + counts.implicitDeny),
    );
    if (at < 0) at = 0;
    const [{ one, counts }] = open.splice(at, 1);
    for (const word of Object.keys(total)) total[word] += counts[word];
    taken.push(one);
  }
  return taken;
}

export function fleet(decide) {
  const random = dice(107);
  const { pick, draw, below, chance } = random;
  const among = draw(serviceNames, 6);
  const made = times(150, (i) => {
    const about = [among[i % 6], pick(among), pick(among)];
    return times(6, (j) =>
      statementOn(
        about[j % 3],
        j === 5 ? 'Deny' : 'Allow',
        { size: 8, conditions: 0.2, everything: 0.8, breadth: 14 },
        random,
      ),
    );
  });
  const managed = made.map((list) => document(list.map(({ statement }) => statement)));
  const control = document([
    allowAll,
    { Effect: 'Deny', Action: among.map((service) => `${service}:Delete*`), Resource: '*' },
  ]);
  const attached = times(principals, () => draw(managed, 3 + below(6)));
  const callers = times(principals, (i) => ({
    arn: `arn:aws:sts::${home}:assumed-role/role-${i}/instance-1`,
    tags: { team: i % 2 === 0 ? 'orders' : 'search', stage: 'prod' },
  }));
  const policySets = attached.map((identityPolicies) => ({
    identityPolicies,
    serviceControlPolicies: [[control]],
  }));
  const answer = decide(policySets);
  const asked = ({ principal, ...rest }, i) => ({ principal: callers[i], ...rest });
  const some = times(25, (i) => i * 40);
  const tally = (one) => {
    const counts = { allowed: 0, explicitDeny: 0, implicitDeny: 0 };
    for (const i of some) counts[answer([asked(one, i), i])]++;
    return counts;
  };
  const candidates = times(600, () =>
    request(chance(0.8) ? pick(pick(made)).aim() : elsewhere(random, among), random),
  );
  const matrix = chosen(candidates, tally).map(({ principal, ...rest }) => rest);
  // For those who answer one question at a time: twelve hundred of the two hundred thousand, asked of every tenth caller.
  const setOf = times(1_200, (i) => (i * 10) % principals);
  return {
    name: 'W7',
    title: '1,000 principals (each 3–8 of 150 managed policies × 6) × 200 questions',
    policySets,
    requests: setOf.map((set, i) => ({ principal: callers[set], ...matrix[(i * 7) % questions] })),
    setOf,
    matrix: { callers, questions: matrix },
  };
}
