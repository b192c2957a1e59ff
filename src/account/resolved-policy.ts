import { type Issue, isIamError } from '../error.js';
import { parsePolicy } from '../parse-policy.js';
import { openTexts } from '../partial/holes.js';
import type { PolicyDocument, StatementDocument } from '../policy/document.js';
import type { PolicyKind } from '../policy/policy.js';
import type { EstateDocument } from './estate-data.js';
import { hasHole } from './text.js';

/** A policy whose text is not known, and the two condition keys its answers hang on. */
export interface Unresolved {
  /** Of the policy. */
  readonly name: string;
  /** Why its text is not known. */
  readonly reason: string;
  /** Present: the policy allows. */
  readonly allowKey: string;
  /** Present: the policy denies. */
  readonly denyKey: string;
  /** Where it stands for several policies: each of them. */
  readonly members?: readonly { readonly name: string; readonly reason: string }[];
}

/** A policy as the engine takes it. The same object wherever it applies, so that it need be compiled once only. */
export interface ResolvedPolicy {
  /** As explanations call it. */
  readonly name: string;
  /** Its text. */
  readonly document: EstateDocument;
  /** The document holds text with holes. */
  readonly open: boolean;
  /** What in it stands for text that is not known. */
  readonly unresolved?: readonly Unresolved[];
  /** Nothing in it is known. */
  readonly blank?: true;
}

/** What is wrong with documents that were read before, by kind. */
const checked = new WeakMap<object, Map<PolicyKind, readonly Issue[]>>();

/** What IAM would refuse in a document without holes. */
export function documentIssues(document: EstateDocument, kind: PolicyKind): readonly Issue[] {
  if (typeof document !== 'object' || document === null) return read(document, kind);
  const byKind = checked.get(document) ?? new Map<PolicyKind, readonly Issue[]>();
  checked.set(document, byKind);
  const known = byKind.get(kind) ?? read(document, kind);
  byKind.set(kind, known);
  return known;
}

function read(document: EstateDocument, kind: PolicyKind): readonly Issue[] {
  try {
    parsePolicy(document as PolicyDocument | string, { kind });
    return [];
  } catch (error) {
    if (!isIamError(error)) throw error;
    return error.issues;
  }
}

/** A policy with this text; unresolved when IAM would refuse the text, for nobody knows what is in force in its stead. */
export function knownPolicy(
  name: string,
  document: EstateDocument,
  kind: PolicyKind,
  count: () => number,
): ResolvedPolicy {
  const open = hasHole(document);
  const [issue] = open ? [] : documentIssues(document, kind);
  // Holes in JSON text are found by whoever reads the document.
  if (issue === undefined)
    return { name, document: open ? (openTexts(document) as EstateDocument) : document, open };
  const reason = `malformed: ${issue.path}: ${issue.message}; ${issue.hint}`;
  return unresolvedPolicy(name, reason, kind, count());
}

/**
 * Stands for a policy whose text is not known: an Allow and a Deny of everything, each on the condition that a key is present that
 * nobody knows. The engine of partial evaluation then says itself where the policy matters.
 */
export function unresolvedPolicy(
  name: string,
  reason: string,
  kind: PolicyKind,
  number: number,
): ResolvedPolicy {
  const allowKey = `unresolved:allow/${number}`;
  const denyKey = `unresolved:deny/${number}`;
  const everything =
    kind === 'trustPolicy'
      ? { Principal: { AWS: '*' }, Action: 'sts:*' }
      : kind === 'resourcePolicy' || kind === 'resourceControlPolicies' || kind === 'vpcEndpointPolicy'
        ? { Principal: '*', Action: '*', Resource: '*' }
        : { Action: '*', Resource: '*' };
  const statement = (effect: 'Allow' | 'Deny', key: string) => ({
    Effect: effect,
    ...everything,
    Condition: { Null: { [key]: 'false' } },
  });
  const deny = statement('Deny', denyKey);
  // RCPFullAWSAccess is always attached, so that a resource control policy has only denies to add (E50).
  const statements = kind === 'resourceControlPolicies' ? [deny] : [statement('Allow', allowKey), deny];
  const document: PolicyDocument = { Version: '2012-10-17', Statement: statements };
  return { name, document, open: false, unresolved: [{ name, reason, allowKey, denyKey }], blank: true };
}

/** Stands for a policy that has this text or is not there: each of its statements is on the condition that an unknown key is present. */
export function possiblePolicy(
  name: string,
  reason: string,
  text: EstateDocument,
  kind: PolicyKind,
  number: number,
): ResolvedPolicy {
  const known = knownPolicy(name, text, kind, () => number);
  const { document } = known;
  if (known.unresolved !== undefined || typeof document === 'string')
    return unresolvedPolicy(name, reason, kind, number);
  const blank = unresolvedPolicy(name, reason, kind, number).unresolved![0]!;
  const statements = [document.Statement].flat().map((statement) => {
    const { Effect, Condition } = statement as StatementDocument;
    const key = Effect === 'Deny' ? blank.denyKey : blank.allowKey;
    return { ...statement, Condition: { ...Condition, Null: { ...Condition?.Null, [key]: 'false' } } };
  });
  return {
    ...known,
    document: { ...document, Statement: statements } as EstateDocument,
    unresolved: [blank],
  };
}
