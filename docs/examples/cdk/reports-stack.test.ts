import 'iam-verdict/testing/vitest';
import { readdirSync, readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { loadCdk } from 'iam-verdict/load';
import { beforeAll, describe, expect, it } from 'vitest';
import { ReportsStack } from './reports-stack.js';

let estate: ReturnType<typeof loadCdk>['estate'];

beforeAll(() => {
  const app = new App({ analyticsReporting: false });
  new ReportsStack(app, 'Reports', { env: { account: '111122223333', region: 'eu-west-1' } });
  const { directory } = app.synth();
  const files = readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map(({ name }) => [name, readFileSync(`${directory}/${name}`, 'utf8')]);
  ({ estate } = loadCdk(Object.fromEntries(files), { file: 'cdk.out' }));
}, 60_000);

const https = { context: { 'aws:SecureTransport': true } };
const report = 'Reports/Reports/monthly/2026-11.pdf';

describe('reports', () => {
  it('are written by Summarise, read by Serve, and by nobody else', () => {
    expect(estate.resource(report)).toBeReachableOnlyBy(['Reports/Summarise'], 's3:PutObject', https);
    expect(estate.resource(report)).toBeReachableOnlyBy(['Reports/Serve'], 's3:GetObject', https);
  });
  it('are read and written in their folder only', () => {
    const other = 'Reports/Reports/drafts/2026-11.pdf';
    expect(estate.principal('Reports/Serve')).toBeDeniedTo('s3:GetObject', other, https);
    expect(estate.principal('Reports/Summarise')).toBeDeniedTo('s3:PutObject', other, https);
  });
  it('are encrypted with the key that their readers may use', () => {
    expect(estate.principal('Reports/Serve')).toBeAllowedTo('kms:Decrypt', 'Reports/Key');
    expect(estate.principal('Reports/Summarise')).toBeAllowedTo('kms:GenerateDataKey', 'Reports/Key');
    expect(estate.principal('Reports/Take')).toBeDeniedTo('kms:Decrypt', 'Reports/Key');
  });
  it('are not read without TLS', () => {
    const http = { context: { 'aws:SecureTransport': false } };
    expect(estate.principal('Reports/Serve')).toBeDeniedTo('s3:GetObject', report, {
      ...http,
      by: 'resourcePolicy',
    });
  });
  it('are deleted by nobody', () => {
    expect(estate.resource(report)).toBeReachableOnlyBy([], 's3:DeleteObject', { ...https, roots: true });
  });
});

describe('orders', () => {
  it('are written by Take and read by Summarise', () => {
    const orders = estate.resource('Reports/Orders');
    expect(orders).toBeReachableOnlyBy(['Reports/Take'], 'dynamodb:PutItem');
    expect(orders).toBeReachableOnlyBy(['Reports/Summarise'], 'dynamodb:Query');
  });
  it('come from the topic and are taken by Take', () => {
    const incoming = estate.resource('Reports/Incoming');
    expect(incoming).toBeReachableOnlyBy(['Reports/Take'], 'sqs:ReceiveMessage');
    expect(incoming).toBeReachableOnlyBy(['sns.amazonaws.com'], 'sqs:SendMessage');
    const from = (topic: string) => ({
      context: { 'aws:SourceArn': `arn:aws:sns:eu-west-1:111122223333:${topic}` },
    });
    expect(estate.principal('sns.amazonaws.com')).toBeAllowedTo(
      'sqs:SendMessage',
      'Reports/Incoming',
      from('orders'),
    );
    expect(estate.principal('sns.amazonaws.com')).toBeDeniedTo(
      'sqs:SendMessage',
      'Reports/Incoming',
      from('other'),
    );
  });
});

describe('roles', () => {
  it.each(['Take', 'Summarise', 'Serve'])('of %s is assumed by Lambda alone', (name) => {
    const role = estate.resource(`Reports/${name}/ServiceRole`);
    expect(role).toBeReachableOnlyBy(['lambda.amazonaws.com'], 'sts:AssumeRole');
  });
});
