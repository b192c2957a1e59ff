import { describe, expect, it } from 'vitest';
import type { PolicyKind } from '../../src/policy/policy.js';
import { kinds, least, readDocument, readStatementOf, wrong } from './build.js';

const kindsWithResource = kinds.filter((kind) => kind !== 'trustPolicy');
const iamKinds: readonly PolicyKind[] = ['identityPolicies', 'permissionsBoundary', 'sessionPolicies'];
const others = kindsWithResource.filter((kind) => !iamKinds.includes(kind));
const bad = (text: string, problem: string, path = '.Resource') => [
  ['ERR_IAM_RESOURCE', path, `\`${text}\` ${problem}`, 'write `*` or a whole ARN'],
];

describe.each(kindsWithResource)('L31-L36: %s', (kind) => {
  it.each([
    '*',
    'arn:aws:s3:::b',
    'arn:aws:s3:::b/a:b:c',
    'arn:aws:s3:::*',
    'arn:aws:sqs:us-*:1111*:q?',
    'arn:aws-cn:s3:::b',
    'arn:aws-us-gov:s3:::b',
    'arn:aws-iso:s3:::b',
    'arn:aws-iso-b:s3:::b',
    'arn:aws-iso-e:s3:::b',
    'arn:aws-iso-f:s3:::b',
    'arn:aws-eusc:s3:::b',
    'arn:*:iam::*:role/x',
    'arn:aws:iam::111122223333:*',
    'arn:aws:iam::111122223333:role/*',
    'arn:aws:iam::111122223333:root',
    'arn:aws:s3:::${aws:username}/*',
    "arn:aws:s3:::${aws:username, 'a:b'}",
    'arn:aws:iam::111122223333:${x}/*',
    'arn:aws:s3:us-east-1:111122223333:accesspoint/x',
  ])('%s', (Resource) => {
    const { policy, issues } = readStatementOf(kind, { Resource });
    expect(issues).toEqual([]);
    expect(policy.statements[0]!.resources).toEqual([Resource]);
  });

  it.each([
    ['', 'is not in ARN format'],
    ['bucket', 'is not in ARN format'],
    ['**', 'is not in ARN format'],
    ['arn', 'is not in ARN format'],
    ['ARN:aws:s3:::b', 'is not in ARN format'],
    [' arn:aws:s3:::b', 'is not in ARN format'],
    ['xarn:aws:s3:::b', 'is not in ARN format'],
    ['arn:mars:s3:::b', 'has the unknown partition `mars`'],
    ['arn:aws*:s3:::b', 'has the unknown partition `aws*`'],
    ['arn::s3:::b', 'has the unknown partition ``'],
    ['arn:mars', 'has the unknown partition `mars`'],
    ['arn:mars:*', 'has the unknown partition `mars`'],
    ['arn:a*:*', 'has the unknown partition `a*`'],
    [`arn:${'m'.repeat(50)}:s3:::b`, `has the unknown partition \`${'m'.repeat(40)}\``],
    ['arn:aws', 'is too short'],
    ['arn:aws-cn', 'is too short'],
    ['arn:aws:::*', 'is short and holds `::`'],
    ['arn:aws:s3::', 'is short and holds `::`'],
    ['arn:aws:s3::*', 'is short and holds `::`'],
  ])('%s %s', (Resource, problem) => {
    expect(wrong(kind, { Resource })).toEqual(bad(Resource, problem));
    expect(wrong(kind, { Resource: undefined, NotResource: ['*', Resource] })).toEqual(
      bad(Resource, problem, '.NotResource'),
    );
  });

  it('L18, L20: lists', () => {
    expect(wrong(kind, { Resource: [] })).toEqual([
      ['ERR_IAM_VALUE', '.Resource', 'the list is empty', 'name a resource'],
    ]);
    expect(wrong(kind, { Resource: ['*', 7] })).toEqual([
      ['ERR_IAM_TYPE', '.Resource[1]', 'the resource is not a string', 'write a string or a list of strings'],
    ]);
    expect(wrong(kind, { Resource: null })).toHaveLength(1);
  });

  it('cuts a long text to 200 characters', () => {
    const long = 'x'.repeat(300);
    expect(wrong(kind, { Resource: long })).toEqual(bad(long.slice(0, 200), 'is not in ARN format'));
  });
});

describe('L37: ARNs of fewer than six parts', () => {
  const few = 'has fewer than six parts';
  type Row = readonly [
    text: string,
    iam: string | undefined,
    star: string | undefined,
    scp: string | undefined,
  ];
  const rows: readonly Row[] = [
    ['arn:aws:sqs', undefined, few, few],
    ['arn:aws:sqs:us-east-1', undefined, few, few],
    ['arn:aws:sqs:us-east-1:111122223333', undefined, few, few],
    ['arn:aws:sqs:*', undefined, undefined, undefined],
    ['arn:aws:sqs:us-*:111122223333', undefined, undefined, few],
    ['arn:aws:sqs:us-east-?', undefined, few, few],
    ['arn:aws:*', undefined, undefined, undefined],
    ['arn:*:sqs', undefined, undefined, few],
    ['arn:*', undefined, undefined, undefined],
    ['arn:aws*', undefined, undefined, undefined],
    ['arn:mar*', undefined, undefined, undefined],
  ];
  it.each(rows)('%s', (Resource, iam, star, scp) => {
    const problems = {
      identityPolicies: iam,
      permissionsBoundary: iam,
      sessionPolicies: iam,
      resourcePolicy: star,
      vpcEndpointPolicy: star,
      serviceControlPolicies: scp,
      resourceControlPolicies: few,
    };
    for (const [kind, problem] of Object.entries(problems)) {
      expect([kind, wrong(kind as PolicyKind, { Resource })]).toEqual([
        kind,
        problem === undefined ? [] : bad(Resource, problem),
      ]);
    }
  });
});

describe('L38, L39: what IAM refuses in its own policies, and others accept', () => {
  const early = 'has a wildcard before the first `/`';
  it.each([
    ['arn:aws:s*:::b', 'has a wildcard in its service'],
    ['arn:aws:s?:::b', 'has a wildcard in its service'],
    ['arn:aws:*:us-east-1:111122223333:b', 'has a wildcard in its service'],
    ['arn:aws:iam:us-east-1:111122223333:role/x', 'is an IAM ARN with a region'],
    ['arn:aws:iam:*:111122223333:role/x', 'is an IAM ARN with a region'],
    ['arn:aws:iam::111122223333:u*', early],
    ['arn:aws:iam::111122223333:r?le/x', early],
    ['arn:aws:iam::111122223333:*/x', early],
    ['arn:aws:iam::111122223333:?', early],
    ['arn:aws:iam::111122223333:**', early],
  ])('%s %s', (Resource, problem) => {
    for (const kind of iamKinds) expect(wrong(kind, { Resource })).toEqual(bad(Resource, problem));
    for (const kind of others) expect(wrong(kind, { Resource })).toEqual([]);
  });

  it('a wildcard in the service of a short ARN', () => {
    const Resource = 'arn:aws:s*:us-east-1';
    for (const kind of iamKinds)
      expect(wrong(kind, { Resource })).toEqual(bad(Resource, 'has a wildcard in its service'));
    expect(wrong('resourcePolicy', { Resource })).toEqual([]);
  });

  it.each([
    'arn:aws:s*',
    'arn:aws:iam:us-east-1',
    'arn:aws:iam::1*:role/x',
    'arn:aws:iam::111122223333:role/a*/b?',
    'arn:aws:s3:us-east-1:111122223333:a*',
    'arn:aws:iamx:us-east-1:111122223333:a*',
  ])('%s is accepted', (Resource) => {
    for (const kind of iamKinds) expect(wrong(kind, { Resource })).toEqual([]);
  });
});

describe('L4, L65: variables', () => {
  const read = (Version: string, Resource: string) =>
    readDocument({ Version, Statement: { ...least.identityPolicies, Resource } }).issues.map(
      ({ message }) => message,
    );
  it('a colon inside a variable does not split, under 2012-10-17', () => {
    const Resource = 'arn:aws:sqs:${x:region}:${y:a:b:c}';
    expect(read('2012-10-17', Resource)).toEqual([]);
    expect(wrong('resourcePolicy', { Resource })).toEqual(bad(Resource, 'has fewer than six parts'));
    expect(read('2008-10-17', Resource)).toEqual([]);
    const early = 'arn:aws:iam:${a:b}::x';
    expect(read('2012-10-17', early)).toEqual([`\`${early}\` is an IAM ARN with a region`]);
  });

  it('the Version decides where the parts are', () => {
    const Resource = 'arn:aws:sqs:${a:b:c}';
    const issues = (Version: string) =>
      readDocument({ Version, Statement: { ...least.resourcePolicy, Resource } }, 'resourcePolicy').issues
        .length;
    expect([issues('2012-10-17'), issues('2008-10-17')]).toEqual([1, 0]);
  });
});
