import type { PolicyUse } from '../../account/estate-data.js';
import type { Reading } from './reading.js';
import { physicalName } from './resource-names.js';
import { asPlain, asText, identityOf, isList, isObject, type SomeText, type Value } from './symbolic.js';

/** A condition on one of these keys makes a statement not public. See s3/latest/userguide/access-control-block-public-access.html */
const limits =
  /^(?:aws:(?:principal(?:orgid|orgpaths|arn|account)|source(?:arn|vpc|vpce|owner|account|ip)|userid)|s3:dataaccesspoint(?:arn|account)|s3:x-amz-server-side-encryption-aws-kms-key-id)$/i;

/**
 * A bucket that restricts public policies opens a public one only to its own account and to services. That is not evaluated here: such
 * a policy is unresolved, rather than open to everybody.
 */
export function restricted(
  reading: Reading,
  bucket: SomeText,
  document: Value | undefined,
  use: PolicyUse,
): PolicyUse {
  if (!('document' in use) || !isPublic(document)) return use;
  const wanted = identityOf(bucket).key;
  for (const resource of reading.stack.resources.values()) {
    if (resource.type !== 'AWS::S3::Bucket') continue;
    const restricts =
      asPlain(resource.get('PublicAccessBlockConfiguration.RestrictPublicBuckets')) === 'true';
    if (!restricts || identityOf(physicalName(reading.stack, resource)).key !== wanted) continue;
    const path = resource.pathOf('PublicAccessBlockConfiguration.RestrictPublicBuckets');
    const message = `the bucket ${resource.id} restricts its public policy to its own account, which is not evaluated`;
    const hint = 'name the principals in the policy';
    return reading.unresolved(reading.resource.id, { code: 'unsupportedFunction', path, message, hint });
  }
  return use;
}

function isPublic(document: Value | undefined): boolean {
  const statements = isObject(document) ? document.Statement : undefined;
  const list = statements === undefined ? [] : isList(statements) ? statements : [statements];
  return list.some((statement) => {
    if (!isObject(statement) || asPlain(statement.Effect) !== 'Allow') return false;
    const principal = isObject(statement.Principal) ? statement.Principal.AWS : statement.Principal;
    const everyone = [principal ?? ''].flat().some((one) => asText(one as Value) === '*');
    return everyone && !isLimited(statement.Condition);
  });
}

const isLimited = (condition: Value | undefined): boolean =>
  isObject(condition) &&
  Object.values(condition).some(
    (lines) => isObject(lines) && Object.keys(lines).some((key) => limits.test(key)),
  );
