import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { referenceDecision } from './interpreter.js';

interface Case {
  readonly name: string;
  readonly request: unknown;
  readonly policies: unknown;
  readonly expect: { readonly decision: string };
}

// The reference has to be right before anything is compared with it. It validates nothing: no errors here.
for (const folder of ['language', 'evaluation', 'documented']) {
  const root = new URL(`../conformance/${folder}/`, import.meta.url);
  for (const file of readdirSync(root)) {
    const cases = JSON.parse(readFileSync(new URL(file, root), 'utf8')) as Case[];
    const decided = cases.filter((one) => one.expect.decision !== 'error');
    if (decided.length === 0) continue;
    describe(`reference: ${folder}/${file}`, () => {
      for (const one of decided) {
        it(one.name, () => {
          expect(referenceDecision(one)).toBe(one.expect.decision);
        });
      }
    });
  }
}
