import { describe, expect, it } from 'vitest';
import { Estate } from '../../../src/query/estate.js';
import { load, place, roleWith } from './fixture.js';

const name = 'alias/app';
const arn = `arn:aws:kms:${place.region}:${place.accountId}:${name}`;
const keyArn = `arn:aws:kms:${place.region}:${place.accountId}:key/app-K`;
const alias = (TargetKeyId: unknown, more: object = {}) => ({
  A: { Type: 'AWS::KMS::Alias', Properties: { AliasName: name, TargetKeyId }, ...more },
});
const keys = { K: { Type: 'AWS::KMS::Key' }, L: { Type: 'AWS::KMS::Key' } };
const may = (Condition?: object) => ({
  Effect: 'Allow',
  Action: 'kms:*',
  Resource: { 'Fn::GetAtt': 'K.Arn' },
  ...(Condition === undefined ? {} : { Condition }),
});
const Parameters = { P: { Type: 'String' } };
const Conditions = { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } };
const estateOf = (aliases: object, statement: object = may()) =>
  new Estate(load(roleWith(statement, { ...keys, ...aliases }, { Parameters, Conditions })).data);
const decided = (estate: Estate, action = 'kms:Decrypt', resource = 'A') =>
  estate.can('Role', action, resource).decision;

describe('what is asked of an alias is asked of its key', () => {
  it.each<[string, unknown]>([
    ['by Ref', { Ref: 'K' }],
    ['by ARN', { 'Fn::GetAtt': 'K.Arn' }],
  ])('%s', (_name, target) => {
    const estate = estateOf(alias(target));
    for (const asked of ['A', name, arn]) expect(decided(estate, 'kms:Decrypt', asked)).toBe('allowed');
    const answer = estate.can('Role', 'kms:Decrypt', 'A');
    expect(answer.assumptions).toEqual([`what is asked of ${arn} is asked of its key ${keyArn}`]);
    expect(estate.whoCan('kms:Decrypt', 'A').allowed).toMatchObject([{ answer: { decision: 'allowed' } }]);
  });

  it('and of no other', () => expect(decided(estateOf(alias({ Ref: 'L' })))).toBe('implicitDeny'));

  it('and of one that another file has', () => {
    const key = 'arn:aws:kms:eu-west-1:111122223333:key/1234';
    const estate = estateOf(alias('1234'), { ...may(), Resource: key });
    expect(estate.can('Role', 'kms:Decrypt', 'A').dependsOn).toEqual([
      `the policy ${key} › policy (not in the files)`,
    ]);
    const resource = { arn: key, account: '111122223333', type: 'AWS::KMS::Key', names: [] };
    const statement = {
      Effect: 'Allow',
      Action: 'kms:*',
      Resource: '*',
      Principal: { AWS: place.accountId },
    };
    const document = { Statement: [statement] };
    const other = new Estate({ resources: [{ ...resource, policies: [{ name: 'policy', document }] }] });
    expect(decided(estate.merge(other))).toBe('allowed');
  });

  it('and carries the name of the alias', () => {
    const named = (value: string) =>
      estateOf(alias({ Ref: 'K' }), may({ StringEquals: { 'kms:RequestAlias': value } }));
    expect(decided(named(name))).toBe('allowed');
    expect(decided(named('alias/other'))).toBe('implicitDeny');
    expect(decided(named(name), 'kms:Decrypt', 'K')).toBe('implicitDeny');
    const context = { 'kms:requestalias': 'alias/other' };
    expect(named(name).can('Role', 'kms:Decrypt', 'A', { context }).decision).toBe('implicitDeny');
  });
});

describe('the policy of an alias is not known', () => {
  it.each(['kms:CreateAlias', 'kms:UpdateAlias', 'kms:DeleteAlias'])('for %s', (action) =>
    expect(decided(estateOf(alias({ Ref: 'K' })), action)).toBe('depends'),
  );

  it.each<[string, object]>([
    ['a parameter', alias({ Ref: 'P' })],
    ['one of two', alias({ 'Fn::If': ['C', { Ref: 'K' }, { Ref: 'L' }] })],
    ['that of an alias which need not be there', alias({ Ref: 'K' }, { Condition: 'C' })],
    ['another in another place', { ...alias({ Ref: 'K' }), B: alias({ Ref: 'L' }).A }],
    ['nobody knows which in another place', { ...alias({ Ref: 'K' }), B: alias({ Ref: 'P' }).A }],
  ])('where the key is %s', (_name, aliases) => expect(decided(estateOf(aliases))).toBe('depends'));

  it('where an upper file knows the key no longer', () => {
    const both = estateOf(alias({ Ref: 'K' })).merge(estateOf(alias({ Ref: 'P' })));
    expect(decided(both)).toBe('depends');
  });
});
