import type { EstateDocument, Origin, PolicyUse } from '../account/estate-data.js';
import { documentIssues } from '../account/resolved-policy.js';
import type { PolicyDocument } from '../policy/document.js';
import type { PolicyKind } from '../policy/policy.js';
import type { Diagnostic } from './diagnostic.js';

/** Takes a diagnostic; the loader adds the name of the file. */
export type Report = (code: Diagnostic['code'], path: string, message: string, hint: string) => void;

/** A policy as a file has it: an object, JSON text, or URL-encoded JSON text as the API itself sends it (RFC 3986). */
export function decodeDocument(value: unknown): EstateDocument | undefined {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as PolicyDocument;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const text = value.trim();
  if (text.startsWith('{') || !text.includes('%')) return text;
  try {
    return decodeURIComponent(text).trim();
  } catch {
    return text;
  }
}

/**
 * A policy with this text. One that is missing is not resolved; one that IAM would refuse is reported here, and answers will depend on
 * it.
 */
export function policyUse(
  name: string,
  value: unknown,
  kind: PolicyKind,
  origin: Origin,
  report: Report,
): PolicyUse {
  const path = origin.path ?? name;
  const document = decodeDocument(value);
  if (document === undefined) {
    report('missingValue', path, `the policy ${name} has no text`, 'answers that hang on it depend on it');
    return { name, unresolved: 'no text in the file', origin };
  }
  checkDocument(document, kind, path, report);
  return { name, document, origin };
}

/** Reports what IAM would refuse. */
export function checkDocument(
  document: EstateDocument,
  kind: PolicyKind,
  path: string,
  report: Report,
): void {
  for (const issue of documentIssues(document, kind).slice(0, 5))
    report('malformed', `${path}${issue.path.replace(/^policy/, '')}`, issue.message, issue.hint);
}
