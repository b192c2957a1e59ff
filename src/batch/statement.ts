import { holds } from '../plan/decide.js';
import { keysNamed } from '../plan/know.js';
import type { PlanNode, StatementPlan } from '../plan/plan.js';
import { followsFromCaller } from '../request/derive.js';
import type { Request } from '../request/request.js';

/** A node, and what it asks of the caller. */
interface AskingNode {
  readonly node: PlanNode;
  readonly about: CallerKeys;
}

/** Folded keys that follow from the caller, or `whoever` where a Principal element asks for the caller itself. */
type CallerKeys = readonly string[] | typeof whoever;

const whoever = 'whoever';
const none: readonly PlanNode[] = [];

/** One statement of a batch, which knows what of it hangs on who asks. */
export class BatchStatement {
  readonly plan: StatementPlan;
  /** The number of its document among those of all callers. */
  readonly document: number;
  /** It stands in a resource policy, whose allows count by how they name the caller (E13). */
  readonly naming: boolean;
  #nodes: readonly AskingNode[] | undefined;

  constructor(plan: StatementPlan, document: number, naming: boolean) {
    this.plan = plan;
    this.document = document;
    this.naming = naming;
  }

  /**
   * Settles what is the same for every caller, the action aside. Left are the nodes to be asked of each; undefined where the
   * statement applies to nobody.
   */
  openNodes(request: Request): readonly PlanNode[] | undefined {
    this.#nodes ??= this.plan.beyondAction.map((node) => ({ node, about: callerKeys(node) }));
    let open: PlanNode[] | undefined;
    for (const { node, about } of this.#nodes) {
      if (hangsOnCaller(about, request)) {
        open ??= [];
        open.push(node);
      } else if (!holds(node, request)) return undefined;
    }
    return open ?? none;
  }
}

/** What the question itself carries in its context is the same for every caller. */
function hangsOnCaller(about: CallerKeys, request: Request): boolean {
  if (about === whoever) return true;
  for (const key of about) if (request.context.get(key) === undefined) return true;
  return false;
}

function callerKeys(node: PlanNode): CallerKeys {
  switch (node.kind) {
    case 'not':
      return callerKeys(node.of);
    case 'any': {
      const all = node.of.map(callerKeys);
      return all.includes(whoever) ? whoever : (all as (readonly string[])[]).flat();
    }
    case 'test':
      if (node.element === 'Principal' || node.element === 'NotPrincipal') return whoever;
      return keysNamed(node).filter(followsFromCaller);
  }
}
