import type { PolicyUse } from '../../account/estate-data.js';
import { publicRestriction, type UnknownSetting } from '../resource-policies/block-public-access.js';
import type { Reading } from './reading.js';
import { physicalName } from './resource-names.js';
import { asPlain, identityOf, type SomeText } from './symbolic.js';

const block = 'PublicAccessBlockConfiguration';
const setting = `${block}.RestrictPublicBuckets`;
const unknown: UnknownSetting = {
  reason: 'whether public access is restricted is not known',
  hint: 'write true or false',
};

const unset: UnknownSetting = {
  reason: 'whether public access is restricted is not written',
  hint: 'write PublicAccessBlockConfiguration',
};

/** An access control list of a bucket that lets others in. */
export function reportAccessControl(reading: Reading): void {
  const written = reading.resource.get('AccessControl');
  if (written === undefined || /^(?:Private|BucketOwner.*)$/.test(asPlain(written) ?? '')) return;
  reading.report({
    code: 'unsupportedType',
    path: reading.resource.pathOf('AccessControl'),
    message: 'access control lists are not modelled: they may allow more than the policies',
    hint: 'check by hand what it allows',
  });
}

/** What the block of an access point adds to its own policy. Where it has none, S3 decides. */
export function pointRestrictions(reading: Reading, use: PolicyUse): readonly PolicyUse[] {
  const written = reading.resource.get(setting);
  const plain = asPlain(written);
  if (plain === 'false') return [];
  return restriction(
    reading,
    plain === 'true' ? 'on' : written === undefined ? unset : unknown,
    use,
    reading.resource,
  );
}

function restriction(
  reading: Reading,
  state: 'on' | UnknownSetting,
  use: PolicyUse,
  resource: Reading['resource'],
): readonly PolicyUse[] {
  return publicRestriction(
    state,
    reading.account,
    [use],
    resource.pathOf(setting),
    (code, path, message, hint) => reading.report({ code, path, message, hint }),
  );
}

/**
 * What a bucket of the template that restricts public policies adds to such a policy of it. S3 closes new buckets of which nothing is
 * written; those made before April 2023 are open, and how old one is is not known.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html
 */
export function restrictions(reading: Reading, bucket: SomeText, use: PolicyUse): readonly PolicyUse[] {
  const wanted = identityOf(bucket).key;
  // A nested stack is told the bucket by those around it.
  const stacks = [reading.stack];
  let outermost = reading.stack;
  for (let { parent } = outermost.input; parent !== undefined; { parent } = parent.input) {
    outermost = parent;
    stacks.push(parent);
  }
  // A stack of an app may import the bucket of another one.
  stacks.push(...(outermost.input.siblings ?? []));
  const buckets = stacks.flatMap((stack) =>
    [...stack.resources.values()].map((one) => [stack, one] as const),
  );
  for (const [stack, resource] of buckets) {
    if (resource.type !== 'AWS::S3::Bucket') continue;
    const written = resource.get(setting);
    const plain = asPlain(written);
    const isUnset = resource.get(block) === undefined;
    if (plain === 'false' || (written === undefined && !isUnset)) continue;
    if (identityOf(physicalName(stack, resource)).key !== wanted) continue;
    return restriction(reading, plain === 'true' ? 'on' : isUnset ? unset : unknown, use, resource);
  }
  return [];
}
