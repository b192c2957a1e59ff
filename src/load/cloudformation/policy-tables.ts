import {
  asArn,
  bucketArn,
  directoryBucketArn,
  lambdaAccessPointArn,
  multiRegionArn,
  queueArn,
  registryArn,
  secretArn,
  type Target,
  vectorBucketArn,
} from './resource-targets.js';

/** The policy of a resource that it carries itself: type → property. */
export const ownPolicy: Readonly<Record<string, readonly string[]>> = {
  'AWS::KMS::Key': ['KeyPolicy'],
  'AWS::KMS::ReplicaKey': ['KeyPolicy'],
  'AWS::S3::AccessPoint': ['Policy'],
  'AWS::ECR::Repository': ['RepositoryPolicyText'],
  'AWS::ECR::PublicRepository': ['RepositoryPolicyText'],
  'AWS::EFS::FileSystem': ['FileSystemPolicy'],
  'AWS::OpenSearchService::Domain': ['AccessPolicies'],
  'AWS::Elasticsearch::Domain': ['AccessPolicies'],
  'AWS::DynamoDB::Table': ['ResourcePolicy.PolicyDocument'],
  'AWS::Kinesis::Stream': ['ResourcePolicy'],
  'AWS::Backup::BackupVault': ['AccessPolicy'],
  'AWS::Events::EventBus': ['Policy'],
  'AWS::Logs::LogGroup': ['ResourcePolicyDocument'],
  'AWS::CodeArtifact::Domain': ['PermissionsPolicyDocument'],
  'AWS::CodeArtifact::Repository': ['PermissionsPolicyDocument'],
  'AWS::Backup::LogicallyAirGappedBackupVault': ['AccessPolicy'],
  'AWS::DSQL::Cluster': ['PolicyDocument'],
  'AWS::Logs::Destination': ['DestinationPolicy'],
  'AWS::Oam::Sink': ['Policy'],
  'AWS::RedshiftServerless::Namespace': ['NamespaceResourcePolicy'],
  'AWS::SageMaker::ModelPackageGroup': ['ModelPackageGroupPolicy'],
};

/**
 * Policies that are resources of their own: the property with the document, the one with the target (or the first of several that is
 * given), the target's type.
 */
export const separatePolicies: Readonly<
  Record<string, readonly [string, string | readonly string[], string, Target]>
> = {
  'AWS::S3::BucketPolicy': ['PolicyDocument', 'Bucket', 'AWS::S3::Bucket', bucketArn],
  'AWS::S3Express::BucketPolicy': [
    'PolicyDocument',
    'Bucket',
    'AWS::S3Express::DirectoryBucket',
    directoryBucketArn,
  ],
  'AWS::S3ObjectLambda::AccessPointPolicy': [
    'PolicyDocument',
    'ObjectLambdaAccessPoint',
    'AWS::S3ObjectLambda::AccessPoint',
    lambdaAccessPointArn,
  ],
  'AWS::S3::MultiRegionAccessPointPolicy': [
    'Policy',
    'MrapName',
    'AWS::S3::MultiRegionAccessPoint',
    multiRegionArn,
  ],
  'AWS::S3Tables::TableBucketPolicy': [
    'ResourcePolicy',
    'TableBucketARN',
    'AWS::S3Tables::TableBucket',
    asArn,
  ],
  'AWS::S3Tables::TablePolicy': ['ResourcePolicy', 'TableARN', 'AWS::S3Tables::Table', asArn],
  'AWS::SQS::QueuePolicy': ['PolicyDocument', 'Queues', 'AWS::SQS::Queue', queueArn],
  'AWS::SQS::QueueInlinePolicy': ['PolicyDocument', 'Queue', 'AWS::SQS::Queue', queueArn],
  'AWS::SNS::TopicPolicy': ['PolicyDocument', 'Topics', 'AWS::SNS::Topic', asArn],
  'AWS::SNS::TopicInlinePolicy': ['PolicyDocument', 'TopicArn', 'AWS::SNS::Topic', asArn],
  'AWS::SecretsManager::ResourcePolicy': [
    'ResourcePolicy',
    'SecretId',
    'AWS::SecretsManager::Secret',
    secretArn,
  ],
  'AWS::Kinesis::ResourcePolicy': ['ResourcePolicy', 'ResourceArn', 'AWS::Kinesis::Stream', asArn],
  'AWS::CloudTrail::ResourcePolicy': [
    'ResourcePolicy',
    'ResourceArn',
    'AWS::CloudTrail::EventDataStore',
    asArn,
  ],
  'AWS::MSK::ClusterPolicy': ['Policy', 'ClusterArn', 'AWS::MSK::Cluster', asArn],
  'AWS::SSM::ResourcePolicy': ['Policy', 'ResourceArn', 'AWS::SSM::Parameter', asArn],
  'AWS::VpcLattice::ResourcePolicy': ['Policy', 'ResourceArn', 'AWS::VpcLattice::ServiceNetwork', asArn],
  'AWS::VpcLattice::AuthPolicy': ['Policy', 'ResourceIdentifier', 'AWS::VpcLattice::Service', asArn],
  'AWS::EventSchemas::RegistryPolicy': ['Policy', 'RegistryName', 'AWS::EventSchemas::Registry', registryArn],
  'AWS::Lambda::ResourcePolicy': ['PolicyDocument', 'ResourceArn', 'AWS::Lambda::Function', asArn],
  'AWS::Bedrock::ResourcePolicy': ['PolicyDocument', 'ResourceArn', 'AWS::Bedrock::Guardrail', asArn],
  'AWS::BedrockAgentCore::ResourcePolicy': ['Policy', 'ResourceArn', 'AWS::BedrockAgentCore::Runtime', asArn],
  'AWS::Lex::ResourcePolicy': ['Policy', 'ResourceArn', 'AWS::Lex::BotAlias', asArn],
  'AWS::S3Vectors::VectorBucketPolicy': [
    'Policy',
    ['VectorBucketArn', 'VectorBucketName'],
    'AWS::S3Vectors::VectorBucket',
    vectorBucketArn,
  ],
  'AWS::AppMesh::ResourcePolicy': ['Policy', 'ResourceArn', 'AWS::AppMesh::Mesh', asArn],
};
