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

/** Why an entry or a condition line matched, or did not. */
export type OutcomeName = keyof typeof Outcome;
export type Outcome = (typeof Outcome)[OutcomeName];

/**
 * The words, as traces show them, counted from the lowest number: found by index, without a hash table. Written out, so that a
 * bundler puts the numbers in place of their names everywhere else.
 */
const lowest = Outcome.exempted;
const names: Readonly<Record<number, OutcomeName>> = {
  [Outcome.matched - lowest]: 'matched',
  [Outcome.matchedNoValue - lowest]: 'matchedNoValue',
  [Outcome.matchedKeyMissing - lowest]: 'matchedKeyMissing',
  [Outcome.matchedWrongType - lowest]: 'matchedWrongType',
  [Outcome.matchedSeveralValues - lowest]: 'matchedSeveralValues',
  [Outcome.matchedVariableWithoutValue - lowest]: 'matchedVariableWithoutValue',
  [Outcome.matchedEveryone - lowest]: 'matchedEveryone',
  [Outcome.matchedDirect - lowest]: 'matchedDirect',
  [Outcome.matchedRole - lowest]: 'matchedRole',
  [Outcome.matchedAccount - lowest]: 'matchedAccount',
  [Outcome.valueMatched - lowest]: 'valueMatched',
  [Outcome.noValueMatched - lowest]: 'noValueMatched',
  [Outcome.keyMissing - lowest]: 'keyMissing',
  [Outcome.wrongType - lowest]: 'wrongType',
  [Outcome.severalValues - lowest]: 'severalValues',
  [Outcome.variableWithoutValue - lowest]: 'variableWithoutValue',
  [Outcome.keyPresent - lowest]: 'keyPresent',
  [Outcome.exempted - lowest]: 'exempted',
};

/** The word for an outcome. */
export const outcomeName = (outcome: Outcome): OutcomeName => names[outcome - lowest]!;

/** The outcome of the negated twin of an operator. */
export const negateOutcome = (outcome: Outcome): Outcome => -outcome as Outcome;
