import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseTemplate,
  resolveTemplate,
  resolveText,
  substitute,
  type VariableLookup,
  variableEnd,
} from '../../src/value/variable.js';
import { matchPattern, ONE, parsePattern, STAR } from '../../src/value/wildcard.js';

const both = { variables: true, wildcards: true };
const onlyVariables = { variables: true, wildcards: false };
const variable = (key: string, spelling = key) => ({ key, spelling });
const withDefault = (key: string, defaultValue: string) => ({ key, spelling: key, defaultValue });
const lookup =
  (values: Record<string, string>): VariableLookup =>
  (key) =>
    Object.hasOwn(values, key) ? values[key] : undefined;
const nothing = lookup({});

describe('variableEnd', () => {
  it.each([
    ['${a}', 0, 3],
    ['xx${a}}', 2, 5],
    ['${}', 0, 2],
    ['${a', 0, -1],
    ['}${a', 1, -1],
    ['}', 0, 0],
    // A brace inside the quotes of a default does not close.
    ["${a, 'b'}", 0, 8],
    ["${a, 'b}c'}", 0, 10],
    ["${a, '}'}", 0, 8],
    ["${a, '}b'}d'}", 0, 9],
    ["xyz${abc, 'b}c'}", 3, 15],
    ["xyz${abc, '}'}'}", 3, 13],
    ["${a, 'b, c}d'}", 0, 13],
    ["${a, ''}", 0, 7],
    ["${, '}'}", 0, 7],
    // What only looks like a default.
    ["${a,'b}c'}", 0, 6],
    ["${a,  'b}c'}", 0, 8],
    ['${a, b}c}', 0, 6],
    ["${a, b'}c'}", 0, 7],
    ["${a 'b}c'}", 0, 6],
    ["${a,x'b}c'}", 0, 7],
    ["${ 'b}c'}", 0, 5],
    ["${a}, 'b}c'}", 0, 3],
    ["${a, 'b}c", 0, 7],
    ["${a, 'b}c' }", 0, 7],
    ["${a, '}", 0, 6],
  ])('L57: the variable of %j at %i ends at %i', (source, open, expected) => {
    expect(variableEnd(source, open)).toBe(expected);
  });
});

describe('variableEnd with the end of the last default', () => {
  it.each([
    ["${a, 'b}c'}", 9, 10],
    ["${a, 'b}c'}", 6, 10],
    ["${a, 'b}c'}", 5, 7],
    ["${a, 'b}c'}", -1, 7],
  ])('L57: in %j, the last at %i: %i', (source, last, expected) => {
    expect(variableEnd(source, 0, last)).toBe(expected);
  });
});

describe('parseTemplate', () => {
  it.each([
    ['', []],
    ['plain', ['plain']],
    ['a*b?', ['a', STAR, 'b', ONE]],
    ['${a}', [variable('a')]],
    ['x${a}y', ['x', variable('a'), 'y']],
    ['${a}${b}', [variable('a'), variable('b')]],
    ['*${a}?', [STAR, variable('a'), ONE]],
    ['${aws:PrincipalTag/Team}', [variable('aws:principaltag/team', 'aws:PrincipalTag/Team')]],
    ["${A, 'B'}", [{ key: 'a', spelling: 'A', defaultValue: 'B' }]],
    ["${a, ''}", [withDefault('a', '')]],
    ["${a, 'b, c'}", [withDefault('a', 'b, c')]],
    ["${a, 'b}c'}d", [withDefault('a', 'b}c'), 'd']],
    ["${a, '*'}", [withDefault('a', '*')]],
    ["${a, ' b '}", [withDefault('a', ' b ')]],
    ["${a, 'it's'}", [withDefault('a', "it's")]],
    ['${*}', ['*']],
    ['${?}', ['?']],
    ['${$}', ['$']],
    ['${*}*${?}?${$}', ['*', STAR, '?', ONE, '$']],
    ['${$}{a}', ['$', '{a}']],
    ['${\u212A}', [variable('\u212A')]],
    // No default without quotes on both sides.
    ['${a, b}', [variable('a')]],
    ["${a, 'b}", [variable('a')]],
    ["${a, b'}", [variable('a')]],
    ["${a, '}", [variable('a')]],
    ['${a,}', [variable('a')]],
    // Undocumented spacing around a quoted default is tolerated.
    ["${a,'b'}", [withDefault('a', 'b')]],
    ["${a,  'b' }", [withDefault('a', 'b')]],
    // Unclosed, or no variable at all.
    ['${a', ['${a']],
    ['x${', ['x${']],
    ['${a}${b', [variable('a'), '${b']],
    ['$a}{b}', ['$a}{b}']],
    ['a$', ['a$']],
    ['${a*', ['${a', STAR]],
    ['${}', [variable('')]],
    ["${, 'd'}", [withDefault('', 'd')]],
    ['${,x}', [variable('')]],
    ['${a${b}', [variable('a${b')]],
  ])('L57, L59, L64: takes %j apart', (source, pieces) => {
    const template = parseTemplate(source, both);
    expect(template.source).toBe(source);
    expect(template.pieces).toEqual(pieces);
    const asks = pieces.some((piece) => typeof piece === 'object');
    expect('fixed' in template).toBe(!asks);
  });

  it.each([
    ['a*b?c', ['a*b?c']],
    ['*${a}?', ['*', variable('a'), '?']],
    ['${*}*', ['*', '*']],
    ['', []],
  ])('L76: without wildcards %j has none', (source, pieces) => {
    expect(parseTemplate(source, onlyVariables).pieces).toEqual(pieces);
  });

  it.each(['${a}', '${*}', "${a, 'b'}", '${'])('L4: without variables %j is plain text', (source) => {
    const plain = parseTemplate(source, { variables: false, wildcards: false });
    expect(plain).toEqual({ source, pieces: [source], fixed: { kind: 'exact', text: source } });
  });
  it('L4: without variables wildcards work as usual', () => {
    const source = '${a}*';
    expect(parseTemplate(source, { variables: false, wildcards: true })).toEqual({
      source,
      pieces: ['${a}', STAR],
      fixed: { kind: 'prefix', text: '${a}' },
    });
  });

  it('L64: a template without variables has its pattern', () => {
    expect(parseTemplate('${*}a*', both).fixed).toEqual({ kind: 'prefix', text: '*a' });
    expect(parseTemplate('', both).fixed).toEqual({ kind: 'exact', text: '' });
  });
});

describe('resolveTemplate', () => {
  const resolve = (source: string, values: Record<string, string> = {}) =>
    resolveTemplate(parseTemplate(source, both), lookup(values));

  it.each([
    ['${a}', { a: 'x' }, { kind: 'exact', text: 'x' }],
    ['${A}', { a: 'x' }, { kind: 'exact', text: 'x' }],
    ['-${a}-*', { a: 'x' }, { kind: 'prefix', text: '-x-' }],
    ['*${a}', { a: 'x' }, { kind: 'suffix', text: 'x' }],
    ['${a}${b}', { a: 'x', b: 'y' }, { kind: 'exact', text: 'xy' }],
    // L59: the value is literal.
    ['${a}', { a: '*' }, { kind: 'exact', text: '*' }],
    ['${a}*', { a: '?*' }, { kind: 'prefix', text: '?*' }],
    ['${a}', { a: '${b}', b: 'no' }, { kind: 'exact', text: '${b}' }],
    ['${a}', { a: '$&$1' }, { kind: 'exact', text: '$&$1' }],
    // L63, U11: the default counts when there is no value, or an empty one.
    ["${a, 'd'}", { a: 'x' }, { kind: 'exact', text: 'x' }],
    ["${a, 'd'}", {}, { kind: 'exact', text: 'd' }],
    ["${a, 'd'}", { a: '' }, { kind: 'exact', text: 'd' }],
    ["${a, ''}", {}, { kind: 'exact', text: '' }],
    ["${a, ''}", { a: '' }, { kind: 'exact', text: '' }],
    ["${a, '*'}", {}, { kind: 'exact', text: '*' }],
  ])('L59, L63, U11: %j with %j', (source, values, expected) => {
    expect(resolve(source, values)).toEqual(expected);
  });

  it.each([
    ['${a}', {}],
    ['${a}', { a: '' }],
    ['x${a}*', {}],
    ['${a}${b}', { a: 'x' }],
    ['${a}${b}', { b: 'x' }],
    ["${a, 'd'}${b}", {}],
    ['${constructor}', {}],
    ['${__proto__}', {}],
  ])('L61: %j with %j has no value', (source, values) => {
    expect(resolve(source, values)).toBeUndefined();
  });

  it('L64: a fixed template asks for nothing', () => {
    const template = parseTemplate('a*', both);
    const never: VariableLookup = () => {
      throw new Error('asked');
    };
    expect(resolveTemplate(template, never)).toBe(template.fixed);
  });

  it('L59: a value matches itself and nothing else, whatever it holds', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '*', '?', '$', '{', '}', '😀'), minLength: 1 });
    fc.assert(
      fc.property(text, text, (value, other) => {
        const pattern = resolve('<${a}>', { a: value })!;
        expect(matchPattern(pattern, `<${value}>`)).toBe(true);
        expect(matchPattern(pattern, `<${other}>`)).toBe(other === value);
      }),
    );
  });

  it('L4: without variables a template is the pattern of its text', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '*', '?', '$', '{', '}', "'", ',') });
    fc.assert(
      fc.property(text, (source) => {
        const template = parseTemplate(source, { variables: false, wildcards: true });
        expect(resolveTemplate(template, nothing)).toEqual(parsePattern(source));
      }),
    );
  });
});

describe('the length of what variables stand for', () => {
  const half = 'a'.repeat(5_000_000);
  const asked = (source: string, values: Record<string, string>) => () =>
    resolveTemplate(parseTemplate(source, both), lookup(values));
  const issue = {
    path: 'request.context',
    code: 'ERR_IAM_VALUE',
    message: 'the variables of a policy text stand for more than 10000000 characters',
    hint: 'pass shorter values',
  };

  it('may be ten million characters, the text around it aside', () => {
    const found = asked('x${a}-${a}y', { a: half })();
    expect(found).toEqual({ kind: 'exact', text: `x${half}-${half}y` });
  });
  it.each([
    ['${a}${a}${b}', { a: half, b: 'b' }],
    ['${b}${a}${a}', { a: half, b: 'b' }],
    ["${a}${a}${c, 'd'}", { a: half }],
  ])('is refused when it is longer: %s', (source, values) => {
    const expected = { code: 'ERR_IAM_INVALID_REQUEST', issues: [issue] };
    expect(asked(source, values)).toThrow(expect.objectContaining(expected));
    expect(() => substitute(source, lookup(values))).toThrow(expect.objectContaining(expected));
  });
});

describe('substitute', () => {
  it.each([
    ['', {}, ''],
    ['plain', {}, 'plain'],
    ['a*b?c', {}, 'a*b?c'],
    ['${*}${?}${$}', {}, '*?$'],
    ['x/${A}/*', { a: 'y' }, 'x/y/*'],
    ["${a, 'd'}?", {}, 'd?'],
    ["${a, 'd'}", { a: '' }, 'd'],
    ["${a, ''}", {}, ''],
    ['${a}', {}, undefined],
    ['x${a}', { a: '' }, undefined],
    ['${a', {}, '${a'],
  ])('L61, L63: %j with %j reads %j', (source, values, expected) => {
    expect(substitute(source, lookup(values))).toBe(expected);
  });
});

describe('resolveText', () => {
  it('L76: is the text where there are no wildcards', () => {
    const text = (source: string, values: Record<string, string> = {}) =>
      resolveText(parseTemplate(source, onlyVariables), lookup(values));
    expect(text('')).toBe('');
    expect(text('*')).toBe('*');
    expect(text('a${a}?', { a: '*' })).toBe('a*?');
    expect(text('a${a}?')).toBeUndefined();
  });
  it.each(['*', 'a*', '*a', '?', '*${a}', '${a}*'])('a pattern such as %j is no text', (source) => {
    expect(resolveText(parseTemplate(source, both), lookup({ a: 'x' }))).toBeUndefined();
  });
});
