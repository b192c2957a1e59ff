import type { PolicyUse } from '../../account/estate-data.js';
import { piecesOf } from '../../partial/holes.js';
import type { PolicyDocument, StatementDocument } from '../../policy/document.js';
import type { Report } from '../document.js';
import { listOf, member } from '../json-input.js';

/**
 * RestrictPublicBuckets: while the policy of a bucket is public, only AWS services and the owner's account get through it. A policy with
 * an Allow for everybody without any condition is public; with a condition on a fixed value it is not; with others it may be, and that is
 * left open.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export function restrictedPublicAccess(
  value: unknown,
  account: string | undefined,
  uses: readonly PolicyUse[],
  path: string,
  report: Report,
): readonly PolicyUse[] {
  const block = member(value, 'BlockPublicAccess') ?? member(value, 'PublicAccessBlockConfiguration');
  const restricted = String(member(block, 'RestrictPublicBuckets')) === 'true';
  return restricted ? publicRestriction('on', account, uses, `${path}.BlockPublicAccess`, report) : [];
}

/** Why nobody knows whether RestrictPublicBuckets is on, and what to do about it. */
export interface UnknownSetting {
  readonly reason: string;
  readonly hint: string;
}

const name = 'public access block';

/**
 * What RestrictPublicBuckets adds to the policies of a bucket where it is on. Where that is not known, a policy which it would touch may
 * be restricted or not.
 */
export function publicRestriction(
  setting: 'on' | UnknownSetting,
  account: string | undefined,
  uses: readonly PolicyUse[],
  path: string,
  report: Report,
): readonly PolicyUse[] {
  const open = openStatements(uses);
  if (open.length === 0) return [];
  if (setting !== 'on') {
    report('missingValue', path, setting.reason, setting.hint);
    return [{ name, unresolved: setting.reason, possible: ownAccountOnly(account) }];
  }
  if (account !== undefined && open.some((one) => member(one, 'Condition') === undefined))
    return [{ name, document: ownAccountOnly(account) }];
  const message = 'public access is restricted, and the policy may be public or not';
  report('ambiguous', path, message, 'answers depend on it; name the principals in the policy');
  return [{ name, unresolved: 'the policy may be public or not', possible: ownAccountOnly(account) }];
}

/** Those that make a policy public, or may do so. */
function openStatements(uses: readonly PolicyUse[]): readonly unknown[] {
  const statements = uses.flatMap((use) => ('document' in use ? statementsOf(use.document) : []));
  return statements.filter(
    (one) =>
      member(one, 'Effect') === 'Allow' &&
      (isEverybody(member(one, 'Principal')) || member(one, 'NotPrincipal') !== undefined) &&
      !isFixed(member(one, 'Condition')),
  );
}

/** A block allows nothing, and leaves services and the callers of the account alone. Where no account is known it may deny all others. */
function ownAccountOnly(account: string | undefined): PolicyDocument {
  const deny: StatementDocument = {
    Sid: 'RestrictPublicBuckets',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: '*',
    Condition: {
      ...(account === undefined ? {} : { StringNotEquals: { 'aws:PrincipalAccount': account } }),
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    },
  };
  return { Version: '2012-10-17', Statement: [deny] };
}

function statementsOf(document: unknown): readonly unknown[] {
  try {
    const value: unknown = typeof document === 'string' ? JSON.parse(document) : document;
    return listOf(member(value, 'Statement')) ?? [];
  } catch {
    return []; // Reported where the policy was read.
  }
}

const isEverybody = (principal: unknown): boolean =>
  principal === '*' || [member(principal, 'AWS')].flat().includes('*');

/** Keys of the page above whose fixed values, without wildcards or variables, make a statement not public. */
const fixing =
  /^(?:aws:(?:principalorgid|source(?:arn|vpc|vpce|account|owner)|userid)|s3:(?:dataaccesspoint(?:arn|account)|x-amz-server-side-encryption-aws-kms-key-id))$/i;

/** Of ranges of addresses, those that are not broader than this are not public. */
const narrowest = { v4: 8, v6: 32 };

function isFixed(condition: unknown): boolean {
  if (typeof condition !== 'object' || condition === null) return false;
  return Object.entries(condition).some(([operator, lines]) => {
    const keys = typeof lines === 'object' && lines !== null ? Object.entries(lines) : [];
    const equal = /^(?:String(?:Equals(?:IgnoreCase)?|Like)|Arn(?:Equals|Like))$/.test(operator);
    const inRange = operator === 'IpAddress';
    return keys.some(([key, value]) => {
      const values: readonly unknown[] = [value].flat();
      if (values.length === 0) return false;
      if (inRange) return /^aws:sourceip$/i.test(key) && values.every(isNarrow);
      return equal && fixing.test(key) && values.every(isPlainText);
    });
  });
}

/** A hole is one value too: that of an endpoint or an account which exists after deployment. */
const isPlainText = (value: unknown): boolean => {
  const pieces = typeof value === 'string' ? [value] : piecesOf(value);
  return pieces?.every((piece) => typeof piece !== 'string' || !/[*?$]/.test(piece)) === true;
};

function isNarrow(range: unknown): boolean {
  const [address = '', bits] = typeof range === 'string' ? range.split('/') : [];
  if (address === '') return false;
  return bits === undefined || Number(bits) >= (address.includes(':') ? narrowest.v6 : narrowest.v4);
}
