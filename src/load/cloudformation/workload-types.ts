import type { Reading } from './reading.js';
import { arnOf, physicalName } from './resource-names.js';
import {
  asText,
  concat,
  identityOf,
  isList,
  isObject,
  knownStart,
  type SomeText,
  toText,
  Undecided,
  type Value,
} from './symbolic.js';

/**
 * What runs with a role: type → properties with a role; the first one found is the role of the workload itself. `[]` stands for
 * every item of a list.
 */
const roleProperties: Readonly<Record<string, readonly string[]>> = {
  'AWS::Lambda::Function': ['Role'],
  'AWS::Lambda::CapacityProvider': ['PermissionsConfig.CapacityProviderOperatorRoleArn'],
  'AWS::Lambda::NetworkConnector': ['OperatorRole'],
  'AWS::Lambda::MicrovmImage': ['BuildRoleArn'],
  'AWS::ECS::TaskDefinition': ['TaskRoleArn', 'ExecutionRoleArn'],
  'AWS::EC2::Instance': ['IamInstanceProfile'],
  'AWS::EC2::LaunchTemplate': [
    'LaunchTemplateData.IamInstanceProfile.Arn',
    'LaunchTemplateData.IamInstanceProfile.Name',
  ],
  'AWS::AutoScaling::LaunchConfiguration': ['IamInstanceProfile'],
  'AWS::StepFunctions::StateMachine': ['RoleArn'],
  'AWS::CodeBuild::Project': ['ServiceRole'],
  'AWS::CodePipeline::Pipeline': ['RoleArn'],
  'AWS::CodeDeploy::DeploymentGroup': ['ServiceRoleArn'],
  'AWS::Events::Rule': ['RoleArn', 'Targets[].RoleArn'],
  'AWS::Scheduler::Schedule': ['Target.RoleArn'],
  'AWS::Pipes::Pipe': ['RoleArn'],
  'AWS::Glue::Job': ['Role'],
  'AWS::Glue::Crawler': ['Role'],
  'AWS::SageMaker::NotebookInstance': ['RoleArn'],
  'AWS::SageMaker::Model': ['ExecutionRoleArn'],
  'AWS::EKS::Cluster': ['RoleArn'],
  'AWS::EKS::Nodegroup': ['NodeRole'],
  'AWS::EKS::FargateProfile': ['PodExecutionRoleArn'],
  'AWS::EKS::PodIdentityAssociation': ['RoleArn'],
  'AWS::Batch::JobDefinition': ['ContainerProperties.JobRoleArn', 'ContainerProperties.ExecutionRoleArn'],
  'AWS::Batch::ComputeEnvironment': ['ServiceRole'],
  'AWS::AppRunner::Service': [
    'InstanceConfiguration.InstanceRoleArn',
    'SourceConfiguration.AuthenticationConfiguration.AccessRoleArn',
  ],
  'AWS::AppSync::DataSource': ['ServiceRoleArn'],
  'AWS::Cognito::IdentityPoolRoleAttachment': ['Roles.authenticated', 'Roles.unauthenticated'],
  'AWS::Synthetics::Canary': ['ExecutionRoleArn'],
  'AWS::Amplify::App': ['IAMServiceRole'],
  'AWS::EMR::Cluster': ['JobFlowRole', 'ServiceRole'],
  'AWS::MWAA::Environment': ['ExecutionRoleArn'],
  'AWS::Transfer::User': ['Role'],
  'AWS::IoT::RoleAlias': ['RoleArn'],
  'AWS::KinesisAnalyticsV2::Application': ['ServiceExecutionRole'],
  'AWS::Bedrock::Agent': ['AgentResourceRoleArn'],
  'AWS::S3::Bucket': ['ReplicationConfiguration.Role'],
  'AWS::SSM::MaintenanceWindowTask': ['ServiceRoleArn'],
  'AWS::ApiGateway::Account': ['CloudWatchRoleArn'],
  'AWS::Backup::BackupSelection': ['BackupSelection.IamRoleArn'],
  'AWS::CloudTrail::Trail': ['CloudWatchLogsRoleArn'],
  'AWS::Config::ConfigurationRecorder': ['RoleARN'],
  'AWS::DLM::LifecyclePolicy': ['ExecutionRoleArn'],
  'AWS::EC2::FlowLog': ['DeliverLogsPermissionArn'],
  'AWS::Logs::SubscriptionFilter': ['RoleArn'],
};

const agentRoles = new Set([
  'AWS::ECS::TaskDefinition.ExecutionRoleArn',
  'AWS::Batch::JobDefinition.ContainerProperties.ExecutionRoleArn',
]);

export const hasRole = (type: string): boolean => Object.hasOwn(roleProperties, type);

/** The roles that a resource runs with. */
export function readWorkload(reading: Reading): void {
  const { resource } = reading;
  let first = true;
  for (const property of roleProperties[resource.type] ?? []) {
    const roles = valuesAt(reading, property);
    for (const value of roles) {
      if (value instanceof Undecided) {
        reading.report(value.finding);
        continue;
      }
      const text = asText(value);
      if (text === undefined) continue;
      const role = throughProfile(reading, property, text);
      // The execution role of a container is the agent's, not its own.
      const own = first && !agentRoles.has(`${resource.type}.${property}`);
      const names = reading.names.map((name) => (own ? name : `${name}.${property}`));
      first = false;
      reading.draft.workloads.push({
        names: [...new Set(names)],
        origin: reading.origin(property),
        type: resource.type,
        role: toText(role),
        account: reading.account,
      });
    }
  }
}

function valuesAt({ resource }: Reading, property: string): readonly Value[] {
  const [list, rest] = property.split('[].');
  if (rest !== undefined)
    return resource
      .list(list!)
      .flatMap((item) => (isObject(item) && item[rest] !== undefined ? [item[rest]] : []));
  const [top, ...below] = property.split('.');
  let value = resource.get(top!);
  for (const name of below)
    value = isObject(value) ? value[name] : value instanceof Undecided ? value : undefined;
  return value === undefined ? [] : isList(value) ? value : [value];
}

/** An instance profile of the same template stands for its role. */
function throughProfile(reading: Reading, property: string, text: SomeText): SomeText {
  if (!/InstanceProfile|JobFlowRole/.test(property)) return text;
  const { stack } = reading;
  const wanted = identityOf(text).key;
  for (const resource of stack.resources.values()) {
    if (resource.type !== 'AWS::IAM::InstanceProfile') continue;
    const forms = [physicalName(stack, resource), arnOf(stack, resource) ?? ''];
    const [role] = resource.list('Roles');
    const found = forms.some((form) => identityOf(form).key === wanted);
    if (found && asText(role) !== undefined) return asText(role)!;
  }
  if (knownStart(text).startsWith('arn:')) return text;
  const { partition, account } = stack.settings;
  return concat([`arn:${partition}:iam::${account}:instance-profile/`, text]);
}
