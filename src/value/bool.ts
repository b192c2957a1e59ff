import { asciiLower } from './ascii.js';

/** `true` or `false` in any letter case (L82, U16). */
export function parseBool(text: string): boolean | undefined {
  // Mostly written so.
  if (text === 'true') return true;
  if (text === 'false') return false;
  const folded = text.length > 5 ? '' : asciiLower(text);
  return folded === 'true' ? true : folded === 'false' ? false : undefined;
}
