import { describe, expect, it } from 'vitest';
import { fresh, read } from './loading.js';
import { type Block, constant, newRole, plan } from './plan-builder.js';

const hub = '111122223333';
const spoke = '444455556666';
const caller = (name: string, id: string, provider: string): Block => ({
  type: 'aws_caller_identity',
  name,
  mode: 'data',
  prior: true,
  provider,
  values: { account_id: id, id },
});
const profile = (name: string) => ({ profile: constant(name), region: constant('eu-west-1') });
const providers = (ofHub: object, ofSpoke: object) => ({
  aws: { name: 'aws', expressions: ofHub },
  'aws.spoke': { name: 'aws', alias: 'spoke', expressions: ofSpoke },
});
const roles = [newRole('hub'), newRole('spoke', { provider: 'aws.spoke' })];
const arns = (input: object, options: object = {}) => {
  const { data, said } = read(input, options);
  return [said, data.principals.map(({ account }) => account)];
};
const nobodys = '123456789012';

describe('several providers', () => {
  const apart = providers(profile('hub'), profile('spoke'));

  it('have the accounts that their own data sources say', () => {
    const data = [caller('hub', hub, 'aws'), caller('spoke', spoke, 'aws.spoke')];
    expect(arns(plan({ providers: apart, blocks: [...roles, ...data] }))).toEqual([[], [hub, spoke]]);
    expect(arns(plan({ providers: apart, blocks: [...roles, data[1]!] }))).toEqual([
      ['missingValue options.accountId'],
      [nobodys, spoke],
    ]);
    expect(arns(plan({ providers: apart, blocks: [...roles, data[1]!] }), { accountId: hub })).toEqual([
      [],
      [hub, spoke],
    ]);
  });

  it('have the accounts of what exists there already, and of their role or only allowed account', () => {
    const old: Block = {
      type: 'aws_sqs_queue',
      name: 'old',
      provider: 'aws.spoke',
      actions: ['no-op'],
      values: { name: 'old', arn: `arn:aws:sqs:eu-west-1:${spoke}:old` },
    };
    const missing = ['missingValue options.accountId'];
    expect(arns(plan({ providers: apart, blocks: [...roles, old] }))).toEqual([missing, [nobodys, spoke]]);
    const allowed = (...accounts: string[]) => ({
      ...profile('spoke'),
      allowed_account_ids: constant(accounts),
    });
    expect(arns(plan({ providers: providers(profile('hub'), allowed(spoke)), blocks: roles }))).toEqual([
      missing,
      [nobodys, spoke],
    ]);
    const both = providers(profile('hub'), allowed(spoke, hub));
    expect(arns(plan({ providers: both, blocks: roles }))[1]).toEqual([nobodys, '000000000002']);
    const inRole = { assume_role: [{ role_arn: constant(`arn:aws:iam::${spoke}:role/x`) }] };
    const data = caller('hub', hub, 'aws');
    expect(arns(plan({ providers: providers({}, inRole), blocks: [...roles, data] }))).toEqual([
      [],
      [hub, spoke],
    ]);
  });

  it('of the same credentials lead to one account', () => {
    const regions = providers({ region: constant('eu-west-1') }, { region: constant('us-east-1') });
    expect(arns(plan({ providers: regions, blocks: [...roles, caller('me', hub, 'aws')] }))).toEqual([
      [],
      [hub, hub],
    ]);
  });

  it('have regions of their own', () => {
    const queue = (name: string, provider: string): Block => ({
      type: 'aws_sqs_queue',
      name,
      provider,
      values: { name },
      unknown: fresh,
    });
    const here = (name: string, provider: string): Block => ({
      type: 'aws_region',
      name: provider.replace('.', '-'),
      mode: 'data',
      prior: true,
      provider,
      values: { name, id: name },
    });
    const from = (name: string) => ({ region: { references: [`local.${name}`] } });
    const blocks = [queue('a', 'aws'), queue('b', 'aws.spoke'), here('eu-west-3', 'aws.spoke')];
    const load = (...more: Block[]) =>
      read(plan({ providers: providers(from('a'), from('b')), blocks: [...blocks, ...more] }), {
        accountId: hub,
      });
    const both = load(here('eu-west-2', 'aws'));
    expect([both.said, both.data.resources.map(({ arn }) => arn)]).toEqual([
      [],
      [`arn:aws:sqs:eu-west-2:${hub}:a`, `arn:aws:sqs:eu-west-3:${hub}:b`],
    ]);
    expect(load().said).toEqual(['missingValue options.region']);
  });
});
