import { leafKeys, leavesOf } from '../plan/know.js';
import type { Leaf } from '../plan/plan.js';
import { contextValues } from '../request/derive.js';
import type { Request } from '../request/request.js';
import { combine } from './combine.js';
import { layerKinds, type PlanSet } from './layer.js';
import { knowLayers, type OpenStatement, withOpen } from './possible.js';

/** Every key a statement that the action index offers asks for, as the policy spells it, by folded key. */
export function keysAsked(plans: PlanSet, request: Request): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const plan of layerKinds.flatMap((kind) => plans[kind])) {
    for (const statement of [...plan.denies.candidates(request), ...plan.allows.candidates(request)]) {
      for (const leaf of leavesOf(statement)) {
        for (const [key, spelling] of spellings(leaf)) if (!keys.has(key)) keys.set(key, spelling);
      }
    }
  }
  return keys;
}

function spellings(leaf: Leaf): readonly (readonly [string, string])[] {
  const text = leaf.element === 'Condition' ? leaf.test.values.map((value) => value.text).join('\n') : '';
  const source = leaf.element === 'Resource' || leaf.element === 'NotResource' ? leaf.test.text : text;
  return leafKeys(leaf).map((key) => {
    if (leaf.element === 'Condition' && leaf.test.key === key) return [key, leaf.test.spelling];
    // A variable: its own spelling, found by its folded name.
    const at = source.replace(/[A-Z]+/g, (run) => run.toLowerCase()).indexOf(`\${${key}`);
    return [key, at < 0 ? key : source.slice(at + 2, at + 2 + key.length)];
  });
}

/**
 * The keys that the request does not carry and that could have changed the decision: each is read by a statement whose
 * applying or not, with some reading of the other missing keys, makes a difference. Keys of other statements are left out.
 */
export function missingContext(plans: PlanSet, request: Request): readonly string[] {
  const asked = keysAsked(plans, request);
  const missing = new Set([...asked.keys()].filter((key) => contextValues(request, key) === undefined));
  const { sure, open } = knowLayers(plans, request, missing);
  const found = new Set<string>();
  for (const one of open) {
    if (!matters(one)) continue;
    for (const leaf of leavesOf(one.statement)) {
      for (const key of leafKeys(leaf)) if (missing.has(key)) found.add(asked.get(key)!);
    }
  }
  return [...found].sort();

  /** Turned over against every choice of the other kinds' open allows, alone in its own. */
  function matters(one: OpenStatement): boolean {
    const others = layerKinds
      .map((kind) => open.filter((other) => other.kind === kind && other.statement.effect === 'Allow'))
      .filter((group) => group.length > 0 && group[0]!.kind !== one.kind);
    const beside = open.filter(
      (other) => other.kind === one.kind && other.level !== one.level && other.statement.effect === 'Allow',
    );
    for (let choice = 0; choice < 1 << others.length; choice++) {
      const chosen = [...beside, ...others.filter((_, i) => ((choice >> i) & 1) === 1).flat()];
      const decide = (list: readonly OpenStatement[]) =>
        combine(withOpen(sure, list, request), request).decision;
      if (decide(chosen) !== decide([...chosen, one])) return true;
    }
    return false;
  }
}
