import {
  type AuthorizationDetailsOptions,
  loadAuthorizationDetails as readAuthorizationDetails,
} from './authorization-details/load-authorization-details.js';
import { type CdkOptions, loadCdk as readCdk } from './cloudformation/load-cdk.js';
import { loadCloudFormation as readCloudFormation } from './cloudformation/load-cloudformation.js';
import type { CloudFormationOptions } from './cloudformation/options.js';
import { type LoadedEstate, loadedEstate, type Strict } from './loaded-estate.js';
import { optionsOf } from './loader-options.js';
import {
  type OrganizationOptions,
  loadOrganization as readOrganization,
} from './organization/load-organization.js';
import {
  type ResourcePoliciesOptions,
  loadResourcePolicies as readResourcePolicies,
} from './resource-policies/load-resource-policies.js';
import { loadTerraform as readTerraform, type TerraformOptions } from './terraform/load-terraform.js';

export { InvalidInputError } from '../account/error.js';
export type { AuthorizationDetailsOptions } from './authorization-details/load-authorization-details.js';
export type { CdkOptions } from './cloudformation/load-cdk.js';
export type { CloudFormationOptions } from './cloudformation/options.js';
export type { Diagnostic, Loaded } from './diagnostic.js';
export type { LoadedEstate, Strict } from './loaded-estate.js';
export type { OrganizationOptions } from './organization/load-organization.js';
export type { ResourcePoliciesOptions } from './resource-policies/load-resource-policies.js';
export type { TerraformOptions } from './terraform/load-terraform.js';

/**
 * An account from `aws iam get-account-authorization-details`: the output as text or data, or its pages as a list. Documents may be
 * objects, JSON text or URL-encoded text; lists may be missing.
 *
 * @example
 * ```ts
 * const { estate } = loadAuthorizationDetails({
 *   UserDetailList: [
 *     {
 *       UserName: 'ana',
 *       Arn: 'arn:aws:iam::111122223333:user/ana',
 *       AttachedManagedPolicies: [{ PolicyName: 'ReadOnlyAccess', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
 *     },
 *   ],
 * });
 * console.log(estate.can('ana', 's3:GetObject', 'arn:aws:s3:::reports/2026.csv').decision); // allowed
 * console.log(estate.can('ana', 's3:PutObject', 'arn:aws:s3:::reports/2026.csv').decision); // implicitDeny
 * ```
 * @throws InvalidInputError when the input is not JSON or not of this form, and with `strict` for any diagnostic
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export const loadAuthorizationDetails = (
  input: unknown,
  given: AuthorizationDetailsOptions & Strict = {},
): LoadedEstate => {
  const { strict, ...options } = optionsOf(given);
  return loadedEstate(readAuthorizationDetails(input, options), strict);
};

/**
 * Policies of resources, which no account snapshot holds: a list of `{ Resource, Policy, Account?, Tags?, BlockPublicAccess? }`, or an
 * object of ARN → what the AWS CLI prints for it. `null` says that there is no policy.
 *
 * @example
 * ```ts
 * const { estate } = loadResourcePolicies({
 *   'arn:aws:s3:::reports': {
 *     Account: '111122223333',
 *     Policy: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"*"}}',
 *   },
 * });
 * console.log(estate.can('anonymous', 's3:GetObject', 'reports/2026.csv').decision); // allowed
 * ```
 * @throws InvalidInputError when the input is not JSON or not of one of these forms, and with `strict` for any diagnostic
 */
export const loadResourcePolicies = (
  input: unknown,
  given: ResourcePoliciesOptions & Strict = {},
): LoadedEstate => {
  const { strict, ...options } = optionsOf(given);
  return loadedEstate(readResourcePolicies(input, options), strict);
};

/**
 * The organization above accounts: `{ organization, nodes, policies }` as the collector of docs/estates.md writes it, a root with
 * `Children` and whole `Policies` in each node, JSON lines of accounts with the nodes above them, or the files of a folder by their names
 * (`{ 'accounts.json': …, 'ous.json': …, 'scps.json': … }`).
 *
 * @example
 * ```ts
 * const { estate } = loadOrganization({
 *   organization: { Id: 'o-a1b2', MasterAccountId: '999999999999' },
 *   policyTypes: ['SERVICE_CONTROL_POLICY'],
 *   nodes: [
 *     { id: 'r-a1b2', type: 'ROOT', parent: null, scps: ['p-FullAWSAccess'] },
 *     { id: '111122223333', type: 'ACCOUNT', parent: 'r-a1b2', scps: [] },
 *   ],
 * });
 * console.log(estate.can('111122223333', 's3:ListAllMyBuckets').decidedBy?.kind); // serviceControlPolicies
 * ```
 * @throws InvalidInputError when the input is not JSON or not of one of these forms, and with `strict` for any diagnostic
 */
export const loadOrganization = (input: unknown, given: OrganizationOptions & Strict = {}): LoadedEstate => {
  const { strict, ...options } = optionsOf(given);
  return loadedEstate(readOrganization(input, options), strict);
};

/**
 * A CloudFormation or serverless (SAM) template: JSON or YAML text, or data that was read already.
 *
 * @example
 * ```ts
 * const template = `
 * Resources:
 *   Reports: { Type: AWS::S3::Bucket }
 *   App:
 *     Type: AWS::IAM::Role
 *     Properties:
 *       AssumeRolePolicyDocument:
 *         Version: 2012-10-17
 *         Statement: { Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }
 *       Policies:
 *         - PolicyName: read
 *           PolicyDocument:
 *             Version: 2012-10-17
 *             Statement: { Effect: Allow, Action: s3:GetObject, Resource: !Sub '\${Reports.Arn}/*' }
 * `;
 * const { estate } = loadCloudFormation(template, { accountId: '111122223333', region: 'eu-west-1' });
 * console.log(estate.can('App', 's3:GetObject', 'Reports/2026.csv').decision); // allowed
 * ```
 * @throws InvalidInputError for text that is no JSON or YAML, for data that is no template, and with `strict` for any diagnostic
 */
export const loadCloudFormation = (
  template: unknown,
  given: CloudFormationOptions & Strict = {},
): LoadedEstate => {
  const { strict, ...options } = optionsOf(given);
  return loadedEstate(readCloudFormation(template, options), strict);
};

/**
 * What `cdk synth` writes (`cdk.out`), as the contents of its files by their path in the folder.
 *
 * @throws InvalidInputError when there is no manifest, or a file in it cannot be read, and with `strict` for any diagnostic
 */
export const loadCdk = (
  files: Readonly<Record<string, unknown>>,
  given: CdkOptions & Strict = {},
): LoadedEstate => {
  const { strict, ...options } = optionsOf(given);
  return loadedEstate(readCdk(files, options), strict);
};

/**
 * A plan or state of Terraform (or OpenTofu): what `terraform show -json` prints, or a state file of version 4. A plan is read as the
 * account will be after apply.
 *
 * @example
 * ```ts
 * const { estate } = loadTerraform({
 *   format_version: '1.0',
 *   values: {
 *     root_module: {
 *       resources: [
 *         {
 *           address: 'aws_sqs_queue.jobs', mode: 'managed', type: 'aws_sqs_queue', name: 'jobs',
 *           values: { name: 'jobs', arn: 'arn:aws:sqs:eu-west-1:111122223333:jobs', policy: '' },
 *         },
 *       ],
 *     },
 *   },
 * });
 * console.log(estate.resource('aws_sqs_queue.jobs').arn); // arn:aws:sqs:eu-west-1:111122223333:jobs
 * ```
 * @throws InvalidInputError when the input is neither plan nor state, and with `strict` for any diagnostic
 */
export const loadTerraform = (
  input: string | object,
  given: TerraformOptions & Strict = {},
): LoadedEstate => {
  const { strict, ...options } = optionsOf(given);
  return loadedEstate(readTerraform(input, options), strict);
};
