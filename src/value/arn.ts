import { foldedName } from './ascii.js';
import { variableEnd } from './variable.js';

/** The six parts of an ARN; the last may hold colons and slashes (L33). */
export type ArnParts = readonly [string, string, string, string, string, string];

/** L32 */
export const partitions: ReadonlySet<string> = new Set([
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
  'aws-eusc',
]);

export function isAccountId(text: string): boolean {
  if (text.length !== 12) return false;
  for (let i = 0; i < 12; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 48 || unit > 57) return false;
  }
  return true;
}

/** An account id, equal ones being one object, so that comparing them is comparing addresses; undefined for anything else. */
export const accountOf = (text: string): string | undefined =>
  isAccountId(text) ? foldedName(text) : undefined;

/** Up to six parts by the first five colons. With `variables`, a colon inside `${…}` does not split (L65). */
export function splitArn(text: string, variables = false): string[] {
  const parts: string[] = [];
  const lastQuote = variables ? text.lastIndexOf("'}") : -1;
  let open = variables ? text.indexOf('${') : -1;
  let colon = text.indexOf(':');
  let start = 0;
  while (colon >= 0 && parts.length < 5) {
    if (open >= 0 && open < colon) {
      const end = variableEnd(text, open, lastQuote);
      // What is not closed is no variable, and neither is anything behind it.
      open = end < 0 ? -1 : text.indexOf('${', end + 1);
      // The colon found already is kept, so that many variables in front of it are gone through once.
      if (colon <= end) colon = text.indexOf(':', end + 1);
    } else {
      parts.push(text.slice(start, colon));
      start = colon + 1;
      colon = text.indexOf(':', start);
    }
  }
  parts.push(text.slice(start));
  return parts;
}

/** A complete ARN, or undefined. */
export function parseArn(text: string): ArnParts | undefined {
  if (!text.startsWith('arn:')) return undefined;
  const parts = splitArn(text);
  return parts.length === 6 ? (parts as unknown as ArnParts) : undefined;
}
