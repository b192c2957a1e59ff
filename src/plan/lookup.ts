import { mayBeOf, serviceOf } from '../match/action.js';
import type { Request } from '../request/request.js';
import { actionMatches } from './decide.js';
import type { StatementPlan } from './plan.js';

/** Shorter lists are gone through; so is a longer one for its first question, which may be the only one. */
const short = 16;

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
      this.#positions ??= new Positions(statements);
      for (const position of this.#positions.of(request.action.service))
        if (mayMatch(statements[position]!, request)) found.push(statements[position]!);
    } else {
      for (let i = 0; i < statements.length; i++)
        if (mayConcern(statements[i]!, request.action.service) && mayMatch(statements[i]!, request))
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

/** By the test of the leaf itself: what of a statement is not about actions is compiled for none that would be dropped next. */
const mayMatch = (statement: StatementPlan, request: Request): boolean =>
  statement.actionTexts === undefined || actionMatches(statement, request);

/** Positions by service prefix, and those of any service. */
class Positions {
  readonly #service = new Map<string, number[]>();
  readonly #any: number[] = [];

  constructor(statements: readonly StatementPlan[]) {
    for (let position = 0; position < statements.length; position++) {
      const { actionTexts } = statements[position]!;
      if (actionTexts === undefined) this.#any.push(position);
      else for (const text of actionTexts) this.#add(serviceOf(text), position);
    }
  }

  #add(service: string | undefined, position: number): void {
    const list = service === undefined ? this.#any : this.#service.get(service);
    if (list === undefined) this.#service.set(service!, [position]);
    // Positions come in order, so that a statement with two such actions is the last one of the list already.
    else if (list.at(-1) !== position) list.push(position);
  }

  /** In order, each once. */
  of(service: string): readonly number[] {
    const any = this.#any;
    const list = this.#service.get(service);
    if (list === undefined || any.length === 0) return list ?? any;
    return merged(any, list);
  }
}

/** Two lists in order as one, what both have once. */
function merged(one: readonly number[], other: readonly number[]): number[] {
  const all: number[] = [];
  let i = 0;
  let j = 0;
  while (i < one.length || j < other.length) {
    const a = one[i] ?? Number.POSITIVE_INFINITY;
    const b = other[j] ?? Number.POSITIVE_INFINITY;
    all.push(Math.min(a, b));
    if (a <= b) i++;
    if (b <= a) j++;
  }
  return all;
}
