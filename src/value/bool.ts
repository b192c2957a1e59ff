import { asciiLower } from './ascii.js';

/** `true` or `false` in any letter case (L82, U16). */
export function parseBool(text: string): boolean | undefined {
  const folded = text.length > 5 ? '' : asciiLower(text);
  return folded === 'true' ? true : folded === 'false' ? false : undefined;
}
