import { InvalidPolicyError, type Issue } from './error.js';
import type { PolicyDocument } from './policy/document.js';
import { grammars } from './policy/grammar.js';
import { readPolicy } from './policy/parse.js';
import type { Policy, PolicyKind } from './policy/policy.js';

/** What the document itself does not say. */
export interface ParsePolicyOptions {
  /** The kind decides which elements a document must and may not have. */
  readonly kind: PolicyKind;
}

/**
 * Reads and checks one policy document. From JSON text, duplicate members are found too, and issues carry line and column.
 *
 * @example
 * ```ts
 * const text = '{ "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Action": "*", "Resource": "*" } }';
 * console.log(parsePolicy(text, { kind: 'identityPolicies' }).statements[0]?.effect); // Deny
 * ```
 * @throws InvalidPolicyError with every issue of the document
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(input: PolicyDocument | string, options: ParsePolicyOptions): Policy {
  const issues: Issue[] = [];
  let policy: Policy | undefined;
  const kind = kindOf(options);
  if (kind === undefined) {
    const hint = `use ${Object.keys(grammars).join(', ')}`;
    issues.push({ path: 'kind', code: 'ERR_IAM_VALUE', message: 'this is no kind of policy', hint });
  } else {
    try {
      policy = readPolicy(input, kind, 'policy', issues);
    } catch {
      const message = 'the object throws when it is read';
      issues.push({ path: 'policy', code: 'ERR_IAM_TYPE', message, hint: 'pass plain JSON data' });
    }
  }
  if (policy === undefined || issues.length > 0) throw new InvalidPolicyError(issues);
  return policy;
}

function kindOf(options: unknown): PolicyKind | undefined {
  try {
    const { kind } = options as ParsePolicyOptions;
    return typeof kind === 'string' && Object.hasOwn(grammars, kind) ? kind : undefined;
  } catch {
    return undefined;
  }
}
