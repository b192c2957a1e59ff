import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asciiLower, foldedName } from '../../src/value/ascii.js';

describe('asciiLower', () => {
  it.each([
    ['', ''],
    ['@AZ[', '@az['],
    ['`az{', '`az{'],
    ['ABCxyzDEF', 'abcxyzdef'],
    ['aws:PrincipalTag/Team-1', 'aws:principaltag/team-1'],
    ['\u212A', '\u212A'], // the Kelvin sign, which full folding makes a `k`
    ['\u0130', '\u0130'], // the dotted capital I
    ['A\u007fZ', 'a\u007fz'],
    ['A\u0080Z', 'a\u0080z'],
    ['À\uffffA', 'À\uffffa'],
    ['ZÀ', 'zÀ'],
    ['ÀÉÖ', 'ÀÉÖ'],
    ['ΣΑΣ', 'ΣΑΣ'],
    ['\u{10400}', '\u{10400}'], // an astral letter with case
    ['ẞ', 'ẞ'],
  ])('L25, L70: folds %j to %j', (text, expected) => {
    expect(asciiLower(text)).toBe(expected);
  });

  it('L70: changes code units A to Z by 32 and no other', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const folded = Array.from({ length: text.length }, (_, i) => {
          const unit = text.charCodeAt(i);
          return String.fromCharCode(unit >= 65 && unit <= 90 ? unit + 32 : unit);
        });
        expect(asciiLower(text)).toBe(folded.join(''));
      }),
    );
  });
});

describe('foldedName', () => {
  it.each(['aws:Username', 'Key', '__proto__', 'constructor', '7', '', 'K\u212a'])(
    'L70: folds %j',
    (name) => {
      expect(foldedName(name)).toBe(asciiLower(name));
    },
  );
});
