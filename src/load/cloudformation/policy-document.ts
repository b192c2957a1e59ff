import type { EstateDocument, Origin, PolicyUse } from '../../account/estate-data.js';
import { isIamError } from '../../error.js';
import { parsePolicy } from '../../parse-policy.js';
import { fillHoles } from '../../partial/holes.js';
import type { PolicyDocument } from '../../policy/document.js';
import type { PolicyKind } from '../../policy/policy.js';
import { readPolicyText } from './policy-text.js';
import {
  asText,
  type Finding,
  isList,
  isObject,
  type SomeText,
  Symbolic,
  toText,
  undecidedIn,
  type Value,
} from './symbolic.js';

/** A policy as it stands in a template. */
export interface WrittenPolicy {
  readonly name: string;
  readonly kind: PolicyKind;
  readonly value: Value | undefined;
  readonly path: string;
  readonly file: string | undefined;
  /** Why it is not known whether the policy is there at all. */
  readonly doubt?: Finding | undefined;
  /** Changes the resources that the policy names. */
  readonly resource?: (text: SomeText) => SomeText;
  readonly report: (finding: Finding) => void;
}

/** The policy for an estate; one that is not wholly known is unresolved, never a part of itself. */
export function policyUse(written: WrittenPolicy): PolicyUse {
  const { name, value, path, report } = written;
  const origin: Origin = { ...(written.file === undefined ? {} : { file: written.file }), path };
  const unresolved = (finding: Finding): PolicyUse => {
    report(finding);
    return { name, unresolved: finding.message, origin };
  };
  if (written.doubt !== undefined) return unresolved(written.doubt);
  const undecided = undecidedIn(value);
  if (undecided !== undefined) return unresolved(undecided.finding);
  const wrong = (message: string, hint: string) => unresolved({ code: 'malformed', path, message, hint });
  if (value === undefined) return wrong(`${name} has no document`, 'write a policy document');
  const text = asText(value);
  const read = text === undefined ? value : readPolicyText(text);
  if (read === undefined) return wrong(`${name} is no JSON text`, 'write a policy document');
  if (hasImpostor(read)) return wrong(`${name} holds an object where IAM has text`, 'write text');
  const open = openPart(read);
  if (open !== undefined) {
    const message = `${open} of ${name} is known only after deployment`;
    const hint = 'write it out, or give the values it is made of';
    return unresolved({ code: 'unresolvedReference', path, message, hint });
  }
  const document = plain(read, written.resource) as EstateDocument;
  const issue = firstIssue(document, written.kind);
  if (issue !== undefined) return wrong(`${name} is no valid policy: ${issue}`, 'correct the document');
  return { name, document, origin };
}

/** An object of the template that looks like text with holes. */
function hasImpostor(value: Value): boolean {
  if (isList(value)) return value.some(hasImpostor);
  if (!isObject(value)) return false;
  return /^(?:hole|text)$/.test(Object.keys(value).join()) || Object.values(value).some(hasImpostor);
}

/** What cannot be a hole in a policy, and is one. */
function openPart(document: Value): string | undefined {
  if (!isObject(document)) return undefined;
  if (document.Version instanceof Symbolic) return 'the Version';
  const statements = document.Statement;
  for (const statement of isList(statements ?? []) ? (statements as readonly Value[]) : [statements]) {
    if (statement instanceof Symbolic) return 'the Statement';
    if (!isObject(statement)) continue;
    for (const member of ['Effect', 'Principal', 'NotPrincipal', 'Condition'])
      if (statement[member] instanceof Symbolic) return `the ${member} of a statement`;
    const condition = statement.Condition;
    if (isObject(condition) && Object.values(condition).some((lines) => lines instanceof Symbolic))
      return 'the Condition of a statement';
  }
  return undefined;
}

/** The document as an estate has it: text, and text with holes. */
function plain(value: Value, resource: WrittenPolicy['resource'], within = ''): unknown {
  const text = asText(value);
  if (text !== undefined) {
    const changed = resource !== undefined && /^(?:Not)?Resource$/.test(within) ? resource(text) : text;
    return toText(changed);
  }
  if (isList(value)) return value.map((item) => plain(item, resource, within));
  const out: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    // A name that is known only after deployment decides nothing.
    if ((name === 'Sid' || name === 'Id') && member instanceof Symbolic) continue;
    Object.defineProperty(out, name, {
      value: plain(member, resource, /^(?:Condition|Principal|NotPrincipal)$/.test(within) ? within : name),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return out;
}

/** What a hole may make unreadable, and need not. */
const ofValues = new Set([
  'ERR_IAM_VALUE',
  'ERR_IAM_ACTION',
  'ERR_IAM_RESOURCE',
  'ERR_IAM_PRINCIPAL',
  'ERR_IAM_CONDITION_VALUE',
]);

function firstIssue(document: EstateDocument, kind: PolicyKind): string | undefined {
  const open = JSON.stringify(document).includes('"hole":');
  try {
    parsePolicy(fillHoles(document, new Map()) as PolicyDocument, { kind });
  } catch (error) {
    if (!isIamError(error)) throw error;
    const issue = error.issues.find(({ code }) => !open || !ofValues.has(code));
    return issue && `${issue.path}: ${issue.message}`;
  }
  return undefined;
}
