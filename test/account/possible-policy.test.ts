import { describe, expect, it } from 'vitest';
import { Estate } from '../../src/query/index.js';
import { allow, bucket, estate, one, two, user } from './build.js';

/** A bucket that everybody may read, unless a policy is in force of which that is not known. */
const ask = (possible: object | undefined, who: string) => {
  const open = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' },
  } as const;
  const more = possible === undefined ? {} : { possible: possible as never };
  const policies = [
    { name: 'policy', document: open },
    { name: 'more', unresolved: 'not written', ...more },
  ];
  const data = estate({
    principals: [user('ana', { policies: [{ name: 'p', document: allow('s3:PutObject') }] })],
    resources: [bucket('b', { policies })],
  });
  const decide = (action: string) => new Estate(data).can(who, action, 'arn:aws:s3:::b/x').decision;
  return ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'].map(decide);
};
const deny = (Condition?: object) => ({
  Version: '2012-10-17',
  Statement: {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: '*',
    ...(Condition === undefined ? {} : { Condition }),
  },
});

describe('a policy of which it is open whether it is in force', () => {
  it('may allow or deny anything where its text is not known', () =>
    expect(ask(undefined, 'ana')).toEqual(['depends', 'depends', 'depends']));

  it('decides only about whom its text is about', () => {
    expect(ask(deny(), 'ana')).toEqual(['depends', 'depends', 'implicitDeny']);
    const others = deny({ StringNotEquals: { 'aws:PrincipalAccount': one } });
    expect(ask(others, 'ana')).toEqual(['allowed', 'allowed', 'implicitDeny']);
    expect(ask(others, two)).toEqual(['depends', 'implicitDeny', 'implicitDeny']);
    expect(ask(others, 'anonymous')).toEqual(['depends', 'implicitDeny', 'implicitDeny']);
  });

  it('keeps its own conditions on the presence of keys', () => {
    const named = deny({ Null: { 'aws:username': 'false' } });
    expect(ask(named, 'ana')[0]).toBe('depends');
    expect(ask(named, 'anonymous')[0]).toBe('allowed');
  });

  it('may allow too', () => {
    const { Statement } = deny();
    const possible = { Version: '2012-10-17', Statement: [{ ...Statement, Effect: 'Allow' }] };
    expect(ask(possible, 'ana')).toEqual(['allowed', 'allowed', 'depends']);
  });

  it('may do anything where IAM would refuse its text', () => {
    for (const possible of [{ Statement: [{ Effect: 'Deny' }] }, JSON.stringify(deny()) as never])
      expect(ask(possible, 'ana')).toEqual(['depends', 'depends', 'depends']);
  });
});
