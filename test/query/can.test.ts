import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EstateData, PolicyUse } from '../../src/account/estate-data.js';
import type { Facts } from '../../src/account/facts.js';
import { evaluate, type RequestInput } from '../../src/index.js';
import { Estate } from '../../src/query/estate.js';
import type { Who } from '../../src/query/who-can.js';
import { asked, byHand, estateOf, ingredients, targets } from './random-estate.js';

const question = fc.record({
  from: ingredients,
  who: fc.constantFrom('a' as const, 'b' as const),
  action: fc.constantFrom(...asked),
  target: fc.constantFrom(...targets),
});

it('`can` equals `evaluate` on what a person would put together by hand', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(question, ({ from, who, action, target }) => {
      const estate = new Estate(estateOf(from));
      const { policies, ...rest } = byHand(from, who, target);
      const request = { ...rest, action } as RequestInput;
      const expected = evaluate({ request, policies });
      const answer = estate.can(who, action, target);
      seen.set(expected.decision, (seen.get(expected.decision) ?? 0) + 1);
      expect(answer.decision).toBe(expected.decision);
      expect(answer.decidedBy?.kind).toBe(expected.decidedBy.kind);
      expect(answer.decidedBy?.rule).toBe(expected.decidedBy.rule);
      expect(answer.missingContext).toEqual(expected.missingContext);
      expect(answer.explain().decision).toBe(expected.decision);
      // The same by name, and after reading the data back.
      const again = new Estate(JSON.parse(JSON.stringify(estate)));
      expect(again.can(who === 'a' ? 'UserA' : 'Fn', action, target).decision).toBe(expected.decision);
    }),
    { numRuns: 800 },
  );
  // The law says something only where all decisions occur.
  for (const decision of ['allowed', 'implicitDeny', 'explicitDeny'])
    expect(seen.get(decision)).toBeGreaterThan(20);
});

const someFacts = fc.constantFrom<Facts>(
  {},
  {},
  {},
  { session: 'ana' },
  { principalTags: { team: 'red' } },
  { unknown: ['aws:PrincipalTag/team'] },
  { context: { 'aws:PrincipalOrgID': 'o-2' } },
  {
    sessionPolicies: [
      { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } },
    ],
  },
  { resourcePolicy: 'unknown' },
  { resourceTags: { team: 'blue' } },
);
const lost = fc
  .subarray(['0', '1', '2', '3', '4', '5', '6', '7', 'managed', 'organization'], { minLength: 1 })
  .map((list) => new Set(list));

it('`whoCan` equals asking `can` one by one, whatever is known', () => {
  const seen = { allowed: 0, depends: 0, denied: 0 };
  const gone = fc.option(lost, { nil: new Set<string>(), freq: 2 });
  fc.assert(
    fc.property(
      question,
      gone,
      someFacts,
      fc.boolean(),
      ({ from, action, target }, without, facts, tagged) => {
        const data = losing(estateOf(from), without);
        // Tags of a bucket count only where nobody knows whether they do.
        const resources = data.resources.map((one) => (tagged ? { ...one, type: 'AWS::S3::Bucket' } : one));
        const estate = new Estate({ ...data, resources });
        // Asked again with another action, what was compiled is used again.
        for (const asking of [action, ...asked]) {
          const { allowed, depends, asked: count } = estate.whoCan(asking, target, { ...facts, roots: true });
          const one = [...estate.principals.map(({ arn }) => arn as string), ...estate.linked.accounts].map(
            (arn) => [arn, estate.can(arn, asking, target, facts)] as const,
          );
          expect(count).toBe(one.length);
          const name = ({ arn, kind, names: [first] }: Who) => (kind === 'root' ? first : arn);
          const may = one.filter(
            ([, { decision, allowedIf, exact }]) =>
              decision === 'depends' && (allowedIf.length > 0 || !exact),
          );
          const can = one.filter(([, answer]) => answer.allowed);
          expect(allowed.map(name)).toEqual(can.map(([arn]) => arn));
          expect(depends.map(name)).toEqual(may.map(([arn]) => arn));
          expect(JSON.stringify([...allowed, ...depends].map(({ answer }) => answer))).toBe(
            JSON.stringify([...can, ...may].map(([, answer]) => answer)),
          );
          seen.allowed += can.length;
          seen.depends += may.length;
          seen.denied += one.length - can.length - may.length;
        }
      },
    ),
    { numRuns: 300 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(100);
});

it('`whoCan` equals `can` for a key that is not known, however policies spell it or what follows from it', () => {
  const keys = [
    'aws:CalledVia',
    'aws:CalledViaFirst',
    'aws:ViaAWSService',
    'aws:ResourceTag/Équipe',
    'ec2:ResourceTag/Équipe',
    'aws:PrincipalTag/"a/b"',
    'aws:SourceIp',
  ];
  const forms = [
    (document: object) => document,
    (document: object) => JSON.stringify(document),
    (document: object) => JSON.stringify(document).replaceAll('/', '\\/'),
  ];
  const arn = 'arn:aws:iam::111122223333:user/ana';
  const instance = 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1';
  let depends = 0;
  for (const unknown of keys) {
    for (const key of keys) {
      for (const form of forms) {
        const Condition = { Null: { [key.toLowerCase()]: 'false' }, StringNotEquals: { [key]: 'false' } };
        const statement = { Effect: 'Allow', Action: '*', Resource: '*', Condition };
        const document = form({ Version: '2012-10-17', Statement: statement }) as never;
        const policies = [{ name: 'p', document }];
        const ana = {
          kind: 'user' as const,
          arn,
          account: '111122223333',
          name: 'ana',
          names: [],
          groups: [],
          policies,
        };
        const estate = new Estate({ principals: [ana] });
        const facts = { unknown: [unknown] };
        const { decision } = estate.can('ana', 'ec2:StopInstances', instance, facts);
        const found = estate.whoCan('ec2:StopInstances', instance, facts);
        if (decision === 'depends') depends++;
        expect([found.allowed.length, found.depends.length], `${unknown} ${key}`).toEqual([
          Number(decision === 'allowed'),
          Number(decision === 'depends'),
        ]);
      }
    }
  }
  expect(depends).toBeGreaterThan(20);
});

/** The estate with some of its policies lost: named, but without their text. */
function losing(data: EstateData, lost: ReadonlySet<string>): EstateData {
  let number = 0;
  const use = (one: PolicyUse): PolicyUse =>
    'document' in one && one.name !== 'trust' && lost.has(String(number++ % 8))
      ? { name: one.name, unresolved: 'lost' }
      : one;
  return {
    ...data,
    principals: data.principals.map((one) => ({
      ...one,
      policies: one.policies.map(use),
      ...(one.permissionsBoundary === undefined ? {} : { permissionsBoundary: use(one.permissionsBoundary) }),
    })),
    groups: data.groups.map((one) => ({ ...one, policies: one.policies.map(use) })),
    resources: data.resources.map((one) => ({ ...one, policies: one.policies.map(use) })),
    managedPolicies: lost.has('managed') ? [] : data.managedPolicies,
    ...(data.organization === undefined
      ? {}
      : {
          organization: {
            ...data.organization,
            policies: lost.has('organization') ? [] : data.organization.policies,
          },
        }),
  };
}

it('whatever a policy that is not in the files says, the answer leaves room for it', () => {
  let depending = 0;
  let settled = 0;
  fc.assert(
    fc.property(question, lost, ({ from, who, action, target }, gone) => {
      const data = estateOf(from);
      const truth = new Estate(data).can(who, action, target);
      const said = new Estate(losing(data, gone)).can(who, action, target);
      if (said.decision === 'depends') depending++;
      else settled++;
      expect(said.exact).toBe(true);
      // Certainly allowed is allowed, certainly denied is denied, and what comes out is never ruled out.
      if (said.allowed) expect(truth.decision).toBe('allowed');
      else if (said.decision !== 'depends') expect(truth.allowed).toBe(false);
      if (truth.allowed) expect(said.allowedIf.length).toBeGreaterThan(0);
    }),
    { numRuns: 400 },
  );
  expect(depending).toBeGreaterThan(20);
  expect(settled).toBeGreaterThan(20);
});
