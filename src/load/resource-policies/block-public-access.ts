import type { PolicyUse } from '../../account/estate-data.js';
import type { StatementDocument } from '../../policy/document.js';
import type { Report } from '../document.js';
import { listOf, member } from '../json-input.js';

/**
 * RestrictPublicBuckets: while the policy of a bucket is public, only AWS services and the owner's account get through it. A policy with
 * an Allow for everybody without any condition is public; with conditions it may be, and that is left open.
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
  return restricted ? ownAccountOnly(account, uses, `${path}.BlockPublicAccess`, report) : [];
}

/** The same where RestrictPublicBuckets is known to be on. */
export function ownAccountOnly(
  account: string | undefined,
  uses: readonly PolicyUse[],
  path: string,
  report: Report,
): readonly PolicyUse[] {
  const statements = uses.flatMap((use) => ('document' in use ? statementsOf(use.document) : []));
  const open = statements.filter(
    (one) =>
      member(one, 'Effect') === 'Allow' &&
      isEverybody(member(one, 'Principal')) &&
      !isFixed(member(one, 'Condition')),
  );
  if (open.length === 0) return [];
  const name = 'public access block';
  if (account === undefined || open.every((one) => member(one, 'Condition') !== undefined)) {
    const message = 'public access is restricted, and the policy may be public or not';
    report('ambiguous', path, message, 'answers depend on it; name the principals in the policy');
    return [{ name, unresolved: 'the policy may be public or not' }];
  }
  const deny: StatementDocument = {
    Sid: 'RestrictPublicBuckets',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: '*',
    Condition: {
      StringNotEquals: { 'aws:PrincipalAccount': account },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    },
  };
  return [{ name, document: { Version: '2012-10-17', Statement: [deny] } }];
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
const fixing = /^aws:(?:principalorgid|sourcevpc|sourcevpce|sourceaccount|sourceowner)$/i;

function isFixed(condition: unknown): boolean {
  const lines = member(condition, 'StringEquals');
  if (typeof lines !== 'object' || lines === null) return false;
  return Object.entries(lines).some(([key, value]) => {
    const values: readonly unknown[] = [value].flat();
    const plain = values.every((one) => typeof one === 'string' && !/[*?$]/.test(one));
    return fixing.test(key) && values.length > 0 && plain;
  });
}
