import { holds, strengths } from '../plan/decide.js';
import type { PlanNode, StatementPlan } from '../plan/plan.js';
import type { Request } from '../request/request.js';
import { Outcome } from '../value/outcome.js';
import type { BatchStatement } from './statement.js';

/** What a document says: bits, each `may` one above what it may turn out to be. */
export const denies = 1;
export const mayDeny = 2;
export const allows = 4;
export const mayAllow = 8;
/** Something hangs on the caller. */
export const open: number = mayDeny | mayAllow;

/** Nothing is open where the same is said for certain. */
export const settled = (said: number): number => said & ~((said & (denies | allows)) << 1);

/** What some documents say together. */
export function together(documents: readonly number[], bits: Uint8Array): number {
  let said = 0;
  for (const document of documents) said |= bits[document]!;
  return settled(said);
}

/** A statement that applies to those of whom the nodes hold. */
interface OpenStatement {
  readonly plan: StatementPlan;
  readonly nodes: readonly PlanNode[];
}

/** What all documents say to one question, by their numbers; most say nothing. */
export class Said {
  readonly bits: Uint8Array;
  /** The documents that say anything. */
  readonly speaking: number[] = [];
  readonly #denies = new Map<number, OpenStatement[]>();
  readonly #allows = new Map<number, OpenStatement[]>();

  constructor(documents: number) {
    this.bits = new Uint8Array(documents);
  }

  /** Takes in a statement whose action element matches. */
  add(statement: BatchStatement, document: number, request: Request): void {
    const { plan, naming } = statement;
    const denying = plan.effect === 'Deny';
    const certain = denying ? denies : allows;
    if ((this.bits[document]! & certain) !== 0) return;
    const nodes = statement.openNodes(request);
    if (nodes === undefined) return;
    if (this.bits[document] === 0) this.speaking.push(document);
    // How an allow of a resource policy names the caller is open even where it applies to everyone.
    if (nodes.length === 0 && (denying || !naming)) this.bits[document]! |= certain;
    else {
      this.bits[document]! |= certain << 1;
      const open = denying ? this.#denies : this.#allows;
      const list = open.get(document);
      if (list === undefined) open.set(document, [{ plan, nodes }]);
      else list.push({ plan, nodes });
    }
  }

  /** Whether an open Deny of the document applies. */
  denies(document: number, request: Request): boolean {
    return applyAny(this.#denies.get(document), request);
  }

  /** Whether an open Allow of the document applies. */
  allows(document: number, request: Request): boolean {
    return applyAny(this.#allows.get(document), request);
  }

  /** How the allows of a resource policy name the caller (E13). */
  strengths(document: number, request: Request): number {
    const open = this.#allows.get(document);
    if (open === undefined) return 0;
    let found = 0;
    for (const { plan, nodes } of open) {
      if (holdAll(nodes, request)) found |= strengths(plan, request);
      // Nothing is stronger than being named oneself.
      if ((found & Outcome.matchedDirect) !== 0) break;
    }
    return found;
  }
}

function applyAny(open: readonly OpenStatement[] | undefined, request: Request): boolean {
  if (open === undefined) return false;
  for (let i = 0; i < open.length; i++) if (holdAll(open[i]!.nodes, request)) return true;
  return false;
}

function holdAll(nodes: readonly PlanNode[], request: Request): boolean {
  for (let i = 0; i < nodes.length; i++) if (!holds(nodes[i]!, request)) return false;
  return true;
}
