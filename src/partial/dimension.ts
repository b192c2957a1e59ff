import { leafKeys } from '../plan/know.js';
import { testLeaf } from '../plan/leaf.js';
import type { Leaf } from '../plan/plan.js';
import type { Request } from '../request/request.js';
import { candidateValues } from './candidates.js';
import type { KeyedLeaf } from './fitting.js';

/** One reading of one or several unknown keys: the values of each, an empty list being "absent". */
export type State = ReadonlyMap<string, readonly string[]>;

/**
 * Unknown keys that some condition joins, with one state for each way in which the conditions on them can turn out. Keys that
 * no condition joins have a dimension of their own.
 */
export interface Dimension {
  readonly keys: readonly string[];
  readonly leaves: readonly KeyedLeaf[];
  readonly states: readonly State[];
  /** All combinations that were tried, and the index of the state each one amounts to. */
  readonly tried: readonly { readonly state: State; readonly index: number }[];
  /** Whether every way is among the states. */
  readonly complete: boolean;
}

/** The request with the unknown keys of a state filled in. */
export function filled(request: Request, state: State): Request {
  return { ...request, context: new Map([...request.context, ...state]) };
}

/** Groups the unknown keys that stand together in one leaf, and finds the states of each group. */
export function dimensionsOf(
  leaves: readonly Leaf[],
  unknown: ReadonlySet<string>,
  request: Request,
): Dimension[] {
  const groups: { keys: Set<string>; leaves: KeyedLeaf[] }[] = [];
  const open = (leaf: Leaf) => leafKeys(leaf).filter((key) => unknown.has(key));
  for (const leaf of leaves.filter((one): one is KeyedLeaf => open(one).length > 0)) {
    const keys = open(leaf);
    const joined = groups.filter((group) => keys.some((key) => group.keys.has(key)));
    const merged = {
      keys: new Set([...joined.flatMap((group) => [...group.keys]), ...keys]),
      leaves: [...joined.flatMap((group) => group.leaves), leaf],
    };
    for (const group of joined) groups.splice(groups.indexOf(group), 1);
    groups.push(merged);
  }
  return groups.map((group) => dimension([...group.keys].sort(), group.leaves, request));
}

/** More combinations than this of the values of joined keys are not tried. */
const maximumTried = 32_768;

function dimension(keys: readonly string[], leaves: readonly KeyedLeaf[], request: Request): Dimension {
  const candidates = candidateValues(keys, leaves, request);
  let { complete } = candidates;
  let combinations: State[] = [new Map()];
  for (const key of keys) {
    const lists = candidates.values.get(key)!;
    const longer = combinations.flatMap((state) => lists.map((list) => new Map([...state, [key, list]])));
    if (longer.length > maximumTried) complete = false;
    combinations = longer.slice(0, maximumTried);
  }
  const states: State[] = [];
  const tried: { state: State; index: number }[] = [];
  const indexes = new Map<string, number>();
  for (const state of combinations) {
    const asked = filled(request, state);
    const present = keys.map((key) => (state.get(key)?.length === 0 ? '0' : '1')).join('');
    const name = `${present} ${leaves.map((leaf) => (testLeaf(leaf, asked) > 0 ? '1' : '0')).join('')}`;
    let index = indexes.get(name);
    if (index === undefined) {
      index = states.length;
      indexes.set(name, index);
      states.push(state);
    }
    tried.push({ state, index });
  }
  return { keys, leaves, states, tried, complete };
}
