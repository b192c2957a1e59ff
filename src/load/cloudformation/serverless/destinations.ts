import { plainWord } from '../plain-word.js';
import { choiceOf } from './choice.js';
import { allow, arnOf, type Expansion, make, onlyIf } from './expansion.js';
import { lostPart } from './lost-part.js';
import { isRaw, type RolePolicies } from './policies.js';

const sending: Readonly<Record<string, string>> = {
  SQS: 'sqs:SendMessage',
  SNS: 'sns:Publish',
  Lambda: 'lambda:InvokeFunction',
  EventBridge: 'events:PutEvents',
};

/** What the transform makes where a destination is not given. */
const made: Readonly<Record<string, readonly [suffix: string, type: string, arn: (id: string) => unknown]>> =
  {
    SQS: ['Queue', 'AWS::SQS::Queue', arnOf],
    SNS: ['Topic', 'AWS::SNS::Topic', (id) => ({ Ref: id })],
  };

/**
 * Where failed events and results go: the function may send there. Queues and topics that are not given are made.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html
 */
export function destinations(expansion: Expansion): RolePolicies['inline'] {
  const { id, properties } = expansion;
  const out: unknown[] = [];
  const queue = properties.DeadLetterQueue;
  const action = isRaw(queue) ? sending[plainWord(queue.Type)] : undefined;
  if (isRaw(queue) && action !== undefined && queue.TargetArn !== undefined)
    out.push({ PolicyName: `${id}DeadLetterQueuePolicy`, PolicyDocument: allow(action, queue.TargetArn) });
  const invoke = properties.EventInvokeConfig;
  const config = isRaw(invoke) && isRaw(invoke.DestinationConfig) ? invoke.DestinationConfig : {};
  for (const name of ['OnSuccess', 'OnFailure']) {
    const target = config[name];
    if (target === undefined || target === null) continue;
    const policy = permission(expansion, name, target);
    out.push({
      PolicyName: `${id}EventInvokeConfig${name}Policy`,
      PolicyDocument: policy ?? lostDestination(expansion, name),
    });
  }
  return out;
}

/** Undefined where the settings do not say where results go. */
function permission(expansion: Expansion, name: string, target: unknown): unknown {
  if (!isRaw(target)) return undefined;
  const type = plainWord(target.Type);
  const action = Object.hasOwn(sending, type) ? sending[type]! : undefined;
  const given = target.Destination ?? undefined;
  if (action === undefined) return undefined;
  if (!Object.hasOwn(made, type)) return given === undefined ? undefined : allow(action, given);
  const [suffix, resource, arn] = made[type]!;
  const id = `${expansion.id}EventInvokeConfig${name}${suffix}`;
  const choice = choiceOf(given, arn(id));
  if (given !== undefined && choice === undefined) return allow(action, given);
  make(choice === undefined ? expansion : onlyIf(expansion, `${id}IsMade`, choice.when), id, resource, {});
  return allow(action, choice?.value ?? arn(id));
}

const lostDestination = ({ path, report }: Expansion, name: string): unknown =>
  lostPart(
    {
      code: 'unsupportedType',
      path: `${path}.Properties.EventInvokeConfig.DestinationConfig.${name}`,
      message: 'the settings do not say what this destination adds to the role',
      hint: 'load the processed template',
    },
    report,
  );
