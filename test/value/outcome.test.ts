import { describe, expect, it } from 'vitest';
import { negateOutcome, Outcome, type OutcomeName, outcomeName } from '../../src/value/outcome.js';

const matched: readonly OutcomeName[] = [
  'matched',
  'matchedNoValue',
  'matchedKeyMissing',
  'matchedWrongType',
  'matchedSeveralValues',
  'matchedVariableWithoutValue',
  'matchedEveryone',
  'matchedDirect',
  'matchedRole',
  'matchedAccount',
];
const missed: readonly OutcomeName[] = [
  'valueMatched',
  'noValueMatched',
  'keyMissing',
  'wrongType',
  'severalValues',
  'variableWithoutValue',
  'keyPresent',
  'exempted',
];

describe('Outcome', () => {
  it('has these names and no others, each with a code of its own', () => {
    expect(Object.keys(Outcome)).toEqual([...matched, ...missed]);
    expect(new Set(Object.values(Outcome)).size).toBe(matched.length + missed.length);
  });
  it.each(matched)('%s is above zero and keeps its name', (name) => {
    expect(Outcome[name]).toBeGreaterThan(0);
    expect(outcomeName(Outcome[name])).toBe(name);
  });
  it.each(missed)('%s is below zero and keeps its name', (name) => {
    expect(Outcome[name]).toBeLessThan(0);
    expect(outcomeName(Outcome[name])).toBe(name);
  });
  it('E13: the strengths are bits of their own', () => {
    const bits = [
      Outcome.matchedEveryone,
      Outcome.matchedDirect,
      Outcome.matchedRole,
      Outcome.matchedAccount,
    ];
    expect(bits).toEqual([16, 32, 64, 128]);
  });
});

describe('negateOutcome', () => {
  it.each([
    ['matched', 'valueMatched'],
    ['matchedNoValue', 'noValueMatched'],
    ['matchedKeyMissing', 'keyMissing'],
    ['matchedWrongType', 'wrongType'],
    ['matchedSeveralValues', 'severalValues'],
    ['matchedVariableWithoutValue', 'variableWithoutValue'],
  ] as const)('L72, U5, U6: %s and %s are negations of each other', (one, other) => {
    expect(outcomeName(negateOutcome(Outcome[one]))).toBe(other);
    expect(outcomeName(negateOutcome(Outcome[other]))).toBe(one);
  });
});
