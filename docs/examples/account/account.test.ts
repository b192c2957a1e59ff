import 'iam-verdict/testing/vitest';
import { readFileSync } from 'node:fs';
import { loadAuthorizationDetails, loadOrganization, loadResourcePolicies } from 'iam-verdict/load';
import { describe, expect, it } from 'vitest';

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const strict = (file: string) => ({ strict: true, file });

// aws iam get-account-authorization-details > authorization-details.json
const account = loadAuthorizationDetails(
  read('authorization-details.json'),
  strict('authorization-details.json'),
);
const buckets = loadResourcePolicies(read('resource-policies.json'), strict('resource-policies.json'));
const organization = loadOrganization(read('organization.json'), strict('organization.json'));
const estate = account.estate.merge(buckets.estate, organization.estate);

const inEurope = { context: { 'aws:SecureTransport': true, 'aws:RequestedRegion': 'eu-west-1' } };
const inAmerica = { context: { ...inEurope.context, 'aws:RequestedRegion': 'us-east-1' } };

describe('reports', () => {
  it('of the own team are read by analysts', () => {
    expect(estate.principal('ana')).toBeAllowedTo('s3:GetObject', 'example-reports/red/2026.csv', inEurope);
    expect(estate.principal('ana')).toBeDeniedTo('s3:GetObject', 'example-reports/blue/2026.csv', inEurope);
  });
  it('are written by the writer, and by operators with MFA', () => {
    const reports = estate.resource('example-reports');
    expect(reports).toBeReachableOnlyBy(['report-writer', 'olga'], 's3:PutObject', {
      ...inEurope,
      mfa: { present: true },
    });
    expect(reports).toBeReachableOnlyBy(['report-writer'], 's3:PutObject', {
      ...inEurope,
      mfa: { present: false },
    });
  });
  it('are shared with the partner where they are meant to be', () => {
    const mfa = { present: false };
    expect(estate.resource('example-reports/shared/x')).toBeReachableOnlyBy(
      ['444455556666'],
      's3:GetObject',
      { ...inEurope, mfa },
    );
    expect(estate.resource('example-reports/red/x')).toBeReachableOnlyBy(['ana'], 's3:GetObject', {
      ...inEurope,
      mfa,
    });
  });
  it('are not asked for without TLS', () => {
    const http = { context: { ...inEurope.context, 'aws:SecureTransport': false } };
    expect(estate.principal('ana')).toBeDeniedTo('s3:GetObject', 'example-reports/red/2026.csv', {
      ...http,
      by: 'resourcePolicy',
    });
  });
});

describe('operators', () => {
  const olga = estate.principal('olga');
  it('do nothing with a session that has no MFA, but ask for one that has', () => {
    expect(olga).toBeDeniedTo('sqs:ListQueues', '*', {
      ...inEurope,
      mfa: { present: false },
      by: 'identityPolicies',
    });
    expect(olga).toBeAllowedTo('sts:GetSessionToken', '*', { ...inEurope, mfa: { present: false } });
    expect(olga).toBeAllowedTo('sqs:ListQueues', '*', { ...inEurope, mfa: { present: true } });
  });
  it('work in Europe, administrators or not', () => {
    expect(olga).toBeDeniedTo('sqs:ListQueues', '*', {
      ...inAmerica,
      mfa: { present: true },
      by: 'serviceControlPolicies',
    });
    expect(olga).toBeAllowedTo('s3:ListAllMyBuckets', '*', { ...inAmerica, mfa: { present: true } });
  });
});

describe('the auditor', () => {
  it('comes from the partner, with the external id', () => {
    const partner = estate.principal('arn:aws:iam::444455556666:role/auditing');
    const externalId = (id: string) => ({ context: { 'sts:ExternalId': id } });
    // Whether they may leave is written in their account; that they may come in is written here.
    expect(partner).not.toBeDeniedTo('sts:AssumeRole', 'auditor', externalId('audit-2026'));
    expect(partner).toBeDeniedTo('sts:AssumeRole', 'auditor', {
      ...externalId('guess'),
      by: 'resourcePolicy',
    });
    expect(partner).toBeDeniedTo('sts:AssumeRole', 'auditor');
  });
  it('reads, within the boundary, and reads no objects', () => {
    expect(estate.principal('auditor')).toBeAllowedTo('iam:ListUsers', '*', inEurope);
    expect(estate.principal('auditor')).toBeDeniedTo('ec2:DescribeInstances', '*', {
      ...inEurope,
      by: 'permissionsBoundary',
    });
    expect(estate.principal('auditor')).toBeDeniedTo(
      's3:GetObject',
      'example-reports/red/2026.csv',
      inEurope,
    );
  });
});

it('the writer is assumed by Lambda alone', () => {
  expect(estate.resource('report-writer')).toBeReachableOnlyBy(
    ['lambda.amazonaws.com'],
    'sts:AssumeRole',
    inEurope,
  );
});
