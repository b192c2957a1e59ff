import { checkData } from '../account/check-data.js';
import type { EstateData } from '../account/estate-data.js';
import type { StatementTrace } from '../plan/explain.js';
import type { Answer } from '../query/answer.js';
import { Estate } from '../query/estate.js';
import type { Trace } from '../trace/trace.js';
import type { Assertion } from './assertion.js';
import { checkAssertion } from './check-given.js';
import { answerTo } from './decided.js';
import { documentOf, type Place, placesOf, type WrittenStatement } from './places.js';
import { everybody } from './reachable.js';
import { conditionLines, valuesOf } from './values.js';

/** No policy has such a Sid of its own. */
const mark = 'iamVerdictStatement';

/**
 * The estate with a Sid of its own on every statement. Names of policies, levels and positions all change on the way from a file to an
 * explanation, where parts of one policy are joined; the Sid means nothing to IAM and comes through.
 */
export class Survey {
  readonly places: readonly Place[];
  /** The statements of all places; their position is their number. */
  readonly statements: readonly WrittenStatement[];
  /** Numbers of the statements that applied and are among those that decide. */
  readonly decided = new Set<number>();
  /** Number of a statement and path of a value in it that a request met which it decided. */
  readonly values = new Set<string>();
  readonly #estate: Estate;

  constructor(data: EstateData) {
    checkData(data);
    this.places = placesOf(data);
    this.statements = this.places.flatMap(({ statements }) => statements);
    // A private copy, since putting documents in one by one would copy the lists around them each time.
    const copy = JSON.parse(JSON.stringify(data)) as EstateData;
    let number = 0;
    for (const place of this.places) {
      const statements = place.statements.map((statement) => ({ ...statement, Sid: `${mark}${number++}` }));
      put(copy, place.path, documentOf(place, statements));
    }
    this.#estate = new Estate(copy);
  }

  /** Asks one assertion and notes what decided it; gives the numbers of the statements whose text the answer may hang on. */
  ask(assertion: Assertion): ReadonlySet<number> {
    checkAssertion(assertion);
    const seen = new Set<number>();
    for (const answer of this.#answers(assertion)) this.#note(answer, seen);
    return seen;
  }

  *#answers(assertion: Assertion): Iterable<Answer> {
    if (assertion.matcher !== 'toBeReachableOnlyBy') yield answerTo(this.#estate, assertion);
    else for (const { answer } of everybody(this.#estate, assertion)) yield answer;
  }

  #note(answer: Answer, seen: Set<number>): void {
    const trace = answer.explain();
    for (const statement of statementsOf(trace)) {
      const number = numberOf(statement);
      if (number !== undefined) seen.add(number);
    }
    // What depends has not been decided by anything yet.
    if (answer.decision === 'depends') return;
    for (const statement of decidingStatements(trace)) {
      const number = numberOf(statement);
      if (number === undefined) continue;
      this.decided.add(number);
      this.#noteValues(number, statement);
    }
    for (const { statement, change, alone } of trace.nearMisses) {
      const number = numberOf(statement);
      if (change === 'apply' && alone && number !== undefined && missingParts(statement) === 1)
        this.#noteValues(number, statement, true);
    }
  }

  /** Of a statement that applies: what the request met. Of one that does not: what of it the request met that kept it from applying. */
  #noteValues(number: number, { elements, conditions }: StatementTrace, blocking = false): void {
    const statement = this.statements[number]!;
    const note = (path: string) => this.values.add(`${number} ${path}`);
    for (const { element, matched, entries } of elements) {
      if (blocking && matched) continue;
      const written = valuesOf(statement, element);
      entries.forEach(({ outcome }, i) => {
        const value = written[i];
        if (
          value !== undefined &&
          outcome.startsWith('matched') &&
          !(element === 'NotPrincipal' && !blocking)
        )
          note(value.path);
      });
    }
    const lines = conditionLines(statement);
    for (const { operator, key, matched, policyValues } of conditions) {
      if (blocking && matched) continue;
      const line = lines.find((one) => sameOperator(one.operator, operator) && one.key === key);
      policyValues.forEach((value, i) => {
        const written = line?.values[i];
        if (value.matched && written !== undefined) note(written.path);
      });
    }
  }
}

function put(data: EstateData, path: Place['path'], document: unknown): void {
  let at = data as unknown as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
  at[path.at(-1)!] = document;
}

const sameOperator = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const numberOf = ({ sid }: StatementTrace): number | undefined =>
  sid?.startsWith(mark) === true ? Number(sid.slice(mark.length)) : undefined;

const statementsOf = ({ layers }: Trace): readonly StatementTrace[] =>
  layers.flatMap(({ levels }) => levels.flatMap(({ statements }) => statements));

const missingParts = ({ elements, conditions }: StatementTrace): number =>
  [...elements, ...conditions].filter(({ matched }) => !matched).length;

/**
 * The statements an answer rests on: every Deny that applies; or, of an answer that is allowed, every Allow that applies, in each kind
 * of policy, since each kind must allow. Nothing decides an implicit deny: it is the absence of statements.
 */
function decidingStatements(trace: Trace): readonly StatementTrace[] {
  if (trace.decision === 'implicitDeny') return [];
  const effect = trace.decision === 'allowed' ? 'Allow' : 'Deny';
  return statementsOf(trace).filter((statement) => statement.matched && statement.effect === effect);
}
