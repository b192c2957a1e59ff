import { describe, expect, it } from 'vitest';
import { classifyAwsPrincipal, classifyPrincipal } from '../../src/policy/principal.js';

const account = '111122223333';
const iam = (rest: string, partition = 'aws') => `arn:${partition}:iam::${account}:${rest}`;
const sts = (rest: string) => `arn:aws:sts::${account}:${rest}`;
const here = { account, partition: 'aws' };

describe('L45-L49, E13: entries of AWS', () => {
  it.each([
    ['*', { form: 'everyone' }],
    [account, { form: 'account', account }],
    [iam('root'), { form: 'account', ...here }],
    [iam('root', 'aws-cn'), { form: 'account', account, partition: 'aws-cn' }],
    [iam('user/alice'), { form: 'user', ...here }],
    [iam('user/a/b/alice'), { form: 'user', ...here }],
    [iam('role/app'), { form: 'role', ...here, name: 'app' }],
    [iam('role/team/app'), { form: 'role', ...here, name: 'app' }],
    [sts('assumed-role/app/s1'), { form: 'session', ...here }],
    [sts('federated-user/guest'), { form: 'federatedUser', ...here }],
    ['AIDAEXAMPLE1234567890', { form: 'nobody' }],
    ['AROAEXAMPLE1234567890:session', { form: 'nobody' }],
    ['ABC1234', { form: 'nobody' }],
    ['arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1', { form: 'nobody' }],
  ])('%s', (text, entry) => {
    const whole = { type: 'AWS', text, ...entry };
    expect(classifyAwsPrincipal(text)).toStrictEqual(whole);
    expect(classifyPrincipal('AWS', text)).toStrictEqual(whole);
  });

  it.each([
    '',
    'alice',
    '11112222333',
    '1111222233334',
    '**',
    '1111*',
    'arn:aws:iam',
    // L50, E16: wildcards
    iam('user/*'),
    iam('user/al?ce'),
    'arn:aws:iam::*:root',
    sts('assumed-role/app/*'),
    'AIDA*',
    'AROAEXAMPLE1234567890:*',
    // L51: groups, and what only looks like a unique id
    iam('group/admins'),
    'aidaexample1234567890',
    'AIDaEXAMPLE',
    'A1DAEXAMPLE',
    'ABC123',
    'BIDAEXAMPLE1234567890',
    'xAIDAEXAMPLE1234567890',
    'AIDAEXAMPLE1234567890:',
    // places
    iam('root', 'mars'),
    `arn:aws:iam:us-east-1:${account}:root`,
    `arn:aws:sts:us-east-1:${account}:assumed-role/app/s1`,
    'arn:aws:iam::11112222333:root',
    'arn:aws:iam::aws:root',
    'arn:aws:sts::cloudfront:user/x',
    `arn:aws:s3::${account}:root`,
    `arn:aws:s3::${account}:user/alice`,
    `arn:aws:s3::${account}:role/app`,
    `arn:aws:s3::${account}:assumed-role/app/s1`,
    sts('root'),
    sts('user/alice'),
    sts('role/app'),
    iam('assumed-role/app/s1'),
    iam('federated-user/guest'),
    // names
    iam('user/'),
    iam('user/team/'),
    iam('role/'),
    iam('user'),
    iam('role'),
    iam('my/user/alice'),
    iam('my/role/app'),
    iam('roots'),
    sts('assumed-role/app'),
    sts('assumed-role/app/'),
    sts('assumed-role//s1'),
    sts('assumed-role/app/s1/x'),
    sts('my-assumed-role/app/s1'),
    sts('federated-user/'),
    sts('federated-user/a/b'),
    sts('my-federated-user/guest'),
  ])('%s is refused', (text) => {
    expect(classifyAwsPrincipal(text)).toBeUndefined();
    expect(classifyPrincipal('AWS', text)).toBeUndefined();
  });
});

it('L52: an endpoint policy of STS may name the callers of every provider', () => {
  const entry = { type: 'Federated', text: '*', form: 'exact' };
  expect(classifyPrincipal('Federated', '*', 'vpcEndpointPolicy')).toStrictEqual(entry);
  for (const kind of ['trustPolicy', 'resourcePolicy'] as const)
    expect(classifyPrincipal('Federated', '*', kind)).toBeUndefined();
  for (const type of ['Service', 'CanonicalUser'] as const)
    expect(classifyPrincipal(type, '*', 'vpcEndpointPolicy')).toBeUndefined();
});

describe('L43, L52: entries of other types', () => {
  const canonical = 'aF0'.padEnd(64, '9');
  it.each([
    ['Service', 'lambda.amazonaws.com', 'exact'],
    ['Service', 'anything', 'exact'],
    ['Federated', 'accounts.google.com', 'exact'],
    ['Federated', iam('oidc-provider/id.example.com/path'), 'exact'],
    ['CanonicalUser', canonical, 'nobody'],
  ] as const)('%s %s', (type, text, form) => {
    expect(classifyPrincipal(type, text)).toStrictEqual({ type, text, form });
  });

  it.each([
    ['Service', ''],
    ['Service', '*'],
    ['Service', '*.amazonaws.com'],
    ['Service', 'lambda.amazonaws.co?'],
    ['Federated', ''],
    ['Federated', '*'],
    ['Federated', iam('saml-provider/*')],
    ['CanonicalUser', ''],
    ['CanonicalUser', '*'],
    ['CanonicalUser', canonical.slice(1)],
    ['CanonicalUser', `${canonical}0`],
    ['CanonicalUser', `g${canonical.slice(1)}`],
    ['CanonicalUser', `?${canonical.slice(1)}`],
  ] as const)('%s %j is refused', (type, text) => {
    expect(classifyPrincipal(type, text)).toBeUndefined();
  });
});
