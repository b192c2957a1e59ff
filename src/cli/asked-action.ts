import { Fault } from './fault.js';

/** What is wrong with blanks around an action: compared as they stand, they would turn every answer into a denial. */
export const blankWords = (action: unknown): string | undefined =>
  typeof action === 'string' && action !== action.trim()
    ? `the action "${action}" has blanks around it; write ${action.trim()}`
    : undefined;

/** Refuses an action with blanks around it. */
export function refuseBlanks(action: unknown): void {
  const words = blankWords(action);
  if (words !== undefined) throw new Fault(words);
}

/** As many letters of a name as may differ for it to be taken for a slip. */
const slip = 3;

/**
 * A note on an action that the catalog does not know: it is asked all the same, as the catalog may lag behind AWS. Nothing of what is
 * no action, which the engine refuses. The catalog comes into memory only here.
 */
export async function actionNotes(action: unknown): Promise<readonly string[]> {
  if (typeof action !== 'string' || !/^[^\s:*?]+:[^\s:*?]+$/.test(action)) return [];
  const [{ actionsOf, findAction, services }, { closestNames }] = await Promise.all([
    import('../catalog/index.js'),
    import('../query/closest.js'),
  ]);
  if (findAction(action) !== undefined) return [];
  const [prefix, name] = action.split(':') as [string, string];
  const names = actionsOf(prefix).map((one) => one.action.slice(one.action.indexOf(':') + 1));
  const letters = Math.min(slip, Math.ceil(name.length / 2));
  const meant =
    names.length > 0
      ? closestNames(name, names, letters).map((one) => findAction(`${prefix}:${one}`))
      : closestNames(prefix, services(), 2).map((one) => findAction(`${one}:${name}`));
  const close = meant.find((one) => one !== undefined);
  const what = names.length > 0 ? '' : `, which has no service ${prefix}`;
  const hint = close === undefined ? 'check how it is spelt' : `did you mean ${close.action}?`;
  return [`${action} is no action of the catalog${what}; ${hint}`];
}
