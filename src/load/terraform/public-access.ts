import type { Report } from '../document.js';
import { publicRestriction, type UnknownSetting } from '../resource-policies/block-public-access.js';
import { isLost } from './attribute-text.js';
import type { ResourceDraft } from './estate-draft.js';
import { isFresh, type Work } from './identities.js';
import { at, type JsonPath } from './json-value.js';
import type { PolicyTarget } from './policy-targets.js';
import { targetArn } from './resource-policies.js';
import { attributePath, isOpen, type TerraformResource } from './terraform-resource.js';

const bucket: PolicyTarget = { target: 'bucket', types: ['aws_s3_bucket'] };
const setting = 'restrict_public_buckets';
/** Where an access point writes it. */
const inner: JsonPath = ['public_access_block_configuration', 0, setting];

const afterApply = (what: string): UnknownSetting => ({
  reason: `${what} is known only after apply`,
  hint: 'load the state after apply',
});
const openSetting = afterApply('whether public access is restricted');
const openBucket = afterApply('which bucket this restricts');
const unset: UnknownSetting = {
  reason: 'whether public access is restricted is not written',
  hint: 'write public_access_block_configuration, or load the state after apply',
};
const unsetOfBucket: UnknownSetting = {
  reason: 'no block says whether public access is restricted, and S3 restricts it in new buckets',
  hint: 'write aws_s3_bucket_public_access_block',
};

/**
 * Block Public Access of buckets, access points and accounts. Of its four settings one counts when a request is made: where
 * `restrict_public_buckets` is on, a public policy opens the bucket to its own account and to services only. The others refuse policies
 * and ACLs when they are put.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export function readPublicAccessBlocks(work: Work): void {
  const { reading, draft } = work;
  // A bucket may be closed by its own block and by that of its account.
  const closed = new Set<ResourceDraft>();
  const told = new Set<ResourceDraft>();
  for (const block of reading.index.ofType('aws_s3_bucket_public_access_block')) {
    for (const one of readBucketBlock(work, block, stateOf(block, [setting]), closed)) told.add(one);
  }
  for (const point of reading.index.ofType('aws_s3_access_point')) {
    const found = draft.resource(reading.attribute(point, 'arn'));
    // Where nothing is written, S3 decides.
    const state = stateOf(point, inner) ?? (at(point.values, inner) === undefined ? unset : undefined);
    if (found !== undefined && state !== undefined) close(work, point, inner, state, found, closed);
  }
  for (const block of reading.index.ofType('aws_s3_account_public_access_block')) {
    const state = stateOf(block, [setting]);
    if (state === undefined) continue;
    const written = at(block.values, ['account_id']);
    const account = typeof written === 'string' ? written : reading.placeOf(block).account;
    for (const type of ['AWS::S3::Bucket', 'AWS::S3::AccessPoint'])
      for (const one of draft.resourcesOfType(type))
        if (one.account === account) close(work, block, [setting], state, one, closed);
    reading.report({
      code: 'ignored',
      path: block.address,
      message: 'this counts for the buckets of this file only',
      hint: 'for other buckets of the account, give BlockPublicAccess with their policies',
    });
  }
  readNewBuckets(work, told, closed);
}

/**
 * Since April 2023 S3 restricts new buckets of which nothing is written; the policy is refused that would make one public.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html
 */
function readNewBuckets(work: Work, told: ReadonlySet<ResourceDraft>, closed: Set<ResourceDraft>): void {
  const { reading, draft } = work;
  for (const one of reading.index.ofType('aws_s3_bucket')) {
    if (!isFresh(one)) continue;
    const found = draft.resource(reading.attribute(one, 'arn'));
    if (found !== undefined && !told.has(found)) close(work, one, [], unsetOfBucket, found, closed);
  }
}

/** Undefined where the setting is off. */
function stateOf(block: TerraformResource, path: JsonPath): 'on' | UnknownSetting | undefined {
  if (at(block.values, path) === true) return 'on';
  return isOpen(block, path) ? openSetting : undefined;
}

/** Answers the buckets that it may be about. */
function readBucketBlock(
  work: Work,
  block: TerraformResource,
  state: 'on' | UnknownSetting | undefined,
  closed: Set<ResourceDraft>,
): readonly ResourceDraft[] {
  const { reading, draft } = work;
  const arn = targetArn(work, block, bucket);
  const found = draft.resource(arn);
  if (isLost(block, [bucket.target], arn)) {
    // Where it is off, some other bucket may be restricted all the same.
    if (state === undefined) return [];
    const among = reading.candidates(block, [bucket.target]);
    const all =
      among?.flatMap((one) => draft.resource(reading.attribute(one, 'arn')) ?? []) ??
      draft.resourcesOfType('AWS::S3::Bucket');
    for (const one of all) close(work, block, [setting], openBucket, one, closed);
    return all;
  }
  if (found !== undefined) {
    if (state !== undefined) close(work, block, [setting], state, found, closed);
    return [found];
  }
  if (state !== undefined)
    reading.report({
      code: 'ignored',
      path: block.address,
      message: 'the bucket is not in this file: its public access may be refused in spite of an allow',
      hint: 'give BlockPublicAccess with the policy of the bucket',
    });
  return [];
}

function close(
  { reading, policies }: Work,
  block: TerraformResource,
  path: JsonPath,
  state: 'on' | UnknownSetting,
  found: ResourceDraft,
  closed: Set<ResourceDraft>,
): void {
  if (closed.has(found)) return;
  const report: Report = (code, where, message, hint) => reading.report({ code, path: where, message, hint });
  const where = attributePath(block, path);
  const uses = publicRestriction(state, found.account, found.policies, where, report);
  if (state === 'on' && uses.length > 0) closed.add(found);
  for (const use of uses) found.policies.push({ ...use, origin: policies.origin(where) });
}
