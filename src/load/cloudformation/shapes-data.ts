import type { Shape } from './shape.js';

/** Buckets, tables, file systems, databases, backups and search. */
export const databaseShapes: Readonly<Record<string, Shape>> = {
  'AWS::S3::Bucket': {
    name: 'BucketName',
    arn: 'arn:{partition}:s3:::{name}',
    lower: true,
    attributes: {
      DomainName: '{name}.s3.{suffix}',
      DualStackDomainName: '{name}.s3.dualstack.{region}.{suffix}',
      RegionalDomainName: '{name}.s3.{region}.{suffix}',
    },
  },
  'AWS::S3::AccessPoint': {
    name: 'Name',
    arn: 'arn:{partition}:s3:{region}:{account}:accesspoint/{name}',
    lower: true,
    attributes: { Name: '{name}' },
  },
  'AWS::S3::MultiRegionAccessPoint': {
    name: 'Name',
    arn: 'arn:{partition}:s3::{account}:accesspoint/{name}.mrap',
    lower: true,
    attributes: { Alias: '{name}.mrap' },
  },
  'AWS::S3ObjectLambda::AccessPoint': {
    name: 'Name',
    arn: 'arn:{partition}:s3-object-lambda:{region}:{account}:accesspoint/{name}',
    lower: true,
  },
  'AWS::S3Express::DirectoryBucket': {
    name: 'BucketName',
    arn: 'arn:{partition}:s3express:{region}:{account}:bucket/{name}',
    lower: true,
  },
  'AWS::S3Tables::TableBucket': {
    name: 'TableBucketName',
    arn: 'arn:{partition}:s3tables:{region}:{account}:bucket/{name}',
    ref: '{arn}',
    lower: true,
    attributes: { TableBucketARN: '{arn}' },
  },
  'AWS::S3Vectors::VectorBucket': {
    name: 'VectorBucketName',
    arn: 'arn:{partition}:s3vectors:{region}:{account}:bucket/{name}',
    ref: '{arn}',
    lower: true,
    attributes: { VectorBucketArn: '{arn}' },
  },
  'AWS::DSQL::Cluster': {
    arn: 'arn:{partition}:dsql:{region}:{account}:cluster/{name}',
    attributes: { Identifier: '{name}', ResourceArn: '{arn}' },
  },
  // The ARN has an id, which is not the name.
  'AWS::RedshiftServerless::Namespace': {
    arn: 'arn:{partition}:redshift-serverless:{region}:{account}:namespace/{hole}',
    ref: '{.NamespaceName}',
  },
  'AWS::DynamoDB::Table': {
    name: 'TableName',
    arn: 'arn:{partition}:dynamodb:{region}:{account}:table/{name}',
    attributes: { StreamArn: '{arn}/stream/{hole}' },
  },
  'AWS::DynamoDB::GlobalTable': {
    name: 'TableName',
    arn: 'arn:{partition}:dynamodb:{region}:{account}:table/{name}',
    attributes: { StreamArn: '{arn}/stream/{hole}' },
  },
  'AWS::EFS::FileSystem': {
    prefix: 'fs-',
    arn: 'arn:{partition}:elasticfilesystem:{region}:{account}:file-system/{name}',
    attributes: { FileSystemId: '{name}' },
  },
  'AWS::EFS::AccessPoint': {
    prefix: 'fsap-',
    arn: 'arn:{partition}:elasticfilesystem:{region}:{account}:access-point/{name}',
    attributes: { AccessPointId: '{name}' },
  },
  'AWS::RDS::DBInstance': {
    name: 'DBInstanceIdentifier',
    arn: 'arn:{partition}:rds:{region}:{account}:db:{name}',
    lower: true,
    attributes: { DBInstanceArn: '{arn}' },
  },
  'AWS::RDS::DBCluster': {
    name: 'DBClusterIdentifier',
    arn: 'arn:{partition}:rds:{region}:{account}:cluster:{name}',
    lower: true,
    attributes: { DBClusterArn: '{arn}' },
  },
  'AWS::OpenSearchService::Domain': {
    name: 'DomainName',
    arn: 'arn:{partition}:es:{region}:{account}:domain/{name}',
    lower: true,
    attributes: { DomainArn: '{arn}' },
  },
  'AWS::Elasticsearch::Domain': {
    name: 'DomainName',
    arn: 'arn:{partition}:es:{region}:{account}:domain/{name}',
    lower: true,
    attributes: { DomainArn: '{arn}' },
  },
  'AWS::Backup::BackupVault': {
    name: 'BackupVaultName',
    arn: 'arn:{partition}:backup:{region}:{account}:backup-vault:{name}',
    attributes: { BackupVaultArn: '{arn}', BackupVaultName: '{name}' },
  },
  'AWS::Backup::LogicallyAirGappedBackupVault': {
    name: 'BackupVaultName',
    arn: 'arn:{partition}:backup:{region}:{account}:backup-vault:{name}',
    attributes: { BackupVaultArn: '{arn}' },
  },
  'AWS::ECR::Repository': {
    name: 'RepositoryName',
    arn: 'arn:{partition}:ecr:{region}:{account}:repository/{name}',
    lower: true,
    attributes: { RepositoryUri: '{account}.dkr.ecr.{region}.{suffix}/{name}' },
  },
  'AWS::ECR::PublicRepository': {
    name: 'RepositoryName',
    arn: 'arn:{partition}:ecr-public::{account}:repository/{name}',
    lower: true,
  },
  'AWS::Glue::Database': {
    name: 'DatabaseInput.Name',
    arn: 'arn:{partition}:glue:{region}:{account}:database/{name}',
    lower: true,
  },
  'AWS::Athena::WorkGroup': {
    name: 'Name',
    arn: 'arn:{partition}:athena:{region}:{account}:workgroup/{name}',
  },
};
