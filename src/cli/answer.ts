import picocolors from 'picocolors';
import {
  type DecidingStep,
  type Evaluation,
  type FormatOptions,
  formatTrace,
  type StatementReference,
  type Trace,
} from '../index.js';
import { withRoleAdvice } from '../query/foreign-resource.js';
import { visibleText } from '../value/visible-text.js';

export interface AnswerStyle {
  readonly colour: boolean;
  readonly verbose: boolean;
}

/** The explanation, with advice that holds across accounts. */
export const traceOf = (evaluation: Evaluation): Trace => withRoleAdvice(evaluation.explain());

/** The explanation, in the colours of the terminal. */
export function explanation(evaluation: Evaluation, { colour, verbose }: AnswerStyle): string {
  return formatTrace(traceOf(evaluation), { verbose, style: terminalStyle(colour) });
}

/** Decision, kind of policy, rule and statements, in one line. */
export function answerLine({ decision, decidedBy, denies, allowed }: Evaluation, colour: boolean): string {
  const by = (denies.length > 0 ? denies : [decidedBy]).map(stepWords).join('; ');
  return `${terminalStyle(colour)(allowed ? 'allowed' : 'denied', decision)} by ${by}`;
}

export function stepWords({ kind, rule, level, statements }: DecidingStep): string {
  const place = level === undefined ? '' : ` level ${level}`;
  const by = statements.length === 0 ? '' : `: ${statements.map(statementWords).join(', ')}`;
  return `${kind}${place} [${rule}]${by}`;
}

export function statementWords({ policy, level, sid, index }: StatementReference): string {
  const name = typeof policy === 'string' ? `"${policy}"` : `policy ${policy + 1}`;
  const place = level === undefined ? '' : ` level ${level}`;
  return visibleText(`${name}${place} statement ${sid === undefined || sid === '' ? index + 1 : `"${sid}"`}`);
}

export function terminalStyle(colour: boolean): NonNullable<FormatOptions['style']> {
  const { green, red, bold, dim } = picocolors.createColors(colour);
  const styles = {
    allowed: (text: string) => bold(green(text)),
    denied: (text: string) => bold(red(text)),
    heading: bold,
    dim,
  };
  return (part, text) => styles[part](text);
}

/** `--json`: one object, indented for people. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
