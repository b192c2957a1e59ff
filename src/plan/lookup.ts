import type { Request } from '../request/request.js';
import type { StatementPlan } from './plan.js';

/**
 * The statements whose action element may match, by action. Only a filter: it skips statements that cannot match and
 * decides nothing, so dropping it changes no answer.
 */
export class ActionIndex {
  /** How many statements were handed out and how many were skipped: shows that the index is in use. */
  readonly usage = { offered: 0, skipped: 0 };
  readonly #statements: readonly StatementPlan[];
  /** Positions by exact action, by service prefix (a wildcard in the name), and those of any action. */
  readonly #exact = new Map<string, number[]>();
  readonly #service = new Map<string, number[]>();
  readonly #any: number[] = [];

  constructor(statements: readonly StatementPlan[]) {
    this.#statements = statements;
    statements.forEach((statement, position) => {
      if (statement.actions === undefined) this.#any.push(position);
      for (const { service, name } of statement.actions ?? []) {
        if (service === undefined || name === undefined) add(this.#any, position);
        else if (name.kind === 'exact') append(this.#exact, `${service}:${name.text}`, position);
        else append(this.#service, service, position);
      }
    });
  }

  /** In the order of the documents, each statement once. */
  candidates(request: Request): readonly StatementPlan[] {
    let positions = this.#any;
    // Each list is in order and has a statement once.
    for (const list of [this.#service.get(request.service), this.#exact.get(request.actionKey)])
      if (list !== undefined)
        positions =
          positions.length === 0 ? list : [...new Set([...positions, ...list])].sort((a, b) => a - b);
    const found = positions.map((position) => this.#statements[position]!);
    this.usage.offered += found.length;
    this.usage.skipped += this.#statements.length - found.length;
    return found;
  }
}

function append(map: Map<string, number[]>, key: string, position: number): void {
  const list = map.get(key);
  // Most lists stay as short as this one.
  if (list === undefined) map.set(key, [position]);
  else add(list, position);
}

/** Positions come in order, so that a statement with two such actions is the last one of the list already. */
function add(list: number[], position: number): void {
  if (list.at(-1) !== position) list.push(position);
}
