import { describe, expect, it } from 'vitest';
import { loadTerraform } from '../../../src/load/terraform/load-terraform.js';
import { policyTargets } from '../../../src/load/terraform/policy-targets.js';
import { shapes } from '../../../src/load/terraform/shapes.js';
import { Estate } from '../../../src/query/estate.js';
import { allow, type Block, constant, newBucket, newRole, plan, ref } from './plan-builder.js';

const account = '111122223333';
const load = (blocks: readonly Block[]) => {
  const { data, diagnostics } = loadTerraform(plan({ blocks }), { accountId: account, region: 'eu-west-1' });
  return { data, diagnostics, estate: new Estate(data) };
};
const grant = (action: string, resource = '*') =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: action, Resource: resource }],
  });

describe('every type that puts a policy onto another', () => {
  const cases = Object.entries(policyTargets).filter(([, { types }]) => shapes[types[0]!] !== undefined);
  it('is most of them', () => expect(cases.length).toBeGreaterThan(20));

  it('makes the ARN of a name by a shape, where it does not take an ARN', () => {
    const named = Object.values(policyTargets).filter(({ arn }) => arn !== true);
    expect(named.flatMap(({ types }) => types).filter((type) => shapes[type] === undefined)).toEqual([]);
    const byArn = Object.entries(policyTargets).filter(([, { arn }]) => arn === true);
    expect(byArn.filter(([, { type }]) => type === undefined)).toEqual([]);
  });

  it.each(cases)('%s puts it there, by reference and by known value', (type, target) => {
    const [holder = ''] = target.types;
    const shape = shapes[holder]!;
    const known = {
      [shape.name]: 'thing',
      ...(holder.startsWith('aws_codeartifact_repository') ? { domain: 'd' } : {}),
    };
    const computed = new Set(['id', 'key_id', 'sink_id']);
    const resource: Block = {
      type: holder,
      name: 'it',
      values: computed.has(shape.name) ? {} : known,
      unknown: {
        arn: true,
        id: true,
        [shape.policy ?? 'x']: true,
        ...(computed.has(shape.name) ? { [shape.name]: true } : {}),
      },
      expressions: {},
    };
    const attribute =
      target.arn === true ? (shape.arnName ?? 'arn') : target.target === 'queue_url' ? 'id' : shape.name;
    const policy: Block = {
      type,
      name: 'p',
      values: {
        [target.policy ?? 'policy']: grant('*:*'.slice(0, 1)),
        ...(holder === 'aws_codeartifact_repository' ? { domain: 'd' } : {}),
      },
      unknown: { [target.target]: true },
      expressions: { [target.target]: ref(`${holder}.it.${attribute}`) },
    };
    const { data, diagnostics } = load([resource, policy]);
    expect(diagnostics).toEqual([]);
    expect(data.resources).toHaveLength(1);
    expect(data.resources[0]?.type).toBe(shape.type);
    expect(data.resources[0]?.policies).toMatchObject([{ document: grant('*') }]);
    if (computed.has(shape.name)) return;
    // By a value that is known, the policy goes to the same thing, and makes it when the file does not have it.
    const value = target.arn === true ? String(data.resources[0]?.arn).replace(/\{.*\}/, 'x') : 'thing';
    const byValue: Block = { ...policy, values: { ...policy.values, [target.target]: value }, unknown: {} };
    const alone = load([byValue]).data.resources;
    expect(alone).toHaveLength(1);
    expect(alone[0]?.arn).toEqual(target.arn === true ? value : data.resources[0]?.arn);
  });
});

describe('keys', () => {
  const key: Block = {
    type: 'aws_kms_key',
    name: 'k',
    values: { description: 'k' },
    unknown: { arn: true, id: true, key_id: true, policy: true },
    expressions: { description: constant('k') },
  };
  it('without a policy have the default one, which lets policies of the account decide', () => {
    const user: Block = {
      type: 'aws_iam_user',
      name: 'ana',
      values: { name: 'ana', path: '/' },
      unknown: { arn: true },
    };
    const may: Block = {
      type: 'aws_iam_user_policy',
      name: 'p',
      values: { name: 'p', user: 'ana', policy: allow('kms:Decrypt', '*') },
    };
    const { data, estate } = load([key, user, may]);
    expect(data.resources[0]).toMatchObject({
      arn: { text: [`arn:aws:kms:eu-west-1:${account}:key/`, { hole: 'aws_kms_key.k.key_id' }] },
      policies: [{ name: 'default key policy' }],
    });
    expect(estate.can('ana', 'kms:Decrypt', 'aws_kms_key.k').decision).toBe('allowed');
    expect(load([key, user]).estate.can('ana', 'kms:Decrypt', 'aws_kms_key.k').decision).toBe('implicitDeny');
  });
  it('with grants depend on them', () => {
    const { data, diagnostics } = load([
      key,
      {
        type: 'aws_kms_grant',
        name: 'g',
        values: { grantee_principal: 'arn:aws:iam::444455556666:root', operations: ['Decrypt'] },
        unknown: { key_id: true },
        expressions: { key_id: ref('aws_kms_key.k.key_id') },
      },
    ]);
    expect(diagnostics.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'unsupportedType aws_kms_grant.g',
    ]);
    expect(data.resources[0]?.policies.at(-1)).toHaveProperty('unresolved');
  });
});

describe('lambda permissions', () => {
  const fn: Block = {
    type: 'aws_lambda_function',
    name: 'f',
    values: { function_name: 'hello' },
    unknown: { arn: true, id: true, role: true, invoke_arn: true },
    expressions: { function_name: constant('hello'), role: ref('aws_iam_role.app.arn') },
  };
  const permission = (values: object, unknown: object = {}, expressions: object = {}): Block => ({
    type: 'aws_lambda_permission',
    name: 'p',
    values: { statement_id: 'S', action: 'lambda:InvokeFunction', function_name: 'hello', ...values },
    unknown: unknown as never,
    expressions: expressions as never,
  });
  const only = (blocks: readonly Block[]) => {
    const { data, diagnostics } = load([fn, newRole('app'), ...blocks]);
    const [resource] = data.resources.filter(({ type }) => type === 'AWS::Lambda::Function');
    return { policies: resource?.policies, diagnostics, data };
  };
  const arn = `arn:aws:lambda:eu-west-1:${account}:function:hello`;

  it.each([
    ['hello', arn],
    ['hello:live', `${arn}:live`],
    [arn, arn],
    [`${account}:function:hello`, arn],
  ])('find the function %s', (name, resource) => {
    const { policies, data } = only([permission({ function_name: name, principal: 's3.amazonaws.com' })]);
    expect(data.resources.filter(({ type }) => type === 'AWS::Lambda::Function')).toHaveLength(1);
    expect(policies).toMatchObject([
      {
        name: 'permission S',
        document: { Statement: [{ Principal: { Service: 's3.amazonaws.com' }, Resource: resource }] },
      },
    ]);
  });

  it('carry their conditions', () => {
    const { policies } = only([
      permission({
        principal: '*',
        source_arn: 'arn:aws:sns:eu-west-1:111122223333:t',
        source_account: account,
        principal_org_id: 'o-abc',
        function_url_auth_type: 'AWS_IAM',
        qualifier: 'live',
      }),
    ]);
    expect(policies).toMatchObject([
      {
        document: {
          Statement: [
            {
              Principal: '*',
              Resource: `${arn}:live`,
              Condition: {
                StringEquals: {
                  'aws:SourceAccount': account,
                  'aws:PrincipalOrgID': 'o-abc',
                  'lambda:FunctionUrlAuthType': 'AWS_IAM',
                },
                ArnLike: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:t' },
              },
            },
          ],
        },
      },
    ]);
  });

  it('take sources from what they refer to', () => {
    const bucket = only([
      newBucket('b'),
      permission(
        { principal: 's3.amazonaws.com' },
        { source_arn: true },
        { source_arn: ref('aws_s3_bucket.b.arn') },
      ),
    ]);
    expect(bucket.policies).toMatchObject([
      { document: { Statement: [{ Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::b' } } }] } },
    ]);
    const api = only([
      {
        type: 'aws_api_gateway_rest_api',
        name: 'a',
        values: { name: 'a' },
        unknown: { id: true, policy: true },
      },
      permission(
        { principal: 'apigateway.amazonaws.com' },
        { source_arn: true },
        { source_arn: ref('aws_api_gateway_rest_api.a.execution_arn') },
      ),
    ]);
    expect(api.policies).toMatchObject([
      {
        document: {
          Statement: [
            {
              Condition: {
                ArnLike: {
                  'aws:SourceArn': {
                    text: [
                      `arn:aws:execute-api:eu-west-1:${account}:`,
                      { hole: 'aws_api_gateway_rest_api.a.id' },
                      { hole: 'aws_lambda_permission.p.source_arn' },
                    ],
                  },
                },
              },
            },
          ],
        },
      },
    ]);
  });

  it('for functions of other files make the function', () => {
    const { data } = load([permission({ function_name: 'elsewhere', principal: account })]);
    expect(data.resources).toMatchObject([
      {
        arn: `arn:aws:lambda:eu-west-1:${account}:function:elsewhere`,
        policies: [{ document: { Statement: [{ Principal: { AWS: account } }] } }],
      },
    ]);
  });

  it('of layers name one version', () => {
    const { data } = load([
      {
        type: 'aws_lambda_layer_version_permission',
        name: 'l',
        values: {
          layer_name: 'tools',
          version_number: 3,
          principal: '*',
          organization_id: 'o-abc',
          action: 'lambda:GetLayerVersion',
          statement_id: 'org',
        },
      },
    ]);
    expect(data.resources[0]).toMatchObject({
      arn: `arn:aws:lambda:eu-west-1:${account}:layer:tools:3`,
      policies: [
        { document: { Statement: [{ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abc' } } }] } },
      ],
    });
  });

  it('workloads run with the role that they refer to', () => {
    const { data } = only([
      {
        type: 'aws_ecs_task_definition',
        name: 't',
        values: { family: 'web', execution_role_arn: 'arn:aws:iam::111122223333:role/exec' },
        unknown: { task_role_arn: true },
        expressions: { task_role_arn: ref('aws_iam_role.app.arn') },
      },
      {
        type: 'aws_iam_instance_profile',
        name: 'ip',
        values: { name: 'ip', path: '/' },
        unknown: { role: true, arn: true },
        expressions: { role: ref('aws_iam_role.app.name') },
      },
      {
        type: 'aws_instance',
        name: 'i',
        values: {},
        unknown: { iam_instance_profile: true, id: true },
        expressions: { iam_instance_profile: ref('aws_iam_instance_profile.ip.name') },
      },
      {
        type: 'aws_launch_template',
        name: 'lt',
        values: { name: 'lt', iam_instance_profile: [{ name: 'foreign', arn: '' }] },
      },
    ]);
    const role = `arn:aws:iam::${account}:role/app`;
    expect(data.workloads.map(({ names, role }) => [names[0], role])).toEqual([
      ['hello', role],
      ['web', role],
      ['aws_ecs_task_definition.t.execution_role_arn', 'arn:aws:iam::111122223333:role/exec'],
      ['aws_instance.i', 'app'],
      ['lt', `arn:aws:iam::${account}:instance-profile/foreign`],
    ]);
    expect(data.principals[0]).toMatchObject({
      instanceProfiles: [`arn:aws:iam::${account}:instance-profile/ip`],
    });
  });
});

describe('other holders', () => {
  it('access lists and unknown types are said', () => {
    const { diagnostics } = load([
      newBucket('b'),
      {
        type: 'aws_s3_bucket_public_access_block',
        name: 'x',
        values: { bucket: 'b', block_public_policy: true },
      },
      { type: 'aws_ssoadmin_application', name: 'a', values: { name: 'a' } },
      { type: 'aws_new_thing', name: 'n', values: { access_policy: allow('*', '*') } },
      { type: 'aws_new_thing', name: 'm', values: { access_policy: allow('*', '*') } },
      { type: 'aws_vpc', name: 'v', values: { cidr_block: '10.0.0.0/16' } },
      { type: 'null_resource', name: 'z', values: {} },
    ]);
    expect(diagnostics.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'unsupportedType aws_ssoadmin_application.a',
      'unsupportedType aws_new_thing.n',
    ]);
    expect(diagnostics.at(-1)?.message).toContain('and 1 more');
  });

  it('endpoints have their policies, and none when nobody writes one', () => {
    const endpoint = (name: string): Block => ({
      type: 'aws_vpc_endpoint',
      name,
      values: { service_name: 'com.amazonaws.eu-west-1.s3', vpc_id: 'vpc-1' },
      unknown: { id: true, policy: true },
      expressions: { service_name: constant('com.amazonaws.eu-west-1.s3') },
    });
    const { data } = load([
      endpoint('plain'),
      endpoint('guarded'),
      {
        type: 'aws_vpc_endpoint_policy',
        name: 'p',
        values: { policy: grant('s3:*') },
        unknown: { vpc_endpoint_id: true },
        expressions: { vpc_endpoint_id: ref('aws_vpc_endpoint.guarded.id') },
      },
    ]);
    expect(data.vpcEndpoints).toHaveLength(2);
    expect(data.vpcEndpoints[0]).toEqual({
      id: { hole: 'aws_vpc_endpoint.plain.id' },
      account,
      names: ['aws_vpc_endpoint.plain'],
      origin: { path: 'aws_vpc_endpoint.plain' },
      vpc: 'vpc-1',
      service: 'com.amazonaws.eu-west-1.s3',
    });
    expect(data.vpcEndpoints[1]).toMatchObject({ policy: { document: grant('s3:*') } });
  });

  it('log groups share the policies of the account, tables and the catalog have theirs', () => {
    const { data, diagnostics } = load([
      { type: 'aws_cloudwatch_log_group', name: 'g', values: { name: '/app' }, unknown: { arn: true } },
      {
        type: 'aws_cloudwatch_log_resource_policy',
        name: 'p',
        values: { policy_name: 'es', policy_document: grant('logs:*') },
      },
      { type: 'aws_glue_resource_policy', name: 'p', values: { policy: grant('glue:*') } },
      { type: 'aws_s3tables_table_bucket', name: 'b', values: { name: 'lake' }, unknown: { arn: true } },
      {
        type: 'aws_s3tables_table',
        name: 't',
        values: { name: 'orders', namespace: 'shop' },
        unknown: { arn: true, table_bucket_arn: true, table_id: true },
        expressions: { table_bucket_arn: ref('aws_s3tables_table_bucket.b.arn') },
      },
      {
        type: 'aws_s3tables_table_policy',
        name: 'tp',
        values: { name: 'orders', namespace: 'shop', resource_policy: grant('s3tables:*') },
        unknown: { table_bucket_arn: true },
        expressions: { name: ref('aws_s3tables_table.t.name') },
      },
    ]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['ignored']);
    expect(data.resources.map(({ arn, policies }) => [arn, policies.length])).toEqual([
      ['arn:aws:s3tables:eu-west-1:111122223333:bucket/lake', 0],
      [
        {
          text: [
            'arn:aws:s3tables:eu-west-1:111122223333:bucket/lake/table/',
            { hole: 'aws_s3tables_table.t.table_id' },
          ],
        },
        1,
      ],
      ['arn:aws:logs:eu-west-1:111122223333:log-group:/app', 1],
      ['arn:aws:glue:eu-west-1:111122223333:catalog', 1],
    ]);
  });

  it('a bucket with a policy in its block and in one of its own is not known', () => {
    const { data } = load([
      newBucket('b', {
        values: { policy: grant('s3:*') },
        unknown: { policy: false },
        expressions: { policy: {} },
      }),
      { type: 'aws_s3_bucket_policy', name: 'p', values: { bucket: 'b', policy: grant('s3:Get*') } },
    ]);
    expect(data.resources[0]?.policies).toMatchObject([
      { name: 'policy written twice', unresolved: expect.stringContaining('aws_s3_bucket.b.policy') },
    ]);
  });
});

describe('organizations', () => {
  const scp = (name: string, values: object = {}, more: Partial<Block> = {}): Block => ({
    type: 'aws_organizations_policy',
    name,
    values: {
      name,
      type: 'SERVICE_CONTROL_POLICY',
      content: allow('*', '*').replace('Allow', 'Deny'),
      ...values,
    },
    unknown: { id: true },
    ...more,
  });
  const attach = (policy: string, target: string): Block => ({
    type: 'aws_organizations_policy_attachment',
    name: `${policy}-${target}`,
    unknown: { policy_id: true, target_id: true },
    expressions: { policy_id: ref(`aws_organizations_policy.${policy}.id`), target_id: ref(target) },
  });
  it('are read with their units, accounts and policies', () => {
    const { data, diagnostics } = load([
      {
        type: 'aws_organizations_organization',
        name: 'o',
        values: {},
        unknown: { id: true, roots: true, master_account_id: true },
      },
      {
        type: 'aws_organizations_organizational_unit',
        name: 'prod',
        values: { name: 'Prod' },
        unknown: { id: true, parent_id: true },
        expressions: {
          parent_id: {
            references: [
              'aws_organizations_organization.o.roots[0].id',
              'aws_organizations_organization.o.roots[0]',
              'aws_organizations_organization.o.roots',
              'aws_organizations_organization.o',
            ],
          },
        },
      },
      {
        type: 'aws_organizations_account',
        name: 'app',
        actions: ['no-op'],
        values: { name: 'app', id: '222222222222' },
        unknown: { parent_id: true },
        expressions: { parent_id: ref('aws_organizations_organizational_unit.prod.id') },
      },
      {
        type: 'aws_organizations_account',
        name: 'new',
        values: { name: 'new', parent_id: 'r-ab12' },
        unknown: { id: true },
      },
      scp('region'),
      scp('data', { type: 'RESOURCE_CONTROL_POLICY' }),
      scp('tags', { type: 'TAG_POLICY' }),
      attach('region', 'aws_organizations_organizational_unit.prod.id'),
      attach('data', 'aws_organizations_account.app.id'),
      attach('tags', 'aws_organizations_account.app.id'),
    ]);
    expect(diagnostics.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'missingValue aws_organizations_account.new.id',
      'missingValue r-ab12',
      'ignored aws_organizations_policy.tags',
    ]);
    const byId = new Map(data.organization?.nodes.map((node) => [node.id, node]));
    expect(byId.get('222222222222')).toEqual({
      id: '222222222222',
      type: 'ACCOUNT',
      name: 'app',
      parent: 'aws_organizations_organizational_unit.prod',
      serviceControlPolicies: ['p-FullAWSAccess'],
      resourceControlPolicies: ['p-RCPFullAWSAccess', 'aws_organizations_policy.data'],
    });
    expect(byId.get('aws_organizations_organizational_unit.prod')).toMatchObject({
      parent: 'r-aws_organizations_organization.o',
      serviceControlPolicies: ['p-FullAWSAccess', 'aws_organizations_policy.region'],
    });
    expect(byId.get('r-ab12')).toEqual({ id: 'r-ab12', type: 'ROOT', parent: null });
    expect(data.organization?.managementAccount).toBe(account);
    expect(data.organization?.policies.map(({ name }) => name)).toEqual(['region', 'data']);
  });

  it('limit the principals of an account: allowed by its policies, denied above', () => {
    const root = 'aws_organizations_organization.o.roots[0].id';
    const { estate } = load([
      {
        type: 'aws_organizations_organization',
        name: 'o',
        actions: ['no-op'],
        values: { id: 'o-abc', master_account_id: '999988887777', roots: [{ id: 'r-ab12' }] },
      },
      {
        type: 'aws_organizations_account',
        name: 'this',
        actions: ['no-op'],
        values: { id: account, name: 'this', parent_id: 'r-ab12' },
      },
      scp('no-s3', {
        id: 'p-nos3',
        content: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }],
        }),
      }),
      {
        type: 'aws_organizations_policy_attachment',
        name: 'a',
        values: { policy_id: 'p-nos3', target_id: 'r-ab12' },
      },
      newRole('app'),
      {
        type: 'aws_iam_role_policy',
        name: 'p',
        values: { name: 'p', role: 'app', policy: allow(['s3:*', 'sqs:*'], '*') },
      },
    ]);
    expect(root).toContain('roots');
    expect(estate.can('app', 's3:GetObject', 'arn:aws:s3:::b/k').decision).toBe('explicitDeny');
    expect(estate.can('app', 'sqs:ListQueues').decision).toBe('allowed');
  });
});

describe('the owner of what is not in the file', () => {
  it('is the account in its ARN, whatever the account of the provider is', () => {
    const arn = 'arn:aws:kafka:eu-west-1:444455556666:cluster/c/1';
    const { data } = load([
      {
        type: 'aws_msk_cluster_policy',
        name: 'p',
        values: { cluster_arn: arn, policy: grant('kafka:DescribeCluster') },
        expressions: { cluster_arn: constant(arn) },
      },
    ]);
    expect(data.resources).toMatchObject([{ arn, account: '444455556666' }]);
  });
});
