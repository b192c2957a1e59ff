import { type Evaluation, evaluate, isIamError, type Trace } from '../index.js';
import {
  evaluatePartial,
  evaluateReachable,
  type PartialEvaluation,
  type PartialEvaluationInput,
} from '../partial/index.js';
import { blankWords } from './asked-action.js';
import { asInput, type Case, isObject, readCases } from './case-file.js';
import { policyNotes } from './case-notes.js';
import { type Expectation, readExpectation } from './expectation.js';
import { attempt } from './fault.js';
import { type GivenValue, givenKeys, givenValues } from './given-keys.js';
import { type PlacedIssue, place } from './origin.js';
import type { Sources } from './source.js';

/** A case that did not come out as expected. */
export interface Failure {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly name: string;
  readonly expected: Expectation;
  readonly got: Expectation;
  /** The answer; absent when the engine refused the case. */
  readonly evaluation?: Evaluation;
  /** The answer where parts of the request are unknown. */
  readonly partial?: PartialEvaluation;
  /** Why the engine refused the case. */
  readonly issues?: readonly PlacedIssue[];
}

export interface SuiteResult {
  readonly passed: number;
  readonly failures: readonly Failure[];
  /** Files that could not be run, in words. */
  readonly faults: readonly string[];
  /** Every action that is asked about, with the place of the first case that does. */
  readonly actions: ReadonlyMap<string, string>;
  /** Every resource that is asked about, with its action, likewise. */
  readonly resources: ReadonlyMap<string, Asked>;
  /** Every condition key that is given or unknown, likewise. */
  readonly keys: ReadonlyMap<string, string>;
  /** Every value of one that is given, likewise. */
  readonly values: ReadonlyMap<string, readonly [where: string, value: GivenValue]>;
  /** What is odd about policies and what was taken for granted, likewise. */
  readonly odd: ReadonlyMap<string, string>;
  readonly assumptions: ReadonlyMap<string, string>;
}

/** What a case asks, and where. */
export interface Asked {
  readonly action: string;
  readonly resource: unknown;
  readonly where: string;
}

/** Runs case files. A file that cannot be read or is malformed runs none of its cases, and the others still run. */
export function runSuite(
  files: readonly string[],
  sources: Sources,
  progress: (filesDone: number) => void,
): SuiteResult {
  let passed = 0;
  const failures: Failure[] = [];
  const faults: string[] = [];
  const actions = new Map<string, string>();
  const resources = new Map<string, Asked>();
  const keys = new Map<string, string>();
  const values = new Map<string, readonly [string, GivenValue]>();
  const odd = new Map<string, string>();
  const assumptions = new Map<string, string>();
  files.forEach((file, index) => {
    attempt(faults, () => {
      const cases = readCases(sources.read(file), sources).map((one) => ({
        one,
        expected: readExpectation(one),
      }));
      for (const { one } of cases) {
        const action = askedAction(one);
        const where = placeOf(one);
        const { context, unknown, resource = '*' } = isObject(one.request) ? one.request : {};
        if (action !== undefined) {
          first(actions, action, where);
          const arn = isObject(resource) ? resource.arn : resource;
          first(resources, `${action} ${arn}`, { action, resource: arn, where });
        }
        for (const key of givenKeys(context, unknown)) first(keys, key, where);
        for (const value of givenValues(context)) first(values, value.join('='), [where, value]);
      }
      cases.forEach(({ one, expected }, done) => {
        const { failure, told } = runCase(one, expected);
        if (told !== undefined) {
          for (const note of policyNotes(one.request, one.policies, told)) first(odd, note, placeOf(one));
          for (const assumed of told.assumptions) first(assumptions, assumed, placeOf(one));
        }
        if (failure === undefined) passed++;
        else failures.push(failure);
        progress(index + (done + 1) / cases.length);
      });
    });
  });
  return { passed, failures, faults, actions, resources, keys, values, odd, assumptions };
}

/** Each is told once, of the first case. */
function first<T>(found: Map<string, T>, what: string, of: T): void {
  if (!found.has(what)) found.set(what, of);
}

const placeOf = ({ file, position: { line, column } }: Case): string => `${file}:${line}:${column}`;

/** Undefined for what the engine refuses. */
function askedAction({ request, fault }: Case): string | undefined {
  const action = isObject(request) ? request.action : undefined;
  const wrong = blankWords(action);
  if (wrong !== undefined) throw fault('request.action', wrong);
  return typeof action === 'string' ? action : undefined;
}

/** How a case came out; nothing is told of what the engine refuses. */
function runCase(
  one: Case,
  { name, ...expected }: ReturnType<typeof readExpectation>,
): { readonly failure?: Failure; readonly told?: Trace } {
  const { file, position } = one;
  const failed = { file, ...position, name, expected };
  try {
    if (isObject(one.request) && one.request.unknown !== undefined) {
      const input = asInput(one) as unknown as PartialEvaluationInput;
      const partial = evaluatePartial(input);
      const { decision, dependsOn } = partial;
      const told = evaluateReachable(input, partial.reachable[0]!).explain({ deciding: true });
      const good = decision === expected.decision && sameKeys(dependsOn, expected.dependsOn ?? dependsOn);
      return good ? { told } : { told, failure: { ...failed, got: { decision, dependsOn }, partial } };
    }
    const evaluation = evaluate(asInput(one));
    const { decision } = evaluation;
    const told = evaluation.explain({ deciding: true });
    const { kind: decidedBy } = evaluation.decidedBy;
    const good =
      decision === expected.decision &&
      (expected.decidedBy === undefined || decidedBy === expected.decidedBy);
    return good ? { told } : { told, failure: { ...failed, got: { decision, decidedBy }, evaluation } };
  } catch (error) {
    if (!isIamError(error)) throw error;
    if (expected.decision === 'error') return {};
    const issues = error.issues.map((issue) => place(issue, one.origins));
    return { failure: { ...failed, got: { decision: 'error' }, issues } };
  }
}

/** Keys compare without regard to letter case. */
const sameKeys = (a: readonly string[], b: readonly string[]): boolean => folded(a) === folded(b);
const folded = (keys: readonly string[]): string =>
  keys
    .map((key) => key.toLowerCase())
    .sort()
    .join('\n');
