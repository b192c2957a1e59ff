import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { Asking } from '../../src/combine/asking.js';
import { combine } from '../../src/combine/combine.js';
import { layerKinds } from '../../src/combine/layer.js';
import { compilePlans } from '../../src/compile.js';
import { compile, type EvaluationInput, evaluate, isIamError, parseRequest as parseOnce } from '../../src/index.js';
import { readPolicySet } from '../../src/policy/policy-set.js';
import { parseRequest } from '../../src/request/parse.js';

interface Case extends EvaluationInput {
  readonly name: string;
  readonly expect: { readonly decision: string; readonly decidedBy?: string };
}
interface Disputed {
  readonly file: string;
  readonly name: string;
  readonly reason: string;
  readonly source: string;
}

const read = (url: URL): unknown => JSON.parse(readFileSync(url, 'utf8'));
const disputed = read(new URL('disputed.json', import.meta.url)) as Disputed[];

interface Answer {
  readonly decision: string;
  readonly kind?: string;
}
function answer(ask: () => { decision: string; decidedBy: { kind: string } }): Answer {
  try {
    const { decision, decidedBy } = ask();
    return { decision, kind: decidedBy.kind };
  } catch (error) {
    if (!isIamError(error)) throw error;
    return { decision: 'error' };
  }
}

/** Lists turned round at every depth but the levels of an organization, whose order is told by their index. */
function turned(value: unknown, depth = 0): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => turned(item, depth + 1));
    return depth === 0 ? items : items.reverse();
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, turned(item, depth + 1)]),
  );
}
function shuffled(policies: EvaluationInput['policies']): EvaluationInput['policies'] {
  const entries = Object.entries(policies).map(([kind, item]) => {
    const levels = kind.endsWith('ControlPolicies') && Array.isArray(item);
    return [kind, levels ? turned(item) : turned(item, 1)];
  });
  return Object.fromEntries(entries) as EvaluationInput['policies'];
}

const ways: Record<string, (input: EvaluationInput) => Answer> = {
  evaluate: (input) => answer(() => evaluate(input)),
  'compiled once': ({ request, policies }) =>
    answer(() => {
      const compiled = compile(policies);
      compiled.evaluate(request);
      return compiled.evaluate(request);
    }),
  'the request read before': ({ request, policies }) =>
    answer(() => compile(policies).evaluate(parseOnce(request))),
  explained: (input) => answer(() => evaluate(input).explain()),
  'explained briefly': (input) => answer(() => evaluate(input).explain({ deciding: true })),
  shuffled: ({ request, policies }) => answer(() => evaluate({ request, policies: shuffled(policies) })),
  indexed: ({ request, policies }) =>
    answer(() => {
      const plans = compilePlans(readPolicySet(policies));
      const asked = parseRequest(request);
      const combined = combine(new Asking(plans).verdicts(asked), asked);
      for (const level of layerKinds.flatMap((kind) => plans[kind])) {
        for (const { usage } of [level.allows, level.denies]) {
          offered += usage.offered;
          skipped += usage.skipped;
        }
      }
      return combined;
    }),
};
let offered = 0;
let skipped = 0;

for (const folder of ['language', 'evaluation', 'documented']) {
  const root = new URL(`${folder}/`, import.meta.url);
  for (const file of readdirSync(root)) {
    describe(`${folder}/${file}`, () => {
      for (const one of read(new URL(file, root)) as Case[]) {
        const dispute = disputed.find((entry) => entry.file === `${folder}/${file}` && entry.name === one.name);
        it(`${one.name}${dispute === undefined ? '' : ` (disputed: ${dispute.reason})`}`, () => {
          for (const [way, ask] of Object.entries(ways)) {
            // Trust rules are checked by evaluating, not by compiling: `indexed` only counts.
            if (way === 'indexed' && one.expect.decision === 'error') continue;
            const got = ask(one);
            if (dispute !== undefined) {
              expect(got.decision, `${way}: disputed, yet it passes`).not.toBe(one.expect.decision);
              continue;
            }
            expect(got.decision, way).toBe(one.expect.decision);
            if (one.expect.decidedBy !== undefined) expect(got.kind, way).toBe(one.expect.decidedBy);
          }
        });
      }
    });
  }
}

it('every disputed case exists and gives its reason and page', () => {
  for (const { file, name, reason, source } of disputed) {
    const cases = read(new URL(file, import.meta.url)) as Case[];
    expect(cases.some((one) => one.name === name)).toBe(true);
    expect(reason.length).toBeGreaterThan(20);
    expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  }
});

afterAll(() => {
  // The action index took part in every decision, and spared some statements.
  expect(offered).toBeGreaterThan(1000);
  expect(skipped).toBeGreaterThan(100);
});
