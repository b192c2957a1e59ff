/** A resource that puts a policy onto another one. */
export interface PolicyTarget {
  /** The argument that names the other. */
  readonly target: string;
  /** The argument with the policy; `policy` when absent. */
  readonly policy?: string;
  /** Terraform types that it may be put onto; the first one makes the ARN of a name that is not in the file. */
  readonly types: readonly [string, ...string[]];
  /** The argument is an ARN, whatever the type of the thing. */
  readonly arn?: boolean;
  /** CloudFormation type of things that are named by their ARN alone. */
  readonly type?: string;
  /** It stands beside other policies of the same thing, and replaces none. */
  readonly beside?: true;
}

/** By Terraform type. */
export const policyTargets: Readonly<Record<string, PolicyTarget>> = {
  aws_s3_bucket_policy: { target: 'bucket', types: ['aws_s3_bucket', 'aws_s3_directory_bucket'] },
  aws_s3control_access_point_policy: {
    target: 'access_point_arn',
    types: ['aws_s3_access_point'],
    arn: true,
    type: 'AWS::S3::AccessPoint',
  },
  aws_s3control_object_lambda_access_point_policy: {
    target: 'name',
    types: ['aws_s3control_object_lambda_access_point'],
  },
  aws_s3tables_table_bucket_policy: {
    target: 'table_bucket_arn',
    policy: 'resource_policy',
    types: ['aws_s3tables_table_bucket'],
    arn: true,
    type: 'AWS::S3Tables::TableBucket',
  },
  aws_s3vectors_vector_bucket_policy: {
    target: 'vector_bucket_arn',
    types: ['aws_s3vectors_vector_bucket'],
    arn: true,
    type: 'AWS::S3Vectors::VectorBucket',
  },
  aws_kms_key_policy: {
    target: 'key_id',
    types: ['aws_kms_key', 'aws_kms_external_key', 'aws_kms_replica_key', 'aws_kms_replica_external_key'],
  },
  aws_sqs_queue_policy: { target: 'queue_url', types: ['aws_sqs_queue'] },
  aws_sns_topic_policy: { target: 'arn', types: ['aws_sns_topic'], arn: true, type: 'AWS::SNS::Topic' },
  aws_secretsmanager_secret_policy: {
    target: 'secret_arn',
    types: ['aws_secretsmanager_secret'],
    arn: true,
    type: 'AWS::SecretsManager::Secret',
  },
  aws_ecr_repository_policy: { target: 'repository', types: ['aws_ecr_repository'] },
  aws_ecrpublic_repository_policy: { target: 'repository_name', types: ['aws_ecrpublic_repository'] },
  aws_efs_file_system_policy: { target: 'file_system_id', types: ['aws_efs_file_system'] },
  aws_glacier_vault_lock: { target: 'vault_name', types: ['aws_glacier_vault'], beside: true },
  aws_dynamodb_resource_policy: {
    target: 'resource_arn',
    types: ['aws_dynamodb_table'],
    arn: true,
    type: 'AWS::DynamoDB::Table',
  },
  aws_kinesis_resource_policy: {
    target: 'resource_arn',
    types: ['aws_kinesis_stream', 'aws_kinesis_stream_consumer'],
    arn: true,
    type: 'AWS::Kinesis::Stream',
  },
  aws_backup_vault_policy: { target: 'backup_vault_name', types: ['aws_backup_vault'] },
  aws_codeartifact_domain_permissions_policy: {
    target: 'domain',
    policy: 'policy_document',
    types: ['aws_codeartifact_domain'],
  },
  aws_codeartifact_repository_permissions_policy: {
    target: 'repository',
    policy: 'policy_document',
    types: ['aws_codeartifact_repository'],
  },
  aws_opensearch_domain_policy: {
    target: 'domain_name',
    policy: 'access_policies',
    types: ['aws_opensearch_domain'],
  },
  aws_elasticsearch_domain_policy: {
    target: 'domain_name',
    policy: 'access_policies',
    types: ['aws_elasticsearch_domain'],
  },
  aws_api_gateway_rest_api_policy: { target: 'rest_api_id', types: ['aws_api_gateway_rest_api'] },
  aws_cloudwatch_log_destination_policy: {
    target: 'destination_name',
    policy: 'access_policy',
    types: ['aws_cloudwatch_log_destination'],
  },
  aws_cloudwatch_event_bus_policy: { target: 'event_bus_name', types: ['aws_cloudwatch_event_bus'] },
  aws_media_store_container_policy: { target: 'container_name', types: ['aws_media_store_container'] },
  aws_ses_identity_policy: {
    target: 'identity',
    types: ['aws_ses_domain_identity', 'aws_ses_email_identity'],
    beside: true,
  },
  aws_sesv2_email_identity_policy: {
    target: 'email_identity',
    types: ['aws_sesv2_email_identity'],
    beside: true,
  },
  aws_msk_cluster_policy: {
    target: 'cluster_arn',
    types: ['aws_msk_cluster', 'aws_msk_serverless_cluster'],
    arn: true,
    type: 'AWS::MSK::Cluster',
  },
  aws_redshift_resource_policy: {
    target: 'resource_arn',
    types: ['aws_redshift_cluster', 'aws_redshiftserverless_namespace'],
    arn: true,
    type: 'AWS::Redshift::Cluster',
  },
  aws_redshiftserverless_resource_policy: {
    target: 'resource_arn',
    types: ['aws_redshiftserverless_snapshot'],
    arn: true,
    type: 'AWS::RedshiftServerless::Snapshot',
  },
  aws_oam_sink_policy: {
    target: 'sink_identifier',
    types: ['aws_oam_sink'],
    arn: true,
    type: 'AWS::Oam::Sink',
  },
  aws_sagemaker_model_package_group_policy: {
    target: 'model_package_group_name',
    policy: 'resource_policy',
    types: ['aws_sagemaker_model_package_group'],
  },
  aws_acmpca_policy: {
    target: 'resource_arn',
    types: ['aws_acmpca_certificate_authority'],
    arn: true,
    type: 'AWS::ACMPCA::CertificateAuthority',
  },
  aws_networkfirewall_resource_policy: {
    target: 'resource_arn',
    types: ['aws_networkfirewall_firewall_policy', 'aws_networkfirewall_rule_group'],
    arn: true,
    type: 'AWS::NetworkFirewall::FirewallPolicy',
  },
  aws_schemas_registry_policy: { target: 'registry_name', types: ['aws_schemas_registry'] },
  aws_vpclattice_auth_policy: {
    target: 'resource_identifier',
    types: ['aws_vpclattice_service', 'aws_vpclattice_service_network'],
    arn: true,
    type: 'AWS::VpcLattice::Service',
  },
  aws_vpclattice_resource_policy: {
    target: 'resource_arn',
    types: [
      'aws_vpclattice_service_network',
      'aws_vpclattice_service',
      'aws_vpclattice_resource_configuration',
    ],
    arn: true,
    type: 'AWS::VpcLattice::ServiceNetwork',
  },
  aws_codebuild_resource_policy: {
    target: 'resource_arn',
    types: ['aws_codebuild_project', 'aws_codebuild_report_group'],
    arn: true,
    type: 'AWS::CodeBuild::Project',
  },
};
