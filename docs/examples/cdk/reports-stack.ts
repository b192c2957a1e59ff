import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, PolicyStatement, ServicePrincipal, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** Orders come in by a queue and are kept in a table; a second function writes reports that a third one serves. */
export class ReportsStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, props);

    const key = new Key(this, 'Key', { enableKeyRotation: true });
    const reports = new Bucket(this, 'Reports', {
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const orders = new Table(this, 'Orders', {
      partitionKey: { name: 'customer', type: AttributeType.STRING },
      sortKey: { name: 'order', type: AttributeType.STRING },
    });
    const incoming = new Queue(this, 'Incoming', { visibilityTimeout: Duration.minutes(1) });

    const take = this.handler('Take');
    incoming.grantConsumeMessages(take);
    orders.grantWriteData(take);

    const summarise = this.handler('Summarise');
    orders.grantReadData(summarise);
    reports.grantPut(summarise, 'monthly/*');

    const serve = this.handler('Serve');
    reports.grantRead(serve, 'monthly/*');

    // Reports are kept, whoever is asked to delete them.
    reports.addToResourcePolicy(
      new PolicyStatement({
        sid: 'KeepReports',
        effect: Effect.DENY,
        principals: [new StarPrincipal()],
        actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
        resources: [reports.arnForObjects('monthly/*')],
      }),
    );
    incoming.addToResourcePolicy(
      new PolicyStatement({
        sid: 'OrdersTopic',
        principals: [new ServicePrincipal('sns.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [incoming.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': `arn:aws:sns:${this.region}:${this.account}:orders` } },
      }),
    );
  }

  private handler(id: string): LambdaFunction {
    return new LambdaFunction(this, id, {
      runtime: Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => {};'),
    });
  }
}
