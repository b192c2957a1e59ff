/**
 * What a leaf of the plan answers: above zero it matched, below it did not, and the number says why.
 * The negation of an operator is the negation of its number (L72, U5, U6), so no negated operator has code of its own.
 */
export const Outcome = {
  matched: 1,
  matchedNoValue: 2,
  matchedKeyMissing: 3,
  matchedWrongType: 4,
  matchedSeveralValues: 5,
  matchedVariableWithoutValue: 6,
  matchedEveryone: 16,
  matchedDirect: 32,
  matchedRole: 64,
  matchedAccount: 128,
  valueMatched: -1,
  noValueMatched: -2,
  keyMissing: -3,
  wrongType: -4,
  severalValues: -5,
  variableWithoutValue: -6,
  keyPresent: -7,
  exempted: -8,
} as const;

export type OutcomeName = keyof typeof Outcome;
export type Outcome = (typeof Outcome)[OutcomeName];

/** Names by code, counted from the lowest one: found by index, without a hash table. */
const lowest = Math.min(...Object.values(Outcome));
const names = Object.fromEntries(
  Object.entries(Outcome).map(([name, code]) => [code - lowest, name as OutcomeName]),
);

/** The word for an outcome, as traces show it. */
export const outcomeName = (outcome: Outcome): OutcomeName => names[outcome - lowest]!;

/** The outcome of the negated twin of an operator. */
export const negateOutcome = (outcome: Outcome): Outcome => -outcome as Outcome;
