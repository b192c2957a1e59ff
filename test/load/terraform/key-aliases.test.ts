import { describe, expect, it } from 'vitest';
import { fresh, load, read, shared } from './loading.js';
import { allow, type Block, newRole, ref, stateFile } from './plan-builder.js';

const key = (name: string, policy?: string): Block => ({
  type: 'aws_kms_key',
  name,
  values: policy === undefined ? {} : { policy },
  unknown: { ...fresh, key_id: true, ...(policy === undefined ? { policy: true } : {}) },
});
const alias = (target: object, name = 'a'): Block => ({
  type: 'aws_kms_alias',
  name,
  values: { name: 'alias/app' },
  unknown: { ...fresh, target_key_id: true },
  expressions: { target_key_id: target },
});
const role = newRole('r');
const may: Block = {
  type: 'aws_iam_role_policy',
  name: 'p',
  values: { name: 'p', role: 'r', policy: allow('kms:*', '*') },
};
/** The second key trusts another account alone. */
const keys = [key('k'), key('l', shared('kms:*'))];

it.each([
  ['kms:Decrypt', 'aws_kms_key.k.key_id', 'allowed'],
  ['kms:Decrypt', 'aws_kms_key.k.arn', 'allowed'],
  ['kms:Decrypt', 'aws_kms_key.l.key_id', 'implicitDeny'],
  ['kms:UpdateAlias', 'aws_kms_key.k.key_id', 'depends'],
  ['kms:Decrypt', 'data.aws_kms_key.other.id', 'depends'],
])('%s of an alias of %s: %s', (action, target, decision) => {
  const { estate } = load(role, may, ...keys, alias(ref(target)));
  for (const asked of ['aws_kms_alias.a', 'alias/app'])
    expect(estate.can('r', action, asked).decision).toBe(decision);
});

it('two aliases of one name have no key that is known', () => {
  const { estate } = load(
    role,
    may,
    ...keys,
    ...['k', 'l'].map((one) => alias(ref(`aws_kms_key.${one}.id`), one)),
  );
  expect(estate.can('r', 'kms:Decrypt', 'alias/app').decision).toBe('depends');
});

it('a state has the id of the key', () => {
  const start = 'arn:aws:kms:eu-west-1:111122223333:';
  const id = '1234abcd-12ab-34cd-56ef-1234567890ab';
  const { estate } = read(
    stateFile({
      blocks: [
        {
          type: 'aws_kms_key',
          name: 'k',
          values: { arn: `${start}key/${id}`, key_id: id, id, policy: shared('kms:*') },
        },
        {
          type: 'aws_kms_alias',
          name: 'a',
          values: { arn: `${start}alias/app`, name: 'alias/app', target_key_id: id },
        },
      ],
    }),
  );
  const answer = estate.can('arn:aws:iam::444455556666:root', 'kms:Decrypt', 'alias/app');
  expect(answer.decision).toBe('allowed');
  expect(answer.assumptions[0]).toBe(
    `what is asked of ${start}alias/app is asked of its key ${start}key/${id}`,
  );
});

describe('what the file only looks up', () => {
  const start = 'arn:aws:kms:eu-west-1:111122223333:';
  const look = (type: string, values: object): Block => ({
    mode: 'data',
    type,
    name: 'x',
    values: { ...values },
  });
  const found = { arn: `${start}alias/app`, name: 'alias/app', target_key_arn: `${start}key/1` };

  it('an alias has its key', () => {
    const { estate } = read(stateFile({ blocks: [look('aws_kms_alias', found)] }));
    const caller = 'arn:aws:iam::111122223333:root';
    for (const one of ['alias/app', 'data.aws_kms_alias.x', found.arn])
      expect(estate.can(caller, 'kms:Decrypt', one).dependsOn).toEqual([
        `the policy ${start}key/1 › policy (not in the files)`,
      ]);
    const odd = [{ arn: 'x' }, { ...found, arn: 'x' }, { ...found, target_key_arn: null }];
    for (const values of odd)
      expect(read(stateFile({ blocks: [look('aws_kms_alias', values)] })).data.resources).toEqual([]);
  });

  it('an alias that it makes too is known by that', () => {
    const made = {
      type: 'aws_kms_alias',
      name: 'a',
      values: { arn: found.arn, name: 'alias/app', target_key_id: `${start}key/2` },
    };
    const { data } = read(stateFile({ blocks: [made, look('aws_kms_alias', found)] }));
    expect(data.resources.map(({ target }) => target)).toEqual([`${start}key/2`]);
  });

  it.each(['role', 'user'] as const)('a %s has a name', (kind) => {
    const arn = `arn:aws:iam::111122223333:${kind}/path/ana`;
    const { estate, data } = read(stateFile({ blocks: [look(`aws_iam_${kind}`, { arn })] }));
    expect(estate.principal('ana')).toMatchObject({ kind: 'outside', arn });
    expect(data.principals).toEqual([]);
    const values = { arn, name: 'ana', path: '/path/', assume_role_policy: allow('sts:AssumeRole', '*') };
    const made = { type: `aws_iam_${kind}`, name: 'made', values };
    const both = read(stateFile({ blocks: [made, look(`aws_iam_${kind}`, { arn })] }));
    expect(both.data.attachments).toEqual([]);
    expect(both.estate.principal('ana').kind).toBe(kind);
    for (const odd of [{}, { arn: 'x' }])
      expect(read(stateFile({ blocks: [look(`aws_iam_${kind}`, odd)] })).data.attachments).toEqual([]);
  });
});
