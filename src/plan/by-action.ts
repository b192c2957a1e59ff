import { type ActionTest, compileAction, testAction } from '../match/action.js';
import type { Request } from '../request/request.js';
import { actionMatches } from './decide.js';
import type { StatementPlan } from './plan.js';

/** A pattern of action names, and what has it. */
interface Pattern<T> {
  readonly test: ActionTest;
  readonly items: T[];
}

/**
 * Statements, or what stands for them, by the actions they are about, so that a question touches no other one. It keeps the tests of
 * different actions, not those of each statement.
 */
export class ByAction<T> {
  readonly #exact = new Map<string, T[]>();
  /** By service. */
  readonly #patterns = new Map<string, Pattern<T>[]>();
  readonly #every: T[] = [];
  /** With NotAction. */
  readonly #negated: { readonly item: T; readonly plan: StatementPlan }[] = [];

  constructor(items: Iterable<T>, planOf: (item: T) => StatementPlan) {
    // By action as it is written: many statements have the same ones, of which each is compiled once.
    const written = new Map<string, T[]>();
    for (const item of items) {
      const plan = planOf(item);
      const { actionTexts } = plan;
      if (actionTexts === undefined) this.#negated.push({ item, plan });
      else for (const text of actionTexts) append(known(written, text, this.#listOf), item);
    }
  }

  /** The list of all that have an action that is the same but for its letter case. */
  readonly #listOf = (text: string): T[] => {
    const test = compileAction(text);
    const { service, name } = test;
    if (service === undefined || name === undefined) return this.#every;
    if (name.kind === 'exact') return known(this.#exact, `${service}:${name.text}`, newList<T>);
    const items: T[] = [];
    known(this.#patterns, service, newList<Pattern<T>>).push({ test, items });
    return items;
  };

  /** Hands over each one whose action element matches; one that names the action in several ways may come again. */
  find(request: Request, take: (item: T) => void): void {
    const { key, service } = request.action;
    this.#exact.get(key)?.forEach(take);
    this.#patterns.get(service)?.forEach(({ test, items }) => {
      if (testAction(test, request.action) > 0) items.forEach(take);
    });
    this.#every.forEach(take);
    for (const { item, plan } of this.#negated) if (actionMatches(plan, request)) take(item);
  }
}

const newList = <T>(): T[] => [];

function known<K, V>(map: Map<K, V>, key: K, make: (key: K) => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make(key);
  map.set(key, made);
  return made;
}

/** One statement after another, so that one with two such actions is the last of the list already. */
function append<T>(list: T[], item: T): void {
  if (list[list.length - 1] !== item) list.push(item);
}
