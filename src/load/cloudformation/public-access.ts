import type { PolicyUse } from '../../account/estate-data.js';
import { ownAccountOnly } from '../resource-policies/block-public-access.js';
import type { Reading } from './reading.js';
import { physicalName } from './resource-names.js';
import { asPlain, identityOf, type SomeText } from './symbolic.js';

const setting = 'PublicAccessBlockConfiguration.RestrictPublicBuckets';

/** What a bucket of the template that restricts public policies adds to such a policy of it. */
export function restrictions(reading: Reading, bucket: SomeText, use: PolicyUse): readonly PolicyUse[] {
  const wanted = identityOf(bucket).key;
  for (const resource of reading.stack.resources.values()) {
    if (resource.type !== 'AWS::S3::Bucket') continue;
    const written = resource.get(setting);
    const plain = asPlain(written);
    if (written === undefined || plain === 'false') continue;
    if (identityOf(physicalName(reading.stack, resource)).key !== wanted) continue;
    const path = resource.pathOf(setting);
    const uses = ownAccountOnly(reading.account, [use], path, (code, at, message, hint) =>
      reading.report({ code, path: at, message, hint }),
    );
    if (plain === 'true' || uses.length === 0) return uses;
    const reason = 'whether public access is restricted is not known';
    reading.report({ code: 'missingValue', path, message: reason, hint: 'write true or false' });
    return [{ name: 'public access block', unresolved: reason }];
  }
  return [];
}
