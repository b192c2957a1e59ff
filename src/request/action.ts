import { asciiLower, foldedName } from '../value/ascii.js';

/** One action, taken apart; folded but for what was written (L25). */
export interface Action {
  readonly text: string;
  /** Service prefix and name with their colon. */
  readonly key: string;
  readonly service: string;
  readonly name: string;
  /** What was found for the action last, and for whom: it is the same each time, and kept here it needs no look-up. */
  readonly memo: ActionMemo;
}

export interface ActionMemo {
  owner: object | undefined;
  found: unknown;
}

/** What is compared with the entries of Action and NotAction. */
export type ActionName = Pick<Action, 'service' | 'name'>;

/** L23, L25; undefined for what is not one action. */
export function splitAction(text: string): Action | undefined {
  if (!/^[A-Za-z0-9.-]+:[^:*?]+$/s.test(text)) return undefined;
  const key = asciiLower(text);
  const colon = key.indexOf(':');
  return {
    text,
    key,
    service: foldedName(key.slice(0, colon)),
    name: key.slice(colon + 1),
    memo: { owner: undefined, found: undefined },
  };
}
