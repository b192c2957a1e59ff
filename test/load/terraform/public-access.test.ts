import { describe, expect, it } from 'vitest';
import { loadTerraform } from '../../../src/load/terraform/load-terraform.js';
import { Estate } from '../../../src/query/estate.js';
import { type Block, constant, newBucket, plan, ref } from './plan-builder.js';

const account = '111122223333';
const object = 'arn:aws:s3:::b/x';
const stranger = 'arn:aws:iam::444455556666:user/eve';
const vpc = { 'aws:SourceVpc': 'vpc-1' };

const policyOf = (Principal: unknown, Condition?: object): Block => ({
  type: 'aws_s3_bucket_policy',
  name: 'p',
  values: {
    bucket: 'b',
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*', Condition },
      ],
    }),
  },
});
const block = (values: object, more: Partial<Block> = {}): Block => ({
  type: 'aws_s3_bucket_public_access_block',
  name: 'x',
  values: { bucket: 'b', ...values },
  ...more,
});
const on = { restrict_public_buckets: true };
const read = (...blocks: Block[]) => {
  const input = plan({ blocks: [newBucket('b'), ...blocks] });
  const { data, diagnostics } = loadTerraform(input, { accountId: account, region: 'eu-west-1' });
  const estate = new Estate(data);
  return {
    said: diagnostics.map(({ code, path }) => `${code} ${path}`),
    of: (who: string, context = {}) => estate.can(who, 's3:GetObject', object, { context }).decision,
  };
};

describe('a bucket that restricts public policies', () => {
  it.each([
    [[block(on)]],
    [[{ ...block(on), type: 'aws_s3_account_public_access_block' }]],
    [[block(on), block(on)]],
  ])('is open to its own account and to services: %j', (blocks) => {
    const { of, said } = read(policyOf('*'), ...blocks.map((one, i) => ({ ...one, name: `x${i}` })));
    expect(said.filter((one) => !one.startsWith('ignored'))).toEqual([]);
    expect([of('anonymous'), of(stranger)]).toEqual(['explicitDeny', 'explicitDeny']);
    expect(of(account)).toBe('allowed');
    expect(of('cloudtrail.amazonaws.com')).toBe('allowed');
  });

  it('perhaps, and leaves its own account and services alone all the same', () => {
    const open = block({}, { unknown: { restrict_public_buckets: true } });
    for (const blocks of [[], [open]]) {
      const { of } = read(policyOf('*'), ...blocks);
      expect([of('anonymous'), of(stranger)]).toEqual(['depends', 'depends']);
      expect([of(account), of('cloudtrail.amazonaws.com')]).toEqual(['allowed', 'allowed']);
    }
  });

  it('by the name of the bucket in the configuration', () => {
    const { of, said } = read(
      policyOf('*'),
      block(
        { bucket: undefined, ...on },
        { unknown: { bucket: true }, expressions: { bucket: ref('aws_s3_bucket.b.id') } },
      ),
    );
    expect(said).toEqual([]);
    expect(of('anonymous')).toBe('explicitDeny');
  });

  it('keeps what a policy that is not public says', () => {
    expect(read(policyOf({ AWS: '444455556666' }), block(on)).of(account)).toBe('allowed');
    const limited = read(policyOf('*', { StringEquals: vpc }), block(on));
    expect(limited.said).toEqual([]);
    expect([limited.of('anonymous', vpc), limited.of('anonymous')]).toEqual(['allowed', 'implicitDeny']);
  });

  it.each([
    { StringLike: { 'aws:SourceVpc': 'vpc-*' } },
    { StringEquals: { 'aws:SourceVpc': ['vpc-1', 'vpc-*'] } },
    { StringEquals: { 'aws:UserAgent': 'me' } },
  ])('may be public or not with %j', (condition) => {
    const { of, said } = read(policyOf('*', condition), block(on));
    expect(said).toEqual(['ambiguous aws_s3_bucket_public_access_block.x.restrict_public_buckets']);
    expect(of('anonymous', { ...vpc, 'aws:UserAgent': 'me' })).toBe('depends');
  });

  it('has no meaning where it is off, and depends where it is not known', () => {
    const off = read(policyOf('*'), block({ restrict_public_buckets: false, block_public_policy: true }));
    expect([off.said, off.of('anonymous')]).toEqual([[], 'allowed']);
    const open = { unknown: { restrict_public_buckets: true }, expressions: { bucket: constant('b') } };
    const unknown = read(policyOf('*'), block({}, open));
    expect(unknown.said).toEqual([
      'missingValue aws_s3_bucket_public_access_block.x.restrict_public_buckets',
    ]);
    expect(unknown.of('anonymous')).toBe('depends');
  });

  it('is not told apart where nothing is written: S3 restricts new buckets, older ones are as they are', () => {
    const made = read(policyOf('*'));
    expect([made.said, made.of('anonymous')]).toEqual([['missingValue aws_s3_bucket.b'], 'depends']);
    expect(read(policyOf({ AWS: '444455556666' })).said).toEqual([]);
    const old = newBucket('b', {
      values: { id: 'b', arn: 'arn:aws:s3:::b' },
      unknown: { id: false, arn: false, policy: false },
      actions: ['no-op'],
    });
    const { data, diagnostics } = loadTerraform(plan({ blocks: [old, policyOf('*')] }), {
      accountId: account,
    });
    expect([diagnostics, new Estate(data).can('anonymous', 's3:GetObject', object).decision]).toEqual([
      [],
      'allowed',
    ]);
  });

  it('of another file is said', () => {
    const { said } = read(block({ ...on, bucket: 'elsewhere' }));
    expect(said).toEqual(['ignored aws_s3_bucket_public_access_block.x']);
  });
});

describe('blocks that reach further than one bucket of the file', () => {
  const on = { restrict_public_buckets: true };
  const open = policyOf('*');
  it('of another bucket, or off for the account, change nothing', () => {
    const opened = block({ restrict_public_buckets: false }, { name: 'off' });
    const other = read(open, opened, block({ bucket: 'other', ...on }));
    expect([other.said, other.of('anonymous')]).toEqual([
      ['ignored aws_s3_bucket_public_access_block.x'],
      'allowed',
    ]);
    const off = { ...block({ restrict_public_buckets: false }), type: 'aws_s3_account_public_access_block' };
    expect(read(open, opened, off).of('anonymous')).toBe('allowed');
  });

  it('of an account count for its buckets alone', () => {
    const of = (account_id: string) => ({
      ...block({ account_id, ...on }),
      type: 'aws_s3_account_public_access_block',
    });
    expect(read(open, of(account)).of('anonymous')).toBe('explicitDeny');
    const opened = block({ restrict_public_buckets: false }, { name: 'off' });
    expect(read(open, opened, of('444455556666')).of('anonymous')).toBe('allowed');
  });

  it('of a bucket that nobody can follow may be about any that is public', () => {
    const lost = block(
      { bucket: undefined, ...on },
      { unknown: { bucket: true }, expressions: { bucket: { references: ['local.bucket'] } } },
    );
    const path = 'aws_s3_bucket_public_access_block.x';
    const public_ = read(open, lost);
    expect(public_.said).toEqual([
      `unresolvedReference ${path}.bucket`,
      `missingValue ${path}.restrict_public_buckets`,
    ]);
    expect(public_.of('anonymous')).toBe('depends');
    expect(read(policyOf({ AWS: '444455556666' }), lost).of('anonymous')).toBe('implicitDeny');
  });
});

describe('an access point', () => {
  const arn = `arn:aws:s3:eu-west-1:${account}:accesspoint/ap`;
  const everybody = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${arn}/object/*` }],
  });
  const ask = (point: Partial<Block>, ...blocks: Block[]) => {
    const ap: Block = { type: 'aws_s3_access_point', name: 'ap', ...point };
    const values = { name: 'ap', bucket: 'b', policy: everybody, ...point.values };
    const input = plan({ blocks: [newBucket('b'), { ...ap, values }, ...blocks] });
    const { data, diagnostics } = loadTerraform(input, { accountId: account, region: 'eu-west-1' });
    const { decision } = new Estate(data).can('anonymous', 's3:GetObject', `${arn}/object/k`);
    return [diagnostics.map(({ code, path }) => `${code} ${path}`), decision];
  };
  const configured = (value: boolean) => ({
    public_access_block_configuration: [{ restrict_public_buckets: value }],
  });
  const path = 'aws_s3_access_point.ap.public_access_block_configuration[0].restrict_public_buckets';

  it('is closed, open or not known as its configuration is', () => {
    expect(ask({ values: configured(true) })).toEqual([[], 'explicitDeny']);
    expect(ask({ values: configured(false) })).toEqual([[], 'allowed']);
    // S3 closes those of which nothing is written.
    expect(ask({})).toEqual([[`missingValue ${path}`], 'depends']);
    const open = { public_access_block_configuration: [{ restrict_public_buckets: true }] };
    expect(ask({ unknown: open })).toEqual([[`missingValue ${path}`], 'depends']);
  });

  it('is closed with its account', () => {
    const whole: Block = {
      type: 'aws_s3_account_public_access_block',
      name: 'x',
      values: { restrict_public_buckets: true },
    };
    expect(ask({ values: configured(false) }, whole)).toEqual([
      ['ignored aws_s3_account_public_access_block.x'],
      'explicitDeny',
    ]);
  });
});
