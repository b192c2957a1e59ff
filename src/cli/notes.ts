import { visibleText } from '../value/visible-text.js';
import type { Io } from './io.js';

/** What is odd about a question that is answered all the same: on stderr; a program reads it in its JSON. */
export function printNotes(notes: readonly string[], json: boolean, io: Io): void {
  if (json) return;
  for (const note of notes) io.stderr(`note: ${visibleText(note)}\n`);
}

/** Who reads a bare "no" on a terminal may not know yet how to ask why. */
export function printHowToAskWhy(allowed: boolean, io: Io): void {
  if (!allowed && io.isTTY) io.stderr('note: --explain says why, and what would change the answer\n');
}

/** What an answer takes for granted. */
export function printAssumptions(assumptions: readonly string[], io: Io): void {
  for (const one of assumptions) io.stderr(`Assumed: ${visibleText(one)}\n`);
}
