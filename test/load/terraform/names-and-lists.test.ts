import { describe, expect, it } from 'vitest';
import { account, fresh, load } from './loading.js';
import { allow, type Block, constant, newRole, ref } from './plan-builder.js';

const object = 'arn:aws:s3:::b/k';
describe('names and lists', () => {
  it('inline policies of several blocks are told by their names', () => {
    const written = (name: string, from: string) => ({
      name: constant(name),
      policy: ref(`data.aws_iam_policy_document.${from}.json`),
    });
    const document = (name: string, action: string): Block => ({
      type: 'aws_iam_policy_document',
      name,
      mode: 'data',
      values: { json: allow(action, '*') },
    });
    const { data } = load(
      document('one', 's3:*'),
      document('two', 'sqs:*'),
      newRole('app', {
        values: { inline_policy: [{ name: 'b' }, { name: 'a' }, {}] },
        unknown: { inline_policy: [{ policy: true }, { policy: true }, { name: true, policy: true }] },
        expressions: { inline_policy: [written('a', 'one'), written('b', 'two')] },
      }),
    );
    expect(data.principals[0]?.policies).toMatchObject([
      { name: 'b', document: { Statement: [{ Action: 'sqs:*' }] } },
      { name: 'a', document: { Statement: [{ Action: 's3:*' }] } },
      { name: 'aws_iam_role.app.inline_policy[2]', unresolved: expect.any(String) },
    ]);
  });

  it('lists of which some items cannot be followed have holes for them', () => {
    const { data, said } = load(
      newRole('app', {
        values: { managed_policy_arns: [null, null] },
        unknown: { managed_policy_arns: [true, true] },
        expressions: { managed_policy_arns: { references: ['local.arns'] } },
      }),
    );
    expect(said).toEqual([
      'unresolvedReference aws_iam_role.app.managed_policy_arns[0]',
      'unresolvedReference aws_iam_role.app.managed_policy_arns[1]',
    ]);
    expect(data.principals[0]?.policies).toMatchObject([
      { arn: { hole: 'aws_iam_role.app.managed_policy_arns[0]' } },
      { arn: { hole: 'aws_iam_role.app.managed_policy_arns[1]' } },
    ]);
  });

  const role = newRole('app');
  const guard: Block = {
    type: 'aws_iam_role_policy',
    name: 'guard',
    values: { role: 'app', policy: allow('s3:*', '*') },
    unknown: { name: true },
  };
  const exclusive = (values: object, unknown: object, names: object): Block => ({
    type: 'aws_iam_role_policies_exclusive',
    name: 'x',
    values: { role_name: 'app', ...values },
    unknown: { ...unknown },
    expressions: { policy_names: names },
  });
  it('exclusive lists may name a policy by the block that writes it', () => {
    const { data, said } = load(
      role,
      guard,
      exclusive({ policy_names: [null] }, { policy_names: [true] }, ref('aws_iam_role_policy.guard.name')),
    );
    expect(said).toEqual([]);
    expect(data.principals[0]?.policies).toHaveLength(1);
  });
  it.each([
    [exclusive({ policy_names: [null] }, { policy_names: [true] }, { references: ['local.name'] })],
    [exclusive({}, { policy_names: true }, { references: ['local.names'] })],
    [
      {
        ...exclusive({}, { policy_arns: true }, {}),
        type: 'aws_iam_role_policy_attachments_exclusive',
      },
    ],
  ])('exclusive lists that are not known are a policy that may be anything', (block) => {
    const { estate, said } = load(role, guard, block);
    expect(said[0]).toContain(`unresolvedReference ${block.type}.x.policy_`);
    expect(estate.can('app', 's3:GetObject', object).decision).toBe('depends');
  });
  it('exclusive lists of roles of other files are kept for them', () => {
    const { data } = load(
      {
        type: 'aws_iam_role_policies_exclusive',
        name: 'x',
        values: { role_name: 'else', policy_names: ['a'] },
      },
      {
        type: 'aws_iam_role_policy_attachments_exclusive',
        name: 'y',
        values: { role_name: 'else', policy_arns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] },
      },
    );
    expect(data.attachments.map(({ target }) => target)).toEqual(['else', 'else']);
  });

  it('users of other files join groups of this one', () => {
    const { data } = load(
      { type: 'aws_iam_group', name: 'dev', values: { name: 'dev', path: '/' }, unknown: fresh },
      {
        type: 'aws_iam_user_group_membership',
        name: 'm',
        values: { user: 'ana', groups: ['dev'] },
      },
    );
    expect(data.attachments).toMatchObject([{ kind: 'user', target: 'ana', group: 'dev' }]);
  });

  it('managed policies without text, or with a part of it, are not known', () => {
    const policy = (name: string, values: object, unknown: object, expressions: object = {}): Block => ({
      type: 'aws_iam_policy',
      name,
      values: { name, path: '/', ...values },
      unknown: { ...fresh, ...unknown },
      expressions: { ...expressions },
    });
    const { data } = load(
      policy('empty', { policy: '' }, {}),
      {
        type: 'aws_iam_policy_document',
        name: 'part',
        mode: 'data',
        values: { statement: [{ actions: ['s3:*'], resources: ['*'] }, { actions: ['sqs:*'] }] },
        unknown: { json: true, statement: [{}, { resources: true }] },
      },
      policy('part', {}, { policy: true }, { policy: ref('data.aws_iam_policy_document.part.json') }),
    );
    expect(data.managedPolicies).toMatchObject([
      { unresolved: 'its text is empty' },
      { unresolved: expect.stringContaining('resources of statement 2') },
    ]);
  });

  it('service-linked roles of a service that is not known', () => {
    const { data, said } = load({
      type: 'aws_iam_service_linked_role',
      name: 'x',
      values: { name: 'AWSServiceRoleForX' },
      unknown: { ...fresh, aws_service_name: true },
      expressions: { aws_service_name: { references: ['local.service'] } },
    });
    const hole = { hole: 'aws_iam_service_linked_role.x.aws_service_name' };
    expect(said).toEqual([`unresolvedReference ${hole.hole}`]);
    expect(data.principals).toMatchObject([
      {
        arn: { text: [`arn:aws:iam::${account}:role/aws-service-role/`, hole, '/AWSServiceRoleForX'] },
        trustPolicy: { document: { Statement: [{ Principal: { Service: hole } }] } },
      },
    ]);
  });
});
