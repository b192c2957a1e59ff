import type { PolicyUse } from './estate-data.js';

/**
 * Types of resources that hold one policy: who writes it writes all of it, and what stood there before is gone. Functions, layers and
 * event buses are not among them, since they take one statement after another; nor are those of which AWS keeps several policies, such as
 * parameters and log groups.
 */
const types: ReadonlySet<string> = new Set([
  'AWS::ApiGateway::RestApi',
  'AWS::Backup::BackupVault',
  'AWS::Backup::LogicallyAirGappedBackupVault',
  'AWS::Bedrock::Guardrail',
  'AWS::CloudTrail::EventDataStore',
  'AWS::CodeArtifact::Domain',
  'AWS::CodeArtifact::Repository',
  'AWS::DSQL::Cluster',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::ECR::PublicRepository',
  'AWS::ECR::Repository',
  'AWS::EFS::FileSystem',
  'AWS::Elasticsearch::Domain',
  'AWS::EventSchemas::Registry',
  'AWS::Glacier::Vault',
  'AWS::Glue::Catalog',
  'AWS::KMS::Key',
  'AWS::KMS::ReplicaKey',
  'AWS::Kinesis::Stream',
  'AWS::Logs::Destination',
  'AWS::MSK::Cluster',
  'AWS::MediaStore::Container',
  'AWS::Oam::Sink',
  'AWS::OpenSearchService::Domain',
  'AWS::RedshiftServerless::Namespace',
  'AWS::S3::AccessPoint',
  'AWS::S3::Bucket',
  'AWS::S3::MultiRegionAccessPoint',
  'AWS::S3Express::DirectoryBucket',
  'AWS::S3ObjectLambda::AccessPoint',
  'AWS::S3Tables::Table',
  'AWS::S3Tables::TableBucket',
  'AWS::S3Vectors::VectorBucket',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::SageMaker::ModelPackageGroup',
  'AWS::SecretsManager::Secret',
]);

export const holdsOnePolicy = (type: string): boolean => types.has(type);

/** Grants of a key stand beside its policy, and stay when that is replaced. */
const grants = 'grants';
/** What a setting of a bucket adds to its policy: it was worked out for that policy and for no other. */
const restriction = 'public access block';

const isCalled = (use: PolicyUse, name: string): boolean => 'name' in use && use.name === name;

/** What is left of the parts of a resource policy where an upper file writes the policy too. */
export function partsBelow(lower: readonly PolicyUse[], upper: readonly PolicyUse[]): readonly PolicyUse[] {
  if (!upper.some((use) => !isCalled(use, grants) && !isCalled(use, restriction))) return lower;
  const left = lower.filter((use) => isCalled(use, grants));
  const set = lower.find((use) => isCalled(use, restriction));
  if (set === undefined || upper.some((use) => isCalled(use, restriction))) return left;
  const unresolved = 'whether public access is restricted was worked out for a policy that is replaced';
  const { origin } = set;
  const text = 'document' in set ? set.document : 'possible' in set ? set.possible : undefined;
  return [
    ...left,
    {
      name: restriction,
      unresolved,
      ...(typeof text === 'object' ? { possible: text } : {}),
      ...(origin === undefined ? {} : { origin }),
    },
  ];
}
