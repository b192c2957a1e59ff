/** What is fixed about the names and ARNs of a type of resource. */
export interface Shape {
  /** Type in CloudFormation, which estates use whatever the source. */
  readonly type: string;
  /** The attribute that is the name in the ARN. */
  readonly name: string;
  /** The ARN; `{name}` is the name attribute, other words are other attributes or the place. */
  readonly arn: string;
  /** The attribute that holds the ARN, where that is not `arn`. */
  readonly arnName?: string;
  /** What `id` is: `name` when absent. */
  readonly id?: 'arn' | 'url';
  /** Parts below it have ARNs of their own, so that an ARN in an expression may be the beginning of a longer one. */
  readonly parts?: boolean;
  /** An argument with the resource policy. */
  readonly policy?: string;
}

const at = (service: string, rest: string): string => `arn:{partition}:${service}:{region}:{account}:${rest}`;
const iam = (rest: string): string => `arn:{partition}:iam::{account}:${rest}`;

/** By Terraform type. ARN forms: https://docs.aws.amazon.com/service-authorization/latest/reference/ */
export const shapes: Readonly<Record<string, Shape>> = {
  aws_iam_role: { type: 'AWS::IAM::Role', name: 'name', arn: iam('role{path}{name}') },
  aws_iam_user: { type: 'AWS::IAM::User', name: 'name', arn: iam('user{path}{name}') },
  aws_iam_group: { type: 'AWS::IAM::Group', name: 'name', arn: iam('group{path}{name}') },
  aws_iam_policy: {
    type: 'AWS::IAM::ManagedPolicy',
    name: 'name',
    arn: iam('policy{path}{name}'),
    id: 'arn',
  },
  aws_iam_instance_profile: {
    type: 'AWS::IAM::InstanceProfile',
    name: 'name',
    arn: iam('instance-profile{path}{name}'),
  },
  aws_iam_saml_provider: {
    type: 'AWS::IAM::SAMLProvider',
    name: 'name',
    arn: iam('saml-provider/{name}'),
    id: 'arn',
  },
  aws_iam_openid_connect_provider: {
    type: 'AWS::IAM::OIDCProvider',
    name: 'url',
    arn: iam('oidc-provider/{name}'),
    id: 'arn',
  },
  aws_s3_bucket: {
    type: 'AWS::S3::Bucket',
    name: 'bucket',
    arn: 'arn:{partition}:s3:::{name}',
    parts: true,
    policy: 'policy',
  },
  aws_s3_directory_bucket: {
    type: 'AWS::S3Express::DirectoryBucket',
    name: 'bucket',
    arn: at('s3express', 'bucket/{name}'),
    parts: true,
  },
  aws_s3_access_point: {
    type: 'AWS::S3::AccessPoint',
    name: 'name',
    arn: at('s3', 'accesspoint/{name}'),
    parts: true,
    policy: 'policy',
  },
  aws_s3control_object_lambda_access_point: {
    type: 'AWS::S3ObjectLambda::AccessPoint',
    name: 'name',
    arn: at('s3-object-lambda', 'accesspoint/{name}'),
  },
  aws_s3tables_table_bucket: {
    type: 'AWS::S3Tables::TableBucket',
    name: 'name',
    arn: at('s3tables', 'bucket/{name}'),
    id: 'arn',
    parts: true,
  },
  aws_s3tables_table: {
    type: 'AWS::S3Tables::Table',
    name: 'name',
    arn: '{table_bucket_arn}/table/{table_id}',
    id: 'arn',
    parts: true,
  },
  aws_s3vectors_vector_bucket: {
    type: 'AWS::S3Vectors::VectorBucket',
    name: 'vector_bucket_name',
    arn: at('s3vectors', 'bucket/{name}'),
    arnName: 'vector_bucket_arn',
    parts: true,
  },
  aws_kms_key: { type: 'AWS::KMS::Key', name: 'key_id', arn: at('kms', 'key/{name}'), policy: 'policy' },
  aws_kms_replica_key: {
    type: 'AWS::KMS::ReplicaKey',
    name: 'key_id',
    arn: at('kms', 'key/{name}'),
    policy: 'policy',
  },
  aws_kms_external_key: { type: 'AWS::KMS::Key', name: 'id', arn: at('kms', 'key/{name}'), policy: 'policy' },
  aws_kms_replica_external_key: {
    type: 'AWS::KMS::ReplicaKey',
    name: 'key_id',
    arn: at('kms', 'key/{name}'),
    policy: 'policy',
  },
  aws_kms_alias: { type: 'AWS::KMS::Alias', name: 'name', arn: at('kms', '{name}') },
  aws_sqs_queue: {
    type: 'AWS::SQS::Queue',
    name: 'name',
    arn: at('sqs', '{name}'),
    id: 'url',
    policy: 'policy',
  },
  aws_sns_topic: {
    type: 'AWS::SNS::Topic',
    name: 'name',
    arn: at('sns', '{name}'),
    id: 'arn',
    policy: 'policy',
  },
  aws_secretsmanager_secret: {
    type: 'AWS::SecretsManager::Secret',
    name: 'name',
    arn: at('secretsmanager', 'secret:{name}-{arn suffix}'),
    id: 'arn',
    policy: 'policy',
  },
  aws_lambda_function: {
    type: 'AWS::Lambda::Function',
    name: 'function_name',
    arn: at('lambda', 'function:{name}'),
    parts: true,
  },
  aws_lambda_alias: {
    type: 'AWS::Lambda::Alias',
    name: 'name',
    arn: at('lambda', 'function:{function_name}:{name}'),
    id: 'arn',
  },
  aws_lambda_layer_version: {
    type: 'AWS::Lambda::LayerVersion',
    name: 'layer_name',
    arn: at('lambda', 'layer:{name}:{version}'),
    id: 'arn',
  },
  aws_ecr_repository: { type: 'AWS::ECR::Repository', name: 'name', arn: at('ecr', 'repository/{name}') },
  aws_ecrpublic_repository: {
    type: 'AWS::ECR::PublicRepository',
    name: 'repository_name',
    arn: 'arn:{partition}:ecr-public::{account}:repository/{name}',
  },
  aws_efs_file_system: {
    type: 'AWS::EFS::FileSystem',
    name: 'id',
    arn: at('elasticfilesystem', 'file-system/{name}'),
  },
  aws_glacier_vault: {
    type: 'AWS::Glacier::Vault',
    name: 'name',
    arn: at('glacier', 'vaults/{name}'),
    policy: 'access_policy',
  },
  aws_dynamodb_table: {
    type: 'AWS::DynamoDB::Table',
    name: 'name',
    arn: at('dynamodb', 'table/{name}'),
    parts: true,
  },
  aws_kinesis_stream: {
    type: 'AWS::Kinesis::Stream',
    name: 'name',
    arn: at('kinesis', 'stream/{name}'),
    id: 'arn',
    parts: true,
  },
  aws_backup_vault: {
    type: 'AWS::Backup::BackupVault',
    name: 'name',
    arn: at('backup', 'backup-vault:{name}'),
  },
  aws_codeartifact_domain: {
    type: 'AWS::CodeArtifact::Domain',
    name: 'domain',
    arn: at('codeartifact', 'domain/{name}'),
    id: 'arn',
  },
  aws_codeartifact_repository: {
    type: 'AWS::CodeArtifact::Repository',
    name: 'repository',
    arn: at('codeartifact', 'repository/{domain}/{name}'),
    id: 'arn',
    parts: true,
  },
  aws_opensearch_domain: {
    type: 'AWS::OpenSearchService::Domain',
    name: 'domain_name',
    arn: at('es', 'domain/{name}'),
    id: 'arn',
    parts: true,
    policy: 'access_policies',
  },
  aws_elasticsearch_domain: {
    type: 'AWS::Elasticsearch::Domain',
    name: 'domain_name',
    arn: at('es', 'domain/{name}'),
    id: 'arn',
    parts: true,
    policy: 'access_policies',
  },
  aws_api_gateway_rest_api: {
    type: 'AWS::ApiGateway::RestApi',
    name: 'id',
    // Its policy is about calls of the API, which have the ARN of execute-api.
    arn: at('execute-api', '{name}'),
    parts: true,
    policy: 'policy',
  },
  aws_cloudwatch_log_group: {
    type: 'AWS::Logs::LogGroup',
    name: 'name',
    arn: at('logs', 'log-group:{name}'),
    parts: true,
  },
  aws_cloudwatch_log_destination: {
    type: 'AWS::Logs::Destination',
    name: 'name',
    arn: at('logs', 'destination:{name}'),
  },
  aws_cloudwatch_event_bus: {
    type: 'AWS::Events::EventBus',
    name: 'name',
    arn: at('events', 'event-bus/{name}'),
  },
  aws_cloudwatch_event_rule: { type: 'AWS::Events::Rule', name: 'name', arn: at('events', 'rule/{name}') },
  aws_sfn_state_machine: {
    type: 'AWS::StepFunctions::StateMachine',
    name: 'name',
    arn: at('states', 'stateMachine:{name}'),
    id: 'arn',
  },
  aws_ssm_parameter: { type: 'AWS::SSM::Parameter', name: 'name', arn: at('ssm', 'parameter{/name}') },
  aws_oam_sink: { type: 'AWS::Oam::Sink', name: 'sink_id', arn: at('oam', 'sink/{name}'), id: 'arn' },
  aws_sagemaker_model_package_group: {
    type: 'AWS::SageMaker::ModelPackageGroup',
    name: 'model_package_group_name',
    arn: at('sagemaker', 'model-package-group/{name}'),
  },
  aws_codebuild_project: {
    type: 'AWS::CodeBuild::Project',
    name: 'name',
    arn: at('codebuild', 'project/{name}'),
    id: 'arn',
  },
  aws_ecs_cluster: { type: 'AWS::ECS::Cluster', name: 'name', arn: at('ecs', 'cluster/{name}'), id: 'arn' },
  aws_cloudtrail: { type: 'AWS::CloudTrail::Trail', name: 'name', arn: at('cloudtrail', 'trail/{name}') },
  aws_schemas_registry: {
    type: 'AWS::EventSchemas::Registry',
    name: 'name',
    arn: at('schemas', 'registry/{name}'),
  },
  aws_media_store_container: {
    type: 'AWS::MediaStore::Container',
    name: 'name',
    arn: at('mediastore', 'container/{name}'),
  },
  aws_ses_domain_identity: {
    type: 'AWS::SES::EmailIdentity',
    name: 'domain',
    arn: at('ses', 'identity/{name}'),
  },
  aws_ses_email_identity: {
    type: 'AWS::SES::EmailIdentity',
    name: 'email',
    arn: at('ses', 'identity/{name}'),
  },
  aws_sesv2_email_identity: {
    type: 'AWS::SES::EmailIdentity',
    name: 'email_identity',
    arn: at('ses', 'identity/{name}'),
  },
};

export const shapeOf = (type: string): Shape | undefined =>
  Object.hasOwn(shapes, type) ? shapes[type] : undefined;
