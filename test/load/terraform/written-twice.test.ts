import { describe, expect, it } from 'vitest';
import { loadTerraform } from '../../../src/load/index.js';
import { load, options } from './loading.js';
import { type Block, constant, newBucket, plan } from './plan-builder.js';

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

describe('two policies of one endpoint', () => {
  const endpoint = (name: string, policy?: string): Block => ({
    type: 'aws_vpc_endpoint',
    name,
    values: { id: 'vpce-1', vpc_id: 'vpc-1', ...(policy === undefined ? {} : { policy }) },
    expressions: policy === undefined ? {} : { policy: constant(policy) },
  });
  const of = (name: string, policy: string): Block => ({
    type: 'aws_vpc_endpoint_policy',
    name,
    values: { vpc_endpoint_id: 'vpce-1', policy },
  });
  const read = (...blocks: Block[]) => {
    const { estate, diagnostics } = loadTerraform(plan({ blocks }), options);
    const { vpcEndpoints } = estate.toJSON();
    const said = diagnostics.map(({ code, path }) => `${code} ${path}`);
    return [vpcEndpoints.map(({ policy }) => Object.keys(policy ?? {}).find((one) => one !== 'name')), said];
  };

  it.each([
    [
      'in blocks of their own',
      'aws_vpc_endpoint_policy.q',
      [endpoint('e'), of('p', to(one)), of('q', to(other))],
    ],
    ['without the endpoint', 'aws_vpc_endpoint_policy.q', [of('p', to(one)), of('q', to(other))]],
    ['one in its own block', 'aws_vpc_endpoint_policy.q', [endpoint('e', to(one)), of('q', to(other))]],
  ])('%s replace each other, so that neither is certain', (_where, path, blocks) =>
    expect(read(...blocks)).toEqual([['unresolved'], [`unresolvedReference ${path}`]]),
  );

  it('of two endpoints with one id is that of either', () =>
    expect(read(endpoint('e', to(one)), endpoint('f', to(other)))).toEqual([
      ['unresolved'],
      ['ambiguous aws_vpc_endpoint.f'],
    ]));

  it('with one text are that policy', () => {
    expect(read(endpoint('e'), of('p', to(one)), of('q', to(one)))).toEqual([['document'], []]);
    expect(read(endpoint('e', to(one)), endpoint('f', to(one)))).toEqual([['document'], []]);
    expect(read(endpoint('e'), of('q', to(one)))).toEqual([['document'], []]);
  });
});
