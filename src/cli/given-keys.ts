/** The condition keys that a request gives, or says to be unknown. */
export function givenKeys(context: unknown, unknown: unknown): readonly string[] {
  const given = typeof context === 'object' && context !== null ? Object.keys(context) : [];
  return [...given, ...(Array.isArray(unknown) ? unknown.filter((key) => typeof key === 'string') : [])];
}

/** The notes on them; the catalog comes into memory only here. */
export async function notesOnKeys(keys: readonly string[]): Promise<readonly string[]> {
  if (keys.length === 0) return [];
  const { keyNotes } = await import('../query/key-notes.js');
  return keyNotes(keys);
}
