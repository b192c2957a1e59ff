import { describe, expect, it } from 'vitest';
import { beyondResourceControl } from '../../../src/combine/service/resource-control.js';
import { callers, decide, deny, full, iam, own, policy, request, sts } from '../build.js';

const key = `arn:aws:kms:us-east-1:${own}:key/1`;
const listed =
  'appstream dsql clouddirectory cloudfront cloudsearch logs networkmonitor cognito-identity ' +
  'cognito-idp comprehend comprehendmedical firehose dynamodb dax autoscaling ecr ecr-public ' +
  'gamelift inspector-scan kendra kinesisvideo memorydb aoss personalize polly s3 swf sqs textract ' +
  'timestream-influxdb transcribe translate workspaces appconfig autoscaling-plans budgets ' +
  'servicediscovery cloudtrail-data codeartifact codebuild codecommit codepipeline ' +
  'compute-optimizer cost-optimization-hub events fms fis health rolesanywhere kms opensearch ' +
  'pricing pca-connector-ad resource-groups secretsmanager sts signin support transfer ' +
  'notifications wafv2 xray';

describe('E52, E53: what resource control policies leave alone', () => {
  it.each(listed.split(' '))('%s is covered', (service) => {
    expect(
      beyondResourceControl(request(callers.user, { action: `${service.toUpperCase()}:Any` })),
    ).toBeUndefined();
  });

  it.each(['ec2', 'lambda', 'sns', 'iam', 'rds', 's3-outposts', 's3x'])('%s is not', (service) => {
    expect(beyondResourceControl(request(callers.user, { action: `${service}:Any` }))).toBe(
      `resource control policies do not cover ${service} (E53)`,
    );
  });

  it.each([
    ['kms:RetireGrant', 'resource control policies do not limit kms:RetireGrant (E52)'],
    ['KMS:retiregrant', 'resource control policies do not limit kms:RetireGrant (E52)'],
    ['kms:RevokeGrant', undefined],
    ['kms:RetireGrants', undefined],
    ['sqs:RetireGrant', undefined],
  ])('%s', (action, reason) => {
    expect(beyondResourceControl(request(callers.user, { action, resource: key }))).toBe(reason);
  });

  it('a service-linked role is not limited', () => {
    const issuer = iam('role/aws-service-role/ecs.amazonaws.com/R');
    const caller = { arn: sts('assumed-role/R/s'), issuer };
    const reason = 'resource control policies do not limit service-linked roles (E52)';
    expect(beyondResourceControl(request(caller))).toBe(reason);
    expect(beyondResourceControl(request({ arn: caller.arn }))).toBeUndefined();
  });

  it.each([
    [iam('role/aws-service-role/ecs.amazonaws.com/R'), true],
    [iam('role/team/R'), false],
    [iam('role/x/aws-service-role/R'), false],
    [iam('user/aws-service-role/R'), false],
    ['*', false],
  ])('the trust policy of a service-linked role is not limited: %s %s', (resource, exempt) => {
    const asked = request(callers.user, { action: 'sts:AssumeRole', resource });
    expect(beyondResourceControl(asked)).toBe(
      exempt
        ? 'resource control policies do not limit the trust policy of a service-linked role (E52)'
        : undefined,
    );
  });

  it('a service that is not covered is not denied', () => {
    const policies = {
      identityPolicies: [full],
      resourceControlPolicies: [[policy(deny({ Principal: '*' }))]],
    };
    const ask = (action: string) =>
      decide(request(callers.user, { action, resource: '*' }), policies).decision;
    expect([ask('s3:GetObject'), ask('sns:Publish'), ask('kms:RetireGrant')]).toEqual([
      'explicitDeny',
      'allowed',
      'allowed',
    ]);
  });
});
