import { type CompiledPolicies, compile } from '../compile.js';
import type { PartialPoliciesInput } from '../partial/evaluate-partial.js';
import { PartialPolicies } from '../partial/partial-policies.js';
import { SharedDocuments } from '../partial/shared-documents.js';
import type { PoliciesInput } from '../policy/document.js';

const compiled = new WeakMap<PartialPoliciesInput, CompiledPolicies>();

/** Policies without holes, compiled once for each set: the assembly gives the same set for the same policies. */
export function compiledPolicies(policies: PartialPoliciesInput): CompiledPolicies {
  const known = compiled.get(policies);
  if (known !== undefined) return known;
  const made = compile(policies as PoliciesInput);
  compiled.set(policies, made);
  return made;
}

const partial = new WeakMap<PartialPoliciesInput, PartialPolicies>();

/** Policies that may hold holes, as they are assembled, read once for each set, and each document once for all sets. */
export function partialPolicies(policies: PartialPoliciesInput): PartialPolicies {
  const known = partial.get(policies);
  if (known !== undefined) return known;
  const made = new PartialPolicies(policies, documents);
  partial.set(policies, made);
  return made;
}

const documents = new SharedDocuments();
