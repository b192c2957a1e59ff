import { plainWord } from '../plain-word.js';
import { joinApi } from './api.js';
import { makeRuleQueue, scheduleQueuePolicies } from './dead-letter-queue.js';
import { allow, arnOf, type Expansion, given, make, trust } from './expansion.js';
import { lostPart } from './lost-part.js';
import { isRaw, type Raw, type RolePolicies } from './policies.js';
import { isPolled, polledPolicies, queuePolicies } from './polled-events.js';

const routes = (api: unknown, stage: string, rest: string): Raw => ({
  'Fn::Sub': [
    `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/${stage}/${rest}`,
    { Api: api },
  ],
});

interface Event {
  readonly expansion: Expansion;
  readonly id: string;
  readonly settings: Raw;
  readonly target: unknown;
}

/** Events push to a function by a permission; the rest of what a kind of event makes has no meaning for access. */
const pushed: Readonly<Record<string, (event: Event) => void>> = {
  S3: (event) => permit(event, 's3.amazonaws.com', { SourceAccount: { Ref: 'AWS::AccountId' } }),
  SNS: (event) =>
    event.settings.SqsSubscription
      ? subscribe(event)
      : permit(event, 'sns.amazonaws.com', { SourceArn: event.settings.Topic }),
  Schedule: rule,
  CloudWatchEvent: rule,
  EventBridgeRule: rule,
  ScheduleV2: schedule,
  Api: api,
  HttpApi: httpApi,
  AlexaSkill: (event) =>
    permit(event, 'alexa-appkit.amazon.com', given({ EventSourceToken: event.settings.SkillId })),
  IoTRule: (event) => {
    make(event.expansion, event.id, 'AWS::IoT::TopicRule', {});
    const start = 'arn:${AWS::Partition}:iot:${AWS::Region}:${AWS::AccountId}:rule/';
    permit(event, 'iot.amazonaws.com', {
      SourceAccount: { Ref: 'AWS::AccountId' },
      SourceArn: { 'Fn::Sub': [`${start}\${Rule}`, { Rule: { Ref: event.id } }] },
    });
  },
  CloudWatchLogs: (event) =>
    permit(event, 'logs.amazonaws.com', {
      SourceArn: {
        'Fn::Sub': [
          'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Group}:*',
          { Group: event.settings.LogGroupName },
        ],
      },
    }),
  Cognito: (event) => {
    const pool = event.settings.UserPool;
    const id = isRaw(pool) && typeof pool.Ref === 'string' ? pool.Ref : undefined;
    permit(event, 'cognito-idp.amazonaws.com', { SourceArn: id === undefined ? pool : arnOf(id) });
  },
};

/** What the events of a function add to its role; permissions and rules are made at once. */
export function readEvents(expansion: Expansion, target: unknown): RolePolicies {
  const needed: RolePolicies = { managed: [], inline: [] };
  const events = isRaw(expansion.properties.Events) ? expansion.properties.Events : {};
  for (const [name, event] of inOrder(events)) {
    const type = isRaw(event) ? plainWord(event.Type) : '';
    const settings = isRaw(event) && isRaw(event.Properties) ? event.Properties : {};
    const id = `${expansion.id}${name}`;
    const role = isPolled(type) ? polledPolicies(type, id, settings) : undefined;
    if (role !== undefined) {
      needed.managed.push(...role.managed);
      needed.inline.push(...role.inline);
    } else if (Object.hasOwn(pushed, type)) {
      pushed[type]!({ expansion, id, settings, target });
      if (type === 'SNS' && settings.SqsSubscription) needed.managed.push(...queuePolicies());
    } else {
      const path = `${expansion.path}.Properties.Events.${name}`;
      const message = isPolled(type)
        ? `the settings of the ${type} event do not say what it adds to the role`
        : `what an event of the type ${type || '(none)'} adds to the role is not known`;
      const hint = 'load the processed template';
      const lost = lostPart({ code: 'unsupportedType', path, message, hint }, expansion.report);
      needed.inline.push({ PolicyName: `${id}Policy`, PolicyDocument: lost });
    }
  }
  return needed;
}

/** As the transform takes them, since a later one may write over what an earlier one made: by path, or by name. */
function inOrder(events: Raw): readonly [string, unknown][] {
  const place = ([name, event]: [string, unknown]): string => {
    const path = isRaw(event) && isRaw(event.Properties) ? event.Properties.Path : undefined;
    return typeof path === 'string' ? path : name;
  };
  return Object.entries(events).sort((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0));
}

function permit({ expansion, id, target }: Event, service: string, more: Raw, suffix = ''): void {
  make(expansion, `${id}Permission${suffix}`, 'AWS::Lambda::Permission', {
    FunctionName: target,
    Action: 'lambda:InvokeFunction',
    Principal: service,
    ...given(more),
  });
}

function rule(event: Event): void {
  const { expansion, id, settings } = event;
  make(
    expansion,
    id,
    'AWS::Events::Rule',
    given({ Name: settings.Name, EventBusName: settings.EventBusName }),
  );
  makeRuleQueue(expansion, id, settings);
  permit(event, 'events.amazonaws.com', { SourceArn: arnOf(id) });
}

function schedule({ expansion, id, settings, target }: Event): void {
  const { RoleArn, Name } = settings;
  make(expansion, id, 'AWS::Scheduler::Schedule', {
    ...given({ Name }),
    Target: { RoleArn: RoleArn ?? arnOf(`${id}Role`) },
  });
  const more = scheduleQueuePolicies(expansion, id, settings);
  if (RoleArn !== undefined) return;
  const invoke = allow('lambda:InvokeFunction', functionArn(target));
  makeCaller(expansion, id, 'scheduler.amazonaws.com', invoke, settings, more);
}

/** The ARN of what is called: `Ref` of an alias is its ARN, `Ref` of a function its name. */
const functionArn = (target: unknown): unknown =>
  isRaw(target) && typeof target.Ref === 'string' && !target.Ref.endsWith('.Alias')
    ? arnOf(target.Ref)
    : target;

/** A role with which a service calls one thing, and what else it may do. */
export function makeCaller(
  expansion: Expansion,
  id: string,
  service: string,
  document: Raw,
  settings: Raw,
  more: readonly unknown[] = [],
): void {
  make(expansion, `${id}Role`, 'AWS::IAM::Role', {
    AssumeRolePolicyDocument: trust(service),
    Policies: [{ PolicyName: `${id}Policy`, PolicyDocument: document }, ...more],
    ...given({ PermissionsBoundary: settings.PermissionsBoundary }),
  });
}

/** The method and path of an API event; path parameters may be anything. */
function route(settings: Raw): string {
  const method = (plainWord(settings.Method ?? 'ANY') || 'ANY').toUpperCase();
  const path = typeof settings.Path === 'string' ? settings.Path.replace(/\{[^}]*\}/g, '*') : '*';
  return `${method === 'ANY' || method === 'X-AMAZON-APIGATEWAY-ANY-METHOD' ? '*' : method}${path.startsWith('/') ? '' : '/'}${path}`;
}

function api(event: Event): void {
  const { id, implicit } = joinApi(event.expansion, event.settings);
  permit(
    event,
    'apigateway.amazonaws.com',
    { SourceArn: routes(id, '*', route(event.settings)) },
    implicit ? 'Prod' : '',
  );
}

function httpApi(event: Event): void {
  const { expansion, settings } = event;
  const id = settings.ApiId ?? { Ref: 'ServerlessHttpApi' };
  if (settings.ApiId === undefined && !Object.hasOwn(expansion.resources, 'ServerlessHttpApi'))
    expansion.resources.ServerlessHttpApi = { Type: 'AWS::Serverless::HttpApi', Properties: {} };
  const any = settings.Path === undefined || settings.Path === '$default';
  permit(event, 'apigateway.amazonaws.com', {
    SourceArn: routes(id, '*', any ? '$default' : route(settings)),
  });
}

/** A topic that writes to a queue, from which the function reads. */
function subscribe({ expansion, id, settings }: Event): void {
  const queue = settings.SqsSubscription;
  const own = !isRaw(queue) || queue.QueueArn === undefined;
  if (own) make(expansion, `${id}Queue`, 'AWS::SQS::Queue', {});
  // Of events that give their policies one id, the last one has it.
  const called = own ? undefined : queue.QueuePolicyLogicalId;
  const policy = typeof called === 'string' && called !== '' ? called : `${id}QueuePolicy`;
  make(expansion, policy, 'AWS::SQS::QueuePolicy', {
    Queues: [own ? { Ref: `${id}Queue` } : queue.QueueUrl],
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: '*',
          Action: 'sqs:SendMessage',
          Resource: own ? arnOf(`${id}Queue`) : queue.QueueArn,
          Condition: { ArnEquals: { 'aws:SourceArn': settings.Topic } },
        },
      ],
    },
  });
}
