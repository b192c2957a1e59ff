import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evaluate, type EvaluationInput, isIamError } from '../../src/index.js';

interface Case extends EvaluationInput {
  name: string;
  expect: { decision: string; decidedBy?: string };
}
for (const folder of ['language', 'evaluation']) {
  const root = new URL(`${folder}/`, import.meta.url);
  for (const file of readdirSync(root)) {
    describe(`${folder}/${file}`, () => {
      for (const one of JSON.parse(readFileSync(new URL(file, root), 'utf8')) as Case[]) {
        it(one.name, () => {
          let got: string;
          let by: string | undefined;
          try {
            const e = evaluate({ request: one.request, policies: one.policies });
            got = e.decision;
            by = e.decidedBy.kind;
            expect(e.explain().decision).toBe(got);
          } catch (error) {
            if (!isIamError(error)) throw error;
            got = 'error';
          }
          expect(got).toBe(one.expect.decision);
          if (one.expect.decidedBy !== undefined) expect(by).toBe(one.expect.decidedBy);
        });
      }
    });
  }
}
