import { parseOperator } from '../condition/operators.js';
import { parseDate } from '../value/date.js';
import { parseIpRange } from '../value/ip.js';
import { parseDecimal } from '../value/number.js';
import { exactly, foldedTokens } from './collected.js';
import { freshTexts, isOwn } from './fresh-texts.js';
import type { Token, Watch } from './glob-states.js';
import { type HoleStates, holeStates } from './hole-states.js';
import { fillText, type Hole, type HoleText, holeNames, type Texts } from './holes.js';
import type { Meeting } from './meeting.js';
import { numbersAround, timesAround } from './order-states.js';
import type { PartialPolicies } from './partial-policies.js';
import { FreshTexts, textOf } from './places.js';

/** One way to fill all holes. */
export interface Filling {
  readonly texts: ReadonlyMap<string, string>;
  /** What is common to all ways. */
  readonly holes: Holes;
}

/** The holes of one question. */
export interface Holes {
  /** For each hole the text that nothing else holds: it stands for "any other text". */
  readonly fresh: ReadonlyMap<string, string>;
  /** For each hole all texts it is tried with. */
  readonly states: ReadonlyMap<string, HoleStates>;
  /** Holes that are numbers, times or addresses: their texts are examples of a range, not the only ones that matter. */
  readonly ranged: ReadonlySet<string>;
  readonly exact: boolean;
}

export const noHoles: Holes = { fresh: new Map(), states: new Map(), ranged: new Set(), exact: true };

/** More ways than this are not tried. */
const maximumFillings = 512;

/**
 * Every way to fill the holes that the input can tell apart. `issues` counts what is wrong with a filled input: a hole may stand
 * where only an account id, a date or a number fits. `read` asks what reads the holes, all of them filled with their fresh texts.
 */
export function fillings(
  ofRequest: Texts,
  ofCaller: Texts,
  policies: Pick<PartialPolicies, 'names' | 'texts'>,
  issues: (texts: ReadonlyMap<string, string>) => number,
  read: (texts: ReadonlyMap<string, string>, fresh: FreshTexts, vague: boolean) => Meeting,
): readonly Filling[] {
  const asked = holeNames(ofRequest);
  const names = [...new Set([...policies.names, ...asked])];
  if (names.length === 0) return [{ texts: new Map(), holes: noHoles }];
  const sources = [ofRequest, policies.texts];
  const withHoles = sources.flatMap((source) => source.withHoles);
  const fresh = freshTexts(names, sources, issues);
  const own = new FreshTexts(new Map([...fresh].filter(([, text]) => isOwn(text))));
  // Where even the fresh texts cannot be read, nothing stands for "any other text".
  const legible = issues(fresh) === 0;
  const vague = [...fresh.values()].some((text) => !isOwn(text));
  const met: Meeting = legible ? read(fresh, own, vague) : { possible: true, findings: [], exact: false };
  let exact = met.exact;
  const states = new Map<string, HoleStates>();
  const ranged = new Set<string>();
  for (const name of names) {
    const text = fresh.get(name)!;
    const found = met.findings.filter(({ hole }) => hole === name).map(({ watch }) => watch);
    const { watches, exact: all } = expected(name, text, withHoles, fresh);
    exact &&= all;
    found.push(...watches);
    const account = /^\d{12}$/.test(text);
    if (!account && isRanged(text)) {
      ranged.add(name);
      const near = beside(found.map(({ tokens }) => textOf(tokens)));
      found.push(...near.map((one) => watchOf(exactly(one))));
    }
    // Where nothing but an ARN, a date and the like can stand, a text in which a pattern ends can seldom be read: none is searched for that can.
    const shaped = !account && !text.startsWith('x-') && isOwn(text);
    if (shaped && asked.includes(name) && found.some(isPattern)) exact = false;
    const parts = isWithinArn(name, sources) ? ':' : '';
    const path = isInCaller(name, ofCaller) ? ':/' : '';
    const one = holeStates(text, found, { account, without: parts + path });
    exact &&= one.complete;
    states.set(name, one);
  }
  let ways: ReadonlyMap<string, string>[] = [new Map()];
  for (const [name, { texts }] of states) {
    ways = ways.flatMap((way) => texts.map((text) => new Map([...way, [name, text]])));
    if (ways.length > maximumFillings) exact = false;
    ways = ways.slice(0, maximumFillings);
  }
  const holes = { fresh, states, ranged, exact };
  return ways.map((texts) => ({ texts, holes }));
}

const watchOf = (tokens: readonly Token[]): Watch => ({
  tokens,
  from: new Set([0]),
  after: '',
  ends: [tokens.length],
});

/** Whether it asks for more than one whole text. */
const isPattern = ({ tokens, from, after, ends }: Watch): boolean =>
  tokens.some(({ kind }) => kind !== 'point' && kind !== 'folded') ||
  after !== '' ||
  [...from].join() !== '0' ||
  ends.join() !== String(tokens.length);

/** Whether the hole stands before the last part of some ARN. */
function isWithinArn(name: string, sources: readonly Texts[]): boolean {
  return sources.some(({ withHoles }) =>
    withHoles.some(({ pieces }) => {
      const at = pieces.findIndex((piece) => typeof piece !== 'string' && piece.hole === name);
      const before = pieces
        .slice(0, Math.max(at, 0))
        .map((piece) => (typeof piece === 'string' ? piece : 'x'));
      return at > 0 && before[0]!.startsWith('arn:') && before.join('').split(':').length < 6;
    }),
  );
}

/** Whether the hole stands in the name of the caller or of its role: with a slash in it, that would be another name. */
const isInCaller = (name: string, { withHoles }: Texts): boolean =>
  withHoles.some(({ pieces }) => pieces.length > 1 && mentions(pieces, name));

const mentions = (pieces: readonly (string | Hole)[], name: string): boolean =>
  pieces.some((piece) => typeof piece !== 'string' && piece.hole === name);

/**
 * What an operator or element expects of a hole, where it cannot read the text that nothing else holds (`strict` operators and the
 * effect refuse it before).
 */
function expected(
  name: string,
  own: string,
  texts: readonly HoleText[],
  fresh: ReadonlyMap<string, string>,
): { watches: readonly Watch[]; exact: boolean } {
  const around = texts.filter(({ pieces }) => mentions(pieces, name));
  const forms = [`arn:aws:iam::999999999990:role/${own}`, 'eA=='];
  const found = around.flatMap(({ pieces, operator }) => {
    const row = operator === undefined ? undefined : parseOperator(operator)?.row;
    if (row === undefined) return [];
    const reads = (text: string) =>
      row.read(fillText(pieces, new Map([...fresh, [name, text]]))) !== undefined;
    return reads(own) ? [] : forms.filter(reads).map(exactly);
  });
  const exact = isOwn(own) || around.every((one) => isWord(one));
  const words = isOwn(own) ? [] : ['true', 'false'].map(foldedTokens);
  const effects = isOwn(own) ? [] : ['Allow', 'Deny'].map(exactly);
  return { watches: [...found, ...words, ...effects].map(watchOf), exact };
}

/** Whether a hole stands alone, and where a truth value or an effect may stand. */
function isWord({ pieces, operator }: HoleText): boolean {
  const type = operator === undefined ? undefined : parseOperator(operator);
  return pieces.length === 1 && (type === undefined || type.row === undefined || type.row.type === 'bool');
}

const isRanged = (text: string): boolean =>
  parseDecimal(text) !== undefined || parseDate(text) !== undefined || parseIpRange(text) !== undefined;

/** Where a number, a time or an address stands, also those beside the ones it is compared with. */
function beside(texts: readonly string[]): readonly string[] {
  const times = texts.map((text) => parseDate(text)).filter((time) => time !== undefined);
  const ranges = texts.filter((text) => parseIpRange(text) !== undefined).map((text) => `${text}/0`);
  return [...numbersAround(texts), ...timesAround(times), ...ranges];
}
