import type { DecidingStep, StatementReference } from '../index.js';
import type { Answer } from '../query/index.js';
import type { FilePlace } from './estate-files.js';

export type PlaceOf = (statement: StatementReference) => FilePlace | undefined;

/** An answer of an estate as JSON: with the place of each statement that decides, and with `explain` the trace. */
export function answerData(answer: Answer, explain: boolean, placeOf: PlaceOf): object {
  const {
    decision,
    allowed,
    decidedBy,
    dependsOn,
    allowedIf,
    exact,
    unresolved,
    missingContext,
    assumptions,
  } = answer;
  return {
    decision,
    allowed,
    ...(decidedBy === undefined ? {} : { decidedBy: stepData(decidedBy, placeOf) }),
    dependsOn,
    allowedIf,
    exact,
    unresolved,
    missingContext,
    assumptions,
    ...(explain ? { trace: answer.explain() } : {}),
  };
}

const stepData = (step: DecidingStep, placeOf: PlaceOf): object => ({
  ...step,
  statements: step.statements.map((statement) => statementData(statement, placeOf)),
});

/** A statement with the place where it is written. */
export function statementData(statement: StatementReference, placeOf: PlaceOf): object {
  const origin = placeOf(statement);
  return origin === undefined ? statement : { ...statement, origin };
}
