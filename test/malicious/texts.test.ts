import { describe, expect, it } from 'vitest';
import {
  account,
  alice,
  ask,
  askWith,
  document,
  expectCleanPrototypes,
  identity,
  object,
  statement,
  when,
} from './hostile.js';

expectCleanPrototypes();
const seconds = 10_000;
const MB = 1_000_000;
const arn = (key: string) => `arn:aws:s3:::b/${key}`;
const at = (Resource: string) => identity(statement({ Resource }));

type Row = readonly [name: string, expected: string, operator: string, policy: unknown, value: unknown];
const conditions: readonly Row[] = [
  ['Kelvin sign', 'implicitDeny', 'StringEquals', 'k', '\u212a'],
  ['Kelvin sign, ignoring case', 'allowed', 'StringEqualsIgnoreCase', 'k', '\u212a'],
  ['dotted İ', 'implicitDeny', 'StringEquals', 'i', 'İ'],
  ['dotless ı, ignoring case', 'implicitDeny', 'StringEqualsIgnoreCase', 'I', 'ı'],
  ['sharp s, ignoring case', 'implicitDeny', 'StringEqualsIgnoreCase', 'SS', 'ß'],
  ['composed and decomposed é', 'implicitDeny', 'StringEquals', '\u00e9', 'e\u0301'],
  ['full-width letters', 'implicitDeny', 'StringEqualsIgnoreCase', 'a', '\uff41'],
  ['a byte order mark', 'implicitDeny', 'StringEquals', 'red', '\ufeffred'],
  ['a right-to-left mark', 'implicitDeny', 'StringEquals', 'red', 'red\u200f'],
  ['a right-to-left override', 'implicitDeny', 'StringEquals', 'der', '\u202ered'],
  ['a zero-width space', 'implicitDeny', 'StringEquals', 'red', 're\u200bd'],
  ['NUL at the end', 'implicitDeny', 'StringEquals', 'red', 'red\0'],
  ['NUL in both', 'allowed', 'StringEquals', 're\0d', 're\0d'],
  ['NUL under a star', 'allowed', 'StringLike', 'r*d', 'r\0\0d'],
  ['a line break at the end', 'implicitDeny', 'StringEquals', 'red', 'red\n'],
  ['a line break at the end, like', 'implicitDeny', 'StringLike', '*red', 'red\n'],
  ['line breaks under a star', 'allowed', 'StringLike', 'a*b', 'a\r\n\u2028\u2029b'],
  ['a line break under a question mark', 'allowed', 'StringLike', 'a?b', 'a\nb'],
  ['a lone surrogate', 'allowed', 'StringEquals', '\ud800', '\ud800'],
  ['another lone surrogate', 'implicitDeny', 'StringEquals', '\ud800', '\ud801'],
  ['a lone surrogate and the replacement character', 'implicitDeny', 'StringEquals', '\ufffd', '\ud800'],
  ['a lone surrogate is one character', 'allowed', 'StringLike', 'a?b', 'a\udc00b'],
  ['an emoji is one character', 'allowed', 'StringLike', '?', '😀'],
  ['an emoji is not two characters', 'implicitDeny', 'StringLike', '??', '😀'],
  ['an emoji and a modifier', 'allowed', 'StringLike', '??', '👍🏽'],
  ['regular expression syntax', 'implicitDeny', 'StringLike', '.+', 'ab'],
  ['a class of characters', 'implicitDeny', 'StringLike', '[a-z]', 'b'],
  ['brackets as text', 'allowed', 'StringLike', '[(*)]{2}^$|\\', '[(x)]{2}^$|\\'],
  ['a backslash before a star', 'allowed', 'StringLike', '\\*', '\\anything'],
  ['a star where there are no wildcards', 'implicitDeny', 'StringEquals', '*', 'x'],
  ['a star that is text', 'allowed', 'StringLike', '${*}', '*'],
  ['a star that is text is no wildcard', 'implicitDeny', 'StringLike', '${*}', 'x'],
  ['half a variable', 'allowed', 'StringEquals', '${', '${'],
  ['an empty variable', 'implicitDeny', 'StringEquals', '${}', ''],
  ['nested variables', 'implicitDeny', 'StringEquals', '${x:${y}}', 'x'],
  ['a number with an exponent', 'implicitDeny', 'NumericEquals', '1000', '1e3'],
  ['a number with spaces', 'implicitDeny', 'NumericEquals', '1', ' 1 '],
  ['a hexadecimal number', 'implicitDeny', 'NumericEquals', '16', '0x10'],
  ['an empty number', 'implicitDeny', 'NumericEquals', '0', ''],
  ['Arabic digits', 'implicitDeny', 'NumericEquals', '1', '١'],
  ['a number with a line break', 'implicitDeny', 'NumericEquals', '1', '1\n'],
  ['numbers beyond 2^53', 'implicitDeny', 'NumericEquals', '9007199254740993', '9007199254740992'],
  ['minus zero', 'allowed', 'NumericEquals', '0', '-0'],
  ['minus zero with fractions', 'allowed', 'NumericEquals', '-0.000', '0'],
  ['the word true with a space', 'implicitDeny', 'Bool', 'true', 'true '],
  ['one as true', 'implicitDeny', 'Bool', 'true', '1'],
  ['a date with a space', 'implicitDeny', 'DateEquals', '2026-01-01', '2026-01-01 '],
  ['30 February', 'implicitDeny', 'DateGreaterThan', '2026-01-01', '2026-02-30'],
  ['a date in words', 'implicitDeny', 'DateGreaterThan', '2026-01-01', 'Tue Nov 24 2026'],
  ['milliseconds for seconds', 'implicitDeny', 'DateLessThan', '2026-01-01', '1764000000000'],
  ['an address with leading zeros', 'implicitDeny', 'IpAddress', '203.0.113.0/24', '203.0.113.010'],
  ['an address as one number', 'implicitDeny', 'IpAddress', '203.0.113.0/24', '3405803783'],
  ['a short address', 'implicitDeny', 'IpAddress', '0.0.0.0/0', '10.1'],
  ['an address with a zone', 'implicitDeny', 'IpAddress', '::/0', 'fe80::1%eth0'],
  ['a mapped address', 'allowed', 'IpAddress', '203.0.113.0/24', '::ffff:203.0.113.7'],
  ['an address with full-width digits', 'implicitDeny', 'IpAddress', '0.0.0.0/0', '１.2.3.4'],
  ['an address range of the request', 'implicitDeny', 'IpAddress', '0.0.0.0/0', '1.2.3.4/32'],
  ['no ARN', 'implicitDeny', 'ArnLike', 'arn:*:*:*:*:*', 'arn:aws:s3::b'],
  ['base64 without padding', 'implicitDeny', 'BinaryEquals', 'YQ==', 'YQ'],
  ['base64 with a line break', 'implicitDeny', 'BinaryEquals', 'YQ==', 'YQ==\n'],
];
describe('values of a condition', () => {
  it.each(conditions)('%s: %s', (_, expected, operator, policy, value) => {
    expect(askWith(identity(when(operator, 'x:k', policy)), { context: { 'x:k': value } })).toBe(expected);
  });
});

describe('names fold A to Z and nothing else', () => {
  it.each([
    ['an action', identity(statement({ Action: 's3:Ma\u212ae' })), { action: 's3:Make' }],
    ['an action of the request', identity(statement({ Action: 's3:Make' })), { action: 's3:Ma\u212ae' }],
    ['a dotted İ in an action', identity(statement({ Action: 's3:LIST' })), { action: 's3:lİst' }],
    ['a key', identity(when('StringEquals', 'x:K', 'v')), { context: { 'x:\u212a': 'v' } }],
    [
      'a tag key',
      identity(when('StringEquals', 'aws:PrincipalTag/K', 'v')),
      { principal: { arn: alice, tags: { '\u212a': 'v' } } },
    ],
    ['a sharp s', identity(when('StringEquals', 'x:SS', 'v')), { context: { 'x:ß': 'v' } }],
  ])('%s', (_, policies, over) => expect(askWith(policies, over)).toBe('implicitDeny'));
});

describe('keys of objects', () => {
  const odd = [
    'a\nb',
    'a\r\n',
    '\0',
    ' ',
    '%2F..%2F',
    '../..',
    'a//b',
    'é',
    '😀',
    '\ud800',
    '$&',
    '\\',
    ':',
    '\u2028',
  ];
  it.each(odd)('%j', (key) => {
    const asked = object(key);
    expect(ask({ request: asked, policies: at(arn(key)) })).toBe('allowed');
    expect(ask({ request: asked, policies: at(arn('*')) })).toBe('allowed');
    expect(ask({ request: asked, policies: at(arn(`${key}x`)) })).toBe('implicitDeny');
    expect(ask({ request: object(`${key}\n`), policies: at(arn(key)) })).toBe('implicitDeny');
  });
});

describe('long values', () => {
  const nines = '9'.repeat(MB);
  const zeros = '0'.repeat(MB);
  const long: readonly Row[] = [
    ['a number of 1,000,000 digits', 'allowed', 'NumericEquals', nines, nines],
    ['a number that is one less', 'allowed', 'NumericLessThan', nines, `${nines.slice(1)}8`],
    ['a number with 1,000,000 zeros before it', 'allowed', 'NumericEquals', '1', `${zeros}1`],
    ['a number with 1,000,000 zeros after it', 'allowed', 'NumericEquals', '1', `1.${zeros}`],
    ['a number with zeros on the way', 'allowed', 'NumericGreaterThan', '1', `1.${zeros}1`],
    ['a number with two points', 'implicitDeny', 'NumericEquals', '1', `${nines}.${nines}.1`],
    ['a date of 1,000,000 digits', 'implicitDeny', 'DateGreaterThan', '2026-01-01', nines],
    [
      'a date with a long fraction',
      'implicitDeny',
      'DateGreaterThan',
      '2026-01-01',
      `2026-11-23T12:00:00.${nines}Z`,
    ],
    ['an address of a megabyte', 'implicitDeny', 'IpAddress', '0.0.0.0/0', `1.2.3.4${' '.repeat(MB)}`],
    ['an address of colons', 'implicitDeny', 'IpAddress', '::/0', ':'.repeat(MB)],
    ['an address with a long prefix', 'implicitDeny', 'IpAddress', '::/0', `1.2.3.4/${nines}`],
    ['base64 of a megabyte', 'allowed', 'BinaryEquals', 'AAAA'.repeat(MB / 4), 'AAAA'.repeat(MB / 4)],
    ['base64 that is none at its end', 'implicitDeny', 'BinaryEquals', 'AAAA', `${'A'.repeat(MB - 1)}!`],
    ['a truth of a megabyte', 'implicitDeny', 'Bool', 'true', 'true'.repeat(MB / 4)],
    ['a policy date of a megabyte', 'error', 'DateEquals', nines, '2026-01-01'],
    ['a policy address of a megabyte', 'error', 'IpAddress', `${nines}/8`, '1.2.3.4'],
    ['a policy number of a megabyte', 'error', 'NumericEquals', `${nines}x`, '1'],
  ];
  it.each(long)(
    '%s: %s',
    (_, expected, operator, policy, value) => {
      expect(askWith(identity(when(operator, 'x:k', policy)), { context: { 'x:k': value } })).toBe(expected);
    },
    seconds,
  );

  it.each([
    ['a time of 1,000,000 digits', { time: nines }],
    ['a time with a long fraction', { time: `2026-11-23T12:00:00.${nines}Z` }],
    ['an address of a megabyte', { sourceIp: '1.'.repeat(MB / 2) }],
    ['an address of colons', { sourceIp: ':'.repeat(MB) }],
    ['an account of 1,000,000 digits', { resource: { arn: '*', accountId: nines } }],
    ['an account with a line break', { resource: { arn: '*', accountId: `${account}\n` } }],
    ['an account as a number', { resource: { arn: '*', accountId: Number(account) } }],
    ['an address with a line break', { sourceIp: '203.0.113.7\n' }],
    ['an address with a zone', { sourceIp: 'fe80::1%eth0' }],
    ['an address with a prefix', { sourceIp: '203.0.113.7/32' }],
    ['an octal address', { sourceIp: '0313.0.0161.7' }],
    ['a time with a line break', { time: '2026-11-23T12:00:00Z\n' }],
    ['a time beyond the calendar', { time: '2026-13-01' }],
    ['a negative time', { time: -1 }],
    ['a fraction of a second', { time: 1.5 }],
    ['a time beyond all exact numbers', { time: 1e21 }],
    ['an age that is negative', { mfa: { present: true, ageSeconds: -1 } }],
    ['an age beyond all exact numbers', { mfa: { present: true, ageSeconds: 2 ** 53 } }],
    ['an age without MFA', { mfa: { present: false, ageSeconds: 1 } }],
    ['an action with two colons', { action: 's3:a:b' }],
    ['an action with a wildcard', { action: 's3:*' }],
    ['an action with a space before it', { action: ' s3:GetObject' }],
    ['a principal with a wildcard', { principal: { arn: `${alice}*` } }],
    ['a principal of two kinds', { principal: { arn: alice, anonymous: true } }],
    [
      'a principal with a line break in the account',
      { principal: { arn: alice.replace(account, `${account}\n`) } },
    ],
    ['an anonymous principal that is not', { principal: { anonymous: 'true' } }],
    ['a resource in an unknown partition', { resource: 'arn:aws\n:s3:::b' }],
  ])(
    'a request with %s is refused',
    (_, over) => {
      expect(askWith(identity(statement()), over)).toBe('error');
    },
    seconds,
  );

  it('a policy that names the same odd principal', () => {
    const odd = (AWS: unknown) => askWith({ resourcePolicy: document(statement({ Principal: { AWS } })) });
    for (const text of [
      `${account}\n`,
      `${alice}\n*`,
      'arn:aws:iam::1:root',
      '١'.repeat(12),
      `${account}0`,
      '',
      ' *',
    ]) {
      expect(odd(text)).toBe('error');
    }
  });
});
