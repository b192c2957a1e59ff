import { expect as jestExpect } from 'expect';
import { describe, expect, it } from 'vitest';
import { Estate } from '../../src/query/index.js';
import { type Assertion, matchers, matchersRecording } from '../../src/testing/index.js';
import { refused } from '../account/build.js';
import { estateOf, office } from './build.js';

expect.extend(matchers);
(jestExpect as unknown as { extend(given: object): void }).extend(matchers);

const estate = estateOf();
const app = estate.principal('App');
const reports = estate.resource('Reports');
/** Not as the types have it. */
const loose = (received: unknown) => expect(received) as unknown as Loose;
type Any = (...given: readonly unknown[]) => void;
type Matchers = Record<'toBeAllowedTo' | 'toBeDeniedTo' | 'toBeReachableOnlyBy', Any>;
type Loose = Matchers & { readonly not: Matchers };

describe('an action that the catalog does not know', () => {
  it('fails every matcher, with .not as well, and names the closest', () => {
    for (const given of [expect, jestExpect as unknown as typeof expect])
      for (const act of [
        () => given(app).toBeAllowedTo('s3:GetObjct', 'Reports/x'),
        () => given(app).toBeDeniedTo('s3:GetObjct', 'Reports/x'),
        () => given(reports).toBeReachableOnlyBy([], 's3:GetObjct'),
        () => given(app).not.toBeAllowedTo('s3:GetObjct', 'Reports/x'),
        () => given(app).not.toBeDeniedTo('s3:GetObjct', 'Reports/x'),
        () => given(reports).not.toBeReachableOnlyBy(['App'], 's3:GetObjct'),
      ]) {
        const { code, issues } = refused(act);
        expect(code).toBe('ERR_IAM_NAME');
        expect(issues[0]?.message).toBe('the catalog has no action `s3:GetObjct`');
        expect(issues[0]?.hint).toMatch(/^did you mean s3:GetObject[,;]/);
      }
  });
  it.each([
    ['s3:GetObject ', 's3:GetObject'],
    [' s3:GetObject', 's3:GetObject'],
    ['s3 :GetObject', 's3:GetObject'],
    ['dynamo:GetItem', 'dynamodb:GetItem'],
    ['lambda:Invoke', 'lambda:InvokeAsync'],
  ])('`%s` is meant to be %s', (action, meant) => {
    expect(refused(() => expect(app).toBeDeniedTo(action, 'Reports/x')).issues[0]?.hint).toContain(
      `did you mean ${meant}`,
    );
  });
  it('says how to ask for one that is newer, and that works', () => {
    expect(refused(() => expect(app).toBeDeniedTo('none:Such', '*')).message).toBe(
      'action: the catalog has no action `none:Such`; an action newer than the catalog is asked with estate.can and estate.whoCan',
    );
    expect(estate.can('App', 's3:BrandNew', 'Reports/x').allowed).toBe(false);
    expect(estate.whoCan('s3:BrandNew', 'Reports/x').allowed).toEqual([]);
  });
  it.each([['s3:Get*'], ['*'], ['s3'], [''], [['s3:GetObject']], [undefined]])(
    '%j is not one action',
    (action) => {
      const { issues } = refused(() => loose(app).toBeDeniedTo(action, 'Reports/x'));
      expect(issues[0]).toMatchObject({ path: 'action', message: 'the action is not `prefix:Name`' });
    },
  );
});

describe('facts and options that do not exist', () => {
  it.each<[string, () => void]>([
    ['context', () => loose(app).toBeDeniedTo('s3:PutObject', 'Reports/x', { contxt: {} })],
    ['context', () => loose(app).not.toBeAllowedTo('s3:PutObject', 'Reports/x', { contxt: {} })],
    ['by', () => loose(app).toBeDeniedTo('s3:PutObject', 'Reports/x', { By: 'service' })],
    ['roots', () => loose(reports).toBeReachableOnlyBy([], 's3:PutObject', { root: true })],
    [
      'sourceIp',
      () => loose(reports).not.toBeReachableOnlyBy(['App'], 's3:GetObject', { sourceIP: '192.0.2.7' }),
    ],
    [
      'permissionsBoundary',
      () => loose(app).not.toBeDeniedTo('s3:PutObject', 'Reports/x', { by: 'boundary' }),
    ],
    [
      'resourcePolicy',
      () => loose(app).toBeDeniedTo('s3:PutObject', 'Reports/x', { by: 'resourcepolicies' }),
    ],
  ])('did you mean %s', (meant, act) => {
    const { code, issues } = refused(act);
    expect(code).toBe('ERR_IAM_INVALID_REQUEST');
    expect(issues[0]?.hint).toBe(`did you mean ${meant}`);
  });
  it('a kind that is nothing like one lists them all; one of a matcher is none of another', () => {
    for (const by of ['nonsense', 1])
      expect(
        refused(() => loose(app).not.toBeDeniedTo('s3:PutObject', 'Reports/x', { by })).issues[0],
      ).toMatchObject({ path: 'by', hint: expect.stringContaining('write one of identityPolicies,') });
    expect(
      refused(() => loose(app).toBeAllowedTo('s3:GetObject', 'Reports/x', { by: 'service' })).issues[0]?.path,
    ).toBe('facts.by');
  });
  it('facts that are none', () => {
    for (const facts of [null, 'x', []])
      for (const act of [
        () => loose(app).toBeAllowedTo('s3:GetObject', 'Reports/x', facts),
        () => loose(app).toBeDeniedTo('s3:GetObject', 'Reports/x', facts),
        () => loose(reports).toBeReachableOnlyBy([], 's3:GetObject', facts),
      ])
        expect(refused(act).issues[0]?.path).toBe('facts');
  });
  it('progress may be told', () => {
    expect(reports).toBeReachableOnlyBy(['App'], 's3:GetObject', { ...office, onProgress: () => {} });
  });
});

describe('resources', () => {
  it('facts in their place are refused', () => {
    for (const wrong of [{ mfa: { present: true } }, app, 1, null]) {
      const { issues } = refused(() => loose(app).toBeDeniedTo('s3:PutObject', wrong));
      expect(issues[0]).toMatchObject({ path: 'resource', message: 'this is no resource' });
      expect(issues[0]?.hint).toContain("estate.resource('…')");
    }
  });
  it('none is an error where the action has one', () => {
    for (const act of [
      () => expect(app).toBeDeniedTo('s3:GetObject'),
      () => expect(app).not.toBeDeniedTo('s3:GetObject'),
      () => expect(app).not.toBeAllowedTo('s3:GetObject'),
    ]) {
      const { issues } = refused(act);
      expect(issues[0]?.message).toBe('s3:GetObject is asked of a resource, and none is given');
      expect(issues[0]?.hint).toBe('write a bucket for all its objects, or one object');
    }
    const { hint } = refused(() => expect(app).toBeDeniedTo('sqs:SendMessage')).issues[0]!;
    expect(hint).toBe("write a name or an ARN, or '*' for a request that names none");
  });
  it('no request for an object is on `*`', () => {
    for (const act of [
      () => expect(app).toBeDeniedTo('s3:GetObject', '*'),
      () => expect(app).toBeDeniedTo('s3:GetObject', estate.resource('*')),
      () => expect(estate.resource('*')).toBeReachableOnlyBy([], 's3:GetObject'),
    ])
      expect(refused(act).issues[0]?.message).toBe('no request for s3:GetObject is on `*`');
  });
  it('none is needed where the action has none, and `*` is a request that names none', () => {
    expect(app).toBeDeniedTo('s3:ListAllMyBuckets');
    expect(app).toBeDeniedTo('sqs:SendMessage', '*');
  });
});

describe('names', () => {
  it('one is a list of one', () => {
    expect(reports).toBeReachableOnlyBy('App', 's3:GetObject', office);
    expect(reports).not.toBeReachableOnlyBy('Other', 's3:GetObject', office);
  });
  it('what is no list of names is refused', () => {
    for (const wrong of [undefined, [app], {}])
      expect(refused(() => loose(reports).toBeReachableOnlyBy(wrong, 's3:GetObject')).issues[0]?.path).toBe(
        'names',
      );
  });
});

it('what is asked of something else says what to write', () => {
  for (const act of [
    () => loose('App').toBeAllowedTo('s3:GetObject', 'Reports/x'),
    () => loose(reports).not.toBeDeniedTo('s3:GetObject', 'Reports/x'),
    () => loose(undefined).toBeReachableOnlyBy([], 's3:GetObject'),
  ])
    expect(refused(act).message).toMatch(/^expect: toBe\w+ is asked of a .*; write expect\(estate\./);
});

it('what is refused is not recorded', () => {
  const recorded: Assertion[] = [];
  const recording = matchersRecording((_, assertion) => recorded.push(assertion));
  refused(() => recording.toBeAllowedTo.call({}, app, 's3:GetObjct', 'Reports/x'));
  refused(() => recording.toBeDeniedTo.call({}, app, 's3:GetObject'));
  refused(() =>
    recording.toBeReachableOnlyBy.call({}, reports, [], 's3:GetObject', { contxt: {} } as object),
  );
  expect(recorded).toEqual([]);
});

describe('a condition key that is nearly one of AWS', () => {
  const Statement = (key: string) => [
    { Effect: 'Allow', Action: 's3:*', Resource: '*' },
    { Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: { BoolIfExists: { [key]: 'false' } } },
  ];
  const asking = (key: string, asText = false) => {
    const document = { Version: '2012-10-17', Statement: Statement(key) };
    const arn = 'arn:aws:iam::111122223333:user/ana';
    const policies = [{ name: 'own', document: asText ? JSON.stringify(document) : document }];
    return new Estate({
      principals: [
        { kind: 'user', arn, account: '111122223333', name: 'ana', names: [], groups: [], policies },
      ],
    });
  };
  const list = ['s3:ListAllMyBuckets', '*'] as const;
  const context = { 'aws:MultifactorAuthPresnt': 'false' };

  it('is refused by every matcher where no policy asks for it: it says nothing', () => {
    const ana = asking('aws:MultiFactorAuthPresent').principal('ana');
    for (const act of [
      () => expect(ana).toBeAllowedTo(...list, { context }),
      () => expect(ana).not.toBeAllowedTo(...list, { context }),
      () => expect(ana).toBeDeniedTo(...list, { context }),
      () => expect(reports).toBeReachableOnlyBy([], 's3:GetObject', { context }),
    ])
      expect(refused(act).message).toBe(
        'facts.context.aws:MultifactorAuthPresnt: AWS documents no condition key `aws:MultifactorAuthPresnt`, and no policy of the ' +
          'estate asks for it; write aws:MultiFactorAuthPresent, or leave it out: it changes no answer',
      );
    const unknown = ['aws:SourceVp', 'aws:PrincipalTagg/*'];
    const { issues } = refused(() => expect(ana).toBeDeniedTo(...list, { unknown }));
    expect(issues.map(({ path, hint }) => `${path} ${hint.split(',')[0]}`)).toEqual([
      'facts.unknown write aws:SourceVpc',
      'facts.unknown write aws:PrincipalTag/*',
    ]);
  });

  it('counts where a policy asks for it, however that is written', () => {
    for (const asText of [false, true]) {
      const ana = asking('aws:multifactorauthpresnt', asText).principal('ana');
      expect(ana).toBeDeniedTo(...list, { context });
    }
    const escaped = JSON.stringify({ Statement: Statement('aws:multifactorauthpresnt') }).replace(
      'presnt',
      'pr\\u0065snt',
    );
    const sessionPolicies = [escaped];
    const any = asking('aws:MultiFactorAuthPresent').principal('ana');
    expect(any).toBeDeniedTo(...list, { context, sessionPolicies });
    const variable = { Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::${aws:SourceVp}' };
    expect(any).toBeDeniedTo(...list, {
      context: { 'aws:SourceVp': 'x' },
      resourcePolicy: { Version: '2012-10-17', Statement: { ...variable, Principal: '*' } },
    });
  });

  it('counts where it resembles none, and where AWS documents it though nobody asks', () => {
    const ana = asking('aws:MultiFactorAuthPresent').principal('ana');
    const others = {
      'x:y': 'z',
      'aws:PrincipalTag/Teem': 'a',
      'aws:sourcevpc': 'vpc-1',
      'idp.example.com:subj': 'a',
    };
    expect(ana).toBeDeniedTo(...list, { context: others });
    expect(ana).toBeAllowedTo(...list, { context: others, unknown: 'unlisted', mfa: { present: true } });
  });
});
