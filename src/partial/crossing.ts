import { sourceKey } from '../request/derive.js';
import { type Piece, parseTemplate } from '../value/variable.js';
import { type Collected, exactly, foldedTokens, patternsOf } from './collected.js';
import type { KeyedLeaf } from './fitting.js';
import { type Token, witnesses } from './glob-states.js';

/** A condition on one unknown key with another in a variable. */
interface Crossing {
  readonly own: Collected;
  readonly other: Collected;
  readonly pieces: readonly Piece[];
  /** Whether the two are the same text, or but for letter case, and nothing more; undefined for anything else. */
  readonly equality: 'text' | 'foldedText' | undefined;
}

function crossingsOf(leaves: readonly KeyedLeaf[], collected: ReadonlyMap<string, Collected>): Crossing[] {
  return leaves.flatMap((leaf) => {
    const own = leaf.element === 'Condition' ? collected.get(sourceKey(leaf.test.key)) : undefined;
    if (leaf.element !== 'Condition' || own === undefined) return [];
    const type = leaf.test.operator.row?.type;
    return leaf.test.values.flatMap(({ text, keys }) => {
      const { pieces } = parseTemplate(text, { variables: true, wildcards: false });
      const alone = pieces.length === 1;
      const equality =
        !alone || (type !== 'text' && type !== 'pattern' && type !== 'foldedText')
          ? undefined
          : type === 'foldedText'
            ? type
            : 'text';
      return keys.flatMap((key): Crossing[] => {
        const other = collected.get(sourceKey(key));
        // A key is always what it is.
        return other === undefined || (other === own && alone) ? [] : [{ own, other, pieces, equality }];
      });
    });
  });
}

/**
 * Unknown keys compared with one another: both are tried with two texts of every kind that the conditions on them tell apart, so
 * that they are the same in one trial and differ in another. A third key, or more than equality, has no end.
 */
export function cross(leaves: readonly KeyedLeaf[], collected: ReadonlyMap<string, Collected>): boolean {
  const crossings = crossingsOf(leaves, collected);
  for (const { own, other, pieces, equality } of crossings) {
    other.families.add('text');
    for (const piece of pieces) {
      if (typeof piece !== 'object' || piece.defaultValue === undefined) continue;
      if (equality === 'foldedText') own.patterns.push(foldedTokens(piece.defaultValue));
      else own.texts.add(piece.defaultValue);
    }
  }
  const patterns = new Map([...collected.values()].map((one) => [one, patternsOf(one)]));
  let complete =
    crossings.length === 0 || (collected.size < 3 && isEquality(crossings, [...patterns.values()].flat()));
  for (const { own, other, pieces } of crossings) {
    const both = [...patterns.get(own)!, ...patterns.get(other)!];
    const first = witnesses(both).texts;
    const second = witnesses([...both, ...first.map(exactly)]);
    const shared = [...new Set([...first, ...second.texts])];
    complete &&= second.complete && shared.length <= maximumShared;
    for (const one of shared.slice(0, maximumShared)) {
      other.texts.add(one);
      own.texts.add(pieces.map((piece) => (typeof piece === 'object' ? one : String(piece))).join(''));
    }
  }
  return complete;
}

/** Whether all that counts is which texts are the same; but for letter case only if nothing else tells letters apart by it. */
function isEquality(crossings: readonly Crossing[], patterns: readonly (readonly Token[])[]): boolean {
  if (crossings.every(({ equality }) => equality === 'text')) return true;
  const isFolded = patterns.flat().every(({ kind }) => kind !== 'point');
  return isFolded && crossings.every(({ equality }) => equality === 'foldedText');
}

/** More texts than this are not tried in two keys at once. */
const maximumShared = 32;
