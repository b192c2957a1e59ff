import type { ResourceTest } from '../match/resource.js';
import type { Request } from '../request/request.js';
import { holds } from './decide.js';
import type { PlanNode, StatementPlan } from './plan.js';
import { Prefixes } from './prefixes.js';

/** Shorter lists are gone through as they are. */
const short = 6;

/** Takes a statement that applies, or waits for another one. */
export type Take = (statement: StatementPlan, request: Request) => boolean;

/**
 * Statements of one effect whose action element matches the action asked for. What is left of them is tested, the cheapest
 * first; long lists are looked up by how the resource begins. Only a filter: it skips statements whose resource cannot match.
 */
export class Candidates {
  /** Those that may apply to any resource; all of them when the list is short. */
  readonly #anywhere: readonly StatementPlan[];
  /** The others by the beginning of the whole ARN, or of its sixth part where the parts before are patterns. */
  readonly #byArn: Prefixes<StatementPlan> | undefined;
  readonly #byRest: Prefixes<StatementPlan> | undefined;
  /** Some statement applies whatever the request is. */
  readonly always: boolean;
  readonly size: number;

  constructor(statements: readonly StatementPlan[]) {
    const sorted = [...statements].sort((a, b) => a.beyondAction.length - b.beyondAction.length);
    this.size = sorted.length;
    this.always = sorted[0]?.beyondAction.length === 0;
    if (sorted.length <= short) {
      this.#anywhere = sorted;
      return;
    }
    const anywhere: StatementPlan[] = [];
    const byArn: [string, StatementPlan][] = [];
    const byRest: [string, StatementPlan][] = [];
    for (const statement of sorted) {
      const resources = resourcesOf(statement);
      const beginnings = resources.map(beginningOf);
      if (resources.length === 0 || beginnings.includes(undefined)) anywhere.push(statement);
      else
        for (const { text, whole } of beginnings as Beginning[])
          (whole ? byArn : byRest).push([text, statement]);
    }
    this.#anywhere = anywhere;
    if (byArn.length > 0) this.#byArn = new Prefixes(byArn);
    if (byRest.length > 0) this.#byRest = new Prefixes(byRest);
  }

  /** Hands over each one that applies, until one is taken. */
  find(request: Request, take: Take): boolean {
    if (first(this.#anywhere, request, take)) return true;
    const { arn, parts } = request.resource;
    if (parts === undefined) return false; // L40: only `*` matches `*`
    const among = (statements: readonly StatementPlan[]) => first(statements, request, take);
    return this.#byArn?.find(arn, among) === true || this.#byRest?.find(parts[5], among) === true;
  }
}

function first(statements: readonly StatementPlan[], request: Request, take: Take): boolean {
  for (let i = 0; i < statements.length; i++) {
    const statement = statements[i]!;
    if (appliesBeyondAction(statement, request) && take(statement, request)) return true;
  }
  return false;
}

/** Whether the parts after the action hold. */
function appliesBeyondAction(statement: StatementPlan, request: Request): boolean {
  const nodes = statement.beyondAction;
  for (let i = 0; i < nodes.length; i++) if (!holds(nodes[i]!, request)) return false;
  return true;
}

/** The entries of the Resource element; none where there is no such element. */
function resourcesOf(statement: StatementPlan): readonly ResourceTest[] {
  const node = statement.parts.find(({ element }) => element === 'Resource')?.node;
  const leaves: readonly PlanNode[] = node === undefined ? [] : node.kind === 'any' ? node.of : [node];
  return leaves.flatMap((leaf) => (leaf.kind === 'test' && leaf.element === 'Resource' ? [leaf.test] : []));
}

interface Beginning {
  readonly text: string;
  /** Of the whole ARN, not of its sixth part. */
  readonly whole: boolean;
}

/** The text every resource begins with that an entry matches; undefined when there is none to speak of. */
function beginningOf({ head, rest, whole }: ResourceTest): Beginning | undefined {
  if (whole !== undefined) return { text: whole.text, whole: true };
  const [piece] = rest?.pieces ?? [];
  if (head === undefined || typeof piece !== 'string') return undefined;
  const exact = head.every(({ kind }) => kind === 'exact');
  const start = head.map((part) => (part as { text: string }).text).join(':');
  return exact ? { text: `${start}:${piece}`, whole: true } : { text: piece, whole: false };
}
