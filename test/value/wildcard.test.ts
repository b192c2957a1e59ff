import fc from 'fast-check';
import micromatch from 'micromatch';
import { describe, expect, it } from 'vitest';
import {
  beginsWith,
  lettersIn,
  lettersOf,
  matchPattern,
  ONE,
  type Pattern,
  parsePattern,
  patternOf,
  STAR,
  wildcardPieces,
} from '../../src/value/wildcard.js';

const any = { kind: 'any' };
const exact = (text: string) => ({ kind: 'exact', text });
const prefix = (text: string) => ({ kind: 'prefix', text });
const suffix = (text: string) => ({ kind: 'suffix', text });
/** Units only: `?` is among them, or half a character where a text ends. */
const glob = (...units: (string | number)[]) => ({
  kind: 'glob',
  units: units.map((unit) => (typeof unit === 'string' ? unit.codePointAt(0) : unit)) as unknown,
  texts: undefined as readonly string[] | undefined,
  letters: units
    .filter((unit) => typeof unit === 'string')
    .flatMap((text) => [...Array(text.length).keys()].map((i) => (2 ** (text.charCodeAt(i) % 32)) | 0))
    .reduce((all, bit) => all | bit, 0),
});
/** The texts between the stars, which say it all. */
const stars = (texts: readonly string[], ...units: (string | number)[]) => ({
  ...glob(...units),
  units: undefined,
  texts: texts.map((text) => ({ text, unit: expect.any(String), offset: expect.any(Number) })),
});

describe('wildcardPieces', () => {
  it.each([
    ['', []],
    ['a', ['a']],
    ['abc', ['abc']],
    ['*', [STAR]],
    ['?', [ONE]],
    ['**', [STAR, STAR]],
    ['*?*', [STAR, ONE, STAR]],
    ['a*', ['a', STAR]],
    ['*a', [STAR, 'a']],
    ['ab?cd*ef', ['ab', ONE, 'cd', STAR, 'ef']],
    [')+@>', [')+@>']],
    ['😀*😀', ['😀', STAR, '😀']],
  ])('L26, L35: splits %j', (text, expected) => {
    expect(wildcardPieces(text)).toEqual(expected);
  });
});

describe('parsePattern', () => {
  it.each([
    ['', exact('')],
    ['a', exact('a')],
    ['a😀', exact('a😀')],
    ['*', any],
    ['**', any],
    ['***', any],
    ['?', glob(ONE)],
    ['a*', prefix('a')],
    ['a**', prefix('a')],
    ['😀*', prefix('😀')],
    ['*a', suffix('a')],
    ['**a', suffix('a')],
    ['*ab😀', suffix('ab😀')],
    ['*a*', stars(['', 'a', ''], STAR, 'a', STAR)],
    ['a*b', stars(['a', 'b'], 'a', STAR, 'b')],
    ['a**b', stars(['a', 'b'], 'a', STAR, 'b')],
    ['a*b*', stars(['a', 'b', ''], 'a', STAR, 'b', STAR)],
    ['*a*b', stars(['', 'a', 'b'], STAR, 'a', STAR, 'b')],
    ['😀*ab*😁', stars(['😀', 'ab', '😁'], '😀', STAR, 'a', 'b', STAR, '😁')],
    ['a*b?', glob('a', STAR, 'b', ONE)],
    ['a\ud83d*b', glob('a', '\ud83d', STAR, 'b')],
    ['a*\ude00b', glob('a', STAR, '\ude00', 'b')],
    ['*a\ud83d*', glob(STAR, 'a', '\ud83d', STAR)],
    ['*\ude00a*', glob(STAR, '\ude00', 'a', STAR)],
    // Half a character within a text has no open end.
    ['*a\ud83db*', stars(['', 'a\ud83db', ''], STAR, 'a', '\ud83d', 'b', STAR)],
    ['*\ud83d\ude00*', stars(['', '😀', ''], STAR, '😀', STAR)],
    ['a?', glob('a', ONE)],
    ['?a', glob(ONE, 'a')],
    ['??', glob(ONE, ONE)],
    ['?*', glob(ONE, STAR)],
    ['*?', glob(STAR, ONE)],
    ['*?*', glob(STAR, ONE, STAR)],
    ['a?b', glob('a', ONE, 'b')],
  ])('L35: %j', (text, expected) => {
    expect(parsePattern(text)).toStrictEqual(expected);
  });
});

describe('patternOf', () => {
  it.each<[(string | typeof STAR | typeof ONE)[], unknown]>([
    [[], exact('')],
    [[''], exact('')],
    [['', ''], exact('')],
    [['a', 'b'], exact('ab')],
    [['*', '?'], exact('*?')],
    [['*', STAR], prefix('*')],
    [[STAR, '?'], suffix('?')],
    [[STAR, '', STAR], any],
    [['a', STAR, '', STAR], prefix('a')],
    [['😀', ONE], glob('😀', ONE)],
    [[STAR, '*', STAR], stars(['', '*', ''], STAR, '*', STAR)],
    [['a', STAR, '*', '', '?', STAR], stars(['a', '*?', ''], 'a', STAR, '*', '?', STAR)],
    [['a', 'b', STAR, STAR], prefix('ab')],
    [[STAR, 'a', 'b'], suffix('ab')],
    [['a', ONE, '', 'b', 'c'], glob('a', ONE, 'b', 'c')],
    [[STAR, STAR], any],
    [[ONE], glob(ONE)],
    [[ONE, ONE], glob(ONE, ONE)],
    [['a', 'b', ''], exact('ab')],
    // Two halves of one character are that character.
    [['\ud83d', '\ude00'], exact('😀')],
    [['\ud83d', '\ude00', STAR], prefix('😀')],
    [['\ud83d', '\ude00', ONE], glob('😀', ONE)],
  ])('L59, L64: text among the pieces %j stays literal', (pieces, expected) => {
    expect(patternOf(pieces)).toEqual(expected);
  });
});

describe('beginsWith', () => {
  it('is what startsWith is', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '😀', '\ud83d', '\ude00'), maxLength: 6 });
    fc.assert(
      fc.property(text, text, fc.nat(8), (whole, other, length) => {
        for (const beginning of [other, whole.slice(0, length), whole + other, `${whole.slice(0, length)}b`])
          expect(beginsWith(whole, beginning)).toBe(whole.startsWith(beginning));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['', '', true],
    ['a', '', true],
    ['', 'a', false],
    ['ab', 'ab', true],
    ['abc', 'ab', true],
    ['a', 'ab', false],
    // The last unit is the same, one before is not.
    ['xb', 'ab', false],
    ['bab', 'ab', false],
    ['ac', 'ab', false],
  ])('%j begins with %j: %s', (text, beginning, expected) => {
    expect(beginsWith(text, beginning)).toBe(expected);
  });
});

describe('matchPattern', () => {
  it.each([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['*', 'any\nthing:/', true],
    ['a', 'a', true],
    ['a', 'A', false],
    ['a', 'ab', false],
    ['a', '', false],
    ['ab*', 'ab', true],
    ['ab*', 'abc', true],
    ['ab*', 'a', false],
    ['ab*', 'xab', false],
    ['*ab', 'ab', true],
    ['*ab', 'cab', true],
    ['*ab', 'abc', false],
    ['*ab', 'b', false],
    ['?', '', false],
    ['?', 'a', true],
    ['?', 'ab', false],
    ['?', '😀', true],
    ['??', '😀', false],
    ['a?', 'a', false],
    ['a?', 'ab', true],
    ['a?', 'abc', false],
    ['?*', '', false],
    ['?*', 'a', true],
    ['*?', '', false],
    ['*?', 'abc', true],
    ['*?*?', 'a', false],
    ['*?*?', 'ab', true],
    ['a*b', 'ab', true],
    ['a*b', 'axb', true],
    ['a*b', 'axbx', false],
    ['a*b', 'abab', true],
    ['a*b', 'xab', false],
    ['*a*', '', false],
    ['*a*', 'xax', true],
    ['*a*', 'xxx', false],
    ['a*', 'a\nb', true],
    ['a?b', 'a\nb', true],
    ['a*bc*d', 'abbcbcd', true],
    ['a*bc*d', 'abbd', false],
    ['*ab*ab*', 'aab', false],
    ['*ab*ab*', 'aabxab', true],
    ['*?b', '😀b', true],
    ['*😁', '😀😁', true],
    ['*?😁b', '😀😁b', true],
    ['x*?😁b', 'x😀😀😁b', true],
    ['*??b', '😀b', false],
    ['a*c?', 'abc', false],
    ['a*?**', 'ab', true],
    ['.', 'x', false],
    ['[a]*(b)', '[a]x(b)', true],
    ['[a]*(b)', 'axb', false],
    ['a+*$', 'a+x$', true],
    ['\\*x?', '\\yxz', true],
  ])('L26, L35, L78: %j against %j is %s', (pattern, text, expected) => {
    expect(matchPattern(parsePattern(pattern), text)).toBe(expected);
  });

  it.each([
    // Half a character is a character of its own, and no part of a whole one.
    ['\ud83d*', '😀', false],
    ['\ud83d*', '\ud83d', true],
    ['\ud83d*', '\ud83dx', true],
    ['a\udbff*', 'a\u{10ffff}', false],
    ['a\ud800*', 'a\u{10000}', false],
    ['*\ude00', '😀', false],
    ['*\ude00', '\ude00', true],
    ['*\ude00', 'x\ude00', true],
    ['*\udc00a', '\u{10000}a', false],
    ['*\ude00*', '😀', false],
    ['*\ud83d*', '😀', false],
    ['*\ud83d*', '\ud83dx', true],
    ['a*\ude00b', 'a😀b', false],
    ['a*\ude00b', 'ax\ude00b', true],
    ['a\ud83d*b', 'a😀b', false],
    ['*a\ud83db*', 'xa\ud83dby', true],
    ['*\udfffa', '\u{10ffff}a', false],
    ['\ude00*', '\ude00x', true],
    ['*\ud83d', 'x\ud83d', true],
  ])('L35: %j against %j is %s', (pattern, text, expected) => {
    expect(matchPattern(parsePattern(pattern), text)).toBe(expected);
  });

  it.each([
    ['\ud7ff*', prefix('\ud7ff')],
    ['\ud800*', glob('\ud800', STAR)],
    ['\udbff*', glob('\udbff', STAR)],
    ['\udc00*', glob('\udc00', STAR)],
    ['\ue000*', prefix('\ue000')],
    ['\ud83dx*', prefix('\ud83dx')],
    ['*\udbff', glob(STAR, '\udbff')],
    ['*\ud7ff', suffix('\ud7ff')],
    ['*\udc00', glob(STAR, '\udc00')],
    ['*\udfff', glob(STAR, '\udfff')],
    ['*\ue000', suffix('\ue000')],
    ['*x\udc00', suffix('x\udc00')],
  ])('L35: %j is compared by code points', (text, expected) => {
    expect(parsePattern(text)).toEqual(expected);
  });

  it('L35: `?` is one character of whatever width', () => {
    for (const text of ['\uffff', '\u{10000}', '\u{10ffff}', '\ud7ff', 'é']) {
      expect(matchPattern(parsePattern('a?b'), `a${text}b`)).toBe(true);
      expect(matchPattern(parsePattern('a??b'), `a${text}b`)).toBe(false);
      expect(matchPattern(parsePattern('*?b'), `${text}b`)).toBe(true);
      expect(matchPattern(parsePattern('*??b*'), `${text}b`)).toBe(false);
    }
  });

  /** The textbook table: whether the first i characters of the pattern match the first j of the text. */
  function naive(pattern: string, text: string): boolean {
    const p = [...pattern];
    const t = [...text];
    let row = [true, ...t.map(() => false)];
    for (const unit of p) {
      const next = [unit === '*' && row[0]!];
      t.forEach((point, j) => {
        next.push(unit === '*' ? next[j]! || row[j + 1]! : row[j]! && (unit === '?' || unit === point));
      });
      row = next;
    }
    return row[t.length]!;
  }

  it('L35: agrees with the textbook table', () => {
    const letter = fc.constantFrom('a', 'b', '😀', '😁', '\uffff', '\ud83d', '\ude00');
    const unit = fc.oneof(
      { weight: 3, arbitrary: letter },
      { weight: 2, arbitrary: fc.constantFrom('*', '?') },
    );
    const joined = (units: fc.Arbitrary<string>) =>
      fc.array(units, { maxLength: 8 }).map((all) => all.join(''));
    fc.assert(
      fc.property(joined(unit), joined(letter), (pattern, text) => {
        expect(matchPattern(parsePattern(pattern), text)).toBe(naive(pattern, text));
      }),
      { numRuns: 3000 },
    );
  });

  it('a text is sought by a unit that is rarest in it', () => {
    const unit = fc.constantFrom('a', 'b', 'c', '/');
    fc.assert(
      fc.property(fc.string({ unit, minLength: 1, maxLength: 6 }), (text) => {
        const pattern = parsePattern(`*${text}*`);
        const sought = pattern.kind === 'glob' ? pattern.texts![1]! : undefined;
        const count = (one: string) => text.split(one).length;
        expect(sought).toEqual({ text, unit: text[sought!.offset], offset: sought!.offset });
        expect(count(sought!.unit)).toBe(Math.min(...[...text].map(count)));
      }),
    );
  });

  it('the letters of a pattern are those of all texts that it matches', () => {
    const letter = fc.constantFrom('a', 'b', 'z', '/', '😀', '*', '?');
    fc.assert(
      fc.property(
        fc.string({ unit: letter, maxLength: 6 }),
        fc.string({ unit: letter, maxLength: 8 }),
        (source, other) => {
          const pattern = parsePattern(source);
          const letters = lettersIn(pattern);
          for (const text of [other, source.replaceAll('?', 'q'), source.replaceAll('*', other)])
            if (matchPattern(pattern, text)) expect(letters & ~lettersOf(text)).toBe(0);
          // Nothing is told by a wildcard.
          expect(letters).toBe(lettersOf(source.replace(/[*?]/g, '')));
        },
      ),
    );
  });

  it('L35: the search for texts answers as the comparison of units does', () => {
    const letter = fc.constantFrom('a', 'b', 'ab', '😀', '😁', '\ud83d', '\ude00', '\ude01', '\uffff');
    const joined = (length: number) =>
      fc.array(letter, { maxLength: length }).map((letters) => letters.join(''));
    const texts = fc.array(joined(2), { minLength: 2, maxLength: 5 });
    let searched = 0;
    fc.assert(
      fc.property(
        texts,
        fc.array(joined(2), { minLength: 4, maxLength: 4 }),
        joined(8),
        (runs, between, other) => {
          const pattern = parsePattern(runs.join('*'));
          if (pattern.kind !== 'glob') return;
          if (pattern.texts !== undefined) searched++;
          const units = [...runs.join('*')].map((one) => (one === '*' ? STAR : one.codePointAt(0)!));
          const byUnits: Pattern = { ...pattern, texts: undefined, units };
          // One text that mostly fits, the same with an end cut off, and one of chance.
          const fit = runs.map((run, i) => run + (i < runs.length - 1 ? between[i]! : '')).join('');
          for (const text of [fit, fit.slice(1), fit.slice(0, -1), other])
            expect(matchPattern(pattern, text)).toBe(matchPattern(byUnits, text));
        },
      ),
      { numRuns: 3000 },
    );
    expect(searched).toBeGreaterThan(200);
  });

  it('L35: the letters of a text only spare work', () => {
    const letter = fc.constantFrom('a', 'A', 'b', '!', '😀', '😁', '\ud83d', '\ude00', '\uffff', '*', '?');
    const joined = (length: number) => fc.array(letter, { maxLength: length }).map((all) => all.join(''));
    let spared = 0;
    fc.assert(
      fc.property(joined(5), joined(8), (written, text) => {
        const pattern = parsePattern(written);
        if (pattern.kind === 'glob' && (pattern.letters & ~lettersOf(text)) !== 0) spared++;
        expect(matchPattern(pattern, text, lettersOf(text))).toBe(matchPattern(pattern, text));
      }),
      { numRuns: 3000 },
    );
    expect(spared).toBeGreaterThan(200);
    // With none of them known to be there, nothing is gone through.
    expect(matchPattern(parsePattern('a*b?'), 'abc', 0)).toBe(false);
    expect(matchPattern(parsePattern('*??*'), 'abc', 0)).toBe(true);
  });

  it('L35: texts at both ends do not overlap, nor do those between', () => {
    for (const [pattern, text, expected] of [
      ['ab*ba', 'aba', false],
      ['ab*ba', 'abba', true],
      ['a*a', 'a', false],
      ['aa*aa', 'aaa', false],
      ['a*b*b', 'ab', false],
      ['a*b*b', 'abb', true],
      ['a*ab*b', 'aab', false],
      ['a*ab*b', 'aabb', true],
      ['*ab*ba*', 'aba', false],
      ['*ab*ba*', 'abba', true],
      ['a*bb*b', 'abb', false],
    ] as const)
      expect([pattern, text, matchPattern(parsePattern(pattern), text)]).toEqual([pattern, text, expected]);
  });

  it('L35: a text matches itself with runs of it taken out for stars', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '😀'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(text, fc.infiniteStream(fc.nat(3)), (source, choices) => {
        const pattern = [...source]
          .map((point) => {
            const choice = choices.next().value!;
            return choice === 0 ? '*' : choice === 1 ? '?' : point;
          })
          .join('');
        expect(matchPattern(parsePattern(pattern), source)).toBe(true);
      }),
    );
  });

  it('L26: agrees with micromatch where both speak the same language', () => {
    const plain = fc.oneof(fc.stringMatching(/^[ab:_-]{0,4}$/), fc.stringMatching(/^[A-Za-z0-9:_-]{0,6}$/));
    const pattern = fc
      .array(plain, { minLength: 1, maxLength: 4 })
      .map((runs) => runs.join('*'))
      .filter((source) => source !== '');
    const text = fc.array(plain, { minLength: 1, maxLength: 4 }).map((runs) => runs.join('') || 'a');
    fc.assert(
      fc.property(pattern, text, fc.nat(5), (source, other, choice) => {
        // Half of the texts are made to fit.
        const candidate = choice < 3 ? source.replaceAll('*', other.slice(choice)) || 'a' : other;
        expect(matchPattern(parsePattern(source), candidate)).toBe(micromatch.isMatch(candidate, source));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the work of matching', () => {
  /** How often the text is looked at. */
  function looks(pattern: Pattern, text: string): number {
    let count = 0;
    const counted = {
      length: text.length,
      codePointAt(index: number) {
        count++;
        return text.codePointAt(index);
      },
    };
    expect(matchPattern(pattern, counted as unknown as string)).toBe(false);
    return count;
  }

  it.each([1, 10, 100, 1000])('L35: %i stars on a long text that does not match are linear', (stars) => {
    const pattern = parsePattern(`?${'*a'.repeat(stars)}*b`);
    const at = (length: number) => looks(pattern, 'a'.repeat(length));
    expect(at(10_000)).toBeLessThanOrEqual(4 * (10_000 + stars));
    expect(at(20_000) / at(10_000)).toBeLessThan(2.1);
  });

  /** How many characters a search goes over; the built-in one finds a text in one pass. */
  function searched(pattern: Pattern, text: string): { passed: number; asked: number } {
    let passed = 0;
    let asked = 0;
    const counted = {
      length: text.length,
      charCodeAt: (index: number) => text.charCodeAt(index),
      slice(from: number, to: number) {
        passed += to - from;
        return text.slice(from, to);
      },
      endsWith: (end: string) => {
        passed += end.length;
        return text.endsWith(end);
      },
      indexOf(part: string, from: number) {
        asked++;
        const found = text.indexOf(part, from);
        passed += (found < 0 ? text.length : found + part.length) - from;
        return found;
      },
    };
    expect(matchPattern(pattern, counted as unknown as string)).toBe(false);
    return { passed, asked };
  }

  it.each([1, 10, 100, 1000])('L35: %i stars and no `?` pass over the text once', (stars) => {
    for (const end of ['*b*', '*b*a', '*b']) {
      const pattern = parsePattern(`${'*a'.repeat(stars)}${end}`);
      const { passed, asked } = searched(pattern, 'a'.repeat(10_000));
      expect(passed).toBeLessThanOrEqual(10_000 + stars + 2);
      expect(asked).toBeLessThanOrEqual(stars + 1);
    }
  });

  it('L35: at worst it is the pattern times the text', () => {
    const pattern = parsePattern(`?*${'a'.repeat(50)}b`);
    const text = 'a'.repeat(1000);
    expect(looks(pattern, text)).toBeLessThanOrEqual(2 * 53 * 1000);
  });
});
