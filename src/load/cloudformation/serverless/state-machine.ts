import { plainWord } from '../plain-word.js';
import { joinApi } from './api.js';
import { makeRuleQueue, scheduleQueuePolicies } from './dead-letter-queue.js';
import { makeCaller } from './events.js';
import { allow, arnOf, type Expansion, given, make, tagList, trust } from './expansion.js';
import { isRaw, managedPolicy, type Raw, rolePolicies } from './policies.js';

const callers: Readonly<Record<string, string>> = {
  Schedule: 'events.amazonaws.com',
  CloudWatchEvent: 'events.amazonaws.com',
  EventBridgeRule: 'events.amazonaws.com',
  ScheduleV2: 'scheduler.amazonaws.com',
  Api: 'apigateway.amazonaws.com',
};

/**
 * AWS::Serverless::StateMachine, its role unless it is given one, and the roles with which its events start it.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-statemachine.html
 */
export function expandStateMachine(expansion: Expansion): void {
  const { id, properties, path, report } = expansion;
  const { Role, Tracing } = properties;
  const tags = tagList(properties.Tags, 'stateMachine:createdBy');
  make(expansion, id, 'AWS::StepFunctions::StateMachine', {
    ...given({ StateMachineName: properties.Name, Tags: tags }),
    RoleArn: Role ?? arnOf(`${id}Role`),
  });
  const events = isRaw(properties.Events) ? properties.Events : {};
  for (const [name, event] of Object.entries(events)) {
    const service = isRaw(event) ? callers[plainWord(event.Type)] : undefined;
    const settings = isRaw(event) && isRaw(event.Properties) ? event.Properties : {};
    if (service === undefined) {
      const message = 'this type of event is not known';
      const where = `${path}.Properties.Events.${name}`;
      report({ code: 'unsupportedType', path: where, message, hint: 'load the processed template' });
    } else start(expansion, `${id}${name}`, service, settings);
  }
  if (Role !== undefined && Role !== null) return;
  const policies = rolePolicies(id, properties.Policies, `${path}.Properties.Policies`, report);
  const traced = isRaw(Tracing) && Tracing.Enabled === true;
  make(expansion, `${id}Role`, 'AWS::IAM::Role', {
    AssumeRolePolicyDocument: trust('states.amazonaws.com'),
    ManagedPolicyArns: [...(traced ? [managedPolicy('AWSXRayDaemonWriteAccess')] : []), ...policies.managed],
    Policies: policies.inline,
    ...given({
      PermissionsBoundary: properties.PermissionsBoundary,
      Path: properties.RolePath,
      Tags: tags,
    }),
  });
}

/** The role with which an event starts the machine, and the queue for events that did not. */
function start(expansion: Expansion, id: string, service: string, settings: Raw): void {
  if (service === 'events.amazonaws.com') {
    const { Name, EventBusName } = settings;
    make(expansion, id, 'AWS::Events::Rule', given({ Name, EventBusName }));
    makeRuleQueue(expansion, id, settings);
  }
  if (service === 'apigateway.amazonaws.com') joinApi(expansion, settings);
  const isSchedule = service === 'scheduler.amazonaws.com';
  const more = isSchedule ? scheduleQueuePolicies(expansion, id, settings) : [];
  if (settings.RoleArn !== undefined) return;
  makeCaller(expansion, id, service, allow('states:StartExecution', { Ref: expansion.id }), settings, more);
}
