import type { ParseError } from 'jsonc-parser';
// The parser alone: the package's entry holds its formatter and editor too.
import { parseTree } from 'jsonc-parser/lib/esm/impl/parser.js';

/** What the parser finds, by its number, in words for people. */
const words: Readonly<Record<number, string>> = {
  1: 'this is no JSON value; text stands in double quotes',
  2: 'this is no JSON number',
  3: 'the name of a member, in double quotes, should stand here; after the last member stands no comma',
  4: 'a value should stand here; after the last one stands no comma',
  5: 'a colon is missing',
  6: 'a comma is missing',
  7: 'a closing } is missing',
  8: 'a closing ] is missing',
  9: 'the JSON ends before this',
  10: 'JSON has no comments',
  11: 'JSON has no comments',
  12: 'a text has no closing double quote',
  13: 'this is no JSON number',
  14: 'behind \\u stand four digits of 0-9 and a-f',
  15: 'there is no such escape; a backslash is written \\\\',
  16: 'a text holds a control character; a line break in it is written \\n',
};

/** Why a text is not JSON. */
export function jsonSlip(text: string): string | undefined {
  if (text.trim() === '') return 'the text is empty';
  const errors: ParseError[] = [];
  parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  return words[errors[0]?.error ?? 0];
}
