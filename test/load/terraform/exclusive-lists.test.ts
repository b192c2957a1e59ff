import { describe, expect, it } from 'vitest';
import { account, fresh, load } from './loading.js';
import { allow, type Block, newRole, ref } from './plan-builder.js';

const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const inline: Block = {
  type: 'aws_iam_role_policy',
  name: 'p',
  values: { name: 'p', role: 'b', policy: allow('iam:*', '*') },
};
const attached: Block = {
  type: 'aws_iam_role_policy_attachment',
  name: 'y',
  values: { role: 'b', policy_arn: readOnly },
};
const only = (roles: unknown, name = 'x', values: object = {}): Block => ({
  type: 'aws_iam_policy_attachment',
  name,
  values: { name, policy_arn: readOnly, roles, ...values },
});
const exclusive = (kind: string, values: object): Block => ({
  type: `aws_iam_role_${kind}_exclusive`,
  name: 'x',
  values: { role_name: 'b', ...values },
});

/** What the roles may do, and what is said. */
const ask = (...blocks: Block[]) => {
  const { estate, said } = load(newRole('a'), newRole('b'), ...blocks);
  const decide = (role: string, action: string) => estate.can(role, action).decision;
  return [
    said,
    decide('a', 's3:ListAllMyBuckets'),
    decide('b', 's3:ListAllMyBuckets'),
    decide('b', 'iam:CreateUser'),
  ];
};

describe('a list that takes away what another block puts there', () => {
  it.each<[string, Block, string, string]>([
    ['inline policies', exclusive('policies', { policy_names: [] }), 'allowed', 'depends'],
    ['attachments', exclusive('policy_attachments', { policy_arns: [] }), 'depends', 'allowed'],
    ['attachments of one policy', only(['a']), 'depends', 'allowed'],
  ])('of %s leaves that open, and nothing else', (_what, list, read, send) => {
    const [said, , ...decisions] = ask(inline, attached, list);
    expect(said).toEqual([`ambiguous ${list.type}.x`]);
    expect(decisions).toEqual([read, send]);
  });

  it('and lists it too says nothing', () => {
    const lists = [
      exclusive('policies', { policy_names: ['p'] }),
      exclusive('policy_attachments', { policy_arns: [readOnly] }),
      only(['a', 'b']),
    ];
    expect(ask(inline, attached, ...lists)).toEqual([[], 'allowed', 'allowed', 'allowed']);
  });

  it('may be another list of the same kind', () => {
    const [said, ...decisions] = ask(only(['a']), only(['b'], 'z'));
    expect(said).toEqual(['ambiguous aws_iam_policy_attachment.x', 'ambiguous aws_iam_policy_attachment.z']);
    expect(decisions).toEqual(['depends', 'depends', 'implicitDeny']);
  });

  it('is not told of another account, another policy, or a list that is not known', () => {
    const other = { policy_arn: 'arn:aws:iam::aws:policy/PowerUserAccess' };
    expect(ask(attached, only(['a'], 'x', other))[0]).toEqual([]);
    const open: Block = {
      ...only([null], 'x'),
      unknown: { roles: [true] },
      expressions: { roles: { references: ['local.roles'] } },
    };
    expect(ask(attached, open)[0]).not.toContain('ambiguous aws_iam_policy_attachment.x');
  });

  it('leaves a policy of the file open by its text', () => {
    const policy: Block = {
      type: 'aws_iam_policy',
      name: 'q',
      values: { name: 'q', path: '/', policy: allow('iam:*', '*') },
      unknown: fresh,
    };
    const arn = `arn:aws:iam::${account}:policy/q`;
    const put: Block = {
      ...attached,
      values: { role: 'b' },
      unknown: { policy_arn: true },
      expressions: { policy_arn: ref('aws_iam_policy.q.arn') },
    };
    const [said, ...decisions] = ask(policy, put, only(['a'], 'x', { policy_arn: arn }));
    expect(said).toEqual(['ambiguous aws_iam_policy_attachment.x']);
    expect(decisions).toEqual(['implicitDeny', 'implicitDeny', 'depends']);
  });

  it('knows the rest of a policy by the name of the policy', () => {
    const part: Block = {
      type: 'aws_iam_policy_document',
      name: 'd',
      mode: 'data',
      values: { statement: [{ actions: ['sqs:*'], resources: ['*'] }, { actions: ['s3:*'] }] },
      unknown: { json: true, statement: [{}, { resources: true }] },
    };
    const put: Block = {
      ...inline,
      values: { name: 'p', role: 'b' },
      unknown: { policy: true },
      expressions: { policy: ref('data.aws_iam_policy_document.d.json') },
    };
    const [said] = ask(part, put, exclusive('policies', { policy_names: ['p'] }));
    expect(said).toEqual([expect.stringContaining('unresolvedReference aws_iam_role_policy.p')]);
  });
});
