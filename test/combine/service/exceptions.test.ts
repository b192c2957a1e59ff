import { describe, expect, it } from 'vitest';
import { exceptionFor, serviceExceptions } from '../../../src/combine/service/exceptions.js';
import { callers, iam, own, request } from '../build.js';

describe('exceptionFor', () => {
  const ask = (action: string, resource = '*') => request(callers.root, { action, resource });

  it('lists each rule once, in the order in which they are asked', () => {
    expect(serviceExceptions.map(({ rule }) => rule)).toEqual([
      'E80',
      'E73',
      'E81',
      'E63',
      'E70',
      'E90',
      'E64',
    ]);
  });

  it('gives the first exception of the service with one of the effects', () => {
    const assume = ask('sts:AssumeRole', iam('role/app'));
    expect(exceptionFor(assume, 'resourcePolicyRequired')?.rule).toBe('E70');
    expect(exceptionFor(assume, 'denies')?.rule).toBe('E63');
    expect(exceptionFor(assume, 'resourcePolicyRequired', 'denies')?.rule).toBe('E63');
    expect(exceptionFor(assume, 'allows')).toBeUndefined();
    expect(exceptionFor(assume)).toBeUndefined();
  });

  it('asks by the service of the action, and each for what it applies to', () => {
    const key = `arn:aws:kms:us-east-1:${own}:key/1`;
    expect(exceptionFor(ask('kms:Decrypt', key), 'resourcePolicyRequired')?.rule).toBe('E90');
    expect(exceptionFor(ask('s3:GetBucketPolicy'), 'ignoresResourcePolicyDenies')?.rule).toBe('E64');
    expect(exceptionFor(ask('sqs:Any', key), 'resourcePolicyRequired')).toBeUndefined();
    expect(exceptionFor(ask('constructor:Any'), 'allows')).toBeUndefined();
  });
});
