import { type ConditionTest, policyValue } from '../condition/condition.js';
import { testLeaf } from '../plan/leaf.js';
import { contextValues, singleValue, sourceKey, viaService } from '../request/derive.js';
import { isAccountPrincipal } from '../request/principal.js';
import type { Request } from '../request/request.js';
import { asciiLower } from '../value/ascii.js';
import { type Piece, parseTemplate } from '../value/variable.js';
import { matchPattern, type Pattern, patternOf, STAR } from '../value/wildcard.js';
import { type Collected, empty, exactly, foldedTokens, patternsOf, piecesOf } from './collected.js';
import { cross } from './crossing.js';
import { fits, type KeyedLeaf } from './fitting.js';
import { type Token, tokensOf, witnesses } from './glob-states.js';
import { addressesAround, numbersAround, timesAround } from './order-states.js';

/** What an unknown key is tried with: for each key, lists of values, the empty list being "absent". */
export interface Candidates {
  readonly values: ReadonlyMap<string, readonly (readonly string[])[]>;
  readonly complete: boolean;
}

/** Every value, up to what the leaves can tell apart, that the keys of one dimension may have. */
export function candidateValues(
  keys: readonly string[],
  leaves: readonly KeyedLeaf[],
  request: Request,
): Candidates {
  const collected = new Map(keys.map((key): [string, Collected] => [key, empty()]));
  let complete = true;
  for (const leaf of leaves) {
    if (leaf.element === 'Condition') {
      const own = collected.get(sourceKey(leaf.test.key));
      if (own !== undefined) collectCondition(leaf.test, own, request);
    }
    for (const template of templatesOf(leaf, request)) {
      const found = collectVariables(template, collected);
      complete &&= found;
    }
  }
  complete = cross(leaves, collected) && complete;
  const values = new Map<string, readonly (readonly string[])[]>();
  for (const [key, one] of collected) {
    const { lists, whole } = listsOf(
      one,
      multivalued.has(key),
      keys.length > 1 ? undefined : (value) => told(leaves, request, key, value),
    );
    // A signed request always says whether a service makes it.
    const always = key === viaService && isAccountPrincipal(request.principal);
    values.set(key, always ? lists.filter((list) => list.length > 0) : lists);
    complete &&= whole;
  }
  return { values, complete };
}

function collectCondition(test: ConditionTest, into: Collected, request: Request): void {
  const { row, quantifier } = test.operator;
  // The two ends of a chain differ only where it has several values.
  if (quantifier !== undefined || sourceKey(test.key) !== test.key) into.quantified++;
  if (row === undefined) return;
  for (const candidate of test.values) {
    const value = policyValue(candidate, row, request);
    switch (row.type) {
      case 'text':
        if (value !== undefined) into.patterns.push(exactly(value as string));
        break;
      case 'foldedText':
        if (value !== undefined) into.patterns.push(foldedTokens(value as string));
        break;
      case 'pattern':
        if (value !== undefined) into.patterns.push(tokensOf(piecesOf(value as Pattern)));
        break;
      case 'arn':
        if (value !== undefined) into.patterns.push(arnTokens(value as readonly Pattern[]));
        break;
      case 'number':
        into.numbers.push(candidate.text);
        break;
      case 'date':
        into.times.push(value as bigint);
        break;
      case 'address':
        into.ranges.push(candidate.text);
        break;
      case 'bool':
        break;
      case 'binary':
        into.texts.add(candidate.text).add('AA==').add('//8=');
        break;
    }
  }
  const isText = row.type === 'foldedText' || row.type === 'pattern' || row.type === 'arn';
  into.families.add(isText ? 'text' : row.type);
}

/** Six parts; the first one of a request's ARN is always `arn` (L85). */
function arnTokens(parts: readonly Pattern[]): Token[] {
  if (!matchPattern(parts[0]!, 'arn')) return [{ kind: 'folded', points: [] }];
  const tokens = exactly('arn');
  parts.slice(1).forEach((part, i) => {
    tokens.push(...exactly(':'), ...tokensOf(piecesOf(part), i < 4));
  });
  return tokens;
}

/** Text with variables, and the known texts it is compared with; none when these are unknown too. */
interface Compared {
  readonly pieces: readonly Piece[];
  readonly texts: readonly string[];
  /** Whether letter case is of no account. */
  readonly folded: boolean;
}

function templatesOf(leaf: KeyedLeaf, request: Request): readonly Compared[] {
  if (leaf.element !== 'Condition') {
    const rest = request.resource.parts?.[5];
    if (leaf.test.rest === undefined || rest === undefined) return [];
    return [{ pieces: leaf.test.rest.pieces, texts: [rest], folded: false }];
  }
  const { row } = leaf.test.operator;
  const type = row?.type;
  const folded = type === 'foldedText' || type === 'bool';
  const fold = (text: string) =>
    type === 'foldedText' ? String(row!.read(text)) : type === 'bool' ? asciiLower(text) : text;
  const texts = (contextValues(request, leaf.test.key) ?? []).map(fold);
  const wildcards = type === 'pattern' || type === 'arn';
  return leaf.test.values
    .filter(({ keys }) => keys.length > 0)
    .map(({ text }) => {
      const pieces = parseTemplate(text, { variables: true, wildcards }).pieces.map((piece) => {
        const text = typeof piece === 'object' ? singleValue(request, piece.key) || piece : piece;
        return typeof text === 'string' ? fold(text) : text;
      });
      return { pieces, texts, folded };
    });
}

/** What a variable would have to hold for the rest of its template to fit a known text. */
function collectVariables(
  { pieces, texts, folded }: Compared,
  collected: ReadonlyMap<string, Collected>,
): boolean {
  const unknown = (piece: Piece) =>
    typeof piece === 'object' ? collected.get(sourceKey(piece.key)) : undefined;
  const plain = (part: readonly Piece[]) =>
    patternOf(part.map((one) => (typeof one === 'object' ? STAR : one)));
  pieces.forEach((piece, i) => {
    const into = unknown(piece);
    if (into === undefined) return;
    into.families.add('text');
    const [before, after] = [plain(pieces.slice(0, i)), plain(pieces.slice(i + 1))];
    for (const text of texts) {
      for (const fit of fits(before, after, text)) {
        if (folded) into.patterns.push(foldedTokens(fit));
        else into.texts.add(fit);
      }
    }
  });
  return pieces.filter((piece) => unknown(piece) !== undefined).length < 2;
}

/** How the leaves answer to one value. */
function told(leaves: readonly KeyedLeaf[], request: Request, key: string, value: string): string {
  const asked = { ...request, context: new Map(request.context).set(key, [value]) };
  return leaves.map((leaf) => (testLeaf(leaf, asked) > 0 ? '1' : '0')).join('');
}

/**
 * Keys (folded) that hold lists, as AWS documents them: they may have several values also where no set operator asks. Any other
 * key has one value unless a set operator reads it.
 */
const multivalued: ReadonlySet<string> = new Set([
  'aws:calledvia',
  'aws:principalorgpaths',
  'aws:principalservicenameslist',
  'aws:resourceorgpaths',
  'aws:sourceorgpaths',
  'aws:tagkeys',
  'aws:vpceorgpaths',
  'dynamodb:attributes',
  'dynamodb:leadingkeys',
]);

/** Values of one key → the lists it is tried with: absent, one value, and several where set operators ask or the key holds lists. */
function listsOf(
  one: Collected,
  multivalued: boolean,
  name?: (value: string) => string,
): { lists: readonly (readonly string[])[]; whole: boolean } {
  const values = new Set<string>(one.texts);
  const { families } = one;
  // What one text is as a number, and as a date or a mere text, is not worked out.
  let whole = families.size < 2 || [...families].every((family) => family === 'text' || family === 'bool');
  if (families.has('text')) {
    const found = witnesses(patternsOf(one));
    whole &&= found.complete;
    for (const text of found.texts) values.add(text);
  }
  for (const text of numbersAround(one.numbers)) values.add(text);
  for (const text of timesAround(one.times)) values.add(text);
  if (one.ranges.length > 0) for (const text of addressesAround(one.ranges)) values.add(text);
  if (families.has('bool')) values.add('true').add('false');
  if (values.size === 0) values.add('x');
  // Of values that no condition can tell apart, one is enough.
  const list = [
    ...new Map([...values].reverse().map((value) => [name?.(value) ?? value, value])).values(),
  ].reverse();
  const lists: (readonly string[])[] = [[], ...list.map((value) => [value])];
  // Without a set operator all lists of several values are one (L60, L75).
  if (multivalued && one.quantified === 0) lists.push([list[0]!, list[1] ?? `${list[0]}x`]);
  if (one.quantified > 0) {
    // Several values that a set operator takes for one are still several to the others (L75).
    lists.push(...list.map((value) => [value, value]));
    let longer = list.map((value) => [value]);
    for (let size = 2; size <= Math.min(one.quantified + 1, 4); size++) {
      longer = longer.flatMap((some) =>
        list.filter((value) => value > some.at(-1)!).map((value) => [...some, value]),
      );
      if (lists.length + longer.length > 1024) return { lists, whole: false };
      lists.push(...longer);
    }
  }
  return { lists, whole };
}
