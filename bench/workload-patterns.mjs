// W6: patterns and keys made to be slow. Every piece of a pattern nearly fits nearly everywhere.
import { dice, times } from './dice.mjs';
import { allowAll, balanced, document, home, request } from './language.mjs';

const bucket = 'arn:aws:s3:::data/';
const marks = 'cdefghijklmnopqrstuvwxyz';

/**
 * Twenty patterns of `stars` stars, and keys of `length` characters: long runs of one letter, the pieces of the patterns
 * being such runs too. One piece in the middle holds a letter of its own, and without it in the key the rest fits: what
 * goes back to an earlier star tries all ways before it gives up.
 */
export function adversarial(name, { stars, length }, decide) {
  const random = dice(106 + stars);
  const { pick, below, chance } = random;
  const run = Math.max(2, Math.floor(length / (4 * stars)));
  const made = times(20, (i) => {
    const marked = 1 + below(stars - 1);
    // The first piece is empty: the pattern begins with a star. The last one is the end of the key.
    const pieces = times(stars, (j) => `${'a'.repeat(1 + below(run))}${j === marked - 1 ? marks[i] : 'b'}`);
    return {
      statement: {
        Effect: i % 5 < 3 ? 'Allow' : 'Deny',
        Action: ['s3:GetObject', 's3:PutObject'],
        Resource: `${bucket}*${pieces.join('*')}`,
      },
      pieces,
    };
  });
  const policies = {
    identityPolicies: [document(made.map(({ statement }) => statement))],
    serviceControlPolicies: [[document([allowAll])]],
  };
  const noise = (n) => times(n, () => (chance(0.85) ? 'a' : 'b')).join('');
  const key = () => {
    const { pieces } = pick(made);
    const space = length - pieces.join('').length;
    const gaps = pieces.map(() => Math.floor(space / pieces.length));
    gaps[0] += space - gaps.reduce((a, b) => a + b, 0);
    const text = pieces.map((piece, i) => noise(gaps[i]) + piece).join('');
    // Without the letter of its own the key fits nothing, which shows only at the end.
    return chance(0.3) ? text.replace(/[c-z]/g, 'a') : text;
  };
  const ask = () => [
    {
      ...request({ action: pick(['s3:GetObject', 's3:PutObject']), arn: `${bucket}${key()}` }, random),
      sourceIp: '10.1.2.3',
    },
    0,
  ];
  const pairs = balanced(1_200, ask, decide([policies]), random);
  return {
    name,
    title: `patterns of ${stars} stars on keys of ${length} characters (account ${home})`,
    policySets: [policies],
    requests: pairs.map(([asked]) => asked),
    setOf: pairs.map(() => 0),
  };
}
