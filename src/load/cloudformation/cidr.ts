/**
 * The first `count` blocks with `bits` host bits within an IPv4 block; undefined where that cannot be.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-cidr.html
 */
export function cidrBlocks([block, count, bits]: readonly string[]): string[] | undefined {
  const found = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(block ?? '');
  if (found === null) return undefined;
  const [a, b, c, d, prefix] = found.slice(1).map(Number) as [number, number, number, number, number];
  const [wanted, hostBits] = [Number(count), Number(bits)];
  const fine = [a, b, c, d].every((byte) => byte < 256) && prefix <= 32;
  if (!fine || !(wanted >= 1 && wanted <= 256) || !(hostBits >= 1 && hostBits <= 32 - prefix))
    return undefined;
  const size = 2 ** hostBits;
  if (wanted * size > 2 ** (32 - prefix)) return undefined;
  const range = 2 ** (32 - prefix);
  const start = Math.floor((a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) / range) * range;
  return Array.from({ length: wanted }, (_, i) => {
    const address = start + i * size;
    const bytes = [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256);
    return `${bytes.join('.')}/${32 - hostBits}`;
  });
}
