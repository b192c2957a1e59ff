/** A way to make a service run something with a role. */
export interface Launch {
  /** The service that the role must trust. */
  readonly service: string;
  /** All of them are needed, besides iam:PassRole. */
  readonly actions: readonly string[];
  /** The role is passed in an instance profile, so there must be one that holds it. */
  readonly instanceProfile?: true;
}

/** A way to change what something that already runs with a role does: no role is passed, so iam:PassRole is not asked. */
export interface Takeover {
  /** CloudFormation type of what runs. */
  readonly type: string;
  readonly actions: readonly string[];
}

/**
 * Ways to hand a role to a service. iam:PassRole counts only together with the action that takes the role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export const launches: readonly Launch[] = [
  // https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
  { service: 'lambda.amazonaws.com', actions: ['lambda:CreateFunction'] },
  { service: 'lambda.amazonaws.com', actions: ['lambda:UpdateFunctionConfiguration'] },
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2.html
  { service: 'ec2.amazonaws.com', actions: ['ec2:RunInstances'], instanceProfile: true },
  { service: 'ec2.amazonaws.com', actions: ['ec2:AssociateIamInstanceProfile'], instanceProfile: true },
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html (RunTask takes another role and command for a task that is defined)
  { service: 'ecs-tasks.amazonaws.com', actions: ['ecs:RunTask'] },
  { service: 'ecs-tasks.amazonaws.com', actions: ['ecs:RegisterTaskDefinition', 'ecs:CreateService'] },
  { service: 'ecs-tasks.amazonaws.com', actions: ['ecs:RegisterTaskDefinition', 'ecs:UpdateService'] },
  // https://docs.aws.amazon.com/batch/latest/userguide/IAM_policies.html
  { service: 'ecs-tasks.amazonaws.com', actions: ['batch:RegisterJobDefinition', 'batch:SubmitJob'] },
  // https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html
  { service: 'states.amazonaws.com', actions: ['states:CreateStateMachine', 'states:StartExecution'] },
  { service: 'states.amazonaws.com', actions: ['states:UpdateStateMachine'] },
  // https://docs.aws.amazon.com/glue/latest/dg/create-an-iam-role.html
  { service: 'glue.amazonaws.com', actions: ['glue:CreateJob', 'glue:StartJobRun'] },
  { service: 'glue.amazonaws.com', actions: ['glue:UpdateJob'] },
  { service: 'glue.amazonaws.com', actions: ['glue:CreateDevEndpoint'] },
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html
  { service: 'cloudformation.amazonaws.com', actions: ['cloudformation:CreateStack'] },
  { service: 'cloudformation.amazonaws.com', actions: ['cloudformation:UpdateStack'] },
  {
    service: 'cloudformation.amazonaws.com',
    actions: ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'],
  },
  // https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html
  { service: 'codebuild.amazonaws.com', actions: ['codebuild:CreateProject', 'codebuild:StartBuild'] },
  { service: 'codebuild.amazonaws.com', actions: ['codebuild:UpdateProject'] },
  // https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html
  { service: 'codepipeline.amazonaws.com', actions: ['codepipeline:CreatePipeline'] },
  { service: 'codepipeline.amazonaws.com', actions: ['codepipeline:UpdatePipeline'] },
  // https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html
  {
    service: 'sagemaker.amazonaws.com',
    actions: ['sagemaker:CreateNotebookInstance', 'sagemaker:CreatePresignedNotebookInstanceUrl'],
  },
  { service: 'sagemaker.amazonaws.com', actions: ['sagemaker:CreateTrainingJob'] },
  { service: 'sagemaker.amazonaws.com', actions: ['sagemaker:CreateProcessingJob'] },
  // https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-setup-iam.html
  { service: 'ssm.amazonaws.com', actions: ['ssm:StartAutomationExecution'] },
  // https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html
  { service: 'scheduler.amazonaws.com', actions: ['scheduler:CreateSchedule'] },
  { service: 'scheduler.amazonaws.com', actions: ['scheduler:UpdateSchedule'] },
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html
  { service: 'events.amazonaws.com', actions: ['events:PutRule', 'events:PutTargets'] },
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-permissions.html
  { service: 'pipes.amazonaws.com', actions: ['pipes:CreatePipe'] },
  // https://docs.aws.amazon.com/apprunner/latest/dg/security_iam_service-with-iam.html
  { service: 'tasks.apprunner.amazonaws.com', actions: ['apprunner:CreateService'] },
  { service: 'tasks.apprunner.amazonaws.com', actions: ['apprunner:UpdateService'] },
  // https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role-for-ec2.html
  { service: 'ec2.amazonaws.com', actions: ['elasticmapreduce:RunJobFlow'], instanceProfile: true },
  // https://docs.aws.amazon.com/eks/latest/userguide/pod-id-association.html
  { service: 'pods.eks.amazonaws.com', actions: ['eks:CreatePodIdentityAssociation'] },
  // https://docs.aws.amazon.com/bedrock/latest/userguide/agents-permission.html
  { service: 'bedrock.amazonaws.com', actions: ['bedrock:CreateAgent', 'bedrock:CreateAgentActionGroup'] },
];

/** Ways into what already runs. */
export const takeovers: readonly Takeover[] = [
  // https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html
  { type: 'AWS::Lambda::Function', actions: ['lambda:UpdateFunctionCode'] },
  { type: 'AWS::Serverless::Function', actions: ['lambda:UpdateFunctionCode'] },
  // https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachine.html
  { type: 'AWS::StepFunctions::StateMachine', actions: ['states:UpdateStateMachine'] },
  { type: 'AWS::Serverless::StateMachine', actions: ['states:UpdateStateMachine'] },
  // https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuild.html (buildspecOverride)
  { type: 'AWS::CodeBuild::Project', actions: ['codebuild:StartBuild'] },
  // https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-job.html
  { type: 'AWS::Glue::Job', actions: ['glue:UpdateJob'] },
  // https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command.html
  { type: 'AWS::EC2::Instance', actions: ['ssm:SendCommand'] },
  { type: 'AWS::EC2::Instance', actions: ['ssm:StartSession'] },
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
  { type: 'AWS::ECS::TaskDefinition', actions: ['ecs:ExecuteCommand'] },
];
