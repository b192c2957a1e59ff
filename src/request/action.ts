import { asciiLower, foldedName } from '../value/ascii.js';

/** One action, taken apart; folded but for what was written (L25). */
export interface Action {
  readonly text: string;
  /** Service prefix and name with their colon. */
  readonly key: string;
  readonly service: string;
  readonly name: string;
  /** Who was asked about the action last, and in which place it remembers the answer: asking again then needs no look-up. */
  owner: object | undefined;
  generation: number;
  place: number;
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
    owner: undefined,
    generation: 0,
    place: 0,
  };
}
