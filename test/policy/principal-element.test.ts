import { describe, expect, it } from 'vitest';
import type { PolicyKind } from '../../src/policy/policy.js';
import { kinds, readStatementOf, wrong } from './build.js';

const forbidden = ['identityPolicies', 'permissionsBoundary', 'sessionPolicies', 'serviceControlPolicies'];
const entriesOf = (kind: PolicyKind, Principal: unknown) => {
  const { policy, issues } = readStatementOf(kind, { Principal });
  return { entries: policy.statements[0]!.principals, issues: issues.map(({ path }) => path) };
};
const everyone = { type: 'AWS', text: '*', form: 'everyone' };

describe('L22, E96: which kinds have a principal', () => {
  it.each(kinds)('%s: Principal', (kind) => {
    expect(wrong(kind, { Principal: '*' })).toEqual(
      forbidden.includes(kind)
        ? [
            [
              'ERR_IAM_FORBIDDEN_ELEMENT',
              '.Principal',
              'this kind of policy has no Principal',
              'leave it out',
            ],
          ]
        : kind === 'trustPolicy'
          ? [
              [
                'ERR_IAM_PRINCIPAL',
                '.Principal',
                'a role trust policy refuses the bare `*`',
                'write {"AWS": "*"}',
              ],
            ]
          : [],
    );
  });

  it.each(kinds)('E28, L54: %s: NotPrincipal with Deny', (kind) => {
    const changes = { Principal: undefined, NotPrincipal: { AWS: '111122223333' } };
    const none = ['ERR_IAM_FORBIDDEN_ELEMENT', '.NotPrincipal', 'this kind of policy has no NotPrincipal'];
    const expected = forbidden.includes(kind)
      ? [[...none, 'leave it out']]
      : kind === 'trustPolicy' || kind === 'resourceControlPolicies'
        ? [[...none, 'write Principal']]
        : [];
    expect(wrong(kind, changes)).toEqual(expected);
    const [statement] = readStatementOf(kind, changes).policy.statements;
    expect(statement!.notPrincipal).toBe(true);
    expect(statement!.principals?.length).toBe(expected.length === 0 ? 1 : undefined);
  });

  it.each(['resourcePolicy', 'vpcEndpointPolicy'] as const)(
    'L55, E30: %s: NotPrincipal with Allow',
    (kind) => {
      const changes = { Principal: undefined, NotPrincipal: { AWS: '111122223333' } };
      expect(wrong(kind, { ...changes, Effect: 'Allow' })).toEqual([
        ['ERR_IAM_CONFLICT', '.NotPrincipal', 'NotPrincipal does not go with Allow', 'name the principals'],
      ]);
      expect(wrong(kind, { ...changes, Effect: 'other' }).map(([, path]) => path)).toEqual(['.Effect']);
    },
  );

  it.each([{ AWS: '*' }, '**', 'x', { AWS: '111122223333' }, ['*'], null, 7, {}])(
    'E50, E96: the principal of a resource control policy is a bare star, not %j',
    (Principal) => {
      expect(wrong('resourceControlPolicies', { Principal })).toEqual([
        ['ERR_IAM_PRINCIPAL', '.Principal', 'the principal of a resource control policy is `*`', 'write "*"'],
      ]);
    },
  );
});

describe('L43-L45: the value', () => {
  it('a star is everyone; in a list or as AWS too', () => {
    expect(entriesOf('resourcePolicy', '*')).toEqual({ entries: [everyone], issues: [] });
    expect(entriesOf('trustPolicy', { AWS: '*' })).toEqual({ entries: [everyone], issues: [] });
    expect(entriesOf('resourcePolicy', { AWS: ['111122223333', '*'] }).entries).toEqual([
      { type: 'AWS', text: '111122223333', form: 'account', account: '111122223333' },
      everyone,
    ]);
  });

  it('entries of all types stand in one list, in the order of the document', () => {
    const canonical = 'a'.repeat(64);
    const { entries, issues } = entriesOf('resourcePolicy', {
      Service: ['b.amazonaws.com', 'a.amazonaws.com'],
      CanonicalUser: canonical,
      Federated: 'www.amazon.com',
      AWS: [],
    });
    expect(issues).toEqual([]);
    expect(entries).toEqual([
      { type: 'Service', text: 'b.amazonaws.com', form: 'exact' },
      { type: 'Service', text: 'a.amazonaws.com', form: 'exact' },
      { type: 'CanonicalUser', text: canonical, form: 'nobody' },
      { type: 'Federated', text: 'www.amazon.com', form: 'exact' },
    ]);
  });

  it.each([{}, { AWS: [] }])('L20: %j is nobody', (Principal) => {
    expect(entriesOf('resourcePolicy', Principal)).toEqual({ entries: [], issues: [] });
  });

  it.each(['', '111122223333', 'arn:aws:iam::111122223333:root', '**', ['*'], 7, null, true])(
    '%j is no value',
    (Principal) => {
      expect(wrong('resourcePolicy', { Principal })).toEqual([
        ['ERR_IAM_TYPE', '.Principal', 'Principal is not an object', 'write a JSON object'],
      ]);
      expect(wrong('resourcePolicy', { Principal: undefined, NotPrincipal: Principal })).toEqual([
        ['ERR_IAM_TYPE', '.NotPrincipal', 'NotPrincipal is not an object', 'write a JSON object'],
      ]);
    },
  );

  it.each(['aws', 'Services', 'User', '*', 'toString'])('%s is no type', (type) => {
    expect(wrong('resourcePolicy', { Principal: { [type]: 7, AWS: '*' } })).toEqual([
      [
        'ERR_IAM_PRINCIPAL',
        `.Principal.${type}`,
        `\`${type}\` is no principal type`,
        'use AWS, Service, Federated or CanonicalUser',
      ],
    ]);
    expect(entriesOf('resourcePolicy', { [type]: 7, AWS: '*' }).entries).toEqual([everyone]);
  });

  it('L18: entries are strings', () => {
    const message = ['the principal is not a string', 'write a string or a list of strings'];
    expect(wrong('resourcePolicy', { Principal: { AWS: 7, Service: ['a', null] } })).toEqual([
      ['ERR_IAM_TYPE', '.Principal.AWS', ...message],
      ['ERR_IAM_TYPE', '.Principal.Service[1]', ...message],
    ]);
  });

  it('L50-L53: entries that are refused are named, the others kept', () => {
    const long = 'x'.repeat(300);
    const changes = { Principal: { AWS: ['*', 'arn:aws:iam::111122223333:user/*', long], Service: '*' } };
    const bad = (path: string, text: string) => [
      'ERR_IAM_PRINCIPAL',
      `.Principal.${path}`,
      `\`${text}\` is no principal`,
      'write an account, user, role or session without wildcards',
    ];
    expect(wrong('resourcePolicy', changes)).toEqual([
      bad('AWS', 'arn:aws:iam::111122223333:user/*'),
      bad('AWS', long.slice(0, 200)),
      bad('Service', '*'),
    ]);
    expect(entriesOf('resourcePolicy', changes.Principal).entries).toEqual([everyone]);
  });
});
