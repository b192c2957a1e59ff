import { allow, arnOf, type Expansion, make } from './expansion.js';
import { isRaw, type Raw } from './policies.js';

/** Where the events go that a rule or a schedule could not deliver; the transform makes a queue that is not given. */
interface DeadLetterQueue {
  readonly arn: unknown;
  /** Logical id of the queue that was made. */
  readonly made?: string;
}

function queueOf(expansion: Expansion, id: string, settings: Raw): DeadLetterQueue | undefined {
  const config = settings.DeadLetterConfig;
  if (config === undefined || config === null) return undefined;
  if (isRaw(config) && config.Arn !== undefined) return { arn: config.Arn };
  if (!isRaw(config) || config.Type !== 'SQS') {
    expansion.report({
      code: 'unsupportedType',
      path: `${expansion.path}.Properties.Events.${id.slice(expansion.id.length)}.Properties.DeadLetterConfig`,
      message: 'the settings do not say which queue takes the events that were not delivered',
      hint: 'load the processed template',
    });
    return undefined;
  }
  const made = typeof config.QueueLogicalId === 'string' ? config.QueueLogicalId : `${id}Queue`;
  make(expansion, made, 'AWS::SQS::Queue', {});
  return { arn: arnOf(made), made };
}

/**
 * A rule writes to a queue by the policy of the queue; a queue that is given must have one already.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-deadletterconfig.html
 */
export function makeRuleQueue(expansion: Expansion, rule: string, settings: Raw): void {
  const queue = queueOf(expansion, rule, settings);
  if (queue?.made === undefined) return;
  make(expansion, `${rule}QueuePolicy`, 'AWS::SQS::QueuePolicy', {
    Queues: [{ Ref: queue.made }],
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: queue.arn,
          Condition: { ArnEquals: { 'aws:SourceArn': arnOf(rule) } },
        },
      ],
    },
  });
}

/** A schedule writes to a queue with its role: what that needs besides. */
export function scheduleQueuePolicies(expansion: Expansion, id: string, settings: Raw): readonly unknown[] {
  const queue = queueOf(expansion, id, settings);
  if (queue === undefined) return [];
  return [{ PolicyName: `${id}SQSPolicy`, PolicyDocument: allow('sqs:SendMessage', queue.arn) }];
}
