import type { PolicyUse } from '../../account/estate-data.js';
import { publicRestriction, type UnknownSetting } from '../resource-policies/block-public-access.js';
import type { Reading } from './reading.js';
import { physicalName } from './resource-names.js';
import { asPlain, identityOf, type SomeText } from './symbolic.js';

const setting = 'PublicAccessBlockConfiguration.RestrictPublicBuckets';
const unknown: UnknownSetting = {
  reason: 'whether public access is restricted is not known',
  hint: 'write true or false',
};

/** What a bucket of the template that restricts public policies adds to such a policy of it. */
export function restrictions(reading: Reading, bucket: SomeText, use: PolicyUse): readonly PolicyUse[] {
  const wanted = identityOf(bucket).key;
  for (const resource of reading.stack.resources.values()) {
    if (resource.type !== 'AWS::S3::Bucket') continue;
    const written = resource.get(setting);
    const plain = asPlain(written);
    if (written === undefined || plain === 'false') continue;
    if (identityOf(physicalName(reading.stack, resource)).key !== wanted) continue;
    const state = plain === 'true' ? 'on' : unknown;
    return publicRestriction(
      state,
      reading.account,
      [use],
      resource.pathOf(setting),
      (code, path, message, hint) => reading.report({ code, path, message, hint }),
    );
  }
  return [];
}
