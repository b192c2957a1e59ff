/** Plain readings of the value types, with no regard for speed: what is compared is exact. */

/** One of a pattern; a `literal` one came out of a variable or an escape and is no wildcard (L59, L64). */
export interface Char {
  readonly text: string;
  readonly literal: boolean;
}

export const chars = (text: string, literal = false): Char[] =>
  [...text].map((one) => ({ text: one, literal }));

export const plain = (pattern: readonly Char[]): string => pattern.map((char) => char.text).join('');

/** L26, L35, L78: `*` any run, `?` one code point. `reach[j]`: the pattern so far fits the first j. */
export function glob(pattern: readonly Char[], text: string): boolean {
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

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const leap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const daysInMonth = (year: number, month: number): number =>
  month === 2 && leap(year) ? 29 : (lengths[month - 1] ?? 0);

const zone = '(?:[Zz]|([+-])(\\d\\d):(\\d\\d))?';
const clock = `(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d+))?)?${zone}`;
const datePattern = new RegExp(`^(\\d{4})-(\\d\\d)(?:-(\\d\\d)(?:[Tt]${clock})?)?$`);

/** L80, U15: seconds since 1970; digits only are epoch seconds, a time without a zone is UTC. */
export function date(text: string): Decimal | undefined {
  if (/^\d+$/.test(text)) return BigInt(text) < 2n ** 63n ? decimal(text) : undefined;
  const found = datePattern.exec(text);
  if (found === null) return undefined;
  const number = (group: number, otherwise: number): number => Number(found[group] ?? otherwise);
  const [year, month, day] = [number(1, 0), number(2, 1), number(3, 1)];
  const [hour, minute, second] = [number(4, 0), number(5, 0), number(6, 0)];
  const [offsetHour, offsetMinute] = [number(9, 0), number(10, 0)];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59 || offsetHour > 23 || offsetMinute > 59) return undefined;
  let days = day - 1;
  for (let one = 1; one < month; one++) days += daysInMonth(year, one);
  for (let one = Math.min(year, 1970); one < Math.max(year, 1970); one++) {
    days += (year < 1970 ? -1 : 1) * (leap(one) ? 366 : 365);
  }
  const offset = (offsetHour * 60 + offsetMinute) * (found[8] === '-' ? -60 : 60);
  const seconds = BigInt(days * 86_400 + hour * 3600 + minute * 60 + second - offset);
  const fraction = found[7] ?? '';
  return {
    units: seconds * 10n ** BigInt(fraction.length) + BigInt(fraction || '0'),
    scale: fraction.length,
  };
}

/** An address as a number in a space of `bits`. */
export interface Address {
  readonly value: bigint;
  readonly bits: 32 | 128;
}

function ipv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    // Leading zeros are octal to some readers: refused.
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    value = value * 256n + BigInt(part);
  }
  return value;
}

function ipv6(text: string): bigint | undefined {
  const tail = /^(.*:)([^:]*\.[^:]*)$/.exec(text);
  let plainText = text;
  if (tail !== null) {
    const embedded = ipv4(tail[2] ?? '');
    if (embedded === undefined) return undefined;
    plainText = `${tail[1]}${(embedded >> 16n).toString(16)}:${(embedded & 0xffffn).toString(16)}`;
  }
  const halves = plainText.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], rest = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - rest.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  let value = 0n;
  for (const group of [...head, ...Array<string>(missing).fill('0'), ...rest]) {
    if (!/^[0-9A-Fa-f]{1,4}$/.test(group)) return undefined;
    value = value * 65_536n + BigInt(`0x${group}`);
  }
  return value;
}

/** L84, U14: text forms do not matter, and an IPv4-mapped address is the IPv4 address. */
export function address(text: string): Address | undefined {
  if (!text.includes(':')) {
    const value = ipv4(text);
    return value === undefined ? undefined : { value, bits: 32 };
  }
  const value = ipv6(text);
  if (value === undefined) return undefined;
  if (value >> 32n === 0xffffn) return { value: value & 0xffff_ffffn, bits: 32 };
  return { value, bits: 128 };
}

/** L84: a range without a prefix is one address, and host bits do not matter; families never meet. */
export function inRange(text: string, range: string): boolean {
  const [base = '', prefix] = range.split('/');
  const network = address(base);
  const asked = address(text);
  if (network === undefined || asked === undefined || network.bits !== asked.bits) return false;
  const mapped = base.includes(':') && network.bits === 32 ? 96 : 0;
  const length = prefix === undefined ? network.bits : Number(prefix) - mapped;
  const ignored = BigInt(network.bits - Math.max(length, 0));
  return network.value >> ignored === asked.value >> ignored;
}

/** L83: bytes are compared. A text that is no base64 equals nothing. */
export function sameBytes(left: string, right: string): boolean {
  const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
  return (
    base64.test(left) &&
    base64.test(right) &&
    Buffer.from(left, 'base64').equals(Buffer.from(right, 'base64'))
  );
}
