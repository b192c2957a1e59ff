import { describe, expect, it } from 'vitest';
import { account, load } from './loading.js';
import type { Block } from './plan-builder.js';

describe('organizations in part', () => {
  const attach = (values: object): Block => ({
    type: 'aws_organizations_policy_attachment',
    name: `a${JSON.stringify(values).length}`,
    values: { ...values },
  });
  it('of which only a data source knows the root', () => {
    const { data, said } = load(
      {
        type: 'aws_organizations_organization',
        name: 'o',
        mode: 'data',
        prior: true,
        values: { id: 'o-abc', master_account_id: '999988887777', roots: [{ id: 'r-ab12' }] },
      },
      {
        type: 'aws_organizations_organizational_unit',
        name: 'u',
        values: { name: 'U', id: 'ou-ab12-1', parent_id: 'r-ab12' },
      },
      attach({ policy_id: 'p-1234567', target_id: 'ou-ab12-1' }),
      attach({ policy_id: 'p-FullAWSAccess', target_id: 'ou-ab12-1' }),
      attach({ policy_id: 'p-1234567', target_id: 'r-ab12' }),
    );
    expect(said).toEqual([]);
    expect(data.organization).toEqual({
      id: 'o-abc',
      managementAccount: '999988887777',
      nodes: [
        { id: 'r-ab12', type: 'ROOT', parent: null },
        { id: '999988887777', type: 'ACCOUNT', parent: 'r-ab12' },
        {
          id: 'ou-ab12-1',
          type: 'OU',
          name: 'U',
          parent: 'r-ab12',
          serviceControlPolicies: ['p-FullAWSAccess', 'p-1234567'],
          // Nobody knows the kind of a policy that is not in the file.
          resourceControlPolicies: ['p-RCPFullAWSAccess', 'p-1234567'],
        },
      ],
      policies: [],
    });
  });

  it('of which the file has policies and accounts alone', () => {
    const { data, said } = load(
      { type: 'aws_organizations_account', name: 'a', values: { id: '222222222222' } },
      { type: 'aws_organizations_policy', name: 'p', values: { id: 'p-1', content: '' } },
      attach({ policy_id: 'p-1', target_id: '333333333333' }),
      attach({ policy_id: 'p-1', target_id: 'ou-ab12-12' }),
    );
    expect(said).toEqual([
      'ignored aws_organizations_policy.p.content',
      'missingValue 333333333333',
      'missingValue ou-ab12-12',
    ]);
    expect(data.organization).toMatchObject({
      nodes: [
        { id: '222222222222', type: 'ACCOUNT', parent: null },
        { id: '333333333333', type: 'ACCOUNT', parent: null },
        { id: 'ou-ab12-12', type: 'OU', parent: null },
      ],
      policies: [{ id: 'p-1', type: 'SERVICE_CONTROL_POLICY', unresolved: 'its text is empty' }],
    });
  });

  it('whose root is not known yet is one root, however it is referred to', () => {
    const root = {
      references: ['aws_organizations_organization.o.roots[0]', 'aws_organizations_organization.o'],
    };
    const { data, said } = load(
      {
        type: 'aws_organizations_organization',
        name: 'o',
        values: {},
        unknown: { id: true, roots: true, master_account_id: true },
      },
      {
        type: 'aws_organizations_account',
        name: 'a',
        actions: ['no-op'],
        values: { id: '222222222222', name: 'a' },
      },
      {
        type: 'aws_organizations_organizational_unit',
        name: 'u',
        values: { name: 'U' },
        unknown: { id: true, parent_id: true },
        expressions: { parent_id: root },
      },
    );
    expect(said).toEqual([]);
    const id = 'r-aws_organizations_organization.o';
    expect(data.organization?.nodes.map(({ id, parent }) => [id, parent])).toEqual([
      [id, null],
      [account, id],
      ['aws_organizations_organizational_unit.u', id],
      ['222222222222', id],
    ]);
  });
});
