import { visibleText } from '../value/visible-text.js';

/** A question asked again with keys of which nobody says what they are. */
type AskedWith = (unknown: readonly string[]) => {
  readonly allowedIf: readonly unknown[];
  readonly exact: boolean;
};

/** `Missing in the request: aws:SourceIp`, of a denial that some value of these keys would turn into an Allow; else nothing. */
export function missingWords(missing: readonly string[], askedWith: AskedWith): string {
  if (missing.length === 0) return '';
  const { allowedIf, exact } = askedWith(missing);
  // A key that only another Deny asks for changes how it is denied, which helps nobody.
  return allowedIf.length === 0 && exact
    ? ''
    : `Missing in the request: ${visibleText(missing.join(', '))}\n`;
}
