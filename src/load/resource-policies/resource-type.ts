import { splitArn } from '../../value/arn.js';

/** CloudFormation types by service, and the beginning of the last part where a service has several. */
const types: readonly (readonly [service: string, start: string, type: string])[] = [
  ['s3', 'accesspoint/', 'AWS::S3::AccessPoint'],
  ['s3', '', 'AWS::S3::Bucket'],
  ['s3-object-lambda', 'accesspoint/', 'AWS::S3ObjectLambda::AccessPoint'],
  ['s3express', 'bucket/', 'AWS::S3Express::DirectoryBucket'],
  ['s3tables', 'bucket/', 'AWS::S3Tables::TableBucket'],
  ['s3vectors', 'bucket/', 'AWS::S3Vectors::VectorBucket'],
  ['sqs', '', 'AWS::SQS::Queue'],
  ['sns', '', 'AWS::SNS::Topic'],
  ['kms', 'key/', 'AWS::KMS::Key'],
  ['lambda', 'layer:', 'AWS::Lambda::LayerVersion'],
  ['lambda', '', 'AWS::Lambda::Function'],
  ['secretsmanager', '', 'AWS::SecretsManager::Secret'],
  ['ecr', '', 'AWS::ECR::Repository'],
  ['ecr-public', '', 'AWS::ECR::PublicRepository'],
  ['dynamodb', '', 'AWS::DynamoDB::Table'],
  ['kinesis', '', 'AWS::Kinesis::Stream'],
  ['events', '', 'AWS::Events::EventBus'],
  ['backup', '', 'AWS::Backup::BackupVault'],
  ['elasticfilesystem', '', 'AWS::EFS::FileSystem'],
  ['es', '', 'AWS::OpenSearchService::Domain'],
  ['logs', 'destination:', 'AWS::Logs::Destination'],
  ['logs', '', 'AWS::Logs::LogGroup'],
  ['bedrock', 'guardrail/', 'AWS::Bedrock::Guardrail'],
  ['cloudtrail', 'eventdatastore/', 'AWS::CloudTrail::EventDataStore'],
  ['codeartifact', 'domain/', 'AWS::CodeArtifact::Domain'],
  ['codeartifact', 'repository/', 'AWS::CodeArtifact::Repository'],
  ['dsql', 'cluster/', 'AWS::DSQL::Cluster'],
  ['glacier', 'vaults/', 'AWS::Glacier::Vault'],
  ['glue', 'catalog', 'AWS::Glue::Catalog'],
  ['kafka', 'cluster/', 'AWS::MSK::Cluster'],
  ['mediastore', 'container/', 'AWS::MediaStore::Container'],
  ['oam', 'sink/', 'AWS::Oam::Sink'],
  ['redshift-serverless', 'namespace/', 'AWS::RedshiftServerless::Namespace'],
  ['sagemaker', 'model-package-group/', 'AWS::SageMaker::ModelPackageGroup'],
  ['schemas', 'registry/', 'AWS::EventSchemas::Registry'],
  ['apigateway', '', 'AWS::ApiGateway::RestApi'],
  ['execute-api', '', 'AWS::ApiGateway::RestApi'],
];

/** The type of the thing an ARN names, as CloudFormation calls it. */
export function resourceType(arn: string): string {
  const [, , service = '', , , rest = ''] = splitArn(arn);
  const found = types.find(([of, start]) => of === service && rest.startsWith(start));
  return found?.[2] ?? `AWS::${service}::Resource`;
}

/** What people call the thing: the last part of its ARN without the kind, and of a secret without the six characters AWS adds. */
export function plainName(arn: string): string | undefined {
  const [, , service = '', , , rest = ''] = splitArn(arn);
  const name = /^(?:[a-z-]+[:/])?(.*)$/.exec(rest)![1]!;
  const own = service === 's3' || service === 'sqs' || service === 'sns' ? rest : name;
  const plain = service === 'secretsmanager' ? own.replace(/-[A-Za-z0-9]{6}$/, '') : own;
  return plain === '' ? undefined : plain;
}
