import { describe, expect, it } from 'vitest';
import {
  contextValues,
  followsFromCaller,
  sharedTagKey,
  singleValue,
  sourceKey,
} from '../../src/request/derive.js';
import type { PrincipalInput, RequestInput } from '../../src/request/input.js';
import { parseRequest } from '../../src/request/parse.js';

const own = '111122223333';
const read = (input: Partial<RequestInput> = {}) =>
  parseRequest({
    principal: { arn: `arn:aws:iam::${own}:user/team/alice` },
    action: 's3:GetObject',
    ...input,
  });

const callers = {
  user: { arn: `arn:aws:iam::${own}:user/team/alice` },
  session: { arn: `arn:aws:sts::${own}:assumed-role/app/s1` },
  issuedSession: {
    arn: `arn:aws:sts::${own}:assumed-role/app/s1`,
    issuer: `arn:aws:iam::${own}:role/team/app`,
  },
  role: { arn: `arn:aws-cn:iam::${own}:role/team/app` },
  chinese: { arn: `arn:aws-cn:sts::${own}:assumed-role/app/s1` },
  federatedUser: {
    arn: `arn:aws:sts::${own}:federated-user/guest`,
    issuer: `arn:aws:iam::${own}:user/alice`,
  },
  root: { arn: `arn:aws:iam::${own}:root` },
  service: { service: 'sns.amazonaws.com' },
  federated: { federated: 'accounts.google.com' },
  anonymous: { anonymous: true },
} satisfies Record<string, PrincipalInput>;

/** What the caller alone gives; a key that is not here is missing. */
const signed = {
  'aws:principalaccount': own,
  'kms:calleraccount': own,
  'aws:principalisawsservice': 'false',
  'aws:viaawsservice': 'false',
  'aws:resourceaccount': own,
};
const session = { ...signed, 'aws:principaltype': 'AssumedRole' };
const table: Readonly<Record<keyof typeof callers, Readonly<Record<string, string>>>> = {
  user: {
    ...signed,
    'aws:principalarn': `arn:aws:iam::${own}:user/team/alice`,
    'aws:principaltype': 'User',
    'aws:username': 'alice',
  },
  session: { ...session, 'aws:principalarn': `arn:aws:iam::${own}:role/app` },
  issuedSession: { ...session, 'aws:principalarn': `arn:aws:iam::${own}:role/team/app` },
  role: { ...session, 'aws:principalarn': `arn:aws-cn:iam::${own}:role/team/app` },
  chinese: { ...session, 'aws:principalarn': `arn:aws-cn:iam::${own}:role/app` },
  federatedUser: {
    ...signed,
    'aws:principalarn': `arn:aws:sts::${own}:federated-user/guest`,
    'aws:principaltype': 'FederatedUser',
    'aws:userid': `${own}:guest`,
  },
  root: {
    ...signed,
    'aws:principalarn': `arn:aws:iam::${own}:root`,
    'aws:principaltype': 'Account',
    'aws:userid': own,
  },
  service: {
    'aws:principalisawsservice': 'true',
    'aws:principalservicename': 'sns.amazonaws.com',
    'aws:principalservicenameslist': 'sns.amazonaws.com',
  },
  federated: { 'aws:federatedprovider': 'accounts.google.com' },
  anonymous: {
    'aws:principalaccount': 'anonymous',
    'aws:principaltype': 'Anonymous',
    'aws:userid': 'anonymous',
  },
};
const keys = [
  ...new Set(Object.values(table).flatMap((row) => Object.keys(row))),
  'aws:multifactorauthpresent',
  'aws:multifactorauthage',
  'aws:sourceip',
  'aws:currenttime',
  'aws:epochtime',
  'aws:calledviafirst',
  'aws:calledvialast',
  'aws:calledvia',
  'aws:principalorgid',
  'aws:principaltag/team',
  'aws:resourcetag/env',
  'aws:tokenissuetime',
  'aws:securetransport',
  'aws:requestedregion',
  'constructor',
  '',
];

describe('keys derived from the caller', () => {
  it.each(Object.keys(callers) as (keyof typeof callers)[])('%s', (name) => {
    const request = read({ principal: callers[name] });
    const found = keys.flatMap((key) => {
      const values = contextValues(request, key);
      return values === undefined ? [] : [[key, values]];
    });
    const wanted = keys
      .filter((key) => Object.hasOwn(table[name], key))
      .map((key) => [key, [table[name][key]]]);
    expect(found).toEqual(wanted);
  });
});

describe('keys derived from the other fields', () => {
  it.each<[string, Partial<RequestInput>, string, string | undefined]>([
    ['MFA', { mfa: { present: true } }, 'aws:multifactorauthpresent', 'true'],
    ['no MFA', { mfa: { present: false } }, 'aws:multifactorauthpresent', 'false'],
    ['MFA without age', { mfa: { present: true } }, 'aws:multifactorauthage', undefined],
    ['no MFA, no age', { mfa: { present: false } }, 'aws:multifactorauthage', undefined],
    ['MFA with age', { mfa: { present: true, ageSeconds: 0 } }, 'aws:multifactorauthage', '0'],
    ['the address', { sourceIp: '2001:DB8::1' }, 'aws:sourceip', '2001:DB8::1'],
    ['the time', { time: '2026-11-23T12:00:00Z' }, 'aws:currenttime', '2026-11-23T12:00:00Z'],
    ['the time as seconds', { time: '2026-11-23T12:00:00Z' }, 'aws:epochtime', '1795435200'],
    ['a time given as seconds', { time: 1795435200 }, 'aws:currenttime', '1795435200'],
    [
      'E11: the account of the resource',
      { resource: 'arn:aws:sqs:us-east-1:444455556666:q' },
      'aws:resourceaccount',
      '444455556666',
    ],
    [
      'E11: the account beside a bucket',
      { resource: { arn: 'arn:aws:s3:::b', accountId: '444455556666' } },
      'aws:resourceaccount',
      '444455556666',
    ],
    [
      'E11: the caller owns what no ARN says',
      { resource: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
      'aws:resourceaccount',
      own,
    ],
    [
      'E11: an anonymous caller owns nothing',
      { principal: callers.anonymous, resource: 'arn:aws:s3:::b' },
      'aws:resourceaccount',
      undefined,
    ],
  ])('%s', (_, input, key, value) => {
    expect(contextValues(read(input), key)).toEqual(value === undefined ? undefined : [value]);
  });

  it('E85: takes the ends of the chain of calls', () => {
    const request = read({ context: { 'aws:CalledVia': ['cloudformation', 'athena', 's3'] } });
    expect(contextValues(request, 'aws:calledviafirst')).toEqual(['cloudformation']);
    expect(contextValues(request, 'aws:calledvialast')).toEqual(['s3']);
    expect(contextValues(read({ context: { 'aws:CalledVia': [] } }), 'aws:calledvialast')).toBeUndefined();
    const one = read({ context: { 'aws:CalledVia': 'athena' } });
    expect(contextValues(one, 'aws:calledviafirst')).toEqual(['athena']);
    expect(contextValues(one, 'aws:calledvialast')).toEqual(['athena']);
  });

  it('E85: a call that came through a service with the credentials of the caller came by way of a service', () => {
    const via = (principal: PrincipalInput, context: RequestInput['context'] = {}) =>
      contextValues(read({ principal, context }), 'aws:viaawsservice');
    for (const chain of ['athena.amazonaws.com', ['athena.amazonaws.com', 's3.amazonaws.com']])
      expect(via(callers.user, { 'aws:CalledVia': chain })).toEqual(['true']);
    expect(via(callers.user)).toEqual(['false']);
    expect(via(callers.user, { 'aws:CalledVia': [] })).toEqual(['false']);
    expect(via(callers.user, { 'aws:CalledVia': 'x', 'aws:ViaAWSService': 'false' })).toEqual(['false']);
    expect(via(callers.service, { 'aws:CalledVia': 'x' })).toBeUndefined();
  });

  it.each([
    ['aws:viaawsservice', 'aws:viaawsservice'],
    ['aws:calledviafirst', 'aws:calledvia'],
    ['aws:calledvialast', 'aws:calledvia'],
    ['aws:calledvia', 'aws:calledvia'],
    ['aws:calledviafirst2', 'aws:calledviafirst2'],
    ['xaws:calledvialast', 'xaws:calledvialast'],
    ['aws:username', 'aws:username'],
  ])('%s is read from %s', (key, source) => {
    expect(sourceKey(key)).toBe(source);
  });
});

describe('followsFromCaller', () => {
  const tagged = Object.values(callers).flatMap((caller): PrincipalInput[] => [
    caller,
    { ...caller, tags: { team: 'red' } },
  ]);
  const rest: Partial<RequestInput> = {
    resource: { arn: 'arn:aws:s3:::b', tags: { env: 'prod' } },
    mfa: { present: true, ageSeconds: 5 },
    sourceIp: '203.0.113.7',
    time: '2026-11-23T12:00:00Z',
    context: { 'aws:CalledVia': ['athena', 's3'], 'aws:PrincipalOrgId': 'o-1' },
  };

  it.each(keys)('is true of %j if two callers have different values of it', (key) => {
    const values = tagged.map((principal) =>
      JSON.stringify(contextValues(read({ ...rest, principal }), key)),
    );
    if (new Set(values).size > 1) expect(followsFromCaller(key)).toBe(true);
    // Of no key here that is the same for all of them.
    else expect(followsFromCaller(key)).toBe(false);
  });
});

describe('context against what is derived', () => {
  it.each([
    ['aws:PrincipalArn', 'other'],
    ['aws:ResourceAccount', 'other'],
    ['aws:ViaAWSService', 'true'],
    ['aws:PrincipalTag/Team', 'other'],
    ['aws:ResourceTag/Env', 'other'],
    ['kms:CallerAccount', 'other'],
  ])('%s of the context wins; an empty list hides the derived value (L95)', (key, value) => {
    const tagged = {
      principal: { ...callers.user, tags: { team: 'red' } },
      resource: { arn: 'arn:aws:s3:::b', tags: { env: 'prod' } },
    };
    const folded = key.toLowerCase();
    expect(contextValues(read(tagged), folded)).toHaveLength(1);
    expect(contextValues(read({ ...tagged, context: { [key]: value } }), folded)).toEqual([value]);
    expect(contextValues(read({ ...tagged, context: { [key]: ['a', 'b'] } }), folded)).toEqual(['a', 'b']);
    expect(contextValues(read({ ...tagged, context: { [key]: [] } }), folded)).toBeUndefined();
  });
});

describe('tags', () => {
  it('L70: principal tags are found by folded key, for callers of an account and services', () => {
    const tags = { Team: 'Red', 'a/B': 'x' };
    for (const name of Object.keys(callers) as (keyof typeof callers)[]) {
      const request = read({ principal: { ...callers[name], tags } });
      const expected = name === 'anonymous' || name === 'federated' ? undefined : ['Red'];
      expect(contextValues(request, 'aws:principaltag/team')).toEqual(expected);
    }
    const request = read({ principal: { ...callers.user, tags } });
    expect(contextValues(request, 'aws:principaltag/a/b')).toEqual(['x']);
    expect(contextValues(request, 'aws:principaltag/none')).toBeUndefined();
    expect(contextValues(request, 'aws:resourcetag/team')).toBeUndefined();
  });

  const database = `arn:aws:rds:us-east-1:${own}:db:main`;
  const accessPoint = `arn:aws:s3:us-east-1:${own}:accesspoint/ap/object/k`;
  const directory = `arn:aws:s3express:us-east-1:${own}:bucket/b--use1-az4--x-s3`;
  const directoryPoint = `arn:aws:s3express:us-east-1:${own}:accesspoint/ap--use1-az4--xa-s3`;
  it.each<[string, string, string, string | undefined]>([
    ['s3:GetObject', 'arn:aws:s3:::b', 'aws:resourcetag/env', 'Prod'],
    ['s3:GetObject', '*', 'aws:resourcetag/env', 'Prod'],
    ['s3:GetObject', 'arn:aws:s3:::b', 'aws:resourcetag/none', undefined],
    ['s3:GetObject', 'arn:aws:s3:::b', 'aws:resourcetag/a/b', 'x'],
    ['iam:GetRole', `arn:aws:iam::${own}:role/r`, 'iam:resourcetag/env', 'Prod'],
    ['sts:AssumeRole', `arn:aws:iam::${own}:role/r`, 'iam:resourcetag/env', 'Prod'],
    ['s3:GetObject', 'arn:aws:s3:::b', 'iam:resourcetag/env', undefined],
    ['ec2:StopInstances', '*', 'ec2:resourcetag/env', 'Prod'],
    ['s3:GetObject', '*', 'ec2:resourcetag/env', undefined],
    ['secretsmanager:GetSecretValue', '*', 'secretsmanager:resourcetag/env', 'Prod'],
    ['ssm:GetParameter', '*', 'secretsmanager:resourcetag/env', undefined],
    ['ssm:GetParameter', '*', 'ssm:resourcetag/env', 'Prod'],
    ['iam:GetRole', '*', 'ssm:resourcetag/env', undefined],
    ['rds:StopDBInstance', database, 'rds:db-tag/env', 'Prod'],
    ['rds:StopDBInstance', database, 'rds:cluster-tag/env', undefined],
    ['rds:StopDBCluster', `arn:aws:rds:us-east-1:${own}:cluster:c`, 'rds:cluster-tag/env', 'Prod'],
    ['s3:GetObject', database, 'rds:db-tag/env', undefined],
    ['rds:StopDBInstance', '*', 'rds:db-tag/env', undefined],
    ['rds:StopDBInstance', '*', 'rds:undefined-tag/env', undefined],
    ['rds:StopDBInstance', database, 'rds:resourcetag/env', undefined],
    ['s3:GetObject', '*', 'env', undefined],
    ['s3:GetObject', '*', '/env', undefined],
    ['s3:GetObject', '*', 'x:resourcetag/env', undefined],
    ['sqs:SendMessage', '*', 'sqs:resourcetag/env', undefined],
    ['dms:DeleteReplicationInstance', `arn:aws:dms:us-east-1:${own}:rep:R1`, 'dms:rep-tag/env', 'Prod'],
    ['dms:DeleteReplicationInstance', `arn:aws:dms:us-east-1:${own}:rep:R1`, 'dms:task-tag/env', undefined],
    ['dms:DeleteReplicationInstance', `arn:aws:dms:us-east-1:${own}:rep:R1`, 'rds:rep-tag/env', undefined],
    ['ec2-instance-connect:SendSSHPublicKey', '*', 'ec2:resourcetag/env', 'Prod'],
    ['arc-zonal-shift:StartZonalShift', '*', 'elasticloadbalancing:resourcetag/env', 'Prod'],
    ['ec2-instance-connect:SendSSHPublicKey', '*', 'iam:resourcetag/env', undefined],
    ['ec2:StartInstances', '*', 'ec2-instance-connect:resourcetag/env', undefined],
    ['s3:ListBucket', 'arn:aws:s3:::b', 's3:buckettag/env', 'Prod'],
    ['s3:GetObject', 'arn:aws:s3:::accesspoint/k', 's3:buckettag/env', 'Prod'],
    ['s3:GetObject', 'arn:aws:s3:::b/k', 's3:accesspointtag/env', undefined],
    ['s3:GetObject', accessPoint, 's3:accesspointtag/env', 'Prod'],
    ['s3:GetObject', accessPoint, 's3:buckettag/env', undefined],
    ['s3:ListAllMyBuckets', '*', 's3:buckettag/env', undefined],
    ['s3express:CreateSession', directory, 's3express:buckettag/env', 'Prod'],
    ['s3express:CreateSession', directory, 's3express:accesspointtag/env', undefined],
    ['s3express:CreateSession', directoryPoint, 's3express:accesspointtag/env', 'Prod'],
    ['s3express:CreateSession', directoryPoint, 's3express:buckettag/env', undefined],
    ['s3express:CreateSession', directory, 's3:buckettag/env', undefined],
    ['s3express:ListAllMyDirectoryBuckets', '*', 's3express:buckettag/env', undefined],
    ['s3express:ListAllMyDirectoryBuckets', '*', 's3express:accesspointtag/env', undefined],
    ['sqs:SendMessage', 'arn:aws:s3:::b', 's3:buckettag/env', undefined],
    ['s3:GetObject', 'arn:aws:s3:::b/k', 's3:existingobjecttag/env', undefined],
    ...[
      'autoscaling',
      'ecr',
      'ecr-public',
      'ecs',
      'elasticloadbalancing',
      'elasticmapreduce',
      'glacier',
      'iotanalytics',
      'license-manager',
      'ram',
      'sagemaker',
    ].map((service): [string, string, string, string] => [
      `${service}:Do`,
      '*',
      `${service}:resourcetag/env`,
      'Prod',
    ]),
    ['ecr:Do', '*', 'ecs:resourcetag/env', undefined],
  ])('%s on %s: %s', (action, arn, key, value) => {
    const request = read({ action, resource: { arn, tags: { Env: 'Prod', 'A/b': 'x' } } });
    expect(contextValues(request, key)).toEqual(value === undefined ? undefined : [value]);
  });
});

describe('keys under which some service reads a tag of the resource', () => {
  it.each([
    ['ec2:resourcetag/env', 'aws:resourcetag/env'],
    ['license-manager:resourcetag/a/b', 'aws:resourcetag/a/b'],
    ['rds:db-tag/env', 'aws:resourcetag/env'],
    ['dms:rep-tag/env', 'aws:resourcetag/env'],
    ['s3:buckettag/env', 'aws:resourcetag/env'],
    ['s3express:accesspointtag/env', 'aws:resourcetag/env'],
    ['aws:resourcetag/env', 'aws:resourcetag/env'],
    ['s3:resourcetag/env', 's3:resourcetag/env'],
    ['aws:requesttag/env', 'aws:requesttag/env'],
    ['s3:prefix', 's3:prefix'],
  ])('%s is read as %s', (key, shared) => {
    expect(sharedTagKey(key)).toBe(shared);
  });
});

describe('L60: the one value a policy variable takes', () => {
  it.each<[Partial<RequestInput>, string, string | undefined]>([
    [{}, 'aws:username', 'alice'],
    [{ context: { 'x:k': 'v' } }, 'x:k', 'v'],
    [{ context: { 'x:k': ['v'] } }, 'x:k', 'v'],
    [{ context: { 'x:k': ['v', 'w'] } }, 'x:k', undefined],
    [{ context: { 'x:k': [] } }, 'x:k', undefined],
    [{ context: { 'x:k': '' } }, 'x:k', ''],
    [{}, 'x:k', undefined],
  ])('%j: %s', (input, key, value) => {
    expect(singleValue(read(input), key)).toBe(value);
  });
});
