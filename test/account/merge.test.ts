import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PolicyUse } from '../../src/account/estate-data.js';
import { mergeEstates } from '../../src/account/merge.js';
import { estateOf, ingredients } from '../query/random-estate.js';
import { allow, bucket, estate, one, role, user } from './build.js';

it('an estate over nothing, under nothing and over itself is itself', () => {
  fc.assert(
    fc.property(ingredients, (from) => {
      const data = estateOf(from);
      const before = JSON.stringify(data);
      expect(mergeEstates(data, estate({}))).toEqual(data);
      expect(mergeEstates(estate({}), data)).toEqual(data);
      const twice = mergeEstates(data, data);
      expect(mergeEstates(twice, data)).toEqual(twice);
      expect(twice.principals.map(({ policies }) => policies)).toEqual(
        data.principals.map(({ policies }) => policies),
      );
      expect(JSON.stringify(data)).toBe(before);
    }),
    { numRuns: 100 },
  );
});

it('the upper fields win, policies and names are united', () => {
  const lower = estate({
    principals: [
      role('app', {
        names: ['app'],
        tags: { team: 'red' },
        permissionsBoundary: { arn: 'arn:aws:iam::111111111111:policy/b' },
        policies: [{ name: 'p', document: allow('s3:*') }, { arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
        instanceProfiles: ['arn:aws:iam::111111111111:instance-profile/a'],
      }),
    ],
  });
  const upper = estate({
    principals: [
      role('app', {
        names: ['AppRole'],
        tagsUnresolved: true,
        policies: [
          { name: 'p', document: allow('sqs:*') },
          { name: 'q', document: allow('sns:*') },
        ],
        instanceProfiles: ['arn:aws:iam::111111111111:instance-profile/b'],
      }),
    ],
  });
  const [merged] = mergeEstates(lower, upper).principals;
  expect(merged).toMatchObject({
    names: ['app', 'AppRole'],
    tags: { team: 'red' },
    tagsUnresolved: false,
    permissionsBoundary: { arn: 'arn:aws:iam::111111111111:policy/b' },
    instanceProfiles: [
      'arn:aws:iam::111111111111:instance-profile/a',
      'arn:aws:iam::111111111111:instance-profile/b',
    ],
  });
  expect(merged?.policies).toEqual([
    { name: 'p', document: allow('sqs:*') },
    { arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    { name: 'q', document: allow('sns:*') },
  ]);
});

it('groups of users are united, and so are parts of a resource policy; a policy that one of both knows is known', () => {
  const merged = mergeEstates(
    estate({
      principals: [user('ana', { groups: ['dev'] })],
      resources: [bucket('b', { policyUnresolved: true })],
    }),
    estate({
      principals: [user('ana', { groups: ['ops', 'dev'] })],
      resources: [bucket('b', { policies: [{ name: 'policy', document: allow('s3:*') }] })],
    }),
  );
  expect(merged.principals[0]).toMatchObject({ groups: ['dev', 'ops'] });
  expect(merged.resources[0]).toMatchObject({ policyUnresolved: false, policies: [{ name: 'policy' }] });
});

describe('the policy of a resource that holds one', () => {
  const [old, fresh] = [allow('s3:*'), allow('s3:GetObject')];
  const policiesOf = (type: string, below: readonly PolicyUse[], above: readonly PolicyUse[]) =>
    mergeEstates(
      estate({ resources: [{ ...bucket('b', { policies: below }), type }] }),
      estate({ resources: [{ ...bucket('b', { policies: above }), type }] }),
    ).resources[0]?.policies;
  const [below, above] = [
    { name: 'policy', document: old },
    { name: 's3_bucket_policy', document: fresh },
  ];

  it.each([
    'AWS::S3::Bucket',
    'AWS::SQS::Queue',
    'AWS::SNS::Topic',
    'AWS::KMS::Key',
    'AWS::SecretsManager::Secret',
    'AWS::ECR::Repository',
    'AWS::Backup::BackupVault',
    'AWS::EFS::FileSystem',
    'AWS::OpenSearchService::Domain',
  ])('is the upper one, whatever the loaders call it: %s', (type) => {
    expect(policiesOf(type, [below], [above])).toEqual([above]);
    expect(policiesOf(type, [below], [])).toEqual([below]);
    expect(policiesOf(type, [], [above])).toEqual([above]);
    const lost = { name: 'P', unresolved: 'not known' };
    expect(policiesOf(type, [below], [lost])).toEqual([lost]);
  });

  it.each([
    'AWS::Lambda::Function',
    'AWS::Lambda::LayerVersion',
    'AWS::Events::EventBus',
    'AWS::Logs::LogGroup',
  ])('and not that of one which takes many: %s', (type) =>
    expect(policiesOf(type, [below], [above])).toEqual([below, above]),
  );

  it('leaves the grants of a key', () => {
    const grants = { name: 'grants', unresolved: 'grants are not read' };
    expect(policiesOf('AWS::KMS::Key', [below, grants], [above])).toEqual([grants, above]);
    expect(policiesOf('AWS::KMS::Key', [below], [grants])).toEqual([below, grants]);
  });

  it('takes with it what restricted the other one', () => {
    const block = { name: 'public access block', document: old };
    expect(policiesOf('AWS::S3::Bucket', [below, block], [above])).toEqual([
      { name: 'public access block', possible: old, unresolved: expect.stringContaining('replaced') },
      above,
    ]);
    const other = { ...block, document: fresh };
    expect(policiesOf('AWS::S3::Bucket', [below, block], [above, other])).toEqual([above, other]);
    expect(policiesOf('AWS::S3::Bucket', [below, block], [])).toEqual([below, block]);
  });
});

it('a reference above hides no document below, and a document above replaces the reason below', () => {
  const arn = `arn:aws:iam::${one}:policy/p`;
  const known = { arn, account: one, names: ['p'], document: allow('s3:*') };
  const lost = { arn, account: one, names: ['q'], unresolved: 'not in the files' };
  for (const [a, b] of [
    [known, lost],
    [lost, known],
  ] as const) {
    const [merged] = mergeEstates(
      estate({ managedPolicies: [a] }),
      estate({ managedPolicies: [b] }),
    ).managedPolicies;
    expect(merged?.document).toEqual(allow('s3:*'));
  }
});

it('control policies of a node are united, so that no deny is lost', () => {
  const node = { id: 'r-1', type: 'ROOT' as const, parent: null };
  const merged = mergeEstates(
    estate({
      organization: {
        nodes: [{ ...node, serviceControlPolicies: ['p-FullAWSAccess', 'p-deny'] }],
        policies: [],
      },
    }),
    estate({ organization: { nodes: [{ ...node, serviceControlPolicies: ['p-new'] }], policies: [] } }),
  );
  expect(merged.organization?.nodes).toEqual([
    { ...node, serviceControlPolicies: ['p-FullAWSAccess', 'p-deny', 'p-new'] },
  ]);
});

it('what is undefined above hides nothing below', () => {
  const permissionsBoundary = { arn: 'arn:aws:iam::111111111111:policy/b' };
  const lower = estate({
    principals: [role('app', { permissionsBoundary })],
    resources: [bucket('reports', { tags: { team: 'red' } })],
    organization: { id: 'o-a1', nodes: [], policies: [] },
  });
  const upper = estate({
    principals: [role('app', { permissionsBoundary: undefined, trustPolicy: undefined, tags: undefined })],
    resources: [bucket('reports', { account: undefined, tags: undefined })],
    organization: { id: undefined, managementAccount: undefined, nodes: [], policies: [] },
  });
  expect(JSON.parse(JSON.stringify(mergeEstates(lower, upper)))).toEqual(
    JSON.parse(JSON.stringify(mergeEstates(lower, JSON.parse(JSON.stringify(upper))))),
  );
  expect(mergeEstates(lower, upper).principals[0]).toMatchObject({ permissionsBoundary });
});
