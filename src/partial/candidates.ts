import { type ConditionTest, policyValue } from '../condition/condition.js';
import { testLeaf } from '../plan/leaf.js';
import type { Leaf } from '../plan/plan.js';
import { contextValues, singleValue, sourceKey } from '../request/derive.js';
import type { Request } from '../request/request.js';
import { type Piece, parseTemplate } from '../value/variable.js';
import { matchPattern, ONE, type Pattern, patternOf, STAR } from '../value/wildcard.js';
import { fits } from './fitting.js';
import { type Token, tokensOf, witnesses } from './glob-states.js';
import { addressesAround, numbersAround, timesAround } from './order-states.js';

/** What an unknown key is tried with: for each key, lists of values, the empty list being "absent". */
export interface Candidates {
  readonly values: ReadonlyMap<string, readonly (readonly string[])[]>;
  readonly complete: boolean;
}

/** What is collected of one key before it is turned into values. */
interface Collected {
  readonly patterns: Token[][];
  readonly numbers: string[];
  readonly times: bigint[];
  readonly ranges: string[];
  readonly texts: Set<string>;
  bool: boolean;
  text: boolean;
  quantified: number;
}

/** Every value, up to what the leaves can tell apart, that the keys of one dimension may have. */
export function candidateValues(
  keys: readonly string[],
  leaves: readonly Leaf[],
  request: Request,
): Candidates {
  const collected = new Map(keys.map((key): [string, Collected] => [key, empty()]));
  let complete = true;
  for (const leaf of leaves) {
    if (leaf.element === 'Condition') {
      const own = collected.get(sourceKey(leaf.test.key));
      if (own !== undefined) collectCondition(leaf.test, own, request);
    }
    for (const [pieces, texts] of templatesOf(leaf, request)) {
      const found = collectVariables(pieces, texts, collected);
      complete &&= found;
    }
  }
  complete = cross(leaves, collected) && complete;
  const values = new Map<string, readonly (readonly string[])[]>();
  for (const [key, one] of collected) {
    const { lists, whole } = listsOf(
      one,
      keys.length > 1 ? undefined : (value) => told(leaves, request, key, value),
    );
    values.set(key, lists);
    complete &&= whole;
  }
  return { values, complete };
}

const empty = (): Collected => ({
  patterns: [],
  numbers: [],
  times: [],
  ranges: [],
  texts: new Set(),
  bool: false,
  text: false,
  quantified: 0,
});

function collectCondition(test: ConditionTest, into: Collected, request: Request): void {
  const { row, quantifier } = test.operator;
  // The two ends of a chain differ only where it has several values.
  if (quantifier !== undefined || sourceKey(test.key) !== test.key) into.quantified++;
  if (row === undefined) return;
  for (const candidate of test.values) {
    const value = policyValue(candidate, row, request);
    switch (row.type) {
      case 'text':
        into.text = true;
        if (value !== undefined) into.patterns.push(tokensOf([value as string]));
        break;
      case 'foldedText':
        into.text = true;
        if (value !== undefined) into.patterns.push(foldedTokens(value as string));
        break;
      case 'pattern':
        into.text = true;
        if (value !== undefined) into.patterns.push(tokensOf(piecesOf(value as Pattern)));
        break;
      case 'arn':
        into.text = true;
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
        into.bool = true;
        break;
      case 'binary':
        into.texts.add(candidate.text).add('AA==').add('//8=');
        break;
    }
  }
}

function piecesOf(pattern: Pattern): (string | typeof STAR | typeof ONE)[] {
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
      return pattern.units.map((unit) => (unit === STAR || unit === ONE ? unit : String.fromCodePoint(unit)));
  }
}

const foldedTokens = (text: string): Token[] =>
  Array.from(text, (point): Token => {
    const forms = new Set([point, point.toLowerCase(), point.toUpperCase()]);
    return {
      kind: 'folded',
      points: [...forms].filter((form) => [...form].length === 1).map((form) => form.codePointAt(0)!),
    };
  });

/** Six parts; the first one of a request's ARN is always `arn` (L85). */
function arnTokens(parts: readonly Pattern[]): Token[] {
  if (!matchPattern(parts[0]!, 'arn')) return [{ kind: 'folded', points: [] }];
  const tokens = tokensOf(['arn']);
  parts.slice(1).forEach((part, i) => {
    tokens.push(...tokensOf([':']), ...tokensOf(piecesOf(part), i < 4));
  });
  return tokens;
}

/** The templates of a leaf, each with the known texts it is compared with; no texts when these are unknown too. */
function templatesOf(leaf: Leaf, request: Request): [readonly Piece[], readonly string[]][] {
  if (leaf.element === 'Resource' || leaf.element === 'NotResource') {
    const rest = request.resource.parts?.[5];
    return leaf.test.rest === undefined || rest === undefined ? [] : [[leaf.test.rest.pieces, [rest]]];
  }
  if (leaf.element !== 'Condition') return [];
  const texts = contextValues(request, leaf.test.key) ?? [];
  const wildcards = leaf.test.operator.row?.type === 'pattern' || leaf.test.operator.row?.type === 'arn';
  return leaf.test.values
    .filter(({ keys }) => keys.length > 0)
    .map(({ text }) => {
      const { pieces } = parseTemplate(text, { variables: true, wildcards });
      const plain = pieces.map((piece) => {
        if (typeof piece !== 'object') return piece;
        const value = singleValue(request, piece.key);
        return value === undefined || value === '' ? piece : value;
      });
      return [plain, texts];
    });
}

/** What a variable would have to hold for the rest of its template to fit a known text. */
function collectVariables(
  pieces: readonly Piece[],
  texts: readonly string[],
  collected: Map<string, Collected>,
): boolean {
  const open = pieces.filter((piece) => typeof piece === 'object' && collected.has(piece.key)).length;
  if (open === 0) return true;
  pieces.forEach((piece, i) => {
    if (typeof piece !== 'object') return;
    const into = collected.get(piece.key);
    if (into === undefined) return;
    into.text = true;
    const plain = (part: readonly Piece[]) =>
      patternOf(part.map((one) => (typeof one === 'object' ? STAR : one)));
    const before = plain(pieces.slice(0, i));
    const after = plain(pieces.slice(i + 1));
    for (const text of texts) for (const fit of fits(before, after, text)) into.texts.add(fit);
  });
  return open === 1;
}

/** Unknown keys compared with unknown keys: each is also tried with what the other one holds. */
function cross(leaves: readonly Leaf[], collected: Map<string, Collected>): boolean {
  let complete = true;
  for (const leaf of leaves) {
    if (leaf.element !== 'Condition') continue;
    const own = collected.get(sourceKey(leaf.test.key));
    if (own === undefined) continue;
    for (const { text, keys } of leaf.test.values) {
      for (const key of keys) {
        const other = collected.get(key);
        if (other === undefined) continue;
        if (text[0] !== '$' || keys.length > 1 || text.indexOf('}') !== text.length - 1) complete = false;
        other.text = true;
        const shared = [
          'both',
          ...own.texts,
          ...other.texts,
          ...witnesses([...own.patterns, ...other.patterns]).texts,
        ];
        for (const one of shared.slice(0, 32)) {
          other.texts.add(one);
          own.texts.add(one).add(
            parseTemplate(text, { variables: true, wildcards: false })
              .pieces.map((piece) => (typeof piece === 'object' ? one : String(piece)))
              .join(''),
          );
        }
      }
    }
  }
  return complete;
}

/** How the leaves answer to one value. */
function told(leaves: readonly Leaf[], request: Request, key: string, value: string): string {
  const asked = { ...request, context: new Map(request.context).set(key, [value]) };
  return leaves.map((leaf) => (testLeaf(leaf, asked) > 0 ? '1' : '0')).join('');
}

/** Values of one key → the lists it is tried with: absent, one value, and several where set operators ask. */
function listsOf(
  one: Collected,
  name?: (value: string) => string,
): { lists: readonly (readonly string[])[]; whole: boolean } {
  const values = new Set<string>();
  let whole = true;
  if (one.text) {
    const found = witnesses([...one.patterns, ...[...one.texts].map((text) => tokensOf([text]))]);
    whole = found.complete;
    for (const text of [...found.texts, ...one.texts, 'x']) values.add(text);
  }
  for (const text of one.texts) values.add(text);
  for (const text of numbersAround(one.numbers)) values.add(text);
  for (const text of timesAround(one.times)) values.add(text);
  if (one.ranges.length > 0) for (const text of addressesAround(one.ranges)) values.add(text);
  if (one.bool) values.add('true').add('false');
  if (values.size === 0) values.add('x');
  // Of values that no condition can tell apart, one is enough.
  const list = [
    ...new Map([...values].reverse().map((value) => [name?.(value) ?? value, value])).values(),
  ].reverse();
  const lists: (readonly string[])[] = [[], ...list.map((value) => [value])];
  if (one.quantified > 0) {
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
