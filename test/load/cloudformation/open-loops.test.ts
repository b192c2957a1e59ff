import { describe, expect, it } from 'vitest';
import { Estate } from '../../../src/query/estate.js';
import { load } from './fixture.js';

const document = (Effect: string, Action: string, more: object = { Resource: '*' }) => ({
  Version: '2012-10-17',
  Statement: [{ Effect, Action, ...more }],
});
const role = (more: object = {}) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: 'reader',
    AssumeRolePolicyDocument: document('Allow', 'sts:AssumeRole', {
      Principal: { Service: 'a.amazonaws.com' },
    }),
    Policies: [{ PolicyName: 'all', PolicyDocument: document('Allow', '*') }],
    ...more,
  },
});
const denying = (properties: object) => ({
  Type: 'AWS::IAM::Policy',
  Properties: { PolicyName: 'no', PolicyDocument: document('Deny', 's3:DeleteObject'), ...properties },
});

/** A role that may do everything, and a loop over a list without a value. */
const read = (body: object, more: object = {}, sections: object = {}) => {
  const { data, diagnostics } = load({
    Parameters: { L: { Type: 'CommaDelimitedList' } },
    Resources: { R: role(), ...more, 'Fn::ForEach::D': ['N', { Ref: 'L' }, body] },
    ...sections,
  });
  return { estate: new Estate(data), diagnostics, data };
};
const ask = (estate: Estate, action = 's3:DeleteObject', resource = 'arn:aws:s3:::b/k') =>
  estate.can('reader', action, resource).decision;

describe('a loop over a list that is not known', () => {
  it('may deny what a role is allowed', () => {
    const { estate, diagnostics } = read({ 'Deny${N}': denying({ Roles: [{ Ref: 'R' }] }) });
    expect(ask(estate)).toBe('depends');
    expect(ask(estate, 's3:GetObject')).toBe('depends');
    expect(diagnostics).toEqual([
      expect.objectContaining({ code: 'missingValue', path: 'Resources.Fn::ForEach::D' }),
    ]);
  });

  it.each([{ Ref: 'N' }, { 'Fn::Sub': '${N}' }, { 'Fn::Sub': '${N}er' }])(
    'may deny it to whichever role an item names: %j',
    (name) => {
      expect(ask(read({ 'Deny${N}': denying({ Roles: [name] }) }).estate)).toBe('depends');
    },
  );

  it('denies nothing to a role whose name no item can have', () => {
    const { estate } = read({ 'Deny${N}': denying({ Roles: [{ 'Fn::Sub': 'writer-${N}' }] }) });
    expect(ask(estate)).toBe('allowed');
  });

  it('makes nothing under a condition that does not hold', () => {
    const Conditions = { Never: { 'Fn::Equals': ['a', 'b'] } };
    const body = { 'Deny${N}': { ...denying({ Roles: [{ Ref: 'R' }] }), Condition: 'Never' } };
    expect(ask(read(body, {}, { Conditions }).estate)).toBe('allowed');
  });

  it.each([
    ['the bucket of the template', { Ref: 'B' }],
    ['whichever bucket an item names', { Ref: 'N' }],
  ])('may put a policy onto %s', (_, Bucket) => {
    const PolicyDocument = document('Deny', 's3:*', { Principal: '*', Resource: 'arn:aws:s3:::b/*' });
    const { estate } = read(
      { 'P${N}': { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket, PolicyDocument } } },
      { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'b' } } },
    );
    expect(ask(estate)).toBe('depends');
  });

  it('makes roles of which nothing is certain, whom others can name', () => {
    const { estate, data } = read({
      'Role${N}': role({ RoleName: { 'Fn::Sub': 'role-${N}' } }),
      'Deny${N}': denying({ Roles: [{ Ref: 'Role${N}' }] }),
    });
    expect(data.principals.map(({ names }) => names)).toEqual([['R', 'reader'], ['Role${N}']]);
    expect(estate.can('Role${N}', 's3:GetObject', 'arn:aws:s3:::b/k').decision).toBe('depends');
    expect(ask(estate)).toBe('allowed');
  });

  it('makes the items of a loop within open, too', () => {
    const inner = (items: unknown) => ({
      'Fn::ForEach::E': ['M', items, { 'Deny${N}${M}': denying({ Roles: [{ Ref: 'M' }] }) }],
    });
    expect(ask(read(inner(['reader', 'writer'])).estate)).toBe('depends');
    expect(ask(read(inner(['writer'])).estate)).toBe('allowed');
    expect(ask(read(inner({ 'Fn::Split': ['-', { Ref: 'N' }] })).estate)).toBe('depends');
  });

  it('counts where a loop around it is known', () => {
    const body = { 'Deny${N}${M}': denying({ Roles: [{ Ref: 'M' }] }) };
    const { data } = load({
      Parameters: { L: { Type: 'CommaDelimitedList' } },
      Resources: {
        R: role(),
        'Fn::ForEach::D': ['M', ['reader'], { 'Fn::ForEach::E': ['N', { Ref: 'L' }, body] }],
      },
    });
    expect(ask(new Estate(data))).toBe('depends');
  });
});
