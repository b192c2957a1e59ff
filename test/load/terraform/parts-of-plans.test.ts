import { describe, expect, it } from 'vitest';
import { loadTerraform } from '../../../src/load/terraform/load-terraform.js';
import { account, load, options, read } from './loading.js';
import { allow, type Block, newRole, plan, state, stateFile } from './plan-builder.js';

describe('states and plans in part', () => {
  it('state files have data sources, deposed objects, counted modules', () => {
    const file = stateFile({
      blocks: [
        { type: 'aws_caller_identity', name: 'me', mode: 'data', values: { account_id: account } },
        { type: 'aws_iam_user', name: 'ana', index: 0, values: { name: 'ana', path: '/' } },
      ],
    });
    const users = file.resources[1] as { instances: object[] };
    users.instances.push({ deposed: 'ab12', attributes: { name: 'gone', path: '/' } });
    const { data, said } = read(file, {});
    expect(said).toEqual([]);
    expect(data.principals).toMatchObject([
      { account, names: ['ana', 'aws_iam_user.ana[0]'], arn: `arn:aws:iam::${account}:user/ana` },
    ]);
  });

  it('an argument that a resource must have is not known when the state lacks it', () => {
    const { data, said } = read(
      state({ blocks: [{ type: 'aws_iam_role_policy', name: 'p', values: { name: 'p', policy: '{}' } }] }),
    );
    expect(said).toEqual(['unresolvedReference aws_iam_role_policy.p.role']);
    expect(data.attachments[0]?.target).toEqual({ hole: 'aws_iam_role_policy.p.role' });
  });

  it('what goes with its holder, or with a whole module, is gone', () => {
    const { data, said } = read(
      plan({
        blocks: [
          newRole('gone', { actions: ['delete'] }),
          {
            type: 'aws_iam_role_policy',
            name: 'p',
            actions: ['delete'],
            before: { name: 'p', role: 'gone', policy: allow('*', '*') },
          },
          { type: 'aws_s3_bucket_policy', name: 'p', actions: ['delete'], before: { bucket: 'gone' } },
        ],
        modules: { m: { blocks: [newRole('inner', { actions: ['delete'] })] } },
      }),
    );
    expect([data.principals, data.resources, data.attachments, said]).toEqual([[], [], [], []]);
  });

  it('account, region and partition follow from the options', () => {
    const queue: Block = { type: 'aws_sqs_queue', name: 'q', values: { name: 'q' }, unknown: { arn: true } };
    const arn = (more: object) => read(plan({ blocks: [queue] }), more).data.resources[0]?.arn;
    expect(arn({ accountId: account, region: 'cn-north-1' })).toBe(`arn:aws-cn:sqs:cn-north-1:${account}:q`);
    expect(arn({ ...options, partition: 'aws-iso' })).toBe(`arn:aws-iso:sqs:eu-west-1:${account}:q`);
  });

  it('diagnostics name the file', () => {
    const { diagnostics } = loadTerraform(plan({ more: { errored: true } }), {
      ...options,
      file: 'plan.json',
    });
    expect(diagnostics).toMatchObject([{ file: 'plan.json', path: 'plan.json.errored' }]);
  });

  it('forms that are not read are refused with a reason', () => {
    expect(() => read({ version: 5, resources: [] })).toThrow(/version 5 is not read/);
    expect(() => read({ a: { b: { c: { d: { e: { version: 4, resources: [] } } } } } })).toThrow(/neither/);
  });

  it('tags of unknown value without a value at all are holes', () => {
    const { data } = load(
      newRole('app', {
        values: { tags: undefined, tags_all: { team: 'x' } },
        unknown: { tags: { id: true }, tags_all: { id: true } },
      }),
      newRole('two', { values: { tags: {} }, unknown: { tags: true, tags_all: true } }),
    );
    expect(data.principals).toMatchObject([
      { tags: { team: 'x', id: { hole: 'aws_iam_role.app.tags.id' } } },
      { tagsUnresolved: true },
    ]);
  });
});
