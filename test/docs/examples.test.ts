import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type EvaluationInput, evaluate, formatTrace } from '../../src/index.js';
import { evaluatePartial, formatPartial, type PartialEvaluationInput } from '../../src/partial/index.js';

interface Case extends EvaluationInput {
  readonly name: string;
  readonly expect: { readonly decision: string; readonly decidedBy?: string };
}

const root = new URL('../../docs/examples/', import.meta.url);
const read = (url: URL): unknown => JSON.parse(readFileSync(url, 'utf8'));
/** Folders with cases; the others hold tests of their own. */
const designs = readdirSync(root, { withFileTypes: true }).filter((entry) =>
  existsSync(new URL(`${entry.name}/cases.json`, root)),
);

/** `{ "file": … }` stands for the document in that file, beside the case file. */
function resolve(value: unknown, base: URL): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, base));
  if (typeof value !== 'object' || value === null) return value;
  if ('file' in value && typeof value.file === 'string') {
    return { name: value.file, document: readFileSync(new URL(value.file, base), 'utf8') };
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, base)]));
}

it('there are ten designs', () => expect(designs.length).toBe(10));

for (const { name } of designs) {
  const base = new URL(`${name}/`, root);
  describe(name, () => {
    for (const one of read(new URL('cases.json', base)) as Case[]) {
      it(one.name, () => {
        const policies = resolve(one.policies, base) as EvaluationInput['policies'];
        const evaluation = evaluate({ request: one.request, policies });
        expect(evaluation.decision, formatTrace(evaluation.explain())).toBe(one.expect.decision);
        if (one.expect.decidedBy !== undefined) expect(evaluation.decidedBy.kind).toBe(one.expect.decidedBy);
      });
    }
  });
}

/** Cases with unknown keys, and what is said of them. */
const words: Readonly<Record<string, string>> = {
  'with MFA unknown it depends on MFA alone': 'allowed if aws:MultiFactorAuthPresent is true',
  'Bool instead of BoolIfExists leaves long-term keys open':
    'allowed if aws:MultiFactorAuthPresent is true or is absent',
  'with the region unknown it depends on the region':
    'allowed if aws:RequestedRegion equals eu-central-1 or eu-west-1',
  "with the caller known, the tags of the secret must be the caller's":
    'allowed if aws:ResourceTag/Department equals ${aws:PrincipalTag/Department} and aws:ResourceTag/team equals ${aws:PrincipalTag/team}',
};

describe('unknown keys', () => {
  for (const name of ['abac', 'mfa-enforcement', 'region-lockdown']) {
    const base = new URL(`${name}/`, root);
    for (const one of read(new URL('unknowns.json', base)) as (Case & {
      expect: { dependsOn?: string[] };
    })[]) {
      it(`${name}: ${one.name}`, () => {
        const input = { request: one.request, policies: resolve(one.policies, base) };
        const partial = evaluatePartial(input as PartialEvaluationInput);
        expect(partial.decision, formatPartial(partial)).toBe(one.expect.decision);
        expect(partial.dependsOn).toEqual(one.expect.dependsOn ?? []);
        expect(partial.exact).toBe(true);
        if (one.name in words) expect(formatPartial(partial)).toContain(`${words[one.name]}\n`);
      });
    }
  }
});

it('the demo is an explicit deny that MFA would lift', () => {
  const demo = read(new URL('demo.json', root)) as Case;
  expect(evaluate(demo).decidedBy.kind).toBe('identityPolicies');
  expect(evaluate({ ...demo, request: { ...demo.request, mfa: { present: true } } }).allowed).toBe(true);
});
