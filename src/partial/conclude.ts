import type { Request } from '../request/request.js';
import type { Decision } from '../trace/decision.js';
import type { Dimension } from './dimension.js';
import { type Clause, minimize } from './minimize.js';
import type { Search } from './search.js';

/** A decision that can be reached, and a way to it. */
export interface Reachable {
  /** What is decided this way. */
  readonly decision: Decision;
  /** Values of the unknown keys; an empty list stands for an absent key. */
  readonly context: Readonly<Record<string, readonly string[]>>;
  /** Texts of the holes. */
  readonly holes: Readonly<Record<string, string>>;
}

/** What is certain when parts of a request or of its policies are not known. */
export interface PartialEvaluation {
  /** `depends` when what is unknown can change it. */
  readonly decision: Decision | 'depends';
  /** The keys that can change the decision, as the policy spells them, and the holes, as `{Name}`. */
  readonly dependsOn: readonly string[];
  /** Allowed exactly if all lines of one of these clauses hold. One empty clause: always; no clause: never. */
  readonly allowedIf: readonly Clause[];
  /** Every decision that can be reached, with a way to it. */
  readonly reachable: readonly Reachable[];
  /** False when not everything that is unknown could be tried: `allowedIf` then covers what was. */
  readonly exact: boolean;
}

/** Regions → answer. */
export function conclude(
  found: Search,
  spelling: (key: string) => string,
  request: Request,
): PartialEvaluation {
  const { regions, dimensions, complete } = found;
  const decisions = [...new Set(regions.map(({ decision }) => decision))].sort();
  const reachable = decisions.map((decision): Reachable => {
    const { fixed } = regions.find((region) => region.decision === decision)!;
    const context = dimensions.flatMap((dimension) => {
      const state = dimension.states[fixed.get(dimension) ?? 0]!;
      return [...state].map(([key, values]) => [spelling(key), values] as const);
    });
    return { decision, context: Object.fromEntries(context), holes: {} };
  });
  const settled = decisions.length === 1 && complete;
  return {
    decision: settled ? decisions[0]! : 'depends',
    dependsOn: settled ? [] : dependsOn(found).map(spelling).sort(),
    allowedIf: minimize(found, spelling, request),
    reachable,
    exact: complete,
  };
}

/** A key matters if two readings that differ in it alone lead to different decisions, or if not all of its readings were tried. */
function dependsOn({ dimensions, regions, complete }: Search): string[] {
  const read = dimensions.filter((dimension) => regions.some(({ fixed }) => fixed.has(dimension)));
  return read.flatMap((dimension) =>
    dimension.keys.filter((key) => {
      if (!dimension.complete || (!complete && regions.length > 2000)) return true;
      const others = (state: ReadonlyMap<string, readonly string[]>) =>
        JSON.stringify([...state].filter(([name]) => name !== key));
      const groups = new Map<string, Set<number>>();
      for (const { state, index } of dimension.tried) {
        const name = others(state);
        groups.set(name, (groups.get(name) ?? new Set()).add(index));
      }
      return [...groups.values()].some((indexes) => differs(dimension, indexes, regions));
    }),
  );
}

function differs(dimension: Dimension, indexes: ReadonlySet<number>, regions: Search['regions']): boolean {
  const concerned = regions.filter(({ fixed }) => indexes.has(fixed.get(dimension) ?? -1));
  for (const one of concerned) {
    for (const other of concerned) {
      if (one.decision === other.decision) continue;
      const together = [...one.fixed].every(
        ([at, state]) => at === dimension || (other.fixed.get(at) ?? state) === state,
      );
      if (together) return true;
    }
  }
  return false;
}
