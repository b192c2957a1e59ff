import ipaddr from 'ipaddr.js';

/** An address or a range: bytes (4 or 16) and the number of leading bits that count. */
export interface IpRange {
  readonly bytes: readonly number[];
  readonly bits: number;
}

const octet = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const ipv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`);
const embedded = new RegExp(`^([0-9A-Fa-f:]*:)(${octet}(?:\\.${octet}){3})$`);

/** Strict gate before the library, which also reads `010.0.0.1`, `10.1` and zone ids. */
function addressBytes(text: string): readonly number[] | undefined {
  if (text.length > 45) return undefined;
  if (ipv4.test(text)) return text.split('.').map(Number);
  let plain = text;
  const tail = embedded.exec(text);
  if (tail !== null) {
    const [a, b, c, d] = tail[2]!.split('.').map(Number) as [number, number, number, number];
    plain = `${tail[1]}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  }
  if (!/^[0-9A-Fa-f:]+$/.test(plain) || !ipaddr.IPv6.isValid(plain)) return undefined;
  return ipaddr.IPv6.parse(plain).toByteArray();
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
