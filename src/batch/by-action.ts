import { type ActionTest, compileAction, testAction } from '../match/action.js';
import { holds } from '../plan/decide.js';
import type { Request } from '../request/request.js';
import type { BatchStatement } from './statement.js';

/** A pattern of action names, and the statements that have it. */
interface Pattern {
  readonly test: ActionTest;
  readonly statements: BatchStatement[];
}

/** The statements of many documents by the actions they are about, so that a question touches no other document. */
export class StatementsByAction {
  /** By action as it is written: many documents have the same ones, of which each is compiled once. */
  readonly #written = new Map<string, BatchStatement[]>();
  readonly #exact = new Map<string, BatchStatement[]>();
  /** By service. */
  readonly #patterns = new Map<string, Pattern[]>();
  readonly #every: BatchStatement[] = [];
  /** With NotAction. */
  readonly #negated: BatchStatement[] = [];

  constructor(statements: Iterable<BatchStatement>) {
    for (const statement of statements) {
      const { actionTexts } = statement.plan;
      if (actionTexts === undefined) this.#negated.push(statement);
      else for (const text of actionTexts) append(known(this.#written, text, this.#listOf), statement);
    }
  }

  /** The list of all statements with an action that is the same but for its letter case. */
  readonly #listOf = (text: string): BatchStatement[] => {
    const test = compileAction(text);
    const { service, name } = test;
    if (service === undefined || name === undefined) return this.#every;
    if (name.kind === 'exact') return known(this.#exact, `${service}:${name.text}`, newList);
    const statements: BatchStatement[] = [];
    known(this.#patterns, service, newPatterns).push({ test, statements });
    return statements;
  };

  /** Hands over each statement whose action element matches; one that names the action in several ways may come again. */
  find(request: Request, take: (statement: BatchStatement) => void): void {
    this.#exact.get(request.action.key)?.forEach(take);
    this.#patterns.get(request.action.service)?.forEach(({ test, statements }) => {
      if (testAction(test, request.action) > 0) statements.forEach(take);
    });
    this.#every.forEach(take);
    for (const statement of this.#negated) if (holds(statement.plan.parts[0]!.node, request)) take(statement);
  }
}

const newList = (): BatchStatement[] => [];
const newPatterns = (): Pattern[] => [];

function known<K, V>(map: Map<K, V>, key: K, make: (key: K) => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make(key);
  map.set(key, made);
  return made;
}

/** One statement after another, so that one with two such actions is the last of the list already. */
function append(list: BatchStatement[], statement: BatchStatement): void {
  if (list[list.length - 1] !== statement) list.push(statement);
}
