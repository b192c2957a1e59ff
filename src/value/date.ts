const profile =
  /^(\d{4})-(\d{2})(?:-(\d{2})(?:T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d+))?)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?)?)?$/i;
const maximum = 2n ** 63n - 1n;

/**
 * Nanoseconds since the epoch, from the W3C profile of ISO 8601 or from epoch seconds (L80).
 * Digits only are seconds. A time without zone is UTC; `24:00` and leap seconds are refused (U15).
 */
export function parseDate(text: string): bigint | undefined {
  if (/^\d+$/.test(text)) {
    if (text.length > 19) return undefined;
    const seconds = BigInt(text);
    return seconds > maximum ? undefined : seconds * 1_000_000_000n;
  }
  const found = text.length > 64 ? null : profile.exec(text);
  if (found === null) return undefined;
  const [, year, month, day = '01', hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] =
    found;
  // With the zone explicit, no clock or zone is read. Engines differ on 30 February, so the length of the month is asked for.
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(time) || Number(day) > daysIn(Number(year), Number(month))) return undefined;
  let seconds = BigInt(time / 1000);
  if (zone !== 'Z' && zone !== 'z') {
    const offset = BigInt(Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(4, 6)) * 60);
    seconds += zone[0] === '-' ? offset : -offset;
  }
  return seconds * 1_000_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, '0'));
}

/** 400 years later the calendar is the same, and no year is short for one of the last century. */
const daysIn = (year: number, month: number): number =>
  (Date.UTC(year + 400, month, 1) - Date.UTC(year + 400, month - 1, 1)) / 86_400_000;
