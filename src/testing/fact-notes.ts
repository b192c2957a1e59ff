import type { Facts } from '../account/facts.js';
import { keyNotes } from '../query/key-notes.js';
import { visibleText } from '../value/visible-text.js';

/** Of an assertion that failed: the condition keys it states and AWS does not document, which may be why. */
export function factNotes({ context = {}, unknown = [] }: Facts): readonly string[] {
  const notes = keyNotes([...Object.keys(context), ...(unknown === 'unlisted' ? [] : unknown)]);
  return notes.length === 0 ? [] : ['', ...notes.map((note) => `Note: ${visibleText(note)}`)];
}
