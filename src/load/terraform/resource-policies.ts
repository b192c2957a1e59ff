import type { PolicyUse, Text } from '../../account/estate-data.js';
import { joinTexts, keyText, textKey } from '../../account/text.js';
import { isAccountId, splitArn } from '../../value/arn.js';
import { apiPolicies, apiType, relativeToApi } from './api-policies.js';
import { namesOf, type ResourceDraft } from './estate-draft.js';
import { isFresh, isWritten, type Work } from './identities.js';
import { own, textOf } from './json-value.js';
import { type PolicyTarget, policyTargets } from './policy-targets.js';
import { doubtful, putPolicies } from './put-policies.js';
import type { Reading } from './reading.js';
import { shapeOf, shapes } from './shapes.js';
import { tagsOf } from './tags.js';
import { attributePath, isOpen, type TerraformResource } from './terraform-resource.js';
import { joinTwin } from './twin-resources.js';

/** Types of shapes that are no resources with a policy of their own. */
const noHolders: ReadonlySet<string> = new Set([
  'aws_iam_role',
  'aws_iam_user',
  'aws_iam_group',
  'aws_iam_policy',
  'aws_iam_instance_profile',
  'aws_lambda_alias',
]);

/** Everything that may carry a resource policy, with the policy that stands in its own block. */
export function readResources(work: Work): void {
  for (const type of Object.keys(shapes)) {
    if (noHolders.has(type)) continue;
    for (const resource of work.reading.index.ofType(type)) readResource(work, resource);
  }
  readAliases(work);
}

function readResource(work: Work, resource: TerraformResource): void {
  const { reading, policies, draft } = work;
  const shape = shapeOf(resource.type)!;
  const name = reading.attribute(resource, shape.name);
  const inBlock = ownPolicies(work, resource, shape.policy);
  const arn = reading.attribute(resource, 'arn');
  const own =
    resource.type === apiType
      ? apiPolicies(work, resource, inBlock).map((use) => relativeToApi(work, use, arn))
      : inBlock;
  draft.name(shape.type, name, arn);
  const made: ResourceDraft = {
    arn,
    account: reading.placeOf(resource).account,
    type: shape.type,
    names: namesOf(resource.address, name),
    policies: [...own],
    origin: policies.origin(resource.address),
    ...tagsOf(reading, resource),
  };
  const known = draft.resource(arn);
  if (known === undefined) draft.addResource(made, isFresh(resource));
  else joinTwin(work, resource, known, made);
}

/** The key of an alias: one of the file, or one that the file has whole. */
function readAliases(work: Work): void {
  const seen = new Set<ResourceDraft>();
  for (const resource of work.reading.index.ofType('aws_kms_alias')) {
    const alias = work.draft.resource(work.reading.attribute(resource, 'arn'));
    const key = targetArn(work, resource, aliasTarget);
    const known = typeof key === 'string' || work.draft.resource(key) !== undefined;
    if (alias === undefined) continue;
    // Of two with one name nobody can tell which is there.
    if (known && !seen.has(alias)) alias.target = key;
    else delete alias.target;
    seen.add(alias);
  }
  for (const resource of work.reading.index.ofType('data.aws_kms_alias')) readLookup(work, resource);
}

/** An alias that the file only looks up, which it finds with its key. */
function readLookup({ reading, policies, draft }: Work, resource: TerraformResource): void {
  const [arn, target, name] = ['arn', 'target_key_arn', 'name'].map((one) =>
    reading.attribute(resource, one),
  );
  if (typeof arn !== 'string' || typeof target !== 'string' || draft.resource(arn) !== undefined) return;
  const account = splitArn(arn)[4] ?? '';
  if (!isAccountId(account)) return;
  const names = namesOf(resource.address, name!);
  const origin = policies.origin(resource.address);
  draft.addResource({ arn, account, type: 'AWS::KMS::Alias', names, policies: [], target, origin });
}

const aliasTarget: PolicyTarget = { target: 'target_key_id', types: policyTargets.aws_kms_key_policy!.types };

function ownPolicies(
  { reading, policies, draft }: Work,
  resource: TerraformResource,
  argument: string | undefined,
): readonly PolicyUse[] {
  if (argument === undefined) return [];
  // The provider fills this in when nobody writes it, so that it is open for everything new.
  const written = isWritten(resource, argument);
  const nobodys = resource.configuration === undefined || !written;
  const unset =
    (isOpen(resource, [argument]) && !written) || (nobodys && textOf(own(resource.values, argument)) === '');
  const uses = unset ? [] : policies.uses({ resource, path: [argument], name: 'policy' });
  const found =
    uses.length === 0 && /^aws_kms_/.test(resource.type)
      ? [defaultKeyPolicy(reading.placeOf(resource))]
      : uses;
  if (uses.length === 0 || nobodys) {
    for (const use of found) draft.computed.add(use);
  }
  return found;
}

/**
 * What KMS writes when nobody does.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function defaultKeyPolicy({
  account,
  partition,
}: {
  readonly account: string;
  readonly partition: string;
}): PolicyUse {
  return {
    name: 'default key policy',
    document: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Enable IAM User Permissions',
          Effect: 'Allow',
          Principal: { AWS: `arn:${partition}:iam::${account}:root` },
          Action: 'kms:*',
          Resource: '*',
        },
      ],
    },
  };
}

/** Policies that stand in blocks of their own. */
export function readResourcePolicies(work: Work): void {
  for (const [type, target] of Object.entries(policyTargets)) {
    for (const resource of work.reading.index.ofType(type)) {
      const arn = targetArn(work, resource, target);
      const path = [target.policy ?? 'policy'];
      const uses = work.policies.required({ resource, path, name: type.slice(4) });
      const absolute = target.types[0] === apiType ? uses.map((use) => relativeToApi(work, use, arn)) : uses;
      putPolicies(work, resource, arn, target, absolute);
    }
  }
  for (const resource of work.reading.index.ofType('aws_s3tables_table_policy'))
    readTablePolicy(work, resource);
  for (const resource of work.reading.index.ofType('aws_glue_resource_policy'))
    readCatalogPolicy(work, resource);
  for (const resource of work.reading.index.ofType('aws_cloudwatch_log_resource_policy'))
    readLogPolicy(work, resource);
}

/** The ARN of what a policy is put onto. */
export function targetArn({ reading, draft }: Work, resource: TerraformResource, target: PolicyTarget): Text {
  const { target: argument, types } = target;
  if (target.arn === true) return reading.required(resource, [argument], { attribute: 'arn', types });
  const type = typeReferred(reading, resource, target);
  const shape = shapes[type]!;
  const written = own(resource.values, argument) !== undefined || isOpen(resource, [argument]);
  const name =
    argument === 'event_bus_name' && !written
      ? 'default'
      : reading.required(resource, [argument], { attribute: shape.name, types });
  if (textKey(name).startsWith('arn:')) return name;
  const url = arnOfUrl(name, argument);
  if (url !== undefined) return url;
  // The ARN of a resource of that name and place: that of the one in the file, when it is there.
  const mark = '\u0000';
  const values = { ...resource.values, arn: undefined, [shape.name]: mark };
  const template = reading.attribute({ ...resource, type, values }, 'arn');
  const plain = lastOfUrl(name, argument);
  const arn = keyText(textKey(template).replace(mark, () => textKey(plain)));
  if (draft.resource(arn) !== undefined) return arn;
  // Names need not tell the region: then the one resource of that name is meant.
  const [only, ...others] = draft.named(shape.type, plain);
  return only !== undefined && others.length === 0 ? only : arn;
}

/** The URL of a queue holds its region and account. */
function arnOfUrl(url: Text, argument: string): string | undefined {
  if (argument !== 'queue_url' || typeof url !== 'string') return undefined;
  const found = /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?\/(\d{12})\/([^/]+)$/.exec(url);
  if (found === null) return undefined;
  const [, region = '', china, account = '', name = ''] = found;
  const partition = china !== undefined ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return `arn:${partition}:sqs:${region}:${account}:${name}`;
}

/** Directory buckets and general ones, for instance, have policies of one type. */
function typeReferred(
  reading: Reading,
  resource: TerraformResource,
  { target, types }: PolicyTarget,
): string {
  const referred = reading.resolver
    .targetsAt(resource, [target])
    .flatMap((one) => (one.kind === 'object' ? one.instances.map(({ type }) => type) : []));
  return referred.find((type) => types.includes(type)) ?? types[0];
}

/** A queue is named by its URL. */
function lastOfUrl(name: Text, argument: string): Text {
  if (argument !== 'queue_url') return name;
  // In a key the slashes of holes are escaped.
  return keyText(textKey(name).replace(/^.*\//, ''));
}

/** The ARN of a table ends with an id that only AWS knows, unless the table is in the file. */
function readTablePolicy(work: Work, resource: TerraformResource): void {
  const { reading, policies, draft } = work;
  const uses = policies.required({ resource, path: ['resource_policy'], name: 's3tables_table_policy' });
  const table = tableOf(work, resource);
  const end: Text = { hole: attributePath(resource, ['table_id']) };
  const arn =
    table === undefined
      ? joinTexts(tableBucket(reading, resource), '/table/', end)
      : reading.attribute(table, 'arn');
  if (table === undefined && isOpen(resource, ['name'])) {
    const origin = policies.origin(resource.address);
    draft.doubt('AWS::S3Tables::Table', { name: resource.address, unresolved: doubtful, origin });
  }
  putPolicies(work, resource, arn, { target: 'name', types: ['aws_s3tables_table'] }, uses);
}

/** The table that a policy refers to, or the one of its name, namespace and bucket. */
function tableOf({ reading }: Work, resource: TerraformResource): TerraformResource | undefined {
  const objects = reading.resolver.targetsAt(resource, ['name']).filter((one) => one.kind === 'object');
  const [referred, ...others] = objects.flatMap(({ instances }) => instances);
  if (referred?.type === 'aws_s3tables_table' && others.length === 0) return referred;
  if (isOpen(resource, ['name'])) return undefined;
  const bucket = textKey(tableBucket(reading, resource));
  const same = (one: TerraformResource, name: string) => own(one.values, name) === own(resource.values, name);
  return reading.index
    .ofType('aws_s3tables_table')
    .filter((one) => same(one, 'name') && same(one, 'namespace'))
    .find((one) => textKey(reading.attribute(one, 'table_bucket_arn')) === bucket);
}

const tableBucket = (reading: Reading, resource: TerraformResource): Text =>
  reading.required(resource, ['table_bucket_arn'], {
    attribute: 'arn',
    types: ['aws_s3tables_table_bucket'],
  });

function readCatalogPolicy(work: Work, resource: TerraformResource): void {
  const { account, region, partition } = work.reading.placeOf(resource);
  const uses = work.policies.required({ resource, path: ['policy'], name: 'glue_resource_policy' });
  const arn = `arn:${partition}:glue:${region}:${account}:catalog`;
  putPolicies(
    work,
    resource,
    arn,
    { target: 'policy', types: ['aws_glue_resource_policy'], type: 'AWS::Glue::Catalog' },
    uses,
  );
}

/** A policy of CloudWatch Logs is one of the account: it counts for every log group that its statements name. */
function readLogPolicy(work: Work, resource: TerraformResource): void {
  const { reading, policies, draft } = work;
  const name = String(own(resource.values, 'policy_name') ?? resource.address);
  const uses = policies.required({ resource, path: ['policy_document'], name });
  const { account } = reading.placeOf(resource);
  const groups = draft
    .resourcesOfType('AWS::Logs::LogGroup')
    .filter((one: ResourceDraft) => one.account === account);
  for (const group of groups) group.policies.push(...uses);
  reading.report({
    code: 'ignored',
    path: resource.address,
    message: `this policy is put onto the ${groups.length} log groups of this file only`,
    hint: 'for other log groups of the account, give the policy with them',
  });
}
