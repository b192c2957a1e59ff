import type { EstateDocument, Origin, PolicyUse } from '../../account/estate-data.js';
import { type Issue, isIamError } from '../../error.js';
import { parsePolicy } from '../../parse-policy.js';
import { fillHoles, holeNames, textsOf } from '../../partial/holes.js';
import type { PolicyDocument } from '../../policy/document.js';
import type { PolicyKind } from '../../policy/policy.js';
import { openStatements } from './open-statements.js';
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
import { openLists } from './unknown-lists.js';

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
  readonly hole: (name: string, finding: Finding) => Symbolic;
}

/** The policy for an estate; one that is not wholly known is unresolved, never a part of itself. */
export function policyUse(written: WrittenPolicy): PolicyUse {
  const { name, path, report } = written;
  const origin: Origin = { ...(written.file === undefined ? {} : { file: written.file }), path };
  const unresolved = (finding: Finding): PolicyUse => {
    report(finding);
    return { name, unresolved: finding.message, origin };
  };
  if (written.doubt !== undefined) return unresolved(written.doubt);
  const lists = openLists(written.value, path, (list, where) =>
    written.hole(`${list.name} at ${where}`, list.finding),
  );
  const value = openStatements(lists, path, written.hole);
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
  for (const statement of statements !== undefined && isList(statements) ? statements : [statements]) {
    if (statement instanceof Symbolic) return 'the Statement';
    if (!isObject(statement)) continue;
    for (const member of ['Effect', 'Principal', 'NotPrincipal'])
      if (statement[member] instanceof Symbolic) return `the ${member} of a statement`;
  }
  return undefined;
}

/** A canonical user is no caller that anybody can ask about, whatever its 64 digits are. */
const nobody = '0'.repeat(64);

/** The document as an estate has it: text, and text with holes. */
function plain(value: Value, resource: WrittenPolicy['resource'], within = ''): unknown {
  const text = asText(value);
  if (text !== undefined) {
    if (within === 'CanonicalUser' && text instanceof Symbolic) return nobody;
    const changed = resource !== undefined && /^(?:Not)?Resource$/.test(within) ? resource(text) : text;
    return toText(changed);
  }
  if (isList(value)) return value.map((item) => plain(item, resource, within));
  const out: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    // A name that is known only after deployment decides nothing.
    if ((name === 'Sid' || name === 'Id') && member instanceof Symbolic) continue;
    Object.defineProperty(out, name, {
      value: plain(member, resource, within === 'Condition' ? within : name),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return out;
}

/** What can stand for a hole, so that one can tell whether the rest of a document can be read. */
const specimens = [
  'x',
  'arn:aws:iam::999999999990:role/x',
  '999999999990',
  's3:x',
  'true',
  '2030-01-01',
  '192.0.2.55',
  '7340951826',
];
/** A document with more holes is not tried. */
const mostHoles = 40;

/** The first thing in a document that IAM refuses, whatever its holes are. */
function firstIssue(document: EstateDocument, kind: PolicyKind): string | undefined {
  const filled = new Map<string, string>();
  const issuesWith = (name?: string, text?: string): readonly Issue[] => {
    const texts = name === undefined ? filled : new Map([...filled, [name, text!]]);
    try {
      parsePolicy(fillHoles(document, texts) as PolicyDocument, { kind });
      return [];
    } catch (error) {
      if (!isIamError(error)) throw error;
      return error.issues;
    }
  };
  const names = holeNames(textsOf(document));
  if (names.length > mostHoles) return undefined;
  for (const name of names) {
    const counts = specimens.map((text) => issuesWith(name, text).length);
    filled.set(name, specimens[counts.indexOf(Math.min(...counts))]!);
  }
  const [issue] = issuesWith();
  return issue && `${issue.path}: ${issue.message}`;
}
