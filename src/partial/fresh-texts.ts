import type { Hole, Texts } from './holes.js';

const literalsIn = ({ plain, withHoles }: Texts): readonly string[] => [
  ...plain,
  ...withHoles.flatMap(({ pieces }) => pieces.filter((piece) => typeof piece === 'string')),
];

/** For each hole a text that stands nowhere else and that can be read where the hole stands. */
export function freshTexts(
  names: readonly string[],
  sources: readonly Texts[],
  issues: (texts: ReadonlyMap<string, string>) => number,
): ReadonlyMap<string, string> {
  const fresh = new Map<string, string>();
  const literal = sources.flatMap(literalsIn);
  const free = (texts: (n: number) => string): string => {
    const taken = (text: string) =>
      literal.some((one) => one.includes(text)) ||
      // Nor may one stand in another.
      [...fresh.values()].some((one) => one.includes(text) || text.includes(one));
    let n = 0;
    while (taken(texts(n))) n++;
    return texts(n);
  };
  names.forEach((name, i) => {
    const word = name.replace(/[^A-Za-z0-9-]/g, '-');
    const account = sources.some(({ withHoles }) => withHoles.some(({ pieces }) => isAccount(pieces, name)));
    const own = account
      ? free((n) => String(999_999_999_900 + i - n * 100))
      : free((n) => (n === 0 ? `x-${word}` : `x-${n}-${word}`));
    fresh.set(name, own);
  });
  names.forEach((name, i) => {
    // What a number is can be no account, and so on: the first form that can be read where the hole stands. No two holes share one.
    const others = [
      free((n) => String(7_340_951_826 + i + n * 1000)),
      free((n) => `${2030 + i + n * 100}-01-01`),
      free((n) => `192.0.2.${(55 + i + n * 7) % 256}`),
      words[0],
      free((n) => `arn:aws:iam::${999_999_998_990 - i - n * 1000}:role/x`),
      free((n) => String(999_999_998_990 - i - n * 1000)),
      free((n) => `x-${i + n * 1000}:x-${i + n * 1000}`),
      words[1],
    ];
    const forms = [fresh.get(name)!, ...others];
    const wrong = forms.map((text) => issues(new Map([...fresh, [name, text]])));
    fresh.set(name, forms[wrong.indexOf(Math.min(...wrong))]!);
  });
  return fresh;
}

/** Where nothing else can be read, what stands for a hole is a word that others may hold too: a truth value, an effect. */
const words = ['true', 'Allow'] as const;

/** Whether a text stands for its hole alone. */
export const isOwn = (text: string): boolean => text !== words[0] && text !== words[1];

/** Whether the hole is the whole account part of an ARN. */
function isAccount(pieces: readonly (string | Hole)[], name: string): boolean {
  const at = pieces.findIndex((piece) => typeof piece !== 'string' && piece.hole === name);
  const text = (part: readonly (string | Hole)[]) =>
    part.map((piece) => (typeof piece === 'string' ? piece : 'x')).join('');
  const before = text(pieces.slice(0, at));
  return at >= 0 && /^arn:[^:]*:[^:]*:[^:]*:$/.test(before) && text(pieces.slice(at + 1)).startsWith(':');
}
