/** Managed policies of AWS that functions use and that have a path in their ARN, by name. */
export const managedPolicyNames: ReadonlyMap<string, string> = new Map(
  [
    'AWSLambdaBasicExecutionRole',
    'AWSLambdaDynamoDBExecutionRole',
    'AWSLambdaENIManagementAccess',
    'AWSLambdaKinesisExecutionRole',
    'AWSLambdaMSKExecutionRole',
    'AWSLambdaRole',
    'AWSLambdaSQSQueueExecutionRole',
    'AWSLambdaVPCAccessExecutionRole',
    'AmazonAPIGatewayPushToCloudWatchLogs',
    'AmazonS3ObjectLambdaExecutionRolePolicy',
    'CloudWatchEventsInvocationAccess',
  ].map((name) => [name, `service-role/${name}`]),
);
