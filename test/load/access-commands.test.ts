import { describe, expect, it } from 'vitest';
import { callsAccess, changesAccess } from '../../src/load/access-commands.js';

describe('a command that changes who has access', () => {
  it.each([
    'aws iam attach-role-policy --role-name app --policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess',
    'sleep 5 && aws --region eu-west-1 s3api put-bucket-policy --bucket b --policy file://p.json',
    'aws lambda add-permission --function-name f',
    'aws kms create-grant --key-id k',
    'aws organizations move-account --account-id 111122223333',
    'aws sso-admin create-account-assignment',
  ])('is %s', (command) => expect(changesAccess(command)).toBe(true));

  it.each([
    'aws s3 sync . s3://b',
    'aws logs put-retention-policy --log-group-name g',
    'aws autoscaling put-scaling-policy --policy-name p',
    'echo attach-role-policy',
    'kubectl create role reader',
    'aws ecs update-service --service miami',
    'laws iam',
  ])('is not %s', (command) => expect(changesAccess(command)).toBe(false));

  it('is looked for in a time that grows with the text', () => {
    const started = performance.now();
    changesAccess('aws create-'.repeat(20_000));
    callsAccess('"action":"create'.repeat(20_000));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('a call of the SDK that does', () => {
  it.each([
    { service: 'IAM', action: 'tagUser' },
    { service: '@aws-sdk/client-iam', action: 'AttachRolePolicyCommand' },
    { service: 'CloudWatchLogs', action: 'putResourcePolicy' },
    { service: 'lambda', action: 'addPermission' },
  ])('is %o, as data and as text in it', (call) => {
    expect(callsAccess(JSON.stringify({ Create: call }))).toBe(true);
    expect(callsAccess(JSON.stringify({ Create: JSON.stringify(call) }))).toBe(true);
  });

  it.each([
    { service: 'CloudWatchLogs', action: 'putRetentionPolicy' },
    { service: 'S3', action: 'putObject' },
    { RemovalPolicy: 'destroy' },
  ])('is not %o', (call) => expect(callsAccess(JSON.stringify({ Create: call }))).toBe(false));
});
