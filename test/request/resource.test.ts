import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noResource, resourceOf } from '../../src/request/resource.js';
import { partitions } from '../../src/value/arn.js';
import { lettersOf } from '../../src/value/wildcard.js';

describe('resourceOf', () => {
  it('L40: a star is no resource', () => {
    expect(resourceOf('*')).toBe(noResource);
    expect(noResource).toStrictEqual({
      arn: '*',
      parts: undefined,
      account: undefined,
      letters: 0,
      role: false,
    });
  });

  it.each([
    ['arn:aws:s3:::b/k:1', ['arn', 'aws', 's3', '', '', 'b/k:1'], undefined],
    ['arn:aws:sqs:r:111122223333:q', ['arn', 'aws', 'sqs', 'r', '111122223333', 'q'], '111122223333'],
    ['arn:aws:iam::aws:policy/P', ['arn', 'aws', 'iam', '', 'aws', 'policy/P'], undefined],
    ['arn:aws:sqs:r:11112222333:q', ['arn', 'aws', 'sqs', 'r', '11112222333', 'q'], undefined],
    ['arn:aws:s3:::*', ['arn', 'aws', 's3', '', '', '*'], undefined],
    [
      'arn:aws:iam::111122223333:role/app',
      ['arn', 'aws', 'iam', '', '111122223333', 'role/app'],
      '111122223333',
    ],
    ['arn:aws:x::111122223333:role/app', ['arn', 'aws', 'x', '', '111122223333', 'role/app'], '111122223333'],
  ])('E11, L22, L33: reads %s', (arn, parts, account) => {
    const role = arn === 'arn:aws:iam::111122223333:role/app';
    expect(resourceOf(arn)).toStrictEqual({ arn, parts, account, letters: lettersOf(parts[5]!), role });
  });

  it.each([
    '',
    '**',
    'bucket',
    'arn:aws:s3',
    'arn:aws:s3:::',
    'arn:aws::::x',
    'arn:mars:s3:::b',
    'arn:*:s3:::b',
  ])('L33: %j is none', (arn) => {
    expect(resourceOf(arn)).toBeUndefined();
  });

  it('L32: is one in every partition, with one shape', () => {
    const part = fc.stringMatching(/^[a-z0-9*-]{0,6}$/);
    const rest = fc.string({ minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        fc.constantFrom(...partitions),
        part,
        part,
        part,
        rest,
        (partition, service, region, account, last) => {
          const found = resourceOf(`arn:${partition}:${service}:${region}:${account}:${last}`);
          expect(found === undefined).toBe(service === '');
          if (found !== undefined) expect(Object.keys(found)).toEqual(Object.keys(noResource));
          if (found !== undefined) expect(found.parts?.[5]).toBe(last);
        },
      ),
    );
  });
});
