import { expect, it } from 'vitest';
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
