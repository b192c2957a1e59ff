import { ONE, type Pattern, STAR } from '../value/wildcard.js';
import { type Token, tokensOf } from './glob-states.js';

/** What is collected of one key before it is turned into values. */
export interface Collected {
  readonly patterns: Token[][];
  readonly numbers: string[];
  readonly times: bigint[];
  readonly ranges: string[];
  readonly texts: Set<string>;
  /** What its values are read as. */
  readonly families: Set<'text' | 'number' | 'date' | 'address' | 'bool' | 'binary'>;
  quantified: number;
}

export const empty = (): Collected => ({
  patterns: [],
  numbers: [],
  times: [],
  ranges: [],
  texts: new Set(),
  families: new Set(),
  quantified: 0,
});

export const exactly = (text: string): Token[] => tokensOf([text]);

export const foldedTokens = (text: string): Token[] =>
  Array.from(text, (point): Token => {
    const forms = new Set([point, point.toLowerCase(), point.toUpperCase()]);
    return {
      kind: 'folded',
      points: [...forms].filter((form) => [...form].length === 1).map((form) => form.codePointAt(0)!),
    };
  });

/** The patterns that tell the texts of a key apart. An empty value is apart from all others: a default stands for it (U11). */
export const patternsOf = ({ patterns, texts, families }: Collected): readonly (readonly Token[])[] => [
  ...patterns,
  ...[...texts].map(exactly),
  ...(families.has('bool') ? ['true', 'false'].map(foldedTokens) : []),
  tokensOf([ONE, STAR]),
];

/** The texts and wildcards of a pattern. */
export function piecesOf(pattern: Pattern): (string | typeof STAR | typeof ONE)[] {
  switch (pattern.kind) {
    case 'any':
      return [STAR];
    case 'exact':
      return [pattern.text];
    case 'prefix':
      return [pattern.text, STAR];
    case 'suffix':
      return [STAR, pattern.text];
    case 'glob':
      return pattern.texts === undefined
        ? pattern.units!.map((unit) => (unit === STAR || unit === ONE ? unit : String.fromCodePoint(unit)))
        : pattern.texts
            .flatMap(({ text }, i): (string | typeof STAR)[] => (i === 0 ? [text] : [STAR, text]))
            .filter((one) => one !== '');
  }
}
