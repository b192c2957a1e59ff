import type { ManagedPolicy } from '../../account/estate-data.js';
import { splitArn } from '../../value/arn.js';
import { checkDocument, decodeDocument, type Report } from '../document.js';
import { listOf, member, textMember } from '../json-input.js';

/** A managed policy; only its default version is in force. */
export function readManagedPolicy(
  value: unknown,
  path: string,
  report: Report,
  file: string | undefined,
): ManagedPolicy | undefined {
  const arn = textMember(value, 'Arn');
  if (arn === undefined || arn === '') {
    report(
      'malformed',
      `${path}.Arn`,
      'a policy without ARN is left out',
      'pass the output as the AWS CLI writes it',
    );
    return undefined;
  }
  const versions = listOf(member(value, 'PolicyVersionList')) ?? [];
  const index = defaultVersion(versions, textMember(value, 'DefaultVersionId'));
  const where = `${path}.PolicyVersionList[${Math.max(0, index)}].Document`;
  const document = index < 0 ? undefined : decodeDocument(member(versions[index], 'Document'));
  const name = textMember(value, 'PolicyName');
  const policy = {
    arn,
    account: splitArn(arn)[4] ?? '',
    names: name === undefined ? [] : [name],
    origin: { ...(file === undefined ? {} : { file }), path: where },
  };
  if (document === undefined) {
    const message = `the default version of ${arn} is not in the file`;
    report(
      'missingValue',
      `${path}.PolicyVersionList`,
      message,
      'answers that hang on the policy depend on it',
    );
    return { ...policy, unresolved: 'its default version is not in the file' };
  }
  checkDocument(document, 'identityPolicies', where, report);
  return { ...policy, document };
}

/** By its own mark, else by the id that the policy names, else the only one; -1 when that is not clear. */
function defaultVersion(versions: readonly unknown[], id: string | undefined): number {
  const marked = versions.flatMap((one, i) =>
    String(member(one, 'IsDefaultVersion')) === 'true' ? [i] : [],
  );
  if (marked.length === 1) return marked[0]!;
  const named = versions.findIndex((one) => id !== undefined && textMember(one, 'VersionId') === id);
  if (named >= 0) return named;
  const unmarked = versions.length === 1 && member(versions[0], 'IsDefaultVersion') === undefined;
  return unmarked ? 0 : -1;
}
