/** A decimal number, kept exact: sign, integer digits and fraction digits without padding zeros (U20). */
export interface Decimal {
  readonly negative: boolean;
  readonly integer: string;
  readonly fraction: string;
}

/** Integers and decimals; no exponent, no hexadecimal, no spaces, not the empty string (L79, U20). */
export function parseDecimal(text: string): Decimal | undefined {
  const found = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (found === null) return undefined;
  const integer = found[2]!.replace(/^0+/, '');
  const fraction = trimEndZeros(found[3] ?? '');
  return { negative: found[1] === '-' && (integer !== '' || fraction !== ''), integer, fraction };
}

/** By hand, since a regular expression for trailing zeros is quadratic on hostile text. */
function trimEndZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === 48) end--;
  return digits.slice(0, end);
}

/** Negative, zero or positive, as `a` is less than, equal to or greater than `b`. */
export function compareDecimal(a: Decimal, b: Decimal): number {
  if (a.negative !== b.negative) return a.negative ? -1 : 1;
  const size =
    a.integer.length !== b.integer.length
      ? a.integer.length - b.integer.length
      : compareText(a.integer, b.integer) || compareText(a.fraction, b.fraction);
  return a.negative ? -size : size;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
