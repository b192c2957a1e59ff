import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadTerraform } from '../../../src/load/terraform/load-terraform.js';
import { Estate } from '../../../src/query/estate.js';
import { examplePlan } from './example-plan.js';

const text = readFileSync(new URL('../../../docs/examples/terraform/plan.json', import.meta.url), 'utf8');
const { data, diagnostics } = loadTerraform(text, { file: 'plan.json' });
const estate = new Estate(data);
const can = (...question: Parameters<Estate['can']>) => estate.can(...question).decision;

describe('the plan in the documentation', () => {
  it('is what the builder writes, and of realistic size', () => {
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(examplePlan)));
    expect(examplePlan.resource_changes.length).toBeGreaterThanOrEqual(60);
  });

  it('has nothing that is not read', () => {
    expect(diagnostics).toEqual([]);
  });

  it('names its account and region by its data sources', () => {
    expect(data.accounts).toEqual([{ id: '111122223333' }]);
    expect(data.principals.map(({ arn }) => arn)).toContain(
      'arn:aws:iam::111122223333:role/service/shop-api-task',
    );
  });

  it.each([
    ['shop-thumbnail', 's3:GetObject', 'arn:aws:s3:::shop-uploads/a.png', 'allowed'],
    [
      'module.functions.module.thumbnail.aws_lambda_function.this',
      's3:GetObject',
      'arn:aws:s3:::shop-uploads/a',
      'allowed',
    ],
    ['shop-thumbnail', 's3:GetObject', 'arn:aws:s3:::shop-reports/a.csv', 'implicitDeny'],
    ['shop-report', 's3:PutObject', 'arn:aws:s3:::shop-reports/a.csv', 'allowed'],
    ['shop-report', 's3:DeleteObject', 'arn:aws:s3:::shop-reports/a.csv', 'explicitDeny'],
    ['ana', 's3:GetObject', 'arn:aws:s3:::shop-reports/data/a.csv', 'allowed'],
    ['bob', 's3:GetObject', 'arn:aws:s3:::shop-reports/data/a.csv', 'implicitDeny'],
    ['shop-deploy', 's3:PutObject', 'arn:aws:s3:::shop-uploads/site.js', 'allowed'],
    ['shop-deploy', 'iam:CreateUser', 'arn:aws:iam::111122223333:user/new', 'explicitDeny'],
    ['shop-deploy', 'dynamodb:GetItem', 'aws_dynamodb_table.orders', 'implicitDeny'],
    [
      'module.service["worker"].aws_iam_role.task',
      'sqs:ReceiveMessage',
      'module.queue["orders"].aws_sqs_queue.this',
      'allowed',
    ],
    [
      'module.service["worker"].aws_iam_role.task',
      'sqs:ReceiveMessage',
      'module.queue["emails"].aws_sqs_queue.this',
      'implicitDeny',
    ],
    ['shop-api-task', 'dynamodb:PutItem', 'aws_dynamodb_table.orders', 'allowed'],
    // The plan says which bucket, not whether `/*` follows.
    ['shop-api-task', 's3:PutObject', 'arn:aws:s3:::shop-uploads/a.png', 'depends'],
    ['shop-api-task', 's3:PutObject', 'arn:aws:s3:::shop-reports/a.png', 'implicitDeny'],
    ['shop-api-task', 'secretsmanager:GetSecretValue', 'aws_secretsmanager_secret.payment', 'allowed'],
    [
      'shop-worker-task',
      'secretsmanager:GetSecretValue',
      'aws_secretsmanager_secret.payment',
      'implicitDeny',
    ],
  ])('%s %s %s: %s', (principal, action, resource, decision) => {
    expect(can(principal, action, resource, { context: { 'aws:SecureTransport': 'true' } })).toBe(decision);
  });

  it('says who may write reports', () => {
    const { allowed } = estate.whoCan('s3:PutObject', 'arn:aws:s3:::shop-reports/a.csv');
    expect(allowed.map(({ arn }) => arn)).toEqual(
      expect.arrayContaining([
        'arn:aws:iam::111122223333:role/shop-report',
        'arn:aws:iam::111122223333:role/ci/shop-deploy',
      ]),
    );
  });
});
