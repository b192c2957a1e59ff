import type { Assembled } from '../account/assemble.js';
import type { Unresolved } from '../account/resolved-policy.js';
import type { DecidingStep, Decision } from '../combine/combine.js';
import type { Evaluation } from '../compile.js';
import type { PartialEvaluation, Reachable } from '../partial/conclude.js';
import { evaluatePartial } from '../partial/evaluate-partial.js';
import type { Clause } from '../partial/minimize.js';
import { formatPartial } from '../partial/render.js';
import { type FormatOptions, formatTrace } from '../trace/render.js';
import type { Trace } from '../trace/trace.js';
import { compiledPolicies } from './compiled.js';
import { witness } from './witness.js';

/** What the estate says to one question. */
export interface Answer {
  /** `depends` when it hangs on something that nobody knows; see `dependsOn` and `allowedIf`. */
  readonly decision: Decision | 'depends';
  /** Allowed, whatever the unknown parts are. */
  readonly allowed: boolean;
  /** What decided; absent while it depends. */
  readonly decidedBy?: DecidingStep;
  /** Unknown condition keys, holes as `{Name}`, and policies that are not in the files: whatever can change the answer. */
  readonly dependsOn: readonly string[];
  /** Allowed exactly if all lines of one of these clauses hold. One empty clause: always; no clause: never. */
  readonly allowedIf: readonly Clause[];
  /** False when there were too many combinations of unknown parts to try them all. */
  readonly exact: boolean;
  /** Policies that take part and whose text is not known, whether they matter here or not. */
  readonly unresolved: readonly { readonly name: string; readonly reason: string }[];
  /** Condition keys that are not given and could have changed the decision. */
  readonly missingContext: readonly string[];
  /** What was taken for granted because neither the estate nor the facts say it. */
  readonly assumptions: readonly string[];
  /** Why. While it depends: why it is not allowed, or is, with one choice of what is unknown. */
  explain(): Trace;
  /** The answer and its reasons for people. */
  format(options?: FormatOptions): string;
  toString(): string;
}

/** Asks the engine: plainly when everything is known, else for everything that can come out. */
export function answer(assembled: Assembled): Answer {
  return assembled.plain ? new PlainAnswer(assembled) : partialAnswer(assembled);
}

class PlainAnswer implements Answer {
  readonly decision: Decision;
  readonly allowed: boolean;
  readonly decidedBy: DecidingStep;
  readonly dependsOn: readonly string[] = [];
  readonly allowedIf: readonly Clause[];
  readonly exact = true;
  readonly unresolved = [];
  readonly assumptions: readonly string[];
  readonly #evaluation: Evaluation;

  constructor({ request, policies, assumptions }: Assembled) {
    this.#evaluation = compiledPolicies(policies).evaluate(request as never);
    const { decision, allowed, decidedBy } = this.#evaluation;
    this.decision = decision;
    this.allowed = allowed;
    this.decidedBy = decidedBy;
    this.allowedIf = allowed ? [[]] : [];
    this.assumptions = assumptions;
  }

  get missingContext(): readonly string[] {
    return this.#evaluation.missingContext;
  }

  explain(): Trace {
    return withAssumptions(this.#evaluation.explain(), this.assumptions);
  }

  format(options?: FormatOptions): string {
    return formatTrace(this.explain(), options);
  }

  toString(): string {
    return this.format();
  }
}

function partialAnswer(assembled: Assembled): Answer {
  const found = evaluatePartial({ request: assembled.request, policies: assembled.policies });
  const words = wordsFor(assembled.unresolved);
  const keys = new Set(assembled.unresolved.flatMap(({ allowKey, denyKey }) => [allowKey, denyKey]));
  const never = found.exact && found.reachable.every(({ decision }) => decision !== 'allowed');
  // Certainly denied, and only how is open: known policies say it, unknown ones may say it louder.
  const denied = never && found.decision === 'depends' && found.dependsOn.every((key) => keys.has(key));
  return new PartialAnswer(assembled, inWords(found, words), found, denied, keys);
}

class PartialAnswer implements Answer {
  readonly decision: Decision | 'depends';
  readonly allowed: boolean;
  readonly decidedBy?: DecidingStep;
  readonly dependsOn: readonly string[];
  readonly allowedIf: readonly Clause[];
  readonly exact: boolean;
  readonly unresolved: Answer['unresolved'];
  readonly assumptions: readonly string[];
  readonly #said: PartialEvaluation;
  readonly #evaluation: Evaluation;
  readonly #keys: ReadonlySet<string>;

  constructor(
    assembled: Assembled,
    said: PartialEvaluation,
    raw: PartialEvaluation,
    denied: boolean,
    keys: ReadonlySet<string>,
  ) {
    const way = worst(raw);
    // Certainly denied: what the known policies say. Otherwise a way to the worst of what can come out.
    this.#evaluation = witness(assembled, denied ? { ...way, context: without(way.context, keys) } : way);
    this.decision = denied ? this.#evaluation.decision : raw.decision;
    this.allowed = this.decision === 'allowed';
    if (this.decision !== 'depends') this.decidedBy = this.#evaluation.decidedBy;
    this.dependsOn = said.dependsOn;
    this.allowedIf = said.allowedIf;
    this.exact = said.exact;
    this.unresolved = assembled.unresolved.map(({ name, reason }) => ({ name, reason }));
    this.assumptions = assembled.assumptions;
    this.#said = said;
    this.#keys = keys;
  }

  get missingContext(): readonly string[] {
    return this.#evaluation.missingContext.filter((key) => !this.#keys.has(key));
  }

  explain(): Trace {
    return withAssumptions(this.#evaluation.explain(), this.assumptions);
  }

  format(options?: FormatOptions): string {
    const trace = formatTrace(this.explain(), options);
    return this.decision === 'depends' ? `${formatPartial(this.#said)}\n\n${trace}` : trace;
  }

  toString(): string {
    return this.format();
  }
}

const worst = ({ reachable }: PartialEvaluation): Reachable =>
  reachable.find(({ decision }) => decision === 'implicitDeny') ?? reachable[0]!;

const without = (context: Reachable['context'], keys: ReadonlySet<string>): Reachable['context'] =>
  Object.fromEntries(Object.entries(context).filter(([key]) => !keys.has(key)));

const withAssumptions = (trace: Trace, assumptions: readonly string[]): Trace =>
  assumptions.length === 0 ? trace : { ...trace, assumptions: [...trace.assumptions, ...assumptions] };

/** What stands for the keys of policies that are not known. */
function wordsFor(
  unresolved: readonly Unresolved[],
): ReadonlyMap<string, { policy: string; effect: string }> {
  const words = new Map<string, { policy: string; effect: string }>();
  for (const { name, reason, allowKey, denyKey } of unresolved) {
    const policy = `the policy ${name} (${reason})`;
    words.set(allowKey, { policy, effect: `an Allow of ${policy}` });
    words.set(denyKey, { policy, effect: `a Deny of ${policy}` });
  }
  return words;
}

function inWords(
  found: PartialEvaluation,
  words: ReadonlyMap<string, { policy: string; effect: string }>,
): PartialEvaluation {
  const effect = (key: string) => words.get(key)?.effect ?? key;
  return {
    ...found,
    dependsOn: [...new Set(found.dependsOn.map((key) => words.get(key)?.policy ?? key))],
    allowedIf: found.allowedIf.map((clause) => clause.map((line) => ({ ...line, key: effect(line.key) }))),
    reachable: found.reachable.map((one) => ({
      ...one,
      context: Object.fromEntries(
        Object.entries(one.context).map(([key, values]) => [
          effect(key),
          words.has(key) && values.length > 0 ? ['present'] : values,
        ]),
      ),
    })),
  };
}
