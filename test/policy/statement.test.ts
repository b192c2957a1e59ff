import { describe, expect, it } from 'vitest';
import { kinds, least, readDocument, readStatementOf, wrong } from './build.js';

const strict = ['identityPolicies', 'permissionsBoundary', 'sessionPolicies'];
const callersOnly = [...strict, 'serviceControlPolicies'];

describe.each(kinds)('%s', (kind) => {
  it.each([undefined, 'allow', 'ALLOW', 'deny', '', 7, null, ['Allow'], true])('L15: Effect %j', (Effect) => {
    expect(wrong(kind, { Effect })).toEqual([
      ['ERR_IAM_VALUE', '.Effect', 'Effect is not Allow or Deny', 'write "Allow" or "Deny"'],
    ]);
  });

  it.each([7, null, ['x'], {}])('L16: the Sid %j is no string', (Sid) => {
    expect(wrong(kind, { Sid })).toEqual([['ERR_IAM_TYPE', '.Sid', 'Sid is not a string', 'write a string']]);
  });

  it.each(['with space', 'dash-ed', 'é', 'a\n', '_'])('L16: the Sid %j', (Sid) => {
    expect(wrong(kind, { Sid })).toEqual(
      strict.includes(kind)
        ? [
            [
              'ERR_IAM_VALUE',
              '.Sid',
              `the Sid \`${Sid}\` has characters other than letters and digits`,
              'use only A-Z, a-z, 0-9',
            ],
          ]
        : [],
    );
    expect(readStatementOf(kind, { Sid }).policy.statements[0]!.sid).toBe(Sid);
  });

  it.each(['', 'AZaz09'])('L16: the Sid %j is accepted', (Sid) => {
    expect(wrong(kind, { Sid })).toEqual([]);
  });

  it('L12: unknown members', () => {
    expect(wrong(kind, { Actions: 'x', effect: 'x', Note: 'x', Gone: undefined })).toEqual([
      [
        'ERR_IAM_UNKNOWN_MEMBER',
        '.Actions',
        '`Actions` is no element of the policy language',
        'write Action',
      ],
      ['ERR_IAM_UNKNOWN_MEMBER', '.effect', '`effect` is no element of the policy language', 'write Effect'],
      [
        'ERR_IAM_UNKNOWN_MEMBER',
        '.Note',
        '`Note` is no element of the policy language',
        'use Sid, Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource, Condition',
      ],
    ]);
  });

  it('L14: no Action', () => {
    expect(wrong(kind, { Action: undefined })).toEqual([
      ['ERR_IAM_MISSING_MEMBER', '', 'there is no Action', 'write Action or NotAction'],
    ]);
  });

  it('L14: Action and NotAction', () => {
    expect(wrong(kind, { NotAction: 's3:Put' })[0]).toEqual([
      'ERR_IAM_CONFLICT',
      '',
      'Action and NotAction stand together',
      'keep one of them',
    ]);
  });

  it('L22, E96: NotAction', () => {
    expect(wrong(kind, { Action: undefined, NotAction: 's3:Put' })).toEqual(
      kind === 'resourceControlPolicies'
        ? [
            [
              'ERR_IAM_FORBIDDEN_ELEMENT',
              '.NotAction',
              'a resource control policy has no NotAction',
              'write Action',
            ],
          ]
        : [],
    );
  });

  it.each(['Resource', 'NotResource'])('L22, E96: %s', (name) => {
    const changes = { Resource: undefined, NotResource: undefined, [name]: 'arn:aws:s3:::b' };
    expect(wrong(kind, changes)).toEqual(
      kind === 'trustPolicy'
        ? [['ERR_IAM_FORBIDDEN_ELEMENT', `.${name}`, 'a role trust policy has no Resource', 'leave it out']]
        : [],
    );
    const [statement] = readStatementOf(kind, changes).policy.statements;
    expect(statement!.resources).toEqual(kind === 'trustPolicy' ? undefined : ['arn:aws:s3:::b']);
    expect(statement!.notResource).toBe(name === 'NotResource');
  });

  it('L22, E96: no Resource', () => {
    expect(wrong(kind, { Resource: undefined })).toEqual(
      kind === 'trustPolicy' || kind === 'resourcePolicy'
        ? []
        : [['ERR_IAM_MISSING_MEMBER', '', 'there is no Resource', 'write Resource or NotResource']],
    );
    expect(readStatementOf(kind, { Resource: undefined }).policy.statements[0]).not.toHaveProperty(
      'resources',
    );
  });

  it('L14: Resource and NotResource', () => {
    const message = 'Resource and NotResource stand together';
    expect(wrong(kind, { Resource: '*', NotResource: '*' })[0]).toEqual([
      'ERR_IAM_CONFLICT',
      '',
      message,
      'keep one of them',
    ]);
  });

  it('L22, E96: no Principal', () => {
    expect(wrong(kind, { Principal: undefined })).toEqual(
      callersOnly.includes(kind)
        ? []
        : [['ERR_IAM_MISSING_MEMBER', '', 'there is no Principal', 'say whom the statement is about']],
    );
  });

  it('L14: Principal and NotPrincipal', () => {
    expect(wrong(kind, { Principal: { AWS: '*' }, NotPrincipal: { AWS: '*' } })[0]).toEqual([
      'ERR_IAM_CONFLICT',
      '',
      'Principal and NotPrincipal stand together',
      'keep one of them',
    ]);
  });

  it('L21: an empty Condition is none', () => {
    expect(readStatementOf(kind, { Condition: {} }).policy.statements[0]!.conditions).toEqual([]);
    expect(wrong(kind, { Condition: {} })).toEqual([]);
    expect(wrong(kind, { Condition: undefined })).toEqual([]);
    expect(wrong(kind, { Condition: null })).toEqual([
      ['ERR_IAM_TYPE', '.Condition', 'Condition is not an object', 'write a JSON object'],
    ]);
  });

  it('says Allow of an effect it cannot read, and Deny of a Deny', () => {
    const effect = (Effect: unknown) => readStatementOf(kind, { Effect }).policy.statements[0]!.effect;
    expect([effect('Allow'), effect('Deny'), effect('deny')]).toEqual(['Allow', 'Deny', 'Allow']);
  });
});

describe('E50, E96: a resource control policy only denies', () => {
  const allow = (changes: Record<string, unknown> = {}) =>
    wrong('resourceControlPolicies', { Effect: 'Allow', Action: '*', Resource: '*', ...changes });
  const refused = [['ERR_IAM_VALUE', '.Effect', 'a resource control policy only denies', 'write "Deny"']];

  it.each([{}, { Action: ['*'], Resource: ['*'] }, { Sid: 'RCPFullAWSAccess' }, { Condition: undefined }])(
    'RCPFullAWSAccess: %j',
    (changes) => {
      expect(allow(changes)).toEqual([]);
    },
  );

  it.each([
    { Action: 's3:*' },
    { Action: ['*', '*'] },
    { Action: '*:*' },
    { Resource: 'arn:aws:s3:::b' },
    { Resource: ['*', 'arn:aws:s3:::b'] },
    { Resource: undefined, NotResource: '*' },
    { Condition: {} },
    { Condition: { Bool: { 'aws:SecureTransport': true } } },
  ])('refuses an Allow with %j', (changes) => {
    expect(allow(changes)).toEqual(refused);
  });

  it('names NotAction alone where both are wrong', () => {
    expect(allow({ Action: undefined, NotAction: '*' }).map(([, path]) => path)).toEqual(['.NotAction']);
  });

  it('names a missing Resource and the Allow', () => {
    expect(allow({ Resource: undefined }).map(([code, path]) => [code, path])).toEqual([
      ['ERR_IAM_MISSING_MEMBER', ''],
      ['ERR_IAM_VALUE', '.Effect'],
    ]);
  });
});

describe('order of what is wrong', () => {
  it('all issues of a statement are found at once', () => {
    const changes = {
      Effect: 'x',
      Sid: 7,
      Principal: '*',
      Action: 's3',
      Resource: 'x',
      Condition: { Nope: { k: 'v' } },
      Extra: 1,
    };
    expect(wrong('identityPolicies', changes).map(([code, path]) => [code, path])).toEqual([
      ['ERR_IAM_UNKNOWN_MEMBER', '.Extra'],
      ['ERR_IAM_VALUE', '.Effect'],
      ['ERR_IAM_TYPE', '.Sid'],
      ['ERR_IAM_ACTION', '.Action'],
      ['ERR_IAM_RESOURCE', '.Resource'],
      ['ERR_IAM_FORBIDDEN_ELEMENT', '.Principal'],
      ['ERR_IAM_OPERATOR', '.Condition.Nope'],
    ]);
  });
});

describe('members', () => {
  it('are read once each', () => {
    const reads: string[] = [];
    const counting = (members: object) =>
      new Proxy(members, {
        get: (target, name) => {
          if (Object.hasOwn(target, name)) reads.push(String(name));
          return Reflect.get(target, name);
        },
      });
    const statement = {
      Sid: 'A',
      Effect: 'Deny',
      NotPrincipal: { AWS: '111122223333' },
      NotAction: 's3:*',
      NotResource: '*',
      Condition: {},
    };
    const { issues } = readDocument(
      counting({ Version: '2012-10-17', Id: 'a', Statement: counting(statement) }),
      'resourcePolicy',
    );
    expect(issues).toEqual([]);
    expect(reads.sort()).toEqual(['Id', 'Statement', 'Version', ...Object.keys(statement)].sort());
  });
  it('count also where they are not enumerable', () => {
    const hidden = Object.defineProperty({ ...least.identityPolicies }, 'Condition', {
      value: { Bool: { a: 'x' } },
    });
    const { policy } = readDocument({ Version: '2012-10-17', Statement: hidden });
    expect(policy.statements[0]!.conditions).toHaveLength(1);
  });
});
