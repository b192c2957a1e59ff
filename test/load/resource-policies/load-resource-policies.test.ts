import { describe, expect, it } from 'vitest';
import { loadResourcePolicies } from '../../../src/load/resource-policies/load-resource-policies.js';
import { Estate } from '../../../src/query/index.js';

const one = '111111111111';
const two = '222222222222';
const allow = (
  Action: string,
  Principal: unknown = { AWS: `arn:aws:iam::${two}:root` },
  more: object = {},
) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal, Action, Resource: '*', ...more }],
});
const load = (input: unknown, options = {}) => {
  const { data, diagnostics } = loadResourcePolicies(input, options);
  return { data, diagnostics, estate: new Estate(data) };
};
const foreign = two;

describe('forms', () => {
  it('a list of Resource, Policy, Account', () => {
    const { data, estate, diagnostics } = load(
      JSON.stringify([
        {
          Resource: 'arn:aws:s3:::b',
          Policy: allow('s3:GetObject'),
          Account: one,
          Tags: [{ Key: 'team', Value: 'red' }],
        },
        { Resource: 'arn:aws:s3:::closed', Policy: null, Account: one },
        { Resource: 'arn:aws:s3:::text/*', Policy: JSON.stringify(allow('s3:GetObject')), Account: one },
      ]),
    );
    expect(diagnostics).toEqual([]);
    expect(data.resources[0]).toMatchObject({
      account: one,
      type: 'AWS::S3::Bucket',
      names: ['b'],
      tags: { team: 'red' },
    });
    expect(estate.can(foreign, 's3:GetObject', 'b/x').decision).toBe('allowed');
    expect(estate.can(foreign, 's3:PutObject', 'b/x').decision).toBe('implicitDeny');
    expect(estate.can(foreign, 's3:GetObject', 'closed/x').decision).toBe('implicitDeny');
    expect(estate.can(foreign, 's3:GetObject', 'text/x').decision).toBe('allowed');
  });

  const key = `arn:aws:kms:eu-west-1:${one}:key/k`;
  const queue = `arn:aws:sqs:eu-west-1:${one}:jobs`;
  const topic = `arn:aws:sns:eu-west-1:${one}:news`;
  const fn = `arn:aws:lambda:eu-west-1:${one}:function:fn`;
  const vault = `arn:aws:glacier:eu-west-1:${one}:vaults/v`;
  const packages = `arn:aws:codeartifact:eu-west-1:${one}:domain/d`;
  const domain = `arn:aws:es:eu-west-1:${one}:domain/d`;
  const backup = `arn:aws:backup:eu-west-1:${one}:backup-vault:v`;
  const secret = `arn:aws:secretsmanager:eu-west-1:${one}:secret:db-AbCdEf`;
  it.each<[string, string, unknown, string]>([
    [
      'get-bucket-policy',
      'arn:aws:s3:::b',
      { Policy: JSON.stringify(allow('s3:*')), Account: one },
      's3:ListBucket',
    ],
    ['get-key-policy', key, { Policy: JSON.stringify(allow('kms:*')), PolicyName: 'default' }, 'kms:Decrypt'],
    [
      'get-queue-attributes',
      queue,
      { Attributes: { Policy: JSON.stringify(allow('sqs:*')), QueueArn: queue } },
      'sqs:SendMessage',
    ],
    [
      'get-topic-attributes',
      topic,
      { Attributes: { Policy: JSON.stringify(allow('sns:*')), TopicArn: topic } },
      'sns:Publish',
    ],
    [
      'lambda get-policy',
      fn,
      { Policy: JSON.stringify(allow('lambda:*')), RevisionId: 'r' },
      'lambda:InvokeFunction',
    ],
    [
      'glacier get-vault-access-policy',
      vault,
      { policy: { Policy: JSON.stringify(allow('glacier:*')) } },
      'glacier:ListJobs',
    ],
    [
      'codeartifact get-domain-permissions-policy',
      packages,
      { policy: { resourceArn: packages, revision: 'r', document: JSON.stringify(allow('codeartifact:*')) } },
      'codeartifact:CreateRepository',
    ],
    [
      'opensearch describe-domain',
      domain,
      { DomainStatus: { ARN: domain, DomainName: 'd', AccessPolicies: JSON.stringify(allow('es:*')) } },
      'es:DescribeDomain',
    ],
    [
      'apigateway get-rest-api',
      `arn:aws:execute-api:eu-west-1:${one}:a1b2c3`,
      { id: 'a1b2c3', policy: JSON.stringify(JSON.stringify(allow('execute-api:*'))).slice(1, -1) },
      'execute-api:Invoke',
    ],
    [
      'backup get-backup-vault-access-policy',
      backup,
      { BackupVaultName: 'v', BackupVaultArn: backup, Policy: JSON.stringify(allow('backup:*')) },
      'backup:CopyIntoBackupVault',
    ],
    [
      'get-resource-policy',
      secret,
      { ARN: secret, Name: 'db', ResourcePolicy: JSON.stringify(allow('secretsmanager:*')) },
      'secretsmanager:GetSecretValue',
    ],
    ['the policy itself', queue, allow('sqs:*'), 'sqs:SendMessage'],
  ])('what %s prints, by ARN', (_, arn, output, action) => {
    const { estate, diagnostics } = load({ [arn]: output });
    expect(diagnostics).toEqual([]);
    expect(estate.can(foreign, action, arn).decision).toBe('allowed');
    expect(estate.can('333333333333', action, arn).decision).toBe('implicitDeny');
  });

  it('outputs that name their ARN stand alone or in a list; no policy is none', () => {
    const output = { Attributes: { QueueArn: queue } };
    for (const input of [output, [output]])
      expect(load(input).estate.can(foreign, 'sqs:SendMessage', 'jobs').decision).toBe('implicitDeny');
    expect(
      load({ ARN: secret, Name: 'db' }).estate.can(foreign, 'secretsmanager:GetSecretValue', 'db').decision,
    ).toBe('implicitDeny');
    expect(load({ [fn]: '' }).data.resources[0]?.policies).toEqual([]);
    expect(load({}).data.resources).toEqual([]);
  });

  it('parts of one resource are united', () => {
    const { data } = load([
      { Resource: fn, Policy: allow('lambda:InvokeFunction') },
      { Resource: `${fn}:prod`, Policy: null },
    ]);
    expect(data.resources).toHaveLength(1);
    expect(data.resources[0]?.policies).toHaveLength(1);
  });
});

describe('what is missing or wrong', () => {
  const codes = (input: unknown, options = {}) =>
    load(input, options).diagnostics.map(({ code, path }) => [code, path]);

  it('gives a diagnostic, and the answer depends', () => {
    expect(codes([{ Resource: 'bucket', Policy: null }])).toEqual([['malformed', 'input[0]']]);
    expect(codes([{ Resource: `arn:aws:iam::${one}:role/r`, Policy: null }])).toEqual([
      ['unsupportedType', 'input[0]'],
    ]);
    expect(codes([{ Resource: 'arn:aws:s3:::b', Policy: null }])).toEqual([
      ['missingValue', 'input[0].Account'],
    ]);
    expect(codes([{ Resource: 'arn:aws:s3:::b', Policy: null }], { accountId: one })).toEqual([]);
    expect(codes([{ Resource: 'arn:aws:s3:::b', Policy: null, Account: 'x' }], { accountId: one })).toEqual([
      ['malformed', 'input[0].Account'],
    ]);
    expect(codes([{ Resource: 'arn:aws:s3:::b', Policy: null, Account: one, Tags: 'x' }])).toEqual([
      ['malformed', 'input[0].Tags'],
    ]);
    const nothing = load([{ Resource: 'arn:aws:s3:::b', Account: one }]);
    expect(nothing.diagnostics.map(({ code }) => code)).toEqual(['missingValue']);
    expect(nothing.estate.can(foreign, 's3:GetObject', 'b/x').decision).toBe('depends');
  });

  it('a principal that is a bare ARN, as people write it and AWS refuses it', () => {
    const { estate, diagnostics } = load(
      [{ Resource: 'arn:aws:s3:::b', Account: one, Policy: allow('s3:*', `arn:aws:iam::${two}:root`) }],
      { file: 'r.json' },
    );
    expect(diagnostics).toEqual([
      expect.objectContaining({
        code: 'malformed',
        path: 'input[0].Policy.Statement[0].Principal',
        file: 'r.json',
      }),
    ]);
    expect(estate.can(foreign, 's3:GetObject', 'b/x').decision).toBe('depends');
  });

  it('grants are not read, and said so', () => {
    const arn = `arn:aws:kms:eu-west-1:${one}:key/k`;
    const { estate, diagnostics } = load({
      [arn]: { Policy: allow('kms:Encrypt'), Grants: [{ GrantId: 'g' }] },
    });
    expect(diagnostics.map(({ code }) => code)).toEqual(['unsupportedType']);
    expect(estate.can(foreign, 'kms:Decrypt', arn).dependsOn).toEqual([
      'the policy grants (grants are not read)',
    ]);
  });

  it.each(['[', '7', '{"a":1}', 'null'])('%s is refused', (text) =>
    expect(() => loadResourcePolicies(text)).toThrow(
      expect.objectContaining({ code: 'ERR_IAM_INVALID_INPUT' }),
    ),
  );
});

describe('public access that is blocked', () => {
  const bucket = (
    policy: unknown,
    RestrictPublicBuckets: boolean | string = true,
    Account: string | undefined = one,
  ) =>
    load([
      { Resource: 'arn:aws:s3:::b', Account, Policy: policy, BlockPublicAccess: { RestrictPublicBuckets } },
    ]);
  const decide = (loaded: ReturnType<typeof bucket>, who: string) =>
    loaded.estate.can(who, 's3:GetObject', 'b/x').decision;

  it('closes a public policy for all but the account and AWS services', () => {
    const closed = bucket(allow('s3:GetObject', '*'));
    expect([foreign, 'anonymous', one, 'cloudtrail.amazonaws.com'].map((who) => decide(closed, who))).toEqual(
      ['explicitDeny', 'explicitDeny', 'allowed', 'allowed'],
    );
    expect(decide(bucket(allow('s3:GetObject', { AWS: ['*'] }), 'true'), 'anonymous')).toBe('explicitDeny');
    expect(decide(bucket(JSON.stringify(allow('s3:GetObject', '*'))), 'anonymous')).toBe('explicitDeny');
    expect(decide(bucket(allow('s3:GetObject', '*'), false), 'anonymous')).toBe('allowed');
    expect(decide(bucket(allow('s3:GetObject')), foreign)).toBe('allowed');
  });

  it.each<[string, string, unknown, 'fixed' | 'open']>([
    ['StringEquals', 'aws:PrincipalOrgID', 'o-1', 'fixed'],
    ['StringEquals', 'aws:SourceVpc', ['vpc-1', 'vpc-2'], 'fixed'],
    ['StringEquals', 'AWS:sourcevpce', 'vpce-1', 'fixed'],
    ['StringEqualsIgnoreCase', 'aws:SourceOwner', one, 'fixed'],
    ['StringLike', 'aws:SourceAccount', one, 'fixed'],
    ['StringLike', 'aws:SourceAccount', '1*', 'open'],
    ['ArnEquals', 'aws:SourceArn', 'arn:aws:sns:eu-west-1:111122223333:t', 'fixed'],
    ['ArnLike', 'aws:SourceArn', 'arn:aws:sns:*:111122223333:t', 'open'],
    ['StringLike', 'aws:userid', 'AROAEXAMPLE:*', 'open'],
    ['StringEquals', 'aws:userid', 'AIDAEXAMPLE', 'fixed'],
    ['StringEquals', 's3:DataAccessPointAccount', one, 'fixed'],
    ['StringEquals', 'aws:SourceVpce', '${aws:PrincipalTag/endpoint}', 'open'],
    ['StringEquals', 'aws:SourceVpce', [], 'open'],
    ['StringEquals', 'aws:Referer', 'x', 'open'],
    ['StringNotEquals', 'aws:SourceVpce', 'vpce-1', 'open'],
    ['StringEqualsIfExists', 'aws:SourceVpce', 'vpce-1', 'open'],
    ['IpAddress', 'aws:SourceIp', ['203.0.113.0/24', '198.51.100.7'], 'fixed'],
    ['IpAddress', 'aws:SourceIp', '2001:db8::/32', 'fixed'],
    ['IpAddress', 'aws:SourceIp', ['203.0.113.0/24', '0.0.0.0/1'], 'open'],
    ['IpAddress', 'aws:SourceIp', '2001::/16', 'open'],
    ['NotIpAddress', 'aws:SourceIp', '203.0.113.0/24', 'open'],
  ])('a condition %s %s %j is %s', (operator, key, value, expected) => {
    const found = bucket(allow('s3:GetObject', '*', { Condition: { [operator]: { [key]: value } } }));
    expect(found.diagnostics.map(({ code }) => code)).toEqual(expected === 'fixed' ? [] : ['ambiguous']);
  });

  it('leaves open whether a policy with conditions is public', () => {
    const maybe = bucket(
      allow('s3:GetObject', '*', { Condition: { StringLike: { 'aws:PrincipalArn': '*' } } }),
    );
    expect(maybe.diagnostics.map(({ code }) => code)).toEqual(['ambiguous']);
    expect(decide(maybe, foreign)).toBe('depends');
    expect(bucket('{').diagnostics.map(({ code }) => code)).toEqual(['malformed']);
  });
});

describe('a bucket that restricts public policies', () => {
  const BlockPublicAccess = { RestrictPublicBuckets: true };
  const ask = (Policy: unknown, context: object = {}) => {
    const { estate, diagnostics } = load([
      { Resource: 'arn:aws:s3:::b', Policy, Account: one, BlockPublicAccess },
    ]);
    const can = (who: string) =>
      estate.can(who, 's3:GetObject', 'arn:aws:s3:::b/k', { context: { ...context } }).decision;
    return { can, said: diagnostics.map(({ code }) => code) };
  };
  const but = (NotPrincipal: unknown) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', NotPrincipal, Action: 's3:GetObject', Resource: '*' }],
  });

  it('is open to its account whether its policy is public or not', () => {
    const Condition = { StringEquals: { 'aws:UserAgent': 'cdn' } };
    const { can, said } = ask(allow('s3:GetObject', '*', { Condition }), { 'aws:UserAgent': 'cdn' });
    expect(said).toContain('ambiguous');
    expect([can(one), can(foreign), can('anonymous')]).toEqual(['allowed', 'depends', 'depends']);
    expect(can('cloudtrail.amazonaws.com')).toBe('allowed');
  });

  it('is closed where everybody but some may read it', () => {
    const { can } = ask(but({ AWS: `arn:aws:iam::${foreign}:root` }));
    expect(can('333333333333')).toBe('explicitDeny');
    expect(can(one)).not.toBe('explicitDeny');
  });

  it.each([
    ['a range that is no text', { IpAddress: { 'aws:SourceIp': [{}] } }],
    ['an empty range', { IpAddress: { 'aws:SourceIp': '' } }],
    ['no keys', { StringEquals: 'x' }],
    ['a value that is no text', { StringEquals: { 'aws:SourceVpc': [{}] } }],
    ['no value', { StringEquals: { 'aws:SourceVpc': [] } }],
  ])('is not known to be open with a condition of %s', (_, Condition) => {
    const { can, said } = ask(allow('s3:GetObject', '*', { Condition }), { 'aws:SourceVpc': 'vpc-1' });
    expect(said).toContain('ambiguous');
    expect(can('anonymous')).not.toBe('allowed');
  });

  it('says nothing more about a policy that cannot be read', () => {
    expect(ask('{"Version"').can('anonymous')).toBe('depends');
    expect(ask({ Version: '2012-10-17', Statement: 'x' }).can('anonymous')).toBe('depends');
    expect(ask('').said).toEqual([]);
  });

  it('of which nobody says whose it is depends on that', () => {
    const { data, diagnostics } = load([
      { Resource: 'arn:aws:s3:::b', Policy: allow('s3:GetObject', '*'), BlockPublicAccess },
    ]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['missingValue', 'ambiguous']);
    expect(data.resources[0]?.policies.at(-1)).toHaveProperty('unresolved');
  });
});

describe('entries of other services', () => {
  it('have the service as their type, and names where their ARN has one', () => {
    const { data } = load({
      'arn:aws:signer:eu-west-1:111111111111:profiles/films': { Policy: '' },
      'arn:aws:sns:eu-west-1:111111111111:': { policyText: '' },
    });
    expect(data.resources.map(({ type, names }) => [type, names])).toEqual([
      ['AWS::signer::Resource', ['films']],
      ['AWS::SNS::Topic', []],
    ]);
  });

  it('without any ARN are left out, and said', () => {
    const { data, diagnostics } = load([{ Policy: null }]);
    expect([data.resources, diagnostics.map(({ path }) => path)]).toEqual([[], ['input[0]']]);
  });

  it.each([new Map([['arn:aws:s3:::b', null]]), Promise.resolve([]), new Date(0)])(
    '%s holds no entries as JSON does, and is refused',
    (odd) => expect(() => loadResourcePolicies(odd)).toThrow('these are no policies of resources'),
  );

  it('may be the text of a policy itself', () => {
    const { data } = load({ 'arn:aws:s3:::b': JSON.stringify(allow('s3:*')), 'arn:aws:s3:::c': '' });
    expect(data.resources.map(({ policies }) => policies.length)).toEqual([1, 0]);
  });
});
