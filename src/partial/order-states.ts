import { type IpRange, parseIpRange } from '../value/ip.js';

/** Texts on, between and outside the given decimal numbers: one of each interval (L79). */
export function numbersAround(texts: readonly string[]): string[] {
  const found = texts.map((text) => /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text)).filter((one) => one !== null);
  const digits = Math.max(0, ...found.map(([, , , fraction = '']) => fraction.length)) + 1;
  const scaled = found.map(([, sign, whole, fraction = '']) => {
    const size = BigInt(whole! + fraction.padEnd(digits, '0'));
    return sign === '-' ? -size : size;
  });
  // One more digit than any of them has, so that a neighbour lies strictly between two of them.
  return [...new Set(scaled.flatMap((value) => [value - 1n, value, value + 1n]))].map((value) =>
    decimalText(value, digits),
  );
}

function decimalText(value: bigint, digits: number): string {
  const text = (value < 0n ? -value : value).toString().padStart(digits + 1, '0');
  const fraction = text.slice(-digits).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${text.slice(0, -digits)}${fraction === '' ? '' : `.${fraction}`}`;
}

const nanoseconds = 1_000_000_000n;

/** Times on, just before and just after the given ones (nanoseconds since the epoch), as ISO 8601 (L80). */
export function timesAround(times: readonly bigint[]): string[] {
  return [...new Set(times.flatMap((time) => [time - 1n, time, time + 1n]))]
    .map(isoText)
    .filter((text) => text !== '');
}

/** ISO 8601 text of a time; empty outside the years 0000 to 9999. */
function isoText(time: bigint): string {
  const floor = (a: bigint, b: bigint) => (a >= 0n ? a / b : -((-a + b - 1n) / b));
  const seconds = floor(time, nanoseconds);
  const fraction = time - seconds * nanoseconds;
  const day = floor(seconds, 86_400n);
  const rest = Number(seconds - day * 86_400n);
  const { year, month, dayOfMonth } = civil(Number(day));
  if (year < 0 || year > 9999) return '';
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = `${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`;
  const tail = fraction === 0n ? '' : `.${fraction.toString().padStart(9, '0')}`;
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(dayOfMonth)}T${clock}${tail}Z`;
}

/** The proleptic Gregorian date of a day number since 1970-01-01; counted in 400-year eras that begin in March. */
function civil(day: number): { year: number; month: number; dayOfMonth: number } {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * ofYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    dayOfMonth: ofYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

/** First and last address of each range and their neighbours, and one of the other family (L84). */
export function addressesAround(texts: readonly string[]): string[] {
  const ranges = texts.map(parseIpRange).filter((range): range is IpRange => range !== undefined);
  const out = new Set<string>(['192.0.2.1', '2001:db8::1']);
  for (const { bytes, bits } of ranges) {
    const width = BigInt(bytes.length * 8);
    const value = bytes.reduce((all, byte) => (all << 8n) | BigInt(byte), 0n);
    const host = (1n << (width - BigInt(bits))) - 1n;
    const first = value & ~host;
    const limit = (1n << width) - 1n;
    for (const one of [first - 1n, first, first + host, first + host + 1n]) {
      if (one >= 0n && one <= limit) out.add(addressText(one, bytes.length));
    }
  }
  return [...out];
}

function addressText(value: bigint, length: number): string {
  const groups: string[] = [];
  const size = length === 4 ? 8n : 16n;
  for (let left = value, i = length === 4 ? 4 : 8; i > 0; i--, left >>= size) {
    groups.unshift((left & ((1n << size) - 1n)).toString(length === 4 ? 10 : 16));
  }
  return groups.join(length === 4 ? '.' : ':');
}
