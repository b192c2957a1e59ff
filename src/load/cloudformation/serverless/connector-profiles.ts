/** Actions on one resource; `{to}` and `{from}` are the ARNs of the two ends, `{execution}` those of executions. */
export interface Grant {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** What a connector makes: a policy of a role, a queue or topic policy, or a permission of a function. */
export interface Profile {
  readonly as: 'sourceRole' | 'destinationRole' | 'queue' | 'topic' | 'permission';
  /** The service that sends, for resource policies and permissions. */
  readonly service?: string;
  readonly Read?: readonly Grant[];
  readonly Write?: readonly Grant[];
}

const grant = (service: string, actions: string, ...resources: readonly string[]): Grant => ({
  actions: actions.split(' ').map((action) => `${service}:${action}`),
  resources,
});
const role = (Read?: readonly Grant[], Write?: readonly Grant[]): Profile => ({
  as: 'sourceRole',
  ...(Read === undefined ? {} : { Read }),
  ...(Write === undefined ? {} : { Write }),
});
const permission = (service: string): Profile => ({ as: 'permission', service, Write: [] });

const invoke = role(undefined, [grant('lambda', 'InvokeAsync InvokeFunction', '{to}')]);
const publish = role(undefined, [grant('sns', 'Publish', '{to}')]);
const putEvents = role(undefined, [grant('events', 'PutEvents', '{to}')]);
const bucket = role(
  [
    grant(
      's3',
      'GetObject GetObjectAcl GetObjectLegalHold GetObjectRetention GetObjectTorrent GetObjectVersion ' +
        'GetObjectVersionAcl GetObjectVersionForReplication GetObjectVersionTorrent ListBucket ' +
        'ListBucketMultipartUploads ListBucketVersions ListMultipartUploadParts',
      '{to}',
      '{to}/*',
    ),
  ],
  [
    grant(
      's3',
      'AbortMultipartUpload DeleteObject DeleteObjectVersion PutObject PutObjectLegalHold PutObjectRetention RestoreObject',
      '{to}',
      '{to}/*',
    ),
  ],
);
const table = role(
  [
    grant(
      'dynamodb',
      'GetItem Query Scan BatchGetItem ConditionCheckItem PartiQLSelect',
      '{to}',
      '{to}/index/*',
    ),
  ],
  [
    grant(
      'dynamodb',
      'PutItem UpdateItem DeleteItem BatchWriteItem PartiQLDelete PartiQLInsert PartiQLUpdate',
      '{to}',
      '{to}/index/*',
    ),
  ],
);
const rules =
  'arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule';

/**
 * What connectors between two types of resources give.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/reference-sam-connector.html
 */
export const connectorProfiles: ReadonlyMap<string, Profile> = new Map([
  [
    'AWS::DynamoDB::Table AWS::Lambda::Function',
    {
      as: 'destinationRole',
      Read: [grant('dynamodb', 'DescribeStream GetRecords GetShardIterator ListStreams', '{from}/stream/*')],
    },
  ],
  [
    'AWS::SQS::Queue AWS::Lambda::Function',
    {
      as: 'destinationRole',
      Read: [grant('sqs', 'ReceiveMessage GetQueueAttributes', '{from}')],
      Write: [grant('sqs', 'DeleteMessage', '{from}')],
    },
  ],
  ['AWS::Events::Rule AWS::SNS::Topic', { as: 'topic', service: 'events.amazonaws.com', Write: [] }],
  ['AWS::Events::Rule AWS::SQS::Queue', { as: 'queue', service: 'events.amazonaws.com', Write: [] }],
  ['AWS::SNS::Topic AWS::SQS::Queue', { as: 'queue', service: 'sns.amazonaws.com', Write: [] }],
  ['AWS::Events::Rule AWS::Events::EventBus', putEvents],
  [
    'AWS::Events::Rule AWS::StepFunctions::StateMachine',
    role(undefined, [grant('states', 'StartExecution', '{to}')]),
  ],
  ['AWS::Events::Rule AWS::Lambda::Function', permission('events.amazonaws.com')],
  ['AWS::SNS::Topic AWS::Lambda::Function', permission('sns.amazonaws.com')],
  ['AWS::S3::Bucket AWS::Lambda::Function', permission('s3.amazonaws.com')],
  ['AWS::ApiGateway::RestApi AWS::Lambda::Function', permission('apigateway.amazonaws.com')],
  ['AWS::ApiGatewayV2::Api AWS::Lambda::Function', permission('apigateway.amazonaws.com')],
  ['AWS::AppSync::GraphQLApi AWS::Lambda::Function', permission('appsync.amazonaws.com')],
  ['AWS::Lambda::Function AWS::Lambda::Function', invoke],
  ['AWS::Lambda::Function AWS::S3::Bucket', bucket],
  ['AWS::Lambda::Function AWS::DynamoDB::Table', table],
  [
    'AWS::Lambda::Function AWS::SQS::Queue',
    role(
      [grant('sqs', 'ReceiveMessage GetQueueAttributes', '{to}')],
      [grant('sqs', 'DeleteMessage SendMessage ChangeMessageVisibility PurgeQueue', '{to}')],
    ),
  ],
  ['AWS::Lambda::Function AWS::SNS::Topic', publish],
  ['AWS::Lambda::Function AWS::Events::EventBus', putEvents],
  [
    'AWS::Lambda::Function AWS::StepFunctions::StateMachine',
    role(
      [
        grant('states', 'DescribeStateMachine ListExecutions', '{to}'),
        grant(
          'states',
          'DescribeExecution DescribeStateMachineForExecution GetExecutionHistory',
          '{execution}',
        ),
      ],
      [
        grant('states', 'StartExecution StartSyncExecution', '{to}'),
        grant('states', 'StopExecution', '{execution}'),
      ],
    ),
  ],
  [
    'AWS::Lambda::Function AWS::Location::PlaceIndex',
    role([
      grant(
        'geo',
        'DescribePlaceIndex GetPlace SearchPlaceIndexForPosition SearchPlaceIndexForSuggestions SearchPlaceIndexForText',
        '{to}',
      ),
    ]),
  ],
  ['AWS::StepFunctions::StateMachine AWS::Lambda::Function', invoke],
  ['AWS::StepFunctions::StateMachine AWS::SNS::Topic', publish],
  [
    'AWS::StepFunctions::StateMachine AWS::SQS::Queue',
    role(undefined, [grant('sqs', 'SendMessage', '{to}')]),
  ],
  ['AWS::StepFunctions::StateMachine AWS::S3::Bucket', bucket],
  ['AWS::StepFunctions::StateMachine AWS::DynamoDB::Table', table],
  ['AWS::StepFunctions::StateMachine AWS::Events::EventBus', putEvents],
  [
    'AWS::StepFunctions::StateMachine AWS::StepFunctions::StateMachine',
    role(
      [grant('states', 'DescribeExecution', '{execution}'), grant('events', 'DescribeRule', rules)],
      [
        grant('states', 'StartExecution', '{to}'),
        grant('states', 'StopExecution', '{execution}'),
        grant('events', 'PutTargets PutRule', rules),
      ],
    ),
  ],
  ['AWS::AppSync::DataSource AWS::DynamoDB::Table', table],
  [
    'AWS::AppSync::DataSource AWS::Lambda::Function',
    role(undefined, [grant('lambda', 'InvokeAsync InvokeFunction', '{to}', '{to}:*')]),
  ],
  ['AWS::AppSync::DataSource AWS::Events::EventBus', putEvents],
] as readonly [string, Profile][]);
