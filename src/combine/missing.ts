import { strengths } from '../plan/decide.js';
import { keysNamed, leavesOf } from '../plan/know.js';
import type { Leaf } from '../plan/plan.js';
import { contextValues, sourceKey, withFollowing } from '../request/derive.js';
import type { Request } from '../request/request.js';
import { combine } from './combine.js';
import { compacted, layerKinds, type PlanSet } from './layer.js';
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
  return keysNamed(leaf).map((key) => {
    if (leaf.element === 'Condition' && leaf.test.key === key) return [key, leaf.test.spelling];
    // A variable: its own spelling, found by its folded name.
    const at = source.replace(/[A-Z]+/g, (run) => run.toLowerCase()).indexOf(`\${${key}`);
    return [key, source.slice(at + 2, at + 2 + key.length)];
  });
}

/**
 * The keys that the request does not carry and that could have changed the decision: each is read by a statement whose
 * applying or not, with some reading of the other missing keys, makes a difference. Keys of other statements are left out.
 */
export function missingContext(plans: PlanSet, request: Request): readonly string[] {
  const asked = keysAsked(plans, request);
  const missing = new Set([...asked.keys()].filter((key) => contextValues(request, key) === undefined));
  const { sure, open } = knowLayers(plans, request, withFollowing([...missing].map(sourceKey)));
  const known = compacted(sure);
  // Statements that would say the same are one sort, of which one is asked.
  const sorts = new Map<string, OpenStatement[]>();
  for (const one of open) {
    const { kind, level, statement } = one;
    const name = `${kind} ${level} ${statement.effect} ${strengths(statement, request)}`;
    const sort = sorts.get(name);
    if (sort === undefined) sorts.set(name, [one]);
    else sort.push(one);
  }
  const firsts = [...sorts.values()].map(([first]) => first!);
  const found = new Set<string>();
  for (const sort of sorts.values()) {
    if (!matters(sort[0]!)) continue;
    for (const { statement } of sort)
      for (const leaf of leavesOf(statement))
        for (const key of keysNamed(leaf)) if (missing.has(key)) found.add(asked.get(key)!);
  }
  return [...found].sort();

  /**
   * Turned over against every choice of the other open Allows. Those of the levels of one kind go together, as each level needs
   * one; those of a resource policy do not, since what names the caller more strongly makes others needless (E13). Of choices that
   * name it equally one is enough, so that there are few, whatever the policies are.
   */
  function matters(one: OpenStatement): boolean {
    const others = firsts.filter((other) => other !== one && other.statement.effect === 'Allow');
    const beside = others.filter(({ kind, level }) => kind === one.kind && level !== one.level);
    let choices = [beside];
    const choose = (group: readonly OpenStatement[]): void => {
      choices = choices.flatMap((chosen) => [chosen, [...chosen, ...group]]);
    };
    for (const other of others) {
      if (other.kind !== 'resourcePolicy') continue;
      choose([other]);
      choices = [...new Map(choices.map((chosen) => [namedBy(chosen), chosen])).values()];
    }
    for (const kind of layerKinds) {
      const group = others.filter((other) => other.kind === kind);
      if (kind !== 'resourcePolicy' && kind !== one.kind && group.length > 0) choose(group);
    }
    const decide = (list: readonly OpenStatement[]) =>
      combine(withOpen(known, list, request), request).decision;
    return choices.some((chosen) => decide(chosen) !== decide([...chosen, one]));
  }

  function namedBy(chosen: readonly OpenStatement[]): number {
    let bits = 0;
    for (const { statement } of chosen) bits |= strengths(statement, request);
    return bits;
  }
}
