import { describe, expect, it } from 'vitest';
import { loadTerraform } from '../../../src/load/terraform/load-terraform.js';
import { account, load, options, read, shared } from './loading.js';
import { type Block, plan, ref, state } from './plan-builder.js';

const policy = { policy: shared('*') };
/** By Terraform type: what such a block holds, at least. */
const unread: Readonly<Record<string, object>> = {
  aws_kms_grant: { key_id: 'k', grantee_principal: account, operations: ['Decrypt'] },
  aws_ram_resource_share: { name: 'shared', allow_external_principals: true },
  aws_ram_principal_association: { principal: '444455556666', resource_share_arn: 'arn:aws:ram:::x' },
  aws_ram_resource_association: {
    resource_arn: 'arn:aws:ec2:::subnet/s',
    resource_share_arn: 'arn:aws:ram:::x',
  },
  aws_ram_resource_share_accepter: { share_arn: 'arn:aws:ram:::x' },
  aws_s3_bucket_acl: { bucket: 'b', acl: 'public-read' },
  aws_s3_object_acl: { bucket: 'b', key: 'k' },
  aws_s3control_access_grant: { permission: 'READ' },
  aws_s3control_bucket_policy: policy,
  aws_s3control_multi_region_access_point_policy: { details: [{ name: 'm', ...policy }] },
  aws_s3control_access_grants_instance_resource_policy: policy,
  aws_ecr_registry_policy: policy,
  aws_lakeformation_permissions: { principal: account, permissions: ['SELECT'] },
  aws_lakeformation_opt_in: {},
  aws_lakeformation_data_lake_settings: { admins: [account] },
  aws_vpc_endpoint_service_allowed_principal: { principal_arn: '*' },
  aws_organizations_resource_policy: { content: '{}' },
  aws_xray_resource_policy: { policy_name: 'x', policy_document: '{}' },
  aws_signer_signing_profile_permission: { profile_name: 'p', principal: account },
  aws_eks_access_entry: { cluster_name: 'c' },
  aws_ssoadmin_application_access_scope: { scope: 's' },
  aws_iam_something_new: { name: 'n' },
  aws_opensearchserverless_access_policy: { name: 'n', policy: '[]' },
  aws_prometheus_resource_policy: { policy_document: '{}' },
  aws_api_gateway_domain_name: { domain_name: 'x', ...policy },
  aws_new_thing: { access_policy: { Statement: [] } },
  aws_cloudformation_stack: { name: 's', template_body: '{}' },
  aws_cloudformation_stack_set: { name: 's', template_body: '{}' },
  aws_serverlessapplicationrepository_cloudformation_stack: { name: 's', application_id: 'arn' },
  aws_cloudcontrolapi_resource: { type_name: 'AWS::IAM::Role', desired_state: '{}' },
  aws_controltower_control: { control_identifier: 'c', target_identifier: 'ou' },
  aws_servicecatalog_provisioned_product: { name: 'p' },
  awscc_iam_role: { role_name: 'r', policies: [] },
  awscc_s3_bucket_policy: { bucket: 'b', policy_document: '{}' },
  awscc_lambda_permission: { function_name: 'f' },
  awscc_sso_assignment: { principal_id: 'p' },
  awscc_kms_key: { key_policy: shared('*') },
  aws_other_thing: { role_arn: `arn:aws:iam::${account}:role/app` },
};

describe('what is not read', () => {
  it.each(Object.entries(unread))('%s is said, in plan and state', (type, values) => {
    const block: Block = { type, name: 'x', values: { ...values } };
    const wanted = [`unsupportedType ${type}.x`];
    for (const input of [plan({ blocks: [block] }), state({ blocks: [block] })])
      expect(read(input).said.filter((one) => one.startsWith('unsupported'))).toEqual(wanted);
  });

  it.each([
    'aws_iot_policy',
    'aws_cloudfront_cache_policy',
    'aws_lb_cookie_stickiness_policy',
    'aws_appautoscaling_policy',
    'aws_sns_topic_data_protection_policy',
    'aws_networkfirewall_firewall_policy',
    'aws_wafv2_web_acl_rule_group_policy',
    'aws_sqs_queue_redrive_allow_policy',
    'aws_cloudwatch_log_index_policy',
    'aws_quicksight_custom_permissions',
    'aws_verifiedpermissions_policy',
    'awscc_applicationautoscaling_scaling_policy',
    'awscc_cloudfront_response_headers_policy',
    'awscc_logs_log_group',
    'random_policy',
  ])('%s says nothing about access', (type) => {
    expect(load({ type, name: 'x', values: { name: 'x' } }).said).toEqual([]);
  });

  it('commands that may change access are said once', () => {
    const command = 'aws iam attach-role-policy --role-name app --policy-arn p';
    const ran = (type: string, name: string, text: string): Block => ({
      type,
      name,
      values: { triggers: {} },
      provisioners: [{ type: 'local-exec', expressions: { command: { constant_value: text } } }],
    });
    const { data, diagnostics } = loadTerraform(
      plan({
        blocks: [
          ran('null_resource', 'sync', 'aws s3 sync . s3://b'),
          ran('aws_instance', 'host', command),
          { type: 'terraform_data', name: 'input', values: { input: command } },
          { type: 'aws_ssm_document', name: 'text', values: { content: command } },
        ],
      }),
      options,
    );
    expect(data.principals).toEqual([]);
    expect(diagnostics).toMatchObject([
      {
        code: 'unsupportedType',
        path: 'aws_instance.host',
        message: expect.stringContaining('(and 1 more)'),
      },
    ]);
  });

  it('a role that something runs with is told apart from a policy, and one of a service is none', () => {
    const role_arn = `arn:aws:iam::${account}:role/app`;
    const input = plan({ blocks: [{ type: 'aws_other_thing', name: 'x', values: { role_arn } }] });
    expect(loadTerraform(input, options).diagnostics).toMatchObject([
      {
        message:
          'the type aws_other_thing is not read: what runs with the role in its role_arn goes by no name',
        hint: 'ask for the role itself',
      },
    ]);
    const service_linked_role_arn = `arn:aws:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/S`;
    expect(
      load({ type: 'aws_autoscaling_group', name: 'x', values: { service_linked_role_arn } }).said,
    ).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['aws_db_instance', { identifier: 'db', monitoring_role_arn: 'R' }, 'db'],
    ['aws_s3_bucket_replication_configuration', { bucket: 'b', role: 'R' }, 'b'],
    [
      'aws_cognito_identity_pool_roles_attachment',
      { identity_pool_id: 'p', roles: { authenticated: 'R' } },
      'p',
    ],
    [
      'aws_kinesis_firehose_delivery_stream',
      { name: 's', extended_s3_configuration: [{ role_arn: 'R' }] },
      's',
    ],
    [
      'aws_lambda_capacity_provider',
      { name: 'c', permissions_config: [{ capacity_provider_operator_role_arn: 'R' }] },
      'c',
    ],
  ])('%s runs with its role', (type, values, name) => {
    const { data, said } = load({ type, name: 'x', values: { ...values } });
    expect(said).toEqual([]);
    expect(data.workloads).toMatchObject([{ role: 'R', names: [name, `${type}.x`] }]);
  });

  it('access control lists in the block of a bucket or object are said where they let others in', () => {
    const owner = { type: 'CanonicalUser', id: 'abc', permissions: ['FULL_CONTROL'] };
    const said = (type: string, values: object) =>
      load({ type, name: 'x', values: { bucket: 'b', ...values } }).said;
    for (const closed of [
      {},
      { acl: '' },
      { acl: 'private' },
      { acl: 'bucket-owner-read' },
      { grant: [owner] },
    ])
      expect(said('aws_s3_bucket', closed)).toEqual([]);
    const all = {
      type: 'Group',
      uri: 'http://acs.amazonaws.com/groups/global/AllUsers',
      permissions: ['READ'],
    };
    for (const open of [
      { acl: 'public-read' },
      { grant: [all] },
      { grant: [owner, { ...owner, id: 'def' }] },
    ])
      expect(said('aws_s3_bucket', open)).toEqual(['unsupportedType aws_s3_bucket.x']);
    expect(said('aws_s3_object', { key: 'k', acl: 'public-read' })).toEqual([
      'unsupportedType aws_s3_object.x',
    ]);
    expect(said('aws_s3_object', { key: 'k', acl: 'private' })).toEqual([]);
  });
});

describe('permissions of an event bus', () => {
  const organization = { type: 'StringEquals', key: 'aws:PrincipalOrgID', value: 'o-abc' };
  const permission = (values: object, more: Partial<Block> = {}): Block => ({
    type: 'aws_cloudwatch_event_permission',
    name: 'p',
    values: { statement_id: 'org', principal: '*', ...values },
    ...more,
  });
  const bus: Block = {
    type: 'aws_cloudwatch_event_bus',
    name: 'b',
    values: { name: 'b' },
    unknown: { arn: true },
  };
  const can = (blocks: readonly Block[], context: object, resource = 'b') =>
    load(...blocks).estate.can('444455556666', 'events:PutEvents', resource, { context: { ...context } })
      .decision;

  it('are statements of its policy', () => {
    const named = permission({ event_bus_name: 'b', condition: [organization] });
    expect(can([bus, named], { 'aws:PrincipalOrgID': 'o-abc' })).toBe('allowed');
    expect(can([bus, named], { 'aws:PrincipalOrgID': 'o-xyz' })).toBe('implicitDeny');
    expect(can([bus, permission({ event_bus_name: 'b', principal: '444455556666' })], {})).toBe('allowed');
    expect(can([bus, permission({ event_bus_name: 'b', principal: '333333333333' })], {})).toBe(
      'implicitDeny',
    );
  });

  it('go to the default bus where they name none', () => {
    const { data, said } = load(permission({ action: 'events:PutEvents' }));
    expect(said).toEqual([]);
    expect(data.resources).toMatchObject([
      {
        arn: `arn:aws:events:eu-west-1:${account}:event-bus/default`,
        type: 'AWS::Events::EventBus',
        policies: [{ name: 'permission org', document: { Statement: [{ Sid: 'org', Principal: '*' }] } }],
      },
    ]);
  });

  it('are not known when their bus, condition or its value is not', () => {
    const value = permission(
      { event_bus_name: 'b', condition: [{ ...organization, value: undefined }] },
      {
        unknown: { condition: [{ value: true }] },
        expressions: { condition: [{ value: ref('aws_x.y.id') }] },
      },
    );
    const context = { 'aws:PrincipalOrgID': 'o-abc' };
    expect(can([bus, value], context)).toBe('depends');
    const parts = permission(
      { event_bus_name: 'b', condition: [{}], statement_id: undefined },
      { unknown: { statement_id: true, condition: [{ key: true, type: true, value: true }] } },
    );
    expect(can([bus, parts], context)).toBe('depends');
    expect(can([bus, permission({ event_bus_name: 'b' }, { unknown: { condition: true } })], context)).toBe(
      'depends',
    );
    const lost = permission(
      {},
      { unknown: { event_bus_name: true }, expressions: { event_bus_name: ref('local.bus') } },
    );
    expect(can([bus, lost], context)).toBe('depends');
    const nameless = load(
      permission({ statement_id: undefined, event_bus_name: 'b' }, { unknown: { statement_id: true } }),
    );
    expect(nameless.data.resources[0]?.policies).toMatchObject([
      { name: 'permission aws_cloudwatch_event_permission.p' },
    ]);
  });
});
