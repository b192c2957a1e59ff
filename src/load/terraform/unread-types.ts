import { joinTexts } from '../../account/text.js';
import { changesAccess } from '../access-commands.js';
import { checkChanges, controls, lakeFormation, shares } from '../unread-words.js';
import { isLost } from './attribute-text.js';
import type { Work } from './identities.js';
import { isMembers, listOf, own } from './json-value.js';
import { permissionSetTypes } from './permission-sets.js';
import { policyTargets } from './policy-targets.js';
import { shapes } from './shapes.js';
import type { TerraformResource } from './terraform-resource.js';
import { workloadTypes } from './workload-types.js';

const stacks = 'what the template of this stack makes is not read: it may hold roles and policies';

/** Types that decide about access and that an estate cannot hold, with what follows from that. */
const unread: Readonly<Record<string, string>> = {
  aws_s3_bucket_acl: 'access control lists are not modelled: they may allow more than the policies',
  aws_s3_object_acl: 'access control lists are not modelled: they may allow more than the policies',
  aws_s3control_multi_region_access_point_policy: 'policies of multi-region access points are not read',
  aws_s3control_bucket_policy: 'policies of buckets on Outposts are not read',
  aws_ecr_registry_policy: 'policies of a whole registry are not read',
  aws_s3control_access_grant: 'S3 Access Grants are not read: they may allow more than the policies',
  aws_lakeformation_permissions: lakeFormation,
  aws_lakeformation_opt_in: lakeFormation,
  aws_lakeformation_data_lake_settings: lakeFormation,
  aws_ram_resource_share: shares,
  aws_ram_principal_association: shares,
  aws_ram_resource_association: shares,
  aws_ram_resource_share_accepter: shares,
  aws_organizations_resource_policy: 'who may administer the organization is not read',
  aws_xray_resource_policy: 'policies of X-Ray are not read',
  aws_signer_signing_profile_permission: 'permissions of signing profiles are not read',
  aws_vpc_endpoint_service_allowed_principal: 'who may connect to an endpoint service is not read',
  aws_eks_access_entry: 'access to the Kubernetes API of a cluster is not read',
  aws_eks_access_policy_association: 'access to the Kubernetes API of a cluster is not read',
  aws_controltower_control: controls,
  aws_controltower_baseline: controls,
  aws_controltower_landing_zone: controls,
  aws_servicecatalog_provisioned_product: stacks,
  aws_cloudformation_stack: stacks,
  aws_cloudformation_stack_set: stacks,
  aws_serverlessapplicationrepository_cloudformation_stack: stacks,
  aws_cloudcontrolapi_resource: 'what it makes is not read: it may be a role or a policy',
};

/** Types with policies in their names or arguments that are read, or say nothing about access by IAM. */
const harmless: ReadonlySet<string> = new Set([
  ...['role', 'user', 'group'].flatMap((kind) => [
    `aws_iam_${kind}`,
    `aws_iam_${kind}_policy`,
    `aws_iam_${kind}_policy_attachment`,
    `aws_iam_${kind}_policies_exclusive`,
    `aws_iam_${kind}_policy_attachments_exclusive`,
  ]),
  ...permissionSetTypes,
  'aws_iam_policy',
  'aws_iam_policy_attachment',
  'aws_iam_service_linked_role',
  'aws_iam_instance_profile',
  'aws_iam_user_group_membership',
  'aws_iam_group_membership',
  'aws_iam_account_password_policy',
  'aws_iam_account_alias',
  'aws_iam_access_key',
  'aws_iam_user_login_profile',
  'aws_iam_user_ssh_key',
  'aws_iam_virtual_mfa_device',
  'aws_iam_server_certificate',
  'aws_iam_signing_certificate',
  'aws_iam_service_specific_credential',
  'aws_iam_organizations_features',
  'aws_iam_security_token_service_preferences',
  'aws_iam_openid_connect_provider',
  'aws_iam_saml_provider',
  'aws_lambda_permission',
  'aws_lambda_resource_policy',
  'aws_s3_bucket_public_access_block',
  'aws_s3_account_public_access_block',
  'aws_lambda_layer_version_permission',
  'aws_vpc_endpoint',
  'aws_vpc_endpoint_policy',
  'aws_s3tables_table_policy',
  'aws_glue_resource_policy',
  'aws_cloudwatch_log_resource_policy',
  'aws_cloudwatch_event_permission',
  'aws_organizations_organization',
  'aws_organizations_policy',
  'aws_organizations_policy_attachment',
  'aws_organizations_organizational_unit',
  'aws_organizations_account',
  'aws_organizations_delegated_administrator',
  'aws_kms_grant',
]);

/** Languages of their own, which say nothing about requests to AWS. */
const otherLanguages: readonly RegExp[] = [
  /^awscc_(?:iot_policy|fms_policy|waf.*|.*scaling_policy|.*lifecycle_policy|networkfirewall_firewall_policy)$/,
  /^awscc_cloudfront_(?:cache|origin_request|response_headers|continuous_deployment)_.*policy$/,
  /^aws_(?:iot_policy|fms_policy|waf.*|.*autoscaling_policy|emr_managed_scaling_policy|efs_backup_policy)$/,
  /^aws_(?:sqs_queue_redrive(?:_allow)?_policy|batch_scheduling_policy|cloudwatch_log_(?:account|index)_policy)$/,
  /^aws_(?:resiliencehub_.*|route53_traffic|securityhub_configuration|verifiedpermissions|lightsail_lb_.*)_policy$/,
  /^aws_(?:opensearchserverless_security_policy|quicksight_.*custom_permissions?)$/,
  /^aws_(?:.*lifecycle_policy|.*data_protection_policy|networkfirewall_firewall_policy)$/,
  /^aws_cloudfront_(?:cache|origin_request|response_headers|continuous_deployment)_policy$/,
  /^aws_(?:(?:app|lb)_cookie_stickiness|load_balancer_.*|load_balancer|proxy_protocol|lb_ssl_negotiation)_policy$/,
];

/** Says, once for each type or resource, what is not read. */
export function reportUnread(work: Work): void {
  const counted = new Map<string, { first: TerraformResource; count: number; argument: string }>();
  for (const resource of work.reading.index.all) {
    const { type, mode } = resource;
    if (mode === 'data' || harmless.has(type) || Object.hasOwn(policyTargets, type)) continue;
    if (Object.hasOwn(unread, type)) {
      report(work, resource, unread[type]!);
      continue;
    }
    reportAcl(work, resource);
    if (
      Object.hasOwn(shapes, type) ||
      !/^aws(?:cc)?_/.test(type) ||
      otherLanguages.some((one) => one.test(type))
    )
      continue;
    const argument = suspicious(resource);
    if (argument === undefined) continue;
    const known = counted.get(type);
    if (known === undefined) counted.set(type, { first: resource, count: 1, argument });
    else known.count++;
  }
  for (const [type, { first, count, argument }] of counted) {
    const more = count > 1 ? ` (and ${count - 1} more of this type)` : '';
    if (isRole(argument)) {
      const message = `the type ${type} is not read: what runs with the role in its ${argument} goes by no name${more}`;
      const hint = 'ask for the role itself';
      work.reading.report({ code: 'unsupportedType', path: first.address, message, hint });
      continue;
    }
    const what = argument === '' ? 'it may decide about access' : `its ${argument} may decide about access`;
    report(work, first, `the type ${type} is not read, and ${what}${more}`);
  }
  reportCommands(work);
  reportGrants(work);
}

/** Commands that run when something is made may change who has access: said once for all. */
function reportCommands({ reading }: Work): void {
  const found = reading.index.all.filter(({ mode, type, values, configuration }) => {
    const commands = [own(configuration, 'provisioners'), runsCommands.test(type) ? values : undefined];
    return (
      mode === 'managed' && commands.some((one) => one !== undefined && changesAccess(JSON.stringify(one)))
    );
  });
  const [first] = found;
  if (first === undefined) return;
  const more = found.length > 1 ? ` (and ${found.length - 1} more)` : '';
  reading.report({
    code: 'unsupportedType',
    path: first.address,
    message: `a command that it runs may change who has access, which is not read${more}`,
    hint: checkChanges,
  });
}

const runsCommands = /^(?:null_resource|terraform_data)$|^shell_/;

function report({ reading }: Work, resource: TerraformResource, message: string): void {
  const hint = 'check by hand what it allows or denies';
  reading.report({ code: 'unsupportedType', path: resource.address, message, hint });
}

/** Older providers write the access control list of a bucket or object in its own block. */
function reportAcl(work: Work, resource: TerraformResource): void {
  if (!/^aws_s3_(?:bucket|object|bucket_object|object_copy)$/.test(resource.type)) return;
  const acl = own(resource.values, 'acl');
  const grants = listOf(own(resource.values, 'grant'));
  // What the owner has is written as a grant too.
  const others = grants.filter((one) => own(one, 'type') !== 'CanonicalUser' || grants.length > 1);
  if (others.length === 0 && (typeof acl !== 'string' || closedAcl.test(acl))) return;
  report(work, resource, unread.aws_s3_bucket_acl!);
}

const closedAcl = /^(?:|private|bucket-owner-.*)$/;

/** The argument that makes a type look as if it decided about access; empty for its own name. */
function suspicious({ type, values }: TerraformResource): string | undefined {
  // The provider of Cloud Control has names of its own, none of which is read.
  if (/^awscc_(?:iam_|sso_|organizations_|.*polic(?:y|ies)|.*permission)/.test(type)) return '';
  if (/^aws_(?:iam|ssoadmin|organizations|verifiedaccess|identitystore)_/.test(type)) return '';
  if (/_policy$|_policies$|_permissions?$|_resource_policy$/.test(type)) return '';
  const runs = Object.hasOwn(workloadTypes, type);
  for (const name of Object.keys(values)) {
    const value = own(values, name);
    if (/polic(?:y|ies)$/.test(name) && (hasStatement(value) || isMembers(value))) return name;
    if (!runs && isRole(name) && typeof value === 'string' && value.includes(':role/')) return name;
  }
  return undefined;
}

/** Service-linked roles are those of the service, which stand in every state. */
const isRole = (argument: string): boolean =>
  /(?:^|_)role(?:_arn)?$/.test(argument) && !argument.startsWith('service_linked_');

const hasStatement = (value: unknown): boolean => typeof value === 'string' && /"Statement"\s*:/.test(value);

const keyTypes = policyTargets.aws_kms_key_policy!.types;

/** Grants allow beside the policy of a key: what they add is not known to the estate, so the key says so. */
function reportGrants(work: Work): void {
  const { reading, draft, policies } = work;
  for (const resource of reading.index.ofType('aws_kms_grant')) {
    report(work, resource, 'grants of keys are not modelled: answers about the key depend on them');
    const meaning = { attribute: 'arn', types: keyTypes };
    const key = reading.required(resource, ['key_id'], meaning);
    const { account, region, partition } = reading.placeOf(resource);
    const byId = joinTexts(`arn:${partition}:kms:${region}:${account}:key/`, key);
    const unresolved = `${resource.address} is a grant, which is not modelled`;
    const use = { name: 'grants', unresolved, origin: policies.origin(resource.address) };
    const holder = draft.resource(key) ?? draft.resource(byId);
    holder?.policies.push(use);
    if (isLost(resource, ['key_id'], key)) for (const type of keyTypes) draft.doubt(shapes[type]!.type, use);
  }
}
