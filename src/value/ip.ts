/** An address or a range: bytes (4 or 16) and the number of leading bits that count. */
export interface IpRange {
  readonly bytes: readonly number[];
  readonly bits: number;
}

const octet = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const ipv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`);
const embedded = new RegExp(`^([0-9A-Fa-f:]*:)(${octet}(?:\\.${octet}){3})$`);

/** The bytes of an address, IPv4 or IPv6; `010.0.0.1`, `10.1` and zone ids are none. */
function addressBytes(text: string): readonly number[] | undefined {
  if (text.length > 45) return undefined;
  if (ipv4.test(text)) return text.split('.').map(Number);
  const tail = embedded.exec(text);
  if (tail === null) return groupBytes(text, 8);
  const bytes = groupBytes(tail[1]!.replace(/([^:]):$/, '$1'), 6);
  return bytes?.concat(tail[2]!.split('.').map(Number));
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
