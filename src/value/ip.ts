/** An address or a range: bytes (4 or 16) and the number of leading bits that count. */
export interface IpRange {
  readonly bytes: readonly number[];
  readonly bits: number;
}

const embedded = /^([0-9A-Fa-f:]*:)([0-9]+\.[0-9.]+)$/;

/** The 32 bits of an IPv4 address, without anything being made; undefined for any other text. */
export function ipv4Bits(text: string): number | undefined {
  const { length } = text;
  if (length > 15) return undefined;
  let bits = 0;
  let dots = 0;
  let octet = -1;
  for (let i = 0; i < length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit >= 0 && digit <= 9) {
      // No leading zeros, which some read as octal.
      if (octet === 0) return undefined;
      octet = octet < 0 ? digit : octet * 10 + digit;
      if (octet > 255) return undefined;
    } else if (digit === -2 && octet >= 0) {
      bits = (bits << 8) | octet;
      dots++;
      octet = -1;
    } else return undefined;
  }
  return dots === 3 && octet >= 0 ? (bits << 8) | octet : undefined;
}

/** The bytes of an address, IPv4 or IPv6; `010.0.0.1`, `10.1` and zone ids are none. */
function addressBytes(text: string): readonly number[] | undefined {
  if (text.length > 45) return undefined;
  const four = ipv4Bytes(text);
  if (four !== undefined) return four;
  const tail = embedded.exec(text);
  if (tail === null) return groupBytes(text, 8);
  const last = ipv4Bytes(tail[2]!);
  return last && groupBytes(tail[1]!.replace(/([^:]):$/, '$1'), 6)?.concat(last);
}

function ipv4Bytes(text: string): readonly number[] | undefined {
  const bits = ipv4Bits(text);
  return bits === undefined ? undefined : [bits >>> 24, (bits >>> 16) & 255, (bits >>> 8) & 255, bits & 255];
}

/** So many groups of four hexadecimal digits, where one `::` stands for groups of zeros (RFC 4291, 2.2). */
function groupBytes(text: string, count: number): number[] | undefined {
  const [before, after, more] = text.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const missing = count - before!.length - (after?.length ?? 0);
  if (more !== undefined || (after === undefined ? missing !== 0 : missing < 1)) return undefined;
  const groups = [...before!, ...Array<string>(missing).fill('0'), ...(after ?? [])];
  return groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))
    ? groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255])
    : undefined;
}

const isMapped = (bytes: readonly number[]): boolean =>
  bytes.length === 16 &&
  bytes.slice(0, 10).every((byte) => byte === 0) &&
  bytes[10] === 255 &&
  bytes[11] === 255;

/** An address, or a CIDR range; no prefix means one address (L84). IPv4-mapped IPv6 is the IPv4 address (U14). */
export function parseIpRange(text: string): IpRange | undefined {
  const slash = text.indexOf('/');
  const bytes = addressBytes(slash < 0 ? text : text.slice(0, slash));
  if (bytes === undefined) return undefined;
  const prefix = slash < 0 ? String(bytes.length * 8) : text.slice(slash + 1);
  if (!/^(?:0|[1-9][0-9]{0,2})$/.test(prefix)) return undefined;
  const bits = Number(prefix);
  if (bits > bytes.length * 8) return undefined;
  return isMapped(bytes) && bits >= 96 ? { bytes: bytes.slice(12), bits: bits - 96 } : { bytes, bits };
}

/** One address, without a prefix. */
export function parseIp(text: string): IpRange | undefined {
  return text.includes('/') ? undefined : parseIpRange(text);
}

/** True when the range holds the address. Families never match each other; host bits are ignored (L84). */
export function ipInRange(range: IpRange, address: IpRange): boolean {
  if (range.bytes.length !== address.bytes.length) return false;
  for (let i = 0, left = range.bits; left > 0; i++, left -= 8) {
    const mask = left >= 8 ? 255 : (255 << (8 - left)) & 255;
    if ((range.bytes[i]! & mask) !== (address.bytes[i]! & mask)) return false;
  }
  return true;
}
