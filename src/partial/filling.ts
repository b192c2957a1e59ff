import { parseDate } from '../value/date.js';
import { parseIpRange } from '../value/ip.js';
import { parseDecimal } from '../value/number.js';
import { type Hole, holeCandidates, holeNames, holesMeet, type Texts, textsOf } from './holes.js';
import { numbersAround, timesAround } from './order-states.js';

/** One way to fill all holes. */
export interface Filling {
  readonly texts: ReadonlyMap<string, string>;
  /** For each hole the text that nothing else holds: it stands for "any other text". */
  readonly fresh: ReadonlyMap<string, string>;
  /** For each hole all texts it is tried with. */
  readonly alternatives: ReadonlyMap<string, readonly string[]>;
  readonly exact: boolean;
}

/** More ways than this are not tried. */
const maximumFillings = 512;

/**
 * Every way to fill the holes that the input can tell apart. `issues` counts what is wrong with a filled input: a hole may stand
 * where only an account id, a date or a number fits.
 */
export function fillings(
  request: unknown,
  policies: unknown,
  issues: (filling: Filling) => number,
  valuesOf: (filling: Filling, key: string) => readonly string[],
): readonly Filling[] {
  const ofRequest = textsOf(request);
  const ofPolicies = textsOf(policies);
  const names = [...new Set([...holeNames(ofPolicies), ...holeNames(ofRequest)])];
  const base = {
    texts: new Map<string, string>(),
    fresh: new Map<string, string>(),
    alternatives: new Map(),
    exact: true,
  };
  if (names.length === 0) return [base];
  const accounts = new Set(
    [...ofRequest.plain, ...ofPolicies.plain].flatMap((text) => text.match(/(?<!\d)\d{12}(?!\d)/g) ?? []),
  );
  const fresh = freshTexts(names, [ofRequest, ofPolicies], accounts, issues);
  let exact = !holesMeet(ofPolicies, ofRequest);
  const alternatives = new Map<string, readonly string[]>();
  for (const name of names) {
    const own = fresh.get(name)!;
    const found = holeCandidates(name, fresh, ofPolicies, ofRequest, (key) =>
      valuesOf({ ...base, texts: fresh, fresh }, key),
    );
    exact &&= found.exact;
    const account = /^\d{12}$/.test(own);
    const texts = account
      ? [...accounts, ...found.texts.filter((text) => /^\d{12}$/.test(text))]
      : found.texts;
    alternatives.set(name, [...new Set([own, ...texts, ...beside(texts, own)])]);
  }
  let ways: ReadonlyMap<string, string>[] = [new Map()];
  for (const [name, texts] of alternatives) {
    ways = ways.flatMap((way) => texts.map((text) => new Map([...way, [name, text]])));
    if (ways.length > maximumFillings) exact = false;
    ways = ways.slice(0, maximumFillings);
  }
  return ways.map((texts) => ({ texts, fresh, alternatives, exact }));
}

/** For each hole a text that stands nowhere else and that can be read where the hole stands. */
function freshTexts(
  names: readonly string[],
  sources: readonly Texts[],
  accounts: ReadonlySet<string>,
  issues: (filling: Filling) => number,
): ReadonlyMap<string, string> {
  const plain = sources.flatMap((source) => source.plain).join('\n');
  const fresh = new Map<string, string>();
  names.forEach((name, i) => {
    const free = (text: string, next: (n: number) => string): string => {
      let out = text;
      for (let n = 1; plain.includes(out) || accounts.has(out); n++) out = next(n);
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
  for (const name of names) {
    // What a number is can be no account, and so on: the first form that can be read where the hole stands.
    const others = [
      '7340951826',
      '2030-01-01',
      '192.0.2.55',
      'true',
      'arn:aws:iam::999999999990:role/x',
      '999999999990',
    ];
    const forms = [fresh.get(name)!, ...others];
    const wrong = forms.map((text) => {
      const texts = new Map([...fresh, [name, text]]);
      return issues({ texts, fresh, alternatives: new Map(), exact: true });
    });
    fresh.set(name, forms[wrong.indexOf(Math.min(...wrong))]!);
  }
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

/** Where a number, a time or an address stands, also those beside the ones it is compared with. */
function beside(texts: readonly string[], own: string): readonly string[] {
  if (parseDecimal(own) === undefined && parseDate(own) === undefined && parseIpRange(own) === undefined)
    return [];
  const times = texts.map((text) => parseDate(text)).filter((time) => time !== undefined);
  const ranges = texts.filter((text) => parseIpRange(text) !== undefined).map((text) => `${text}/0`);
  return [...numbersAround(texts), ...timesAround(times), ...ranges];
}
