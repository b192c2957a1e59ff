import fc from 'fast-check';
import type { EvaluationInput } from '../../src/index.js';

/** Texts that conditions and completions share, so that they meet often. */
export const words = [
  'red',
  'blue',
  'Red',
  'redwood',
  'a',
  'ab',
  'b',
  '',
  'alice',
  're?',
  '*',
  'r*',
  '*e',
  'a*',
  '$',
] as const;
const textKeys = ['aws:PrincipalTag/team', 'aws:ResourceTag/team', 's3:prefix', 'aws:username'] as const;
export const valuesByKey: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(textKeys.map((key) => [key, words])),
  'aws:TagKeys': ['red', 'blue', 'a', 'other', 'a*', '*'],
  'aws:MultiFactorAuthPresent': ['true', 'false'],
  'aws:MultiFactorAuthAge': ['0', '59', '60', '60.5', '61', '3599', '3600', '3601', '-1'],
  'aws:CurrentTime': [
    '2025-12-31T23:59:59Z',
    '2026-01-01T00:00:00Z',
    '2026-06-01T00:00:00Z',
    '2027-01-01T00:00:00Z',
  ],
  'aws:SourceIp': ['10.0.0.1', '10.1.0.0', '192.168.1.1', '2001:db8::5', '11.0.0.0', '9.255.255.255'],
  'aws:SourceArn': [
    'arn:aws:sns:eu-west-1:1:t',
    'arn:aws:sns:eu-west-1:1:u',
    'arn:aws:sns:us-east-1:2:t',
    'arn:aws:s3:::b',
    'text',
  ],
};
export const unknownKeys = Object.keys(valuesByKey);

const oneOrTwo = (values: readonly string[]) =>
  fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });
const suffix = fc.constantFrom('', '', 'IfExists');
const set = fc.constantFrom('ForAllValues:', 'ForAnyValue:');
const textPatterns = [
  'red',
  'blue',
  'r*',
  '*e',
  're?',
  '*',
  'a*',
  '',
  '${aws:ResourceTag/team}',
  "${aws:username, 'red'}",
  'a${*}',
  '${$}',
  '${*}',
];

const textLine = fc
  .tuple(
    fc.constantFrom(
      'StringEquals',
      'StringNotEquals',
      'StringLike',
      'StringNotLike',
      'StringEqualsIgnoreCase',
    ),
    suffix,
    fc.constantFrom(...textKeys),
    oneOrTwo(textPatterns),
  )
  .map(([operator, tail, key, values]) => [operator + tail, key, values] as const);
const line = fc.oneof(
  { weight: 4, arbitrary: textLine },
  fc
    .tuple(
      set,
      fc.constantFrom('StringEquals', 'StringNotEquals', 'StringLike'),
      oneOrTwo(['red', 'blue', 'a*', '*']),
    )
    .map(([quantifier, operator, values]) => [quantifier + operator, 'aws:TagKeys', values] as const),
  fc
    .tuple(
      fc.constantFrom('StringEquals', 'StringLike', 'StringNotLike'),
      suffix,
      oneOrTwo(['red', 'blue', 'a*', '*']),
    )
    .map(([operator, tail, values]) => [operator + tail, 'aws:TagKeys', values] as const),
  fc
    .tuple(suffix, fc.constantFrom('true', 'false'))
    .map(([tail, value]) => [`Bool${tail}`, 'aws:MultiFactorAuthPresent', [value]] as const),
  fc
    .tuple(
      fc.constantFrom('NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericGreaterThanEquals'),
      suffix,
      oneOrTwo(['60', '3600', '60.0']),
    )
    .map(([operator, tail, values]) => [operator + tail, 'aws:MultiFactorAuthAge', values] as const),
  fc
    .tuple(fc.constantFrom('DateLessThan', 'DateGreaterThan', 'DateNotEquals'), suffix)
    .map(([operator, tail]) => [operator + tail, 'aws:CurrentTime', ['2026-01-01T00:00:00Z']] as const),
  fc
    .tuple(
      fc.constantFrom('IpAddress', 'NotIpAddress'),
      suffix,
      oneOrTwo(['10.0.0.0/8', '10.1.0.0/16', '2001:db8::/32']),
    )
    .map(([operator, tail, values]) => [operator + tail, 'aws:SourceIp', values] as const),
  fc
    .tuple(
      fc.constantFrom('ArnLike', 'ArnNotEquals'),
      oneOrTwo(['arn:aws:sns:*:1:*', 'arn:*:*:*:*:t', 'arn:aws:s3:::b']),
    )
    .map(([operator, values]) => [operator, 'aws:SourceArn', values] as const),
  fc
    .tuple(fc.constantFrom(...unknownKeys), fc.constantFrom('true', 'false'))
    .map(([key, value]) => ['Null', key, [value]] as const),
);

/** A condition block of several lines; two lines of one operator and key would be one, so the later one wins. */
const block = fc.array(line, { maxLength: 2 }).map((lines) => {
  const out: Record<string, Record<string, readonly string[]>> = {};
  for (const [operator, key, values] of lines) out[operator] = { ...out[operator], [key]: values };
  return out;
});
const resource = fc.constantFrom(
  '*',
  '*',
  'arn:aws:s3:::home/alice/*',
  'arn:aws:s3:::home/${aws:username}/*',
  'arn:aws:s3:::home/${aws:PrincipalTag/team}*',
  "arn:aws:s3:::home/${aws:username, 'alice'}/*",
  'arn:aws:s3:::other/${aws:username}',
);
const statement = fc
  .tuple(
    fc.constantFrom('Allow', 'Allow', 'Deny'),
    resource,
    block,
    fc.constantFrom('s3:*', 's3:GetObject', 's3:Put*'),
  )
  .map(([Effect, Resource, Condition, Action]) => ({ Effect, Action, Resource, Condition }));
const document = fc
  .array(statement, { minLength: 1, maxLength: 3 })
  .map((Statement) => ({ Version: '2012-10-17', Statement }));
const all = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };
const layer = fc.oneof({ weight: 2, arbitrary: fc.constant(all) }, { weight: 1, arbitrary: document });

/** Policies and a request, without the keys of `valuesByKey`. */
export const partialCase: fc.Arbitrary<EvaluationInput> = fc
  .tuple(
    document,
    layer,
    layer,
    fc.constantFrom(undefined, 'arn:aws:iam::111122223333:role/app', '*'),
    document,
  )
  .map(([identity, boundary, control, named, resourcePolicy]) => ({
    request: {
      // A role session, so that aws:username is not derived.
      principal: {
        arn: 'arn:aws:sts::111122223333:assumed-role/app/s',
        issuer: 'arn:aws:iam::111122223333:role/app',
      },
      action: 's3:GetObject',
      resource: { arn: 'arn:aws:s3:::home/alice/x', accountId: '111122223333' },
    },
    policies: {
      identityPolicies: [identity],
      permissionsBoundary: boundary,
      serviceControlPolicies: [[all], [control]],
      ...(named === undefined
        ? {}
        : {
            resourcePolicy: {
              ...resourcePolicy,
              Statement: resourcePolicy.Statement.map((one) => ({ ...one, Principal: { AWS: named } })),
            },
          }),
    },
  }));

/** A reading of unknown keys; an empty list is an absent key. */
export const completion = (keys: readonly string[]): fc.Arbitrary<Record<string, readonly string[]>> =>
  fc.record(
    Object.fromEntries(
      keys.map((key) => {
        const values = valuesByKey[key]!;
        const several = key === 'aws:TagKeys' ? 3 : 1;
        return [key, fc.array(fc.constantFrom(...values), { maxLength: several })];
      }),
    ),
  ) as fc.Arbitrary<Record<string, readonly string[]>>;

const holeText = fc.constantFrom(
  { text: ['arn:aws:s3:::', { hole: 'B' }, '/*'] },
  { text: ['arn:aws:s3:::', { hole: 'B' }, '/alice/x'] },
  { text: ['arn:aws:s3:::home/', { hole: 'V' }, '/*'] },
  'arn:aws:s3:::home/*',
  'arn:aws:s3:::*/alice/*',
  '*',
);
const holeBlock = fc.constantFrom(
  {},
  { StringEquals: { 'aws:PrincipalTag/team': { hole: 'V' } } },
  { StringLike: { 's3:prefix': { text: [{ hole: 'V' }, '*'] } } },
  { StringNotEquals: { 'aws:PrincipalTag/team': ['red', { hole: 'V' }] } },
  { StringEquals: { 'aws:PrincipalAccount': { hole: 'A' } } },
  { ArnLike: { 'aws:PrincipalArn': { text: ['arn:aws:iam::', { hole: 'A' }, ':role/*'] } } },
  { NumericLessThan: { 'aws:MultiFactorAuthAge': { hole: 'N' } } },
  { NumericGreaterThanEquals: { 'aws:MultiFactorAuthAge': { hole: 'N' } } },
  { NumericNotEquals: { 'aws:MultiFactorAuthAge': [{ hole: 'N' }, '60'] } },
  { NumericLessThanIfExists: { 'aws:MultiFactorAuthAge': { text: [{ hole: 'N' }, '0'] } } },
  { DateLessThan: { 'aws:CurrentTime': { hole: 'T' } } },
  { DateGreaterThan: { 'aws:CurrentTime': { hole: 'T' } } },
  { DateNotEquals: { 'aws:CurrentTime': { hole: 'T' } } },
  { IpAddress: { 'aws:SourceIp': { hole: 'I' } } },
  { NotIpAddress: { 'aws:SourceIp': ['192.168.0.0/16', { hole: 'I' }] } },
  { IpAddress: { 'aws:SourceIp': { text: [{ hole: 'I' }, '/8'] } } },
  { Bool: { 'aws:MultiFactorAuthPresent': { hole: 'V' } } },
);
const holeStatement = fc
  .tuple(fc.constantFrom('Allow', 'Allow', 'Deny'), holeText, holeBlock)
  .map(([Effect, Resource, Condition]) => ({ Effect, Action: 's3:*', Resource, Condition }));

/** What a completion puts into each hole; where a text makes the input malformed, the hole cannot have it. */
export const holeTexts: Readonly<Record<string, readonly string[]>> = {
  B: ['home', 'other', 'hom', 'alice', 'red', 'x'],
  V: ['home', 'alice', 'red', 'x', 'true', 'false'],
  A: ['111122223333', '444455556666', '11112222333', 'x'],
  N: ['0', '59', '60', '60.5', '61', '3599', '3600', '3601', '6', '360', '-1', '1e3', 'many'],
  T: [
    '2025-12-31T23:59:59Z',
    '2026-01-01T00:00:00Z',
    '2026-06-01T00:00:00Z',
    '2027-01-01',
    '1767225600',
    'soon',
  ],
  I: [
    '10.0.0.0/8',
    '10.1.0.0/16',
    '10.0.0.1',
    '192.168.1.1',
    '2001:db8::/32',
    '9.9.9.9',
    '0.0.0.0/0',
    '::/0',
    '10',
  ],
};

const holeRequest = fc.record({
  arn: fc.constantFrom<unknown>('arn:aws:s3:::home/alice/x', {
    text: ['arn:aws:s3:::', { hole: 'B' }, '/alice/x'],
  }),
  accountId: fc.constantFrom<unknown>('111122223333', '111122223333', { hole: 'A' }),
  caller: fc.constantFrom<unknown>(
    'arn:aws:iam::111122223333:role/app',
    { text: ['arn:aws:iam::', { hole: 'A' }, ':role/app'] },
    { text: ['arn:aws:iam::111122223333:role/', { hole: 'B' }] },
  ),
  facts: fc.constantFrom<Record<string, unknown>>(
    {},
    { mfa: { present: true, ageSeconds: 60 }, sourceIp: '10.0.0.1' },
    { mfa: { present: true, ageSeconds: 3600 }, time: '2026-01-01T00:00:00Z' },
    { mfa: { present: false }, sourceIp: '192.168.1.1', time: '2026-06-01T00:00:00Z' },
    { sourceIp: '2001:db8::5', time: 1767225600 },
  ),
});

/** A case whose policies, and sometimes whose request, hold the holes of `holeTexts`. */
export const withHoles: fc.Arbitrary<{ readonly request: unknown; readonly policies: unknown }> = fc
  .tuple(partialCase, fc.array(holeStatement, { minLength: 1, maxLength: 3 }), holeRequest)
  .map(([input, statements, { arn, accountId, caller, facts }]) => ({
    request: { ...input.request, principal: { arn: caller }, resource: { arn, accountId }, ...facts },
    policies: { identityPolicies: [{ Version: '2012-10-17', Statement: statements }] },
  }));
