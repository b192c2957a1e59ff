import { describe, expect, it } from 'vitest';
import { s3 } from '../../../src/combine/service/s3.js';
import { type Caller, callerNames, callers, foreign, own, request } from '../build.js';

const applies = (caller: Caller, action: string, accountId = own) =>
  s3[0]!.applies(request(callers[caller], { action, resource: { arn: 'arn:aws:s3:::b', accountId } }));

describe('E64', () => {
  it('is one exception, and says why', () => {
    expect(s3.map(({ service, rule, effect, reason }) => [service, rule, effect, reason])).toEqual([
      [
        's3',
        'E64',
        'ignoresResourcePolicyDenies',
        'the root user of the owner always reaches the bucket policy',
      ],
    ]);
  });

  it.each(callerNames)('applies to root alone: %s', (caller) => {
    expect(applies(caller, 's3:GetBucketPolicy')).toBe(caller === 'root');
  });

  it.each([
    ['s3:GetBucketPolicy', true],
    ['s3:PUTBucketPolicy', true],
    ['s3:DeleteBucketPolicy', true],
    ['s3:GetBucketPolicyStatus', false],
    ['s3:GetBucketAcl', false],
  ])('applies to three actions, on the own bucket: %s %s', (action, answer) => {
    expect(applies('root', action)).toBe(answer);
    expect(applies('root', action, foreign)).toBe(false);
  });
});
