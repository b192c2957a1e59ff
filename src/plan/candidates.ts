import type { ResourceTest } from '../match/resource.js';
import type { Request } from '../request/request.js';
import { segmentsOf } from '../value/arn.js';
import { holds } from './decide.js';
import type { PlanNode, StatementPlan } from './plan.js';

/** Shorter lists are gone through as they are. */
const short = 8;

/**
 * Statements of one effect whose action element matches the action asked for. What is left of them is tested, the cheapest
 * first; long lists are split by how the resource begins. Only a filter: it skips statements whose resource cannot match.
 */
export class Candidates {
  /** Those that may apply to any resource; all of them when the list is short. */
  readonly #anywhere: readonly StatementPlan[];
  /** The others by the first one or two segments of the resource. */
  readonly #beginnings: ReadonlyMap<string, readonly StatementPlan[]> | undefined;
  /** Some statement applies whatever the request is. */
  readonly #always: boolean;
  readonly empty: boolean;

  constructor(statements: readonly StatementPlan[]) {
    const sorted = [...statements].sort((a, b) => a.beyondAction.length - b.beyondAction.length);
    this.empty = sorted.length === 0;
    this.#always = sorted[0]?.beyondAction.length === 0;
    if (sorted.length <= short) {
      this.#anywhere = sorted;
      return;
    }
    const anywhere: StatementPlan[] = [];
    const beginnings = new Map<string, StatementPlan[]>();
    for (const statement of sorted) {
      const keys = beginningsOf(statement);
      if (keys === undefined) anywhere.push(statement);
      else
        for (const key of keys) {
          const list = beginnings.get(key);
          if (list === undefined) beginnings.set(key, [statement]);
          else list.push(statement);
        }
    }
    this.#anywhere = anywhere;
    this.#beginnings = beginnings;
  }

  /** Whether one of them applies. */
  someApplies(request: Request): boolean {
    return this.#always || (!this.empty && this.find(request, () => true));
  }

  /** Hands over each one that applies, until one is taken. */
  find(request: Request, take: (statement: StatementPlan) => boolean): boolean {
    if (first(this.#anywhere, request, take)) return true;
    const beginnings = this.#beginnings;
    const segments = request.resource.segments;
    if (beginnings === undefined || segments === undefined) return false;
    const [one, two] = segments;
    return (
      first(beginnings.get(one), request, take) ||
      (two !== undefined && first(beginnings.get(two), request, take))
    );
  }
}

function first(
  statements: readonly StatementPlan[] | undefined,
  request: Request,
  take: (statement: StatementPlan) => boolean,
): boolean {
  if (statements !== undefined)
    for (const statement of statements)
      if (appliesBeyondAction(statement, request) && take(statement)) return true;
  return false;
}

/** Whether the parts after the action hold. */
function appliesBeyondAction(statement: StatementPlan, request: Request): boolean {
  const nodes = statement.beyondAction;
  for (let i = 0; i < nodes.length; i++) if (!holds(nodes[i]!, request)) return false;
  return true;
}

/** How all resources of a statement begin; undefined when one may begin in any way. */
function beginningsOf(statement: StatementPlan): ReadonlySet<string> | undefined {
  const node = statement.parts.find(({ element }) => element === 'Resource')?.node;
  if (node === undefined) return undefined;
  const leaves: readonly PlanNode[] = node.kind === 'any' ? node.of : [node];
  const keys = new Set<string>();
  for (const leaf of leaves) {
    const key = leaf.kind === 'test' && leaf.element === 'Resource' ? beginningOf(leaf.test) : undefined;
    if (key === undefined) return undefined;
    keys.add(key);
  }
  return keys;
}

function beginningOf({ rest }: ResourceTest): string | undefined {
  const [piece] = rest?.pieces ?? [];
  if (typeof piece !== 'string') return undefined;
  if (rest!.pieces.length === 1) {
    const [one, two] = segmentsOf(piece);
    return two ?? one;
  }
  // A segment counts only when its end is in the text.
  const [one, two] = segmentsOf(piece);
  if (two !== undefined && two.length < piece.length) return two;
  return one.length < piece.length ? one : undefined;
}
