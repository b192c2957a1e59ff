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
import { partialInWords, traceInWords, type Words, wordsFor } from './in-words.js';
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
  const never = found.exact && found.reachable.every(({ decision }) => decision !== 'allowed');
  // Certainly denied, and only how is open: known policies say it, unknown ones may say it louder.
  const denied = never && found.decision === 'depends' && found.dependsOn.every((key) => words.has(key));
  return new PartialAnswer(assembled, words, found, denied);
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
  readonly #words: Words;
  readonly #holes: Reachable['holes'];

  constructor(assembled: Assembled, words: Words, raw: PartialEvaluation, denied: boolean) {
    const said = partialInWords(raw, words);
    const way = worst(raw);
    // Certainly denied: what denies even though unknown policies allow what they can. Otherwise a way to the worst outcome.
    const context = denied ? { ...way.context, ...atBest(assembled.unresolved) } : way.context;
    this.#evaluation = witness(assembled, { ...way, context });
    this.decision = denied ? this.#evaluation.decision : raw.decision;
    this.allowed = this.decision === 'allowed';
    if (this.decision !== 'depends') this.decidedBy = this.#evaluation.decidedBy;
    this.dependsOn = said.dependsOn;
    this.allowedIf = said.allowedIf;
    this.exact = said.exact;
    this.unresolved = assembled.unresolved
      .flatMap((one) => one.members ?? [one])
      .map(({ name, reason }) => ({ name, reason }));
    this.assumptions = assembled.assumptions;
    this.#said = said;
    this.#words = words;
    this.#holes = way.holes;
  }

  get missingContext(): readonly string[] {
    return this.#evaluation.missingContext.filter((key) => !this.#words.has(key));
  }

  explain(): Trace {
    const trace = traceInWords(this.#evaluation.explain(), this.#words, this.#holes);
    return withAssumptions(trace, this.assumptions);
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

/** Unknown policies that allow everything and deny nothing. */
const atBest = (unresolved: readonly Unresolved[]): Reachable['context'] =>
  Object.fromEntries(
    unresolved.flatMap(({ allowKey, denyKey }) => [
      [allowKey, ['true']],
      [denyKey, []],
    ]),
  );

const withAssumptions = (trace: Trace, assumptions: readonly string[]): Trace =>
  assumptions.length === 0 ? trace : { ...trace, assumptions: [...trace.assumptions, ...assumptions] };
