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
};
