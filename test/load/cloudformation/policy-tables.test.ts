import { describe, expect, it } from 'vitest';
import { holdsOnePolicy } from '../../../src/account/one-policy.js';
import { textWords } from '../../../src/account/text.js';
import { ownPolicy, separatePolicies } from '../../../src/load/cloudformation/policy-tables.js';
import { shapes } from '../../../src/load/cloudformation/shapes.js';
import { resourceType } from '../../../src/load/resource-policies/resource-type.js';
import { Estate } from '../../../src/query/estate.js';
import { load, place } from './fixture.js';

const guest = '444455556666';
const document = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: guest }, Action: '*', Resource: '*' }],
};
/** `A.B` as a member of a member. */
const nested = (path: string, value: unknown): object =>
  path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as object;
const policyOf = (loaded: ReturnType<typeof load>) =>
  loaded.data.resources.flatMap(({ policies }) => policies.filter((use) => 'document' in use));

describe('every type that holds a policy', () => {
  it.each(Object.entries(ownPolicy))('%s gives what its own document gives', (Type, properties) => {
    for (const text of [document, JSON.stringify(document)])
      for (const property of properties) {
        const loaded = load({ Resources: { Thing: { Type, Properties: nested(property, text) } } });
        expect(loaded.diagnostics.filter(({ code }) => code !== 'missingValue')).toEqual([]);
        expect(policyOf(loaded)).toHaveLength(1);
        expect(textWords(loaded.data.resources[0]!.arn)).toMatch(/^arn:aws:[a-z0-9-]+:/);
      }
  });

  it.each(Object.entries(separatePolicies))('%s puts its document onto what it names', (Type, row) => {
    const [property, targets, of] = row;
    for (const target of [targets].flat()) {
      const named = { [property]: document, [target]: { Ref: 'It' } };
      const Resources = { It: { Type: of, Properties: {} }, Policy: { Type, Properties: named } };
      const loaded = load({ Resources });
      expect(policyOf(loaded)).toHaveLength(1);
      if (!/Arn$|ARN$/.test(target) || shapes.get(of)?.ref !== '{arn}') continue;
      expect(loaded.data.resources).toHaveLength(1);
    }
  });

  it.each(Object.entries(separatePolicies))(
    '%s without anything to belong to is said',
    (Type, [property]) => {
      const { diagnostics } = load({ Resources: { Lost: { Type, Properties: { [property]: document } } } });
      expect(diagnostics.map(({ code, path }) => `${code} ${path}`)).toContain('malformed Resources.Lost');
    },
  );

  it('is of the type that its ARN has in files of policies', () => {
    const same = {
      'AWS::Elasticsearch::Domain': 1,
      'AWS::DynamoDB::GlobalTable': 1,
      'AWS::KMS::ReplicaKey': 1,
    };
    const vaults = 'AWS::Backup::LogicallyAirGappedBackupVault';
    const wrong = [...shapes].filter(([type, { arn = '' }]) => {
      if (!holdsOnePolicy(type) || type in same || type === vaults || arn === '') return false;
      return resourceType(arn.replace('{name}.mrap', 'm.mrap').replace(/\{[^}]*\}/g, 'x')) !== type;
    });
    expect(wrong.map(([type]) => type)).toEqual(['AWS::S3::MultiRegionAccessPoint']);
  });
});

describe('the policy of a vector bucket', () => {
  const bucket = { Type: 'AWS::S3Vectors::VectorBucket', Properties: { VectorBucketName: 'embeddings' } };
  it.each([
    ['VectorBucketArn', { 'Fn::GetAtt': ['Bucket', 'VectorBucketArn'] }],
    ['VectorBucketName', 'embeddings'],
  ])('named by %s counts for its indexes', (property, target) => {
    const Properties = { Policy: document, [property]: target };
    const { data } = load({
      Resources: { Bucket: bucket, Policy: { Type: 'AWS::S3Vectors::VectorBucketPolicy', Properties } },
    });
    const index = `arn:aws:s3vectors:${place.region}:${place.accountId}:bucket/embeddings/index/docs`;
    const estate = new Estate(data);
    expect(estate.can(guest, 's3vectors:QueryVectors', index).decision).toBe('allowed');
    expect(estate.can('777788889999', 's3vectors:QueryVectors', index).decision).toBe('implicitDeny');
  });
});
