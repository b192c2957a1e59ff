import { BlockList, isIP } from 'node:net';

/** Plain readings of the value types, with no regard for speed: what is compared is exact. */

/** One of a pattern; a `literal` one came out of a variable or an escape and is no wildcard (L59, L64). */
export interface Char {
  readonly text: string;
  readonly literal: boolean;
}

export const chars = (text: string, literal = false): Char[] =>
  [...text].map((one) => ({ text: one, literal }));

export const plain = (pattern: readonly Char[]): string => pattern.map((char) => char.text).join('');

/**
 * L26, L35, L78: `*` any run, `?` one code point; a pattern without a value (L60) fits nothing.
 * `reach[j]`: the pattern so far fits the first j.
 */
export function glob(pattern: readonly Char[] | undefined, text: string): boolean {
  if (pattern === undefined) return false;
  const points = [...text];
  let reach = points.map(() => false);
  reach.unshift(true);
  for (const char of pattern) {
    const next = reach.map(() => false);
    for (let at = 0; at <= points.length; at++) {
      if (char.text === '*' && !char.literal) {
        next[at] = reach[at] === true || (at > 0 && next[at - 1] === true);
      } else if (at > 0) {
        const fits = (char.text === '?' && !char.literal) || char.text === points[at - 1];
        next[at] = fits && reach[at - 1] === true;
      }
    }
    reach = next;
  }
  return reach[points.length] === true;
}

/** L25, L70: names fold their ASCII letters and nothing else. */
export const fold = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** U17: each code point on its own, so that no final sigma or other context plays a part. */
export const foldUnicode = (text: string): string => [...text].map((point) => point.toLowerCase()).join('');

/** L33: parts by the first five colons; where `variables` are read, one inside `${…}` is none (L65). */
export function arnParts(text: string, variables = false): string[] {
  const parts = [''];
  let rest = text;
  while (rest !== '') {
    const variable = variables ? /^\$\{[^}]*\}/.exec(rest)?.[0] : undefined;
    const piece = variable ?? rest.charAt(0);
    if (piece === ':' && parts.length < 6) parts.push('');
    else parts[parts.length - 1] += piece;
    rest = rest.slice(piece.length);
  }
  return parts;
}

/** `units / 10 ** scale` */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** L79, U20: integers and decimals; no exponent, no blank, not the empty string. */
export function decimal(text: string): Decimal | undefined {
  const found = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (found === null) return undefined;
  const [, sign, whole = '', fraction = ''] = found;
  const units = BigInt(whole + fraction);
  return { units: sign === '-' ? -units : units, scale: fraction.length };
}

/** Negative, zero or positive. */
export function compare(left: Decimal, right: Decimal): number {
  const a = left.units * 10n ** BigInt(right.scale);
  const b = right.units * 10n ** BigInt(left.scale);
  return a < b ? -1 : a > b ? 1 : 0;
}

const zone = '(?:[Zz]|(?<sign>[+-])(?<hours>\\d\\d):(?<minutes>\\d\\d))?';
const clock = `(?<time>\\d\\d:\\d\\d)(?::(?<second>\\d\\d)(?:\\.(?<fraction>\\d+))?)?${zone}`;
const datePattern = new RegExp(`^(?<month>\\d{4}-\\d\\d)(?:-(?<day>\\d\\d)(?:[Tt]${clock})?)?$`);

/** L80, U15: seconds since 1970; digits only are epoch seconds, a time without a zone is UTC. */
export function date(text: string): Decimal | undefined {
  if (/^\d+$/.test(text)) return BigInt(text) < 2n ** 63n ? decimal(text) : undefined;
  const found = datePattern.exec(text)?.groups ?? {};
  const { month, day = '01', time = '00:00', second = '00', fraction = '' } = found;
  const { sign, hours = '0', minutes = '0' } = found;
  const local = `${month}-${day}T${time}:${second}.000Z`;
  const milliseconds = Date.parse(local);
  // What does not exist is refused or rolled over: the 30th of February comes back as one of March.
  if (Number.isNaN(milliseconds) || new Date(milliseconds).toISOString() !== local) return undefined;
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60 : 60);
  const scale = fraction.length;
  return { units: BigInt(milliseconds / 1000 - offset) * 10n ** BigInt(scale) + BigInt(fraction), scale };
}

const isAddress = (text: string): boolean => isIP(text) !== 0 && !text.includes('%');

/** Whether the first `bits` of two addresses are the same, IPv4 ones in their IPv6 form `::ffff:a.b.c.d`. */
function shareBits(one: string, other: string, bits: number): boolean {
  const [network = '', asked = ''] = [one, other].map((text) => (isIP(text) === 4 ? `::ffff:${text}` : text));
  const list = new BlockList();
  list.addSubnet(network, bits, 'ipv6');
  return list.check(asked, 'ipv6');
}

/**
 * L84, U14: text forms do not matter, and an IPv4-mapped address is the IPv4 address; a range without a prefix is
 * one address, and its host bits do not matter; families never meet.
 */
export function inRange(text: string, range: string): boolean {
  const [network = '', prefix = isIP(network) === 4 ? 32 : 128] = range.split('/');
  if (!isAddress(text) || !isAddress(network)) return false;
  const [isFour, wantsFour] = [text, network].map((one) => shareBits('0.0.0.0', one, 96));
  return isFour === wantsFour && shareBits(network, text, Number(prefix) + (isIP(network) === 4 ? 96 : 0));
}

/** L83: bytes are compared. A text that is no base64 equals nothing. */
export function sameBytes(left: string, right: string): boolean {
  const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
  const bytes = (text: string): Buffer => Buffer.from(text, 'base64');
  return base64.test(left) && base64.test(right) && bytes(left).equals(bytes(right));
}
