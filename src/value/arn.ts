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

/** Up to six parts by the first five colons. With `variables`, a colon inside `${…}` does not split (L65). */
export function splitArn(text: string, variables = false): string[] {
  const parts: string[] = [];
  const lastQuote = variables ? text.lastIndexOf("'}") : -1;
  let start = 0;
  for (let i = 0; i < text.length && parts.length < 5; i++) {
    if (variables && text[i] === '$' && text[i + 1] === '{') {
      const end = variableEnd(text, i, lastQuote);
      if (end < 0) variables = false;
      else i = end;
    } else if (text[i] === ':') {
      parts.push(text.slice(start, i));
      start = i + 1;
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
