import { describe, expect, it } from 'vitest';
import { account, load, shared } from './loading.js';
import { allow, type Block, newBucket, newRole } from './plan-builder.js';

const aws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const everything = allow('s3:*', '*');

/** A role that is there already, with what the provider found on it. */
const role = (found: object): Block =>
  newRole('app', {
    actions: ['no-op'],
    values: { arn: `arn:aws:iam::${account}:role/app`, ...found },
    unknown: { arn: false, inline_policy: false, managed_policy_arns: false, tags_all: false },
  });

const policiesOf = (...blocks: readonly Block[]) =>
  load(...blocks).data.principals[0]?.policies.map((use) => ('arn' in use ? use.arn : use.name));

const changed = (type: string, actions: readonly string[], before: object, values?: object): Block =>
  ({ type, name: 'a', actions, before, ...(values === undefined ? {} : { values }) }) as Block;

const replaced = ['delete', 'create'];
const admin = role({ managed_policy_arns: [aws('AdministratorAccess')] });
const attached = { role: 'app', policy_arn: aws('AdministratorAccess') };

describe('what the provider found on a role before the plan', () => {
  it('is not there when the plan attaches another policy instead', () => {
    const to = { role: 'app', policy_arn: aws('ReadOnlyAccess') };
    expect(policiesOf(admin, changed('aws_iam_role_policy_attachment', replaced, attached, to))).toEqual([
      aws('ReadOnlyAccess'),
    ]);
  });

  it('is not there when the plan attaches the policy to others only, or to nobody', () => {
    const before = { roles: ['app', 'other'], policy_arn: aws('AdministratorAccess') };
    const after = { ...before, roles: ['other'] };
    expect(policiesOf(admin, changed('aws_iam_policy_attachment', ['update'], before, after))).toEqual([]);
    expect(policiesOf(admin, changed('aws_iam_policy_attachment', ['delete'], before))).toEqual([]);
    expect(policiesOf(admin, changed('aws_iam_policy_attachment', ['update'], before, before))).toEqual([
      aws('AdministratorAccess'),
    ]);
  });

  it('is not there under the old name of an inline policy', () => {
    const before = { role: 'app', name: 'old', policy: everything };
    const after = { role: 'app', name: 'new', policy: allow('s3:Get*', '*') };
    const found = role({ inline_policy: [{ name: 'old', policy: everything }] });
    expect(policiesOf(found, changed('aws_iam_role_policy', replaced, before, after))).toEqual(['new']);
  });

  it('is not there when an exclusive list holds it no more', () => {
    const found = role({
      managed_policy_arns: [aws('AdministratorAccess'), aws('ReadOnlyAccess')],
      inline_policy: [
        { name: 'old', policy: everything },
        { name: 'kept', policy: everything },
      ],
    });
    const arns = (...policy_arns: string[]) => ({ role_name: 'app', policy_arns });
    const names = (...policy_names: string[]) => ({ role_name: 'app', policy_names });
    const lists = (actions: readonly string[], now: [object, object] | []) => [
      changed(
        'aws_iam_role_policy_attachments_exclusive',
        actions,
        arns(aws('AdministratorAccess'), aws('ReadOnlyAccess')),
        now[0],
      ),
      changed('aws_iam_role_policies_exclusive', actions, names('old', 'kept'), now[1]),
    ];
    const all = ['old', 'kept', aws('AdministratorAccess'), aws('ReadOnlyAccess')];
    expect(policiesOf(found, ...lists(['update'], [arns(aws('ReadOnlyAccess')), names('kept')]))).toEqual([
      'kept',
      aws('ReadOnlyAccess'),
    ]);
    expect(policiesOf(found, ...lists(['delete'], []))).toEqual(all);
  });
});

describe('what the provider found on a resource before the plan', () => {
  it('is not there when the plan puts the policy onto another', () => {
    const bucket = (name: string, policy: string) =>
      newBucket(name, {
        actions: ['no-op'],
        values: { arn: `arn:aws:s3:::${name}`, policy },
        unknown: { policy: false },
      });
    const policy = shared('s3:*');
    const moved = changed('aws_s3_bucket_policy', replaced, { bucket: 'a', policy }, { bucket: 'b', policy });
    const { data } = load(bucket('a', policy), bucket('b', ''), moved);
    expect(data.resources.map(({ policies }) => policies.length)).toEqual([0, 1]);
  });

  it('of a key gives way to the default policy', () => {
    const arn = `arn:aws:kms:eu-west-1:${account}:key/k1`;
    const { estate } = load(
      {
        type: 'aws_kms_key',
        name: 'k',
        actions: ['no-op'],
        values: { key_id: 'k1', arn, policy: shared('kms:*') },
      },
      changed('aws_kms_key_policy', ['delete'], { key_id: 'k1', policy: shared('kms:*') }),
    );
    expect(estate.can('444455556666', 'kms:Decrypt', arn).decision).toBe('implicitDeny');
    expect(estate.can(account, 'kms:Decrypt', arn).decision).toBe('allowed');
  });
});
