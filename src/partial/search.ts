import type { PlanSet } from '../combine/layer.js';
import { knowLayers, possibleDecisions } from '../combine/possible.js';
import { leavesOf } from '../plan/know.js';
import type { Leaf } from '../plan/plan.js';
import type { Request } from '../request/request.js';
import type { Decision } from '../trace/decision.js';
import { type Dimension, dimensionsOf, filled, type State } from './dimension.js';

/** Readings of some dimensions that settle the decision, whatever the others are. */
export interface Region {
  /** State index by dimension; a dimension that is not here may be read in any way. */
  readonly fixed: ReadonlyMap<Dimension, number>;
  readonly decision: Decision;
}

export interface Search {
  readonly dimensions: readonly Dimension[];
  readonly regions: readonly Region[];
  /** False when something was not tried: the regions are then right but not all. */
  readonly complete: boolean;
}

/** More regions than this are not written down. */
const maximumRegions = 20_000;

/**
 * Splits the unknown keys until the three-valued decision rule knows the answer. Every region is what `decide` would answer to
 * any reading in it, since the leaves and the decision rule are the same.
 */
export function search(plans: PlanSet, request: Request, unknown: ReadonlySet<string>): Search {
  const { open } = knowLayers(plans, request, unknown);
  const leaves: Leaf[] = open.flatMap(({ statement }) => leavesOf(statement));
  const dimensions = dimensionsOf(leaves, unknown, request);
  const regions: Region[] = [];
  let complete = true;

  const split = (fixed: Map<Dimension, number>, state: State): void => {
    if (regions.length >= maximumRegions) {
      complete = false;
      return;
    }
    const asked = filled(request, state);
    const left = dimensions.filter((dimension) => !fixed.has(dimension));
    const stillUnknown = new Set(left.flatMap((dimension) => dimension.keys));
    const knowledge = knowLayers(plans, asked, stillUnknown);
    const decisions = possibleDecisions(knowledge, asked);
    if (decisions.size === 1) {
      regions.push({ fixed, decision: [...decisions][0]! });
      return;
    }
    // The dimension that most open statements read settles most.
    const reads = knowledge.open.map(({ statement }) => new Set(leavesOf(statement)));
    const weight = (dimension: Dimension) =>
      reads.filter((set) => dimension.leaves.some((leaf) => set.has(leaf))).length;
    const next = left.reduce((best, dimension) => (weight(dimension) > weight(best) ? dimension : best));
    complete &&= next.complete;
    next.states.forEach((one, index) => {
      split(new Map([...fixed, [next, index]]), new Map([...state, ...one]));
    });
  };
  split(new Map(), new Map());
  return { dimensions, regions, complete };
}
