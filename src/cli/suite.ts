import { type Evaluation, evaluate, isIamError } from '../index.js';
import { evaluatePartial, type PartialEvaluation, type PartialEvaluationInput } from '../partial/index.js';
import { blankWords } from './asked-action.js';
import { asInput, type Case, isObject, readCases } from './case-file.js';
import { type Expectation, readExpectation } from './expectation.js';
import { attempt } from './fault.js';
import { givenKeys } from './given-keys.js';
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
  /** Every condition key that is given or unknown, likewise. */
  readonly keys: ReadonlyMap<string, string>;
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
  const keys = new Map<string, string>();
  files.forEach((file, index) => {
    attempt(faults, () => {
      const cases = readCases(sources.read(file), sources).map((one) => ({
        one,
        expected: readExpectation(one),
      }));
      for (const { one } of cases) {
        const action = askedAction(one);
        const { line, column } = one.position;
        const where = `${one.file}:${line}:${column}`;
        if (action !== undefined && !actions.has(action)) actions.set(action, where);
        const { context, unknown } = isObject(one.request) ? one.request : {};
        for (const key of givenKeys(context, unknown)) if (!keys.has(key)) keys.set(key, where);
      }
      cases.forEach(({ one, expected }, done) => {
        const failure = runCase(one, expected);
        if (failure === undefined) passed++;
        else failures.push(failure);
        progress(index + (done + 1) / cases.length);
      });
    });
  });
  return { passed, failures, faults, actions, keys };
}

/** Undefined for what the engine refuses. */
function askedAction({ request, fault }: Case): string | undefined {
  const action = isObject(request) ? request.action : undefined;
  const wrong = blankWords(action);
  if (wrong !== undefined) throw fault('request.action', wrong);
  return typeof action === 'string' ? action : undefined;
}

function runCase(one: Case, { name, ...expected }: ReturnType<typeof readExpectation>): Failure | undefined {
  const { file, position } = one;
  const failed = { file, ...position, name, expected };
  try {
    if (isObject(one.request) && one.request.unknown !== undefined) {
      const partial = evaluatePartial(asInput(one) as unknown as PartialEvaluationInput);
      const { decision, dependsOn } = partial;
      const good = decision === expected.decision && sameKeys(dependsOn, expected.dependsOn ?? dependsOn);
      return good ? undefined : { ...failed, got: { decision, dependsOn }, partial };
    }
    const evaluation = evaluate(asInput(one));
    const { decision } = evaluation;
    const { kind: decidedBy } = evaluation.decidedBy;
    const good =
      decision === expected.decision &&
      (expected.decidedBy === undefined || decidedBy === expected.decidedBy);
    return good ? undefined : { ...failed, got: { decision, decidedBy }, evaluation };
  } catch (error) {
    if (!isIamError(error)) throw error;
    if (expected.decision === 'error') return undefined;
    const issues = error.issues.map((issue) => place(issue, one.origins));
    return { ...failed, got: { decision: 'error' }, issues };
  }
}

/** Keys compare without regard to letter case. */
const sameKeys = (a: readonly string[], b: readonly string[]): boolean => folded(a) === folded(b);
const folded = (keys: readonly string[]): string =>
  keys
    .map((key) => key.toLowerCase())
    .sort()
    .join('\n');
