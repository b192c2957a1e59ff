// Questions made from a fixed seed: the same on every machine and in every run.
import { readFileSync } from 'node:fs';

const services = JSON.parse(readFileSync(new URL('services.json', import.meta.url), 'utf8'));
const account = '111122223333';
const caller = { arn: `arn:aws:sts::${account}:assumed-role/orders/instance-1`, tags: { team: 'orders' } };

/** A small generator of pseudo-random numbers (mulberry32). */
function dice(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n) => Math.floor(next() * n);
  return { next, below, pick: (list) => list[below(list.length)] };
}
const times = (n, make) => Array.from({ length: n }, (_, i) => make(i));
const document = (Statement) => ({ Version: '2012-10-17', Statement });
const allowAll = { Effect: 'Allow', Action: '*', Resource: '*' };

/** One role: three identity policies, boundary, one level of SCPs, a bucket policy; 200 requests. */
function application() {
  const { below, pick } = dice(1);
  const policies = {
    identityPolicies: [
      document([
        { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: 'arn:aws:s3:::orders/in/*' },
        { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::orders' },
        {
          Effect: 'Allow',
          Action: 's3:GetObject',
          Resource: 'arn:aws:s3:::orders/teams/${aws:PrincipalTag/team}/*',
        },
      ]),
      document([
        {
          Effect: 'Allow',
          Action: ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'],
          Resource: `arn:aws:sqs:us-east-1:${account}:orders-*`,
        },
        {
          Effect: 'Allow',
          Action: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
          Resource: `arn:aws:dynamodb:us-east-1:${account}:table/orders`,
          Condition: { StringEquals: { 'aws:RequestedRegion': ['us-east-1', 'eu-west-1'] } },
        },
      ]),
      document([
        { Effect: 'Deny', Action: 's3:DeleteObject*', Resource: '*' },
        {
          Effect: 'Deny',
          Action: '*',
          Resource: '*',
          Condition: { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '203.0.113.0/24'] } },
        },
      ]),
    ],
    permissionsBoundary: document([
      { Effect: 'Allow', Action: ['s3:*', 'sqs:*', 'dynamodb:*'], Resource: '*' },
      { Effect: 'Deny', Action: 'dynamodb:Delete*', Resource: '*' },
    ]),
    serviceControlPolicies: [
      [
        document([
          allowAll,
          {
            Effect: 'Deny',
            NotAction: ['iam:*', 'sts:*'],
            Resource: '*',
            Condition: { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'eu-west-1'] } },
          },
        ]),
      ],
    ],
  };
  const bucketPolicy = document([
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:role/orders` },
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::orders/shared/*',
    },
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: ['arn:aws:s3:::orders', 'arn:aws:s3:::orders/*'],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ]);
  const kinds = [
    () => [
      pick(['s3:GetObject', 's3:PutObject', 's3:DeleteObject']),
      `arn:aws:s3:::orders/${pick(folders)}/${below(1e6)}`,
    ],
    () => ['s3:ListBucket', 'arn:aws:s3:::orders'],
    () => [
      pick(['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:PurgeQueue']),
      `arn:aws:sqs:us-east-1:${account}:${pick(['orders-in', 'orders-out', 'billing'])}`,
    ],
    () => [
      pick(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem']),
      `arn:aws:dynamodb:us-east-1:${account}:table/${pick(['orders', 'users'])}`,
    ],
  ];
  const folders = ['in', 'out', 'shared', 'teams/orders', 'teams/billing'];
  const requests = times(200, () => {
    const [action, arn] = pick(kinds)();
    return {
      principal: caller,
      action,
      resource: { arn, accountId: account },
      sourceIp: below(20) === 0 ? '198.51.100.7' : pick(['10.1.2.3', '203.0.113.9', '10.9.8.7']),
      context: {
        'aws:SecureTransport': below(20) === 0 ? 'false' : 'true',
        'aws:RequestedRegion': below(20) === 0 ? 'ap-south-1' : pick(['us-east-1', 'eu-west-1']),
      },
    };
  });
  return {
    name: 'a: one application role',
    requests,
    // The bucket policy hangs on the bucket: only requests for S3 are asked with it.
    policySets: [{ ...policies, resourcePolicy: bucketPolicy }, policies],
    setOf: ({ action }) => (action.startsWith('s3:') ? 0 : 1),
  };
}

/** 2,000 statements over 100 services, 1,000 requests. */
function landscape() {
  const { next, below, pick } = dice(2);
  const names = Object.keys(services);
  const statement = (i) => {
    const service = names[i % names.length];
    const { arn, actions } = services[service];
    const action = pick([pick(actions), pick(actions), `${pick(actions).slice(0, 3)}*`]);
    return {
      Effect: next() < 0.15 ? 'Deny' : 'Allow',
      Action: `${service}:${action}`,
      Resource: `${arn}${pick(['team-1-*', 'team-2-*', `item-${below(50)}`, '*-prod', '*'])}`,
      ...(next() < 0.3
        ? { Condition: { StringEquals: { 'aws:PrincipalTag/team': pick(['orders', 'billing']) } } }
        : {}),
    };
  };
  const statements = times(2_000, statement);
  const identityPolicies = times(10, (i) => document(statements.slice(i * 200, (i + 1) * 200)));
  const requests = times(1_000, () => {
    const service = pick(names);
    const { arn, actions } = services[service];
    const name = pick([`team-1-${below(9)}`, `team-3-${below(9)}`, `item-${below(60)}`, `x${below(9)}-prod`]);
    return {
      principal: caller,
      action: `${service}:${pick(actions)}`,
      resource: { arn: `${arn}${name}`, accountId: account },
      sourceIp: '10.1.2.3',
      context: {},
    };
  });
  return {
    name: 'b: 2,000 statements, 100 services',
    requests,
    policySets: [{ identityPolicies }],
    setOf: () => 0,
  };
}

/** Each question with the policies that apply to it. */
export const workloads = () =>
  [application(), landscape()].map(({ name, requests, policySets, setOf }) => ({
    name,
    policySets,
    questions: requests.map((request) => {
      const set = setOf(request);
      return { request, policies: policySets[set], set };
    }),
  }));
