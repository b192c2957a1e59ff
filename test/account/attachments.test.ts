import { expect, it } from 'vitest';
import { AttachmentIndex } from '../../src/account/attachments.js';
import type { EstateGroup, EstateUser } from '../../src/account/estate-data.js';

const account = '111122223333';
const document = {
  Version: '2012-10-17' as const,
  Statement: { Effect: 'Allow' as const, Action: 's3:*', Resource: '*' },
};
const read = { name: 'read', document };
const write = { name: 'write', document };
const user: EstateUser = {
  kind: 'user',
  account,
  name: 'alice',
  arn: `arn:aws:iam::${account}:user/alice`,
  names: ['alice'],
  policies: [read],
  groups: ['admins'],
};
const group: EstateGroup = {
  kind: 'group',
  account,
  name: 'alice',
  arn: `arn:aws:iam::${account}:group/alice`,
  names: ['alice'],
  policies: [],
};

it('a user has what is attached by name and by ARN, in another file too, and the groups it is put into', () => {
  const index = new AttachmentIndex([
    { kind: 'user', account, target: 'alice', policy: write },
    { kind: 'user', account, target: 'alice', group: 'readers' },
    { kind: 'user', account, target: user.arn, group: 'writers' },
  ]);
  expect(index.applyTo(user)).toEqual({
    ...user,
    policies: [read, write],
    groups: ['admins', 'writers', 'readers'],
  });
});

it('what is attached to a user is not attached to a group of that name, nor in another account', () => {
  const index = new AttachmentIndex([{ kind: 'user', account, target: 'alice', policy: write }]);
  expect(index.applyTo(group)).toBe(group);
  const other = { ...user, account: '444455556666', arn: 'arn:aws:iam::444455556666:user/alice' };
  expect(index.applyTo(other)).toBe(other);
});

it('a group gets policies, and no groups', () => {
  const index = new AttachmentIndex([{ kind: 'group', account, target: 'alice', policy: write }]);
  expect(index.applyTo(group)).toEqual({ ...group, policies: [write] });
});
