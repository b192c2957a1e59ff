import type { JsonPath } from './json-value.js';

/** A type of resource that runs with a role. */
export interface WorkloadType {
  readonly cloudFormation: string;
  /** Arguments with a role: the one it runs with first. */
  readonly role: readonly JsonPath[];
  /** Arguments with an instance profile. */
  readonly profile?: readonly JsonPath[];
  /** The attribute with its name; `name` when absent. */
  readonly name?: string;
}

const plain = (cloudFormation: string, ...role: string[]): WorkloadType => ({
  cloudFormation,
  role: role.map((argument) => [argument]),
});

const named = (cloudFormation: string, name: string, ...role: string[]): WorkloadType => ({
  ...plain(cloudFormation, ...role),
  name,
});

/** By Terraform type. */
export const workloadTypes: Readonly<Record<string, WorkloadType>> = {
  aws_lambda_function: { ...plain('AWS::Lambda::Function', 'role'), name: 'function_name' },
  aws_ecs_task_definition: {
    ...plain('AWS::ECS::TaskDefinition', 'task_role_arn', 'execution_role_arn'),
    name: 'family',
  },
  aws_ecs_service: plain('AWS::ECS::Service', 'iam_role'),
  aws_instance: {
    cloudFormation: 'AWS::EC2::Instance',
    role: [],
    profile: [['iam_instance_profile']],
    name: 'id',
  },
  aws_spot_instance_request: {
    cloudFormation: 'AWS::EC2::Instance',
    role: [],
    profile: [['iam_instance_profile']],
    name: 'id',
  },
  aws_launch_template: {
    cloudFormation: 'AWS::EC2::LaunchTemplate',
    role: [],
    profile: [
      ['iam_instance_profile', 0, 'name'],
      ['iam_instance_profile', 0, 'arn'],
    ],
  },
  aws_launch_configuration: {
    cloudFormation: 'AWS::AutoScaling::LaunchConfiguration',
    role: [],
    profile: [['iam_instance_profile']],
  },
  aws_sfn_state_machine: plain('AWS::StepFunctions::StateMachine', 'role_arn'),
  aws_codebuild_project: plain('AWS::CodeBuild::Project', 'service_role'),
  aws_codepipeline: plain('AWS::CodePipeline::Pipeline', 'role_arn'),
  aws_codedeploy_deployment_group: {
    ...plain('AWS::CodeDeploy::DeploymentGroup', 'service_role_arn'),
    name: 'deployment_group_name',
  },
  aws_glue_job: plain('AWS::Glue::Job', 'role_arn'),
  aws_glue_crawler: plain('AWS::Glue::Crawler', 'role'),
  aws_cloudwatch_event_target: { ...plain('AWS::Events::Target', 'role_arn'), name: 'target_id' },
  aws_scheduler_schedule: { cloudFormation: 'AWS::Scheduler::Schedule', role: [['target', 0, 'role_arn']] },
  aws_pipes_pipe: plain('AWS::Pipes::Pipe', 'role_arn'),
  aws_eks_cluster: plain('AWS::EKS::Cluster', 'role_arn'),
  aws_eks_node_group: { ...plain('AWS::EKS::Nodegroup', 'node_role_arn'), name: 'node_group_name' },
  aws_eks_fargate_profile: {
    ...plain('AWS::EKS::FargateProfile', 'pod_execution_role_arn'),
    name: 'fargate_profile_name',
  },
  aws_eks_pod_identity_association: {
    ...plain('AWS::EKS::PodIdentityAssociation', 'role_arn'),
    name: 'association_id',
  },
  aws_sagemaker_notebook_instance: plain('AWS::SageMaker::NotebookInstance', 'role_arn'),
  aws_sagemaker_model: plain('AWS::SageMaker::Model', 'execution_role_arn'),
  aws_apprunner_service: {
    cloudFormation: 'AWS::AppRunner::Service',
    role: [['instance_configuration', 0, 'instance_role_arn']],
    name: 'service_name',
  },
  aws_appsync_datasource: plain('AWS::AppSync::DataSource', 'service_role_arn'),
  aws_emr_cluster: plain('AWS::EMR::Cluster', 'service_role'),
  aws_mwaa_environment: plain('AWS::MWAA::Environment', 'execution_role_arn'),
  aws_transfer_user: { ...plain('AWS::Transfer::User', 'role'), name: 'user_name' },
  aws_cloudformation_stack: plain('AWS::CloudFormation::Stack', 'iam_role_arn'),
  aws_batch_compute_environment: {
    ...plain('AWS::Batch::ComputeEnvironment', 'service_role'),
    name: 'compute_environment_name',
  },
  aws_backup_selection: plain('AWS::Backup::BackupSelection', 'iam_role_arn'),
  aws_config_configuration_recorder: plain('AWS::Config::ConfigurationRecorder', 'role_arn'),
  aws_flow_log: { ...plain('AWS::EC2::FlowLog', 'iam_role_arn'), name: 'id' },
  aws_ssm_maintenance_window_task: plain('AWS::SSM::MaintenanceWindowTask', 'service_role_arn'),
  aws_dlm_lifecycle_policy: { ...plain('AWS::DLM::LifecyclePolicy', 'execution_role_arn'), name: 'id' },
  aws_db_instance: named('AWS::RDS::DBInstance', 'identifier', 'monitoring_role_arn'),
  aws_db_instance_role_association: named('AWS::RDS::DBInstance', 'db_instance_identifier', 'role_arn'),
  aws_rds_cluster: named('AWS::RDS::DBCluster', 'cluster_identifier', 'monitoring_role_arn'),
  aws_rds_cluster_instance: named('AWS::RDS::DBInstance', 'identifier', 'monitoring_role_arn'),
  aws_rds_cluster_role_association: named('AWS::RDS::DBCluster', 'db_cluster_identifier', 'role_arn'),
  aws_db_proxy: plain('AWS::RDS::DBProxy', 'role_arn'),
  aws_dax_cluster: named('AWS::DAX::Cluster', 'cluster_name', 'iam_role_arn'),
  aws_s3_bucket_replication_configuration: named('AWS::S3::Bucket', 'bucket', 'role'),
  aws_api_gateway_account: named('AWS::ApiGateway::Account', 'id', 'cloudwatch_role_arn'),
  aws_cloudtrail: plain('AWS::CloudTrail::Trail', 'cloud_watch_logs_role_arn'),
  aws_cloudwatch_event_rule: plain('AWS::Events::Rule', 'role_arn'),
  aws_cloudwatch_log_destination: plain('AWS::Logs::Destination', 'role_arn'),
  aws_cloudwatch_log_subscription_filter: plain('AWS::Logs::SubscriptionFilter', 'role_arn'),
  aws_cloudwatch_metric_stream: plain('AWS::CloudWatch::MetricStream', 'role_arn'),
  aws_kinesis_firehose_delivery_stream: {
    cloudFormation: 'AWS::KinesisFirehose::DeliveryStream',
    role: [['extended_s3_configuration', 0, 'role_arn']],
  },
  aws_kinesisanalyticsv2_application: plain('AWS::KinesisAnalyticsV2::Application', 'service_execution_role'),
  aws_mskconnect_connector: plain('AWS::KafkaConnect::Connector', 'service_execution_role_arn'),
  aws_cognito_user_group: plain('AWS::Cognito::UserPoolGroup', 'role_arn'),
  aws_cognito_identity_pool_roles_attachment: {
    cloudFormation: 'AWS::Cognito::IdentityPoolRoleAttachment',
    role: [
      ['roles', 'authenticated'],
      ['roles', 'unauthenticated'],
    ],
    name: 'identity_pool_id',
  },
  aws_synthetics_canary: plain('AWS::Synthetics::Canary', 'execution_role_arn'),
  aws_iot_role_alias: named('AWS::IoT::RoleAlias', 'alias', 'role_arn'),
  aws_amplify_app: plain('AWS::Amplify::App', 'iam_service_role_arn', 'compute_role_arn'),
  aws_bedrockagent_agent: named('AWS::Bedrock::Agent', 'agent_name', 'agent_resource_role_arn'),
  aws_bedrockagent_knowledge_base: plain('AWS::Bedrock::KnowledgeBase', 'role_arn'),
  aws_eks_addon: named('AWS::EKS::Addon', 'addon_name', 'service_account_role_arn'),
  aws_lambda_capacity_provider: {
    cloudFormation: 'AWS::Lambda::CapacityProvider',
    role: [['permissions_config', 0, 'capacity_provider_operator_role_arn']],
  },
  aws_autoscaling_lifecycle_hook: plain('AWS::AutoScaling::LifecycleHook', 'role_arn'),
  aws_appautoscaling_target: named('AWS::ApplicationAutoScaling::ScalableTarget', 'resource_id', 'role_arn'),
  aws_fis_experiment_template: named('AWS::FIS::ExperimentTemplate', 'id', 'role_arn'),
  aws_grafana_workspace: plain('AWS::Grafana::Workspace', 'role_arn'),
  aws_transfer_server: named('AWS::Transfer::Server', 'id', 'logging_role', 'invocation_role'),
};
