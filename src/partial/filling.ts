import { parseOperator } from '../condition/operators.js';
import { asciiLower } from '../value/ascii.js';
import { parseDate } from '../value/date.js';
import { parseIpRange } from '../value/ip.js';
import { parseDecimal } from '../value/number.js';
import { fillText, type Hole, holeCandidates, holeNames, holesMeet, type Texts } from './holes.js';
import { numbersAround, timesAround } from './order-states.js';
import type { PartialPolicies } from './partial-policies.js';

/** One way to fill all holes. */
export interface Filling {
  readonly texts: ReadonlyMap<string, string>;
  /** For each hole the text that nothing else holds: it stands for "any other text". */
  readonly fresh: ReadonlyMap<string, string>;
  /** For each hole all texts it is tried with. */
  readonly alternatives: ReadonlyMap<string, readonly string[]>;
  /** Holes that are numbers, times or addresses: their alternatives are examples of a range, not the only texts that matter. */
  readonly ranged: ReadonlySet<string>;
  readonly exact: boolean;
}

/** More ways than this are not tried. */
const maximumFillings = 512;

/**
 * Every way to fill the holes that the input can tell apart. `issues` counts what is wrong with a filled input: a hole may stand
 * where only an account id, a date or a number fits.
 */
export function fillings(
  ofRequest: Texts,
  policies: Pick<PartialPolicies, 'names' | 'texts'>,
  issues: (filling: Filling) => number,
  valuesOf: (filling: Filling, key: string) => readonly string[],
  isUnknown: (key: string) => boolean,
): readonly Filling[] {
  const names = [...new Set([...policies.names, ...holeNames(ofRequest)])];
  const base = {
    texts: new Map<string, string>(),
    fresh: new Map<string, string>(),
    alternatives: new Map(),
    ranged: new Set<string>(),
    exact: true,
  };
  if (names.length === 0) return [base];
  const ofPolicies = policies.texts;
  const accounts = new Set([...accountsIn(ofRequest), ...accountsIn(ofPolicies)]);
  const fresh = freshTexts(names, [ofRequest, ofPolicies], accounts, issues);
  // Where even the fresh texts cannot be read, nothing stands for "any other text".
  let exact = !holesMeet(ofPolicies, ofRequest) && issues({ ...base, texts: fresh, fresh }) === 0;
  const alternatives = new Map<string, readonly string[]>();
  const ranged = new Set<string>();
  for (const name of names) {
    const own = fresh.get(name)!;
    const found = holeCandidates(name, fresh, ofPolicies, ofRequest, (key) =>
      valuesOf({ ...base, texts: fresh, fresh }, key),
    );
    exact &&= found.exact;
    const account = /^\d{12}$/.test(own);
    const texts: string[] = account
      ? [...accounts, ...found.texts.filter((text) => /^\d{12}$/.test(text))]
      : found.texts;
    const open = openConditions(name, ofPolicies, isUnknown);
    exact &&= open.exact;
    texts.push(...open.texts, ...readable(name, ofPolicies, fresh));
    if (!account && isRanged(own)) {
      ranged.add(name);
      // Beside a value that is not known, or with text around it, its ranges are not all found.
      exact &&= !ofPolicies.withHoles.some(
        ({ pieces, key }) =>
          mentions(pieces, name) && key !== undefined && (pieces.length > 1 || isUnknown(key)),
      );
    }
    if (own === 'Allow') texts.push('Deny');
    const near = ranged.has(name) ? beside(texts) : [];
    // Region and service hold no colon: the parts of the ARN would not be where they are.
    const held = isWithinArn(name, [ofPolicies, ofRequest])
      ? texts.filter((text) => !text.includes(':'))
      : texts;
    alternatives.set(name, [...new Set([own, ...held, ...near])]);
  }
  let ways: ReadonlyMap<string, string>[] = [new Map()];
  for (const [name, texts] of alternatives) {
    ways = ways.flatMap((way) => texts.map((text) => new Map([...way, [name, text]])));
    if (ways.length > maximumFillings) exact = false;
    ways = ways.slice(0, maximumFillings);
  }
  return ways.map((texts) => ({ texts, fresh, alternatives, ranged, exact }));
}

/** The same texts are asked again for each request. */
const accountsKnown = new WeakMap<Texts, readonly string[]>();

/** Every account id that stands in some text. */
function accountsIn(texts: Texts): readonly string[] {
  const known = accountsKnown.get(texts);
  if (known !== undefined) return known;
  const { plain, withHoles } = texts;
  const literal = [
    ...plain,
    ...withHoles.flatMap(({ pieces }) => pieces.filter((piece) => typeof piece === 'string')),
  ];
  const found = literal.flatMap((text) => text.match(/(?<!\d)\d{12}(?!\d)/g) ?? []);
  accountsKnown.set(texts, found);
  return found;
}

/** For each hole a text that stands nowhere else and that can be read where the hole stands. */
function freshTexts(
  names: readonly string[],
  sources: readonly Texts[],
  accounts: ReadonlySet<string>,
  issues: (filling: Filling) => number,
): ReadonlyMap<string, string> {
  const fresh = new Map<string, string>();
  names.forEach((name, i) => {
    const free = (text: string, next: (n: number) => string): string => {
      let out = text;
      for (
        let n = 1;
        accounts.has(out) || sources.some(({ plain }) => plain.some((one) => one.includes(out)));
        n++
      )
        out = next(n);
      return out;
    };
    const word = `x-${name.replace(/[^A-Za-z0-9-]/g, '-')}`;
    const account = free(String(999_999_999_900 + i), (n) => String(999_999_999_900 + i - n * 100));
    const other = free(word, (n) => `${word}-${n}`);
    fresh.set(
      name,
      sources.some(({ withHoles }) => withHoles.some(({ pieces }) => isAccount(pieces, name)))
        ? account
        : other,
    );
  });
  names.forEach((name, i) => {
    // What a number is can be no account, and so on: the first form that can be read where the hole stands. No two holes share one.
    const others = [
      String(7_340_951_826 + i),
      `${2030 + i}-01-01`,
      `192.0.2.${(55 + i) % 256}`,
      'true',
      `arn:aws:iam::${999_999_998_990 - i}:role/x`,
      String(999_999_998_990 - i),
      `x-${i}:x-${i}`,
      'Allow',
    ];
    const forms = [fresh.get(name)!, ...others];
    const wrong = forms.map((text) => {
      const texts = new Map([...fresh, [name, text]]);
      return issues({ texts, fresh, alternatives: new Map(), ranged: new Set(), exact: true });
    });
    fresh.set(name, forms[wrong.indexOf(Math.min(...wrong))]!);
  });
  return fresh;
}

/** Whether the hole is the whole account part of an ARN. */
function isAccount(pieces: readonly (string | Hole)[], name: string): boolean {
  const at = pieces.findIndex((piece) => typeof piece !== 'string' && piece.hole === name);
  const text = (part: readonly (string | Hole)[]) =>
    part.map((piece) => (typeof piece === 'string' ? piece : 'x')).join('');
  const before = text(pieces.slice(0, at));
  return at >= 0 && /^arn:[^:]*:[^:]*:[^:]*:$/.test(before) && text(pieces.slice(at + 1)).startsWith(':');
}

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

const mentions = (pieces: readonly (string | Hole)[], name: string): boolean =>
  pieces.some((piece) => typeof piece !== 'string' && piece.hole === name);

/** Texts an operator can read, where it cannot read the one that nothing else holds (`strict` operators refuse it before). */
function readable(name: string, policies: Texts, fresh: ReadonlyMap<string, string>): readonly string[] {
  const forms = ['true', 'false', `arn:aws:iam::999999999990:role/${fresh.get(name)!}`, 'eA=='];
  return policies.withHoles.flatMap(({ pieces, operator }) => {
    const row = operator === undefined ? undefined : parseOperator(operator)?.row;
    if (row === undefined || !mentions(pieces, name)) return [];
    const reads = (text: string) =>
      row.read(fillText(pieces, new Map([...fresh, [name, text]]))) !== undefined;
    return reads(fresh.get(name)!) ? [] : forms.filter(reads);
  });
}

/**
 * Conditions on keys that are not known: the key may hold what the other policies compare it with, so the hole may too. Where
 * they compare it with patterns, variables or other holes, that has no end.
 */
function openConditions(
  name: string,
  policies: Texts,
  isUnknown: (key: string) => boolean,
): { texts: readonly string[]; exact: boolean } {
  const texts: string[] = [];
  let exact = true;
  for (const { pieces, key } of policies.withHoles) {
    if (key === undefined || !mentions(pieces, name) || !isUnknown(key)) continue;
    const folded = asciiLower(key);
    const others = policies.compared.get(folded) ?? [];
    const asVariable = [...policies.plain, ...policies.withHoles.flatMap((one) => one.pieces)].some(
      (text) => typeof text === 'string' && asciiLower(text).includes(`\${${folded}`),
    );
    const shared = policies.withHoles.some(
      (one) =>
        one.key !== undefined &&
        asciiLower(one.key) === folded &&
        one.pieces.some((piece) => typeof piece !== 'string' && piece.hole !== name),
    );
    if (asVariable || shared || others.some((text) => /[*?$]/.test(text))) exact = false;
    if (pieces.length === 1) texts.push(...others);
    else if (others.length > 0) exact = false;
  }
  return { texts, exact };
}

const isRanged = (text: string): boolean =>
  parseDecimal(text) !== undefined || parseDate(text) !== undefined || parseIpRange(text) !== undefined;

/** Where a number, a time or an address stands, also those beside the ones it is compared with. */
function beside(texts: readonly string[]): readonly string[] {
  const times = texts.map((text) => parseDate(text)).filter((time) => time !== undefined);
  const ranges = texts.filter((text) => parseIpRange(text) !== undefined).map((text) => `${text}/0`);
  return [...numbersAround(texts), ...timesAround(times), ...ranges];
}
