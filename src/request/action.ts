import { asciiLower, foldedName } from '../value/ascii.js';

/** One action, taken apart; folded but for what was written (L25). */
export interface Action {
  readonly action: string;
  readonly actionKey: string;
  readonly service: string;
  readonly actionName: string;
}

/** L23, L25; undefined for what is not one action. */
export function splitAction(action: string): Action | undefined {
  if (!/^[A-Za-z0-9.-]+:[^:*?]+$/s.test(action)) return undefined;
  const actionKey = asciiLower(action);
  const colon = actionKey.indexOf(':');
  return {
    action,
    actionKey,
    service: foldedName(actionKey.slice(0, colon)),
    actionName: actionKey.slice(colon + 1),
  };
}
