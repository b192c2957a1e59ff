import type { Diagnostic } from '../load/index.js';
import { visibleText } from '../value/visible-text.js';
import { placeWords } from './answer-words.js';
import type { Io } from './io.js';

/** More of them than this are counted, not shown. */
const shown = 10;

/** What loaders could not take over, on stderr: `file:path code message; hint`. */
export function printDiagnostics(diagnostics: readonly Diagnostic[], verbose: boolean, io: Io): void {
  const all = verbose || diagnostics.length <= shown + 1;
  for (const one of all ? diagnostics : diagnostics.slice(0, shown)) io.stderr(`${diagnosticLine(one)}\n`);
  if (!all) io.stderr(`… and ${diagnostics.length - shown} more; --verbose shows all\n`);
}

const diagnosticLine = ({ code, message, hint, ...place }: Diagnostic): string =>
  visibleText(`${placeWords(place)} ${code} ${message}; ${hint}`);
