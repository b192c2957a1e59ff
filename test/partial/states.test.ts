import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokensOf, witnesses } from '../../src/partial/glob-states.js';
import { evaluatePartial } from '../../src/partial/index.js';
import { addressesAround, numbersAround, timesAround } from '../../src/partial/order-states.js';
import { parseDate } from '../../src/value/date.js';
import { ipInRange, parseIp, parseIpRange } from '../../src/value/ip.js';
import { compareDecimal, parseDecimal } from '../../src/value/number.js';
import { matchPattern, parsePattern, wildcardPieces } from '../../src/value/wildcard.js';

const pattern = fc.stringMatching(/^[ab*?]{0,5}$/);
const vector = (patterns: readonly string[], text: string) =>
  patterns.map((one) => Number(matchPattern(parsePattern(one), text))).join('');

describe('tags of the resource that are not known', () => {
  const ask = (action: string, key: string, unknown: string) =>
    evaluatePartial({
      request: {
        principal: { arn: 'arn:aws:iam::111122223333:user/ana' },
        action,
        resource: 'arn:aws:rds:eu-west-1:111122223333:cluster:main',
        unknown: [unknown],
      },
      policies: {
        identityPolicies: [
          {
            Version: '2012-10-17',
            Statement: {
              Effect: 'Allow',
              Action: '*',
              Resource: '*',
              Condition: { StringEquals: { [key]: 'red' } },
            },
          },
        ],
      },
    });
  it.each([
    ['ec2:StartInstances', 'aws:ResourceTag/team', 'aws:ResourceTag/team'],
    ['ec2:StartInstances', 'ec2:ResourceTag/team', 'aws:ResourceTag/team'],
    ['ec2:StartInstances', 'ec2:ResourceTag/Team', 'aws:ResourceTag/*'],
    ['rds:StartDBCluster', 'rds:cluster-tag/team', 'aws:ResourceTag/*'],
    ['sts:AssumeRole', 'iam:ResourceTag/team', 'aws:resourcetag/TEAM'],
  ])('%s: %s is not known where %s is not', (action, key, unknown) => {
    expect(ask(action, key, unknown)).toMatchObject({
      decision: 'depends',
      allowedIf: [[{ operator: 'StringEquals', key, values: ['red'] }]],
    });
  });
  it.each([
    // The tag of another service's key does not follow from those of the resource.
    ['s3:GetObject', 'ec2:ResourceTag/team', 'aws:ResourceTag/*'],
    ['rds:StartDBCluster', 'rds:db-tag/team', 'aws:ResourceTag/*'],
    ['ec2:StartInstances', 'ec2:ResourceTag/team', 'aws:ResourceTag/cost'],
    ['ec2:StartInstances', 'aws:RequestTag/team', 'aws:ResourceTag/*'],
  ])('%s: %s is missing where %s is not known', (action, key, unknown) => {
    expect(ask(action, key, unknown).decision).toBe('implicitDeny');
  });
  it.each([
    ['rds:StartDBCluster', 'rds', 'rds:cluster-tag/team'],
    ['dms:DeleteReplicationInstance', 'dms', 'dms:rep-tag/team'],
    ['s3express:CreateSession', 's3express', 's3express:BucketTag/team'],
  ])(
    '%s: a hole where the type of the resource stands leaves the name of the key open',
    (action, service, key) => {
      const text = [`arn:aws:${service}:eu-west-1:111122223333:`, { hole: 'Type' }, ':main'];
      const condition = { StringEquals: { [key]: 'red' } };
      const partial = evaluatePartial({
        request: {
          principal: { arn: 'arn:aws:iam::111122223333:user/ana' },
          action,
          resource: { arn: { text }, tags: { team: 'red' } },
        },
        policies: {
          identityPolicies: [
            {
              Version: '2012-10-17',
              Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition: condition },
            },
          ],
        },
      });
      expect(partial).toMatchObject({ decision: 'depends', exact: false });
    },
  );
});

describe('witnesses', () => {
  it('there is one for every way in which texts match the patterns', () => {
    fc.assert(
      fc.property(
        fc.array(pattern, { minLength: 1, maxLength: 3 }),
        fc.array(fc.stringMatching(/^[abx]{0,7}$/)),
        (patterns, texts) => {
          const found = witnesses(patterns.map((one) => tokensOf(wildcardPieces(one))));
          expect(found.complete).toBe(true);
          const ways = new Set(found.texts.map((text) => vector(patterns, text)));
          expect(ways.size).toBe(found.texts.length);
          for (const text of texts) expect(ways).toContain(vector(patterns, text));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('between two texts', () => {
    const found = witnesses([tokensOf(wildcardPieces('home/*/x'))], 'home/', '/x');
    for (const text of found.texts) expect(`home/${text}/x`).toMatch(/^home\/.*\/x$/);
    expect(witnesses([tokensOf(['home/a/x'])], 'home/', '/x').texts.sort()).toEqual(['', 'a']);
    expect(witnesses([tokensOf(['other'])], 'home/', '').texts).toEqual(['']);
  });

  it('a star of an ARN part stops at a colon', () => {
    const inPart = tokensOf(wildcardPieces('a*:b'), true);
    const { texts } = witnesses([inPart]);
    expect(texts).toContain('a:b');
  });

  it('gives up where there are too many positions', () => {
    // After `*a`, whether each of the last characters was an `a` is remembered: 2 to the 17 positions.
    const many = [tokensOf(wildcardPieces(`*a${'?'.repeat(17)}`))];
    expect(witnesses(many).complete).toBe(false);
  });
});

describe('values around bounds', () => {
  it('numbers: on, below and above each', () => {
    expect(numbersAround(['10', '10.5', '-1', 'x']).sort()).toEqual(
      ['-0.99', '-1', '-1.01', '10', '10.01', '10.49', '10.5', '10.51', '9.99'].sort(),
    );
    expect(numbersAround([])).toEqual([]);
    const [low, same, high] = numbersAround(['3']).map((text) =>
      compareDecimal(parseDecimal(text)!, parseDecimal('3')!),
    );
    expect([low! < 0, same, high! > 0]).toEqual([true, 0, true]);
  });

  it('times: a nanosecond before and after', () => {
    for (const text of [
      '1970-01-01T00:00:00Z',
      '2000-02-29T23:59:59Z',
      '2026-12-31T00:00:00Z',
      '1969-07-20T20:17:40Z',
      '1900-03-01',
    ]) {
      const time = parseDate(text)!;
      expect(timesAround([time]).map((one) => parseDate(one))).toEqual([time - 1n, time, time + 1n]);
    }
    expect(timesAround([parseDate('9999-12-31T23:59:59.999999999Z')!])).toHaveLength(2);
  });

  it('addresses: the ends of each range and their neighbours', () => {
    const found = addressesAround(['10.0.0.0/8', '2001:db8::/32', 'x']);
    const inside = (range: string) =>
      found
        .filter((one) => ipInRange(parseIpRange(range)!, parseIp(one)!))
        .map((one) => parseIp(one)!.bytes.length);
    expect(inside('10.0.0.0/8')).toEqual([4, 4]);
    expect(inside('2001:db8::/32')).toEqual([16, 16, 16]);
    expect(found).toContain('9.255.255.255');
    expect(found).toContain('11.0.0.0');
    expect(addressesAround(['0.0.0.0/0'])).toEqual([
      '192.0.2.1',
      '2001:db8::1',
      '0.0.0.0',
      '255.255.255.255',
    ]);
  });
});

describe('a key that is given and said to be unknown', () => {
  it('is unknown, in a policy variable too', () => {
    const statement = {
      Effect: 'Allow',
      Action: 's3:*',
      Resource: '*',
      Condition: { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } },
    };
    const { decision, dependsOn } = evaluatePartial({
      request: {
        principal: { arn: 'arn:aws:iam::111122223333:user/a', tags: { team: 'blue' } },
        action: 's3:GetObject',
        resource: { arn: 'arn:aws:s3:::b/x', accountId: '111122223333', tags: { team: 'red' } },
        unknown: ['aws:PrincipalTag/team'],
      },
      policies: { identityPolicies: [{ Version: '2012-10-17', Statement: statement }] },
    });
    expect([decision, dependsOn]).toEqual(['depends', ['aws:PrincipalTag/team']]);
  });
});

describe('a hole', () => {
  const ask = (statement: object, arn = 'arn:aws:sqs:eu-west-1:111122223333:q') =>
    evaluatePartial({
      request: {
        principal: { arn: 'arn:aws:iam::111122223333:user/a' },
        action: 'sqs:SendMessage',
        resource: arn,
      },
      policies: { identityPolicies: [{ Version: '2012-10-17', Statement: statement }] },
    } as unknown as Parameters<typeof evaluatePartial>[0]);

  it.each([
    ['an action', { Effect: 'Allow', Action: { hole: 'A' }, Resource: '*' }],
    ['one action of several', { Effect: 'Allow', Action: ['s3:Get*', { hole: 'A' }], Resource: '*' }],
    ['an effect', { Effect: { hole: 'E' }, Action: '*', Resource: '*' }],
    [
      'a region',
      { Effect: 'Allow', Action: '*', Resource: { text: ['arn:aws:sqs:', { hole: 'R' }, ':*:q'] } },
    ],
  ])('may be %s', (_, statement) => {
    expect(ask(statement).decision).toBe('depends');
  });

  it('within an ARN holds no colon', () => {
    const statement = {
      Effect: 'Allow',
      Action: '*',
      Resource: { text: ['arn:aws:sqs:', { hole: 'R' }, ':q'] },
    };
    expect(ask(statement, 'arn:aws:sqs:eu-west-1:111122223333:q').decision).toBe('implicitDeny');
  });
});
