import type { Request } from '../request/request.js';
import type { Alternative, StatementPlan } from './plan.js';
import { Prefixes } from './prefixes.js';
import { numbersOf, type Sieve, sift, type Take } from './sieve.js';

/** Lists up to this are gone through as they are. */
const longest = 40;

/**
 * Statements of one effect whose action element matches the action asked for. What is left of them is tested, the cheapest
 * first; long lists are looked up by how the resource begins.
 */
export class Candidates {
  /** Those that may apply to any resource; all of them when the list is short. */
  readonly #alternatives: Sieve['alternatives'];
  readonly #numbers: Sieve['numbers'];
  /** The others by the beginning of the whole ARN, or of its sixth part where the parts before are patterns. */
  readonly #byArn: Prefixes<Sieve> | undefined;
  readonly #byRest: Prefixes<Sieve> | undefined;
  /** Some statement applies whatever the request is. */
  readonly always: boolean;
  readonly size: number;

  constructor(statements: readonly StatementPlan[], short = longest) {
    this.size = statements.length;
    const sorted = statements.flatMap(({ alternatives }) => alternatives).sort((a, b) => cost(a) - cost(b));
    this.always = sorted[0] !== undefined && cost(sorted[0]) === 0;
    if (sorted.length <= short) {
      this.#alternatives = sorted;
      this.#numbers = numbersOf(sorted);
      return;
    }
    const anywhere: Alternative[] = [];
    const byArn = new Map<string, Alternative[]>();
    const byRest = new Map<string, Alternative[]>();
    for (const one of sorted) {
      const { text, whole } = one.beginning;
      const by = whole ? byArn : byRest;
      const list = text === '' ? anywhere : by.get(text);
      if (list === undefined) by.set(text, [one]);
      else list.push(one);
    }
    this.#alternatives = anywhere;
    this.#numbers = numbersOf(anywhere);
    this.#byArn = among(byArn);
    this.#byRest = among(byRest);
  }

  /** All that apply, in the order of the documents, each once. */
  all(request: Request): readonly StatementPlan[] {
    if (this.size === 0) return none;
    let list: StatementPlan[] | undefined;
    this.find(request, (statement) => {
      // Mostly there is one, and a list that is pushed to keeps room for many.
      if (list === undefined) list = [statement];
      else list.push(statement);
      return false;
    });
    const found = list ?? none;
    if (found.length < 2) return found;
    const sorted = [...found].sort((a, b) => a.position - b.position);
    return sorted.filter((one, i) => one !== sorted[i - 1]);
  }

  /** Hands over each one that applies, until one is taken; one with several resources may come again. */
  find(request: Request, take: Take): boolean {
    if (sift(this.#numbers, this.#alternatives, request, take, false)) return true;
    return (this.#byArn !== undefined || this.#byRest !== undefined) && this.#find(request, take);
  }

  /** Among those that are looked up. */
  #find(request: Request, take: Take): boolean {
    const { arn, parts } = request.resource;
    if (parts === undefined) return false; // L40: only `*` matches `*`
    const among = ([sieve]: readonly Sieve[]) =>
      sift(sieve!.numbers, sieve!.alternatives, request, take, true);
    return this.#byArn?.find(arn, among) === true || this.#byRest?.find(parts[5], among) === true;
  }
}

const among = (by: ReadonlyMap<string, readonly Alternative[]>): Prefixes<Sieve> | undefined =>
  by.size === 0
    ? undefined
    : new Prefixes([...by].map(([text, some]) => [text, { alternatives: some, numbers: numbersOf(some) }]));

const none: readonly StatementPlan[] = [];

/** Nodes cost more than a text. */
const cost = ({ form, cost: nodes }: Alternative): number => 2 * nodes + (form === 'open' ? 0 : 1);
