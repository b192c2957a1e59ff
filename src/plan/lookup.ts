import type { Request } from '../request/request.js';
import { ByAction } from './by-action.js';
import { actionMatches } from './decide.js';
import type { StatementPlan } from './plan.js';

/** Shorter lists are gone through; so is a longer one for its first question, which may be the only one. */
const short = 16;

/** The statements of one effect, by action. */
export class ActionIndex {
  /** How many statements were handed out and how many were skipped: shows that the index is in use. */
  readonly usage = { offered: 0, skipped: 0 };
  readonly #statements: readonly StatementPlan[];
  #asked = false;
  /** By their places in the list. */
  #byAction: ByAction<number> | undefined;

  constructor(statements: readonly StatementPlan[]) {
    this.#statements = statements;
  }

  /** Those whose action element matches, in the order of the documents, each once. */
  candidates(request: Request): readonly StatementPlan[] {
    const statements = this.#statements;
    const found =
      this.#asked && statements.length > short
        ? this.#placesOf(request).map((place) => statements[place]!)
        : statements.filter((statement) => actionMatches(statement, request));
    this.#asked = true;
    this.usage.offered += found.length;
    this.usage.skipped += statements.length - found.length;
    return found;
  }

  #placesOf(request: Request): readonly number[] {
    const statements = this.#statements;
    this.#byAction ??= new ByAction(statements.keys(), (place) => statements[place]!);
    const places: number[] = [];
    this.#byAction.find(request, (place) => places.push(place));
    places.sort((a, b) => a - b);
    return places.filter((place, i) => place !== places[i - 1]);
  }
}
