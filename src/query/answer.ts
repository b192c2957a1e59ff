import type { Assembled } from '../account/assemble.js';
import type { Unresolved } from '../account/resolved-policy.js';
import type { Evaluation } from '../compile.js';
import type { PartialEvaluation, Reachable } from '../partial/conclude.js';
import { askPartial } from '../partial/evaluate-partial.js';
import { evaluateReachable } from '../partial/evaluate-reachable.js';
import type { Clause } from '../partial/minimize.js';
import { formatPartial, formatReachable } from '../partial/render.js';
import type { DecidingStep, Decision } from '../trace/decision.js';
import { type FormatOptions, formatTrace } from '../trace/render.js';
import type { Trace } from '../trace/trace.js';
import { compiledPolicies, partialPolicies } from './compiled.js';
import { withRoleAdvice } from './foreign-resource.js';
import { partialInWords, traceInWords, type Words, wordsFor } from './in-words.js';

/** What the estate says to one question. */
export interface Answer {
  /** `depends` when it hangs on something that nobody knows; see `dependsOn` and `allowedIf`. */
  readonly decision: Decision | 'depends';
  /** Allowed, whatever the unknown parts are. */
  readonly allowed: boolean;
  /** What decided; absent while it depends. */
  readonly decidedBy?: DecidingStep | undefined;
  /** Unknown condition keys, holes as `{Name}`, and policies that are not in the files: whatever can change the answer. */
  readonly dependsOn: readonly string[];
  /** Allowed exactly if all lines of one of these clauses hold. One empty clause: always; no clause: never. */
  readonly allowedIf: readonly Clause[];
  /** False when not everything that is unknown could be tried. */
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
  /** As `format`, without options. */
  toString(): string;
}

/** Asks the engine: plainly when everything is known, else for everything that can come out. */
export function answer(assembled: Assembled): Answer {
  return assembled.plain ? new PlainAnswer(assembled) : partialAnswer(assembled);
}

class PlainAnswer implements Answer {
  readonly decision: Decision;
  readonly allowed: boolean;
  readonly dependsOn: readonly string[] = [];
  readonly allowedIf: readonly Clause[];
  readonly exact = true;
  readonly unresolved = [];
  readonly assumptions: readonly string[];
  readonly #evaluation: Evaluation;

  constructor({ request, policies, assumptions }: Assembled) {
    this.#evaluation = compiledPolicies(policies).evaluate(request as never);
    const { decision, allowed } = this.#evaluation;
    this.decision = decision;
    this.allowed = allowed;
    this.allowedIf = allowed ? [[]] : [];
    this.assumptions = assumptions;
  }

  get decidedBy(): DecidingStep {
    return this.#evaluation.decidedBy;
  }

  get missingContext(): readonly string[] {
    return this.#evaluation.missingContext;
  }

  explain(): Trace {
    return withAssumptions(withRoleAdvice(this.#evaluation.explain()), this.assumptions);
  }

  format(options?: FormatOptions): string {
    return formatTrace(this.explain(), options);
  }

  toString(): string {
    return this.format();
  }

  toJSON(): AnswerData {
    return dataOf(this);
  }
}

function partialAnswer(assembled: Assembled): Answer {
  const found = askPartial(partialPolicies(assembled.policies), assembled.request);
  const words = wordsFor(assembled.unresolved);
  const never = found.exact && found.reachable.every(({ decision }) => decision !== 'allowed');
  // Certainly denied, and only how is open: known policies say it, unknown ones may say it louder.
  const denied = never && found.decision === 'depends' && found.dependsOn.every((key) => words.has(key));
  return new PartialAnswer(assembled, words, found, denied);
}

class PartialAnswer implements Answer {
  readonly allowed: boolean;
  readonly dependsOn: readonly string[];
  readonly allowedIf: readonly Clause[];
  readonly exact: boolean;
  readonly assumptions: readonly string[];
  readonly #decision: Decision | 'depends' | undefined;
  readonly #said: PartialEvaluation;
  readonly #assembled: Assembled;
  readonly #words: Words;
  readonly #way: Reachable;
  /** The way, in words. */
  readonly #saidWay: Reachable;
  #witness: Evaluation | undefined;

  constructor(assembled: Assembled, words: Words, raw: PartialEvaluation, denied: boolean) {
    const said = partialInWords(raw, words);
    const way = worst(raw);
    this.#assembled = assembled;
    this.#said = said;
    this.#saidWay = said.reachable[raw.reachable.indexOf(way)]!;
    this.#words = words;
    // Certainly denied: what denies even though unknown policies allow what they can. Otherwise a way to the worst outcome.
    this.#way = denied ? { ...way, context: { ...way.context, ...atBest(assembled.unresolved) } } : way;
    this.#decision = denied ? undefined : raw.decision;
    this.allowed = this.#decision === 'allowed';
    this.dependsOn = said.dependsOn;
    this.allowedIf = said.allowedIf;
    this.exact = said.exact;
    this.assumptions = assembled.assumptions;
  }

  get #evaluation(): Evaluation {
    this.#witness ??= evaluateReachable(this.#assembled, this.#way);
    return this.#witness;
  }

  /** How it is denied where that is certain is worked out when it is read. */
  get decision(): Decision | 'depends' {
    return this.#decision ?? this.#evaluation.decision;
  }

  get decidedBy(): DecidingStep | undefined {
    return this.decision === 'depends' ? undefined : this.#evaluation.decidedBy;
  }

  get unresolved(): Answer['unresolved'] {
    return this.#assembled.unresolved
      .flatMap((one) => one.members ?? [one])
      .map(({ name, reason }) => ({ name, reason }));
  }

  get missingContext(): readonly string[] {
    return this.#evaluation.missingContext.filter((key) => !this.#words.has(key));
  }

  explain(): Trace {
    const trace = traceInWords(this.#evaluation.explain(), this.#words, this.#way.holes);
    return withAssumptions(withRoleAdvice(trace), this.assumptions);
  }

  format(options?: FormatOptions): string {
    const trace = formatTrace(this.explain(), options);
    if (this.decision !== 'depends') return trace;
    const { style = plain } = options ?? {};
    const heading = style('heading', `With ${formatReachable(this.#saidWay)}`);
    return [formatPartial(this.#said), '', heading, trace].join('\n');
  }

  toString(): string {
    return this.format();
  }

  toJSON(): AnswerData {
    return dataOf(this);
  }
}

const plain = (_: string, text: string): string => text;

type AnswerData = Omit<Answer, 'missingContext' | 'explain' | 'format' | 'toString'>;

/** What is worked out only when it is read is none of an object's own members. */
const dataOf = (answer: Answer): AnswerData => {
  const { decision, allowed, decidedBy, dependsOn, allowedIf, exact, unresolved, assumptions } = answer;
  return { decision, allowed, decidedBy, dependsOn, allowedIf, exact, unresolved, assumptions };
};

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
