import { Candidates } from '../plan/candidates.js';
import { holds } from '../plan/decide.js';
import type { StatementPlan } from '../plan/plan.js';
import type { Request } from '../request/request.js';
import { type CompiledDocument, hangsOnCaller } from './documents.js';

/** What the statements of one effect say to a question: settled for every caller, or to be asked of each. */
export type Said = boolean | Candidates;

/** One document as one question leaves it. */
export interface Reduced {
  readonly denies: Said;
  readonly allows: Said;
  /** Every allow that may apply; for the resource policy, whose allows name their caller. */
  readonly naming: Candidates;
}

const nothing = new Candidates([]);
/** What most documents say to a question. */
const silent: Reduced = { denies: false, allows: false, naming: nothing };

/** Works out once a question what does not hang on who asks. */
export class Reduction {
  readonly #request: Request;
  readonly #known: (Reduced | undefined)[] = [];

  /** @param request the question, asked by any of the callers */
  constructor(request: Request) {
    this.#request = request;
  }

  of(document: CompiledDocument): Reduced {
    return this.#known[document.number] ?? this.#first(document);
  }

  #first({ plan, number }: CompiledDocument): Reduced {
    const request = this.#request;
    const matching = (statements: readonly StatementPlan[]) =>
      statements.filter(({ parts }) => holds(parts[0]!.node, request));
    const allows = matching(plan.allows.candidates(request));
    const denies = matching(plan.denies.candidates(request));
    const reduced =
      allows.length + denies.length === 0
        ? silent
        : {
            denies: this.#settle(denies),
            allows: this.#settle(allows),
            naming: allows.length === 0 ? nothing : new Candidates(allows),
          };
    // In order and without gaps, so that a look-up is one step into a list.
    while (this.#known.length < number) this.#known.push(undefined);
    this.#known[number] = reduced;
    return reduced;
  }

  #settle(statements: readonly StatementPlan[]): Said {
    const open: StatementPlan[] = [];
    for (const statement of statements) {
      if (hangsOnCaller(statement, (key) => this.#request.context.get(key) !== undefined))
        open.push(statement);
      else if (statement.beyondAction.every((node) => holds(node, this.#request))) return true;
    }
    return open.length > 0 && new Candidates(open);
  }
}
