import { here, type Statement } from './policy-statement.js';
import { codeCommitStatements } from './policy-templates-code.js';
import { otherStatements } from './policy-templates-other.js';

const table = (name = '{TableName}') => [
  here('dynamodb', `table/${name}`),
  here('dynamodb', `table/${name}/index/*`),
];
const bucket = ['s3:::{BucketName}', 's3:::{BucketName}/*'];

const storage: Readonly<Record<string, readonly Statement[]>> = {
  DynamoDBBackupFullAccessPolicy: [
    ['dynamodb', 'CreateBackup DescribeContinuousBackups', here('dynamodb', 'table/{TableName}')],
    ['dynamodb', 'DeleteBackup DescribeBackup ListBackups', here('dynamodb', 'table/{TableName}/backup/*')],
  ],
  DynamoDBCrudPolicy: [
    [
      'dynamodb',
      'GetItem DeleteItem PutItem Scan Query UpdateItem BatchWriteItem BatchGetItem DescribeTable ConditionCheckItem',
      table(),
    ],
  ],
  DynamoDBReadPolicy: [['dynamodb', 'GetItem Scan Query BatchGetItem DescribeTable', table()]],
  DynamoDBReconfigurePolicy: [['dynamodb', 'UpdateTable', here('dynamodb', 'table/{TableName}')]],
  DynamoDBRestoreFromBackupPolicy: [
    ['dynamodb', 'RestoreTableFromBackup', here('dynamodb', 'table/{TableName}/backup/*')],
    [
      'dynamodb',
      'PutItem UpdateItem DeleteItem GetItem Query Scan BatchWriteItem',
      here('dynamodb', 'table/{TableName}'),
    ],
  ],
  DynamoDBStreamReadPolicy: [
    [
      'dynamodb',
      'DescribeStream GetRecords GetShardIterator',
      here('dynamodb', 'table/{TableName}/stream/{StreamName}'),
    ],
    ['dynamodb', 'ListStreams', here('dynamodb', 'table/{TableName}/stream/*')],
  ],
  DynamoDBWritePolicy: [['dynamodb', 'PutItem UpdateItem BatchWriteItem', table()]],
  EFSWriteAccessPolicy: [
    [
      'elasticfilesystem',
      'ClientMount ClientWrite',
      here('elasticfilesystem', 'file-system/{FileSystem}'),
      ['elasticfilesystem:AccessPointArn', here('elasticfilesystem', 'access-point/{AccessPoint}')],
    ],
  ],
  S3CrudPolicy: [
    [
      's3',
      'GetObject ListBucket GetBucketLocation GetObjectVersion PutObject PutObjectAcl GetLifecycleConfiguration ' +
        'PutLifecycleConfiguration DeleteObject',
      bucket,
    ],
  ],
  S3FullAccessPolicy: [
    [
      's3',
      'GetObject GetObjectAcl GetObjectVersion PutObject PutObjectAcl DeleteObject DeleteObjectTagging ' +
        'DeleteObjectVersionTagging GetObjectTagging GetObjectVersionTagging PutObjectTagging PutObjectVersionTagging',
      's3:::{BucketName}/*',
    ],
    [
      's3',
      'ListBucket GetBucketLocation GetLifecycleConfiguration PutLifecycleConfiguration',
      's3:::{BucketName}',
    ],
  ],
  S3ReadPolicy: [
    ['s3', 'GetObject ListBucket GetBucketLocation GetObjectVersion GetLifecycleConfiguration', bucket],
  ],
  S3WritePolicy: [['s3', 'PutObject PutObjectAcl PutLifecycleConfiguration', bucket]],
};

const messages: Readonly<Record<string, readonly Statement[]>> = {
  EventBridgePutEventsPolicy: [['events', 'PutEvents', here('events', 'event-bus/{EventBusName}')]],
  FirehoseCrudPolicy: [
    [
      'firehose',
      'CreateDeliveryStream DeleteDeliveryStream DescribeDeliveryStream PutRecord PutRecordBatch UpdateDestination',
      here('firehose', 'deliverystream/{DeliveryStreamName}'),
    ],
  ],
  FirehoseWritePolicy: [
    ['firehose', 'PutRecord PutRecordBatch', here('firehose', 'deliverystream/{DeliveryStreamName}')],
  ],
  KinesisCrudPolicy: [
    [
      'kinesis',
      'AddTagsToStream CreateStream DecreaseStreamRetentionPeriod DeleteStream DescribeStream DescribeStreamSummary ' +
        'GetShardIterator IncreaseStreamRetentionPeriod ListTagsForStream MergeShards PutRecord PutRecords SplitShard ' +
        'RemoveTagsFromStream',
      here('kinesis', 'stream/{StreamName}'),
    ],
  ],
  KinesisStreamReadPolicy: [
    ['kinesis', 'ListStreams DescribeLimits', here('kinesis', 'stream/*')],
    [
      'kinesis',
      'DescribeStream DescribeStreamSummary GetRecords GetShardIterator',
      here('kinesis', 'stream/{StreamName}'),
    ],
  ],
  LambdaInvokePolicy: [['lambda', 'InvokeFunction', here('lambda', 'function:{FunctionName}*')]],
  SNSCrudPolicy: [
    [
      'sns',
      'ListSubscriptionsByTopic CreateTopic SetTopicAttributes Subscribe Publish',
      here('sns', '{TopicName}*'),
    ],
  ],
  SNSPublishMessagePolicy: [['sns', 'Publish', here('sns', '{TopicName}')]],
  SQSPollerPolicy: [
    [
      'sqs',
      'ChangeMessageVisibility ChangeMessageVisibilityBatch DeleteMessage DeleteMessageBatch GetQueueAttributes ReceiveMessage',
      here('sqs', '{QueueName}'),
    ],
  ],
  SQSSendMessagePolicy: [['sqs', 'SendMessage*', here('sqs', '{QueueName}')]],
  StepFunctionsCallbackPolicy: [
    [
      'states',
      'SendTaskFailure SendTaskHeartbeat SendTaskSuccess',
      here('states', 'stateMachine:{StateMachineName}'),
    ],
  ],
  StepFunctionsExecutionPolicy: [
    ['states', 'StartExecution', here('states', 'stateMachine:{StateMachineName}')],
  ],
  StepFunctionsExecutionPolicy_v2: [
    ['states', 'StartExecution StartSyncExecution', here('states', 'stateMachine:{StateMachineName}')],
  ],
};

/**
 * The policy templates of AWS SAM.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html
 */
export const policyTemplates: ReadonlyMap<string, readonly Statement[]> = new Map(
  Object.entries({ ...storage, ...messages, ...codeCommitStatements, ...otherStatements }),
);
