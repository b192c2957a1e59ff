import { describe, expect, it } from 'vitest';
import { layerKinds } from '../../src/combine/layer.js';
import { knowLayers, possibleDecisions, withOpen } from '../../src/combine/possible.js';
import type { PoliciesInput, StatementDocument } from '../../src/policy/document.js';
import {
  allow,
  type Caller,
  callers,
  decideLayers,
  deny,
  full,
  plansOf,
  policy,
  request,
  silent,
} from './build.js';

const unknown = new Set(['x:k']);
const Condition = { StringEquals: { 'x:K': 'v' } };
const maybe = (Sid: string) => allow({ Sid, Condition });
const maybeDeny = (Sid: string) => deny({ Sid, Condition });
const know = (policies: PoliciesInput, caller: Caller = 'user') =>
  knowLayers(plansOf(policies), request(callers[caller]), unknown);
const possible = (policies: PoliciesInput, caller: Caller = 'user') =>
  [...possibleDecisions(know(policies, caller), request(callers[caller]))].sort();

describe('what is certain, and what is open', () => {
  const statements: StatementDocument[] = [
    allow({ Sid: 'surely' }),
    maybe('maybe'),
    allow({ Sid: 'never', Resource: 'arn:aws:sqs:us-east-1:111122223333:other', Condition }),
    maybeDeny('maybeDeny'),
    deny({ Sid: 'neverDeny', Action: 's3:*' }),
    deny({ Sid: 'surelyDeny' }),
  ];
  it('tells the statements apart', () => {
    const { sure, open } = know({ identityPolicies: [policy(...statements)] });
    expect(sure.identityPolicies.map(({ allows }) => allows.map((one) => one.statement.source.sid))).toEqual([
      ['surely'],
    ]);
    expect(sure.identityPolicies.map(({ denies }) => denies.map(({ source }) => source.sid))).toEqual([
      ['surelyDeny'],
    ]);
    expect(open.map(({ kind, level, statement }) => [kind, level, statement.source.sid])).toEqual([
      ['identityPolicies', 0, 'maybeDeny'],
      ['identityPolicies', 0, 'maybe'],
    ]);
  });

  it('E3: skips kinds that were not given or do not apply, and numbers levels', () => {
    const policies = {
      serviceControlPolicies: [[full], [policy(maybe('scp'))]],
      sessionPolicies: [policy(maybe('session'))],
      identityPolicies: [full],
    };
    const { sure, open } = know(policies);
    expect(open.map(({ kind, level, statement }) => [kind, level, statement.source.sid])).toEqual([
      ['serviceControlPolicies', 1, 'scp'],
    ]);
    expect(layerKinds.map((kind) => sure[kind].length)).toEqual([2, 0, 0, 0, 1, 0, 0]);
    expect(know(policies, 'anonymous').open).toEqual([]);
  });

  it('E13: carries how strongly the caller is named', () => {
    const resourcePolicy = policy(allow({ Principal: '*' }), allow({ Principal: { AWS: '111122223333' } }));
    const { sure } = know({ resourcePolicy });
    expect(sure.resourcePolicy[0]!.allows.map(({ strengths }) => strengths)).toEqual([16, 128]);
  });

  it('adds chosen statements to their kind, level and effect, and leaves the rest', () => {
    const policies = {
      serviceControlPolicies: [[full], [policy(maybe('scp'))]],
      resourcePolicy: policy(allow({ Sid: 'bucket', Principal: '*', Condition })),
      identityPolicies: [policy(maybeDeny('deny'), maybe('allow'), allow())],
    };
    const asked = request(callers.user);
    const { sure, open } = know(policies);
    const before = JSON.stringify(sure);
    const all = withOpen(sure, open, asked);
    const sids = (kind: keyof typeof policies) =>
      all[kind].map(({ denies, allows }) => [
        denies.map(({ source }) => source.sid),
        allows.map(({ statement, strengths }) => [statement.source.sid, strengths]),
      ]);
    expect(sids('serviceControlPolicies')).toEqual([
      [[], [[undefined, 0]]],
      [[], [['scp', 0]]],
    ]);
    expect(sids('resourcePolicy')).toEqual([[[], [['bucket', 16]]]]);
    expect(sids('identityPolicies')).toEqual([
      [
        ['deny'],
        [
          [undefined, 0],
          ['allow', 0],
        ],
      ],
    ]);
    expect(JSON.stringify(sure)).toBe(before);
    expect(withOpen(sure, [], asked)).toEqual(sure);
  });

  it('is the whole verdict when nothing is unknown', () => {
    const plans = plansOf({ identityPolicies: [policy(...statements)] });
    const asked = request(callers.user, { context: { 'x:k': 'v' } });
    const { sure, open } = knowLayers(plans, asked, new Set());
    expect(open).toEqual([]);
    expect(sure.identityPolicies[0]!.denies).toEqual(decideLayers(plans, asked).identityPolicies[0]!.denies);
  });
});

describe('the decisions that can be reached', () => {
  it.each<[string, PoliciesInput, string[]]>([
    ['nothing open, allowed', { identityPolicies: [full] }, ['allowed']],
    ['nothing open, silent', { identityPolicies: [silent] }, ['implicitDeny']],
    ['an open allow', { identityPolicies: [policy(maybe('a'))] }, ['allowed', 'implicitDeny']],
    ['an open allow beside a sure one', { identityPolicies: [policy(maybe('a'), allow())] }, ['allowed']],
    [
      'an open deny beside an allow',
      { identityPolicies: [policy(maybeDeny('d'), allow())] },
      ['allowed', 'explicitDeny'],
    ],
    ['an open deny alone', { identityPolicies: [policy(maybeDeny('d'))] }, ['explicitDeny', 'implicitDeny']],
    [
      'both open',
      { identityPolicies: [policy(maybeDeny('d'), maybe('a'))] },
      ['allowed', 'explicitDeny', 'implicitDeny'],
    ],
    [
      'both open, and a sure deny',
      { identityPolicies: [policy(maybeDeny('d'), maybe('a'), deny())] },
      ['explicitDeny'],
    ],
    [
      'an open gate',
      { identityPolicies: [full], serviceControlPolicies: [[policy(maybe('s'))]] },
      ['allowed', 'implicitDeny'],
    ],
    [
      'an open gate behind a shut one',
      {
        identityPolicies: [full],
        serviceControlPolicies: [[policy(maybe('s'))], [silent]],
      },
      ['implicitDeny'],
    ],
  ])('%s', (_, policies, decisions) => {
    expect(possible(policies)).toEqual(decisions);
  });
});
