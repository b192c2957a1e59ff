import { type CompiledPolicies, compile } from '../compile.js';
import type { PartialPoliciesInput } from '../partial/evaluate-partial.js';
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
