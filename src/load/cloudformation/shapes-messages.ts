import type { Shape } from './shape.js';

/** Queues, topics, streams, buses, logs and what watches them. */
export const messageShapes: Readonly<Record<string, Shape>> = {
  'AWS::SQS::Queue': {
    name: 'QueueName',
    arn: 'arn:{partition}:sqs:{region}:{account}:{name}',
    ref: 'https://sqs.{region}.{suffix}/{account}/{name}',
    attributes: { QueueName: '{name}', QueueUrl: 'https://sqs.{region}.{suffix}/{account}/{name}' },
  },
  'AWS::SNS::Topic': {
    name: 'TopicName',
    arn: 'arn:{partition}:sns:{region}:{account}:{name}',
    ref: '{arn}',
    attributes: { TopicName: '{name}', TopicArn: '{arn}' },
  },
  'AWS::Kinesis::Stream': { name: 'Name', arn: 'arn:{partition}:kinesis:{region}:{account}:stream/{name}' },
  'AWS::KinesisFirehose::DeliveryStream': {
    name: 'DeliveryStreamName',
    arn: 'arn:{partition}:firehose:{region}:{account}:deliverystream/{name}',
  },
  'AWS::Events::EventBus': {
    name: 'Name',
    arn: 'arn:{partition}:events:{region}:{account}:event-bus/{name}',
    attributes: { Name: '{name}' },
  },
  'AWS::Events::Rule': { name: 'Name', arn: 'arn:{partition}:events:{region}:{account}:rule/{bus}{name}' },
  'AWS::IoT::TopicRule': { name: 'RuleName', arn: 'arn:{partition}:iot:{region}:{account}:rule/{name}' },
  'AWS::Scheduler::Schedule': {
    name: 'Name',
    arn: 'arn:{partition}:scheduler:{region}:{account}:schedule/{name}',
    hidden: true,
  },
  'AWS::Logs::LogGroup': {
    name: 'LogGroupName',
    arn: 'arn:{partition}:logs:{region}:{account}:log-group:{name}:*',
  },
  'AWS::Logs::Destination': {
    name: 'DestinationName',
    arn: 'arn:{partition}:logs:{region}:{account}:destination:{name}',
  },
  // Sinks are called by ids; their names are no part of the ARN.
  'AWS::Oam::Sink': { arn: 'arn:{partition}:oam:{region}:{account}:sink/{name}', ref: '{arn}' },
  'AWS::CloudWatch::Alarm': {
    name: 'AlarmName',
    arn: 'arn:{partition}:cloudwatch:{region}:{account}:alarm:{name}',
  },
  'AWS::CloudTrail::Trail': {
    name: 'TrailName',
    arn: 'arn:{partition}:cloudtrail:{region}:{account}:trail/{name}',
  },
  'AWS::AmazonMQ::Broker': { ref: '{hole}' },
  'AWS::AppSync::GraphQLApi': {
    arn: 'arn:{partition}:appsync:{region}:{account}:apis/{name}',
    ref: '{arn}',
    attributes: { ApiId: '{name}' },
  },
  'AWS::ApiGateway::RestApi': {
    arn: 'arn:{partition}:execute-api:{region}:{account}:{name}',
    attributes: { RestApiId: '{name}' },
  },
  'AWS::ApiGatewayV2::Api': {
    arn: 'arn:{partition}:execute-api:{region}:{account}:{name}',
    attributes: { ApiId: '{name}', ApiEndpoint: 'https://{name}.execute-api.{region}.{suffix}' },
  },
  'AWS::CodeArtifact::Domain': {
    name: 'DomainName',
    arn: 'arn:{partition}:codeartifact:{region}:{account}:domain/{name}',
    ref: '{arn}',
    attributes: { Name: '{name}' },
  },
  'AWS::CodeArtifact::Repository': {
    name: 'RepositoryName',
    arn: 'arn:{partition}:codeartifact:{region}:{account}:repository/{.DomainName}/{name}',
    ref: '{arn}',
    attributes: { Name: '{name}' },
  },
};
