import picocolors from 'picocolors';
import type { DecidingStep, StatementReference } from '../index.js';
import type { Answer } from '../query/index.js';
import { visibleText } from '../value/visible-text.js';
import { statementWords, stepWords, terminalStyle } from './answer.js';
import type { PlaceOf } from './answer-data.js';
import type { FilePlace } from './estate-files.js';
import { inOrder } from './table.js';

/** What decides; of an answer that depends: `on` what. */
export function reasonWords({ decidedBy, dependsOn }: ReasonOf): string {
  if (decidedBy !== undefined) return stepWords(decidedBy);
  return dependsOn.length === 0 ? 'on more than could be tried' : `on ${dependsOn.join(', ')}`;
}

type ReasonOf = Pick<Answer, 'decidedBy' | 'dependsOn'>;

/** A decision in its colour. */
export function decisionWord(decision: string, colour: boolean): string {
  if (decision === 'depends') return picocolors.createColors(colour).yellow(decision);
  return terminalStyle(colour)(decision === 'allowed' ? 'allowed' : 'denied', decision);
}

/** The whole explanation of an answer of an estate, with the files of the statements that decide. */
export function explanationWords(
  answer: Answer,
  colour: boolean,
  verbose: boolean,
  placeOf: PlaceOf,
): string {
  const text = answer.format({ verbose, style: terminalStyle(colour) });
  const lines = placeLines(answer, placeOf);
  if (lines.length === 0) return text;
  return [text, '', terminalStyle(colour)('heading', 'Written in'), ...lines].join('\n');
}

/** `  "role app › inline read" statement 1: app.yaml Resources.App…` */
function placeLines(answer: Answer, placeOf: PlaceOf): readonly string[] {
  const { denies, decidedBy } = answer.explain();
  const steps: readonly DecidingStep[] = denies.length > 0 ? denies : [decidedBy];
  const lines = steps
    .flatMap(({ statements }) => statements)
    .flatMap((statement: StatementReference) => {
      const origin = placeOf(statement);
      return origin === undefined
        ? []
        : [`  ${visibleText(`${statementWords(statement)}: ${placeWords(origin)}`)}`];
    });
  return [...new Set(lines)].sort(inOrder);
}

/** `app.yaml:Resources.App` */
export function placeWords({ file, path = '' }: FilePlace): string {
  const inside =
    file !== undefined && path.startsWith(file) ? path.slice(file.length).replace(/^[.:/]/, '') : path;
  return [file, inside].filter((part) => part !== undefined && part !== '').join(':');
}
