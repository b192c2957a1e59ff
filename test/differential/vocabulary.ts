/** Few names of each kind, so that requests and policies often speak of the same things. */

export const [own, other] = ['111122223333', '444455556666'];
const accounts = [own, other];

export const users = accounts.flatMap((id) => [
  `arn:aws:iam::${id}:user/alice`,
  `arn:aws:iam::${id}:user/ops/bob`,
]);
export const roles = accounts.flatMap((id) => [
  `arn:aws:iam::${id}:role/app`,
  `arn:aws:iam::${id}:role/team/app`,
  `arn:aws:iam::${id}:role/audit`,
]);
export const linkedRole = (id: string): string =>
  `arn:aws:iam::${id}:role/aws-service-role/sqs.amazonaws.com/Linked`;
export const sessions = accounts.flatMap((id) => [
  `arn:aws:sts::${id}:assumed-role/app/s1`,
  `arn:aws:sts::${id}:assumed-role/app/s2`,
  `arn:aws:sts::${id}:assumed-role/audit/s1`,
]);
export const federatedUsers = accounts.flatMap((id) => [
  `arn:aws:sts::${id}:federated-user/alice`,
  `arn:aws:sts::${id}:federated-user/bob`,
]);
export const roots = accounts.map((id) => `arn:aws:iam::${id}:root`);
export const services = ['lambda.amazonaws.com', 's3.amazonaws.com', 'cloudtrail.amazonaws.com'];
export const webProviders = [
  `arn:aws:iam::${own}:oidc-provider/token.actions.githubusercontent.com`,
  'accounts.google.com',
];
export const samlProvider = `arn:aws:iam::${own}:saml-provider/Corp`;
/** Well-formed entries that name no caller there is (L51, L52, E18). */
export const nobodies = [
  'AIDAJQABLZS4A3QDU576Q',
  'AROAJQABLZS4A3QDU576Q',
  'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE',
  '777788889999',
];
export const canonicalUser = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be';

const objects = [
  'arn:aws:s3:::data/alice/a.txt',
  'arn:aws:s3:::data/red/x:y/größe😀.txt',
  'arn:aws:s3:::data/red/line\nbreak',
  'arn:aws:s3:::logs/${aws:username}',
];
const buckets = ['arn:aws:s3:::data', 'arn:aws:s3:::logs'];
const keys = accounts.map((id) => `arn:aws:kms:us-east-1:${id}:key/k-1`);
const aliases = accounts.map((id) => `arn:aws:kms:us-east-1:${id}:alias/red`);
const queues = accounts.map((id) => `arn:aws:sqs:us-east-1:${id}:red-queue`);
const topics = accounts.map((id) => `arn:aws:sns:eu-west-1:${id}:alice-topic`);
const trusting = accounts.flatMap((id) => [
  `arn:aws:iam::${id}:role/deploy`,
  `arn:aws:iam::${id}:role/app`,
  linkedRole(id),
]);
const instances = accounts.map((id) => `arn:aws:ec2:us-east-1:${id}:instance/i-1`);

/** Actions and the resources they are asked on; `policed` resources carry a policy of their own. */
export interface Operation {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly policed: 'no' | 'often' | 'mostly' | 'trust';
}
const read = { actions: ['s3:GetObject', 's3:PutObject'], resources: objects, policed: 'often' } as const;
const send = { actions: ['sqs:SendMessage'], resources: queues, policed: 'often' } as const;
const publish = { actions: ['sns:Publish'], resources: topics, policed: 'often' } as const;
const decrypt = { actions: ['kms:Decrypt', 'kms:RetireGrant'], resources: keys, policed: 'mostly' } as const;
const assume = { actions: ['sts:AssumeRole'], resources: trusting, policed: 'trust' } as const;
const bucketActions = ['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy', 's3:ListBucket'];

export const bucketOperation: Operation = { actions: bucketActions, resources: buckets, policed: 'mostly' };
export const serviceOperations: readonly Operation[] = [read, send, publish, decrypt, assume];
export const anonymousOperations: readonly Operation[] = [
  read,
  read,
  send,
  publish,
  assume,
  { actions: ['sts:GetCallerIdentity'], resources: ['*'], policed: 'no' },
];
export const signedOperations: readonly Operation[] = [
  read,
  read,
  send,
  publish,
  decrypt,
  assume,
  bucketOperation,
  {
    actions: ['s3:ListAllMyBuckets', 'kms:ListKeys', 'ec2:DescribeInstances'],
    resources: ['*'],
    policed: 'no',
  },
  { actions: ['kms:CreateAlias'], resources: aliases, policed: 'no' },
  {
    actions: ['sts:TagSession', 'sts:SetSourceIdentity', 'sts:SetContext'],
    resources: trusting,
    policed: 'trust',
  },
  { actions: ['sts:GetCallerIdentity', 'sts:GetSessionToken'], resources: ['*'], policed: 'no' },
  { actions: ['iam:PassRole'], resources: trusting, policed: 'trust' },
  { actions: ['iam:GetUser', 'iam:TagUser'], resources: users, policed: 'no' },
  { actions: ['ec2:StartInstances', 'ec2:RunInstances'], resources: instances, policed: 'no' },
];
export const federatedOperation = (action: string): Operation => ({
  actions: [action],
  resources: trusting,
  policed: 'trust',
});

const all = [...signedOperations, federatedOperation('sts:AssumeRoleWithWebIdentity')];
export const actions = [...new Set(all.flatMap((operation) => operation.actions))];
export const resources = [...new Set(all.flatMap((operation) => operation.resources))];

/** Operators by the kind of value they read. */
export const operators = {
  string: ['Equals', 'NotEquals', 'EqualsIgnoreCase', 'NotEqualsIgnoreCase', 'Like', 'NotLike'].map(
    (end) => `String${end}`,
  ),
  numeric: orders('Numeric'),
  date: orders('Date'),
  bool: ['Bool'],
  binary: ['BinaryEquals'],
  ip: ['IpAddress', 'NotIpAddress'],
  arn: ['ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike'],
};
function orders(family: string): string[] {
  const ends = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'];
  return ends.map((end) => family + end);
}
export type Family = keyof typeof operators;
export const families = Object.keys(operators) as Family[];

type Values = readonly (string | number | boolean)[];

/** Policy values: always well-formed for their family, whatever key they stand at (U5). */
export const wanted: Record<Family, Values> = {
  string: [
    ...['red', 'blue', 'Red', 'alice', 'GRÖẞE', 'größe', 'ΣΑΣ', 'k', '😀', '', own, other, 10, true],
    ...['*', '?', 'r*', '?ed', '*e*', '${*}', 'r${?}d', '${$}{aws:username}', '${', 'User', 'AssumedRole'],
    ...[
      '${aws:username}',
      '${aws:PrincipalTag/team}',
      "${AWS:principaltag/TEAM, 'red'}",
      "x${s3:prefix, ''}",
    ],
    ...[
      '${aws:TagKeys}',
      '${s3:max-keys}',
      "${aws:TagKeys, 'blue'}",
      '${aws:PrincipalAccount}',
      '${s3:prefix}*',
    ],
  ],
  numeric: [10, '10', '10.0', 9, '-1', 0, 0.5, '9007199254740993', '9007199254740992', '3600', 1_782_907_200],
  date: [
    ...['2026-07-01T12:00:00Z', '2026-07-01T14:00:00+02:00', '2026-07-01', '2026-07', '2026', 1_782_907_200],
    ...[
      '2026-07-01T12:00:00.5Z',
      '2026-07-01t07:00-05:00',
      '1969-12-31T23:59:59Z',
      '2024-02-29',
      '1782907199',
    ],
    '2026-07-01T12:00:00',
  ],
  bool: [true, false, 'true', 'false', 'True', 'FALSE'],
  binary: ['QUJD', 'QUI=', 'AA=='],
  ip: [
    ...['203.0.113.0/24', '203.0.113.7', '203.0.113.9/25', '0.0.0.0/0', '10.0.0.0/8', '203.0.113.7/32'],
    ...['2001:db8::/32', '2001:DB8:0:0::7', '::/0', '2001:db8::7/127', '128.0.0.0/1'],
  ],
  arn: [
    ...[
      `arn:aws:iam::${own}:role/*`,
      'arn:aws:iam::*:user/alice',
      'arn:aws:iam::*:user/${aws:username}',
      '*',
    ],
    ...['arn:aws:iam::${aws:PrincipalAccount}:role/app', 'arn:aws:s3:*:*:data', 'arn:aws:s3:::data', 'arn:*'],
    ...["arn:aws:s3:::${aws:PrincipalTag/team, 'a:b'}", `arn:aws:s??:*:${own}:*`, 'arn:*:iam::*:r?o?'],
    ...[`arn:aws:iam::${own}:role/app`, 'arn:aws:s3:::${*}', 'arn:aws:sns:*:topic', 'arn:aws:*:*:*:*'],
  ],
};

/** Request values that no operator but those of strings can read. */
const wrong: Values = [
  ...[
    'ten',
    '',
    ' 10',
    '0x10',
    '1e1',
    'yesterday',
    '2026-02-30',
    '2026-07-01T24:00:00Z',
    '203.0.113.07',
    'K',
  ],
  ...[
    '2026-07-01T12:00:60Z',
    '256.1.1.1',
    'not-an-ip',
    'arn:aws:s3',
    '!!!',
    'yes',
    true,
    10,
    '*',
    '${aws:username}',
  ],
];

/** Condition keys: of what family, and what the request may hold there (nothing: it is only derived). */
export interface Key {
  readonly name: string;
  readonly family: Family;
  readonly held: Values;
  /** Further policy values that fit. */
  readonly fitting?: Values;
}
const teams = ['red', 'blue', 'Red', 'größe'];
const instants = ['2026-07-01T12:00:00Z', '2026-07-01T11:59:59Z', '2026-06-30T22:00:00-02:00', '1782907200'];
export const times = ['2026-07-01T12:00:00Z', '2026-07-01T11:59:59Z', '2026-07-02T00:00:00Z'];
export const addresses = [
  ...[
    '203.0.113.7',
    '203.0.113.128',
    '10.1.2.3',
    '2001:db8::7',
    '2001:0DB8:0:0:0:0:0:6',
    '::ffff:203.0.113.7',
  ],
  '::1',
];
export const conditionKeys: readonly Key[] = [
  { name: 'aws:PrincipalArn', family: 'arn', held: [], fitting: [...users, ...roles, ...roots] },
  {
    name: 'aws:PrincipalAccount',
    family: 'string',
    held: [],
    fitting: [own, other, 'anonymous', Number(own)],
  },
  { name: 'aws:PrincipalType', family: 'string', held: [], fitting: ['User', 'AssumedRole', 'Account'] },
  { name: 'aws:username', family: 'string', held: [], fitting: ['alice', 'bob'] },
  {
    name: 'aws:userid',
    family: 'string',
    held: ['AROAEXAMPLE:s1'],
    fitting: [own, `${own}:alice`, 'anonymous'],
  },
  { name: 'aws:PrincipalTag/team', family: 'string', held: ['green'], fitting: teams },
  { name: 'aws:ResourceTag/team', family: 'string', held: [], fitting: teams },
  { name: 'ec2:ResourceTag/team', family: 'string', held: [], fitting: teams },
  { name: 'iam:ResourceTag/team', family: 'string', held: [], fitting: teams },
  { name: 's3:BucketTag/team', family: 'string', held: [], fitting: teams },
  { name: 'aws:PrincipalIsAWSService', family: 'bool', held: [] },
  { name: 'aws:PrincipalServiceName', family: 'string', held: [], fitting: services },
  { name: 'aws:PrincipalServiceNamesList', family: 'string', held: services, fitting: services },
  { name: 'aws:FederatedProvider', family: 'string', held: [], fitting: [...webProviders, samlProvider] },
  { name: 'aws:SourceIp', family: 'ip', held: [] },
  { name: 'aws:MultiFactorAuthPresent', family: 'bool', held: [] },
  { name: 'aws:MultiFactorAuthAge', family: 'numeric', held: [] },
  { name: 'aws:CurrentTime', family: 'date', held: [], fitting: times },
  { name: 'aws:EpochTime', family: 'date', held: [], fitting: times },
  {
    name: 'aws:ResourceAccount',
    family: 'string',
    held: [],
    fitting: [own, other, '${aws:PrincipalAccount}'],
  },
  { name: 'aws:CalledVia', family: 'string', held: ['athena', 'glue'], fitting: ['athena', 'glue'] },
  { name: 'aws:ViaAWSService', family: 'bool', held: [] },
  { name: 'aws:CalledViaFirst', family: 'string', held: [], fitting: ['athena', 'glue'] },
  { name: 'aws:CalledViaLast', family: 'string', held: [], fitting: ['athena', 'glue'] },
  { name: 'aws:TagKeys', family: 'string', held: [...teams, 'team'], fitting: [...teams, 'team'] },
  {
    name: 'aws:RequestTag/team',
    family: 'string',
    held: teams,
    fitting: [...teams, '${aws:PrincipalTag/team}'],
  },
  { name: 'aws:RequestTag/constructor', family: 'string', held: ['x'], fitting: ['x'] },
  { name: 's3:prefix', family: 'string', held: ['alice', 'red', 'ΣΑΣ', 'σας', '😀', 'ςας', '', '*'] },
  {
    name: 's3:max-keys',
    family: 'numeric',
    held: [10, '10.00', 9, -1, '9007199254740992', '9007199254740993', 0.25, '0.50'],
  },
  { name: 'aws:SecureTransport', family: 'bool', held: [true, false, 'true', 'TRUE'] },
  {
    name: 'aws:SourceArn',
    family: 'arn',
    held: ['arn:aws:s3:::data', `arn:aws:sns:eu-west-1:${own}:a:b`, ...roles],
  },
  {
    name: 'aws:TokenIssueTime',
    family: 'date',
    held: [...instants, 1_782_907_200, '2026-07', '2026-07-01T24:00:00Z'],
  },
  { name: 'aws:VpcSourceIp', family: 'ip', held: addresses },
  { name: 'example:Blob', family: 'binary', held: ['QUJD', 'QUI=', 'AA=='] },
  { name: 'example:Größe', family: 'string', held: teams, fitting: teams },
];
export { teams, wrong };
