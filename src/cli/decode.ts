/**
 * The text of a file or of standard input: UTF-8, or UTF-16 with a byte order mark, as `>` of PowerShell writes it. The mark is no part
 * of the text.
 */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Error(
      encoding === 'utf-8'
        ? 'it is not UTF-8 text; save it as UTF-8'
        : 'it begins as UTF-16 text and is none; save it as UTF-8',
    );
  }
}
