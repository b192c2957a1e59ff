import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testCondition } from '../../src/condition/condition.js';
import { operators } from '../../src/condition/operators.js';
import { type Outcome, outcomeName } from '../../src/value/outcome.js';
import { ask, type Context, line, outcome } from './build.js';

type Name = keyof typeof operators;
const names = Object.keys(operators) as Name[];
/** Each negated operator and its positive twin. */
const twins = names
  .filter((name) => operators[name].negated)
  .map((name) => [name, name.replace('Not', '') as Name] as const);
/** Policy values, request values that may match, and one of the wrong type. */
const samples: Readonly<Record<string, { policy: string[]; request: string[]; wrong?: string }>> = {
  text: { policy: ['a', '', '${x:v}', '${x:none}'], request: ['a', 'A', '', 'v'] },
  foldedText: { policy: ['a', 'É', '${x:v}', '${x:none}'], request: ['A', 'é', 'b', 'V'] },
  pattern: { policy: ['a*', '?', '${x:v}*', '${x:none}'], request: ['ab', 'b', '', 'v1'] },
  number: { policy: ['9', '10', '-0'], request: ['9', '10.0', '11', '0'], wrong: 'ten' },
  date: { policy: ['2026-11', '5'], request: ['2026-11-01', '5', '6', '2027-01'], wrong: 'noon' },
  bool: { policy: ['true', '${x:none}', '${x:k}'], request: ['true', 'false', 'TRUE'], wrong: 'yes' },
  binary: { policy: ['AA==', 'Zm9v', '!'], request: ['AA==', 'Zm9v', ''], wrong: '!' },
  address: { policy: ['10.0.0.0/8', '::1'], request: ['10.1.1.1', '::1', '11.0.0.1'], wrong: '10.0.0.0/8' },
  arn: {
    policy: ['arn:aws:s3:::${x:v}', 'arn:*:sns:*:*:*', 'arn:aws:s3:::${x:none}', '*'],
    request: ['arn:aws:s3:::v', 'arn:aws:sns:::t', 'arn:aws:sqs:::q'],
    wrong: 'v',
  },
};

/** Policy values and a request for an operator; the key is missing when there are no values. */
function cases(name: Name, minimum = 0): fc.Arbitrary<{ texts: string[]; context: Context }> {
  const { policy, request, wrong } = samples[operators[name].type]!;
  const value = fc.constantFrom(...request, ...(wrong === undefined ? [] : [wrong]));
  return fc
    .tuple(
      fc.array(fc.constantFrom(...policy), { maxLength: 3 }),
      fc.array(value, { minLength: minimum, maxLength: 3 }),
    )
    .map(([texts, values]) => ({
      texts,
      context: { 'x:k': values, 'x:v': 'v' },
    }));
}
const answer = (operator: string, texts: readonly string[], context: Context): Outcome =>
  testCondition(line(operator, texts), ask(context));
const holds = (operator: string, texts: readonly string[], context: Context): boolean =>
  answer(operator, texts, context) > 0;

describe('negated operators', () => {
  it('there are eight', () => expect(twins).toHaveLength(8));

  it.each(twins)('L72, U5, U6: %s is the exact negation of %s', (negated, positive) => {
    fc.assert(
      fc.property(cases(negated), ({ texts, context }) => {
        expect(answer(negated, texts, context)).toBe(-answer(positive, texts, context));
      }),
    );
  });

  it.each(twins)('L72, L73, L75: %s against %s, state by state', (negated, positive) => {
    const { policy, request, wrong } = samples[operators[negated].type]!;
    const states: [Context, string, string][] = [
      [{}, 'keyMissing', 'matchedKeyMissing'],
      [{ 'x:k': [] }, 'keyMissing', 'matchedKeyMissing'],
      [{ 'x:k': request }, 'severalValues', 'matchedSeveralValues'],
    ];
    if (wrong !== undefined) states.push([{ 'x:k': wrong }, 'wrongType', 'matchedWrongType']);
    for (const [context, miss, hit] of states) {
      expect(outcome(positive, policy, context)).toBe(miss);
      expect(outcome(negated, policy, context)).toBe(hit);
    }
  });
});

describe('set operators', () => {
  const all = { 'x:k': ['a', 'b'] };
  const some = { 'x:k': ['a', 'z'] };
  const none = { 'x:k': ['y', 'z'] };
  it.each([
    ['ForAllValues:StringEquals', {}, 'matchedKeyMissing'],
    ['ForAllValues:StringEquals', { 'x:k': [] }, 'matchedKeyMissing'],
    ['ForAllValues:StringEquals', all, 'matched'],
    ['ForAllValues:StringEquals', some, 'noValueMatched'],
    ['ForAllValues:StringEquals', { 'x:k': ['z', 'a'] }, 'noValueMatched'],
    ['ForAllValues:StringEquals', none, 'noValueMatched'],
    ['ForAnyValue:StringEquals', {}, 'keyMissing'],
    ['ForAnyValue:StringEquals', { 'x:k': [] }, 'keyMissing'],
    ['ForAnyValue:StringEquals', all, 'matched'],
    ['ForAnyValue:StringEquals', some, 'matched'],
    ['ForAnyValue:StringEquals', { 'x:k': ['z', 'a'] }, 'matched'],
    ['ForAnyValue:StringEquals', none, 'noValueMatched'],
    ['ForAllValues:StringNotEquals', {}, 'matchedKeyMissing'],
    ['ForAllValues:StringNotEquals', all, 'valueMatched'],
    ['ForAllValues:StringNotEquals', some, 'valueMatched'],
    ['ForAllValues:StringNotEquals', { 'x:k': ['z', 'a'] }, 'valueMatched'],
    ['ForAllValues:StringNotEquals', none, 'matchedNoValue'],
    ['ForAnyValue:StringNotEquals', {}, 'keyMissing'],
    ['ForAnyValue:StringNotEquals', all, 'valueMatched'],
    ['ForAnyValue:StringNotEquals', some, 'matchedNoValue'],
    ['ForAnyValue:StringNotEquals', { 'x:k': ['z', 'a'] }, 'matchedNoValue'],
    ['ForAnyValue:StringNotEquals', none, 'matchedNoValue'],
  ])('L89, L90, L92: %s with %j: %s', (operator, context, expected) => {
    expect(outcome(operator, ['a', 'b'], context)).toBe(expected);
    // L88, U7: IfExists adds nothing.
    expect(outcome(`${operator}IfExists`, ['a', 'b'], context)).toBe(expected);
  });

  it.each([
    ['ForAllValues:StringEquals', {}, 'matchedKeyMissing'],
    ['ForAllValues:StringEquals', all, 'noValueMatched'],
    ['ForAnyValue:StringEquals', {}, 'keyMissing'],
    ['ForAnyValue:StringEquals', all, 'noValueMatched'],
    ['ForAllValues:StringNotEquals', all, 'matchedNoValue'],
    ['ForAnyValue:StringNotEquals', all, 'matchedNoValue'],
  ])('L74: %s without policy values, with %j: %s', (operator, context, expected) => {
    expect(outcome(operator, [], context)).toBe(expected);
  });

  it.each([
    ['ForAllValues:NumericLessThan', ['9', 'ten'], 'wrongType'],
    ['ForAllValues:NumericLessThan', ['11', 'ten'], 'noValueMatched'],
    ['ForAnyValue:NumericLessThan', ['ten', '9'], 'matched'],
    ['ForAnyValue:NumericLessThan', ['11', 'ten'], 'wrongType'],
    ['ForAnyValue:NumericLessThan', ['ten', '11'], 'noValueMatched'],
    ['ForAnyValue:NumericNotEquals', ['ten'], 'matchedWrongType'],
    ['ForAllValues:NumericNotEquals', ['ten', '10'], 'valueMatched'],
  ])('L73, U5: %s 10 against %j names the value that settled it: %s', (operator, values, expected) => {
    expect(outcome(operator, ['10'], { 'x:k': values })).toBe(expected);
  });

  it('L94, U12: the empty string is a value', () => {
    expect(outcome('ForAllValues:StringEquals', ['a'], { 'x:k': '' })).toBe('noValueMatched');
    expect(outcome('ForAnyValue:StringNotEquals', ['a'], { 'x:k': '' })).toBe('matchedNoValue');
  });

  it.each(names)('L91: for one value %s is the same with either', (name) => {
    const { policy, request, wrong } = samples[operators[name].type]!;
    for (const value of [...request, ...(wrong === undefined ? [] : [wrong])]) {
      const context = { 'x:k': value, 'x:v': 'v' };
      const plain = outcomeName(answer(name, policy, context));
      expect(outcome(`ForAllValues:${name}`, policy, context)).toBe(plain);
      expect(outcome(`ForAnyValue:${name}`, policy, context)).toBe(plain);
    }
  });

  it.each(names)('L89, L90: %s is asked value by value', (name) => {
    fc.assert(
      fc.property(cases(name, 1), ({ texts, context }) => {
        // The key itself may stand in a variable: alone it has a value, among others none.
        const fixed = texts.filter((text) => !text.includes('x:k'));
        const values = context['x:k'] as string[];
        const each = values.map((value) => holds(name, fixed, { ...context, 'x:k': value }));
        expect(holds(`ForAllValues:${name}`, fixed, context)).toBe(each.every(Boolean));
        expect(holds(`ForAnyValue:${name}`, fixed, context)).toBe(each.some(Boolean));
      }),
    );
  });

  it.each(twins)('L92: %s and %s are duals', (negated, positive) => {
    fc.assert(
      fc.property(cases(negated, 1), ({ texts, context }) => {
        const not = (operator: string) => !holds(operator, texts, context);
        expect(holds(`ForAllValues:${negated}`, texts, context)).toBe(not(`ForAnyValue:${positive}`));
        expect(holds(`ForAnyValue:${negated}`, texts, context)).toBe(not(`ForAllValues:${positive}`));
      }),
    );
  });
});
