import { describe, expect, it } from 'vitest';
import { load } from './loading.js';
import { type Block, newBucket } from './plan-builder.js';

const to = (owner: string, effect = 'Allow'): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: effect, Principal: { AWS: owner }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' },
    ],
  });
const one = '444455556666';
const other = '777788889999';
const put = (name: string, policy: string): Block => ({
  type: 'aws_s3_bucket_policy',
  name,
  values: { bucket: 'b', policy },
});

describe('two policies of one thing', () => {
  const ask = (...blocks: Block[]) => {
    const { estate, said } = load(...blocks);
    const decisions = [one, other].map((who) => estate.can(who, 's3:GetObject', 'arn:aws:s3:::b/x').decision);
    return [said, decisions];
  };

  it('replace each other, so that neither is certain', () => {
    const lost = ['unresolvedReference aws_s3_bucket_policy.q'];
    expect(ask(newBucket('b'), put('p', to(one)), put('q', to(other)))).toEqual([
      lost,
      ['depends', 'depends'],
    ]);
    expect(ask(put('p', to(one)), put('q', to(other)))).toEqual([lost, ['depends', 'depends']]);
    expect(ask(newBucket('b'), put('p', to(one)), put('q', to(one, 'Deny')))).toEqual([
      lost,
      ['depends', 'depends'],
    ]);
    const three = [put('p', to(one)), put('q', to(other)), put('r', to(one))];
    expect(ask(newBucket('b'), ...three)[1]).toEqual(['depends', 'depends']);
  });

  it('with one text are that policy', () => {
    expect(ask(newBucket('b'), put('p', to(one)), put('q', to(one)))).toEqual([
      [],
      ['allowed', 'implicitDeny'],
    ]);
  });

  it('stand beside each other where the service keeps several', () => {
    const identity = 'arn:aws:ses:eu-west-1:111122223333:identity/example.com';
    const ses = (name: string, owner: string): Block => ({
      type: 'aws_ses_identity_policy',
      name,
      values: {
        identity,
        policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { AWS: owner }, Action: 'ses:SendEmail', Resource: '*' }],
        }),
      },
    });
    const { estate, said } = load(ses('p', one), ses('q', other));
    expect(said).toEqual([]);
    for (const who of [one, other])
      expect(estate.can(who, 'ses:SendEmail', identity).decision).toBe('allowed');
  });
});
