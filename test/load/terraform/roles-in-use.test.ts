import { describe, expect, it } from 'vitest';
import { account, fresh, load, read } from './loading.js';
import { type Block, newRole, ref, state } from './plan-builder.js';

describe('what runs with a role', () => {
  it('by an instance profile of unknown name, an old one, or one without a role', () => {
    const profile = (name: string, values: object, unknown: object): Block => ({
      type: 'aws_iam_instance_profile',
      name,
      values: { path: '/', ...values },
      unknown: { ...unknown },
    });
    const instance = (name: string, reference: string): Block => ({
      type: 'aws_instance',
      name,
      values: {},
      unknown: { id: true, iam_instance_profile: true },
      expressions: { iam_instance_profile: ref(reference) },
    });
    const { data } = load(
      newRole('app'),
      profile('a', { name_prefix: 'a-', role: 'app' }, { ...fresh, name: true }),
      profile('b', { name: 'b', roles: ['app'] }, fresh),
      profile('c', { name: 'c' }, fresh),
      instance('a', 'aws_iam_instance_profile.a.name'),
      instance('b', 'aws_iam_instance_profile.b.id'),
      instance('c', 'aws_iam_instance_profile.c.name'),
      { ...instance('d', 'x'), expressions: { iam_instance_profile: { references: ['local.profile'] } } },
    );
    expect(data.workloads.map(({ names, role }) => [names[0], role])).toEqual([
      ['aws_instance.a', 'app'],
      ['aws_instance.b', 'app'],
      ['aws_instance.c', `arn:aws:iam::${account}:instance-profile/c`],
      ['aws_instance.d', { hole: 'aws_instance.d.iam_instance_profile' }],
    ]);
    expect(data.principals[0]).toMatchObject({
      instanceProfiles: [`arn:aws:iam::${account}:instance-profile/b`],
    });
    // A role goes by its profiles too.
    const called = ['aws_iam_instance_profile.a', 'aws_iam_instance_profile.b'];
    expect(data.principals[0]!.names).toEqual(expect.arrayContaining(called));
    expect(data.principals[0]!.names).not.toContain('aws_iam_instance_profile.c');
  });

  it('by its name in a state', () => {
    const { data } = read(
      state({
        blocks: [
          {
            type: 'aws_glue_job',
            name: 'j',
            values: { name: 'nightly', role_arn: `arn:aws:iam::${account}:role/etl` },
          },
        ],
      }),
    );
    expect(data.workloads).toMatchObject([
      {
        type: 'AWS::Glue::Job',
        role: `arn:aws:iam::${account}:role/etl`,
        names: ['nightly', 'aws_glue_job.j'],
      },
    ]);
  });

  it('endpoints to resources have no service; policies of other endpoints and in parts are kept', () => {
    const { data } = load(
      {
        type: 'aws_vpc_endpoint',
        name: 'e',
        values: { vpc_id: 'vpc-1' },
        unknown: { id: true, policy: true },
      },
      {
        type: 'aws_iam_policy_document',
        name: 'part',
        mode: 'data',
        values: { statement: [{ actions: ['s3:*'], resources: ['*'] }, { actions: ['sqs:*'] }] },
        unknown: { json: true, statement: [{}, { resources: true }] },
      },
      {
        type: 'aws_vpc_endpoint_policy',
        name: 'p',
        values: { vpc_endpoint_id: 'vpce-0abc' },
        unknown: { policy: true },
        expressions: { policy: ref('data.aws_iam_policy_document.part.json') },
      },
    );
    expect(data.vpcEndpoints[0]).not.toHaveProperty('service');
    expect(data.vpcEndpoints[1]).toMatchObject({
      id: 'vpce-0abc',
      policy: { unresolved: 'a part of it is not known' },
    });
  });
});
