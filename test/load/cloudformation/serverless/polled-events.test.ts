import { describe, expect, it } from 'vitest';
import { Estate } from '../../../../src/query/index.js';
import { load } from '../fixture.js';

const here = 'eu-west-1:111122223333';
const secret = `arn:aws:secretsmanager:${here}:secret:login-AbCdEf`;
const broker = `arn:aws:mq:${here}:broker:jobs:b-1`;
const cluster = `arn:aws:rds:${here}:cluster:documents`;
const stream = `arn:aws:kafka:${here}:cluster/events/1`;
const key = `arn:aws:kms:${here}:key/1234`;
/** The policy of a key that leaves it to the account. */
const delegated = {
  resourcePolicy: {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Action: 'kms:*',
      Resource: '*',
    },
  },
} as const;
const queue = `arn:aws:sqs:${here}:failed`;

const event = (Type: string, Properties: object) => {
  const { data, diagnostics } = load({
    Transform: 'AWS::Serverless-2016-10-31',
    Resources: {
      Fn: { Type: 'AWS::Serverless::Function', Properties: { Events: { E: { Type, Properties } } } },
    },
  });
  const estate = new Estate(data);
  return {
    data,
    diagnostics,
    can: (action: string, arn: string) =>
      estate.can('FnRole', action, arn, arn === key ? delegated : {}).decision,
  };
};
const login = (Type: string, URI: unknown = secret) => ({ SourceAccessConfigurations: [{ Type, URI }] });
const network = [
  { Type: 'VPC_SUBNET', URI: 'subnet:subnet-1' },
  { Type: 'VPC_SECURITY_GROUP', URI: 'security_group:sg-1' },
];

describe('the role of a function that polls', () => {
  const getSecret = ['secretsmanager:GetSecretValue', secret] as const;
  const interfaces = ['ec2:CreateNetworkInterface', `arn:aws:ec2:${here}:network-interface/eni-1`] as const;
  const decrypt = ['kms:Decrypt', key] as const;
  const describeCluster = ['rds:DescribeDBClusters', cluster] as const;
  const subnets = ['rds:DescribeDBSubnetGroups', `arn:aws:rds:${here}:subgrp:one`] as const;
  const parameters = ['rds:DescribeDBClusterParameters', `arn:aws:rds:${here}:cluster-pg:one`] as const;
  const describeBroker = ['mq:DescribeBroker', broker] as const;
  const bootstrap = ['kafka:GetBootstrapBrokers', stream] as const;
  const send = ['sqs:SendMessage', queue] as const;
  const all = [
    getSecret,
    interfaces,
    decrypt,
    describeCluster,
    subnets,
    parameters,
    describeBroker,
    bootstrap,
    send,
  ];
  const failed = (Type?: string) => ({ DestinationConfig: { OnFailure: { Type, Destination: queue } } });

  it.each<[string, object, readonly (readonly [string, string])[]]>([
    ['MQ', { Broker: broker, ...login('BASIC_AUTH') }, [getSecret, describeBroker]],
    [
      'MQ',
      { Broker: broker, ...login('BASIC_AUTH'), SecretsManagerKmsKeyId: '1234', DynamicPolicyName: true },
      [getSecret, describeBroker, decrypt],
    ],
    ['MSK', { Stream: stream }, [bootstrap, interfaces]],
    ['MSK', { Stream: stream, ...login('SASL_SCRAM_512_AUTH') }, [bootstrap, interfaces]],
    ['MSK', { Stream: stream, ...login('CLIENT_CERTIFICATE_TLS_AUTH') }, [bootstrap, interfaces, getSecret]],
    ['MSK', { Stream: stream, ...failed('SQS') }, [bootstrap, interfaces, send]],
    ['MSK', { Stream: stream, ...failed() }, [bootstrap, interfaces]],
    ['SelfManagedKafka', { Topics: ['t'], ...login('BASIC_AUTH') }, [getSecret]],
    ['SelfManagedKafka', { SourceAccessConfigurations: network }, [interfaces]],
    [
      'SelfManagedKafka',
      {
        SourceAccessConfigurations: [...network, ...login('SASL_SCRAM_256_AUTH').SourceAccessConfigurations],
        SecretsManagerKmsKeyId: '1234',
      },
      [interfaces, getSecret, decrypt],
    ],
    [
      'DocumentDB',
      { Cluster: cluster, ...login('BASIC_AUTH') },
      [getSecret, interfaces, describeCluster, subnets, parameters],
    ],
  ])('%s %j', (type, settings, allowed) => {
    const { diagnostics, can } = event(type, settings);
    expect(diagnostics).toEqual([]);
    for (const [action, arn] of all)
      expect([action, can(action, arn)]).toEqual([
        action,
        allowed.some(([one]) => one === action) ? 'allowed' : 'implicitDeny',
      ]);
    // Nothing of another name.
    if (allowed.includes(getSecret)) expect(can(getSecret[0], `${secret}x`)).toBe('implicitDeny');
  });

  it.each([
    ['MQ', login('BASIC_AUTH')],
    ['MQ', { Broker: broker, ...login('SASL_SCRAM_256_AUTH') }],
    ['MQ', { Broker: broker, ...login('BASIC_AUTH'), SecretsManagerKmsKeyId: { Ref: 'Key' } }],
    ['MQ', { Broker: broker, SourceAccessConfigurations: { 'Fn::If': ['A', [], []] } }],
    ['DocumentDB', { Cluster: cluster, ...login('VIRTUAL_HOST') }],
    ['SelfManagedKafka', { SourceAccessConfigurations: network.slice(1) }],
    ['SelfManagedKafka', { SourceAccessConfigurations: [] }],
    ['SelfManagedKafka', login('BASIC_AUTH', 1)],
    ['MSK', { SourceAccessConfigurations: [{}] }],
    ['MSK', { DestinationConfig: { OnFailure: { Type: 'S3', Destination: 'arn:aws:s3:::b' } } }],
    ['SQS', { DestinationConfig: { 'Fn::If': ['A', {}, {}] } }],
  ])('%s %j is unresolved', (type, settings) => {
    const { data, diagnostics } = event(type, settings);
    expect(diagnostics[0]).toMatchObject({
      code: 'unsupportedType',
      path: 'Resources.Fn.Properties.Events.E',
      message: `the settings of the ${type} event do not say what it adds to the role`,
    });
    expect(data.principals[0]!.policies.some((use) => 'unresolved' in use)).toBe(true);
  });
});
