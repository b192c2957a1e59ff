import type { Shape } from './shape.js';

/** What runs code, and the network around it. */
export const runtimeShapes: Readonly<Record<string, Shape>> = {
  'AWS::Lambda::Function': {
    name: 'FunctionName',
    arn: 'arn:{partition}:lambda:{region}:{account}:function:{name}',
  },
  'AWS::Lambda::Alias': {
    name: 'Name',
    arn: '{function}:{name}',
    ref: '{arn}',
    attributes: { AliasArn: '{arn}' },
  },
  'AWS::Lambda::Version': {
    arn: '{function}:{hole}',
    ref: '{arn}',
    attributes: { FunctionArn: '{arn}' },
    hidden: true,
  },
  'AWS::Lambda::LayerVersion': {
    name: 'LayerName',
    arn: 'arn:{partition}:lambda:{region}:{account}:layer:{name}:1',
    ref: '{arn}',
    attributes: { LayerVersionArn: '{arn}' },
  },
  'AWS::Lambda::Url': { arn: '{function}', attributes: { FunctionArn: '{arn}' }, ref: '{arn}', hidden: true },
  'AWS::StepFunctions::StateMachine': {
    name: 'StateMachineName',
    stackless: true,
    arn: 'arn:{partition}:states:{region}:{account}:stateMachine:{name}',
    ref: '{arn}',
    attributes: { Name: '{name}' },
  },
  'AWS::StepFunctions::Activity': {
    name: 'Name',
    stackless: true,
    arn: 'arn:{partition}:states:{region}:{account}:activity:{name}',
    ref: '{arn}',
    attributes: { Name: '{name}' },
  },
  'AWS::ECS::Cluster': { name: 'ClusterName', arn: 'arn:{partition}:ecs:{region}:{account}:cluster/{name}' },
  'AWS::ECS::TaskDefinition': {
    name: 'Family',
    arn: 'arn:{partition}:ecs:{region}:{account}:task-definition/{name}:1',
    ref: '{arn}',
    attributes: { TaskDefinitionArn: '{arn}' },
  },
  'AWS::EKS::Cluster': { name: 'Name', arn: 'arn:{partition}:eks:{region}:{account}:cluster/{name}' },
  'AWS::EC2::Instance': {
    prefix: 'i-',
    arn: 'arn:{partition}:ec2:{region}:{account}:instance/{name}',
    attributes: { InstanceId: '{name}' },
  },
  'AWS::EC2::VPC': {
    prefix: 'vpc-',
    arn: 'arn:{partition}:ec2:{region}:{account}:vpc/{name}',
    attributes: { VpcId: '{name}' },
  },
  'AWS::EC2::Subnet': {
    prefix: 'subnet-',
    arn: 'arn:{partition}:ec2:{region}:{account}:subnet/{name}',
    attributes: { SubnetId: '{name}' },
  },
  'AWS::EC2::SecurityGroup': {
    prefix: 'sg-',
    arn: 'arn:{partition}:ec2:{region}:{account}:security-group/{name}',
    attributes: { GroupId: '{name}' },
  },
  'AWS::EC2::VPCEndpoint': {
    prefix: 'vpce-',
    arn: 'arn:{partition}:ec2:{region}:{account}:vpc-endpoint/{name}',
    attributes: { Id: '{name}' },
    hidden: true,
  },
  'AWS::CodeBuild::Project': {
    name: 'Name',
    arn: 'arn:{partition}:codebuild:{region}:{account}:project/{name}',
  },
  'AWS::CodePipeline::Pipeline': {
    name: 'Name',
    arn: 'arn:{partition}:codepipeline:{region}:{account}:{name}',
  },
  'AWS::CodeCommit::Repository': {
    name: 'RepositoryName',
    arn: 'arn:{partition}:codecommit:{region}:{account}:{name}',
    ref: '{hole}',
    attributes: { Name: '{name}' },
  },
  'AWS::CloudFront::Distribution': {
    arn: 'arn:{partition}:cloudfront::{account}:distribution/{name}',
    attributes: { Id: '{name}' },
  },
  'AWS::CodeDeploy::Application': {
    name: 'ApplicationName',
    arn: 'arn:{partition}:codedeploy:{region}:{account}:application:{name}',
  },
  'AWS::AutoScaling::AutoScalingGroup': { name: 'AutoScalingGroupName', hidden: true },
  'AWS::Batch::JobQueue': {
    name: 'JobQueueName',
    arn: 'arn:{partition}:batch:{region}:{account}:job-queue/{name}',
    ref: '{arn}',
    attributes: { JobQueueArn: '{arn}' },
  },
  'AWS::Batch::JobDefinition': {
    name: 'JobDefinitionName',
    arn: 'arn:{partition}:batch:{region}:{account}:job-definition/{name}:1',
    ref: '{arn}',
  },
  'AWS::SageMaker::NotebookInstance': {
    name: 'NotebookInstanceName',
    arn: 'arn:{partition}:sagemaker:{region}:{account}:notebook-instance/{name}',
    ref: '{arn}',
    lower: true,
  },
  'AWS::SageMaker::ModelPackageGroup': {
    name: 'ModelPackageGroupName',
    arn: 'arn:{partition}:sagemaker:{region}:{account}:model-package-group/{name}',
    ref: '{arn}',
    attributes: { ModelPackageGroupArn: '{arn}' },
  },
  'AWS::Bedrock::Guardrail': {
    arn: 'arn:{partition}:bedrock:{region}:{account}:guardrail/{name}',
    ref: '{arn}',
    attributes: { GuardrailArn: '{arn}', GuardrailId: '{name}' },
  },
  'AWS::Lex::Bot': {
    arn: 'arn:{partition}:lex:{region}:{account}:bot/{name}',
    attributes: { Id: '{name}' },
  },
  'AWS::Lex::BotAlias': {
    arn: 'arn:{partition}:lex:{region}:{account}:bot-alias/{.BotId}/{name}',
    ref: '{name}|{.BotId}',
    attributes: { BotAliasId: '{name}' },
  },
  'AWS::Glue::Job': { name: 'Name', arn: 'arn:{partition}:glue:{region}:{account}:job/{name}' },
  'AWS::Glue::Crawler': { name: 'Name', arn: 'arn:{partition}:glue:{region}:{account}:crawler/{name}' },
};
