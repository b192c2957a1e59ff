// Does the time of one pattern stay within c · pattern · text, whatever the pattern? Run alone: node pattern-growth.mjs
import { fileURLToPath } from 'node:url';
import { times } from './dice.mjs';
import { home } from './language.mjs';
import { library } from './library.mjs';

/** Families of patterns and texts that are slow for one way of matching or another. `n`: characters of text. */
const families = {
  'runs that nearly fit': (stars, n) => ({
    pattern: `*${times(stars, () => 'aaaa').join('*')}*b`,
    text: 'a'.repeat(n),
  }),
  'long pieces that fail at the end': (stars, n) => {
    const piece = `${'a'.repeat(Math.max(1, Math.floor(n / (4 * stars))))}b`;
    return {
      pattern: `*${times(stars, () => piece).join('*')}*c*`,
      text: `${'a'.repeat(n / 2)}${'ab'.repeat(n / 4)}`,
    };
  },
  'one long piece, failing at its last letter': (stars, n) => ({
    pattern: `*${'a'.repeat(Math.floor(n / 2))}b${'*a'.repeat(stars)}`,
    text: 'a'.repeat(n),
  }),
  'single characters': (stars, n) => ({
    pattern: `*${'a?'.repeat(stars)}b*${'?a'.repeat(stars)}*c`,
    text: 'ab'.repeat(n / 2),
  }),
  'single characters in a long piece': (stars, n) => ({
    pattern: `*${'?a'.repeat(Math.floor(n / 8))}b${'*a'.repeat(stars)}`,
    text: 'a'.repeat(n),
  }),
  'what fits': (stars, n) => ({ pattern: `*${'a*'.repeat(stars)}`, text: 'a'.repeat(n) }),
};

const bucket = 'arn:aws:s3:::data/';

/** Nanoseconds a decision about one statement with this pattern. */
function cost({ pattern, text }) {
  const Statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: `${bucket}${pattern}` };
  const compiled = library.compile({ identityPolicies: [{ Version: '2012-10-17', Statement }] });
  const request = {
    principal: { arn: `arn:aws:iam::${home}:user/alice` },
    action: 's3:GetObject',
    resource: { arn: `${bucket}${text}`, accountId: home },
  };
  let repeats = 1;
  let best = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 12; tries++) {
    const since = process.hrtime.bigint();
    for (let i = 0; i < repeats; i++) compiled.evaluate(request);
    const taken = Number(process.hrtime.bigint() - since);
    best = Math.min(best, taken / repeats);
    if (taken < 1e6) repeats *= 4;
  }
  return best;
}

/** Slope of log(time) over log(pattern · text), by least squares; 1 is proportional. */
function slopeOf(points) {
  const logs = points.map(({ product, nanoseconds }) => [Math.log(product), Math.log(nanoseconds)]);
  const mean = (k) => logs.reduce((sum, pair) => sum + pair[k], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const over = logs.reduce((sum, pair) => sum + (pair[0] - x) * (pair[1] - y), 0);
  return over / logs.reduce((sum, pair) => sum + (pair[0] - x) ** 2, 0);
}

/** For every family the fit, and the cost of the largest pattern and text. Proportional, or better, is what is wanted. */
export function measureGrowth({ quick = false } = {}) {
  const lengths = quick ? [64, 256, 1_024] : [64, 128, 256, 512, 1_024, 2_048];
  const rows = Object.entries(families).map(([family, make]) => {
    const points = [];
    for (const n of lengths) {
      for (const stars of [3, 16, Math.max(16, n >> 4)]) {
        const one = make(stars, n);
        points.push({
          product: one.pattern.length * one.text.length,
          nanoseconds: cost(one),
        });
      }
    }
    // Where the rest of a decision outweighs the pattern, its growth cannot be seen.
    const quickest = Math.min(...points.map(({ nanoseconds }) => nanoseconds));
    const seen = points.filter(({ nanoseconds }) => nanoseconds > 3 * quickest);
    const slope = seen.length < 4 ? undefined : slopeOf(seen);
    const largest = points.reduce((a, b) => (b.product > a.product ? b : a));
    return { family, slope, largest, linear: slope === undefined || slope <= 1.1 };
  });
  return { rows, linear: rows.every(({ linear }) => linear) };
}

export const growthLine = ({ family, slope, largest }) =>
  `${family}: ${slope === undefined ? 'too quick for a fit' : `time ~ (pattern · text)^${slope.toFixed(2)}`}; ` +
  `${(largest.nanoseconds / 1e3).toFixed(1)} µs at ${largest.product.toLocaleString('en')}, ` +
  `${(largest.nanoseconds / largest.product).toFixed(3)} ns each`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const row of measureGrowth().rows) console.log(growthLine(row));
}
