import 'iam-verdict/testing/vitest';
import { readFileSync } from 'node:fs';
import { loadTerraform } from 'iam-verdict/load';
import { describe, expect, it } from 'vitest';

// terraform plan -out plan.tfplan && terraform show -json plan.tfplan > plan.json
const plan = readFileSync(new URL('plan.json', import.meta.url), 'utf8');
const { estate, diagnostics } = loadTerraform(plan, {
  accountId: '111122223333',
  region: 'eu-central-1',
  file: 'plan.json',
});

const https = { context: { 'aws:SecureTransport': true } };

it('there is nothing in the plan that the loader cannot take over', () => {
  expect(diagnostics).toEqual([]);
});

describe('reports', () => {
  const report = 'module.storage.aws_s3_bucket.reports/red/2026-11.pdf';

  it('are written by the report function and by the deployment', () => {
    expect(estate.resource(report)).toBeReachableOnlyBy(
      ['shop-report', 'shop-deploy'],
      's3:PutObject',
      https,
    );
  });
  it('are read by analysts of the team, and by nobody of another', () => {
    const ofTeam = (team: string) => ({ ...https, principalTags: { team } });
    expect(estate.principal('aws_iam_user.people["ana"]')).toBeAllowedTo(
      's3:GetObject',
      report,
      ofTeam('red'),
    );
    expect(estate.principal('ana')).toBeDeniedTo('s3:GetObject', report, ofTeam('blue'));
  });
  it('are deleted by nobody, not even the function that is allowed to', () => {
    expect(estate.principal('shop-report')).toBeDeniedTo('s3:DeleteObject', report, {
      ...https,
      by: 'resourcePolicy',
    });
    expect(estate.resource('shop-reports')).toBeReachableOnlyBy([], 's3:DeleteObject', {
      ...https,
      roots: true,
    });
  });
});

describe('uploads', () => {
  it('are asked for over TLS only', () => {
    expect(estate.principal('shop-thumbnail')).toBeAllowedTo('s3:GetObject', 'shop-uploads', https);
    expect(estate.principal('shop-thumbnail')).toBeDeniedTo('s3:GetObject', 'shop-uploads', {
      context: { 'aws:SecureTransport': false },
      by: 'resourcePolicy',
    });
  });
  it('a prefix that is known only after apply leaves it open which of them a service reads', () => {
    const api = estate.principal('module.service["api"].aws_iam_role.task');
    expect(api).not.toBeAllowedTo('s3:GetObject', 'shop-uploads/a.png', https);
    expect(api).not.toBeDeniedTo('s3:GetObject', 'shop-uploads/a.png', https);
    expect(() => expect(api).toBeAllowedTo('s3:GetObject', 'shop-uploads/a.png', https)).toThrow(
      /it depends on \{module\.service/,
    );
  });
});

describe('deployment', () => {
  const deploy = estate.principal('shop-deploy');

  it('is kept within its boundary, administrator though it is', () => {
    expect(deploy).toBeAllowedTo(
      'lambda:UpdateFunctionCode',
      'module.functions.module.report.aws_lambda_function.this',
    );
    expect(deploy).toBeDeniedTo('iam:CreateUser', '*', { by: 'permissionsBoundary' });
    expect(deploy).toBeDeniedTo('sqs:SendMessage', 'module.queue["orders"].aws_sqs_queue.this', {
      by: 'permissionsBoundary',
    });
  });
  it('is assumed from the main branch alone', () => {
    const from = (branch: string) => ({
      context: { 'token.actions.githubusercontent.com:sub': `repo:example/shop:ref:refs/heads/${branch}` },
    });
    const github = estate.principal('module.deploy.aws_iam_openid_connect_provider.github');
    expect(github).toBeAllowedTo('sts:AssumeRoleWithWebIdentity', 'shop-deploy', from('main'));
    expect(github).toBeDeniedTo('sts:AssumeRoleWithWebIdentity', 'shop-deploy', from('feature'));
  });
});

it('the payment secret is read by the task of the API', () => {
  expect(estate.resource('shop/payment')).toBeReachableOnlyBy(
    ['shop-api-task'],
    'secretsmanager:GetSecretValue',
  );
});
