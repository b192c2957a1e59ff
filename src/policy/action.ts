import type { Reader } from './reader.js';

/** Action or NotAction (L20, L23, L24). */
export function readActions(reader: Reader, value: unknown, path: string, member: string): string[] {
  const actions = reader.strings(value, path, 'the action', member);
  if (actions.length === 0 && Array.isArray(value) && value.length === 0)
    reader.fail(path + member, 'ERR_IAM_VALUE', 'the list is empty', 'name an action'); // L20
  for (let i = 0; i < actions.length; i++) {
    const action = actions[i]!;
    if (!isAction(action)) {
      reader.fail(
        path + member,
        'ERR_IAM_ACTION',
        `\`${action.slice(0, 200)}\` is no action`,
        'write `prefix:Name`, with wildcards only in the name',
      ); // L23, L24
    }
  }
  return actions;
}

/** L23, L24: a prefix, the only colon, and a name; or every action (U2). */
function isAction(text: string): boolean {
  const colon = text.indexOf(':');
  if (colon < 1) return text === '*';
  for (let i = 0; i < colon; i++) if (!isPrefixUnit(text.charCodeAt(i))) return text === '*:*';
  return colon < text.length - 1 && text.indexOf(':', colon + 1) < 0;
}

/** A-Z, a-z, 0-9, `.` and `-`. */
const isPrefixUnit = (unit: number): boolean =>
  (unit >= 97 && unit <= 122) ||
  (unit >= 65 && unit <= 90) ||
  (unit >= 48 && unit <= 57) ||
  unit === 45 ||
  unit === 46;
