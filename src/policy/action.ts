import type { Reader } from './reader.js';

/** Action or NotAction (L20, L23, L24). */
export function readActions(reader: Reader, value: unknown, path: string): string[] {
  const actions = reader.strings(value, path, 'the action');
  if (actions.length === 0 && Array.isArray(value) && value.length === 0)
    reader.fail(path, 'ERR_IAM_VALUE', 'the list is empty', 'name an action'); // L20
  for (const action of actions) {
    if (action === '*' || action === '*:*') continue; // U2
    if (!/^[A-Za-z0-9.-]+:[^:]+$/s.test(action)) {
      reader.fail(
        path,
        'ERR_IAM_ACTION',
        `\`${action.slice(0, 200)}\` is no action`,
        'write `prefix:Name`, with wildcards only in the name',
      ); // L23, L24
    }
  }
  return actions;
}
