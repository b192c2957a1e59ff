import { describe, expect, it } from 'vitest';
import { textWords } from '../../../src/account/text.js';
import { loadTerraform } from '../../../src/load/terraform/load-terraform.js';
import { Estate } from '../../../src/query/estate.js';
import { allow, type Block, plan, ref } from './plan-builder.js';

const one = '222222222222';
const other = '333333333333';
const set: Block = {
  type: 'aws_ssoadmin_permission_set',
  name: 'admin',
  values: { name: 'Admin', instance_arn: 'arn:aws:sso:::instance/ssoins-1' },
  unknown: { arn: true, id: true },
};
const toSet = { permission_set_arn: ref('aws_ssoadmin_permission_set.admin.arn') };
const of = (type: string, name: string, values: object, expressions: object = toSet): Block => ({
  type: `aws_ssoadmin_${type}`,
  name,
  values: { ...values },
  unknown: { permission_set_arn: true },
  expressions: { ...expressions },
});
const assigned = (name: string, target_id: string) =>
  of('account_assignment', name, { target_id, target_type: 'AWS_ACCOUNT', principal_type: 'GROUP' });
const read = (...blocks: Block[]) => {
  const { data, diagnostics } = loadTerraform(plan({ blocks: [set, ...blocks] }), {
    accountId: '111122223333',
    region: 'eu-west-1',
  });
  return { data, said: diagnostics.map(({ code, path }) => `${code} ${path}`), estate: new Estate(data) };
};
const admin = 'aws_ssoadmin_permission_set.admin';
const trust = `missingValue ${admin}`;
const inline = of('permission_set_inline_policy', 'i', { inline_policy: allow('sqs:ListQueues', '*') });
const decided = (estate: Estate, who: string, action: string) => estate.can(who, action).decision;

describe('a permission set', () => {
  it('becomes one role in each account that it is assigned to', () => {
    const { data, said, estate } = read(inline, assigned('a', one), assigned('b', one), assigned('c', other));
    expect(said).toEqual([trust]);
    expect(data.principals.map(({ arn, account }) => [account, textWords(arn)])).toEqual(
      [one, other].map((account) => [
        account,
        `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/{${admin}.${account}.region}AWSReservedSSO_Admin_{${admin}.${account}.suffix}`,
      ]),
    );
    expect(data.principals[0]).toMatchObject({
      tagsUnresolved: true,
      trustPolicy: { unresolved: expect.any(String) },
    });
    for (const who of ['aws_ssoadmin_account_assignment.b', `${admin}.${other}`]) {
      expect(decided(estate, who, 'sqs:ListQueues')).toBe('allowed');
      expect(decided(estate, who, 'sns:ListTopics')).toBe('implicitDeny');
    }
  });

  it('has managed policies, those of its account, and a boundary', () => {
    const boundary = (permissions_boundary: object) =>
      of('permissions_boundary_attachment', 'edge', { permissions_boundary: [permissions_boundary] });
    const { data, said, estate } = read(
      assigned('a', one),
      inline,
      of('managed_policy_attachment', 'm', {
        managed_policy_arn: 'arn:aws:iam::aws:policy/AmazonSNSFullAccess',
      }),
      boundary({ managed_policy_arn: 'arn:aws:iam::aws:policy/AmazonSQSFullAccess' }),
    );
    expect(said).toEqual([trust]);
    expect(decided(estate, admin, 'sqs:ListQueues')).toBe('allowed');
    expect(decided(estate, admin, 'sns:ListTopics')).toBe('implicitDeny');
    expect(data.principals[0]?.policies).toHaveLength(2);
    const named = read(
      assigned('a', one),
      of('customer_managed_policy_attachment', 'c', {
        customer_managed_policy_reference: [{ name: 'own', path: '/team/' }],
      }),
      boundary({ customer_managed_policy_reference: [{ name: 'edge', path: null }] }),
    );
    expect(named.data.principals[0]).toMatchObject({
      policies: [{ arn: `arn:aws:iam::${one}:policy/team/own` }],
      permissionsBoundary: { arn: `arn:aws:iam::${one}:policy/edge` },
    });
    expect(decided(named.estate, admin, 'sqs:ListQueues')).toBe('depends');
  });

  it('depends on what may be attached to it', () => {
    const { said, estate } = read(
      assigned('a', one),
      of('permission_set_inline_policy', 'i', { inline_policy: allow('*', '*') }, { permission_set_arn: {} }),
      of('permissions_boundary_attachment', 'e', {}, { permission_set_arn: {} }),
    );
    expect(said).toEqual([
      'unresolvedReference aws_ssoadmin_permission_set_inline_policy.i.permission_set_arn',
      'unresolvedReference aws_ssoadmin_permissions_boundary_attachment.e.permission_set_arn',
      trust,
    ]);
    expect(decided(estate, admin, 'sqs:ListQueues')).toBe('depends');
  });

  it('of another file is said', () => {
    const permission_set_arn = 'arn:aws:sso:::permissionSet/ssoins-1/ps-1';
    const { said, data } = read(
      of('account_assignment', 'a', { permission_set_arn, target_id: one }, {}),
      of('managed_policy_attachment', 'm', { permission_set_arn }, {}),
    );
    expect(said).toEqual([
      'missingValue aws_ssoadmin_account_assignment.a.permission_set_arn',
      'missingValue aws_ssoadmin_managed_policy_attachment.m.permission_set_arn',
      `unsupportedType ${admin}`,
    ]);
    expect(data.principals).toEqual([]);
  });

  it('that is assigned to what is no account is said', () => {
    const { said, data } = read(of('account_assignment', 'a', { target_id: '1111-2222-3333' }));
    expect(said).toContain('missingValue aws_ssoadmin_account_assignment.a.target_id');
    expect(data.principals).toEqual([]);
  });

  it('that is assigned to nobody known is said', () => {
    expect(read().said).toEqual([`unsupportedType ${admin}`]);
    const open = of('account_assignment', 'a', {});
    const { said, data } = read({ ...open, unknown: { ...open.unknown, target_id: true } });
    expect(said).toContain('missingValue aws_ssoadmin_account_assignment.a.target_id');
    expect(data.principals).toEqual([]);
  });
});
