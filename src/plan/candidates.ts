import type { Request } from '../request/request.js';
import { beginsWith } from '../value/wildcard.js';
import { holds } from './decide.js';
import type { Alternative, StatementPlan } from './plan.js';
import { Prefixes } from './prefixes.js';

/** Shorter lists are gone through as they are. */
const short = 6;

/** Takes a statement that applies, or waits for another one. */
export type Take = (statement: StatementPlan, request: Request) => boolean;

/**
 * Statements of one effect whose action element matches the action asked for. What is left of them is tested, the cheapest
 * first; long lists are looked up by how the resource begins.
 */
export class Candidates {
  /** Those that may apply to any resource; all of them when the list is short. */
  readonly #anywhere: readonly Alternative[];
  /** The others by the beginning of the whole ARN, or of its sixth part where the parts before are patterns. */
  readonly #byArn: Prefixes<Alternative> | undefined;
  readonly #byRest: Prefixes<Alternative> | undefined;
  /** Some statement applies whatever the request is. */
  readonly always: boolean;
  readonly size: number;

  constructor(statements: readonly StatementPlan[]) {
    this.size = statements.length;
    const sorted = statements.flatMap(({ alternatives }) => alternatives).sort((a, b) => cost(a) - cost(b));
    this.always = sorted[0] !== undefined && cost(sorted[0]) === 0;
    if (sorted.length <= short) {
      this.#anywhere = sorted;
      return;
    }
    const among = (some: readonly Alternative[]) =>
      some.length === 0 ? undefined : new Prefixes(some.map((one) => [one.beginning, one]));
    this.#anywhere = sorted.filter(({ beginning }) => beginning === '');
    this.#byArn = among(sorted.filter(({ beginning, whole }) => beginning !== '' && whole));
    this.#byRest = among(sorted.filter(({ whole }) => !whole));
  }

  /** All that apply, in the order of the documents, each once. */
  all(request: Request): readonly StatementPlan[] {
    const found: StatementPlan[] = [];
    if (this.size === 0) return found;
    for (const one of this.#anywhere) if (fits(one, request, false)) found.push(one.statement);
    if (this.#byArn !== undefined || this.#byRest !== undefined) {
      const gather: Take = (statement) => found.push(statement) < 0;
      this.#find(request, gather);
    }
    if (found.length < 2) return found;
    found.sort((a, b) => a.position - b.position);
    return found.filter((one, i) => one !== found[i - 1]);
  }

  /** Hands over each one that applies, until one is taken; one with several resources may come again. */
  find(request: Request, take: Take): boolean {
    if (first(this.#anywhere, request, take, false)) return true;
    return (this.#byArn !== undefined || this.#byRest !== undefined) && this.#find(request, take);
  }

  /** Among those that are looked up. */
  #find(request: Request, take: Take): boolean {
    const { arn, parts } = request.resource;
    if (parts === undefined) return false; // L40: only `*` matches `*`
    const among = (alternatives: readonly Alternative[]) => first(alternatives, request, take, true);
    return this.#byArn?.find(arn, among) === true || this.#byRest?.find(parts[5], among) === true;
  }
}

/** Nodes cost more than a beginning. */
const cost = ({ beginning, nodes }: Alternative): number => 2 * nodes.length + (beginning === '' ? 0 : 1);

/** `begun`: the resource is known to begin as they say. */
function first(alternatives: readonly Alternative[], request: Request, take: Take, begun: boolean): boolean {
  for (let i = 0; i < alternatives.length; i++) {
    const one = alternatives[i]!;
    if (fits(one, request, begun) && take(one.statement, request)) return true;
  }
  return false;
}

function fits(
  { letters, beginning, whole, exact, only, nodes }: Alternative,
  request: Request,
  begun: boolean,
): boolean {
  // Tells most of them apart before any text is touched.
  if ((letters & ~request.resource.letters) !== 0) return false;
  if (beginning !== '' && (exact || !begun)) {
    const { arn, parts } = request.resource;
    const text = whole ? arn : parts?.[5];
    if (text === undefined || !(exact ? text === beginning : beginsWith(text, beginning))) return false;
  }
  if (only !== undefined) return holds(only, request);
  for (let i = 0; i < nodes.length; i++) if (!holds(nodes[i]!, request)) return false;
  return true;
}
