import { textKey } from '../../account/text.js';
import type { Report } from '../document.js';
import { publicRestriction, type UnknownSetting } from '../resource-policies/block-public-access.js';
import type { ResourceDraft } from './estate-draft.js';
import type { Work } from './identities.js';
import { own } from './json-value.js';
import type { PolicyTarget } from './policy-targets.js';
import { targetArn } from './resource-policies.js';
import { isOpen, type TerraformResource } from './terraform-resource.js';

const bucket: PolicyTarget = { target: 'bucket', types: ['aws_s3_bucket'] };
const setting = 'restrict_public_buckets';
const unknown: UnknownSetting = {
  reason: 'whether public access is restricted is known only after apply',
  hint: 'load the state after apply',
};

/**
 * Block Public Access of buckets and of accounts. Of its four settings one counts when a request is made: where `restrict_public_buckets`
 * is on, a public policy opens the bucket to its own account and to services only. The others refuse policies and ACLs when they are put.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export function readPublicAccessBlocks(work: Work): void {
  const { reading, draft } = work;
  // A bucket may be closed by its own block and by that of its account.
  const closed = new Set<ResourceDraft>();
  for (const block of reading.index.ofType('aws_s3_bucket_public_access_block')) {
    if (!mayRestrict(block)) continue;
    const arn = targetArn(work, block, bucket);
    const found = draft.resource(arn);
    if (found !== undefined) close(work, block, found, closed);
    else
      reading.report({
        code: 'ignored',
        path: block.address,
        message: 'the bucket is not in this file: its public access may be refused in spite of an allow',
        hint: 'give BlockPublicAccess with the policy of the bucket',
      });
  }
  for (const block of reading.index.ofType('aws_s3_account_public_access_block')) {
    if (!mayRestrict(block)) continue;
    const written = own(block.values, 'account_id');
    const account = typeof written === 'string' ? written : reading.placeOf(block).account;
    for (const one of draft.resourcesOfType('AWS::S3::Bucket'))
      if (one.account !== undefined && textKey(one.account) === account) close(work, block, one, closed);
    reading.report({
      code: 'ignored',
      path: block.address,
      message: 'this counts for the buckets of this file only',
      hint: 'for other buckets of the account, give BlockPublicAccess with their policies',
    });
  }
}

const mayRestrict = (block: TerraformResource): boolean =>
  own(block.values, setting) === true || isOpen(block, [setting]);

function close(
  { reading, policies }: Work,
  block: TerraformResource,
  found: ResourceDraft,
  closed: Set<ResourceDraft>,
): void {
  if (closed.has(found)) return;
  const report: Report = (code, path, message, hint) => reading.report({ code, path, message, hint });
  const path = `${block.address}.${setting}`;
  const state = own(block.values, setting) === true ? 'on' : unknown;
  const uses = publicRestriction(state, found.account, found.policies, path, report);
  if (state === 'on' && uses.length > 0) closed.add(found);
  for (const use of uses) found.policies.push({ ...use, origin: policies.origin(path) });
}
