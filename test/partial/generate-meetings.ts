import fc from 'fast-check';

// Holes that meet what follows from the request: policy variables, keys of the caller, names of principals, letter case, patterns.

const account = '111122223333';
const n = { hole: 'N' };
const p = { hole: 'P' };

/** What a completion puts into each hole. */
export const meetingTexts: Readonly<Record<string, readonly string[]>> = {
  N: ['app', 'alice', 'ali', 'APP', 'red', 'x', 'alice-logs', account],
  P: [
    'app',
    'alice',
    'red',
    'red/x',
    'Get',
    'object',
    'Object',
    'getobject',
    'true',
    'False',
    'x',
    '',
    'path/app',
  ].concat(
    account,
    `arn:aws:iam::${account}:root`,
    `arn:aws:iam::${account}:role/app`,
    `arn:aws:iam::${account}:user/alice`,
  ),
};

const caller = fc.constantFrom<unknown>(
  { arn: `arn:aws:iam::${account}:user/alice`, tags: { team: 'red' } },
  { arn: `arn:aws:iam::${account}:user/alice`, tags: { team: n } },
  { arn: { text: [`arn:aws:iam::${account}:user/`, n] } },
  { arn: { text: [`arn:aws:iam::${account}:user/ali`, n] }, tags: { team: 'alice' } },
  { arn: { text: [`arn:aws:iam::${account}:role/`, n] } },
  { arn: `arn:aws:iam::${account}:role/app`, tags: { team: 'app' } },
  { arn: `arn:aws:sts::${account}:assumed-role/app/s` },
  { arn: { text: [`arn:aws:sts::${account}:assumed-role/`, n, '/s'] } },
);
const asked = fc.constantFrom<unknown>(
  'arn:aws:s3:::home/alice/x',
  'arn:aws:s3:::home/red/app',
  { text: ['arn:aws:s3:::home/', p] },
  { text: ['arn:aws:s3:::home/', n, '/x'] },
  { text: ['arn:aws:s3:::', p, '/', n] },
  { text: ['arn:aws:s3:::', n] },
);
const action = fc.constantFrom<unknown>(
  's3:*',
  's3:*',
  's3:*',
  { text: ['s3:', p] },
  { text: ['s3:get', p] },
);
const resource = fc.constantFrom<unknown>(
  '*',
  '*',
  'arn:aws:s3:::home/${aws:username}',
  'arn:aws:s3:::home/${aws:username}/*',
  'arn:aws:s3:::home/${aws:PrincipalTag/team}*',
  "arn:aws:s3:::home/${aws:PrincipalTag/team, 'app'}/x",
  'arn:aws:s3:::home/ali*',
  'arn:aws:s3:::*-logs',
  'arn:aws:s3:::*/app',
  { text: ['arn:aws:s3:::', p, '/*'] },
  { text: ['arn:aws:s3:::home/', n, '*'] },
  { text: ['arn:aws:s3:::', p, '/${aws:username}/*'] },
);
const text = fc.constantFrom<unknown>(
  'alice',
  'ali*',
  'APP',
  'a${*}',
  '${aws:username}',
  '${aws:PrincipalTag/team}',
  '${s3:prefix}',
  n,
  p,
  { text: [p, '*'] },
);
const line = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        'StringEquals',
        'StringNotEquals',
        'StringLike',
        'StringNotLike',
        'StringEqualsIgnoreCase',
        'StringNotEqualsIgnoreCase',
      ),
      fc.constantFrom('aws:username', 'aws:PrincipalTag/team', 's3:prefix', 'aws:TagKeys'),
      text,
    )
    .map(([operator, key, value]) => ({ [operator]: { [key]: value } })),
  fc
    .tuple(
      fc.constantFrom('ArnLike', 'ArnNotLike', 'StringLike'),
      fc.constantFrom<unknown>(
        `arn:aws:iam::${account}:role/app`,
        `arn:aws:iam::*:user/ali*`,
        { text: [`arn:aws:iam::${account}:role/`, p] },
        { text: [`arn:aws:iam::*:*/`, n] },
      ),
    )
    .map(([operator, value]) => ({ [operator]: { 'aws:PrincipalArn': value } })),
  fc.constantFrom<object>(
    { Bool: { 'aws:SecureTransport': p } },
    { Null: { 's3:prefix': p } },
    { StringEquals: { 'aws:PrincipalAccount': p } },
  ),
  fc.constant({}),
  fc.constant({}),
);
const principal = fc.constantFrom<unknown>(
  '*',
  { AWS: `arn:aws:iam::${account}:role/app` },
  { AWS: `arn:aws:iam::${account}:user/alice` },
  { AWS: { text: [`arn:aws:iam::${account}:role/`, p] } },
  { AWS: { text: [`arn:aws:iam::${account}:user/`, n] } },
  { AWS: p },
);
const effect = fc.constantFrom('Allow', 'Allow', 'Deny');
const statement = fc
  .tuple(effect, action, fc.constantFrom('Resource', 'Resource', 'NotResource'), resource, line)
  .map(([Effect, Action, element, own, Condition]) => ({ Effect, Action, [element]: own, Condition }))
  .filter((one) => one.NotResource !== '*');
const ofResource = fc
  .tuple(effect, principal, line)
  .map(([Effect, Principal, Condition]) => ({ Effect, Principal, Action: '*', Resource: '*', Condition }));
const document = (Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });

/** A case whose holes N and P meet variables, derived keys, principals, patterns and letter case. */
export const meetings: fc.Arbitrary<{ readonly request: unknown; readonly policies: unknown }> = fc
  .tuple(
    caller,
    asked,
    fc.array(statement, { minLength: 1, maxLength: 2 }),
    fc.option(ofResource, { nil: undefined }),
    fc.constantFrom({}, { 's3:prefix': 'alice' }, { 's3:prefix': 'app', 'aws:SecureTransport': 'True' }),
  )
  .map(([who, arn, statements, other, context]) => ({
    request: {
      principal: who,
      action: 's3:GetObject',
      resource: { arn, accountId: account },
      context,
    },
    policies: {
      identityPolicies: [document(statements)],
      ...(other === undefined ? {} : { resourcePolicy: document([other]) }),
    },
  }));
