import { mayBeOf, serviceOf } from '../match/action.js';
import type { Request } from '../request/request.js';
import type { StatementPlan } from './plan.js';

/** Shorter lists are gone through; so is a longer one for its first question, which may be the only one. */
const short = 16;

/** Positions of statements by service prefix, and of those about any service. Each list is in order and has a statement once. */
interface Positions {
  readonly byService: ReadonlyMap<string, readonly number[]>;
  readonly any: readonly number[];
}

/**
 * The statements whose action element may match, by action. Only a filter: it skips statements that cannot match and
 * decides nothing, so dropping it changes no answer.
 */
export class ActionIndex {
  /** How many statements were handed out and how many were skipped: shows that the index is in use. */
  readonly usage = { offered: 0, skipped: 0 };
  readonly #statements: readonly StatementPlan[];
  #asked = false;
  #positions: Positions | undefined;

  constructor(statements: readonly StatementPlan[]) {
    this.#statements = statements;
  }

  /** In the order of the documents, each statement once. */
  candidates(request: Request): readonly StatementPlan[] {
    const statements = this.#statements;
    const found: StatementPlan[] = [];
    if (this.#asked && statements.length > short) {
      this.#positions ??= positionsOf(statements);
      for (const position of near(this.#positions, request.service))
        if (mayMatch(statements[position]!, request)) found.push(statements[position]!);
    } else {
      for (let i = 0; i < statements.length; i++)
        if (mayConcern(statements[i]!, request.service) && mayMatch(statements[i]!, request))
          found.push(statements[i]!);
    }
    this.#asked = true;
    this.usage.offered += found.length;
    this.usage.skipped += statements.length - found.length;
    return found;
  }
}

/** Told from the texts alone, so that the actions of a statement are compiled only for questions about their services. */
function mayConcern({ actionTexts }: StatementPlan, service: string): boolean {
  if (actionTexts === undefined) return true;
  for (let i = 0; i < actionTexts.length; i++) if (mayBeOf(actionTexts[i]!, service)) return true;
  return false;
}

function mayMatch({ actions }: StatementPlan, request: Request): boolean {
  if (actions === undefined) return true;
  for (const { service, name } of actions) {
    if (name === undefined) return true;
    if (service === request.service && (name.kind !== 'exact' || name.text === request.actionName))
      return true;
  }
  return false;
}

function near({ byService, any }: Positions, service: string): readonly number[] {
  const list = byService.get(service);
  if (list === undefined || any.length === 0) return list ?? any;
  return [...new Set([...any, ...list])].sort((a, b) => a - b);
}

function positionsOf(statements: readonly StatementPlan[]): Positions {
  const byService = new Map<string, number[]>();
  const any: number[] = [];
  for (let position = 0; position < statements.length; position++) {
    const { actionTexts } = statements[position]!;
    if (actionTexts === undefined) any.push(position);
    else for (const text of actionTexts) add(listOf(serviceOf(text), byService) ?? any, position);
  }
  return { byService, any };
}

function listOf(service: string | undefined, byService: Map<string, number[]>): number[] | undefined {
  if (service === undefined) return undefined;
  let list = byService.get(service);
  if (list === undefined) {
    list = [];
    byService.set(service, list);
  }
  return list;
}

/** Positions come in order, so that a statement with two such actions is the last one of the list already. */
function add(list: number[], position: number): void {
  if (list.at(-1) !== position) list.push(position);
}
