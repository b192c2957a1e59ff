import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standingOf } from '../../src/batch/peers.js';
import { decide, type Voices } from '../../src/combine/decide.js';
import { layerKinds, layerTable } from '../../src/combine/layer.js';
import { parseRequest } from '../../src/request/parse.js';
import { Outcome } from '../../src/value/outcome.js';
import { caseArbitrary } from '../differential/generate.js';
import * as words from '../differential/vocabulary.js';

const signed = [...words.users, ...words.roles, ...words.sessions, ...words.federatedUsers, ...words.roots];
const linked = [words.own, words.other].map((id) => ({
  arn: `arn:aws:sts::${id}:assumed-role/Linked/s1`,
  issuer: words.linkedRole(id),
}));
const callers = [
  ...signed.map((arn) => ({ arn })),
  ...linked,
  { arn: words.linkedRole(words.own) },
  { arn: words.sessions[0]!, issuer: words.roles[0]!, tags: { team: 'red' } },
  ...words.services.map((service) => ({ service })),
  ...[...words.webProviders, words.samlProvider].map((federated) => ({ federated })),
  { anonymous: true },
];

const kindArbitrary = fc.option(fc.constantFrom(...layerKinds), { nil: undefined });
const voicesArbitrary = fc
  .record({
    denies: kindArbitrary,
    given: fc.subarray([...layerKinds]),
    silent: fc.subarray([...layerKinds]),
    strengths: fc
      .subarray([Outcome.matchedEveryone, Outcome.matchedDirect, Outcome.matchedRole, Outcome.matchedAccount])
      .map((bits) => bits.reduce((all, bit) => all | bit, 0)),
  })
  .map(
    ({ denies, given, silent, strengths }): Voices => ({
      denying: (_, except) => (denies === except ? undefined : denies),
      applies: (_, kind) => given.includes(kind),
      silentLevel: (_, kind) => (given.includes(kind) && silent.includes(kind) ? 0 : -1),
      strengths: () => strengths,
    }),
  );

describe('peers', () => {
  it('are not told apart by the decision rule, nor by the exemptions of kinds', () => {
    fc.assert(
      fc.property(caseArbitrary, voicesArbitrary, ({ request }, voices) => {
        const found = new Map<string, unknown>();
        for (const principal of callers) {
          const asked = parseRequest({ ...request, principal });
          const name = `${standingOf(asked)} ${asked.sameAccount}`;
          const answer = {
            step: decide(voices, asked),
            exempt: layerKinds.map((kind) => layerTable[kind].exempt(asked)),
          };
          if (found.has(name)) expect(answer).toEqual(found.get(name));
          found.set(name, answer);
        }
        // All kinds of principals, those of accounts in both standings toward the owner.
        expect(found.size).toBeGreaterThanOrEqual(8);
        expect(found.size).toBeLessThan(callers.length / 2);
      }),
      { numRuns: 500 },
    );
  });
});
