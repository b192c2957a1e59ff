import { describe, expect, it } from 'vitest';
import { loadTerraform } from '../../../src/load/terraform/load-terraform.js';
import { Estate } from '../../../src/query/estate.js';
import { allow, type Block, newBucket, newRole, plan, ref } from './plan-builder.js';

const account = '111122223333';
const load = (blocks: readonly Block[], given: Record<string, unknown> = {}) => {
  const { data, diagnostics } = loadTerraform(plan({ blocks, given }), {
    accountId: account,
    region: 'eu-west-1',
  });
  return { data, estate: new Estate(data), said: diagnostics.map(({ code, path }) => `${code} ${path}`) };
};
const denied = (action: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: '*', Action: action, Resource: '*' }],
  });
const object = 'arn:aws:s3:::b/k';
const fresh = { arn: true, id: true };
/** A name that another provider makes up while applying. */
const pet: Block = { type: 'random_pet', name: 'p', values: {}, unknown: { id: true } };
const byPet = ref('random_pet.p.id');
const denyAll = 'arn:aws:iam::aws:policy/AWSDenyAll';
const mayAll = (role: string): Block => ({
  type: 'aws_iam_role_policy',
  name: 'may',
  values: { name: 'may', role, policy: allow('*', '*') },
});
const app = [newRole('app'), mayAll('app'), pet];

describe('a target that only the value of something else tells', () => {
  it.each<[string, string, Partial<Block>]>([
    [
      'aws_iam_role_policy',
      'role',
      { values: { name: 'd', policy: denied('s3:*').replace('"Principal":"*",', '') } },
    ],
    ['aws_iam_role_policy_attachment', 'role', { values: { policy_arn: denyAll } }],
    ['aws_iam_policy_attachment', 'roles[0]', { values: { name: 'd', policy_arn: denyAll, roles: [null] } }],
    ['aws_iam_role_policies_exclusive', 'role_name', { values: { policy_names: ['guard'] } }],
    ['aws_iam_role_policy_attachments_exclusive', 'role_name', { values: { policy_arns: [denyAll] } }],
  ])('of %s may be any new role', (type, path, more) => {
    const argument = path.replace('[0]', '');
    const { estate, said } = load([
      ...app,
      {
        type,
        name: 'd',
        ...more,
        unknown: { [argument]: path === argument ? true : [true] },
        expressions: { [argument]: byPet },
      },
    ]);
    expect(said).toContain(`unresolvedReference ${type}.d.${path}`);
    expect(estate.can('app', 's3:GetObject', object).decision).toBe('depends');
  });

  it('is not the known part of an expression', () => {
    const { estate, said } = load(
      [
        newRole('prod'),
        newRole('other'),
        {
          type: 'aws_iam_role_policy',
          name: 'may',
          values: { name: 'may', policy: allow('*', '*') },
          unknown: { role: true },
          expressions: { role: { references: ['var.prefix'] } },
        },
      ],
      { prefix: 'prod' },
    );
    expect(said).toEqual(['unresolvedReference aws_iam_role_policy.may.role']);
    expect(estate.can('prod', 's3:GetObject', object).decision).toBe('depends');
    expect(estate.can('other', 's3:GetObject', object).decision).toBe('depends');
  });

  it('may be any role of the file when none is new', () => {
    const { estate } = load([
      newRole('old', {
        actions: ['no-op'],
        values: { arn: `arn:aws:iam::${account}:role/old`, id: 'old' },
        unknown: { arn: false, id: false },
      }),
      mayAll('old'),
      {
        type: 'aws_iam_role',
        name: 'looked_up',
        mode: 'data',
        values: {},
        unknown: { id: true, name: true },
      },
      {
        type: 'aws_iam_role_policy_attachment',
        name: 'd',
        values: { policy_arn: denyAll },
        unknown: { role: true },
        expressions: { role: ref('data.aws_iam_role.looked_up.id') },
      },
    ]);
    expect(estate.can('old', 's3:GetObject', object).decision).toBe('depends');
  });

  it('among the members of a group may be any new user', () => {
    const { estate, said } = load([
      pet,
      { type: 'aws_iam_user', name: 'ana', values: { name: 'ana', path: '/' }, unknown: fresh },
      {
        type: 'aws_iam_user_policy',
        name: 'may',
        values: { name: 'may', user: 'ana', policy: allow('*', '*') },
      },
      {
        type: 'aws_iam_group_membership',
        name: 'm',
        values: { name: 'm', group: 'elsewhere', users: [null] },
        unknown: { users: [true] },
        expressions: { users: byPet },
      },
    ]);
    expect(said).toEqual(['unresolvedReference aws_iam_group_membership.m.users[0]']);
    expect(estate.can('ana', 's3:GetObject', object).decision).toBe('depends');
  });

  it('of a bucket policy may be any new bucket', () => {
    const { estate, said } = load([
      ...app,
      newBucket('b'),
      {
        type: 'aws_s3_bucket_policy',
        name: 'd',
        values: { policy: denied('s3:*') },
        unknown: { bucket: true },
        expressions: { bucket: byPet },
      },
    ]);
    expect(said).toEqual(['unresolvedReference aws_s3_bucket_policy.d.bucket']);
    expect(estate.can('app', 's3:GetObject', object).decision).toBe('depends');
  });

  it('of a key policy or grant may be a key of any kind', () => {
    const keys = (['aws_kms_key', 'aws_kms_replica_key', 'aws_kms_external_key'] as const).map(
      (type): Block => ({ type, name: 'k', values: {}, unknown: { ...fresh, key_id: true, policy: true } }),
    );
    const open = { unknown: { key_id: true }, expressions: { key_id: byPet } };
    for (const holder of [
      { type: 'aws_kms_key_policy', name: 'd', values: { policy: denied('kms:*') }, ...open },
      { type: 'aws_kms_grant', name: 'd', values: { operations: ['Decrypt'] }, ...open },
    ]) {
      const { data, estate, said } = load([pet, ...keys, holder]);
      expect(said).toContain(`unresolvedReference ${holder.type}.d.key_id`);
      expect(
        data.resources.slice(0, 3).map(({ policies }) => policies.some((one) => 'unresolved' in one)),
      ).toEqual([true, true, true]);
      expect(estate.can(account, 'kms:Decrypt', 'aws_kms_external_key.k').decision).toBe('depends');
    }
  });

  it('of a lambda permission may be any new function', () => {
    const fn: Block = {
      type: 'aws_lambda_function',
      name: 'f',
      values: { function_name: 'f' },
      unknown: { arn: true },
    };
    const permission: Block = {
      type: 'aws_lambda_permission',
      name: 'p',
      values: { action: 'lambda:InvokeFunction', principal: 'events.amazonaws.com' },
      unknown: { function_name: true },
      expressions: { function_name: byPet },
    };
    const { estate, said } = load([pet, fn, permission]);
    expect(said).toEqual(['unresolvedReference aws_lambda_permission.p.function_name']);
    expect(estate.can('events.amazonaws.com', 'lambda:InvokeFunction', 'f').decision).toBe('depends');
    expect(load([fn]).estate.can('events.amazonaws.com', 'lambda:InvokeFunction', 'f').decision).toBe(
      'implicitDeny',
    );
  });

  it('of an endpoint policy may be any endpoint', () => {
    const endpoint: Block = {
      type: 'aws_vpc_endpoint',
      name: 'e',
      values: { service_name: 'com.amazonaws.eu-west-1.s3', vpc_id: 'vpc-1' },
      unknown: { id: true, policy: true },
      expressions: {},
    };
    const policy: Block = {
      type: 'aws_vpc_endpoint_policy',
      name: 'p',
      values: { policy: denied('s3:*') },
      unknown: { vpc_endpoint_id: true },
      expressions: { vpc_endpoint_id: { references: ['local.endpoint'] } },
    };
    const through = { vpcEndpoint: 'aws_vpc_endpoint.e' };
    const { data, estate } = load([...app, endpoint, policy]);
    expect(data.vpcEndpoints).toMatchObject([{ policy: { unresolved: expect.any(String) } }]);
    expect(estate.can('app', 's3:GetObject', object, through).decision).toBe('depends');
    expect(load([...app, endpoint]).estate.can('app', 's3:GetObject', object, through).decision).toBe(
      'allowed',
    );
  });

  it('of a control policy may be any node', () => {
    const organization: Block = {
      type: 'aws_organizations_organization',
      name: 'o',
      actions: ['no-op'],
      values: { id: 'o-abc', master_account_id: '999988887777', roots: [{ id: 'r-ab12' }] },
    };
    const unit: Block = {
      type: 'aws_organizations_account',
      name: 'this',
      actions: ['no-op'],
      values: { id: account, name: 'this', parent_id: 'r-ab12' },
    };
    const scp: Block = {
      type: 'aws_organizations_policy',
      name: 'no',
      values: { name: 'no', content: denied('s3:*').replace('"Principal":"*",', '') },
      unknown: { id: true },
    };
    const attached: Block = {
      type: 'aws_organizations_policy_attachment',
      name: 'a',
      unknown: { policy_id: true, target_id: true },
      expressions: {
        policy_id: ref('aws_organizations_policy.no.id'),
        target_id: { references: ['local.target'] },
      },
    };
    const { data, estate, said } = load([...app, organization, unit, scp, attached]);
    expect(said).toEqual(['unresolvedReference aws_organizations_policy_attachment.a.target_id']);
    expect(data.organization?.nodes.map(({ id }) => id)).toEqual(['r-ab12', '999988887777', account]);
    expect(estate.can('app', 's3:GetObject', object).decision).toBe('depends');
    expect(load([...app, organization, unit, scp]).estate.can('app', 's3:GetObject', object).decision).toBe(
      'allowed',
    );
  });
});
