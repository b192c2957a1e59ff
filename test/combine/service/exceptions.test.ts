import { describe, expect, it } from 'vitest';
import { exceptionFor, isExceptional, serviceExceptions } from '../../../src/combine/service/exceptions.js';
import { callers, iam, own, request } from '../build.js';

describe('exceptionFor', () => {
  const ask = (action: string, resource = '*') => request(callers.root, { action, resource });

  it('lists each rule once, in the order in which they are asked', () => {
    expect(serviceExceptions.map(({ rule }) => rule)).toEqual([
      'E80',
      'E73',
      'E81',
      'E63',
      'E63',
      'E70',
      'E90',
      'E64',
    ]);
  });

  it('gives the first exception of the service with the effect', () => {
    const assume = ask('sts:AssumeRole', iam('role/app'));
    expect(exceptionFor(assume, 'resourcePolicyRequired')?.rule).toBe('E70');
    expect(exceptionFor(assume, 'denies')?.rule).toBe('E63');
    expect(exceptionFor(assume, 'allows')).toBeUndefined();
  });

  it('gives what a walk through the whole list would find', () => {
    const effects = [...new Set(serviceExceptions.map(({ effect }) => effect))];
    const actions = [
      ...['sts:AssumeRole', 'sts:GetCallerIdentity', 'sts:GetSessionToken', 'sts:TagSession', 'sts:Any'],
      ...[
        's3:GetBucketPolicy',
        's3:DeleteBucketPolicy',
        's3:GetObject',
        'kms:Decrypt',
        'sqs:Any',
        'iam:GetRole',
      ],
    ];
    for (const principal of Object.values(callers))
      for (const action of actions)
        for (const resource of [
          '*',
          iam('role/app'),
          `arn:aws:kms:us-east-1:${own}:key/1`,
          'arn:aws:s3:::b',
        ]) {
          const asked = request(principal, { action, resource });
          for (const effect of effects) {
            const first = serviceExceptions.find(
              (one) => one.effect === effect && one.service === asked.action.service && one.applies(asked),
            );
            expect(exceptionFor(asked, effect)).toBe(first);
          }
          // Nothing hangs on which of the two is asked first.
          const both = [exceptionFor(asked, 'denies'), exceptionFor(asked, 'allowsUnlessDenied')];
          expect(both.filter((one) => one !== undefined).length).toBeLessThan(2);
        }
  });

  it.each([
    ['sts:Any', true],
    ['STS:Any', true],
    ['kms:Any', true],
    ['s3:Any', true],
    ['sqs:Any', false],
    ['constructor:Any', false],
  ])('the service of %s does something differently: %s', (action, expected) => {
    expect(isExceptional(ask(action))).toBe(expected);
  });

  it('asks by the service of the action, and each for what it applies to', () => {
    const key = `arn:aws:kms:us-east-1:${own}:key/1`;
    expect(exceptionFor(ask('kms:Decrypt', key), 'resourcePolicyRequired')?.rule).toBe('E90');
    expect(exceptionFor(ask('s3:GetBucketPolicy'), 'ignoresResourcePolicyDenies')?.rule).toBe('E64');
    expect(exceptionFor(ask('sqs:Any', key), 'resourcePolicyRequired')).toBeUndefined();
    expect(exceptionFor(ask('constructor:Any'), 'allows')).toBeUndefined();
  });
});
