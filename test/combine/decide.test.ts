import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, type Step, type Voices } from '../../src/combine/decide.js';
import { layerKinds } from '../../src/combine/layer.js';
import type { PolicySetKey } from '../../src/policy/policy.js';
import type { RequestInput } from '../../src/request/input.js';
import { Outcome } from '../../src/value/outcome.js';
import { type Caller, callers, foreign, iam, own, queue, request } from './build.js';

/** What the policies say: nothing but consent, unless told otherwise. */
interface Said {
  readonly denying?: readonly PolicySetKey[];
  readonly absent?: readonly PolicySetKey[];
  /** The first level without an allow of each kind. */
  readonly silent?: Partial<Record<PolicySetKey, number>>;
  readonly strengths?: number;
}

/** Voices that keep a record of what they are asked. */
function voicesOf({ denying = [], absent = [], silent = {}, strengths = 0 }: Said) {
  const asked: string[] = [];
  const voices: Voices = {
    denying(_, except) {
      asked.push(except === undefined ? 'denying' : `denying but ${except}`);
      return layerKinds.find((kind) => kind !== except && denying.includes(kind));
    },
    applies(_, kind) {
      asked.push(`applies ${kind}`);
      return !absent.includes(kind);
    },
    silentLevel(_, kind) {
      asked.push(`silent ${kind}`);
      return absent.includes(kind) ? -1 : (silent[kind] ?? -1);
    },
    strengths() {
      asked.push('strengths');
      return strengths;
    },
  };
  return { voices, asked };
}
type Brief = readonly [Step['decision'], Step['kind'], string, number?];
function answer(said: Said, caller: Caller, more: Partial<RequestInput> = {}) {
  const { voices, asked } = voicesOf(said);
  const { decision, kind, rule, level } = decide(voices, request(callers[caller], more));
  const step: Brief = level === undefined ? [decision, kind, rule] : [decision, kind, rule, level];
  return { step, asked };
}

const { matchedEveryone, matchedDirect, matchedRole, matchedAccount } = Outcome;
const gates = ['denying', 'silent serviceControlPolicies', 'silent vpcEndpointPolicy'];
const limits = ['silent permissionsBoundary', 'silent sessionPolicies'];
const identity = ['applies identityPolicies', 'silent identityPolicies'];
const key = `arn:aws:kms:us-east-1:${own}:key/1`;
const elsewhere = { resource: queue(foreign) };

describe('what the rule asks', () => {
  it.each<[string, Said, Caller, Partial<RequestInput>, Brief, readonly string[]]>([
    [
      'E80: nothing',
      { denying: ['identityPolicies'] },
      'user',
      { action: 'sts:GetCallerIdentity', resource: '*' },
      ['allowed', 'service', 'E80'],
      [],
    ],
    [
      'E2: denies, and then no more',
      { denying: ['resourcePolicy'] },
      'user',
      {},
      ['explicitDeny', 'resourcePolicy', 'E2'],
      ['denying'],
    ],
    [
      'E64: denies, but not of the bucket policy',
      { denying: ['resourcePolicy'] },
      'root',
      { action: 's3:GetBucketPolicy', resource: 'arn:aws:s3:::b' },
      ['allowed', 'service', 'E60'],
      [`denying but resourcePolicy`, ...gates.slice(1), 'strengths'],
    ],
    [
      'E64: other denies',
      { denying: ['resourcePolicy', 'serviceControlPolicies'] },
      'root',
      { action: 's3:GetBucketPolicy', resource: 'arn:aws:s3:::b' },
      ['explicitDeny', 'serviceControlPolicies', 'E2'],
      [`denying but resourcePolicy`],
    ],
    [
      'E40: a level',
      { silent: { serviceControlPolicies: 2, vpcEndpointPolicy: 0 } },
      'user',
      {},
      ['implicitDeny', 'serviceControlPolicies', 'E40', 2],
      gates.slice(0, 2),
    ],
    [
      'E55: the endpoint',
      { silent: { vpcEndpointPolicy: 0 }, strengths: matchedDirect },
      'user',
      {},
      ['implicitDeny', 'vpcEndpointPolicy', 'E55'],
      gates,
    ],
    [
      'E73: no grant',
      { strengths: matchedEveryone },
      'anonymous',
      { action: 'sts:AssumeRole', resource: iam('role/r') },
      ['implicitDeny', 'service', 'E73'],
      gates,
    ],
    [
      'E63: no grant',
      { strengths: matchedDirect },
      'root',
      { action: 'sts:AssumeRole', resource: iam('role/r') },
      ['implicitDeny', 'service', 'E63'],
      gates,
    ],
    [
      'E81: no grant',
      { absent: ['identityPolicies'] },
      'user',
      { action: 'sts:GetSessionToken', resource: '*' },
      ['allowed', 'service', 'E81'],
      gates,
    ],
    [
      'E81: but denies',
      { denying: ['identityPolicies'] },
      'user',
      { action: 'sts:GetSessionToken', resource: '*' },
      ['explicitDeny', 'identityPolicies', 'E2'],
      ['denying'],
    ],
    [
      'E8: who grants, and the limits',
      {},
      'user',
      {},
      ['allowed', 'identityPolicies', 'E8'],
      [...gates, 'strengths', ...identity, ...limits],
    ],
    [
      'E8: no identity policies',
      { absent: ['identityPolicies'] },
      'user',
      {},
      ['implicitDeny', 'identityPolicies', 'E8'],
      [...gates, 'strengths', 'applies identityPolicies'],
    ],
    [
      'E8: silent identity policies',
      { silent: { identityPolicies: 0 } },
      'role',
      {},
      ['implicitDeny', 'identityPolicies', 'E8'],
      [...gates, 'strengths', ...identity],
    ],
    [
      'E31: the boundary',
      { silent: { permissionsBoundary: 0, sessionPolicies: 0 } },
      'session',
      {},
      ['implicitDeny', 'permissionsBoundary', 'E31'],
      [...gates, 'strengths', ...identity, limits[0]!],
    ],
    [
      'E32: the session',
      { silent: { sessionPolicies: 0 } },
      'session',
      {},
      ['implicitDeny', 'sessionPolicies', 'E32'],
      [...gates, 'strengths', ...identity, ...limits],
    ],
    [
      'E32: a federated user without session policies',
      { absent: ['sessionPolicies'] },
      'federatedUser',
      {},
      ['implicitDeny', 'sessionPolicies', 'E32'],
      [...gates, 'strengths', ...identity, limits[0]!, 'applies sessionPolicies'],
    ],
    [
      'E32: a federated user with them',
      {},
      'federatedUser',
      {},
      ['allowed', 'identityPolicies', 'E8'],
      [...gates, 'strengths', ...identity, limits[0]!, 'applies sessionPolicies', limits[1]!],
    ],
    [
      'E13: being named needs no more',
      { strengths: matchedDirect, absent: ['identityPolicies'], silent: { permissionsBoundary: 0 } },
      'user',
      {},
      ['allowed', 'resourcePolicy', 'E13'],
      [...gates, 'strengths'],
    ],
    [
      'E14: everyone',
      { strengths: matchedEveryone | matchedAccount },
      'user',
      {},
      ['allowed', 'resourcePolicy', 'E14'],
      [...gates, 'strengths'],
    ],
    [
      'E13: before E14',
      { strengths: matchedEveryone | matchedDirect },
      'user',
      {},
      ['allowed', 'resourcePolicy', 'E13'],
      [...gates, 'strengths'],
    ],
    [
      'E13: the role, within limits',
      { strengths: matchedRole, absent: ['identityPolicies'] },
      'session',
      {},
      ['allowed', 'resourcePolicy', 'E13'],
      [...gates, 'strengths', ...limits],
    ],
    [
      'E13: the role, beyond them',
      { strengths: matchedRole | matchedAccount, silent: { permissionsBoundary: 0 } },
      'session',
      {},
      ['implicitDeny', 'permissionsBoundary', 'E31'],
      [...gates, 'strengths', limits[0]!],
    ],
    [
      'E15: the account delegates',
      { strengths: matchedAccount, silent: { identityPolicies: 0 } },
      'user',
      { action: 'kms:Decrypt', resource: key },
      ['implicitDeny', 'identityPolicies', 'E15'],
      [...gates, 'strengths', ...identity],
    ],
    [
      'E90: the key policy is needed',
      {},
      'user',
      { action: 'kms:Decrypt', resource: key },
      ['implicitDeny', 'resourcePolicy', 'E90'],
      [...gates, 'strengths'],
    ],
    [
      'E90: and grants with the identity',
      { strengths: matchedAccount },
      'user',
      { action: 'kms:Decrypt', resource: key },
      ['allowed', 'identityPolicies', 'E90'],
      [...gates, 'strengths', ...identity, ...limits],
    ],
    [
      'E21: elsewhere both',
      { strengths: matchedAccount },
      'user',
      elsewhere,
      ['allowed', 'identityPolicies', 'E21'],
      [...gates, 'strengths', ...identity, ...limits],
    ],
    [
      'E21: elsewhere without the resource',
      {},
      'user',
      elsewhere,
      ['implicitDeny', 'resourcePolicy', 'E21'],
      [...gates, 'strengths'],
    ],
    [
      'E23: elsewhere without the identity',
      { strengths: matchedDirect, silent: { identityPolicies: 0 } },
      'user',
      elsewhere,
      ['implicitDeny', 'identityPolicies', 'E23'],
      [...gates, 'strengths', ...identity],
    ],
    [
      'E60: root at home',
      { absent: ['identityPolicies'] },
      'root',
      {},
      ['allowed', 'service', 'E60'],
      [...gates, 'strengths'],
    ],
    [
      'E90: root, where the resource must take part',
      {},
      'root',
      { action: 'kms:Decrypt', resource: key },
      ['implicitDeny', 'resourcePolicy', 'E90'],
      [...gates, 'strengths'],
    ],
    [
      'E90: root, where it does',
      { strengths: matchedDirect },
      'root',
      { action: 'kms:Decrypt', resource: key },
      ['allowed', 'resourcePolicy', 'E90'],
      [...gates, 'strengths'],
    ],
    [
      'E61: root elsewhere',
      { strengths: matchedAccount },
      'root',
      elsewhere,
      ['allowed', 'resourcePolicy', 'E61'],
      [...gates, 'strengths'],
    ],
    [
      'E61: root elsewhere, not named',
      {},
      'root',
      elsewhere,
      ['implicitDeny', 'resourcePolicy', 'E61'],
      [...gates, 'strengths'],
    ],
    [
      'E13: a service',
      { strengths: matchedDirect },
      'service',
      {},
      ['allowed', 'resourcePolicy', 'E13'],
      [...gates, 'strengths'],
    ],
    [
      'E13: a service, not named',
      {},
      'service',
      {},
      ['implicitDeny', 'resourcePolicy', 'E13'],
      [...gates, 'strengths'],
    ],
    [
      'E70: a token, and a trust policy that does not name it',
      {},
      'federated',
      { action: 'sts:AssumeRoleWithWebIdentity', resource: iam('role/r') },
      ['implicitDeny', 'resourcePolicy', 'E70'],
      [...gates, 'strengths'],
    ],
  ])('%s', (_, said, caller, more, step, asked) => {
    const found = answer(said, caller, more);
    expect(found.step).toEqual(step);
    expect(found.asked).toEqual(asked);
  });
});

describe('the laws of the rule', () => {
  const kinds = fc.subarray([...layerKinds]);
  const said: fc.Arbitrary<Said> = fc.record({
    denying: kinds,
    absent: kinds,
    silent: kinds.map((all) => Object.fromEntries(all.map((kind) => [kind, 0]))),
    strengths: fc
      .subarray([matchedEveryone, matchedDirect, matchedRole, matchedAccount])
      .map((all) => all.reduce((sum: number, one) => sum | one, 0)),
  });
  const caller = fc.constantFrom(...(Object.keys(callers) as Caller[]));
  const more = fc.constantFrom<Partial<RequestInput>>(
    {},
    elsewhere,
    { action: 'kms:Decrypt', resource: key },
    { action: 'sts:AssumeRole', resource: iam('role/r') },
    { action: 's3:GetBucketPolicy', resource: 'arn:aws:s3:::b' },
  );

  it('E2: a deny is never overcome, but where its kind does not count (E64)', () => {
    fc.assert(
      fc.property(said, caller, more, (one, who, what) => {
        const { step, asked } = answer(one, who, what);
        const counted = asked.includes('denying')
          ? one.denying!
          : one.denying!.filter((kind) => kind !== 'resourcePolicy');
        expect(step[0] === 'explicitDeny').toBe(counted.length > 0);
      }),
    );
  });

  it('asks nothing twice', () => {
    fc.assert(
      fc.property(said, caller, more, (one, who, what) => {
        const { asked } = answer(one, who, what);
        expect(new Set(asked).size).toBe(asked.length);
      }),
    );
  });

  it('E12: what is silent allows nothing more by speaking less', () => {
    fc.assert(
      fc.property(said, caller, more, fc.constantFrom(...layerKinds), (one, who, what, kind) => {
        const quiet = { ...one, silent: { ...one.silent, [kind]: 0 } };
        if (answer(quiet, who, what).step[0] === 'allowed')
          expect(answer(one, who, what).step[0]).toBe('allowed');
      }),
    );
  });
});
