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

/**
 * A note on an action that the catalog does not know: it is asked all the same, as the catalog may lag behind AWS. Nothing of what is
 * no action, which the engine refuses. The catalog comes into memory only here.
 */
export async function actionNotes(action: unknown): Promise<readonly string[]> {
  if (typeof action !== 'string' || !/^[^\s:*?]+:[^\s:*?]+$/.test(action)) return [];
  const [{ findAction, services }, { closestActions }] = await Promise.all([
    import('../catalog/index.js'),
    import('../query/closest-actions.js'),
  ]);
  if (findAction(action) !== undefined) return [];
  const [prefix = ''] = action.toLowerCase().split(':');
  const [close] = closestActions(action);
  const what = services().includes(prefix) ? '' : `, which has no service ${prefix}`;
  const hint = close === undefined ? 'check how it is spelt' : `did you mean ${close}?`;
  return [`${action} is no action of the catalog${what}; ${hint}`];
}
